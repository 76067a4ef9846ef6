//! An unknown name -> the known name it is most like, for "did you mean". Knows nothing of files or problems.

/// Names with a likeness below this, of at most 1, are not suggested.
const LIKENESS: f64 = 0.7;

/// The candidate most like `wanted`, if any is like it at all. Equal but for case beats everything; ties go to the first.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    best(
        wanted,
        candidates
            .into_iter()
            .map(|candidate| (candidate, Letters::of(candidate))),
    )
}

/// Names from which suggestions are made again and again.
#[derive(Debug, Clone, Default)]
pub struct Candidates<'a>(Vec<(&'a str, Letters)>);

impl<'a> Candidates<'a> {
    /// The same as [`nearest`] of these names.
    pub fn nearest(&self, wanted: &str) -> Option<&'a str> {
        best(wanted, self.0.iter().copied())
    }
}

impl<'a> FromIterator<&'a str> for Candidates<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        Candidates(
            names
                .into_iter()
                .map(|name| (name, Letters::of(name)))
                .collect(),
        )
    }
}

fn best<'a>(wanted: &str, candidates: impl Iterator<Item = (&'a str, Letters)>) -> Option<&'a str> {
    let letters = Letters::of(wanted);
    let mut best: Option<(f64, &str)> = None;
    for (candidate, others) in candidates {
        // Comparing two names letter by letter is slow, and most pairs can be told apart by their letters alone.
        let longest = wanted.len().max(candidate.len());
        if f64::from(letters.difference(&others)) > (1.0 - LIKENESS) * longest as f64 {
            // Names that differ in case alone have the same letters, as they are counted here.
            continue;
        }
        if candidate.eq_ignore_ascii_case(wanted) {
            return Some(candidate);
        }
        let likeness = strsim::normalized_damerau_levenshtein(wanted, candidate);
        // Only a better one replaces it, so ties go to the first.
        if likeness >= LIKENESS && best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How often each letter is in a name, letters in 32 classes; capital letters count as small ones.
#[derive(Debug, Clone, Copy)]
struct Letters([u8; 32]);

impl Letters {
    fn of(name: &str) -> Letters {
        let mut counts = [0_u8; 32];
        for character in name.chars() {
            let class = &mut counts[(character as u32 % 32) as usize];
            *class = class.saturating_add(1);
        }
        Letters(counts)
    }

    /// No fewer letters than this must be put in, taken out or replaced to turn one name into the other, ignoring case.
    fn difference(&self, other: &Letters) -> u32 {
        let (mut more, mut less) = (0, 0);
        for (own, others) in self.0.iter().zip(&other.0) {
            more += u32::from(own.saturating_sub(*others));
            less += u32::from(others.saturating_sub(*own));
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
        assert_eq!(
            nearest("oppfølgign.md", ["oppfølging.md", "oppgaver.md"]),
            Some("oppfølging.md")
        );
    }
}
