//! Two lists -> what they have in common in the same order: the longest common subsequence. Doesn't know what is in the lists.

/// With more cells than this in the table of lengths, 16 MB, only the common ends of two lists are found.
const MAX_CELLS: usize = 4_000_000;

/// The longest common subsequence of two lists, as pairs of indices.
pub fn common_in_order<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let shorter = one.len().min(other.len());
    let mut start = 0;
    while start < shorter && one[start] == other[start] {
        start += 1;
    }
    let mut end = 0;
    while end < shorter - start && one[one.len() - 1 - end] == other[other.len() - 1 - end] {
        end += 1;
    }
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|at| (at, at)).collect();
    let middle = &one[start..one.len() - end];
    let other_middle = &other[start..other.len() - end];
    if (middle.len() + 1) * (other_middle.len() + 1) <= MAX_CELLS {
        for (a, b) in common_subsequence(middle, other_middle) {
            pairs.push((start + a, start + b));
        }
    }
    for at in (0..end).rev() {
        pairs.push((one.len() - 1 - at, other.len() - 1 - at));
    }
    pairs
}

fn common_subsequence<T: PartialEq>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let width = other.len() + 1;
    let mut lengths = vec![0_u32; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            lengths[a * width + b] = if one[a] == other[b] {
                lengths[(a + 1) * width + b + 1] + 1
            } else {
                lengths[(a + 1) * width + b].max(lengths[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < one.len() && b < other.len() {
        if one[a] == other[b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if lengths[(a + 1) * width + b] >= lengths[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}
