//! Files and folders <-> values. In: a folder of content, which [`scan`] turns into [`Sources`](crate::source::Sources) and [`apply`] changes,
//! and the bytes of output files, which an [`OutputWriter`] turns into a folder. Out: sources, files and errors. Knows paths, sizes and
//! bytes; must not know what any of them mean.
//!
//! More than twelve public names: reading content, changing content and writing output each have a verb, its values and an error of their own.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod around;
mod build_cache;
mod built_folder;
mod change_journal;
mod change_steps;
mod clean_output;
mod content;
mod error;
mod file_changes;
pub(crate) mod file_kind;
mod fingerprint;
mod folder;
mod hidden;
mod image_size;
mod legacy_state;
mod output_path;
mod output_place;
mod output_state;
mod output_writer;
mod scan;
mod source_folder;
mod state_file;
mod unpack;
mod zip;

#[cfg(test)]
mod interrupted_changes;
#[cfg(test)]
mod tests;

pub(crate) use clean_output::remove_output;
pub(crate) use output_path::{STATE_FILES, is_output_folder};

pub use self::zip::zip_archive;
pub use around::{ContentFiles, FoldersAround, NamedFolders};
pub use build_cache::{BuildCache, BuildKey};
pub use built_folder::read_built_site;
pub use change_journal::Recovery;
pub use error::{ScanError, WriteError};
pub use file_changes::{ApplyError, apply, recover, write_file, write_file_below};
pub use folder::Folder;
pub use hidden::{WantedNames, scan_hidden};
pub use output_place::OutputPlace;
pub use output_writer::{OutputWriter, WriteSummary};
pub use scan::{has_passing_errors, scan};
pub use source_folder::{ChangedPaths, SourceFolder};
pub use state_file::FinishedState;
pub use unpack::unpack;
