//! An unknown name -> the known name it is most like, for "did you mean". Knows nothing of files or problems.

use rustc_hash::FxHashMap;

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

/// With more names than this, a name is compared only with those that have rare parts in common with it: many wrong names among many right
/// ones would take the product of both.
const MANY: usize = 1000;

/// How many of many names one name is compared with.
const MOST_COMPARED: usize = 500;

/// Names from which suggestions are made again and again.
#[derive(Debug, Clone, Default)]
pub struct Candidates<'a> {
    names: Vec<(&'a str, Letters)>,
    /// Of many names, the positions of those with each three letters.
    parts: FxHashMap<[char; 3], Vec<u32>>,
}

impl<'a> Candidates<'a> {
    /// The same as [`nearest`] of these names; of many names perhaps one that isn't quite the nearest.
    pub fn nearest(&self, wanted: &str) -> Option<&'a str> {
        if self.parts.is_empty() {
            return best(wanted, self.names.iter().copied());
        }
        let mut lists = Vec::new();
        for part in parts_of(wanted) {
            lists.extend(self.parts.get(&part));
        }
        // The rarest parts tell most. Lists of equal length are in the order of the parts in the name.
        lists.sort_by_key(|list| list.len());
        let mut found: Vec<u32> = Vec::new();
        for list in lists {
            let room = MOST_COMPARED - found.len();
            found.extend(&list[..list.len().min(room)]);
        }
        found.sort_unstable();
        found.dedup();
        let names = found.into_iter().map(|at| self.names[at as usize]);
        best(wanted, names)
    }
}

impl<'a> FromIterator<&'a str> for Candidates<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut candidates = Candidates::default();
        for name in names {
            candidates.names.push((name, Letters::of(name)));
        }
        if candidates.names.len() > MANY {
            for (at, (name, _)) in candidates.names.iter().enumerate() {
                for part in parts_of(name) {
                    let list = candidates.parts.entry(part).or_default();
                    list.push(at as u32);
                }
            }
        }
        candidates
    }
}

/// Every three letters of a name that follow each other, regardless of case, with its ends.
fn parts_of(name: &str) -> Vec<[char; 3]> {
    let mut letters = vec!['\0', '\0'];
    letters.extend(name.chars().flat_map(char::to_lowercase));
    letters.extend(['\0', '\0']);
    let mut parts = Vec::new();
    for window in letters.windows(3) {
        if let [a, b, c] = window {
            parts.push([*a, *b, *c]);
        }
    }
    parts
}

fn best<'a>(wanted: &str, candidates: impl Iterator<Item = (&'a str, Letters)>) -> Option<&'a str> {
    let letters = Letters::of(wanted);
    let mut best: Option<(f64, &str)> = None;
    for (candidate, others) in candidates {
        // Comparing two names letter by letter is slow, and most pairs can be told apart by their letters alone.
        let longest = wanted.len().max(candidate.len()) as f64;
        let least = f64::from(letters.difference(&others));
        if least > (1.0 - LIKENESS) * longest {
            // Names that differ in case alone have the same letters, as they are counted here.
            continue;
        }
        // Nor can it be more like than the best so far. Names with the same letters may differ in case alone, which beats everything.
        if let Some((known, _)) = best
            && least > 0.0
            && 1.0 - least / longest <= known
        {
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
    use super::{Candidates, MANY, nearest};

    #[test]
    fn of_many_names_the_near_one_is_found_too() {
        let mut names = Vec::new();
        for number in 0..3 * MANY {
            names.push(format!("en-side-om-sak-{number}"));
        }
        names.push("Oppfølging".to_owned());
        let candidates: Candidates<'_> = names.iter().map(String::as_str).collect();
        for (wanted, expected) in [
            ("en-side-om-sk-1234", Some("en-side-om-sak-1234")),
            ("EN-SIDE-OM-SAK-77", Some("en-side-om-sak-77")),
            ("en-side-om-sak-2999x", Some("en-side-om-sak-2999")),
            ("oppfølgign", Some("Oppfølging")),
            ("noe-helt-annet", None),
        ] {
            assert_eq!(candidates.nearest(wanted), expected, "{wanted}");
        }
    }

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
