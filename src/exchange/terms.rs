//! Bold words in texts and in their translations -> what buttons, fields and pages are called in a language. Who translates one sentence
//! has to call them as the program does, and as all other pages do.

use std::collections::BTreeMap;

use super::pair_texts::{PairTexts, UnitState};
use super::pairing::renumber_codes;
use super::unit::{Inline, InlineCode, InlineCodeKind, TranslationUnit};

/// Longer bold text is stressed, not a name.
const MAX_WORDS: usize = 5;

/// How often bold words are translated as what.
#[derive(Debug, Default)]
pub(super) struct Terms {
    counts: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Terms {
    /// Adds the bold words of all translations that aren't out of date.
    pub fn learn(&mut self, texts: &PairTexts) {
        for (number, unit) in texts.original.units.iter().enumerate() {
            if texts.states[number] == UnitState::Stale || texts.is_copied(number) {
                continue;
            }
            let Some(translation) = texts.translation_of(number) else {
                continue;
            };
            let names = bold_words(&unit.content, &unit.codes);
            if names.is_empty() {
                continue;
            }
            let (content, codes) = renumber_codes(unit, translation);
            let translated = bold_words(&content, &codes);
            for (code, name) in names {
                if let Some(term) = translated.get(&code) {
                    let counts = self.counts.entry(name).or_default();
                    *counts.entry(term.clone()).or_default() += 1;
                }
            }
        }
    }

    /// The bold words of a text, with what nearly all translations call them.
    pub fn of(&self, unit: &TranslationUnit) -> Vec<(String, String)> {
        let mut terms = Vec::new();
        for name in bold_words(&unit.content, &unit.codes).into_values() {
            let Some(counts) = self.counts.get(&name) else {
                continue;
            };
            let all: usize = counts.values().sum();
            let best = counts.iter().max_by_key(|(_, count)| **count);
            if let Some((term, count)) = best
                && 3 * count > 2 * all
                && !terms.iter().any(|(known, _)| *known == name)
            {
                terms.push((name, term.clone()));
            }
        }
        terms
    }
}

/// Short bold words by the number of their code.
fn bold_words(content: &[Inline], codes: &[InlineCode]) -> BTreeMap<usize, String> {
    let mut bold = BTreeMap::new();
    for part in content.windows(3) {
        let [
            Inline::StartCode(number),
            Inline::Text(words),
            Inline::EndCode(_),
        ] = part
        else {
            continue;
        };
        if let Some(code) = codes.get(*number)
            && code.kind == InlineCodeKind::Strong
            && words.split_whitespace().count() <= MAX_WORDS
        {
            bold.insert(*number, words.clone());
        }
    }
    bold
}
