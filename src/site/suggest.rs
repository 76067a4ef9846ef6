//! Did you mean: the nearest of many names.

/// Names less alike than this, of 1, are other names.
const LIKENESS: f64 = 0.7;

/// The candidate most like `wanted`, if any is like it at all. Equal but for case beats everything; ties go to the first.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = Letters::of(wanted);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if candidate.eq_ignore_ascii_case(wanted) {
            return Some(candidate);
        }
        // Comparing two names letter by letter is slow, and most pairs can be told apart by their letters alone.
        let longest = wanted.len().max(candidate.len());
        if letters.difference(&Letters::of(candidate)) as f64 > (1.0 - LIKENESS) * longest as f64 {
            continue;
        }
        let likeness = strsim::normalized_damerau_levenshtein(wanted, candidate);
        if likeness >= LIKENESS && best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How often each letter stands in a name, letters in 32 classes.
struct Letters([u16; 32]);

impl Letters {
    fn of(name: &str) -> Letters {
        let mut counts = [0_u16; 32];
        for character in name.chars() {
            let class = &mut counts[(character as u32 % 32) as usize];
            *class = class.saturating_add(1);
        }
        Letters(counts)
    }

    /// No fewer letters than this must be put in, taken out or replaced to turn one name into the other.
    fn difference(&self, other: &Letters) -> usize {
        let (mut more, mut less) = (0_usize, 0_usize);
        for (own, others) in self.0.iter().zip(&other.0) {
            more += usize::from(own.saturating_sub(*others));
            less += usize::from(others.saturating_sub(*own));
        }
        more.max(less)
    }
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
        assert_eq!(nearest("crate.md", names), Some("create.md"));
        assert_eq!(nearest("oppfølgign.md", ["oppfølging.md", "oppgaver.md"]), Some("oppfølging.md"));
    }
}
