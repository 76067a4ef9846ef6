//! The blocks of a text and of its translation -> which of them certainly belong together. Kinds and order must agree; what is known of the
//! units in them, link targets, numbers, lengths and the words of the rest of the site give each pair a score, the logarithm of how much
//! likelier these blocks are if one is the translation of the other. A pair is certain if nearly all probable alignments have it (the
//! forward-backward algorithm for pair hidden Markov models); of others it isn't known whether they belong together.

use super::features::count_common;
use super::known_pairs::KnownPairs;
use super::lexicon::Lexicon;
use super::translatable::TextBlock;

/// With more possible pairs than this among siblings, only the common beginning is aligned: tables of data, for which the tables of scores
/// would take 32 MB and more.
const MAX_PAIRS: usize = 4_000_000;

/// The score of a block without a partner.
const GAP: f32 = -4.0;

/// The same where both texts have the same kinds of blocks in the same order: then a block must be missing and another one be new.
const GAP_IN_SAME_STRUCTURE: f32 = -7.0;

/// A pair is certain if it has this share of the probability. Measured by taking blocks out of real translations: see `tests/exchange`.
const CERTAIN: f32 = 0.97;

/// What is known besides the blocks themselves.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub known: &'a KnownPairs,
    /// Without it the words of blocks are not compared.
    pub lexicon: Option<&'a Lexicon>,
}

