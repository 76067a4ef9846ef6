//! A relocation -> all edits that it needs, and the plan that makes them and moves the files.

use crate::refactor::change_plan::ChangePlan;
use crate::refactor::listed_redirects::{ListChange, list};
use crate::refactor::refusal::Refusal;
use crate::site::Site;
use crate::source::edit::FileChange;

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
        let references = self.references.edits.len();
        let mut edits = self.references.edits;
        edits.extend(self.redirects.edits);
        let mut created = None;
        if !self.redirects.listed.is_empty() {
            match list(site, &self.redirects.listed)? {
                ListChange::Append(edit) => edits.push(edit),
                ListChange::Create(change) => created = Some(change),
            }
        }
        let mut changes = ChangePlan::of_edits(site, edits)?.changes;
        changes.extend(created);
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
            references,
            redirects: self.redirects.count,
            notes,
        })
    }
}
