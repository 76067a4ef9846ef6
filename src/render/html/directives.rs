//! What DocFX adds to Markdown: alerts, films, pictures with borders, code from files, rows and zones, forms.

use crate::locale::Arg;
use crate::site::Target;
use crate::source::{LineIndex, Span};
use crate::syntax::RefId;
use crate::syntax::directive::{AlertKind, Snippet, VideoDirective, select_lines, video_embed_url};
use crate::syntax::tree::{ImageDirective, NodeKind};

use super::{ArticleWriter, Text, code, escape};

impl<'a> ArticleWriter<'a> {
    pub(super) fn alert(&mut self, text: &Text<'a>, at: usize, keyword: &str) {
        let own = self.site.config.markdown.alert(keyword);
        let kind = AlertKind::of(keyword);
        let classes = match (own, kind) {
            (Some(own), _) => own,
            (None, Some(kind)) => kind.keyword(),
            (None, None) => return self.unknown_alert(text, at),
        };
        self.line();
        self.out.push_str("<div");
        let common = self.markup.alert_class().unwrap_or_default();
        let marked = common.is_empty() || classes.split(' ').any(|class| class == common);
        self.attribute(
            "class",
            &if marked {
                classes.to_owned()
            } else {
                format!("{classes} {common}")
            },
        );
        self.place(text, text.tree.nodes[at].span);
        let (open, close) = self.markup.alert_title_tags();
        self.out.push_str(">\n");
        self.out.push_str(open);
        let key = format!("alert-{}", keyword.to_ascii_lowercase());
        match self.catalog.has(self.language, &key) {
            true => escape(&self.catalog.text(self.language, &key, &[]), &mut self.out),
            false => escape(&keyword.to_uppercase(), &mut self.out),
        }
        self.out.push_str(close);
        self.inside(text, at);
        self.line();
        self.out.push_str("</div>\n");
    }

    /// An unknown alert is a quote that begins with its marker (DocFX spec 4).
    fn unknown_alert(&mut self, text: &Text<'a>, at: usize) {
        let keyword = match &text.tree.nodes[at].kind {
            NodeKind::Alert(keyword) => keyword.to_string(),
            _ => String::new(),
        };
        let end = at + 1 + text.tree.nodes[at].len as usize;
        self.line();
        self.open(text, text.tree.nodes[at].span, "blockquote");
        self.out.push_str("\n<p>");
        escape(&format!("[!{keyword}]"), &mut self.out);
        let mut next = at + 1;
        if next < end && text.tree.nodes[next].kind == NodeKind::Paragraph {
            self.out.push('\n');
            self.inside(text, next);
            next += 1 + text.tree.nodes[next].len as usize;
        }
        self.out.push_str("</p>\n");
        self.range(text, next, end);
        self.line();
        self.out.push_str("</blockquote>\n");
    }

    pub(super) fn div(&mut self, text: &Text<'a>, at: usize, attributes: &str) {
        self.line();
        self.out.push_str("<div");
        if !attributes.is_empty() {
            self.out.push(' ');
            self.out.push_str(attributes);
        }
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(">\n");
        self.inside(text, at);
        self.line();
        self.out.push_str("</div>\n");
    }

    pub(super) fn video(&mut self, address: &str) {
        let address = video_embed_url(address);
        self.line();
        if self.markup.embeds_players() {
            self.out
                .push_str("<div class=\"embeddedvideo\"><iframe src=\"");
            // DocFX leaves `&` alone here; a quote would end the attribute.
            self.out.push_str(&address.replace('"', "%22"));
            self.out
                .push_str("\" frameborder=\"0\" allowfullscreen=\"true\"></iframe></div>\n");
            return;
        }
        let film = self.facade("div", &address, None, None);
        self.out.push_str(&film);
        self.out.push('\n');
    }

