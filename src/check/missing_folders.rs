//! Merges the problems that one missing folder causes: a thousand references to files in it are one finding, with their count and the first
//! places. Comes after everything else, and only where people read the list.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::{BrokenReason, Site, Target};
use crate::source::{SitePath, Span};

/// Fewer references are reported one by one: a wrong path is more likely than a missing folder.
const FEWEST: usize = 5;

/// How many places are named besides the first.
const PLACES: usize = 4;

/// The same problems, with those of each missing folder merged into the first of them.
pub fn merge_missing_folders(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let missing = missing_folders(site);
    let mut groups: FxHashMap<(&str, Code), Vec<usize>> = FxHashMap::default();
    for (at, problem) in problems.iter().enumerate() {
        let place = (&problem.location.path, problem.location.span);
        if let Some(folder) = missing.get(&place) {
            groups.entry((folder, problem.code)).or_default().push(at);
        }
    }
    let mut merged: FxHashMap<usize, Diagnostic> = FxHashMap::default();
    let mut dropped: FxHashSet<usize> = FxHashSet::default();
    for ((folder, _), members) in groups {
        if members.len() < FEWEST {
            continue;
        }
        merged.insert(members[0], finding(folder, &members, &problems));
        dropped.extend(&members[1..]);
    }
    let mut left = Vec::with_capacity(problems.len() - dropped.len());
    for (at, problem) in problems.into_iter().enumerate() {
        if !dropped.contains(&at) {
            left.push(merged.remove(&at).unwrap_or(problem));
        }
    }
    left
}

fn finding(folder: &str, members: &[usize], problems: &[Diagnostic]) -> Diagnostic {
    let first = &problems[members[0]];
    let count = members.len();
    let mut merged = Diagnostic::new(
        first.code,
        &first.location.path,
        first.location.span,
        message!(
            "there is no folder `{folder}`: {count} references lead into it",
            folder,
            count
        ),
    )
    .with_level(first.level);
    for at in members[1..].iter().take(PLACES) {
        let place = &problems[*at].location;
        merged = merged.label(&place.path, place.span, "also here");
    }
    merged.help("Restore the folder, publish it with `content` in the configuration, or correct the references.")
}

/// The places of references into folders that are not there, each with the outermost of these folders.
fn missing_folders(site: &Site) -> FxHashMap<(&SitePath, Span), String> {
    let mut folders: Option<FxHashSet<&str>> = None;
    let mut missing = FxHashMap::default();
    for (id, linked) in site.documents() {
        for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
            let Target::Broken(BrokenReason::Missing(path)) = target else {
                continue;
            };
            let folders = folders.get_or_insert_with(|| folders_of(site));
            if let Some(folder) = outermost_missing(folders, path) {
                let place = (&site.source(id).path, reference.target_span);
                missing.insert(place, folder.to_owned());
            }
        }
    }
    missing
}

/// All folders of the site, with those around them.
fn folders_of(site: &Site) -> FxHashSet<&str> {
    let texts = site.sources.texts().iter().map(|source| &source.path);
    let mut folders = FxHashSet::default();
    for path in texts.chain(site.sources.assets().keys()) {
        let mut folder = path.folder();
        while folders.insert(folder) {
            folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
    folders
}

fn outermost_missing<'p>(folders: &FxHashSet<&str>, path: &'p SitePath) -> Option<&'p str> {
    let folder = path.folder();
    for (at, _) in folder.match_indices('/') {
        if !folders.contains(&folder[..at]) {
            return Some(&folder[..at]);
        }
    }
    (!folder.is_empty() && !folders.contains(folder)).then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_folder_that_is_not_there_is_named() {
        let folders: FxHashSet<&str> = ["", "no", "no/a"].into_iter().collect();
        for (path, folder) in [
            ("no/a/x.md", None),
            ("no/b/x.md", Some("no/b")),
            ("no/b/c/x.md", Some("no/b")),
            ("en/x.md", Some("en")),
            ("x.md", None),
        ] {
            let path = SitePath::new(path).unwrap();
            assert_eq!(outermost_missing(&folders, &path), folder, "{path}");
        }
    }
}
