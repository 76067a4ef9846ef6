//! What rendering produces.

use crate::source::SitePath;

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// Its path below the output folder.
    pub path: SitePath,
    /// Its content.
    pub bytes: Vec<u8>,
}
