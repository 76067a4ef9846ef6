//! The languages of a site. In come the list of its locales, Fluent files and files with synonyms; out come [`Locales`] (who falls back to
//! whom), a [`Catalog`] (the texts of the interface in each language, with its dates, numbers and alphabetical order) and synonyms. Doesn't
//! know pages, folders on disk, or which messages are asked for.

mod catalog;
mod collation;
mod date;
pub mod language;
mod locales;
mod message_file;
mod number;
pub mod problem_texts;
mod pseudo;
mod quotation_marks;
mod synonyms;

pub use catalog::{Arg, Catalog};
pub use language::{Direction, language_info};
pub use locales::{Locale, LocaleId, Locales};
pub use message_file::MessageFile;
pub use pseudo::PseudoLocale;
pub use quotation_marks::quotation_marks;
pub use synonyms::{Synonyms, read_synonyms};
