//! Each rule on its own: `tests/rules/CODE.txt` for every code there is, in the notation of `tests/support/text_site.rs`.
//!
//! `=== wrong` is a site in which the code is reported, and `=== right` one that looks alike and in which it is not. `=== fixed` is what
//! `hjelp check --fix` makes of the wrong site, `=== fixed unsafe` what `--fix --unsafe` makes of it: a site again, with the problems that
//! are left. Both are needed for exactly those codes that have such a fix, and in all of them fixing once more must change nothing.
//! Sources below `.before/` are the site as it was at the revision that `--since` names.
//! A source `.hjelp-baseline` is the list of known problems, and `<<< answers` says what external addresses
//! answer: `ADDRESS dead WHY`, `ADDRESS moved ADDRESS`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hjelp::addresses::lost_addresses;
use hjelp::check::external::{UrlStatus, external_problems};
use hjelp::check::{Baseline, Findings};
use hjelp::diagnostic::{Code, Diagnostic, apply_fixes, sort};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::translation::lost_translations;
use hjelp::workspace::Snapshot;
use libtest_mimic::Failed;

use super::support::levels::unexpected_levels;
use super::support::text_site::{Mark, TextCase};

/// Fixes may make room for others, as in `hjelp check --fix`.
const ROUNDS: usize = 8;

const BASELINE: &str = ".hjelp-baseline";

/// The folder of the earlier revision.
const BEFORE: &str = ".before";

pub fn test_completeness() -> Result<(), Failed> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().into_string().unwrap();
        files.extend(name.strip_suffix(".txt").map(str::to_owned));
    }
    let codes: BTreeSet<String> = Code::ALL
        .iter()
        .map(|code| code.name().to_owned())
        .collect();
    let missing: Vec<_> = codes.difference(&files).collect();
    let needless: Vec<_> = files.difference(&codes).collect();
    if missing.is_empty() && needless.is_empty() {
        return Ok(());
    }
    Err(format!("no file for {missing:?}, no rule for {needless:?}").into())
}

/// Checks the sites of one code and writes down their problems and what becomes of them.
pub fn run(code: &str, cases: &mut [TextCase]) -> Vec<String> {
    let mut failures = Vec::new();
    let (mut checked, mut has_fixed) = (None, [false, false]);
    for case in cases {
        match case.name() {
            "wrong" => {
                let site = Checked::of(case);
                if !site.has(code) {
                    failures.push("not reported in the wrong case".to_owned());
                }
                failures.extend(case.set_marks(&site.marks()));
                failures.extend(unexpected_levels(&site.problems, &site.sources));
                checked = Some(site);
            }
            "right" => {
                let site = Checked::of(case);
                if site.has(code) {
                    failures.push("reported in the right case".to_owned());
                }
                failures.extend(case.set_marks(&site.marks()));
                failures.extend(unexpected_levels(&site.problems, &site.sources));
            }
            "fixed" | "fixed unsafe" => {
                let all = case.name() == "fixed unsafe";
                has_fixed[usize::from(all)] = true;
                let Some(wrong) = &checked else {
                    failures.push("the wrong case comes first".to_owned());
                    continue;
                };
                failures.extend(write_down_fixed(wrong, case, all));
            }
            other => failures.push(format!("a case of a rule is not called `{other}`")),
        }
    }
    let Some(wrong) = checked else {
        failures.push("there is no case `=== wrong`".to_owned());
        return failures;
    };
    for (all, name) in [(false, "fixed"), (true, "fixed unsafe")] {
        let has_case = has_fixed[usize::from(all)];
        let has_fix = wrong.problems.iter().any(|problem| {
            problem.code.name() == code && problem.fix.as_ref().is_some_and(|fix| fix.safe != all)
        });
        if has_fix != has_case {
            failures.push(format!(
                "has such a fix: {has_fix}, has a case `=== {name}`: {has_case}"
            ));
        }
    }
    failures
}

/// A site with its problems.
struct Checked {
    sources: Arc<Sources>,
    problems: Vec<Diagnostic>,
    outside: Outside,
}

/// What is known besides the sources.
#[derive(Clone)]
struct Outside {
    answers: BTreeMap<String, UrlStatus>,
    before: Option<Arc<Snapshot>>,
}

impl Checked {
    fn of(case: &TextCase) -> Checked {
        let sources = case.site();
        let folder = SitePath::new(BEFORE).unwrap();
        let outside = Outside {
            answers: answers(case),
            before: before(&sources, &folder),
        };
        Checked::new(sources.without(&folder), outside)
    }