/// Pairs of siblings that certainly belong together, by their index in each list, in order.
pub(super) fn align(
    originals: &[TextBlock],
    translations: &[TextBlock],
    evidence: Evidence<'_>,
) -> Vec<(usize, usize)> {
    if originals.len().saturating_mul(translations.len()) > MAX_PAIRS {
        return common_beginning(originals, translations);
    }
    let scores = ScoreTable::new(originals, translations, evidence);
    let forward = scores.forward();
    let backward = scores.backward();
    // The sum over all alignments of both lists.
    let total = backward[0];
    let width = translations.len() + 1;
    let mut pairs = Vec::new();
    for a in 0..originals.len() {
        for b in 0..translations.len() {
            let score = scores.get(a, b);
            if score == f32::NEG_INFINITY {
                continue;
            }
            let probability =
                (forward[a * width + b] + score + backward[(a + 1) * width + b + 1] - total).exp();
            if probability >= CERTAIN {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

fn common_beginning(originals: &[TextBlock], translations: &[TextBlock]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for at in 0..originals.len().min(translations.len()) {
        if originals[at].kind != translations[at].kind {
            break;
        }
        pairs.push((at, at));
    }
    pairs
}

/// The score of each pair.
struct ScoreTable {
    scores: Vec<f32>,
    rows: usize,
    columns: usize,
    /// The score of a block without a partner.
    gap: f32,
}

impl ScoreTable {
    fn new(
        originals: &[TextBlock],
        translations: &[TextBlock],
        evidence: Evidence<'_>,
    ) -> ScoreTable {
        let mut scores = Vec::with_capacity(originals.len() * translations.len());
        for original in originals {
            for translation in translations {
                scores.push(score(original, translation, evidence));
            }
        }
        ScoreTable {
            scores,
            rows: originals.len(),
            columns: translations.len(),
            gap: if has_same_structure(originals, translations) {
                GAP_IN_SAME_STRUCTURE
            } else {
                GAP
            },
        }
    }

    fn get(&self, a: usize, b: usize) -> f32 {
        self.scores[a * self.columns + b]
    }

    /// For each place in both lists the sum of all alignments up to there.
    fn forward(&self) -> Vec<f32> {
        let width = self.columns + 1;
        let mut sums = vec![f32::NEG_INFINITY; (self.rows + 1) * width];
        for a in 0..=self.rows {
            for b in 0..=self.columns {
                let mut sum = if a + b == 0 { 0.0 } else { f32::NEG_INFINITY };
                if a > 0 {
                    sum = add(sum, sums[(a - 1) * width + b] + self.gap);
                }
                if b > 0 {
                    sum = add(sum, sums[a * width + b - 1] + self.gap);
                }
                if a > 0 && b > 0 {
                    sum = add(sum, sums[(a - 1) * width + b - 1] + self.get(a - 1, b - 1));
                }
                sums[a * width + b] = sum;
            }
        }
        sums
    }

    /// The same from there on.
    fn backward(&self) -> Vec<f32> {
        let width = self.columns + 1;
        let mut sums = vec![f32::NEG_INFINITY; (self.rows + 1) * width];
        for a in (0..=self.rows).rev() {
            for b in (0..=self.columns).rev() {
                let is_end = a == self.rows && b == self.columns;
                let mut sum = if is_end { 0.0 } else { f32::NEG_INFINITY };
                if a < self.rows {
                    sum = add(sum, sums[(a + 1) * width + b] + self.gap);
                }
                if b < self.columns {
                    sum = add(sum, sums[a * width + b + 1] + self.gap);
                }
                if a < self.rows && b < self.columns {
                    sum = add(sum, sums[(a + 1) * width + b + 1] + self.get(a, b));
                }
                sums[a * width + b] = sum;
            }
        }
        sums
    }
}

fn has_same_structure(originals: &[TextBlock], translations: &[TextBlock]) -> bool {
    let mut pairs = originals.iter().zip(translations);
    originals.len() == translations.len() && pairs.all(|(one, other)| one.kind == other.kind)
}

/// The logarithm of the sum of two numbers of which the logarithms are given.
fn add(one: f32, other: f32) -> f32 {
    let (small, large) = if one < other {
        (one, other)
    } else {
        (other, one)
    };
    // Beyond this difference the smaller one is below the precision of the type, and most of them are.
    if large - small > 17.0 || small == f32::NEG_INFINITY {
        return large;
    }
    large + (small - large).exp().ln_1p()
}

/// How well two blocks match; minus infinity if they can't be paired.
fn score(original: &TextBlock, translation: &TextBlock, evidence: Evidence<'_>) -> f32 {
    if original.kind != translation.kind {
        return f32::NEG_INFINITY;
    }
    let known = evidence.known.score(original, translation);
    if known == f32::NEG_INFINITY {
        return known;
    }
    let mut score = known
        + name_score(&original.names, &translation.names)
        + size_score(original.size, translation.size);
    let (one, other) = (&original.features, &translation.features);
    score += number_score(&one.numbers, &other.numbers);
    score += strong_score(one.strong, other.strong);
    if let Some(lexicon) = evidence.lexicon {
        score += lexicon.score(one, other);
    }
    score
}

/// From -5, nothing in common, to 6, all targets in common.
fn name_score(one: &[u64], other: &[u64]) -> f32 {
    if one.is_empty() && other.is_empty() {
        return 0.0;
    }
    if one.is_empty() || other.is_empty() {
        return -1.0;
    }
    let common = count_common(one, other);
    if common == 0 {
        return -5.0;
    }
    6.0 * common as f32 / one.len().max(other.len()) as f32
}

/// Numbers are the same in every language, unless they are written as words.
fn number_score(one: &[u32], other: &[u32]) -> f32 {
    let all = one.len().max(other.len());
    if all == 0 {
        return 0.0;
    }
    let common = count_common(one, other);
    if common == 0 {
        return -2.0;
    }
    4.5 * common as f32 / all as f32 - 1.5
}

/// Translators seldom leave out what is bold.
fn strong_score(one: usize, other: usize) -> f32 {
    if one == other {
        return if one > 0 { 1.8 } else { 0.0 };
    }
    -2.0 * one.abs_diff(other).min(2) as f32
}

/// From -5 to 0.7: translations are about as long as their originals. The variance is that of Gale and Church, 6.8 for each character.
fn size_score(one: usize, other: usize) -> f32 {
    let longer = one.max(other).max(8) as f32;
    let deviation = one.abs_diff(other) as f32 / (6.8 * longer).sqrt();
    0.7 - (deviation * deviation / 2.0).min(5.7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kind size names, ...`
    fn blocks(text: &str) -> Vec<TextBlock> {
        let one = |part: &str| {
            let mut words = part.split_whitespace();
            let kind = words.next().unwrap_or("").to_owned();
            let size = words.next().and_then(|size| size.parse().ok()).unwrap_or(0);
            TextBlock {
                kind,
                size,
                names: words.map(super::super::translatable::name_hash).collect(),
                ..TextBlock::default()
            }
        };
        text.split(',').map(one).collect()
    }

    fn pairs(one: &str, other: &str) -> String {
        let evidence = Evidence {
            known: &KnownPairs::default(),
            lexicon: None,
        };
        align(&blocks(one), &blocks(other), evidence)
            .iter()
            .map(|(a, b)| format!("{a}{b}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn kinds_order_names_and_lengths_decide() {
        assert_eq!(pairs("h 9, p 90, p 20", "h 8, p 95, p 22"), "00 11 22");
        assert_eq!(pairs("h 9, p 190, p 20", "h 8, p 22"), "00 21");
        assert_eq!(pairs("p 50 a, p 50 b, p 50 c", "p 50 a, p 50 c"), "00 21");
        assert_eq!(pairs("p 50, list 90, p 50", "p 50, p 50"), "00 21");
        assert_eq!(
            pairs("p 50, code 0 x, p 50", "p 50, code 0 y, p 50"),
            "00 11 22"
        );
        assert_eq!(pairs("p 9", "h 9"), "");
    }

    #[test]
    fn what_nothing_decides_is_not_known() {
        assert_eq!(pairs("p 50, p 52", "p 51"), "");
        assert_eq!(pairs("h 9, p 50, p 52, h 8", "h 9, p 51, h 8"), "00 32");
        assert_eq!(pairs("p 50 a, p 50, p 50", "p 50 a, p 50"), "00");
    }
}
