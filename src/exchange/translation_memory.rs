//! All texts of a site and their translations -> what an equal text was translated as before.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::document::Suggestion;
use super::pairing::renumber_codes;
use super::unit::{
    Inline, InlineCode, InlineCodeKind, InlineContent, TranslationUnit, code_numbers,
};

/// How many translations of a text are suggested.
const MAX_SUGGESTIONS: usize = 3;

/// The similarity of a translation that may follow an earlier version of its text, in percent: tools insert those with 100 without asking.
const UNCERTAIN_SIMILARITY: u8 = 95;

/// The translations of a site into one language.
#[derive(Debug, Default)]
pub struct TranslationMemory {
    by_key: FxHashMap<u64, usize>,
    /// In the order in which the texts were added.
    pub(super) entries: Vec<MemoryEntry>,
}

/// A text with its translations.
#[derive(Debug, Clone)]
pub(super) struct MemoryEntry {
    pub original: InlineContent,
    pub codes: Vec<InlineCode>,
    /// After [`TranslationMemory::sort`] the most frequent one is first.
    pub translations: Vec<MemoryTranslation>,
}

/// A translation of a text.
#[derive(Debug, Clone)]
pub(super) struct MemoryTranslation {
    pub content: InlineContent,
    /// True if it is known that it is a translation of this text, not of an earlier version.
    pub is_certain: bool,
    /// How often the text is translated so.
    count: usize,
}

impl TranslationMemory {
    /// Adds a translation, if it has exactly the codes of the original: others can't be taken over by another text.
    /// `is_certain` is true if it is known to follow this version of the original.
    pub(super) fn add(
        &mut self,
        original: &TranslationUnit,
        translation: &TranslationUnit,
        is_certain: bool,
    ) {
        let (content, codes) = renumber_codes(original, translation);
        if code_numbers(&original.content) != code_numbers(&content)
            || codes.len() != original.codes.len()
        {
            return;
        }
        let at = *self.by_key.entry(key(original)).or_insert_with(|| {
            self.entries.push(MemoryEntry {
                original: original.content.clone(),
                codes: original.codes.clone(),
                translations: Vec::new(),
            });
            self.entries.len() - 1
        });
        let translations = &mut self.entries[at].translations;
        // There are few translations of one text, so they are compared one by one.
        match translations
            .iter_mut()
            .find(|translation| translation.content == content)
        {
            Some(translation) => {
                translation.count += 1;
                translation.is_certain |= is_certain;
            }
            None => translations.push(MemoryTranslation {
                content,
                is_certain,
                count: 1,
            }),
        }
    }

    /// Puts certain translations first, and the most frequent ones of these.
    pub(super) fn sort(&mut self) {
        for entry in &mut self.entries {
            entry
                .translations
                .sort_by_key(|translation| Reverse((translation.is_certain, translation.count)));
        }
    }

    /// The translations of an equal text, the best one first.
    pub(super) fn suggestions(&self, original: &TranslationUnit) -> Vec<Suggestion> {
        let mut suggestions = Vec::new();
        let Some(at) = self.by_key.get(&key(original)) else {
            return suggestions;
        };
        let translations = &self.entries[*at].translations;
        for translation in translations.iter().take(MAX_SUGGESTIONS) {
            suggestions.push(Suggestion {
                source: None,
                target: translation.content.clone(),
                similarity: if translation.is_certain {
                    100
                } else {
                    UNCERTAIN_SIMILARITY
                },
            });
        }
        suggestions
    }

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if it holds no text.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Equal for texts with the same words and with codes that do the same.
fn key(unit: &TranslationUnit) -> u64 {
    let mut hash = Xxh3::new();
    for inline in &unit.content {
        match inline {
            Inline::Text(words) => hash.update(words.as_bytes()),
            Inline::StartCode(number) | Inline::Placeholder(number) => {
                let Some(code) = unit.codes.get(*number) else {
                    continue;
                };
                hash.update(&[0, code.kind as u8]);
                // The target of a link has no influence on its words; it is in the code that stays as it is.
                if !matches!(code.kind, InlineCodeKind::Link | InlineCodeKind::Image) {
                    hash.update(code.open.as_bytes());
                }
            }
            // 0 is in no words, and no kind of code has the number 255.
            Inline::EndCode(_) => hash.update(&[0, u8::MAX]),
        }
    }
    hash.digest()
}
