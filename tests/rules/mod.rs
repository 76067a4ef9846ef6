//! Each rule on its own: `tests/rules/CODE.txt` for every code there is, in the notation of `tests/sites`, in parts that `===` begins.
//!
//! `=== wrong` is a site in which the code is told, and `=== right` one that looks alike and in which it is not. `=== mended` is what
//! `hjelp check --fix` makes of the wrong site, `=== mended unsafe` what `--fix --unsafe` makes of it: a site again, with the problems that
//! are left. Both are needed for exactly those codes that have such a repair, and in all of them repairing once more must change nothing.
//! A source `.hjelp-baseline` is the list of known problems, and `<<< answers` says what addresses outside
//! answer: `ADDRESS dead WHY`, `ADDRESS moved ADDRESS`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hjelp::check::{Baseline, UrlStatus, external_problems};
use hjelp::diagnostic::{Code, Diagnostic, apply_fixes, sort};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

use super::{Case, mark, read};

/// Repairs may make room for others, as in `hjelp check --fix`.
const ROUNDS: usize = 8;

const BASELINE: &str = ".hjelp-baseline";

#[test]
fn every_rule_has_a_case_a_look_alike_and_its_repairs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let cases: BTreeMap<String, String> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let missing: Vec<_> = codes
        .iter()
        .filter(|code| !cases.contains_key(**code))
        .collect();
    let needless: Vec<_> = cases
        .keys()
        .filter(|code| !codes.contains(code.as_str()))
        .collect();
    assert!(
        missing.is_empty() && needless.is_empty(),
        "no case for {missing:?}, no rule for {needless:?}"
    );
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|(code, text)| Some(format!("### {code}\n{}", hold(code, text).err()?)))
        .collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

fn hold(code: &str, text: &str) -> Result<(), String> {
    let parts: BTreeMap<&str, &str> = text
        .split("\n=== ")
        .skip(1)
        .filter_map(|part| part.split_once('\n'))
        .collect();
    let part = |name: &str| {
        parts
            .get(name)
            .copied()
            .ok_or_else(|| format!("there is no part `=== {name}`"))
    };
    let wrong = Told::of(read(part("wrong")?));
    let right = Told::of(read(part("right")?));
    wrong.as_marked().map_err(|why| format!("wrong: {why}"))?;
    right.as_marked().map_err(|why| format!("right: {why}"))?;
    let of_code = |told: &Told| {
        told.problems
            .iter()
            .filter(|problem| problem.code.name() == code)
            .cloned()
            .collect::<Vec<_>>()
    };
    if of_code(&wrong).is_empty() || !of_code(&right).is_empty() {
        return Err("told in the right part or not told in the wrong one".into());
    }
    for (name, all) in [("mended", false), ("mended unsafe", true)] {
        let has_fix = of_code(&wrong)
            .iter()
            .filter_map(|problem| problem.fix.as_ref())
            .any(|fix| fix.safe != all);
        match parts.get(name) {
            Some(expected) => {
                mended(&wrong, read(expected), all).map_err(|why| format!("{name}: {why}"))?
            }
            None if has_fix => return Err(format!("there is a repair, but no part `=== {name}`")),
            None => {}
        }
        if !has_fix && parts.contains_key(name) {
            return Err(format!("there is a part `=== {name}`, but no such repair"));
        }
    }
    Ok(())
}

/// What is told of a site.
struct Told {
    sources: Arc<Sources>,
    problems: Vec<Diagnostic>,
    marks: Vec<String>,
    outside: (BTreeMap<String, UrlStatus>, Option<Baseline>),
}

impl Told {
    fn of(mut case: Case) -> Told {
        let (marks, outside) = (std::mem::take(&mut case.marks), outside(&case));
        let sources = Sources::new(case.sources, case.assets, case.unreadable)
            .with_dimensions(case.dimensions);
        Told::about(sources, marks, outside)
    }

