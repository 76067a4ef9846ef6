//! A plan: every change of files that an intention needs, and what is left to the author.

use crate::source::edit::FileChange;

use super::moves::Relocation;

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
