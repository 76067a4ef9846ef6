//! A relocation -> all edits that it needs, and the plan that makes them and moves the files.

use crate::refactor::change_plan::ChangePlan;
use crate::refactor::refusal::Refusal;
use crate::site::Site;
use crate::source::edit::{FileChange, combine_edits};

use super::former_addresses::{RedirectEdits, redirect_edits};
use super::references::{ReferenceEdits, reference_edits};
use super::relocation::Relocation;

/// The edits, which are of the files at their old paths.
#[derive(Debug)]
pub(super) struct MoveEdits {
    pub references: ReferenceEdits,
    redirects: RedirectEdits,
}

impl MoveEdits {
    pub fn of(site: &Site, relocation: &Relocation, redirects: bool) -> MoveEdits {
        MoveEdits {
            references: reference_edits(site, relocation),
            redirects: redirect_edits(site, relocation, redirects),
        }
    }

    /// The plan: edits first, then moves.
    pub fn into_plan(self, site: &Site, relocation: Relocation) -> Result<ChangePlan, Refusal> {
        let mut groups = Vec::new();
        // Each edit is a group of its own: they don't depend on each other.
        for edit in self.references.edits.iter().chain(&self.redirects.edits) {
            groups.push(std::slice::from_ref(edit));
        }
        let combined = combine_edits(groups, &site.sources);
        if combined.skipped > 0 {
            let count = combined.skipped;
            return Err(Refusal::new(
                format!("{count} changes overlap or are in files that can't be decoded"),
                "run `hjelp check`, and repair encodings first",
            ));
        }
        let edited = combined.files.into_iter().map(FileChange::Edit);
        let mut changes: Vec<FileChange> = edited.collect();
        for (from, to) in relocation.files() {
            changes.push(FileChange::Move {
                from: from.clone(),
                to: to.clone(),
            });
        }
        let mut notes = self.references.notes;
        notes.extend(self.redirects.notes);
        Ok(ChangePlan {
            relocation,
            changes,
            references: self.references.edits.len(),
            redirects: self.redirects.count,
            notes,
        })
    }
}
