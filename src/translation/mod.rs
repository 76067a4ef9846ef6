//! One [`crate::site::Site`] -> the state of its translations: missing, out of date, identical, different in structure.
//!
//! In: a site, the lock files in its sources, and for translations without an entry there what history knows. Out: a status for each page,
//! fragment and toc in each locale, problems of structure, and new lock files. Writes nothing, knows no history and no output.

mod hashes;
pub mod lock_file;
mod lock_files;
pub mod pairs;
mod pseudo_locales;
pub mod section_changes;
pub mod sections;
pub mod status;
mod structure;
mod toc_entries;
mod word_counts;

pub use lock_files::LockFiles;
pub use pairs::{TranslationPair, texts};
pub use pseudo_locales::with_pseudo_locales;
pub use sections::{HashedSection, sections};
pub use status::{Revisions, TranslationStatus, stale_original, status};
pub use structure::structure_problems;
