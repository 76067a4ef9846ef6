//! Words and marks within a paragraph.

use crate::site::{Target, Xref};
use crate::syntax::{HtmlEdit, Kind, RefId, Replacement, plain_text};

use super::{Text, Writer, escape, is_uid};
use crate::source::Span;

impl<'a> Writer<'a> {
    pub(super) fn mark(&mut self, text: &Text<'a>, at: usize) {
        let tag = match &text.tree.nodes[at].kind {
            Kind::SoftBreak => return self.out.push('\n'),
            Kind::HardBreak => return self.out.push_str("<br>\n"),
            Kind::Code => "code",
            Kind::Emphasis => "em",
            Kind::Strong => "strong",
            _ => "del",
        };
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        self.inside(text, at);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    pub(super) fn reference(&mut self, text: &Text<'a>, at: usize) {
        let node = &text.tree.nodes[at];
        match &node.kind {
            Kind::Link(reference, title) => self.link(text, at, *reference, title.as_deref()),
            Kind::Image(reference, title) => {
                let address = self.href(text.id, *reference).address;
                self.out.push_str("<img");
                self.attribute("src", &address);
                let words = &text.tree.nodes[at + 1..at + 1 + node.len as usize];
                self.attribute("alt", &plain_text(words, text.source, " "));
                if let Some(title) = title {
                    self.attribute("title", title);
                }
                self.attribute("loading", "lazy");
                self.out.push('>');
            }
            Kind::Xref(reference) => self.xref(text, *reference, node.span),
            _ => {}
        }
    }

    fn link(&mut self, text: &Text<'a>, at: usize, reference: RefId, title: Option<&str>) {
        let href = self.href(text.id, reference);
        self.out.push_str("<a");
        self.attribute("href", &href.address);
        if let Some(language) = href.language {
            self.attribute("hreflang", &self.site.config.locales.get(language).tag);
        }
        let stated = title.map(str::to_owned);
        if let Some(title) = stated.or_else(|| self.xref_keys(text, reference)?.title) {
            self.attribute("title", &title);
        }
        self.out.push('>');
        // `[](page.md)` and `[](xref:uid)` say what the page is called.
        if text.tree.nodes[at].len == 0
            && let Some(title) = self.target_title(text, reference)
        {
            escape(&title, &mut self.out);
        }
        self.inside(text, at);
        self.out.push_str("</a>");
    }

    /// A uid that is known becomes a link with the page's title; one that isn't stays as it was typed (DocFX spec 9.2).
    fn xref(&mut self, text: &Text<'a>, reference: RefId, span: Span) {
        let Some(words) = self.target_title(text, reference) else { return escape(span.of(text.source), &mut self.out) };
        let href = self.href(text.id, reference);
        if href.address.is_empty() {
            self.out.push_str("<span class=\"xref\">");
            escape(&words, &mut self.out);
            return self.out.push_str("</span>");
        }
        self.out.push_str("<a class=\"xref\"");
        self.attribute("href", &href.address);
        if let Some(language) = href.language {
            self.attribute("hreflang", &self.site.config.locales.get(language).tag);
        }
        if let Some(title) = self.xref_keys(text, reference).and_then(|xref| xref.title) {
            self.attribute("title", &title);
        }
        self.out.push('>');
        escape(&words, &mut self.out);
        self.out.push_str("</a>");
    }

    fn xref_keys(&self, text: &Text<'a>, reference: RefId) -> Option<Xref> {
        let (reference, _) = self.site.reference(text.id, reference)?;
        is_uid(reference.kind).then(|| Xref::of(&reference.target))
    }

    /// What a reference without words of its own says.
    fn target_title(&self, text: &Text<'a>, reference: RefId) -> Option<String> {
        let xref = self.xref_keys(text, reference).unwrap_or_default();
        let title = match self.site.reference(text.id, reference)?.1 {
            Target::Page { key, locale } => {
                let shown = self.site.shown(*key, locale.unwrap_or(self.reader))?;
                let is_uid = xref.display.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("uid"));
                if is_uid { xref.uid } else { self.site.title(self.site.page(shown.page()).source).to_owned() }
            }
            Target::Foreign(uid) => self.site.foreign(uid)?.1.text(xref.display.as_deref(), uid).to_owned(),
            _ => return None,
        };
        Some(xref.text.unwrap_or(title))
    }

    /// Raw HTML as typed, but for its edits.
    pub(super) fn html(&mut self, text: &Text<'a>, span: Span, edits: &[HtmlEdit]) {
        let mut at = span.start;
        let before = self.out.len();
        let mut only_comments = !edits.is_empty();
        for edit in edits {
            self.out.push_str(Span { start: at, end: edit.span.start.max(at) }.of(text.source));
            match &edit.with {
                Replacement::Comment => {}
                Replacement::Text(with) => {
                    only_comments = false;
                    self.out.push_str(with);
                }
                Replacement::Address(reference, quote) => {
                    only_comments = false;
                    let address = self.href(text.id, *reference).address;
                    self.out.extend(*quote);
                    escape(&address, &mut self.out);
                    self.out.extend(*quote);
                }
            }
            at = edit.span.end;
        }
        self.out.push_str(Span { start: at, end: span.end.max(at) }.of(text.source));
        // Where there was nothing but a comment, nothing is left: no blank line, no space.
        if only_comments && self.out[before..].trim().is_empty() {
            self.out.truncate(before);
        }
    }
}
