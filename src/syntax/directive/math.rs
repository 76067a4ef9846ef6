//! `$x$` and `$$` blocks (DocFX spec 2.3): where they stand. What is inside is nobody's Markdown.

use crate::source::Span;

use super::{Directive, Found, Hide};

/// All formulas of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, found: &mut Vec<Found>) {
    let mut start = from;
    let mut block: Option<usize> = None;
    for line in text[from..].split_inclusive(['\n', '\r']) {
        let end = start + line.len();
        if line.contains('$') {
            let content = line.trim_start_matches([' ', '\t', '>']);
            let at = end - content.len();
            if content.trim_end() == "$$" {
                block = match block {
                    Some(open) => {
                        let span = Span::new(open, at + 2);
                        found.push(Found {
                            span,
                            directive: Directive::MathBlock,
                            hide: Hide::Lines,
                        });
                        None
                    }
                    None => Some(at),
                };
            } else if block.is_none() {
                inline(text, start, start + line.trim_end().len(), found);
            }
        }
        start = end;
    }
}

/// Formulas in one line. Code and addresses in angle brackets are passed over.
fn inline(text: &str, from: usize, end: usize, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let run = bytes[at..end]
                    .iter()
                    .take_while(|&&byte| byte == b'`')
                    .count();
                at += run;
                at = close_code(&bytes[..end], at, run).unwrap_or(at);
            }
            b'<' => {
                at += 1 + text[at + 1..end]
                    .find('>')
                    .filter(|_| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
                    .unwrap_or(0)
            }
            b'$' => match formula(
                text,
                from,
                at,
                text.floor_char_boundary(end.min(at + super::LONGEST)),
            ) {
                Ok((len, inner)) => {
                    let span = Span::new(at, at + len);
                    let before = text[from..at]
                        .bytes()
                        .all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
                    let hide = if before && at + len == end {
                        Hide::Code
                    } else {
                        Hide::Tag
                    };
                    found.push(Found {
                        span,
                        directive: Directive::Math(inner),
                        hide,
                    });
                    at += len;
                }
                Err(skip) => at += skip,
            },
            _ => at += 1,
        }
    }
}

/// The byte behind the run of backticks that ends the code begun by a run of this length.
fn close_code(bytes: &[u8], from: usize, run: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
        if len == run {
            return Some(at + len);
        }
        at += len.max(1);
    }
    None
}

/// The formula that begins with the `$` at byte `at`: its length and what is inside; else how many bytes are none.
fn formula(text: &str, line: usize, at: usize, end: usize) -> Result<(usize, Span), usize> {
    let run = text[at..end]
        .bytes()
        .take_while(|&byte| byte == b'$')
        .count();
    let sign = run.min(2);
    let before = text[line..at].chars().next_back();
    let after = text[at + run..end].chars().next();
    let edge = |character: Option<char>| {
        character.is_none_or(|character| character.is_whitespace() || is_punctuation(character))
    };
    if !edge(before) || after.is_none() {
        return Err(run);
    }
    let space_inside = text[at + sign..end].starts_with([' ', '\t']);
    let mut close = at + run;
    let bytes = text.as_bytes();
    while close < end {
        match bytes[close] {
            b'\\' => close += 2,
            b'$' => {
                let closing = text[close..end]
                    .bytes()
                    .take_while(|&byte| byte == b'$')
                    .count();
                let fits = closing >= sign && (closing == run || closing == sign);
                let space = text[..close].ends_with([' ', '\t']);
                if fits && space == space_inside && edge(text[close + closing..end].chars().next())
                {
                    // Signs beyond two belong to what is inside.
                    let inner = &text[at + sign..close + closing - sign];
                    let start = at + sign + (inner.len() - inner.trim_start().len());
                    return Ok((
                        close + closing - at,
                        Span::new(start, start + inner.trim().len()),
                    ));
                }
                // The next sign that could end the formula decides.
                return Err(run);
            }
            _ => close += 1,
        }
    }
    Err(run)
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || (!character.is_ascii() && !character.is_alphanumeric() && !character.is_whitespace())
}
