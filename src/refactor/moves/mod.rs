//! `hjelp mv`: a site, a path and a new one -> a plan that moves a file or folder in every language, and keeps links, includes, pictures,
//! tables of contents and published addresses right. Writes nothing.

mod files;
mod former_addresses;
mod references;
mod relocation;
mod request;
mod typed_address;

use crate::site::Site;
use crate::source::edit::{FileChange, combine_edits};

use super::change_plan::ChangePlan;
use super::refusal::Refusal;

pub use relocation::Relocation;
pub use request::MoveRequest;

/// Plans a move. Fails if it can't be made without losing something.
pub fn plan_move(site: &Site, request: &MoveRequest) -> Result<ChangePlan, Refusal> {
    let relocation = files::relocation(site, request)?;
    let references = references::reference_edits(site, &relocation);
    let redirects = former_addresses::redirect_edits(site, &relocation, request.redirects);
    let mut groups = Vec::new();
    // Each edit is a group of its own: they don't depend on each other.
    for edit in references.edits.iter().chain(&redirects.edits) {
        groups.push(std::slice::from_ref(edit));
    }
    let combined = combine_edits(groups, &site.sources);
    if combined.skipped > 0 {
        return Err(Refusal::new(
            format!(
                "{} changes overlap or are in files that can't be decoded",
                combined.skipped
            ),
            "run `hjelp check`, and repair encodings first",
        ));
    }
    let mut changes: Vec<FileChange> = combined.files.into_iter().map(FileChange::Edit).collect();
    for (from, to) in relocation.files() {
        changes.push(FileChange::Move {
            from: from.clone(),
            to: to.clone(),
        });
    }
    let mut notes = references.notes;
    notes.extend(redirects.notes);
    Ok(ChangePlan {
        relocation,
        changes,
        references: references.edits.len(),
        redirects: redirects.count,
        notes,
    })
}
