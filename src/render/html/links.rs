//! Links and cross references -> `a` elements.

use std::borrow::Cow;

use crate::site::Target;
use crate::site::uid_text::UidText;
use crate::site::xref::Xref;
use crate::source::Span;
use crate::source::escape::escape;
use crate::syntax::{RefId, RefKind};

use super::addresses::{Href, is_uid, typed};
use super::writer::{ArticleWriter, OpenXref};

impl<'a> ArticleWriter<'a> {
    /// A link with its text.
    pub(super) fn link(&mut self, at: usize, reference: RefId, title: Option<&str>) {
        let node = &self.text.tree.nodes[at];
        if let Some(words) = self.unknown_uid(reference) {
            return self.unlinked(at, &words);
        }
        let href = self.link_href(reference);
        self.out.push_str("<a");
        if self.markup.marks_uid_links() && self.leads_to_known_uid(reference) {
            self.attribute("class", "xref");
        }
        self.attribute("href", &href.address);
        self.own_attributes(at, "");
        self.source_position(node.span);
        // A browser, and what reads a page aloud, can say that the text behind the link is in another language.
        if let Some(language) = href.language
            && self.markup.marks_languages()
        {
            self.attribute("hreflang", &self.site.config.locales.get(language).tag);
        }
        if let Some(title) = title {
            self.attribute("title", title);
        } else {
            self.title_of_xref(reference);
        }
        if self.opens_in_new_window(reference, node.span) {
            self.attribute("target", "_blank");
        }
        self.out.push('>');
        // `[](page.md)` and `[](xref:uid)` have the title of the page (DocFX spec 9.2).
        if node.len == 0
            && !self.markup.keeps_typed()
            && let Some(title) = self.target_title(reference)
        {
            escape(&title, &mut self.out);
        }
        // Images and videos in the text of the link must not become links themselves.
        self.links += 1;
        self.inside(at);
        self.links -= 1;
        self.close("a");
    }

    /// `@word` as it was typed. In a YAML value of several lines its place in the file isn't known, only that of the whole value.
    fn typed_mention(&mut self, reference: RefId, span: Span) {
        let typed = span.of(self.text.source);
        if typed.starts_with('@') || typed.starts_with('<') {
            return escape(typed, &mut self.out);
        }
        if let Some((found, _)) = self.site.reference(self.text.id, reference) {
            self.out.push('@');
            escape(&found.target, &mut self.out);
        }
    }

    /// What readers see in place of a link to an unknown uid, unless the markup leaves such a link as it was typed.
    pub(super) fn unknown_uid(&self, reference: RefId) -> Option<UidText> {
        if self.markup.leaves_unknown_uids_raw() || self.markup.keeps_typed() {
            return None;
        }
        let (found, target) = self.site.reference(self.text.id, reference)?;
        let is_unknown = found.kind == RefKind::Uid && matches!(target, Target::Broken(_));
        is_unknown.then(|| UidText::of(&Xref::of(&found.target)))
    }

    fn unknown_name(&mut self, words: &UidText) {
        let tag = if words.is_code { "code" } else { "span" };
        self.out.push_str(&format!("<{tag} class=\"xref\">"));
        escape(&words.text, &mut self.out);
        self.close(tag);
    }

    /// The text of a link that leads to nothing.
    fn unlinked(&mut self, at: usize, words: &UidText) {
        if self.text.tree.nodes[at].len == 0 {
            return self.unknown_name(words);
        }
        self.out.push_str("<span class=\"xref\">");
        self.inside(at);
        self.close("span");
    }

