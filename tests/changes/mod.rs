//! Changes of structure: each case in `tests/changes` holds a site, the change that is asked for, and every file that is new or different
//! afterwards, byte for byte.
//!
//! `<<< mv` is a move: `old | new | no en | no-redirect`, in all languages if it names none. `<<< repair` lists moves that were made already,
//! `old -> new`. `<<< rename` is a new name: `heading | page.md#anchor | text | no-redirect texts`, and so with `title` and `uid`.
//! `<<< retire` is the end of a page: `page.md | page.md#anchor | no en | no-redirect unlink prune`. `<<< moves` are the files with another path,
//! `<<< file path` is what a file is afterwards, `<<< gone` are the files that are removed, `<<< notes` is what is left to do, `<<< refused` why there is no plan.
//! Each change is proven: references lead where they led, and there is no problem that was not there before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hjelp::addresses::{LostAddress, PublishedAddresses, compare};
use hjelp::locale::LocaleId;
use hjelp::refactor::moves::{MoveRequest, Relocation, plan_move, plan_repair, undone_moves};
use hjelp::refactor::rename::{RenameRequest, Renamed, plan_rename};
use hjelp::refactor::retire::{RetireRequest, plan_retire};
use hjelp::refactor::{ChangePlan, Refusal, lost_links};
use hjelp::source::changed_sources::changed_sources;
use hjelp::source::edit::FileChange;
use hjelp::source::{SitePath, Sources};
use hjelp::workspace::Snapshot;

use super::support::text_site::{TextBlock, TextCase};

/// The kinds of blocks that say what is asked for.
const ASKED: [&str; 4] = ["mv", "repair", "rename", "retire"];

/// Makes each change and writes down what became of it.
pub fn run(_: &str, cases: &mut [TextCase]) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in cases {
        wrong.extend(run_case(case));
    }
    wrong
}

fn run_case(case: &mut TextCase) -> Vec<String> {
    let snapshot = match Snapshot::new(case.site()) {
        Ok(snapshot) => snapshot,
        Err((_, problems)) => return vec![format!("{problems:?}")],
    };
    let before = case_before(case, &snapshot);
    let mut results = Vec::new();
    let mut wrong = Vec::new();
    match plan(case, &snapshot, &before) {
        Err(refusal) => {
            let why = format!("{}; {}\n", refusal.message, refusal.help);
            results.push(("refused".to_owned(), why));
        }
        Ok(plan) => {
            let after = changed_sources(&snapshot.site.sources, &plan.changes);
            write_results(&plan, &snapshot.site.sources, &after, &mut results);
            wrong = unproven(case, &plan, &before, after);
        }
    }
    write_down(case, results);
    wrong
}

/// The site as it was when its references were right.
fn case_before(case: &TextCase, snapshot: &Snapshot) -> Snapshot {
    let sources = &snapshot.site.sources;
    snapshot.with_sources(Arc::new(changed_sources(
        sources,
        &undone_moves(&renames(case)),
    )))
}

/// The moves that were made already.
fn renames(case: &TextCase) -> BTreeMap<SitePath, SitePath> {
    let mut renames = BTreeMap::new();
    for block in case.expectations().filter(|block| block.kind() == "repair") {
        for line in block.full_lines() {
            let (from, to) = line.split_once(" -> ").unwrap();
            renames.insert(SitePath::new(from).unwrap(), SitePath::new(to).unwrap());
        }
    }
    renames
}

fn plan(case: &TextCase, now: &Snapshot, before: &Snapshot) -> Result<ChangePlan, Refusal> {
    let asked = case
        .expectations()
        .find(|block| ASKED.contains(&block.kind()));
    let block = asked.unwrap();
    let mut words = block.lines[0].split('|').map(str::trim);
    let mut next = || words.next().unwrap_or_default().to_owned();
    let words = [next(), next(), next(), next()];
    match block.kind() {
        "mv" => mv(words, now),
        "rename" => rename(words, now),
        "retire" => retire(words, now),
        _ => plan_repair(&now.site, &before.site, &renames(case), true),
    }
}

fn retire([page, to, folders, flags]: [String; 4], now: &Snapshot) -> Result<ChangePlan, Refusal> {
    let to = (!to.is_empty()).then(|| match to.split_once('#') {
        Some((page, anchor)) => (SitePath::new(page).unwrap(), Some(anchor.to_owned())),
        None => (SitePath::new(&to).unwrap(), None),
    });
    let request = RetireRequest {
        page: SitePath::new(&page).unwrap(),
        to,
        locales: locales(&folders, now),
        redirects: !flags.contains("no-redirect"),
        unlink: flags.contains("unlink"),
        prune: flags.contains("prune"),
    };
    let retired = plan_retire(&now.site, &request)?;
    let mut plan = retired.plan;
    for path in retired.assets {
        plan.changes.push(FileChange::Delete {
            path,
            before: Vec::new(),
        });
    }
    Ok(plan)
}

