//! `toc.yml` -> entries (DocFX spec 14.2).

use crate::diagnostic::Code;
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{Message, Span};
use crate::syntax::front_matter::FrontMatter;
use crate::syntax::markdown::DocumentContext;
use crate::syntax::reference::{RefId, RefKind, after_xref};

use super::entry::{Toc, TocEntry};

/// The keys of an entry that mean something here.
pub const KEYS: [&str; 11] = [
    "name",
    "displayName",
    "href",
    "tocHref",
    "topicHref",
    "homepage",
    "topicUid",
    "uid",
    "homepageUid",
    "items",
    "expanded",
];

/// True for `toc.yml` and `toc.md` in any case; `.yaml` is no toc.
pub fn is_toc(file_name: &str) -> bool {
    file_name.eq_ignore_ascii_case("toc.yml") || file_name.eq_ignore_ascii_case("toc.md")
}

/// Parses a `toc.yml`.
pub(in crate::syntax) struct TocParser<'a> {
    pub context: &'a mut DocumentContext,
}

impl TocParser<'_> {
    /// The toc with this root, and its metadata: all keys but `items`.
    pub fn parse(&mut self, root: &YamlNode) -> (Toc, FrontMatter) {
        let mut front_matter = FrontMatter::default();
        let items = match &root.value {
            YamlValue::List(_) => Some(root),
            YamlValue::Map(entries) => {
                for entry in entries {
                    if &*entry.key != "items" {
                        front_matter.entries.push(entry.clone());
                    }
                }
                root.get("items")
            }
            YamlValue::Scalar(_) => None,
        };
        let order = front_matter.text("order");
        let order = order.and_then(|order| order.parse().ok());
        // A toc with metadata but without entries is as wrong as one that is a text.
        let entries = match items {
            Some(items) => self.entries(items),
            None => {
                let message = "a toc is a list of entries, or has one under `items:`";
                self.problem(root.span, message);
                Vec::new()
            }
        };
        (Toc { entries, order }, front_matter)
    }

    fn entries(&mut self, items: &YamlNode) -> Vec<TocEntry> {
        if !matches!(items.value, YamlValue::List(_)) && !items.is_null() {
            let message = "the entries of a toc are a list: each begins with `- name:`";
            self.problem(items.span, message);
        }
        let mut entries = Vec::with_capacity(items.items().len());
        for item in items.items() {
            // The other entries are read all the same, so that links from them aren't lost.
            if matches!(item.value, YamlValue::Map(_)) {
                entries.push(self.entry(item));
            } else {
                let message = "an empty or shapeless toc entry; write `- name: Title` and `href: page.md` below it";
                self.problem(item.span, message);
            }
        }
        entries
    }

    fn entry(&mut self, item: &YamlNode) -> TocEntry {
        let href = self.refer(item, &["href"], RefKind::Toc);
        let toc_href = self.refer(item, &["tocHref"], RefKind::TocLink);
        let topic_href = self.refer(item, &["topicHref"], RefKind::Toc);
        let homepage = self.refer(item, &["homepage"], RefKind::Toc);
        // The same under three names, of which tocs of different ages have one.
        let uid = self.refer(item, &["topicUid", "uid", "homepageUid"], RefKind::TocUid);
        if toc_href.is_some() {
            self.check_toc_href(item, homepage);
        }
        let expanded = item.trimmed_text("expanded");
        let expanded = expanded.map(|text| text.eq_ignore_ascii_case("true"));
        let mut extra = Vec::new();
        for entry in item.entries() {
            // Templates of sites read keys of their own from the toc as JSON.
            if !KEYS.contains(&&*entry.key) {
                extra.push(entry.clone());
            }
        }
        TocEntry {
            name: text(item, "name"),
            display: text(item, "displayName"),
            href,
            toc_href,
            topic_href,
            homepage,
            uid,
            expanded,
            extra,
            children: match item.get("items") {
                Some(items) => self.entries(items),
                None => Vec::new(),
            },
            span: item.span,
        }
    }

    /// Reports what DocFX ignores in an entry with `tocHref`.
    fn check_toc_href(&mut self, item: &YamlNode, homepage: Option<RefId>) {
        if let Some(node) = item.get("tocHref") {
            let typed = node.text().unwrap_or("");
            if !typed.starts_with('/') && !typed.contains(':') && !is_toc(file_name(typed)) {
                let message = message!(
                    "`tocHref` must be a toc, or an address that begins with `/` or `https:`, not `{typed}`",
                    typed
                );
                self.problem(node.span, message);
            }
        }
        if let Some(node) = item.get("homepage")
            && homepage.is_some()
        {
            let message = "an entry with `tocHref` has its page in `topicHref`, not in `homepage`";
            self.problem(node.span, message);
        }
    }

    /// The reference under the first of `keys` that isn't blank.
    fn refer(&mut self, item: &YamlNode, keys: &[&str], kind: RefKind) -> Option<RefId> {
        for key in keys {
            if let Some(value) = item.get(key)
                && let Some(reference) = self.refer_to(kind, value)
            {
                return Some(reference);
            }
        }
        None
    }

    /// The reference `value`. An address that begins with `xref:` is a uid: DocFX resolves it where it writes the toc as HTML.
    fn refer_to(&mut self, kind: RefKind, value: &YamlNode) -> Option<RefId> {
        let uid = match after_xref(value.text()?.trim()) {
            Some(uid) if !uid.is_empty() => uid,
            _ => return self.context.refer_to_value(kind, value),
        };
        let words = value.words_span();
        // Counted from the end, which no scheme and no blanks before it can move.
        let length = uid.len() as u32;
        let target_span = Span {
            start: words.end.saturating_sub(length).max(words.start),
            end: words.end,
        };
        Some(
            self.context
                .refer(RefKind::TocUid, uid, value.span, target_span),
        )
    }

    fn problem(&mut self, span: Span, message: impl Into<Message>) {
        self.context.problem(Code::InvalidToc, span, message, "");
    }
}

