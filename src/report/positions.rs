//! Turns places into the lines and columns that other programs ask for, each text opened once. Columns count characters.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::source::{FileSpan, LineIndex, SitePath, Sources};

/// From the first character to one past the last; all numbers count from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// The sources, and the lines of those that were asked for.
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

    /// Where a place lies; the very beginning of a file that is no text.
    pub(super) fn region(&mut self, place: &FileSpan) -> Region {
        let Some(id) = self.sources.find(place.path.as_str()) else {
            return Region {
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 1,
            };
        };
        let text: &str = &self.sources.get(id).text;
        let lines = self
            .lines
            .entry(place.path.clone())
            .or_insert_with(|| LineIndex::new(text));
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
