//! Words and marks within a paragraph.

use crate::locale::quotation_marks;
use crate::site::Target;
use crate::site::xref::Xref;
use crate::syntax::directive::video_embed_url;
use crate::syntax::tree::{HtmlEdit, HtmlReplacement, NodeKind, plain_text};
use crate::syntax::{RefId, RefKind, Reference};

use super::{ArticleWriter, Text, escape, is_uid};
use crate::source::Span;

impl<'a> ArticleWriter<'a> {
    pub(super) fn mark(&mut self, text: &Text<'a>, at: usize) {
        let tag = match &text.tree.nodes[at].kind {
            NodeKind::SoftBreak => return self.out.push('\n'),
            NodeKind::HardBreak => {
                self.out.push_str("<br");
                self.out.push_str(self.markup.void_end());
                return self.out.push('\n');
            }
            NodeKind::Code => "code",
            NodeKind::Emphasis => "em",
            NodeKind::Strong => "strong",
            NodeKind::Inserted => "ins",
            NodeKind::Marked => "mark",
            NodeKind::Citation => "cite",
            NodeKind::Subscript => "sub",
            NodeKind::Superscript => "sup",
            _ => "del",
        };
        match tag == "code"
            && self.markup.keeps_short_code_together()
            && is_name(text, at)
            && text.tree.attributes(at).is_none()
        {
            true => self.out.push_str("<code class=\"unbroken\">"),
            false => self.start(text, at, tag),
        }
        self.inside(text, at);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// A typographic sign; quotation marks are those of the article's language, but DocFX knows English ones only.
    pub(super) fn smart(&mut self, entity: &str) {
        let marks = quotation_marks(&self.site.config.locales.get(self.language).tag);
        let own = ["ldquo", "rdquo", "lsquo", "rsquo"]
            .iter()
            .zip(marks)
            .find(|(name, _)| **name == entity);
        match own.filter(|_| self.markup.localizes_quotes()) {
            Some((_, mark)) => self.out.push_str(mark),
            None => {
                self.out.push('&');
                self.out.push_str(entity);
                self.out.push(';');
            }
        }
    }

    pub(super) fn abbreviation(&mut self, text: &Text<'a>, at: usize, meaning: &str) {
        self.out.push_str("<abbr");
        self.attribute("title", meaning);
        self.out.push('>');
        self.inside(text, at);
        self.out.push_str("</abbr>");
    }

    pub(super) fn reference(&mut self, text: &Text<'a>, at: usize) {
        let node = &text.tree.nodes[at];
        match &node.kind {
            NodeKind::Link(reference, title) => self.link(text, at, *reference, title.as_deref()),
            NodeKind::Image(reference, title) => {
                if let Some(media) = self.media(text, *reference) {
                    return self.out.push_str(&media);
                }
                let address = self.address(text, *reference);
                let words = &text.tree.nodes[at + 1..at + 1 + node.len as usize];
                let words = plain_text(words, text.source, self.markup.alt_text_separator());
                let size = self
                    .dimensions(text, *reference)
                    .filter(|_| self.markup.enhances_images());
                let opens = self.opens(size, !words.trim().is_empty());
                if opens {
                    self.out.push_str("<a class=\"lightbox\"");
                    self.attribute("href", &address);
                    self.out.push('>');
                }
                self.out.push_str("<img");
                self.attribute("src", &address);
                self.own_attributes(text, at, "");
                self.place(text, node.span);
                self.attribute("alt", &words);
                if let Some(title) = title {
                    self.attribute("title", title);
                }
                if self.markup.enhances_images() {
                    self.loading(size);
                }
                self.out.push_str(self.markup.void_end());
                self.out.push_str(if opens { "</a>" } else { "" });
            }
            NodeKind::Xref(reference) => self.xref(text, *reference, node.span),
            _ => {}
        }
    }

    /// The address of a reference: where it leads on this page, or as typed if DocFX's engine would leave it so.
    pub(super) fn address(&self, text: &Text<'a>, reference: RefId) -> String {
        match self.site.reference(text.id, reference) {
            Some((reference, _)) if self.markup.keeps_typed() => {
                self.typed_address(text, &typed(reference), false)
            }
            _ => self.href(text.id, reference).address.into_owned(),
        }
    }

    /// A picture that is a film or a sound (DocFX spec 2.3).
    fn media(&self, text: &Text<'a>, reference: RefId) -> Option<String> {
        let (found, _) = self.site.reference(text.id, reference)?;
        let media = super::media::of(&found.target)?;
        if let (super::media::Media::Player(player, _), false) =
            (&media, self.markup.embeds_players())
        {
            return Some(self.facade("span", &video_embed_url(player), None, None));
        }
        let address = self.address(text, reference);
        let html = media.html(&address, |key| {
            self.site.config.markdown.option("medialinks", key)
        });
        // DocFX's engine ends an element that has no end.
        Some(if self.markup.keeps_typed() {
            html
        } else {
            html.replace("</source>", "")
        })
    }

    fn link(&mut self, text: &Text<'a>, at: usize, reference: RefId, title: Option<&str>) {
        let href = self.href(text.id, reference);
        let address = if self.markup.keeps_typed() {
            self.address(text, reference).into()
        } else {
            href.address.clone()
        };
        let found = self.site.reference(text.id, reference);
        let is_uid = found.is_some_and(|(found, _)| found.kind == RefKind::Uid);
        let resolved = found.is_some_and(|(_, target)| !matches!(target, Target::Broken(_)));
        let address = match found {
            // What is not found stays as it was typed (DocFX spec 9.2).
            Some((found, _)) if is_uid && !resolved && self.markup.leaves_unknown_uids_raw() => {
                std::borrow::Cow::Owned(typed(found))
            }
            _ => address,
        };
        self.out.push_str("<a");
        if is_uid && resolved && self.markup.marks_uid_links() {
            self.attribute("class", "xref");
        }
        self.attribute("href", &address);
        self.own_attributes(text, at, "");
        self.place(text, text.tree.nodes[at].span);
        if let Some(language) = href.language.filter(|_| self.markup.marks_languages()) {
            self.attribute("hreflang", &self.site.config.locales.get(language).tag);
        }
        let stated = title.map(str::to_owned);
        if let Some(title) = stated.or_else(|| self.xref_keys(text, reference)?.title) {
            self.attribute("title", &title);
        }
        if text.tree.nodes[at].span == text.document.refs[reference as usize].target_span
            && self
                .site
                .config
                .markdown
                .option("autolinks", "openInNewWindow")
                == Some("true")
        {
            self.attribute("target", "_blank");
        }
        self.out.push('>');
        // `[](page.md)` and `[](xref:uid)` say what the page is called.
        if text.tree.nodes[at].len == 0
            && !self.markup.keeps_typed()
            && let Some(title) = self.target_title(text, reference)
        {
            escape(&title, &mut self.out);
        }
        self.links += 1;
        self.inside(text, at);
        self.links -= 1;
        self.out.push_str("</a>");
    }

    /// A uid that is known becomes a link with the page's title; one that isn't stays as it was typed (DocFX spec 9.2).
    fn xref(&mut self, text: &Text<'a>, reference: RefId, span: Span) {
        if let (true, Some((found, _))) = (
            self.markup.keeps_typed(),
            self.site.reference(text.id, reference),
        ) {
            return self.typed_xref(text, &found.target, found.kind == RefKind::Uid, span);
        }
        let Some(words) = self.target_title(text, reference) else {
            return escape(span.of(text.source), &mut self.out);
        };
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

    /// Begins a hand-written `<xref>`: as a link if its uid is known.
    fn xref_tag(&mut self, text: &Text<'a>, reference: RefId) {
        let xref = self.xref_keys(text, reference).unwrap_or_default();
        let title = self.target_title(text, reference);
        let address = title
            .as_ref()
            .map(|_| self.href(text.id, reference).address.into_owned())
            .filter(|address| !address.is_empty());
        let tag = if address.is_some() { "a" } else { "span" };
        self.out.push_str(&format!("<{tag} class=\"xref\""));
        if let Some(address) = &address {
            self.attribute("href", address);
        }
        if let Some(title) = &xref.title {
            self.attribute("title", title);
        }
        self.out.push('>');
        let words = title.or(xref.text).or(xref.alt).unwrap_or(xref.uid);
        self.xrefs.push((tag, self.out.len(), words));
    }

    /// Ends it. If it is empty, it gets the title of the page.
    pub(super) fn xref_end(&mut self) {
        let Some((tag, start, words)) = self.xrefs.pop() else {
            return;
        };
        if self.out.len() == start {
            escape(&words, &mut self.out);
        }
        self.out.push_str(&format!("</{tag}>"));
    }

    fn xref_keys(&self, text: &Text<'a>, reference: RefId) -> Option<Xref> {
        let (reference, _) = self.site.reference(text.id, reference)?;
        is_uid(reference.kind).then(|| Xref::of(&reference.target))
    }

    /// What a reference without words of its own says.
    fn target_title(&self, text: &Text<'a>, reference: RefId) -> Option<String> {
        let xref = self.xref_keys(text, reference).unwrap_or_default();
        let title = match self.site.reference(text.id, reference)?.1 {
            Target::Page { set, locale } => {
                let shown = self.site.version_for(*set, locale.unwrap_or(self.reader))?;
                let is_uid = xref
                    .display
                    .as_deref()
                    .is_some_and(|name| name.eq_ignore_ascii_case("uid"));
                if is_uid {
                    xref.uid
                } else {
                    self.site
                        .title(self.site.page(shown.page()).source)
                        .to_owned()
                }
            }
            Target::ExternalUid(uid) => self
                .site
                .external_page(uid)?
                .1
                .text(xref.display.as_deref(), uid)
                .to_owned(),
            _ => return None,
        };
        Some(xref.text.unwrap_or(title))
    }

    /// Raw HTML as typed, but for its edits.
    pub(super) fn html(&mut self, text: &Text<'a>, span: Span, edits: &[HtmlEdit]) {
        let ends = edits.iter().filter_map(|edit| {
            if let HtmlReplacement::Text(end) = &edit.with {
                Some(&**end)
            } else {
                None
            }
        });
        self.raw.read(span.of(text.source), ends);
        if self.markup.keeps_typed()
            && edits.iter().all(|edit| {
                edit.span.start != span.start
                    || edit.span.end != span.end
                    || matches!(edit.with, HtmlReplacement::Comment)
            })
        {
            return self.out.push_str(span.of(text.source));
        }
        if self.markup.keeps_typed()
            && edits.iter().any(|edit| {
                matches!(
                    edit.with,
                    HtmlReplacement::Xref(..) | HtmlReplacement::XrefEnd
                )
            })
        {
            return self.out.push_str(span.of(text.source));
        }
        self.raw_links(span.of(text.source));
        let mut at = span.start;
        let before = self.out.len();
        let mut only_comments = !edits.is_empty();
        for edit in edits {
            if let (HtmlReplacement::Address(reference, _), false) =
                (&edit.with, !self.markup.enhances_images())
                && let Some((place, size)) = self
                    .missing_size(text, span, edit.span, *reference)
                    .filter(|(place, _)| *place >= at)
            {
                self.out.push_str(
                    Span {
                        start: at,
                        end: place,
                    }
                    .of(text.source),
                );
                self.loading(size);
                at = place;
            }
            self.out.push_str(
                Span {
                    start: at,
                    end: edit.span.start.max(at),
                }
                .of(text.source),
            );
            match &edit.with {
                HtmlReplacement::Comment if self.markup.keeps_comments() => {
                    only_comments = false;
                    self.out.push_str(edit.span.of(text.source));
                }
                HtmlReplacement::Comment => {}
                HtmlReplacement::Text(with) => {
                    only_comments = false;
                    self.out.push_str(with);
                }
                HtmlReplacement::Xref(reference, empty) => {
                    only_comments = false;
                    self.xref_tag(text, *reference);
                    if *empty {
                        self.xref_end();
                    }
                }
                HtmlReplacement::XrefEnd => {
                    only_comments = false;
                    self.xref_end();
                }
                HtmlReplacement::Address(reference, quote) => {
                    only_comments = false;
                    let address = self.href(text.id, *reference).address;
                    self.out.extend(*quote);
                    escape(&address, &mut self.out);
                    self.out.extend(*quote);
                }
            }
            at = edit.span.end;
        }
        self.out.push_str(
            Span {
                start: at,
                end: span.end.max(at),
            }
            .of(text.source),
        );
        // Where there was nothing but a comment, nothing is left: no blank line, no space.
        if only_comments && self.out[before..].trim().is_empty() {
            self.out.truncate(before);
        }
    }
}

/// True for code that a browser would break at its hyphens although it fits a line of a phone: `--strict`, `Get-ChildItem`.
fn is_name(text: &Text<'_>, at: usize) -> bool {
    const FITS: usize = 28;
    let words = text.tree.nodes[at + 1..at + 1 + text.tree.nodes[at].len as usize]
        .iter()
        .map(|node| node.span);
    let code: String = words.map(|span| span.of(text.source)).collect();
    code.contains('-') && code.len() <= FITS && !code.contains(char::is_whitespace)
}

/// What a reference says, with the scheme of uids.
fn typed(reference: &Reference) -> String {
    if reference.kind == RefKind::Uid {
        format!("xref:{}", reference.target)
    } else {
        reference.target.to_string()
    }
}
