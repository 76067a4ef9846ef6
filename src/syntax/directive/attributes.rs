//! `{#id .class key=value}`: attributes an author gives to what stands before or behind, where a site switches them on (Markdig's generic
//! attributes). Finds them; what they belong to is decided where the words around them are known.

use std::ops::Range;

use crate::source::Span;

use super::{Directive, Found, Hide, Line};

/// What is written between `{` and `}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The last `#id`.
    pub id: Option<Box<str>>,
    /// Every `.class`.
    pub classes: Vec<Box<str>>,
    /// Every `key=value`; a key alone has the empty value.
    pub others: Vec<(Box<str>, Box<str>)>,
}

impl Attributes {
    /// Takes in more of them; of two ids the later one counts.
    pub fn merge(&mut self, more: Attributes) {
        self.id = more.id.or(self.id.take());
        self.classes.extend(more.classes);
        self.others.extend(more.others);
    }
}

/// All attributes of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, found: &mut Vec<Found>) {
    let mut at = from;
    let mut line = Line::default();
    while let Some(start) = text[at..].find('{').map(|offset| at + offset) {
        at = start + 1;
        if start >= line.end {
            line = Line::around(text, start);
        }
        let before = &text[line.content.min(start)..start];
        if before.ends_with('\\') || in_address(before) {
            continue;
        }
        let Some((len, attributes)) = read(line.from(text, start)) else {
            continue;
        };
        let ends_line = text[start + len..line.end].trim().is_empty();
        // Below other words it belongs to them.
        let above = text[from..line.start.max(from)].trim_end_matches(['\r', '\n']);
        let is_apart =
            above.is_empty() || text[from + above.len()..line.start].matches('\n').count() > 1;
        let alone = ends_line && before.is_empty() && is_apart;
        let takes_rest = ends_line
            && (before.starts_with('#') || before.starts_with("```") || before.starts_with("~~~"));
        let hide = if alone || takes_rest {
            Hide::Blank
        } else {
            Hide::Tag
        };
        found.push(Found {
            span: Span::new(start, start + len),
            directive: Directive::Attributes(attributes.into()),
            hide,
        });
        at = start + len;
    }
}

/// True within the brackets of a link's address.
fn in_address(before: &str) -> bool {
    before
        .rfind("](")
        .is_some_and(|open| !before[open..].contains(')'))
}

/// Reads what starts with `{`: its length and what it says.
fn read(text: &str) -> Option<(usize, Attributes)> {
    let mut attributes = Attributes::default();
    let mut rest = &text[1..];
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let first = rest.chars().next()?;
        match first {
            '}' => break,
            '#' | '.' => {
                let word = until(&rest[1..], |sign| sign == '}' || sign.is_whitespace())?;
                if word.is_empty() {
                    return None;
                }
                match first {
                    '#' => attributes.id = Some(rest[1..][word.clone()].into()),
                    _ => attributes.classes.push(rest[1..][word.clone()].into()),
                }
                rest = &rest[1 + word.end..];
            }
            first if first.is_ascii_alphabetic() || matches!(first, '_' | ':') => {
                let name = until(rest, |sign| {
                    !(sign.is_alphanumeric() || matches!(sign, '_' | ':' | '.' | '-'))
                })?;
                let key = &rest[name.clone()];
                let after = rest[name.end..].trim_start_matches([' ', '\t']);
                let Some(value) = after.strip_prefix('=') else {
                    if after.len() == rest.len() - name.end && !after.starts_with('}') {
                        return None;
                    }
                    attributes.others.push((key.into(), "".into()));
                    rest = after;
                    continue;
                };
                let value = value.trim_start_matches([' ', '\t']);
                let quote = value
                    .chars()
                    .next()
                    .filter(|quote| matches!(quote, '"' | '\''));
                let inner = if quote.is_some() { &value[1..] } else { value };
                let range = match quote {
                    Some(quote) => until(inner, |sign| sign == quote)?,
                    None => until(inner, |sign| sign == '}' || sign.is_whitespace())
                        .filter(|range| !range.is_empty())?,
                };
                attributes
                    .others
                    .push((key.into(), inner[range.clone()].into()));
                rest = &inner[range.end + usize::from(quote.is_some())..];
            }
            _ => return None,
        }
    }
    let len = text.len() - rest.len() + 1;
    (attributes != Attributes::default()).then_some((len, attributes))
}

/// What stands before the first sign that `ends`; nothing if there is none.
fn until(text: &str, ends: impl Fn(char) -> bool) -> Option<Range<usize>> {
    text.find(ends).map(|end| 0..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_markdig_reads() {
        let (len, read_here) =
            read("{#a-link .myclass data-lang=fr data-value=\"This is a value\" alone} more")
                .unwrap();
        assert_eq!(
            len,
            "{#a-link .myclass data-lang=fr data-value=\"This is a value\" alone}".len()
        );
        assert_eq!(
            (
                read_here.id.as_deref(),
                read_here.classes.len(),
                read_here.others.len()
            ),
            (Some("a-link"), 1, 3)
        );
        for odd in [
            "{", "{}", "{ }", "{#}", "{a b", "{1}", "{a=}", "{a='x}", "{$x}", "{x y=\"}",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
