//! The footnotes of a text -> their numbers, in the order in which they are first mentioned.

use crate::syntax::Tree;
use crate::syntax::tree::NodeKind;

/// The footnotes of one text, in the order in which they are first mentioned.
#[derive(Debug, Default)]
pub(super) struct FootnoteNumbers {
    pub notes: Vec<Footnote>,
}

#[derive(Debug)]
pub(super) struct Footnote {
    pub label: String,
    /// The node with its text.
    pub definition: usize,
    /// How often it is mentioned in the whole text.
    pub mentions: usize,
    /// How many of its mentions are written.
    pub seen: usize,
}

impl FootnoteNumbers {
    pub fn of(tree: &Tree) -> FootnoteNumbers {
        let mut notes: Vec<Footnote> = Vec::new();
        for node in &tree.nodes {
            let NodeKind::FootnoteRef(label) = &node.kind else {
                continue;
            };
            if let Some(note) = notes.iter_mut().find(|note| *note.label == **label) {
                note.mentions += 1;
            // A reference without a note takes no number.
            } else if let Some(definition) = definition(tree, label) {
                notes.push(Footnote {
                    label: label.to_string(),
                    definition,
                    mentions: 1,
                    seen: 0,
                });
            }
        }
        FootnoteNumbers { notes }
    }

    /// The number of the first mention of a note. Markdig numbers the mentions note by note, not in reading order.
    pub fn first_mention(&self, note: usize) -> usize {
        let mut number = 1;
        for earlier in &self.notes[..note] {
            number += earlier.mentions;
        }
        number
    }
}

/// The node with the text of a note. Of two with one label the first counts.
fn definition(tree: &Tree, label: &str) -> Option<usize> {
    tree.nodes.iter().position(
        |node| matches!(&node.kind, NodeKind::FootnoteDefinition(found) if **found == *label),
    )
}
