//! What a pattern is made of: the parts that the segments of a path are matched with, and the options that decide how. Doesn't know how a
//! pattern is read or matched.

/// Which parts of the dialect hold; all six can be switched per mapping of a `docfx.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Options {
    /// `Readme` and `README` differ.
    pub case: bool,
    /// `*` matches names that begin with a dot.
    pub dot: bool,
    /// `!` at the beginning negates.
    pub negate: bool,
    /// `{a,b}` means `a` and `b`.
    pub braces: bool,
    /// `\*` is a star.
    pub escape: bool,
    /// `**` crosses folders.
    pub deep: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            case: false,
            dot: false,
            negate: true,
            braces: true,
            escape: true,
            deep: true,
        }
    }
}

/// What one segment of a path has to be.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// `**/`: any number of folders.
    Folders,
    /// `**` at the end: any file below.
    Below,
    /// A name; a folder if it is not the last segment.
    Name {
        tokens: Vec<Token>,
        folder: bool,
        dot: bool,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Char(char),
    /// `?`
    One,
    /// `*`
    Any,
    /// `[a-c]`, `[^x]`
    Class(bool, Vec<(char, char)>),
}
