//! Raw HTML of authors -> the same HTML with its addresses resolved, its comments removed and its `<xref>` elements written as links.

use crate::source::Span;
use crate::source::escape::escape;
use crate::syntax::tree::{HtmlEdit, HtmlReplacement};

use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    /// A piece of raw HTML: as typed, but for its edits.
    pub(super) fn html(&mut self, span: Span, edits: &[HtmlEdit]) {
        let typed = span.of(self.text.source);
        let end_tags = edits.iter().filter_map(inserted_text);
        self.balance.read(typed, end_tags);
        if self.markup.keeps_typed() && is_for_another_program(span, edits) {
            return self.out.push_str(typed);
        }
        // An image in a hand-written link must not get a link of its own.
        self.raw_links(typed);
        let before = self.out.len();
        let mut at = span.start;
        let mut has_only_comments = !edits.is_empty();
        for edit in edits {
            at = self.missing_image_attributes(at, span, edit);
            at = self.missing_uid_class(at, span, edit);
            self.out.push_str(self.typed_between(at, edit.span.start));
            self.html_edit(edit);
            at = self.missing_uid_text(span, edit);
            has_only_comments &= self.is_removed(edit);
        }
        self.out.push_str(self.typed_between(at, span.end));
        // Where there was nothing but a comment, nothing is left: no blank line, no space.
        if has_only_comments && self.out[before..].trim().is_empty() {
            self.out.truncate(before);
        }
    }

    /// True for a comment that is not part of the page. Authors write notes to each other in comments, which are nothing for readers.
    fn is_removed(&self, edit: &HtmlEdit) -> bool {
        matches!(edit.with, HtmlReplacement::Comment) && !self.markup.keeps_comments()
    }

    fn html_edit(&mut self, edit: &HtmlEdit) {
        match &edit.with {
            HtmlReplacement::Comment if !self.markup.keeps_comments() => {}
            HtmlReplacement::Comment => self.out.push_str(edit.span.of(self.text.source)),
            HtmlReplacement::Text(text) => self.out.push_str(text),
            HtmlReplacement::Xref(reference, empty) => {
                self.xref_start(*reference);
                if *empty {
                    self.xref_end();
                }
            }
            HtmlReplacement::XrefEnd => self.xref_end(),
            HtmlReplacement::Address(reference, quote) => {
                let address = self.href(*reference).address;
                if self.unknown_uid(*reference).is_some() {
                    // An address that no browser can follow would look like a link. The attribute is in the output already.
                    let name = self.out.trim_end_matches(['"', '\'', '=']).len();
                    if self.out[..name].to_ascii_lowercase().ends_with("href") {
                        self.out
                            .replace_range(name - "href".len()..name, "data-xref");
                    }
                }
                // Resolved addresses may have characters that end a value without quotes.
                self.out.extend(*quote);
                escape(&address, &mut self.out);
                self.out.extend(*quote);
            }
        }
    }

    /// Writes the HTML from `at` up to the name of an `<img>`, and the attributes that the author left to it, if `edit` is the address of such
    /// an image. Returns how far the HTML is written.
    fn missing_image_attributes(&mut self, at: u32, html: Span, edit: &HtmlEdit) -> u32 {
        let HtmlReplacement::Address(reference, _) = edit.with else {
            return at;
        };
        if !self.markup.enhances_images() {
            return at;
        }
        let Some((position, size)) = self.missing_size(html, edit.span, reference) else {
            return at;
        };
        // Attributes of one tag may have two addresses; it gets its size at the first.
        if position < at {
            return at;
        }
        self.out.push_str(self.typed_between(at, position));
        self.loading(size);
        position
    }

    /// Writes the HTML from `at` up to the name of an `<a>` without a class, and the class of links to uids, if `edit` is the address of such a
    /// link. Returns how far the HTML is written.
    fn missing_uid_class(&mut self, at: u32, html: Span, edit: &HtmlEdit) -> u32 {
        let HtmlReplacement::Address(reference, _) = edit.with else {
            return at;
        };
        if !self.markup.marks_uid_links() || !self.leads_to_known_uid(reference) {
            return at;
        }
        let before = self.typed_between(html.start, edit.span.start);
        let Some(tag) = before.rfind('<') else {
            return at;
        };
        let after = self.typed_between(edit.span.end, html.end);
        let after = after.split('>').next().unwrap_or(after);
        let has_class = before[tag..].contains("class") || after.contains("class");
        let name_end = tag + "<a".len();
        let is_link = before
            .get(tag..name_end)
            .is_some_and(|name| name.eq_ignore_ascii_case("<a"));
        let position = html.start + name_end as u32;
        if has_class || !is_link || position < at {
            return at;
        }
        self.out.push_str(self.typed_between(at, position));
        self.attribute("class", "xref");
        position
    }

    /// Writes the title of a page in a link to its uid that has no text. Returns how far the HTML is written.
    fn missing_uid_text(&mut self, html: Span, edit: &HtmlEdit) -> u32 {
        let HtmlReplacement::Address(reference, _) = edit.with else {
            return edit.span.end;
        };
        if self.markup.keeps_typed() || !self.leads_to_known_uid(reference) {
            return edit.span.end;
        }
        // `</a>` may be a piece of its own.
        let rest = &self.text.source[edit.span.end as usize..];
        let Some(tag_end) = rest.find('>') else {
            return edit.span.end;
        };
        let end = edit.span.end + tag_end as u32 + 1;
        let is_empty = rest
            .get(tag_end + 1..tag_end + 4)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("</a"));
        if !is_empty || end > html.end {
            return edit.span.end;
        }
        let Some(title) = self.target_title(reference) else {
            return edit.span.end;
        };
        self.out.push_str(self.typed_between(edit.span.end, end));
        escape(&title, &mut self.out);
        end
    }

    /// Notes whether raw HTML has opened a link that is not closed yet.
    fn raw_links(&mut self, html: &str) {
        let bytes = html.as_bytes();
        for (at, _) in html.match_indices('<') {
            match &bytes[at + 1..] {
                [b'a' | b'A', b'>' | b' ' | b'\n' | b'\t' | b'\r', ..] => self.raw_link = true,
                [b'/', b'a' | b'A', b'>' | b' ', ..] => self.raw_link = false,
                _ => {}
            }
        }
    }
}

/// The text that an edit inserts.
fn inserted_text(edit: &HtmlEdit) -> Option<&str> {
    match &edit.with {
        HtmlReplacement::Text(text) => Some(text),
        _ => None,
    }
}

/// True for HTML that a markup with addresses as typed leaves untouched. Only an edit of the whole piece changes it.
fn is_for_another_program(html: Span, edits: &[HtmlEdit]) -> bool {
    let mut replaces_all = false;
    for edit in edits {
        match edit.with {
            HtmlReplacement::Xref(..) | HtmlReplacement::XrefEnd => return true,
            HtmlReplacement::Comment => {}
            _ => replaces_all |= edit.span == html,
        }
    }
    !replaces_all
}