fn locales(folders: &str, now: &Snapshot) -> Vec<LocaleId> {
    let mut locales = Vec::new();
    for folder in folders.split_whitespace() {
        locales.push(now.site.config.locales.by_folder(folder).unwrap());
    }
    locales
}

fn rename([kind, what, to, flags]: [String; 4], now: &Snapshot) -> Result<ChangePlan, Refusal> {
    let what = match (&*kind, what.rsplit_once('#')) {
        ("heading", Some((page, anchor))) => {
            Renamed::Heading(SitePath::new(page).unwrap(), anchor.to_owned())
        }
        ("title", _) => Renamed::Title(SitePath::new(&what).unwrap()),
        _ => Renamed::Uid(what),
    };
    let request = RenameRequest {
        what,
        to,
        locales: Vec::new(),
        redirects: !flags.contains("no-redirect"),
        texts: flags.contains("texts"),
        dialect: now.dialect,
    };
    plan_rename(&now.site, &request)
}

fn mv([from, to, folders, flags]: [String; 4], now: &Snapshot) -> Result<ChangePlan, Refusal> {
    let locales = locales(&folders, now);
    let request = MoveRequest {
        from: SitePath::new(&from).unwrap(),
        to,
        locales,
        redirects: flags != "no-redirect",
    };
    plan_move(&now.site, &request)
}

/// What the plan does to the files.
fn write_results(
    plan: &ChangePlan,
    before: &Sources,
    after: &Sources,
    results: &mut Vec<(String, String)>,
) {
    let mut moves = String::new();
    let mut old_paths = BTreeMap::new();
    for (from, to) in plan.relocation.files() {
        moves.push_str(&format!("{from} -> {to}\n"));
        old_paths.insert(to, from);
    }
    if !moves.is_empty() {
        results.push(("moves".to_owned(), moves));
    }
    for source in after.texts() {
        // A file that was moved already is at its new path before, too.
        let old = match before.contains(source.path.as_str()) {
            true => &source.path,
            false => old_paths.get(&source.path).copied().unwrap_or(&source.path),
        };
        let known = before.find(old.as_str()).map(|id| before.get(id));
        if known.is_none_or(|known| known.text != source.text) {
            results.push((format!("file {}", source.path), source.text.to_string()));
        }
    }
    let mut gone = String::new();
    for change in &plan.changes {
        if let FileChange::Delete { path, .. } = change {
            gone.push_str(&format!("{path}\n"));
        }
    }
    if !gone.is_empty() {
        results.push(("gone".to_owned(), gone));
    }
    if !plan.notes.is_empty() {
        results.push(("notes".to_owned(), plan.notes.join("\n") + "\n"));
    }
}

/// What the change damages: references that lead elsewhere, problems that were not there before, and published addresses.
fn unproven(
    case: &TextCase,
    plan: &ChangePlan,
    snapshot: &Snapshot,
    after: Sources,
) -> Vec<String> {
    let before = problems(snapshot, &plan.relocation);
    let after = snapshot.with_sources(Arc::new(after));
    let asked = case
        .expectations()
        .find(|block| ASKED.contains(&block.kind()))
        .unwrap();
    let mut wrong = Vec::new();
    // A page that goes takes references with it.
    if asked.kind() != "retire" {
        wrong = lost_links(&snapshot.site, &after.site, &plan.relocation);
    }
    let gives_up = asked.kind() == "retire"
        && asked.lines[0]
            .split('|')
            .nth(1)
            .is_none_or(|to| to.trim().is_empty());
    if !gives_up && !asked.lines[0].contains("no-redirect") {
        let old = PublishedAddresses::of(&snapshot.site);
        for lost in compare(&old, &PublishedAddresses::of(&after.site)).lost {
            let is_decided = match lost {
                LostAddress::Page(_) => false,
                LostAddress::Anchor(..) => asked.kind() == "retire",
                LostAddress::Uid(_) => true,
            };
            if !is_decided {
                wrong.push(format!("{lost:?}"));
            }
        }
    }
    for problem in problems(&after, &Relocation::default()) {
        // What only a page that goes used is in the notes.
        let is_left = asked.kind() == "retire" && problem.starts_with("unused-i");
        if !before.contains(&problem) && !is_left {
            wrong.push(format!("new problem: {problem}"));
        }
    }
    wrong
}

fn problems(snapshot: &Snapshot, relocation: &Relocation) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for problem in snapshot.problems() {
        let path = relocation.path_after(&problem.location.path);
        all.insert(format!("{} in {path}", problem.code));
    }
    all
}

/// Replaces what is expected.
fn write_down(case: &mut TextCase, results: Vec<(String, String)>) {
    let mut blocks = Vec::new();
    for block in std::mem::take(&mut case.blocks) {
        if block.is_source() || ASKED.contains(&block.kind()) {
            blocks.push(block);
        }
    }
    for (key, text) in results {
        blocks.push(TextBlock::new(&format!("<<< {key}"), &text));
    }
    case.blocks = blocks;
}