    /// The address of a link, and the language behind it if that isn't the reader's.
    fn link_href(&self, reference: RefId) -> Href<'a> {
        let mut href = self.href(reference);
        let Some((found, target)) = self.site.reference(self.text.id, reference) else {
            return href;
        };
        if self.markup.keeps_typed() {
            href.address = Cow::Owned(self.typed_address(&typed(found), false));
        }
        let is_unknown_uid = found.kind == RefKind::Uid && matches!(target, Target::Broken(_));
        // What is not found stays as it was typed (DocFX spec 9.2).
        if is_unknown_uid && self.markup.leaves_unknown_uids_raw() {
            href.address = Cow::Owned(typed(found));
        }
        href
    }

    pub(super) fn leads_to_known_uid(&self, reference: RefId) -> bool {
        match self.site.reference(self.text.id, reference) {
            Some((found, target)) => {
                found.kind == RefKind::Uid && !matches!(target, Target::Broken(_))
            }
            None => false,
        }
    }

    /// True for a bare address in the text, if the site wants those in a new window (option of Markdig's autolinks, DocFX spec 2.2).
    fn opens_in_new_window(&self, reference: RefId, link: Span) -> bool {
        let markdown = &self.site.config.markdown;
        link == self.text.references[reference as usize].target_span
            && markdown.option("autolinks", "openInNewWindow") == Some("true")
    }

    /// `@uid` or `<xref:uid>`: a link with the page's title if the uid is known.
    pub(super) fn xref(&mut self, reference: RefId, span: Span) {
        if self.markup.keeps_typed()
            && let Some((found, _)) = self.site.reference(self.text.id, reference)
        {
            return self.typed_xref(&found.target, found.kind == RefKind::Uid, span);
        }
        let Some(words) = self.target_title(reference) else {
            if let Some(words) = self.unknown_uid(reference) {
                return self.unknown_name(&words);
            }
            // `@name` in a text is often no reference at all (DocFX spec 9.2).
            return self.typed_mention(reference, span);
        };
        // A link can't contain another one: a browser would end the outer one here, as it does with what DocFX writes.
        if self.is_in_link() && !self.markup.marks_uid_links() {
            return escape(&words, &mut self.out);
        }
        let href = self.href(reference);
        // A page of another site may have a name and no address.
        if href.address.is_empty() {
            self.out.push_str("<span class=\"xref\">");
            escape(&words, &mut self.out);
            return self.close("span");
        }
        self.out.push_str("<a class=\"xref\"");
        self.attribute("href", &href.address);
        if let Some(language) = href.language {
            self.attribute("hreflang", &self.site.config.locales.get(language).tag);
        }
        self.title_of_xref(reference);
        self.out.push('>');
        escape(&words, &mut self.out);
        self.close("a");
    }

    /// An `<xref>` that another program resolves. `must` is true if that program reports an unknown uid.
    fn typed_xref(&mut self, uid: &str, must: bool, span: Span) {
        self.out.push_str("<xref");
        self.attribute("href", uid);
        let throws = if must { "True" } else { "False" };
        self.attribute("data-throw-if-not-resolved", throws);
        self.attribute("data-raw-source", span.of(self.text.source));
        self.source_position(span);
        self.out.push_str("></xref>");
    }

    /// Begins a raw `<xref>`: as a link if its uid is known.
    pub(super) fn xref_start(&mut self, reference: RefId) {
        let keys = self.xref_keys(reference).unwrap_or_default();
        let title = self.target_title(reference);
        let mut address = Cow::Borrowed("");
        if title.is_some() {
            address = self.href(reference).address;
        }
        let tag = if address.is_empty() { "span" } else { "a" };
        self.out.push_str(&format!("<{tag} class=\"xref\""));
        if !address.is_empty() {
            self.attribute("href", &address);
        }
        if let Some(title) = &keys.title {
            self.attribute("title", title);
        }
        self.out.push('>');
        // In the order in which DocFX looks for a text (DocFX spec 9.2).
        let text = match title.or(self.unknown_uid(reference).map(|words| words.text)) {
            Some(text) => text,
            None => keys.text.or(keys.alt).unwrap_or(keys.uid),
        };
        let start = self.out.len();
        self.xrefs.push(OpenXref { tag, start, text });
    }

    /// Ends it. If it is empty, it gets the title of the page.
    pub(super) fn xref_end(&mut self) {
        let Some(xref) = self.xrefs.pop() else {
            return;
        };
        if self.out.len() == xref.start {
            escape(&xref.text, &mut self.out);
        }
        self.close(xref.tag);
    }

    /// Writes the title that a reference has as a key: `xref:uid?title=Words`.
    fn title_of_xref(&mut self, reference: RefId) {
        if let Some(keys) = self.xref_keys(reference)
            && let Some(title) = &keys.title
        {
            self.attribute("title", title);
        }
    }

    /// The parts of a reference to a uid; `None` for any other reference.
    fn xref_keys(&self, reference: RefId) -> Option<Xref> {
        let (reference, _) = self.site.reference(self.text.id, reference)?;
        if !is_uid(reference.kind) {
            return None;
        }
        Some(Xref::of(&reference.target))
    }

    /// The text of a reference that has none of its own.
    pub(super) fn target_title(&self, reference: RefId) -> Option<String> {
        let (_, target) = self.site.reference(self.text.id, reference)?;
        let keys = self.xref_keys(reference).unwrap_or_default();
        let title = match target {
            Target::Page { set, locale } => {
                let version = self.site.version_for(*set, locale.unwrap_or(self.reader))?;
                match keys.display.as_deref() {
                    Some(display) if display.eq_ignore_ascii_case("uid") => keys.uid,
                    _ => {
                        let page = self.site.page(version.page());
                        self.site.title(page.source).to_owned()
                    }
                }
            }
            Target::ExternalUid(uid) => {
                let (_, page) = self.site.external_page(uid)?;
                page.text(keys.display.as_deref(), uid).to_owned()
            }
            _ => return None,
        };
        match keys.text {
            Some(text) => Some(text),
            None => Some(title),
        }
    }
}
