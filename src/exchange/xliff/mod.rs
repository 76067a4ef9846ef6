//! XLIFF, the standard format for texts at translators: [`write`] makes an [`ExportDocument`](super::document::ExportDocument) XML, [`read`]
//! makes XML a [`ReturnedDocument`](super::document::ReturnedDocument). Inline codes become elements, which tools show as one character and
//! protect. Doesn't know the site.

mod read;
mod repair;
mod version;
mod write;

pub(super) use read::checked;
pub use read::{XliffError, read};
pub use version::XliffVersion;
pub use write::write;
