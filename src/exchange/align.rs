//! The blocks of a text and of its translation -> which of them belong together. Kinds and order must agree; where that leaves a choice,
//! what blocks lead to, what they show and how long they are decides.

use super::translatable::TextBlock;

/// With more possible pairs than this among siblings only those at the beginning are found that agree in kind: tables of data.
const MOST_PAIRS: usize = 4_000_000;

/// Pairs of siblings in order.
pub(super) fn align(ones: &[TextBlock], others: &[TextBlock]) -> Vec<(usize, usize)> {
    let (n, m) = (ones.len(), others.len());
    if n.saturating_mul(m) > MOST_PAIRS {
        return ones
            .iter()
            .zip(others)
            .take_while(|(one, other)| one.kind == other.kind)
            .enumerate()
            .map(|(at, _)| (at, at))
            .collect();
    }
    // The best sum of scores that can still be had from here on.
    let mut best = vec![0_i32; (n + 1) * (m + 1)];
    let place = |a: usize, b: usize| a * (m + 1) + b;
    for a in (0..n).rev() {
        for b in (0..m).rev() {
            let apart = best[place(a + 1, b)].max(best[place(a, b + 1)]);
            let together =
                score(&ones[a], &others[b]).map(|score| score + best[place(a + 1, b + 1)]);
            best[place(a, b)] = together.map_or(apart, |together| together.max(apart));
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < n && b < m {
        let here = best[place(a, b)];
        if score(&ones[a], &others[b])
            .is_some_and(|score| score + best[place(a + 1, b + 1)] == here)
        {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[place(a + 1, b)] == here {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// How well two blocks fit: more than nothing if they are of one kind, nothing at all if not.
fn score(one: &TextBlock, other: &TextBlock) -> Option<i32> {
    if one.kind != other.kind {
        return None;
    }
    let common = one
        .names
        .iter()
        .filter(|name| other.names.contains(name))
        .count();
    let most = one.names.len().max(other.names.len());
    let names = match (one.names.is_empty(), other.names.is_empty()) {
        (true, true) => 0,
        (false, false) if common == 0 => -40,
        (false, false) => 60 * common as i32 / most as i32,
        _ => -10,
    };
    // Translations are about as long as their originals.
    let (short, long) = (one.size.min(other.size), one.size.max(other.size));
    let size = if long == 0 {
        0
    } else {
        40 * short as i32 / long as i32 - 25
    };
    Some((55 + names + size).max(1))
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
                names: words.map(super::super::translatable::name).collect(),
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
