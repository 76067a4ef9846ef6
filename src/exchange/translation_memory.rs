//! Texts and their translations, wherever in the site they stand -> what the same text was translated as before.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::pairing::in_terms_of;
use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent, TranslationUnit};
use std::hash::Hash;

/// What texts were translated as.
#[derive(Debug, Default)]
pub struct TranslationMemory {
    entries: FxHashMap<u64, usize>,
    /// Each text once, with its translations; the one used most often comes first.
    pub(super) all: Vec<MemoryEntry>,
}

/// A text with its translations.
#[derive(Debug, Clone)]
pub(super) struct MemoryEntry {
    pub original: InlineContent,
    pub codes: Vec<InlineCode>,
    pub translations: Vec<(InlineContent, usize)>,
}

impl TranslationMemory {
    /// Remembers that `original` was translated as `translation`, if that has exactly its codes.
    pub(super) fn learn(&mut self, original: &TranslationUnit, translation: &TranslationUnit) {
        let (content, codes) = in_terms_of(original, translation);
        if !same_codes(&original.content, &content) || codes.len() != original.codes.len() {
            return;
        }
        let at = *self.entries.entry(key(original)).or_insert_with(|| {
            self.all.push(MemoryEntry {
                original: original.content.clone(),
                codes: original.codes.clone(),
                translations: Vec::new(),
            });
            self.all.len() - 1
        });
        let known = &mut self.all[at].translations;
        match known.iter_mut().find(|(other, _)| *other == content) {
            Some((_, times)) => *times += 1,
            None => known.push((content, 1)),
        }
    }

    /// Puts the translations used most often first.
    pub(super) fn settle(&mut self) {
        self.all.iter_mut().for_each(|entry| {
            entry
                .translations
                .sort_by_key(|(_, times)| std::cmp::Reverse(*times))
        });
    }

    /// The same text's translations, the most usual one first.
    pub(super) fn recall(&self, original: &TranslationUnit) -> Vec<InlineContent> {
        const MOST: usize = 3;
        let found = self
            .entries
            .get(&key(original))
            .map(|at| &self.all[*at].translations);
        found
            .into_iter()
            .flatten()
            .take(MOST)
            .map(|(content, _)| content.clone())
            .collect()
    }

    /// How many texts are remembered.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// True if nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// True if both have the same codes, each once.
pub(super) fn same_codes(one: &[Inline], other: &[Inline]) -> bool {
    codes(one) == codes(other)
}

/// The codes of a content, in the order of their numbers.
pub(super) fn codes(content: &[Inline]) -> Vec<usize> {
    let number = |piece: &Inline| match piece {
        Inline::StartCode(number) | Inline::Placeholder(number) => Some(*number),
        _ => None,
    };
    let mut codes: Vec<usize> = content.iter().filter_map(number).collect();
    codes.sort_unstable();
    codes
}

/// The same for texts that say the same and whose codes do the same. Which label a link has doesn't matter.
fn key(unit: &TranslationUnit) -> u64 {
    let mut hash = Xxh3::new();
    for piece in &unit.content {
        match piece {
            Inline::Text(words) => hash.update(words.as_bytes()),
            Inline::StartCode(number) | Inline::Placeholder(number) => {
                let Some(code) = unit.codes.get(*number) else {
                    continue;
                };
                // Where a link leads is said by its code alone, unlike what is shown.
                let shown = if matches!(code.kind, InlineCodeKind::Link | InlineCodeKind::Image) {
                    ""
                } else {
                    &code.open
                };
                hash.update(b"\0");
                code.kind.hash(&mut hash);
                hash.update(shown.as_bytes());
            }
            Inline::EndCode(_) => hash.update(b"\0/"),
        }
    }
    hash.digest()
}
