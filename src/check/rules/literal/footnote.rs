//! `literal-markup` for footnotes: `[^1]` with a line `[^1]: text`, on a site that does not read them.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;

use super::shown_text::ShownText;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    if !text.text().contains("[^") {
        return;
    }
    let mut first: Option<Span> = None;
    let mut has_definition = false;
    for piece in &text.pieces {
        let words = piece.span.of(text.text());
        for (offset, _) in words.match_indices("[^") {
            let at = piece.span.start as usize + offset;
            let Some(len) = words[offset..].find(']') else {
                continue;
            };
            if text.is_escaped(at) || words[offset..offset + len].contains(' ') {
                continue;
            }
            let is_definition =
                piece.starts_line && offset == 0 && words[len + 1..].starts_with(": ");
            has_definition |= is_definition;
            if !is_definition && first.is_none() {
                first = Some(Span::new(at, at + len + 1));
            }
        }
    }
    // Both are needed: the signs alone may be a pattern.
    let (Some(span), true) = (first, has_definition) else {
        return;
    };
    let message = message!(
        "the footnote `{text}` is shown as text: footnotes are not switched on",
        text = span.of(text.text())
    );
    let problem = text.problem(Code::LiteralMarkup, span, message);
    problems.push(
        problem.help("Write the note in parentheses, or add `footnotes` to `markdigExtensions`."),
    );
}
