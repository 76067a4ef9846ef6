//! A plan: every change of files that an intention needs, and what is left to the author.

use crate::site::Site;
use crate::source::edit::{Edit, FileChange, combine_edits};

use super::moves::Relocation;
use super::refusal::Refusal;

/// What is to be done, as one change: all of it or nothing.
#[derive(Debug, Default)]
pub struct ChangePlan {
    /// Where files go.
    pub relocation: Relocation,
    /// All changes of files.
    pub changes: Vec<FileChange>,
    /// How many references are rewritten.
    pub references: usize,
    /// How many former addresses redirect to their pages.
    pub redirects: usize,
    /// What is left to the author, each in a sentence.
    pub notes: Vec<String>,
}

impl ChangePlan {
    /// The plan that makes these edits, all of them.
    pub(super) fn of_edits(site: &Site, mut edits: Vec<Edit>) -> Result<ChangePlan, Refusal> {
        // A reference link is found where it is used, and edited in its definition: once for each use.
        edits.sort();
        edits.dedup();
        let groups = edits.iter().map(std::slice::from_ref);
        let combined = combine_edits(groups, &site.sources);
        if combined.skipped > 0 {
            let count = combined.skipped;
            return Err(Refusal::new(
                format!("{count} changes overlap or are in files that can't be decoded"),
                "run `hjelp check`, and repair encodings first",
            ));
        }
        Ok(ChangePlan {
            changes: combined.files.into_iter().map(FileChange::Edit).collect(),
            ..ChangePlan::default()
        })
    }
}
