//! A problem to fix -> the changed files. The only thing the preview writes, and only over the bytes it has read.

use super::page_info::id_of;
use super::site_version::SiteVersion;
use crate::diagnostic::apply_fixes;
use crate::disk;
use crate::source::edit::FileChange;

/// Fixes the problem with this id, or returns why that isn't possible.
pub(super) fn apply_fix(version: &SiteVersion, id: &str) -> Result<(), String> {
    const GONE: &str = "this problem is no longer there";
    // Only a problem that was reported can be fixed.
    let problems = if version.has_problems() {
        version.problems()
    } else {
        return Err(GONE.to_owned());
    };
    let problem = problems
        .iter()
        .find(|problem| id_of(problem) == id)
        .ok_or(GONE)?;
    let repairs = apply_fixes(std::slice::from_ref(problem), &version.sources, true);
    if repairs.files.is_empty() {
        return Err("this problem can't be repaired here; open the file".to_owned());
    }
    let changes: Vec<FileChange> = repairs.files.into_iter().map(FileChange::Edit).collect();
    disk::apply(version.root(), &changes).map_err(|error| error.to_string())
}
