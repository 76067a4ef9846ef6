//! Asks Git, by running the `git` program, what a folder held earlier: its sources at a revision, where missing files were moved to, and the
//! originals that translations were made from. In: a folder and paths. Out: sources, paths and commits. Never checks anything out, never
//! changes a repository, and knows nothing of links or pages.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod blame;
mod command;
mod history;
mod renames;
mod revision;
mod translated_originals;

pub use blame::{BlamedLine, blame};
pub use command::GitError;
pub use history::FolderHistory;
pub use renames::file_histories;
pub use revision::sources_at;
pub use translated_originals::{TranslatedOriginals, TranslationPair};