    /// A placeholder for a video player: its provider learns of a reader only when that reader starts it. A script replaces it with the player; without one it is a link to it.
    pub(super) fn facade(
        &self,
        tag: &str,
        address: &str,
        title: Option<&str>,
        style: Option<&str>,
    ) -> String {
        let host = address
            .split("//")
            .nth(1)
            .unwrap_or(address)
            .split(['/', '?', '#'])
            .next()
            .unwrap_or("");
        let words = self
            .catalog
            .text(self.language, "video-play", &[("host", Arg::Text(host))]);
        let mut out = String::new();
        if self.links > 0 || self.raw_link {
            // No link stands in a link.
            escape(&words, &mut out);
            return out;
        }
        out.push_str(&format!("<{tag} class=\"embeddedvideo\""));
        let attribute = |name: &str, value: &str, out: &mut String| {
            out.push_str(&format!(" {name}=\""));
            escape(value, out);
            out.push('"');
        };
        if let Some(style) = style {
            attribute("style", style, &mut out);
        }
        out.push_str("><a class=\"video\"");
        attribute("href", &super::sanitize(address), &mut out);
        let player = self.catalog.text(self.language, "video-title", &[]);
        attribute("data-title", title.unwrap_or(&player), &mut out);
        out.push('>');
        if let Some(title) = title {
            out.push_str("<strong>");
            escape(title, &mut out);
            out.push_str("</strong> ");
        }
        out.push_str("<span>");
        escape(&words, &mut out);
        out.push_str(&format!("</span></a></{tag}>"));
        out
    }

    /// `:::video:::`
    pub(super) fn film(&mut self, film: &VideoDirective) {
        let address = video_embed_url(&film.source);
        if !self.markup.embeds_players() {
            // It may stand among words, where no block can.
            let stated = |key: &str| {
                film.attributes
                    .iter()
                    .find(|(name, _)| *name == key)
                    .map(|(_, value)| &**value)
            };
            let facade = self.facade("span", &address, stated("title"), stated("style"));
            return self.out.push_str(&facade);
        }
        self.out.push_str("<div class=\"embeddedvideo\">\n<iframe");
        self.attribute("src", &address);
        self.out
            .push_str(" allowFullScreen=\"true\" frameBorder=\"0\"");
        for (name, value) in &film.attributes {
            self.attribute(name, value);
        }
        self.out.push_str("></iframe>\n</div>\n");
    }

    /// `:::image:::`
    pub(super) fn picture(&mut self, text: &Text<'a>, at: usize, refs: &ImageDirective) {
        let picture = &refs.picture;
        let span = text.tree.nodes[at].span;
        if refs.complex {
            self.line();
        }
        let wrapper = match (refs.complex, picture.border) {
            (true, true) => Some(("<p class=\"mx-imgBorder\">\n", "</p>\n")),
            (true, false) => Some(("<p>\n", "</p>\n")),
            (false, true) => Some(("<span class=\"mx-imgBorder\">\n", "</span>\n")),
            (false, false) => None,
        };
        // A description has blocks in it, which no paragraph can hold.
        let wrapper = match wrapper {
            Some(("<p class=\"mx-imgBorder\">\n", _)) if self.markup.marks_up_descriptions() => {
                Some(("<div class=\"mx-imgBorder\">\n", "</div>\n"))
            }
            Some(("<p>\n", _)) if self.markup.marks_up_descriptions() => {
                Some(("<div>\n", "</div>\n"))
            }
            other => other,
        };
        self.out.push_str(wrapper.map_or("", |wrapper| wrapper.0));
        let linked = refs
            .link
            .map(|link| (link, false))
            .or(refs.lightbox.map(|lightbox| (lightbox, true)));
        if let Some((link, lightbox)) = linked {
            let address = self.directive_address(text, link);
            self.out
                .push_str(if lightbox && self.markup.enhances_images() {
                    "<a class=\"lightbox\""
                } else {
                    "<a"
                });
            self.attribute(
                "href",
                &if lightbox {
                    format!("{address}#lightbox")
                } else {
                    address
                },
            );
            if lightbox {
                self.attribute("data-linktype", "relative-path");
            }
            self.out.push_str(">\n");
        }
        let address = self.directive_address(text, refs.source);
        self.out.push_str("<img");
        self.attribute("src", &address);
        if picture.icon {
            let (name, value) = self.markup.icon_attribute();
            self.attribute(name, value);
        } else {
            self.attribute("alt", &picture.alt);
        }
        let place = LineIndex::new(text.source).position(text.source, span.start as usize);
        let id = format!("{}-{}", place.line - 1, place.column - 1);
        if refs.complex {
            self.attribute("aria-describedby", &id);
        }
        if self.markup.enhances_images() {
            self.loading(self.dimensions(text, refs.source));
        }
        self.out.push_str(">\n");
        if refs.complex {
            self.out.push_str("<div");
            self.attribute("id", &id);
            self.out.push_str(" class=\"visually-hidden\">");
            self.description(text, at);
            self.out.push_str("</div>\n");
        }
        if linked.is_some() {
            self.out.push_str("</a>\n");
        }
        self.out.push_str(wrapper.map_or("", |wrapper| wrapper.1));
    }

