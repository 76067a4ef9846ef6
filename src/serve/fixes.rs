//! A problem to fix -> the changed files. The only thing the preview writes, and only over the bytes it has read.

use super::page_info::id_of;
use super::site_version::SiteVersion;
use crate::diagnostic::{Diagnostic, apply_fixes};
use crate::disk;
use crate::source::edit::FileChange;

/// Fixes the problem with this id, or returns why that isn't possible.
pub(super) fn apply_fix(version: &SiteVersion, id: &str) -> Result<(), String> {
    let Some(problem) = find_problem(version, id) else {
        return Err("this problem is no longer there".to_owned());
    };
    let fixed = apply_fixes(std::slice::from_ref(&problem), &version.sources, true);
    if fixed.files.is_empty() {
        return Err("this problem can't be fixed here; open the file".to_owned());
    }
    let changes: Vec<FileChange> = fixed.files.into_iter().map(FileChange::Edit).collect();
    disk::apply(version.root(), &changes).map_err(|error| error.to_string())
}

fn find_problem(version: &SiteVersion, id: &str) -> Option<Diagnostic> {
    // An id is known to a browser only once the problems were reported: a request before that would make it wait for a whole check.
    if !version.has_problems() {
        return None;
    }
    let problems = version.problems();
    problems
        .iter()
        .find(|problem| id_of(problem) == id)
        .cloned()
}
