//! The fix of a problem as a value. Doesn't know which fixes are applied.

use crate::source::Message;
use crate::source::edit::Edit;

/// How a machine can fix a problem: edits that belong together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// What the fix does, for example "link to `create.md`".
    pub title: Message,
    /// True if it cannot change what the author meant.
    pub safe: bool,
    /// The edits, none overlapping another.
    pub edits: Vec<Edit>,
}
