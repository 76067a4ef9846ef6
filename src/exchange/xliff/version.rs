//! The versions of XLIFF that are written and read. 1.2 and 2.x have little but their name in common.

/// A version of XLIFF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XliffVersion {
    /// 1.2, for older tools.
    V12,
    /// 2.1; any 2.x is read.
    V21,
}
