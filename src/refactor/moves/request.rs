//! What an author wants to move.

use crate::locale::LocaleId;
use crate::source::SitePath;

/// A file or folder that gets another path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRequest {
    /// The file or folder.
    pub from: SitePath,
    /// Its new path, or the folder it goes to.
    pub to: String,
    /// The languages it moves in; without any, in all that have it.
    pub locales: Vec<LocaleId>,
    /// True if the addresses that pages lose redirect to them.
    pub redirects: bool,
}