    /// What a picture shows, at length. DocFX gives it as it was typed.
    fn description(&mut self, text: &Text<'a>, at: usize) {
        if self.markup.marks_up_descriptions() {
            return self.inside(text, at);
        }
        let end = at + 1 + text.tree.nodes[at].len as usize;
        let inside = &text.tree.nodes[at + 1..end];
        let start = inside.first().map_or(0, |node| node.span.start);
        let last = inside
            .iter()
            .map(|node| node.span.end)
            .max()
            .unwrap_or(start);
        self.out.push_str("<p>\n");
        escape(
            Span { start, end: last }.of(text.source).trim_end(),
            &mut self.out,
        );
        self.out.push_str("</p>");
    }

    /// The address of a picture or link in a `:::` directive, which DocFX's engine does not encode.
    fn directive_address(&self, text: &Text<'a>, reference: RefId) -> String {
        match self.site.reference(text.id, reference) {
            Some((found, _)) if self.markup.keeps_typed() => {
                self.typed_address(text, &found.target, true)
            }
            _ => self.address(text, reference),
        }
    }

    pub(super) fn form(
        &mut self,
        text: &Text<'a>,
        span: Span,
        [model, action, button]: &[Box<str>; 3],
    ) {
        self.line();
        self.out.push_str("<form class=\"chromeless-form\"");
        if !model.is_empty() {
            self.attribute("data-model", model);
        }
        self.attribute("data-action", action);
        self.place(text, span);
        self.out.push_str(">\n<div></div>\n<button class=\"button is-primary\" disabled=\"disabled\" type=\"submit\">");
        escape(button, &mut self.out);
        self.out.push_str("</button>\n</form>\n");
    }

    pub(super) fn code_block(&mut self, text: &Text<'a>, at: usize, language: Option<&str>) {
        self.line();
        let plain = language.and_then(|language| language.strip_suffix("-interactive"));
        self.diagrams |= language.is_some_and(|language| language.eq_ignore_ascii_case("mermaid"));
        self.out.push_str("<pre><code");
        let class = plain
            .or(language)
            .map_or_else(String::new, |language| format!("lang-{language}"));
        self.own_attributes(text, at, &class);
        if let Some(plain) = plain {
            self.attribute("data-interactive", plain);
        }
        self.place(text, text.tree.nodes[at].span);
        self.out.push('>');
        // The last line ends like the others, even where the file doesn't.
        let before = self.out.len();
        let standing_out = fence_lines(text.tree.nodes[at].span.of(text.source))
            .filter(|_| self.markup.colours_code())
            .unwrap_or_default();
        let ended = match typed_code(text, at)
            .filter(|_| self.highlighter.is_some() || !standing_out.is_empty())
        {
            Some(code) => {
                self.code(plain.or(language), &code, &standing_out);
                code.ends_with('\n')
            }
            None => {
                self.inside(text, at);
                self.out.ends_with('\n')
            }
        };
        if self.out.len() > before && !ended {
            self.out.push('\n');
        }
        self.out.push_str("</code></pre>\n");
    }

    /// Code with its parts named, as far as somebody knows the language, and with some lines marked.
    fn code(&mut self, language: Option<&str>, code: &str, standing_out: &[(usize, usize)]) {
        let mut tokens = None;
        if let (Some(highlighter), Some(language)) = (self.highlighter, language) {
            tokens = highlighter.tokenize(language, code);
        }
        code::write(
            code,
            &tokens.unwrap_or_default(),
            standing_out,
            &mut self.out,
        );
    }

