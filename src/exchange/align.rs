//! The blocks of a text and of its translation -> which of them belong together. Kinds and order must agree; where that leaves a choice,
//! link targets, images and lengths decide. The dynamic programming is that of the longest common subsequence, with scores.

use super::translatable::TextBlock;

/// With more possible pairs than this among siblings, only the common beginning is aligned: tables of data, for which the table of scores
/// would take 16 MB and more.
const MAX_PAIRS: usize = 4_000_000;

/// Pairs of siblings, by their index in each list, in order.
pub(super) fn align(originals: &[TextBlock], translations: &[TextBlock]) -> Vec<(usize, usize)> {
    if originals.len().saturating_mul(translations.len()) > MAX_PAIRS {
        return common_beginning(originals, translations);
    }
    let best = best_scores(originals, translations);
    // The scores are sums from each place to the end, so the pairs are read from the beginning.
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < originals.len() && b < translations.len() {
        let here = best.get(a, b);
        if let Some(score) = score(&originals[a], &translations[b])
            && score + best.get(a + 1, b + 1) == here
        {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best.get(a + 1, b) == here {
            a += 1;
        } else {
            b += 1;
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

/// For each place in both lists the best sum of scores from there on.
struct BestScores {
    scores: Vec<i32>,
    width: usize,
}

impl BestScores {
    fn get(&self, a: usize, b: usize) -> i32 {
        self.scores[a * self.width + b]
    }
}

fn best_scores(originals: &[TextBlock], translations: &[TextBlock]) -> BestScores {
    let width = translations.len() + 1;
    let mut best = BestScores {
        scores: vec![0; (originals.len() + 1) * width],
        width,
    };
    for a in (0..originals.len()).rev() {
        for b in (0..translations.len()).rev() {
            let mut score_here = best.get(a + 1, b).max(best.get(a, b + 1));
            if let Some(score) = score(&originals[a], &translations[b]) {
                score_here = score_here.max(score + best.get(a + 1, b + 1));
            }
            best.scores[a * width + b] = score_here;
        }
    }
    best
}

/// How well two blocks match: at least 1 if they are of one kind; None if they can't be paired.
fn score(one: &TextBlock, other: &TextBlock) -> Option<i32> {
    if one.kind != other.kind {
        return None;
    }
    // Never below 1: blocks of one kind are better paired wrongly than not at all, as a unit without a pair would be inserted again.
    let score = 55 + name_score(one, other) + size_score(one.size, other.size);
    Some(score.max(1))
}

/// From -40, nothing in common, to 60, all targets in common.
fn name_score(one: &TextBlock, other: &TextBlock) -> i32 {
    if one.names.is_empty() && other.names.is_empty() {
        return 0;
    }
    if one.names.is_empty() || other.names.is_empty() {
        return -10;
    }
    let mut common = 0;
    for name in &one.names {
        common += i32::from(other.names.contains(name));
    }
    // Links that have nothing in common: probably other blocks, if there is a choice.
    if common == 0 {
        return -40;
    }
    60 * common / one.names.len().max(other.names.len()) as i32
}

/// From -25 to 15: translations are about as long as their originals.
fn size_score(one: usize, other: usize) -> i32 {
    let (short, long) = (one.min(other), one.max(other));
    if long == 0 {
        return 0;
    }
    40 * short as i32 / long as i32 - 25
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
        align(&blocks(one), &blocks(other))
            .iter()
            .map(|(a, b)| format!("{a}{b}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn kinds_order_names_and_lengths_decide() {
        assert_eq!(pairs("h 9, p 90, p 20", "h 8, p 95, p 22"), "00 11 22");
        assert_eq!(pairs("h 9, p 90, p 20", "h 8, p 22"), "00 21");
        assert_eq!(pairs("p 50 a, p 50 b, p 50 c", "p 50 a, p 50 c"), "00 21");
        assert_eq!(pairs("p 50, list 90, p 50", "p 50, p 50"), "00 21");
        assert_eq!(
            pairs("p 50, code 0 x, p 50", "p 50, code 0 y, p 50"),
            "00 11 22"
        );
        assert_eq!(pairs("p 9", "h 9"), "");
    }
}
