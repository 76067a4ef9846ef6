//! Did you mean: the nearest of many names.

/// Two names are alike if at most three in ten characters differ.
const LIKENESS: f64 = 0.7;
/// Nobody types a longer name by hand, and comparing takes the product of the lengths.
const LONGEST: usize = 256;

/// The candidate most like `wanted`, if any is like it at all. Equal but for case beats everything; ties go to the first.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted_len = wanted.chars().count();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(wanted) {
            return Some(candidate);
        }
        // A name much longer is another name.
        let len = candidate.chars().count();
        let (shorter, longer) = (len.min(wanted_len), len.max(wanted_len));
        if longer > LONGEST || (shorter as f64) < LIKENESS * longer as f64 {
            continue;
        }
        let likeness = strsim::normalized_damerau_levenshtein(wanted, candidate);
        if likeness >= LIKENESS && best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["create.md", "Create.md", "tasks.md", "calls.md"];
        assert_eq!(nearest("CREATE.md", names), Some("create.md"));
        assert_eq!(nearest("task.md", names), Some("tasks.md"));
        assert_eq!(nearest("zebra", names), None);
    }
}
