//! The baseline: a list of problems that are not reported again, by code, file and target but not by line, and what is new or fixed
//! compared to it. Doesn't know which file it is stored in.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SitePath, Sources, Span};

/// The first line of the file: which format it has.
const HEADER: &str = r#"{"hjelp-baseline":1}"#;

/// What identifies a problem from one day to another: its code, its file, and the text at its place. Not its line, which changes with every
/// edit above it.
type Fingerprint = (String, String, String);

/// The listed problems, each with how often it is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Fingerprint, usize>);

impl Baseline {
    /// A baseline of these problems.
    pub fn of(problems: &[Diagnostic], sources: &Sources) -> Baseline {
        let mut listed = BTreeMap::new();
        for problem in problems {
            // About the baseline itself, and fixed by writing it.
            if problem.code != Code::StaleBaseline {
                *listed.entry(fingerprint(problem, sources)).or_default() += 1;
            }
        }
        Baseline(listed)
    }

    /// The same after files got other paths.
    pub fn renamed(self, renames: &BTreeMap<SitePath, SitePath>) -> Baseline {
        let mut listed = BTreeMap::new();
        for ((code, file, target), count) in self.0 {
            let file = match renames.get(file.as_str()) {
                Some(now) => now.to_string(),
                None => file,
            };
            *listed.entry((code, file, target)).or_default() += count;
        }
        Baseline(listed)
    }

    /// Reads what [`Baseline::text`] wrote. The error is the number of the first invalid line.
    pub fn read(text: &str) -> Result<Baseline, usize> {
        let mut lines = text.lines();
        if lines.next().map(str::trim) != Some(HEADER) {
            return Err(1);
        }
        let mut listed = BTreeMap::new();
        for (at, line) in lines.enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let entry: Result<(String, String, String, usize), _> = serde_json::from_str(line);
            // The header is line 1.
            let (code, file, target, count) = entry.map_err(|_| at + 2)?;
            *listed.entry((code, file, target)).or_default() += count;
        }
        Ok(Baseline(listed))
    }

    /// One line for each kind of problem, in order, so that diffs in version control are small.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for ((code, file, target), count) in &self.0 {
            // Serializing strings and numbers can't fail.
            text.push_str(&serde_json::to_string(&(code, file, target, count)).unwrap_or_default());
            text.push('\n');
        }
        text
    }

    /// How many problems are listed.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// True if no problem is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems that are not listed, and the listed ones that are fixed.
    pub fn new_in(
        &self,
        problems: Vec<Diagnostic>,
        sources: &Sources,
    ) -> (Vec<Diagnostic>, Baseline) {
        let mut left = self.0.clone();
        let mut new = Vec::new();
        for problem in problems {
            // Counted, not only looked up: a second copy of a listed mistake in the same file is new.
            match left.get_mut(&fingerprint(&problem, sources)) {
                Some(count) if *count > 0 => *count -= 1,
                _ => new.push(problem),
            }
        }
        left.retain(|_, count| *count > 0);
        (new, Baseline(left))
    }

    /// Notes that these problems are fixed, at the baseline's own `path`.
    pub fn stale(&self, path: &SitePath) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        for (code, file, target) in self.0.keys() {
            let place = if target.is_empty() {
                message!("in `{file}`", file)
            } else {
                message!("at `{target}` in `{file}`", target, file)
            };
            let message = message!(
                "fixed, but still in the baseline: `{code}` {place}",
                code,
                place
            );
            let note = Diagnostic::new(Code::StaleBaseline, path, Span::default(), message);
            notes.push(note.help("Run `hjelp check --update-baseline`."));
        }
        notes
    }
}

fn fingerprint(problem: &Diagnostic, sources: &Sources) -> Fingerprint {
    (
        problem.code.name().to_owned(),
        problem.location.path.to_string(),
        problem.target(sources).to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn sources(text: &str) -> Sources {
        Sources::new(vec![Source::from_text(path("a.md"), text)], [], [])
    }

    fn problems(text: &str, needles: &[&str]) -> Vec<Diagnostic> {
        let mut at = 0;
        let problem = |needle: &&str| {
            at += text[at..].find(needle).unwrap();
            Diagnostic::new(
                Code::BrokenLink,
                &path("a.md"),
                Span::new(at, at + needle.len()),
                "x",
            )
        };
        let all = needles.iter().map(problem);
        all.collect()
    }

    #[test]
    fn a_listed_problem_may_move_and_a_second_one_is_new() {
        let old = "[x](\"å\".md) [y](b.md)";
        let baseline = Baseline::of(&problems(old, &["\"å\".md", "b.md"]), &sources(old));
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline.clone()));
        assert_eq!((baseline.len(), baseline.text().lines().count()), (2, 3));
        let new = "\n\n[x](\"å\".md) and [z](c.md)";
        let (left, fixed) = baseline.new_in(problems(new, &["\"å\".md", "c.md"]), &sources(new));
        assert_eq!(
            left.iter()
                .map(|problem| problem.target(&sources(new)).to_owned())
                .collect::<Vec<_>>(),
            ["c.md"]
        );
        let notes = fixed.stale(&path(".hjelp-baseline"));
        assert_eq!(
            notes[0].message,
            "fixed, but still in the baseline: `broken-link` at `b.md` in `a.md`"
        );
        let mut twice = problems(old, &["b.md"]);
        twice.push(Diagnostic {
            location: crate::source::FileSpan {
                span: twice[0].location.span,
                path: path("a.md"),
            },
            ..twice[0].clone()
        });
        assert_eq!(baseline.new_in(twice, &sources(old)).0.len(), 1);
    }

    #[test]
    fn the_line_of_an_invalid_baseline_is_returned() {
        for (text, line) in [
            ("", 1),
            ("x", 1),
            ("{\"hjelp-baseline\":2}\n", 1),
            ("{\"hjelp-baseline\":1}\n\n[1]\n", 3),
        ] {
            assert_eq!(Baseline::read(text), Err(line), "{text}");
        }
        assert_eq!(
            Baseline::read("{\"hjelp-baseline\":1}\n"),
            Ok(Baseline::default())
        );
    }
}
