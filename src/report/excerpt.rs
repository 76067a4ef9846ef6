//! Turns a few spans of one source into the few lines that show them, as one small text. The renderer reads everything it is given, so it
//! is given little: a window of lines, long lines cut around what matters, every line end a plain one.

use std::ops::Range;

use crate::source::{LineIndex, Position, Span};

/// A span over more lines is shown by its first line.
const MOST_LINES: usize = 6;

/// Marks closer than this are shown in one excerpt, with what lies between them.
const NEAR: usize = 6;

/// How much of a long line is kept on each side of what matters, in bytes: more than any terminal is wide. The renderer fits the rest.
const MARGIN: usize = 2_000;

const CUT: &str = "…";

/// A range to underline, and what it has to do with the problem.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    pub(super) label: Option<&'a str>,
    pub(super) is_primary: bool,
}

/// Some lines of a source.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    pub(super) text: String,
    pub(super) first_line: usize,
    /// What is marked here, with its bytes in `text`.
    pub(super) marks: Vec<(Range<usize>, Mark<'a>)>,
    /// Where the most important mark stands for who counts in `text`.
    pub(super) seems: Position,
    /// Where it stands: in another column if its line was cut before it.
    pub(super) stands: Position,
}

/// A mark as it can be shown: inside the text, on whole characters, on few lines.
struct Fitted<'a> {
    mark: Mark<'a>,
    bytes: Range<usize>,
    first: usize,
    last: usize,
}

/// A line of an excerpt: which bytes of the source it shows, and where they begin in the excerpt.
struct Line {
    kept: Range<usize>,
    start: usize,
}

/// A source text and its lines.
pub(super) struct Page<'a> {
    text: &'a str,
    lines: LineIndex,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Page {
            text,
            lines: LineIndex::new(text),
        }
    }

    /// Where `span` begins.
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
        let mut fitted: Vec<Fitted<'m>> = marks.iter().map(|mark| self.fitted(*mark)).collect();
        fitted.sort_by_key(|mark| (mark.first, mark.bytes.start));
        let near = |above: &Fitted<'_>, below: &Fitted<'_>| below.first <= above.last + NEAR;
        let mut excerpts: Vec<Excerpt<'m>> = fitted
            .chunk_by(near)
            .map(|marks| self.excerpt(marks))
            .collect();
        excerpts.sort_by_key(|excerpt| !excerpt.marks.iter().any(|(_, mark)| mark.is_primary));
        excerpts
    }

    fn fitted<'m>(&self, mark: Mark<'m>) -> Fitted<'m> {
        let start = self.text.floor_char_boundary(mark.span.range().start);
        let end = self
            .text
            .ceil_char_boundary(mark.span.range().end)
            .max(start);
        let first = self.line_of(start);
        let last = if end > start {
            self.line_of(end - 1)
        } else {
            first
        };
        if last - first < MOST_LINES {
            Fitted {
                mark,
                bytes: start..end,
                first,
                last,
            }
        } else {
            Fitted {
                mark,
                bytes: start..self.line(first).end.max(start),
                first,
                last: first,
            }
        }
    }

    fn excerpt<'m>(&self, marks: &[Fitted<'m>]) -> Excerpt<'m> {
        let first_line = marks.iter().map(|mark| mark.first).min().unwrap_or(1);
        let last_line = marks.iter().map(|mark| mark.last).max().unwrap_or(1);
        let mut text = String::new();
        let mut lines = Vec::new();
        for number in first_line..=last_line {
            let whole = self.line(number);
            let kept = self.kept(&whole, marks);
            text.push_str(if kept.start > whole.start { CUT } else { "" });
            lines.push(Line {
                start: text.len(),
                kept: kept.clone(),
            });
            text.push_str(self.text.get(kept.clone()).unwrap_or(""));
            text.push_str(if kept.end < whole.end { CUT } else { "" });
            // Also after the last line: without it, an empty one wouldn't count as a line.
            text.push('\n');
        }
        let place = |at: usize, number: usize| {
            let line = &lines[number - first_line];
            line.start + at.clamp(line.kept.start, line.kept.end) - line.kept.start
        };
        let bytes = |mark: &Fitted<'m>| {
            place(mark.bytes.start, mark.first)..place(mark.bytes.end, mark.last)
        };
        let leader = marks
            .iter()
            .find(|mark| mark.mark.is_primary)
            .or(marks.first());
        let stands = self.position(leader.map_or(Span::at(0), |leader| leader.mark.span));
        let seems =
            LineIndex::new(&text).position(&text, leader.map_or(0, |leader| bytes(leader).start));
        let seems = Position {
            line: seems.line + first_line - 1,
            ..seems
        };
        Excerpt {
            marks: marks.iter().map(|mark| (bytes(mark), mark.mark)).collect(),
            text,
            first_line,
            seems,
            stands,
        }
    }

    /// The part of the line `whole` that is worth showing.
    fn kept(&self, whole: &Range<usize>, marks: &[Fitted<'_>]) -> Range<usize> {
        if whole.len() <= 2 * MARGIN {
            return whole.clone();
        }
        let here = marks
            .iter()
            .map(|mark| &mark.bytes)
            .filter(|bytes| bytes.start <= whole.end && whole.start <= bytes.end);
        let start = here
            .clone()
            .map(|bytes| bytes.start.max(whole.start))
            .min()
            .unwrap_or(whole.start);
        let end = here
            .map(|bytes| bytes.end)
            .max()
            .unwrap_or(start)
            .min(start + MARGIN);
        let start = self
            .text
            .floor_char_boundary(start.saturating_sub(MARGIN).max(whole.start));
        start..self.text.ceil_char_boundary((end + MARGIN).min(whole.end))
    }
}