    fn about(
        sources: Sources,
        marks: Vec<String>,
        outside: (BTreeMap<String, UrlStatus>, Option<Baseline>),
    ) -> Told {
        let snapshot = match Snapshot::new(sources) {
            Ok(snapshot) => snapshot,
            Err((sources, problems)) => {
                return Told {
                    sources,
                    problems,
                    marks,
                    outside,
                };
            }
        };
        let mut problems = snapshot.problems_with(external_problems(&snapshot.site, &outside.0));
        problems.extend(
            snapshot
                .plan()
                .outputs
                .iter()
                .filter_map(|output| snapshot.render(output).err().map(|problem| *problem)),
        );
        if let Some(baseline) = &outside.1 {
            let (new, mended) = baseline.new_in(problems, &snapshot.site.sources);
            problems = new;
            problems.extend(mended.stale(&SitePath::new(BASELINE).unwrap()));
        }
        sort(&mut problems);
        Told {
            sources: snapshot.site.sources.clone(),
            problems,
            marks,
            outside,
        }
    }

    fn as_marked(&self) -> Result<(), String> {
        let set = |marks: Vec<String>| marks.into_iter().collect::<BTreeSet<_>>();
        let found = set(self
            .problems
            .iter()
            .map(|problem| mark(problem, &self.sources))
            .collect());
        let wanted = set(self.marks.clone());
        let lines = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join("\n");
        if found == wanted {
            return Ok(());
        }
        Err(format!(
            "problems found:\n{}\nproblems expected:\n{}",
            lines(found),
            lines(wanted)
        ))
    }
}

fn outside(case: &Case) -> (BTreeMap<String, UrlStatus>, Option<Baseline>) {
    let baseline = case
        .sources
        .iter()
        .find(|source| source.path.as_str() == BASELINE);
    let baseline = baseline.map(|source| Baseline::read(&source.text).unwrap());
    let mut answers = BTreeMap::new();
    for (what, _, lines) in &case.expectations {
        match what.as_str() {
            "answers" => answers.extend(lines.iter().map(|line| {
                let mut words = line.splitn(3, ' ').map(str::to_owned);
                let (address, kind, rest) = (
                    words.next().unwrap(),
                    words.next().unwrap(),
                    words.next().unwrap_or_default(),
                );
                let answer = match kind.as_str() {
                    "dead" => UrlStatus::Dead(rest),
                    "moved" => UrlStatus::Moved(rest),
                    "unsure" => UrlStatus::Unknown,
                    _ => UrlStatus::Ok,
                };
                (address, answer)
            })),
            other => panic!("`<<< {other}` means nothing in a rule's case"),
        }
    }
    (answers, baseline)
}

/// Holds what repairing makes of a site against what is expected, and repairs that once more.
fn mended(wrong: &Told, expected: Case, all: bool) -> Result<(), String> {
    let once = repaired(wrong, all, ROUNDS);
    let once = Told {
        marks: expected.marks,
        ..once
    };
    for source in &expected.sources {
        let found = once
            .sources
            .find(source.path.as_str())
            .map(|id| once.sources.get(id));
        let same = found
            .is_some_and(|found| found.text == source.text && found.encoding == source.encoding);
        if !same {
            return Err(format!(
                "`{}` becomes:\n{}",
                source.path,
                found.map_or("", |found| &found.text)
            ));
        }
    }
    let unnamed = wrong.sources.texts().iter().filter(|source| {
        !expected
            .sources
            .iter()
            .any(|other| other.path == source.path)
    });
    for source in unnamed {
        let after = once
            .sources
            .find(source.path.as_str())
            .map(|id| &once.sources.get(id).text);
        if after != Some(&source.text) {
            return Err(format!("`{}` changes", source.path));
        }
    }
    once.as_marked()?;
    let again = apply_fixes(&once.problems, &once.sources, all);
    if again.files.is_empty() {
        Ok(())
    } else {
        Err(format!("repairing again changes {:?}", again.files))
    }
}

fn repaired(told: &Told, all: bool, rounds: usize) -> Told {
    let repairs = apply_fixes(&told.problems, &told.sources, all);
    let files = repairs
        .files
        .iter()
        .map(|file| Source::from_bytes(file.path.clone(), file.after.clone()));
    let sources = files.fold((*told.sources).clone(), Sources::with_text);
    let next = Told::about(sources, Vec::new(), told.outside.clone());
    if repairs.files.is_empty() || rounds == 1 {
        next
    } else {
        repaired(&next, all, rounds - 1)
    }
}
