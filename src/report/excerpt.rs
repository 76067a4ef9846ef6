//! Spans of one source -> the few lines that show them. The renderer of excerpts reads all of the text it is given, so it is given little: a
//! window of lines, long lines cut around the marks, all line ends replaced by LF. Doesn't know how excerpts are drawn.

use std::ops::Range;

use crate::source::{LineIndex, Position, Span};

/// The longest span in lines that is shown completely. Of a longer one, the first line is shown.
const MAX_LINES: usize = 6;

/// Marks with at most this many lines between them are shown in one excerpt.
const MAX_GAP: usize = 6;

/// How many bytes of a long line are shown on each side of the marks: more than any terminal is wide. The renderer trims the rest.
const MARGIN: usize = 2_000;

const ELLIPSIS: &str = "…";

/// A span to underline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    /// The text next to the underline.
    pub(super) label: Option<&'a str>,
    /// True for the problem itself, false for a related place.
    pub(super) is_primary: bool,
}

/// Some lines of a source.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    pub(super) text: String,
    /// The number of the first line in the source.
    pub(super) first_line: usize,
    /// The marks in this excerpt, each with its bytes in `text`.
    pub(super) marks: Vec<(Range<usize>, Mark<'a>)>,
    /// The position of the primary mark as the renderer computes it from `text`.
    pub(super) position_in_excerpt: Position,
    /// Its position in the source: another column if its line was cut before it.
    pub(super) position_in_source: Position,
}

/// A mark as it can be shown: inside the text, on character boundaries, on few lines.
struct FittedMark<'a> {
    mark: Mark<'a>,
    bytes: Range<usize>,
    first_line: usize,
    last_line: usize,
}

/// A line of an excerpt: the bytes of the source it shows, and where they begin in the excerpt.
struct ExcerptLine {
    shown: Range<usize>,
    start: usize,
}

/// A source text and its line index.
pub(super) struct ExcerptSource<'a> {
    text: &'a str,
    lines: LineIndex,
}

impl<'a> ExcerptSource<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        ExcerptSource {
            text,
            lines: LineIndex::new(text),
        }
    }

    /// The position of the first character of `span`.
    pub(super) fn position(&self, span: Span) -> Position {
        self.lines
            .position(self.text, self.text.floor_char_boundary(span.range().start))
    }

    fn line_of(&self, at: usize) -> usize {
        self.lines.position(self.text, at).line
    }

    fn line(&self, number: usize) -> Range<usize> {
        self.lines.line(self.text, number)
    }

    /// The excerpts that show all `marks`: first the one with the primary mark, then the others from top to bottom.
    pub(super) fn excerpts<'m>(&self, marks: &[Mark<'m>]) -> Vec<Excerpt<'m>> {
        let mut fitted: Vec<FittedMark<'m>> = marks.iter().map(|mark| self.fitted(*mark)).collect();
        fitted.sort_by_key(|mark| (mark.first_line, mark.bytes.start));
        let mut excerpts = Vec::new();
        for marks in fitted.chunk_by(|above, below| below.first_line <= above.last_line + MAX_GAP) {
            excerpts.push(self.excerpt(marks));
        }
        excerpts.sort_by_key(|excerpt| !excerpt.marks.iter().any(|(_, mark)| mark.is_primary));
        excerpts
    }

    fn fitted<'m>(&self, mark: Mark<'m>) -> FittedMark<'m> {
        let span = mark.span.range();
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.ceil_char_boundary(span.end).max(start);
        let first_line = self.line_of(start);
        // The end is exclusive: a span that ends with a line end doesn't reach the next line.
        let last_line = if end > start {
            self.line_of(end - 1)
        } else {
            first_line
        };
        if last_line - first_line < MAX_LINES {
            return FittedMark {
                mark,
                bytes: start..end,
                first_line,
                last_line,
            };
        }
        FittedMark {
            mark,
            bytes: start..self.line(first_line).end.max(start),
            first_line,
            last_line: first_line,
        }
    }

    /// The excerpt of marks that are near each other, from top to bottom.
    fn excerpt<'m>(&self, marks: &[FittedMark<'m>]) -> Excerpt<'m> {
        let first_line = marks.iter().map(|mark| mark.first_line).min().unwrap_or(1);
        let last_line = marks.iter().map(|mark| mark.last_line).max().unwrap_or(1);
        let mut text = String::new();
        let mut lines = Vec::new();
        for number in first_line..=last_line {
            lines.push(self.push_line(&mut text, number, marks));
        }
        let mut placed = Vec::with_capacity(marks.len());
        // The mark whose position is printed: the primary one, or the first in an excerpt without it.
        let mut main = 0;
        for (at, mark) in marks.iter().enumerate() {
            let start = lines[mark.first_line - first_line].place(mark.bytes.start);
            let end = lines[mark.last_line - first_line].place(mark.bytes.end);
            placed.push((start..end, mark.mark));
            if mark.mark.is_primary && !marks[main].mark.is_primary {
                main = at;
            }
        }
        let (start, span) = match placed.get(main) {
            Some((bytes, mark)) => (bytes.start, mark.span),
            None => (0, Span::at(0)),
        };
        let mut position_in_excerpt = LineIndex::new(&text).position(&text, start);
        position_in_excerpt.line += first_line - 1;
        Excerpt {
            text,
            first_line,
            marks: placed,
            position_in_excerpt,
            position_in_source: self.position(span),
        }
    }

    /// Appends a line of the source to the text of an excerpt.
    fn push_line(&self, text: &mut String, number: usize, marks: &[FittedMark<'_>]) -> ExcerptLine {
        let line = self.line(number);
        let shown = self.shown_part(&line, marks);
        if shown.start > line.start {
            text.push_str(ELLIPSIS);
        }
        let start = text.len();
        text.push_str(self.text.get(shown.clone()).unwrap_or_default());
        if shown.end < line.end {
            text.push_str(ELLIPSIS);
        }
        // Also after the last line: the renderer doesn't count an empty line without an end.
        text.push('\n');
        ExcerptLine { shown, start }
    }

    /// The part of a line that is shown: all of it, or of a very long one the marks with a margin.
    fn shown_part(&self, line: &Range<usize>, marks: &[FittedMark<'_>]) -> Range<usize> {
        if line.len() <= 2 * MARGIN {
            return line.clone();
        }
        let mut marked: Option<Range<usize>> = None;
        for FittedMark { bytes, .. } in marks {
            if bytes.start > line.end || line.start > bytes.end {
                continue;
            }
            let start = bytes.start.max(line.start);
            marked = Some(match marked {
                Some(others) => others.start.min(start)..others.end.max(bytes.end),
                None => start..bytes.end,
            });
        }
        let marked = marked.unwrap_or(line.start..line.start);
        let end = marked.end.min(marked.start + MARGIN) + MARGIN;
        let start = marked.start.saturating_sub(MARGIN).max(line.start);
        self.text.floor_char_boundary(start)..self.text.ceil_char_boundary(end.min(line.end))
    }
}

impl ExcerptLine {
    /// Where the byte `at` of the source is in the excerpt; the nearest shown one if it was cut off.
    fn place(&self, at: usize) -> usize {
        self.start + at.clamp(self.shown.start, self.shown.end) - self.shown.start
    }
}
