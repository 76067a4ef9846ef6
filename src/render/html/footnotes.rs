//! Footnotes: a number where one is mentioned, and all of them at the end of the text they stand in.

use crate::syntax::Kind;

use super::{Text, Writer};

/// The footnotes mentioned so far in one text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    labels: Vec<String>,
    /// By mention: the number of its footnote.
    mentions: Vec<usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_ref(&mut self, text: &Text<'a>, label: &str) {
        let is_it = |kind: &Kind| matches!(kind, Kind::Footnote(found) if **found == *label);
        if !text.tree.nodes.iter().any(|node| is_it(&node.kind)) {
            return;
        }
        let notes = &mut self.footnotes;
        let number = notes.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            notes.labels.push(label.to_owned());
            notes.labels.len() - 1
        }) + 1;
        notes.mentions.push(number);
        let mention = notes.mentions.len();
        self.out.push_str(&format!("<a id=\"fnref:{mention}\" href=\"#fn:{number}\" class=\"footnote-ref\"><sup>{number}</sup></a>"));
    }

    /// Writes the footnotes that were mentioned.
    pub(super) fn footnotes(&mut self, text: &Text<'a>) {
        if self.footnotes.labels.is_empty() {
            return;
        }
        self.line();
        self.out.push_str("<div class=\"footnotes\">\n<hr");
        self.out.push_str(self.markup.void_end());
        self.out.push_str("\n<ol>\n");
        let mut next = 0;
        while let Some(label) = self.footnotes.labels.get(next).cloned() {
            next += 1;
            self.out.push_str(&format!("<li id=\"fn:{next}\">\n"));
            if let Some(at) = text.tree.nodes.iter().position(|node| matches!(&node.kind, Kind::Footnote(found) if **found == *label)) {
                self.inside(text, at);
            }
            let mentions = self.footnotes.mentions.iter().enumerate().filter(|(_, number)| **number == next);
            let back: String = mentions
                .map(|(mention, _)| format!("<a href=\"#fnref:{}\" class=\"footnote-back-ref\">&#8617;</a>", mention + 1))
                .collect();
            // The way back stands in the last paragraph.
            let end = self.out.trim_end().len();
            match self.out[..end].ends_with("</p>") {
                true => self.out.insert_str(end - "</p>".len(), &back),
                false => self.out.push_str(&back),
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</div>\n");
    }
}
