//! The units of two versions of one text -> which are the same ones: unchanged, or changed in words. Both are in the same language, so words
//! are compared.

use crate::translation::longest_subsequence::common_in_order;

use super::unit::TranslationUnit;

/// Texts that have less than this share of their words in common are different texts.
const SIMILAR: f32 = 0.4;

/// The only text between two that are the same may have changed more.
const SIMILAR_IN_PLACE: f32 = 0.25;

/// A text of so few words may have none in common with what it was before.
const FEW_WORDS: usize = 3;

/// The score of a text that may have become another one without having a word in common with it.
const RENAMED: f32 = 0.2;

/// Between two unchanged texts, no more than these possible pairs of changed ones are compared.
const MAX_PAIRS: usize = 10_000;

/// Pairs of units, by their number in the earlier and in the later version, in order.
pub(super) fn version_pairs(
    earlier: &[TranslationUnit],
    later: &[TranslationUnit],
) -> Vec<(usize, usize)> {
    let hashes: Vec<u64> = earlier.iter().map(TranslationUnit::hash).collect();
    let later_hashes: Vec<u64> = later.iter().map(TranslationUnit::hash).collect();
    let mut anchors = common_in_order(&hashes, &later_hashes);
    anchors.push((earlier.len(), later.len()));
    let mut pairs = Vec::new();
    let (mut from, mut from_later) = (0, 0);
    for (to, to_later) in anchors {
        for (a, b) in changed_pairs(&earlier[from..to], &later[from_later..to_later]) {
            pairs.push((from + a, from_later + b));
        }
        if to < earlier.len() {
            pairs.push((to, to_later));
        }
        (from, from_later) = (to + 1, to_later + 1);
    }
    pairs
}

/// Pairs of texts that have words in common, as many words as possible and in order.
fn changed_pairs(earlier: &[TranslationUnit], later: &[TranslationUnit]) -> Vec<(usize, usize)> {
    if earlier.is_empty() || later.is_empty() || earlier.len() * later.len() > MAX_PAIRS {
        return Vec::new();
    }
    if let ([one], [other]) = (earlier, later) {
        return if is_same_in_place(one, other) {
            vec![(0, 0)]
        } else {
            Vec::new()
        };
    }
    let width = later.len() + 1;
    let mut best = vec![0.0_f32; (earlier.len() + 1) * width];
    let mut scores = vec![0.0_f32; earlier.len() * later.len()];
    for a in (0..earlier.len()).rev() {
        for b in (0..later.len()).rev() {
            let score = changed_score(&earlier[a], &later[b], earlier.len() == later.len());
            scores[a * later.len() + b] = score;
            let skipped = best[(a + 1) * width + b].max(best[a * width + b + 1]);
            let mut here = skipped;
            if score > 0.0 {
                here = here.max(score + best[(a + 1) * width + b + 1]);
            }
            best[a * width + b] = here;
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < earlier.len() && b < later.len() {
        let score = scores[a * later.len() + b];
        let here = best[a * width + b];
        if score > 0.0 && score + best[(a + 1) * width + b + 1] >= here {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[(a + 1) * width + b] >= here {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// How probable it is that one text has become the other: from 0 to 1. Without words in common, a heading may have another name, and where no
/// text is new, a short one may have other words.
fn changed_score(one: &TranslationUnit, other: &TranslationUnit, has_same_count: bool) -> f32 {
    if one.role != other.role {
        return 0.0;
    }
    let similarity = similarity(one, other);
    if similarity >= SIMILAR {
        return similarity;
    }
    let may_be_renamed = one.role.starts_with("heading") || has_same_count && is_short(one);
    if may_be_renamed { RENAMED } else { 0.0 }
}

fn is_short(unit: &TranslationUnit) -> bool {
    unit.words().split_whitespace().count() <= FEW_WORDS
}

fn is_same_in_place(one: &TranslationUnit, other: &TranslationUnit) -> bool {
    one.role == other.role
        && (one.role.starts_with("heading")
            || is_short(one)
            || similarity(one, other) >= SIMILAR_IN_PLACE)
}

/// The share of words that two texts have in common, in order: from 0 to 1.
pub(super) fn similarity(one: &TranslationUnit, other: &TranslationUnit) -> f32 {
    let (words, other_words) = (one.words(), other.words());
    let words: Vec<&str> = words.split_whitespace().collect();
    let other_words: Vec<&str> = other_words.split_whitespace().collect();
    if words.is_empty() || other_words.is_empty() {
        return 0.0;
    }
    let common = common_in_order(&words, &other_words).len();
    2.0 * common as f32 / (words.len() + other_words.len()) as f32
}
