//! Byte spans -> lines and columns, as other programs expect them. The line index of each text is built once. Knows nothing about formats.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::source::{FileSpan, LineIndex, SitePath, Sources};

/// Line and column of the first character and of one past the last. Both count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// The region in files without text. SARIF demands that lines and columns are at least 1.
const FIRST_CHARACTER: Region = Region {
    line: 1,
    column: 1,
    end_line: 1,
    end_column: 1,
};

/// The sources, and the line indexes of those that were needed so far.
pub(super) struct Positions<'a> {
    sources: &'a Sources,
    lines: FxHashMap<SitePath, LineIndex>,
}

impl<'a> Positions<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Positions {
            sources,
            lines: FxHashMap::default(),
        }
    }

    /// The region of a span; the first character if the file is not a text.
    pub(super) fn region(&mut self, place: &FileSpan) -> Region {
        let Some(id) = self.sources.find(place.path.as_str()) else {
            return FIRST_CHARACTER;
        };
        let text: &str = &self.sources.get(id).text;
        let lines = self
            .lines
            .entry(place.path.clone())
            .or_insert_with(|| LineIndex::new(text));
        // A report must not panic, whatever a span is: an index inside a character would.
        let start = lines.position(text, text.floor_char_boundary(place.span.range().start));
        let end = lines.position(text, text.ceil_char_boundary(place.span.range().end));
        Region {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
