//! Pieces of HTML -> one text, and back to the bytes of the source.

use std::ops::Range;

use crate::source::Span;

/// A stretch of HTML that the markers of quotes and lists around it may break into pieces.
#[derive(Debug, Default)]
pub(in crate::syntax) struct JoinedHtml {
    text: String,
    /// Where each piece begins in `text`, and its bytes in the source.
    pieces: Vec<(usize, Span)>,
}

impl JoinedHtml {
    /// Adds the bytes `span` of `source`.
    pub fn push(&mut self, source: &str, span: Span) {
        self.pieces.push((self.text.len(), span));
        self.text.push_str(span.of(source));
    }

    /// The whole HTML.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of each piece in the source.
    pub fn pieces(&self) -> impl Iterator<Item = Span> + '_ {
        self.pieces.iter().map(|(_, span)| *span)
    }

    /// The bytes of the source that `range` of the text came from, cut off at the end of the piece it begins in.
    pub fn span(&self, range: Range<usize>) -> Span {
        let after = self
            .pieces
            .partition_point(|(start, _)| *start <= range.start);
        let Some(&(start, piece)) = self.pieces.get(after.saturating_sub(1)) else {
            return Span::default();
        };
        // A range over several pieces can't be one span: between them are markers of quotes and
        // lists that are not HTML.
        let first = piece.start as usize + (range.start - start);
        let last = first + range.end.saturating_sub(range.start);
        Span::new(first, last.min(piece.end as usize))
    }

    /// The bytes of the source that `range` of the text came from, piece by piece.
    pub fn spans(&self, range: Range<usize>) -> Vec<Span> {
        let mut spans = Vec::new();
        for (start, piece) in &self.pieces {
            let end = start + piece.len();
            // Pieces are in text order, and a comment is seldom in more than a few of them.
            if end <= range.start {
                continue;
            }
            if *start >= range.end {
                break;
            }
            spans.push(self.span(range.start.max(*start)..range.end.min(end)));
        }
        spans
    }
}
