//! What the version history knows of missing files: problems get the commit that moved or removed the file, and a fix to its new place.
//! Doesn't know where the history comes from.

use std::collections::{BTreeMap, BTreeSet};

use super::address_fix::path_fix;
use super::checker::ResolvedReference;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::address::split_address;
use crate::site::{BrokenReason, LinkedDocument, Site, Target};
use crate::source::{FileSpan, SitePath, SourceId};

/// The codes of problems with missing files.
const CODES: [Code; 6] = [
    Code::BrokenLink,
    Code::MissingImage,
    Code::BrokenLandingLink,
    Code::BrokenRedirect,
    Code::BrokenInclude,
    Code::BrokenTocEntry,
];

/// The history of a file that no longer exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHistory {
    /// Its present path, if it was moved and still exists.
    pub now: Option<SitePath>,
    /// The commit that moved or removed it, abbreviated.
    pub commit: String,
}

/// The paths of missing files that references name.
pub fn missing_files(site: &Site) -> BTreeSet<SitePath> {
    let mut missing = BTreeSet::new();
    for (_, path) in references_to_missing_files(site) {
        missing.insert(path.clone());
    }
    missing
}

/// The problems, those with missing files with what `histories` knows of the files.
pub(super) fn with_file_histories(
    site: &Site,
    mut problems: Vec<Diagnostic>,
    histories: &BTreeMap<SitePath, FileHistory>,
) -> Vec<Diagnostic> {
    // Most runs have none, and looking at all references again takes time.
    if histories.is_empty() {
        return problems;
    }
    let mut known = BTreeMap::new();
    for (resolved, missing) in references_to_missing_files(site) {
        if let Some(history) = histories.get(missing) {
            let path = site.source(resolved.id).path.clone();
            let span = resolved.reference.target_span;
            known.insert(FileSpan { path, span }, (resolved, history));
        }
    }
    for problem in &mut problems {
        if !CODES.contains(&problem.code) {
            continue;
        }
        if let Some((resolved, history)) = known.get(&problem.location) {
            *problem = with_history(site, problem.clone(), *resolved, history);
        }
    }
    problems
}

fn with_history(
    site: &Site,
    problem: Diagnostic,
    resolved: ResolvedReference<'_>,
    history: &FileHistory,
) -> Diagnostic {
    let commit = &history.commit;
    let now = match &history.now {
        Some(now) if site.sources.contains(now.as_str()) => now,
        _ => return problem.help(message!("It was removed in commit {commit}.", commit)),
    };
    let source = site.source(resolved.id);
    let path = now.relative_to(&source.path.parent());
    let (_, tail) = split_address(&resolved.reference.target);
    // Where the file went is worth more than which name is similar, so this replaces the other help and the other fix.
    let problem = Diagnostic {
        help: vec![message!(
            "It was moved to `{path}{tail}` in commit {commit}.",
            path,
            tail,
            commit
        )],
        fix: None,
        ..problem
    };
    path_fix(problem, source, resolved.reference, &path)
}

fn references_to_missing_files(
    site: &Site,
) -> impl Iterator<Item = (ResolvedReference<'_>, &SitePath)> {
    let used = site.documents().filter(|(id, _)| site.is_used(*id));
    used.flat_map(|(id, linked)| missing_targets(id, linked))
}

fn missing_targets<'a>(
    id: SourceId,
    linked: LinkedDocument<'a>,
) -> impl Iterator<Item = (ResolvedReference<'a>, &'a SitePath)> {
    let references = linked.document.refs.iter().enumerate();
    references.filter_map(move |(number, reference)| {
        let target = &linked.targets[number];
        let Target::Broken(BrokenReason::Missing(path)) = target else {
            return None;
        };
        let resolved = ResolvedReference {
            id,
            reference,
            target,
        };
        Some((resolved, path))
    })
}
