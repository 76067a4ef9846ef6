//! Footnotes -> a number at each reference, and all notes at the end of the text they are in.

use crate::syntax::Tree;
use crate::syntax::tree::NodeKind;

use super::{ArticleWriter, Text};

/// The footnotes of one text, in the order in which they are first mentioned.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    notes: Vec<Note>,
}

#[derive(Debug)]
struct Note {
    label: String,
    /// How often it is mentioned in all, and how often so far.
    mentions: usize,
    seen: usize,
}

impl Footnotes {
    fn of(tree: &Tree) -> Footnotes {
        let mut notes: Vec<Note> = Vec::new();
        for node in &tree.nodes {
            let NodeKind::FootnoteRef(label) = &node.kind else {
                continue;
            };
            match notes.iter_mut().find(|note| *note.label == **label) {
                Some(note) => note.mentions += 1,
                None if definition(tree, label).is_some() => notes.push(Note {
                    label: label.to_string(),
                    mentions: 1,
                    seen: 0,
                }),
                None => {}
            }
        }
        Footnotes { notes }
    }

    /// The number of the first mention of a note: those of a note are numbered together.
    fn first_mention(&self, note: usize) -> usize {
        self.notes[..note]
            .iter()
            .map(|note| note.mentions)
            .sum::<usize>()
            + 1
    }
}

/// The node with the text of a note.
fn definition(tree: &Tree, label: &str) -> Option<usize> {
    tree.nodes.iter().position(
        |node| matches!(&node.kind, NodeKind::FootnoteDefinition(found) if **found == *label),
    )
}

impl<'a> ArticleWriter<'a> {
    pub(super) fn footnote_ref(&mut self, text: &Text<'a>, label: &str) {
        if self.footnotes.notes.is_empty() {
            self.footnotes = Footnotes::of(text.tree);
        }
        let Some(number) = self
            .footnotes
            .notes
            .iter()
            .position(|note| note.label == label)
        else {
            return;
        };
        let mention = self.footnotes.first_mention(number) + self.footnotes.notes[number].seen;
        self.footnotes.notes[number].seen += 1;
        let number = number + 1;
        self.out.push_str(&format!("<a id=\"fnref:{mention}\" href=\"#fn:{number}\" class=\"footnote-ref\"><sup>{number}</sup></a>"));
    }

    /// Writes the footnotes that were mentioned.
    pub(super) fn footnotes(&mut self, text: &Text<'a>) {
        if self.footnotes.notes.is_empty() {
            return;
        }
        self.line();
        self.out.push_str("<div class=\"footnotes\">\n<hr");
        self.out.push_str(self.markup.void_end());
        self.out.push_str("\n<ol>\n");
        for note in 0..self.footnotes.notes.len() {
            let (first, count) = (
                self.footnotes.first_mention(note),
                self.footnotes.notes[note].mentions,
            );
            let label = self.footnotes.notes[note].label.clone();
            self.out.push_str(&format!("<li id=\"fn:{}\">\n", note + 1));
            if let Some(at) =
                text.tree.nodes.iter().position(
                    |node| matches!(&node.kind, NodeKind::FootnoteDefinition(found) if **found == *label),
                )
            {
                self.inside(text, at);
            }
            let link = |mention| {
                format!("<a href=\"#fnref:{mention}\" class=\"footnote-back-ref\">&#8617;</a>")
            };
            let back: String = (first..first + count).map(link).collect();
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
