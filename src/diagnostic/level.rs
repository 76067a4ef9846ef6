//! How severe a problem is. Which level a kind of problem has by default, its code knows.

// In this order, so that the smallest of several levels is the worst.
/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The reader sees something broken.
    Error,
    /// The reader sees something worse than it should be.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}