fn text(item: &YamlNode, key: &str) -> Option<Box<str>> {
    item.trimmed_text(key).map(Into::into)
}

/// The last part of an address without query and fragment.
fn file_name(address: &str) -> &str {
    let path = address.split(['#', '?']).next().unwrap_or(address);
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    fn toc(text: &str) -> (Toc, DocumentContext) {
        let root = yaml::parse(text, 0).0.unwrap();
        let mut context = DocumentContext::default();
        let mut parser = TocParser {
            context: &mut context,
        };
        let (toc, _) = parser.parse(&root);
        (toc, context)
    }

    #[test]
    fn entries_have_references_and_further_keys() {
        let (toc, context) = toc(
            "order: 3\nitems:\n- name: A\n  href: a.md\n  icon: x\n  expanded: True\n  items:\n  - topicUid: u\n",
        );
        assert_eq!(toc.order, Some(3));
        let entry = &toc.entries[0];
        assert_eq!(entry.name.as_deref(), Some("A"));
        assert_eq!(&*entry.extra[0].key, "icon");
        assert_eq!(entry.expanded, Some(true));
        assert_eq!(entry.children[0].uid, Some(1));
        assert_eq!(context.refs[1].kind, RefKind::TocUid);
    }

    #[test]
    fn what_is_no_entry_is_reported() {
        for (text, message) in [
            ("- A", "an empty or shapeless toc entry"),
            ("items: A", "the entries of a toc are a list"),
            ("A", "a toc is a list of entries"),
            ("- {name: A, tocHref: a.md}", "`tocHref` must be a toc"),
            (
                "- {name: A, tocHref: b/toc.yml, homepage: a.md}",
                "an entry with `tocHref` has its page",
            ),
        ] {
            let (_, context) = toc(text);
            assert_eq!(context.problems.len(), 1, "{text}");
            assert!(context.problems[0].message.starts_with(message), "{text}");
        }
    }
}
