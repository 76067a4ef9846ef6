//! Where in a link or a definition its address stands: pulldown-cmark says what the address is, but not which bytes.

use std::ops::Range;

use crate::source::Span;

/// The address of an inline link or picture `[text](address "title")`, whose text ends at byte `text_end` or a few marks later.
pub(super) fn of_inline(source: &str, link: &Range<usize>, text_end: usize) -> Span {
    let rest = source.get(text_end..link.end).unwrap_or("");
    match rest.find("](") {
        Some(at) => destination(source, text_end + at + 2, link.end),
        None => Span::from(link.clone()),
    }
}

/// The address of a definition `[label]: address "title"`.
pub(super) fn of_definition(source: &str, definition: &Range<usize>) -> Span {
    let text = source.get(definition.clone()).unwrap_or("");
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b']' if text[at + 1..].starts_with(':') => {
                return destination(source, definition.start + at + 2, definition.end);
            }
            _ => {}
        }
    }
    Span::from(definition.clone())
}

fn destination(source: &str, from: usize, end: usize) -> Span {
    let text = source.get(from..end).unwrap_or("");
    let start = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n', '>']).len();
    let rest = &text[start..];
    if let Some(angled) = rest.strip_prefix('<') {
        let len = angled.find('>').unwrap_or(angled.len());
        return Span::new(from + start + 1, from + start + 1 + len);
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    let len = rest
        .bytes()
        .position(|byte| match byte {
            _ if escaped => {
                escaped = false;
                false
            }
            b'\\' => {
                escaped = true;
                false
            }
            b'(' => {
                depth += 1;
                false
            }
            b')' if depth > 0 => {
                depth -= 1;
                false
            }
            b')' => true,
            byte => byte.is_ascii_whitespace(),
        })
        .unwrap_or(rest.len());
    Span::new(from + start, from + start + len)
}
