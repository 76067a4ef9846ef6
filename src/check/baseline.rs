//! Problems that are known already: a list of what was wrong once, by code, file and target but not by line, and what is new or mended
//! compared to it. Doesn't know where the list is kept.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SitePath, Sources, Span};

/// Says which file this is, and how to read it.
const HEAD: &str = r#"{"hjelp-baseline":1}"#;

/// What makes a problem the same as one of another day: its code, its file, and what was typed.
type Fingerprint = (String, String, String);

/// Known problems, and how many of each there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Fingerprint, usize>);

impl Baseline {
    /// These problems from now on are known.
    pub fn of(problems: &[Diagnostic], sources: &Sources) -> Baseline {
        let mut known = BTreeMap::new();
        for problem in problems.iter().filter(|problem| problem.code != STALE) {
            *known.entry(fingerprint(problem, sources)).or_default() += 1;
        }
        Baseline(known)
    }

    /// Reads what [`Baseline::text`] wrote; the number of the first line that can't be read otherwise.
    pub fn read(text: &str) -> Result<Baseline, usize> {
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, line)| line.trim() != HEAD) {
            return Err(1);
        }
        let mut known = BTreeMap::new();
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let (code, file, target, count): (String, String, String, usize) =
                serde_json::from_str(line).map_err(|_| at + 1)?;
            *known.entry((code, file, target)).or_default() += count;
        }
        Ok(Baseline(known))
    }

    /// A line for each kind of known problem, in order, so that version control shows what changed.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for ((code, file, target), count) in &self.0 {
            // Texts and numbers always are JSON.
            text.push_str(&serde_json::to_string(&(code, file, target, count)).unwrap_or_default());
            text.push('\n');
        }
        text
    }

    /// How many problems are known.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// True if no problem is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems that are not known, and the known ones that are mended.
    pub fn new_in(
        &self,
        problems: Vec<Diagnostic>,
        sources: &Sources,
    ) -> (Vec<Diagnostic>, Baseline) {
        let mut left = self.0.clone();
        let is_new = |problem: &Diagnostic| match left.get_mut(&fingerprint(problem, sources)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        let new: Vec<Diagnostic> = problems.into_iter().filter(is_new).collect();
        left.retain(|_, count| *count > 0);
        (new, Baseline(left))
    }

    /// Notes about these known problems that are mended, in the list at `path`.
    pub fn stale(&self, path: &SitePath) -> Vec<Diagnostic> {
        let note = |(code, file, target): &Fingerprint| {
            let message = if target.is_empty() {
                format!("`{code}` in `{file}` is mended, but still listed as known")
            } else {
                format!("`{code}` at `{target}` in `{file}` is mended, but still listed as known")
            };
            Diagnostic::new(STALE, path, Span::default(), message)
                .help("Run `hjelp check --update-baseline`.")
        };
        self.0.keys().map(note).collect()
    }
}

const STALE: Code = Code::StaleBaseline;

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
    fn a_problem_is_known_wherever_it_moves_and_its_twin_is_not() {
        let old = "[x](\"å\".md) [y](b.md)";
        let baseline = Baseline::of(&problems(old, &["\"å\".md", "b.md"]), &sources(old));
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline.clone()));
        assert_eq!((baseline.len(), baseline.text().lines().count()), (2, 3));
        let new = "\n\n[x](\"å\".md) and [z](c.md)";
        let (left, mended) = baseline.new_in(problems(new, &["\"å\".md", "c.md"]), &sources(new));
        assert_eq!(
            left.iter()
                .map(|problem| problem.target(&sources(new)).to_owned())
                .collect::<Vec<_>>(),
            ["c.md"]
        );
        let notes = mended.stale(&path(".hjelp-baseline"));
        assert_eq!(
            notes[0].message,
            "`broken-link` at `b.md` in `a.md` is mended, but still listed as known"
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
    fn what_is_no_baseline_is_not_read() {
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
