//! Files that were moved by other means (`git mv`, a file manager) -> the plan that `hjelp mv` would have made: the translations follow, and so does
//! everything that refers to them. Doesn't know how the moves were found.

use std::collections::BTreeMap;

use crate::refactor::change_plan::ChangePlan;
use crate::refactor::refusal::Refusal;
use crate::site::{Site, Target};
use crate::source::SitePath;
use crate::source::edit::{Edit, FileChange};

use super::edits::MoveEdits;
use super::relocation::{Relocation, below};

/// The changes that put the files back where they were: linked with them, a site shows what was meant.
pub fn undone_moves(renames: &BTreeMap<SitePath, SitePath>) -> Vec<FileChange> {
    let mut changes = Vec::new();
    for (from, to) in renames {
        changes.push(FileChange::Move {
            from: to.clone(),
            to: from.clone(),
        });
    }
    changes
}

/// Plans what moves have left undone. `now` is the site as it is, `before` the same with every file of `renames` back at its old path.
pub fn plan_repair(
    now: &Site,
    before: &Site,
    renames: &BTreeMap<SitePath, SitePath>,
    redirects: bool,
) -> Result<ChangePlan, Refusal> {
    let mut relocation = Relocation::default();
    for (from, to) in renames {
        relocation.add_file(before, from, to);
    }
    for (from, to) in followers(before, renames) {
        relocation.add_file(before, &from, &to);
    }
    let mut edits = MoveEdits::of(before, &relocation, redirects);
    edits
        .references
        .edits
        .retain(|edit| !is_right_already(now, renames, edit));
    let mut plan = edits.into_plan(before, relocation)?;
    for change in std::mem::take(&mut plan.changes) {
        plan.changes.extend(as_it_is_now(change, renames));
    }
    Ok(plan)
}

/// The translations of the moved files that are still where they were, with the paths they belong at.
fn followers(before: &Site, renames: &BTreeMap<SitePath, SitePath>) -> Vec<(SitePath, SitePath)> {
    let config = &before.config;
    let mut followers = Vec::new();
    for (from, to) in renames {
        let (Some(old), Some(new)) = (config.localized_path(from), config.localized_path(to))
        else {
            continue;
        };
        // A page that went to another language became its translation; the others stay where they
        // are.
        if old.locale != new.locale {
            continue;
        }
        for locale in config.locales.ids() {
            let folder = &config.locales.get(locale).folder;
            let (Some(from), Some(to)) = (below(&old, folder), below(&new, folder)) else {
                continue;
            };
            let is_left = before.sources.contains(from.as_str()) && !renames.contains_key(&from);
            let is_free = !before.sources.contains(to.as_str());
            // Another file may have been moved to where the translation belongs.
            let is_taken = renames.values().any(|taken| *taken == to);
            if is_left && is_free && !is_taken {
                followers.push((from, to));
            }
        }
    }
    followers
}

/// True for an address in a moved file that its author has corrected: it leads somewhere from where the file is now.
fn is_right_already(now: &Site, renames: &BTreeMap<SitePath, SitePath>, edit: &Edit) -> bool {
    let Some(path) = renames.get(&edit.location.path) else {
        return false;
    };
    let Some(linked) = now
        .sources
        .find(path.as_str())
        .and_then(|id| now.linked(id))
    else {
        return false;
    };
    let at = edit.location.span.start;
    for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
        if reference.target_span.start == at {
            return !matches!(target, Target::Broken(_));
        }
    }
    false
}

/// A change of the files as they were before, as one of the files as they are.
fn as_it_is_now(change: FileChange, renames: &BTreeMap<SitePath, SitePath>) -> Option<FileChange> {
    match change {
        FileChange::Move { from, .. } if renames.contains_key(&from) => None,
        FileChange::Edit(mut edit) => {
            if let Some(to) = renames.get(&edit.path) {
                edit.path = to.clone();
            }
            Some(FileChange::Edit(edit))
        }
        other => Some(other),
    }
}
