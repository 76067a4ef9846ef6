//! The words of a block -> what of them can be compared with those of a block in another language: tokens, numbers, and how much is bold.

use xxhash_rust::xxh3::xxh3_64;

use super::unit::{InlineCodeKind, TranslationUnit};

/// A list or a table is compared by the first so many of its words.
const MAX_TOKENS: usize = 60;

/// What of the words of a block can be compared across languages.
#[derive(Debug, Clone, Default)]
pub(super) struct BlockFeatures {
    /// The hashes of its words in lower case, sorted, each once.
    pub tokens: Vec<u32>,
    /// The hashes of its numbers, sorted.
    pub numbers: Vec<u32>,
    /// How many bold texts it has.
    pub strong: usize,
}

impl BlockFeatures {
    /// The features of one text.
    pub fn of(unit: &TranslationUnit) -> BlockFeatures {
        let mut features = BlockFeatures::default();
        let words = unit.words();
        for run in words.split(|char: char| !char.is_alphanumeric()) {
            features.add_run(run);
        }
        for code in &unit.codes {
            features.strong += usize::from(code.kind == InlineCodeKind::Strong);
        }
        features.sort();
        features
    }

    /// Adds letters and digits without anything between them.
    fn add_run(&mut self, run: &str) {
        let Some(first) = run.chars().next() else {
            return;
        };
        if run.chars().all(|char| char.is_ascii_digit()) {
            self.numbers.push(token_hash(run));
        } else if is_ideograph(first) {
            // Languages without spaces between words: each character is a token.
            for char in run.chars() {
                self.tokens.push(token_hash(char.encode_utf8(&mut [0; 4])));
            }
        } else {
            self.tokens.push(token_hash(&run.to_lowercase()));
        }
    }

    /// Adds the features of a block inside this one.
    pub fn add(&mut self, inner: &BlockFeatures) {
        let room = MAX_TOKENS.saturating_sub(self.tokens.len());
        self.tokens.extend(inner.tokens.iter().take(room));
        let room = MAX_TOKENS.saturating_sub(self.numbers.len());
        self.numbers.extend(inner.numbers.iter().take(room));
        self.strong += inner.strong;
        self.sort();
    }

    fn sort(&mut self) {
        self.tokens.sort_unstable();
        self.tokens.dedup();
        self.numbers.sort_unstable();
    }
}

fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn token_hash(word: &str) -> u32 {
    // Half of the hash takes half the memory, and two words with the same one only change a score a
    // little.
    (xxh3_64(word.as_bytes()) >> 32) as u32
}

/// How many elements two sorted lists have in common.
pub(super) fn count_common<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut a, mut b, mut count) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                (a, b) = (a + 1, b + 1);
            }
        }
    }
    count
}
