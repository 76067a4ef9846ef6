//! A place in a text -> the line around it. Knows no syntax.

use crate::source::{LineIndex, Source, Span};

/// The whole line at byte `at`, with its end.
pub(super) fn line_at(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    Span::new(start, end)
}

/// The place as messages name it, with the sentence that an author has to look at.
pub(super) fn shown(source: &Source, span: Span) -> String {
    let start = span.start as usize;
    let line = LineIndex::new(&source.text)
        .position(&source.text, start)
        .line;
    let sentence = line_at(&source.text, start).of(&source.text).trim();
    format!("{}:{line}: {sentence}", source.path)
}