    fn new(sources: Sources, outside: Outside) -> Checked {
        let baseline = sources
            .find(BASELINE)
            .map(|id| Baseline::read(&sources.get(id).text).unwrap());
        let snapshot = match Snapshot::new(sources) {
            Ok(snapshot) => snapshot,
            Err((sources, problems)) => {
                return Checked {
                    sources,
                    problems,
                    outside,
                };
            }
        };
        let mut in_content = external_problems(&snapshot.site, &outside.answers);
        if let Some(before) = &outside.before {
            in_content.extend(lost_addresses(&before.site, &snapshot.site));
            in_content.extend(lost_translations(&before.site, &snapshot.site));
        }
        let mut problems = snapshot.problems_with(Findings {
            in_content,
            ..Findings::default()
        });
        for output in &snapshot.plan().outputs {
            problems.extend(snapshot.render(output).err().map(|problem| *problem));
        }
        if let Some(baseline) = baseline {
            let (new, fixed) = baseline.new_in(problems, &snapshot.site.sources);
            problems = new;
            problems.extend(fixed.stale(&SitePath::new(BASELINE).unwrap()));
        }
        sort(&mut problems);
        Checked {
            sources: snapshot.site.sources.clone(),
            problems,
            outside,
        }
    }

    fn has(&self, code: &str) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.code.name() == code)
    }

    fn marks(&self) -> BTreeSet<Mark> {
        let problems = self.problems.iter();
        problems
            .map(|problem| Mark::of(problem, &self.sources))
            .collect()
    }

    fn fixed(&self, all: bool, rounds: usize) -> Checked {
        let repairs = apply_fixes(&self.problems, &self.sources, all);
        let mut sources = (*self.sources).clone();
        for file in &repairs.files {
            sources = sources.with_text(Source::from_bytes(file.path.clone(), file.after.clone()));
        }
        let next = Checked::new(sources, self.outside.clone());
        if repairs.files.is_empty() || rounds == 1 {
            return next;
        }
        next.fixed(all, rounds - 1)
    }

    fn source(&self, path: &str) -> Option<&Source> {
        self.sources.find(path).map(|id| self.sources.get(id))
    }
}

/// The earlier revision, if the case has one.
fn before(sources: &Sources, folder: &SitePath) -> Option<Arc<Snapshot>> {
    let mut texts = Vec::new();
    for source in sources.texts() {
        if let Some(path) = source.path.strip_prefix(folder) {
            let path = SitePath::new(path).unwrap();
            texts.push(source.clone().with_path(path));
        }
    }
    if texts.is_empty() {
        return None;
    }
    let snapshot = Snapshot::new(Sources::new(texts, [], []));
    Some(Arc::new(
        snapshot.map_err(|(_, problems)| problems).unwrap(),
    ))
}

fn answers(case: &TextCase) -> BTreeMap<String, UrlStatus> {
    let mut answers = BTreeMap::new();
    for block in case.expectations() {
        assert_eq!(block.kind(), "answers", "unknown in a case of a rule");
        for line in block.full_lines() {
            let mut words = line.splitn(3, ' ').map(str::to_owned);
            let (address, kind) = (words.next().unwrap(), words.next().unwrap());
            let rest = words.next().unwrap_or_default();
            let answer = match kind.as_str() {
                "dead" => UrlStatus::Dead(rest),
                "moved" => UrlStatus::Moved(rest),
                "unsure" => UrlStatus::Unknown,
                _ => UrlStatus::Ok,
            };
            answers.insert(address, answer);
        }
    }
    answers
}

/// Writes down what fixing makes of a site. Files that the case leaves out must not change, nor anything when it is fixed once more.
fn write_down_fixed(wrong: &Checked, case: &mut TextCase, all: bool) -> Vec<String> {
    let once = wrong.fixed(all, ROUNDS);
    let mut failures = Vec::new();
    let mut named = BTreeSet::new();
    for block in case.blocks.iter_mut().filter(|block| block.is_source()) {
        let expected = block.source();
        named.insert(expected.path.to_string());
        let Some(found) = once.source(expected.path.as_str()) else {
            failures.push(format!("there is no `{}`", expected.path));
            continue;
        };
        if found.encoding != expected.encoding {
            failures.push(format!("`{}` is in {:?}", expected.path, found.encoding));
        }
        if found.text != expected.text {
            block.set_text(&found.text);
        }
    }
    for source in wrong.sources.texts() {
        let path = source.path.as_str();
        let after = once.source(path).map(|after| &after.text);
        if !named.contains(path) && after != Some(&source.text) {
            failures.push(format!("`{path}` changes"));
        }
    }
    failures.extend(case.set_marks(&once.marks()));
    let again = apply_fixes(&once.problems, &once.sources, all);
    if !again.files.is_empty() {
        failures.push(format!("fixing again changes {:?}", again.files));
    }
    failures
}