    /// Code from a file. Without the file there is nothing: the problem is reported to the author. DocFX shows the reader a warning.
    pub(super) fn snippet(
        &mut self,
        text: &Text<'a>,
        at: usize,
        reference: RefId,
        snippet: &Snippet,
    ) {
        let is_plain = !self.markup.colours_code();
        let reports_missing = self.markup.reports_missing_code();
        let code = match self.site.reference(text.id, reference) {
            Some((_, Target::Code(code))) => self.site.text(*code),
            _ if reports_missing && !snippet.triple => {
                self.line();
                return self.missing_code();
            }
            _ => return,
        };
        let lines = match select_lines(code, snippet) {
            Ok(lines) => lines,
            Err(_) if reports_missing => String::new(),
            Err(_) => return,
        };
        if snippet.triple && lines.trim_end().is_empty() {
            return;
        }
        self.line();
        self.out.push_str(if snippet.triple && is_plain {
            "<pre>\n<code"
        } else {
            "<pre><code"
        });
        if let Some(language) = snippet.language.as_deref() {
            self.attribute("class", &format!("lang-{language}"));
        }
        if let Some(language) = snippet
            .language
            .as_deref()
            .filter(|_| snippet.interactive || snippet.mode.is_some())
        {
            self.attribute("data-interactive", language);
        }
        let names = self.markup.snippet_attributes();
        let pairs = [
            ("data-interactive-mode", snippet.mode.as_deref()),
            (names[0], Some(&*snippet.name)),
            ("title", snippet.title.as_deref()),
            (names[1], snippet.highlight.as_deref()),
        ];
        for (name, value) in pairs {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                self.attribute(name, value);
            }
        }
        self.place(text, text.tree.nodes[at].span);
        self.out.push('>');
        match (snippet.triple, is_plain) {
            (true, true) => {
                let mut escaped = String::new();
                escape(lines.trim_end(), &mut escaped);
                self.out.push_str(&escaped.replace('\'', "&#39;"));
                self.out.push_str("\n</code></pre>\n");
            }
            (_, true) => {
                escape(&lines, &mut self.out);
                self.out.push_str("</code></pre>");
            }
            (_, false) => {
                let standing_out = snippet
                    .highlight
                    .as_deref()
                    .map(code::line_ranges)
                    .unwrap_or_default();
                self.code(snippet.language.as_deref(), &lines, &standing_out);
                self.out.push_str("</code></pre>\n");
            }
        }
    }

    pub(super) fn task_mark(&mut self, done: bool) {
        self.out
            .push_str("<input disabled=\"disabled\" type=\"checkbox\"");
        self.out
            .push_str(if done { " checked=\"checked\"" } else { "" });
        self.out.push_str(self.markup.void_end());
    }
}

/// The lines to highlight, of `{2,4-5}` after the language of a fence; `None` if the fence has no such list.
fn fence_lines(block: &str) -> Option<Vec<(usize, usize)>> {
    let opening = block
        .lines()
        .next()
        .filter(|line| line.starts_with(['`', '~']))?;
    let (ranges, _) = opening.split_once('{')?.1.split_once('}')?;
    let sound = !ranges.is_empty()
        && ranges
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b',' | b'-' | b' '));
    sound.then(|| code::line_ranges(ranges))
}

/// The code of a block as it is read, if there is nothing but words in it.
fn typed_code(text: &Text<'_>, at: usize) -> Option<String> {
    let inside = &text.tree.nodes[at + 1..at + 1 + text.tree.nodes[at].len as usize];
    let inside = inside
        .iter()
        .filter(|node| !matches!(node.kind, NodeKind::Attributes(_)));
    let words = inside.map(|node| match &node.kind {
        NodeKind::Text(words) => Some(
            words
                .as_deref()
                .unwrap_or_else(|| node.span.of(text.source)),
        ),
        _ => None,
    });
    words.collect()
}
