//! `toc.yml` and `toc.md` -> entries that mention pages, other tocs and uids (DocFX spec 14.1, 14.2). Where they lead is decided when the site is linked.

pub(super) mod markdown;

use crate::source::Span;
use crate::source::yaml::{YamlEntry, YamlNode, YamlValue};

use super::document::{RefId, RefKind, Reference};
use super::front_matter::FrontMatter;

/// A table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Toc {
    /// The entries in order.
    pub entries: Vec<TocEntry>,
    /// Which toc wins a page that is in several: the smallest.
    pub order: Option<i64>,
}

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TocEntry {
    /// What the reader sees; if missing, the title of the page.
    pub name: Option<Box<str>>,
    /// `displayName`: other words for the entry.
    pub display: Option<Box<str>>,
    /// `href`: a page, a toc, a folder or an address.
    pub href: Option<RefId>,
    /// `tocHref`: a toc that is linked to and not unfolded.
    pub toc_href: Option<RefId>,
    /// `topicHref`: the page behind an entry that has entries inside.
    pub topic_href: Option<RefId>,
    /// `homepage`: the same in older files.
    pub homepage: Option<RefId>,
    /// `uid` or `topicUid`.
    pub uid: Option<RefId>,
    /// True if the entry should be shown open.
    pub expanded: bool,
    /// All other keys.
    pub extra: Vec<YamlEntry>,
    /// The entries inside.
    pub children: Vec<TocEntry>,
    /// The bytes of the entry.
    pub span: Span,
}

impl TocEntry {
    /// The page behind the entry, if it is said apart from where the entry leads.
    pub fn topic(&self) -> Option<RefId> {
        self.topic_href.or(self.homepage)
    }
}

/// The keys of an entry that mean something here.
const KEYS: [&str; 11] = [
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
    ["toc.yml", "toc.md"]
        .iter()
        .any(|name| file_name.eq_ignore_ascii_case(name))
}

/// Reads the root of a toc file. What is no entry is told to `problem`.
pub(super) fn read(
    root: &YamlNode,
    refs: &mut Vec<Reference>,
    problem: &mut dyn FnMut(Span, String),
) -> (Toc, FrontMatter) {
    let (items, metadata) = match &root.value {
        YamlValue::List(_) => (Some(root), Vec::new()),
        YamlValue::Map(entries) => (
            root.get("items"),
            entries
                .iter()
                .filter(|entry| &*entry.key != "items")
                .cloned()
                .collect(),
        ),
        YamlValue::Scalar(_) => (None, Vec::new()),
    };
    let front_matter = FrontMatter {
        span: Span::default(),
        entries: metadata,
    };
    let order = front_matter
        .text("order")
        .and_then(|order| order.parse().ok());
    let Some(items) = items else {
        problem(
            root.span,
            "a toc is a list of entries, or has one under `items:`".to_owned(),
        );
        return (
            Toc {
                order,
                ..Toc::default()
            },
            front_matter,
        );
    };
    (
        Toc {
            entries: entries(items, refs, problem),
            order,
        },
        front_matter,
    )
}

fn entries(
    items: &YamlNode,
    refs: &mut Vec<Reference>,
    problem: &mut dyn FnMut(Span, String),
) -> Vec<TocEntry> {
    let mut read = Vec::with_capacity(items.items().len());
    if !matches!(items.value, YamlValue::List(_)) && !items.is_null() {
        problem(
            items.span,
            "the entries of a toc are a list: each begins with `- name:`".to_owned(),
        );
    }
    for item in items.items() {
        match item.value {
            YamlValue::Map(_) => read.push(entry(item, refs, problem)),
            _ => problem(item.span, "an empty or shapeless toc entry; write `- name: Title` and `href: page.md` below it".to_owned()),
        }
    }
    read
}

fn entry(
    item: &YamlNode,
    refs: &mut Vec<Reference>,
    problem: &mut dyn FnMut(Span, String),
) -> TocEntry {
    let mut refer = |keys: &[&str], kind| {
        let value = keys.iter().find_map(|key| {
            item.get(key)
                .filter(|value| value.text().is_some_and(|text| !text.trim().is_empty()))
        })?;
        refs.push(Reference {
            kind,
            target: value.text()?.trim().into(),
            span: value.span,
            target_span: value.words_span(),
        });
        Some((refs.len() - 1) as RefId)
    };
    let href = refer(&["href"], RefKind::Toc);
    let toc_href = refer(&["tocHref"], RefKind::TocLink);
    let topic_href = refer(&["topicHref"], RefKind::Toc);
    let homepage = refer(&["homepage"], RefKind::Toc);
    let uid = refer(&["topicUid", "uid", "homepageUid"], RefKind::TocUid);
    if let Some(node) = item.get("tocHref").filter(|_| toc_href.is_some()) {
        let typed = node.text().unwrap_or("");
        if !typed.starts_with('/')
            && !typed.contains(':')
            && !is_toc(
                typed
                    .split(['#', '?'])
                    .next()
                    .and_then(|path| path.rsplit('/').next())
                    .unwrap_or(typed),
            )
        {
            problem(
                node.span,
                format!(
                    "`tocHref` leads to a toc or to an address that begins with `/` or `https:`, not to `{typed}`"
                ),
            );
        }
        if let Some(homepage) = item.get("homepage").filter(|_| homepage.is_some()) {
            problem(
                homepage.span,
                "beside `tocHref`, the page is said by `topicHref` and not by `homepage`"
                    .to_owned(),
            );
        }
    }
    let text = |key| {
        item.get(key)
            .and_then(YamlNode::text)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(Into::into)
    };
    TocEntry {
        name: text("name"),
        display: text("displayName"),
        href,
        toc_href,
        topic_href,
        homepage,
        uid,
        expanded: item
            .get("expanded")
            .and_then(YamlNode::text)
            .is_some_and(|text| text.eq_ignore_ascii_case("true")),
        extra: item
            .entries()
            .iter()
            .filter(|entry| !KEYS.contains(&&*entry.key))
            .cloned()
            .collect(),
        children: item
            .get("items")
            .map(|items| entries(items, refs, problem))
            .unwrap_or_default(),
        span: item.span,
    }
}
