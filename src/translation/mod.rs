//! One [`crate::site::Site`] -> the state of its translations: missing, out of date, identical, different in structure.
//!
//! In: a site, the lock files in its sources, and for translations without an entry there the originals that `git` found. Out: the status of each page,
//! fragment and table of contents in each language, problems of structure, new lock files, and pseudo translations. Writes nothing,
//! doesn't ask Git itself, and knows no output.

pub mod acceptance;
pub mod followed;
mod hashes;
pub mod lock_file;
mod lock_files;
pub mod longest_subsequence;
mod lost;
pub mod pairs;
mod pseudo_locales;
pub mod section_basis;
pub mod section_changes;
pub mod section_pairs;
pub mod section_record;
pub mod section_status;
pub mod sections;
pub mod status;
mod structure;
mod toc_entries;
pub mod word_counts;

pub use lock_files::LockFiles;
pub use lost::lost_translations;
pub use pairs::{TranslationPair, translation_pairs};
pub use pseudo_locales::with_pseudo_locales;
pub use sections::{HashedSection, sections};
pub use status::{Revisions, TranslationStatus, stale_original, status};
pub use structure::structure_problems;
