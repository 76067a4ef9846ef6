//! What one file has to translate: its units, and the blocks they are in. Blocks describe the structure of a text, so that it can be aligned
//! with its translation. Doesn't know how files are read.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use crate::source::Span;

use super::features::BlockFeatures;
use super::unit::{Inline, TranslationUnit, words};

/// The translatable content of one file.
#[derive(Debug, Default)]
pub(super) struct TranslatableText {
    /// In the order of their bytes.
    pub units: Vec<TranslationUnit>,
    /// The outermost blocks.
    pub blocks: Vec<TextBlock>,
}

/// A node of the structure of a text.
#[derive(Debug, Default)]
pub(super) struct TextBlock {
    /// Only blocks of one kind are aligned.
    pub kind: String,
    /// Its bytes.
    pub span: Span,
    /// The number of its own text in [`TranslatableText::units`].
    pub unit: Option<usize>,
    /// Its own text if that has no letters, such as `✓` or `100 %`. It is not translated, but it can be a translation.
    pub letterless: Option<Box<TranslationUnit>>,
    /// Hashes of what translations have in common with it, sorted: link targets, image names, code.
    pub names: Vec<u64>,
    /// The length of its words in bytes.
    pub size: usize,
    /// What of its words can be compared across languages.
    pub features: BlockFeatures,
    /// The blocks in it.
    pub children: Vec<TextBlock>,
}

impl TextBlock {
    /// The same block with these children, whose names and sizes are added to its own.
    pub fn around(mut self, children: Vec<TextBlock>) -> TextBlock {
        // A list is aligned by the links in its items, as it has none of its own.
        for child in &children {
            self.names.extend(&child.names);
            self.size += child.size;
            self.features.add(&child.features);
        }
        self.names.sort_unstable();
        self.children = children;
        self
    }

    /// True for an entry of a map.
    pub fn is_key(&self) -> bool {
        self.kind.starts_with("key ")
    }

    /// The numbers of all units in it, which follow each other, as units are numbered in reading order.
    pub fn unit_range(&self) -> Range<usize> {
        let mut range = match self.unit {
            Some(unit) => unit..unit + 1,
            None => 0..0,
        };
        for child in &self.children {
            let inner = child.unit_range();
            if range.is_empty() {
                range = inner;
            } else if !inner.is_empty() {
                range = range.start.min(inner.start)..range.end.max(inner.end);
            }
        }
        range
    }

    /// The numbers of all units in it.
    pub fn units(&self) -> Vec<usize> {
        let mut units: Vec<usize> = self.unit.into_iter().collect();
        units.extend(self.children.iter().flat_map(TextBlock::units));
        units
    }
}

impl TranslatableText {
    /// Adds a unit and returns its number. Texts without a letter need no translation and are not added.
    pub fn add(&mut self, unit: TranslationUnit) -> Option<usize> {
        // Numbers, signs and code alone are the same in all languages, and translators are paid by the text.
        if !has_letters(&unit.content) {
            return None;
        }
        self.units.push(unit);
        Some(self.units.len() - 1)
    }
}

/// True if there are words to translate.
pub(super) fn has_letters(content: &[Inline]) -> bool {
    words(content).contains(char::is_alphabetic)
}

/// The hash of a name that translations share, for [`TextBlock::names`].
pub(super) fn name_hash(name: &str) -> u64 {
    xxh3_64(name.as_bytes())
}

/// The part of the line of byte `at` that is before it.
pub(super) fn line_before(text: &str, at: usize) -> &str {
    match text[..at].rfind(['\n', '\r']) {
        Some(end) => &text[end + 1..at],
        None => &text[..at],
    }
}

/// What further lines of a block begin with, if its first line has `before` before its text: list markers become spaces.
pub(super) fn line_prefix(before: &str) -> String {
    let mut prefix = String::with_capacity(before.len());
    for char in before.chars() {
        prefix.push(if matches!(char, '>' | '\t') {
            char
        } else {
            ' '
        });
    }
    prefix
}
