//! Pairs of texts and their translations -> which words are translated by which: those that are found together far more often than by
//! chance. Evidence for the alignment of other texts, from the site alone; knows no dictionary.

use rustc_hash::FxHashMap;

use super::features::BlockFeatures;

/// Longer texts are left out: in them every word is found together with every other.
const MAX_TOKENS: usize = 40;

/// A word must be found together with its translation at least so often.
const MIN_COUNT: u32 = 3;

/// And in at least this share of the texts with either word (Dice's coefficient).
const MIN_DICE: f32 = 0.3;

/// How many translations of a word are looked for.
const MAX_TRANSLATIONS: usize = 4;

/// How often the translation of a word is found in a text and in its translation.
const HIT_RATE: f32 = 0.7;

/// The score of a whole text is at most this, in either direction.
const MAX_SCORE: f32 = 12.0;

/// The words of two languages that are translations of each other.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By word of the original.
    forward: FxHashMap<u32, Vec<LexiconEntry>>,
    /// By word of the translation.
    backward: FxHashMap<u32, Vec<LexiconEntry>>,
}

/// A word of the other language.
#[derive(Debug, Clone, Copy)]
struct LexiconEntry {
    word: u32,
    /// The share of texts that contain it.
    frequency: f32,
    dice: f32,
}

/// Counts words that are found together.
#[derive(Debug, Default)]
pub(super) struct LexiconBuilder {
    texts: u32,
    words: FxHashMap<u32, u32>,
    translated_words: FxHashMap<u32, u32>,
    together: FxHashMap<(u32, u32), u32>,
}

impl LexiconBuilder {
    /// Adds a text and its translation.
    pub fn add(&mut self, original: &BlockFeatures, translation: &BlockFeatures) {
        if original.tokens.len() > MAX_TOKENS || translation.tokens.len() > MAX_TOKENS {
            return;
        }
        self.texts += 1;
        for word in &original.tokens {
            *self.words.entry(*word).or_default() += 1;
            for other in &translation.tokens {
                *self.together.entry((*word, *other)).or_default() += 1;
            }
        }
        for word in &translation.tokens {
            *self.translated_words.entry(*word).or_default() += 1;
        }
    }

    /// The words that are found together more often than by chance.
    pub fn build(self) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let texts = self.texts.max(1) as f32;
        for ((word, other), count) in self.together {
            if count < MIN_COUNT {
                continue;
            }
            let (all, all_other) = (self.words[&word], self.translated_words[&other]);
            let dice = 2.0 * count as f32 / (all + all_other) as f32;
            if dice < MIN_DICE {
                continue;
            }
            lexicon.forward.entry(word).or_default().push(LexiconEntry {
                word: other,
                frequency: all_other as f32 / texts,
                dice,
            });
            lexicon
                .backward
                .entry(other)
                .or_default()
                .push(LexiconEntry {
                    word,
                    frequency: all as f32 / texts,
                    dice,
                });
        }
        for entries in lexicon
            .forward
            .values_mut()
            .chain(lexicon.backward.values_mut())
        {
            // By the word as well, as the order of a hash map is no order.
            entries.sort_by(|one, other| {
                other
                    .dice
                    .total_cmp(&one.dice)
                    .then(one.word.cmp(&other.word))
            });
            entries.truncate(MAX_TRANSLATIONS);
        }
        lexicon
    }
}

impl Lexicon {
    /// The logarithm of how much likelier the words of the two texts are if one is the translation of the other.
    pub fn score(&self, original: &BlockFeatures, translation: &BlockFeatures) -> f32 {
        let forward = score(&self.forward, &original.tokens, &translation.tokens);
        let backward = score(&self.backward, &translation.tokens, &original.tokens);
        (forward + backward) / 2.0
    }
}

fn score(entries: &FxHashMap<u32, Vec<LexiconEntry>>, from: &[u32], to: &[u32]) -> f32 {
    let mut sum = 0.0;
    for word in from {
        let Some(translations) = entries.get(word) else {
            // Names are the same in both languages.
            if to.binary_search(word).is_ok() {
                sum += 3.0;
            }
            continue;
        };
        let mut chance: f32 = 0.0;
        let mut is_found = to.binary_search(word).is_ok();
        for entry in translations {
            chance += entry.frequency;
            is_found |= to.binary_search(&entry.word).is_ok();
        }
        // Below `HIT_RATE`, so that a translation that is there never counts against a pair; above
        // zero, so that one rare word doesn't decide alone.
        let chance = chance.clamp(0.001, 0.6);
        sum += if is_found {
            (HIT_RATE / chance).ln()
        } else {
            ((1.0 - HIT_RATE) / (1.0 - chance)).ln()
        };
    }
    sum.clamp(-MAX_SCORE, MAX_SCORE)
}
