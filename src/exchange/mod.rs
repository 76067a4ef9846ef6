//! Texts of a site to XLIFF 2.1, XLIFF 1.2 and TMX 1.4 for translators, and JSON lines for programs; and what they translate back into the
//! content.
//!
//! In: a [`crate::site::Site`] and a locale, or an XLIFF document that came back. Out: the document to send, or the new texts of the
//! translations. A file is read as translation units of words and inline codes; importing changes the words and nothing else.
//! Knows no files on disk, no lock files and no history.
//!
//! More than twelve public names: each format has a function that writes it, and one that reads it.
//!
//! ```text
//!  Site -file_pairs-> file and translation -translatable-> units in blocks -pairing-> unit and its translation -export-> ExportDocument -xliff->
//!                                                                    ReturnedDocument <-xliff-   |   import, merge -> new texts of files
//! ```

mod align;
mod code_check;
pub mod context;
pub mod document;
mod escape;
pub mod export;
mod extract;
mod features;
mod file_pairs;
mod front_matter;
pub mod import;
mod imported;
mod inlines;
mod jsonl;
mod knowledge;
mod known_pairs;
mod labels;
mod lexicon;
mod machine;
mod markdown;
mod merge;
pub mod outcome;
mod pair_texts;
mod pairing;
mod places;
pub mod recorder;
mod target_locale;
mod terms;
mod tmx;
mod translatable;
mod translation_memory;
mod typed_markup;
pub mod unit;
mod version_pairs;
mod xliff;
mod xml;
mod yaml;

pub use export::{ExportSelection, Exported, export};
pub use import::{Imported, import};
pub use jsonl::{read as read_jsonl, write as write_jsonl};
pub use target_locale::target_locale;
pub use tmx::write_tmx;
pub use translation_memory::TranslationMemory;
pub use xliff::{XliffError, XliffVersion, read as read_xliff, write as write_xliff};
