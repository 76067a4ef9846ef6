//! The bytes of the destination of a link or a definition: pulldown-cmark gives the destination itself, but not where it is.

use std::ops::Range;

use crate::source::Span;

/// The destination of an inline link or image `[text](destination "title")`, whose text ends at byte `text_end` or a few signs later.
pub(super) fn of_inline(source: &str, link: &Range<usize>, text_end: usize) -> Span {
    let rest = source.get(text_end..link.end).unwrap_or("");
    // The text may end with the signs of emphasis, which belong to no node.
    match rest.find("](") {
        Some(at) => destination(source, text_end + at + 2, link.end),
        None => Span::from(link.clone()),
    }
}

/// The destination of a definition `[label]: destination "title"`.
pub(super) fn of_definition(source: &str, definition: &Range<usize>) -> Span {
    let text = source.get(definition.clone()).unwrap_or("");
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if is_escaped {
            is_escaped = false;
        } else if byte == b'\\' {
            is_escaped = true;
        } else if byte == b']' && text[at + 1..].starts_with(':') {
            return destination(source, definition.start + at + 2, definition.end);
        }
    }
    Span::from(definition.clone())
}

/// The destination that begins at byte `from` or behind white space there. In a quote `>` may begin the line it is on.
fn destination(source: &str, from: usize, end: usize) -> Span {
    let text = source.get(from..end).unwrap_or("");
    let rest = text.trim_start_matches([' ', '\t', '\r', '\n', '>']);
    let start = from + text.len() - rest.len();
    if let Some(angled) = rest.strip_prefix('<') {
        // An escaped `>` in angle brackets is not looked for: no author types one, and the span
        // only shows where a problem is.
        let len = angled.find('>').unwrap_or(angled.len());
        return Span::new(start + 1, start + 1 + len);
    }
    Span::new(start, start + bare_len(rest))
}

/// The length of a destination without angle brackets: up to white space or a `)` that isn't opened in it (CommonMark 0.31, 6.3).
fn bare_len(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if is_escaped {
            is_escaped = false;
            continue;
        }
        match byte {
            b'\\' => is_escaped = true,
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            b')' => return at,
            byte if byte.is_ascii_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_found_behind_the_text() {
        for (text, expected) in [
            ("[a](b.md \"t\")", "b.md"),
            ("[a](<b c.md>)", "b c.md"),
            ("[a](x_(y).md)", "x_(y).md"),
            ("[a](x\\).md)", "x\\).md"),
        ] {
            let span = of_inline(text, &(0..text.len()), 2);
            assert_eq!(span.of(text), expected);
        }
        let text = "[a\\]: b]:\n  c.md 'title'";
        assert_eq!(of_definition(text, &(0..text.len())).of(text), "c.md");
    }
}
