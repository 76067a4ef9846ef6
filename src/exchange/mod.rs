//! Translations on their way to people who don't write Markdown, and back. A file is read as units of words and protected codes; what comes
//! back changes the words and nothing else. Doesn't know files on disk.
//!
//! ```text
//!  Site -files-> a file and its translation -text-> units in blocks -pair-> which unit is whose translation -export-> Package -xliff->
//!                                                                          Returned <-xliff-   |   import, compose -> new bytes of files
//! ```

mod adapt;
mod align;
mod compose;
mod export;
mod files;
mod import;
mod inlines;
mod markdown;
mod memory;
mod package;
mod pair;
mod target;
mod text;
mod tmx;
mod unit;
mod values;
mod write;
mod xliff;
mod xml;

pub use export::{Export, Left, Selection, export};
pub use import::{Import, ImportedFile, Refusal, Waiting, import};
pub use memory::Memory;
pub use package::{
    Package, PackageFile, PackageUnit, Returned, ReturnedFile, ReturnedUnit, UnitId,
};
pub use target::target;
pub use tmx::write_tmx;
pub use unit::{Code, CodeKind, Content, Label, Piece};
pub use xliff::{ReadError, Version, read as read_xliff, write as write_xliff};
