//! XLIFF, in which texts go to translators: version 2.1, or 1.2 for older tools. Codes become elements that tools show as one sign and protect.

mod read;
mod write;

pub use read::{XliffError, read};
pub use write::write;

/// Which of its two very different versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XliffVersion {
    /// 1.2
    V12,
    /// 2.1
    V21,
}
