//! The footnotes of a text -> their numbers, in the order in which they are first mentioned.

use rustc_hash::FxHashMap;

use crate::syntax::Tree;
use crate::syntax::slug::UniqueIds;
use crate::syntax::tree::NodeKind;

/// The footnotes of one text, in the order in which they are first mentioned.
#[derive(Debug, Default)]
pub(super) struct FootnoteNumbers {
    pub notes: Vec<Footnote>,
    /// The position of each note by its label.
    by_label: FxHashMap<String, usize>,
    /// True once the notes of the text were counted, of which there may be none.
    pub is_counted: bool,
}

#[derive(Debug)]
pub(super) struct Footnote {
    /// The node with its text.
    pub definition: usize,
    /// How often it is mentioned in the whole text.
    mentions: usize,
    /// How many of its mentions are written.
    pub seen: usize,
    /// The id of its text.
    pub id: String,
    /// The ids of its mentions. Markdig numbers the mentions note by note, not in reading order.
    pub mention_ids: Vec<String>,
}

impl FootnoteNumbers {
    /// Counts the notes of a text. Their ids are taken from `ids`, because each file of a page numbers its own notes from 1.
    pub fn of(tree: &Tree, ids: &mut UniqueIds) -> FootnoteNumbers {
        let definitions = definitions(tree);
        let mut numbers = FootnoteNumbers {
            is_counted: true,
            ..FootnoteNumbers::default()
        };
        for node in &tree.nodes {
            let NodeKind::FootnoteRef(label) = &node.kind else {
                continue;
            };
            if let Some(note) = numbers.position(label) {
                numbers.notes[note].mentions += 1;
            // A reference without a note takes no number.
            } else if let Some(definition) = definitions.get(&**label) {
                let at = numbers.notes.len();
                numbers.by_label.insert(label.to_string(), at);
                numbers.notes.push(Footnote {
                    definition: *definition,
                    mentions: 1,
                    seen: 0,
                    id: String::new(),
                    mention_ids: Vec::new(),
                });
            }
        }
        let mut mention = 0;
        for (at, note) in numbers.notes.iter_mut().enumerate() {
            note.id = ids.take(format!("fn:{}", at + 1));
            for _ in 0..note.mentions {
                mention += 1;
                note.mention_ids.push(ids.take(format!("fnref:{mention}")));
            }
        }
        numbers
    }

    /// Which note has this label.
    pub fn position(&self, label: &str) -> Option<usize> {
        self.by_label.get(label).copied()
    }
}

/// The nodes with the texts of notes, by label. Of two with one label the first counts.
fn definitions(tree: &Tree) -> FxHashMap<&str, usize> {
    let mut definitions = FxHashMap::default();
    for (at, node) in tree.nodes.iter().enumerate() {
        if let NodeKind::FootnoteDefinition(label) = &node.kind {
            definitions.entry(&**label).or_insert(at);
        }
    }
    definitions
}
