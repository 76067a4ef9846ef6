//! Footnotes -> a number at each reference, and all notes at the end of the text they are in.

use super::footnote_numbers::FootnoteNumbers;
use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    /// The number in place of `[^label]`; nothing if there is no such note.
    pub(super) fn footnote_ref(&mut self, label: &str) {
        // Few texts have footnotes, so they are counted at the first mention.
        if !self.footnotes.is_counted {
            self.footnotes = FootnoteNumbers::of(self.text.tree, &mut self.generated_ids);
        }
        let Some(note) = self.footnotes.position(label) else {
            return;
        };
        let known = &mut self.footnotes.notes[note];
        let Some(mention) = known.mention_ids.get(known.seen) else {
            return;
        };
        known.seen += 1;
        let (id, number) = (&known.id, note + 1);
        self.out.push_str(&format!(
            "<a id=\"{mention}\" href=\"#{id}\" class=\"footnote-ref\"><sup>{number}</sup></a>"
        ));
    }

    /// Writes the footnotes that were mentioned.
    pub(super) fn footnotes(&mut self) {
        if self.footnotes.notes.is_empty() {
            return;
        }
        self.line();
        self.out.push_str("<div class=\"footnotes\">\n<hr");
        self.out.push_str(self.markup.void_end());
        self.out.push_str("\n<ol>\n");
        for note in 0..self.footnotes.notes.len() {
            let written = &self.footnotes.notes[note];
            let definition = written.definition;
            self.out.push_str(&format!("<li id=\"{}\">\n", written.id));
            self.inside(definition);
            self.back_links(note);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</div>\n");
    }

    /// Writes a link back to each mention of a note.
    fn back_links(&mut self, note: usize) {
        let note = &self.footnotes.notes[note];
        let mut links = String::new();
        for mention in &note.mention_ids {
            links.push_str(&format!(
                "<a href=\"#{mention}\" class=\"footnote-back-ref\">&#8617;</a>"
            ));
        }
        // They belong to the last line of the note: after the paragraph they would have a line of their own.
        let end = self.out.trim_end().len();
        if self.out[..end].ends_with("</p>") {
            self.out.insert_str(end - "</p>".len(), &links);
        } else {
            self.out.push_str(&links);
        }
    }
}
