//! Did you mean: the nearest of many names.

/// The candidate most like `wanted`, if any is like it at all. Equal but for case beats everything; ties go to the first.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(wanted) {
            return Some(candidate);
        }
        // A name twice as long is another name, and comparing it costs more than it tells.
        if candidate.len() > wanted.len() * 2 + 2 || wanted.len() > candidate.len() * 2 + 2 {
            continue;
        }
        let likeness = strsim::normalized_damerau_levenshtein(wanted, candidate);
        if likeness >= 0.7 && best.is_none_or(|(known, _)| likeness > known) {
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
