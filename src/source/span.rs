//! Byte ranges in a source's text, and the lines and columns people read.

use std::ops::Range;

use super::SitePath;

/// A range of bytes in the decoded text of one source (see [`super::Source::text`]), on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A range of bytes in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileSpan {
    /// The file.
    pub path: SitePath,
    /// The bytes of its text.
    pub span: Span,
}

impl FileSpan {
    /// The bytes `span` of the file at `path`.
    pub fn new(path: &SitePath, span: Span) -> Self {
        FileSpan {
            path: path.clone(),
            span,
        }
    }
}

impl Span {
    /// The bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span {
            start: clamp(start),
            // A reversed range would make `len` underflow.
            end: clamp(end.max(start)),
        }
    }

    /// The empty range at `at`.
    pub fn at(at: usize) -> Self {
        Span::new(at, at)
    }

    /// For slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True if the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `inner` is within this range.
    pub fn contains(self, inner: Span) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// The part of `text` this range names; empty if the range does not fit it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// Sources are limited to 4 GiB by the reader, so the cast never loses anything.
fn clamp(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The position of a byte as editors show it: both numbers count from one, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number.
    pub line: usize,
    /// Column in characters.
    pub column: usize,
}

/// The starts of all lines of one text; lines end with LF, CRLF or a lone CR.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters there are before each [`STRIDE`] of the text, so that also the columns of a very long line are found at once.
    strides: Vec<usize>,
}

/// Bytes between two places whose characters are counted.
const STRIDE: usize = 1024;

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' => starts.push(at + 1),
                // CRLF counts once, at its LF. A lone CR ends a line too (CommonMark 2.1).
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => starts.push(at + 1),
                _ => {}
            }
        }
        let mut strides = vec![0];
        let mut before = 0;
        for stride in bytes.chunks_exact(STRIDE) {
            before += characters(stride);
            strides.push(before);
        }
        LineIndex { starts, strides }
    }

    /// The position of the byte `at` of the same text.
    pub fn position(&self, text: &str, at: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= at).max(1);
        let before = |at: usize| {
            let (stride, at) = (at / STRIDE, at.min(text.len()));
            let counted = self.strides.get(stride).copied().unwrap_or(0);
            counted
                + text
                    .as_bytes()
                    .get(stride * STRIDE..at)
                    .map_or(0, characters)
        };
        let column = before(at.min(text.len())).saturating_sub(before(self.starts[line - 1])) + 1;
        Position { line, column }
    }

    /// The bytes of the 1-based line, without its line end.
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(text.len());
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let kept = text
            .get(start..end)
            .unwrap_or("")
            .trim_end_matches(['\r', '\n'])
            .len();
        start..start + kept
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    // All other bytes of a character begin with the bits 10, so nothing has to be decoded or even valid.
    bytes
        .iter()
        .filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts() {
        let text = "på\r\nblå\rto\nøl";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap());
        assert_eq!(at("å\r\n"), Position { line: 1, column: 2 });
        assert_eq!(at("to"), Position { line: 3, column: 1 });
        assert_eq!(at("l").line, 2);
        assert_eq!(
            index.position(text, text.len()),
            Position { line: 4, column: 3 }
        );
        assert_eq!(&text[index.line(text, 2)], "blå");
        let long = "æ😀".repeat(STRIDE);
        let index = LineIndex::new(&long);
        for (column, (at, _)) in long.char_indices().enumerate() {
            assert_eq!(
                index.position(&long, at),
                Position {
                    line: 1,
                    column: column + 1
                }
            );
        }
        assert_eq!(index.position(&long, long.len() + 9).column, 2 * STRIDE + 1);
        assert_eq!(index.line(text, 9), text.len()..text.len());
    }
}
