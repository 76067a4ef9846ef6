//! Where the YAML library stopped -> what the author typed there, and what to type instead. The library names its own state ("simple key
//! expected"); the usual mistakes can be seen in the line itself. Knows no keys.

use crate::message;
use crate::source::{Message, Span};

/// What is wrong with a text that is no YAML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Explanation {
    /// Where, in bytes of the text.
    pub(super) span: Span,
    pub(super) message: Message,
    /// What to type instead, a sentence.
    pub(super) help: Message,
}

/// Explains the error at byte `at`; nothing if it is none of the usual ones.
pub(super) fn explain(text: &str, at: usize) -> Option<Explanation> {
    let lines = Lines::around(text, at);
    if let Some(line) = lines.all().find(|line| is_conflict_mark(line.text)) {
        return Some(Explanation {
            span: line.span(),
            message: "a merge conflict was left in the text".into(),
            help: "Choose one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`.".into(),
        });
    }
    // The library often stops in the line below the slip, as a value could go on there.
    for line in [Some(lines.at), lines.before, lines.after] {
        let Some(line) = line else { continue };
        let found = tab(line)
            .or_else(|| odd_space(line))
            .or_else(|| missing_space(line))
            .or_else(|| colon_in_value(line))
            .or_else(|| open_quote(line))
            .or_else(|| sign_at_start(line));
        if found.is_some() {
            return found;
        }
    }
    lines.indentation()
}

#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn span(self) -> Span {
        Span::new(
            self.start + self.indent(),
            self.start + self.text.trim_end().len(),
        )
    }

    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }

    /// The key and the value behind it, without the dashes of a list; the offset of the key.
    fn entry(self) -> Option<(usize, &'a str, &'a str)> {
        let mut rest = self.text.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        let (key, value) = rest.split_once(':')?;
        let is_key = !key.is_empty() && key.chars().all(is_key_char);
        is_key.then_some((self.text.len() - rest.len(), key, value))
    }
}

fn is_key_char(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '-' | '.')
}

struct Lines<'a> {
    text: &'a str,
    at: Line<'a>,
    /// The last line above that is not empty.
    before: Option<Line<'a>>,
    after: Option<Line<'a>>,
}

impl<'a> Lines<'a> {
    fn around(text: &'a str, at: usize) -> Lines<'a> {
        let (mut before, mut found) = (None, None);
        let mut after = None;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let line = Line {
                start,
                text: line.trim_end_matches(['\n', '\r']),
            };
            if found.is_some() {
                after = Some(line);
                break;
            }
            // Where something is missing at the end, the library stops behind the last line.
            if at < end || end == text.len() {
                found = Some(line);
            } else if !line.text.trim().is_empty() {
                before = Some(line);
            }
            start = end;
        }
        Lines {
            text,
            at: found.unwrap_or(Line { start: 0, text: "" }),
            before,
            after,
        }
    }

    fn all(&self) -> impl Iterator<Item = Line<'a>> {
        let mut start = 0;
        self.text.split_inclusive('\n').map(move |line| {
            let line_start = start;
            start += line.len();
            Line {
                start: line_start,
                text: line,
            }
        })
    }

    /// A line that is indented otherwise than the one above, although it is not part of it.
    fn indentation(&self) -> Option<Explanation> {
        let above = self.before?;
        let (own, other) = (self.at.indent(), above.indent());
        let is_item = |line: Line<'_>| line.text.trim_start().starts_with("- ");
        let has_value = above
            .entry()
            .is_some_and(|(_, _, value)| !value.trim().is_empty());
        if own == other || self.at.text.trim().is_empty() || !has_value && !is_item(above) {
            return None;
        }
        let (direction, typed) = match own > other {
            true => ("further", self.at.text.trim()),
            false => ("less far", self.at.text.trim()),
        };
        let word = typed.split_whitespace().next().unwrap_or(typed);
        Some(Explanation {
            span: self.at.span(),
            message: message!(
                "this line is indented {direction} than the one above, to which it doesn't belong",
                direction
            ),
            help: message!(
                "Begin `{word}` in the same column as the entry it belongs beside.",
                word
            ),
        })
    }
}

fn is_conflict_mark(line: &str) -> bool {
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line.trim_end() == "======="
}

fn tab(line: Line<'_>) -> Option<Explanation> {
    let offset = line.text[..line.indent()].find('\t')?;
    let start = line.start + offset;
    Some(Explanation {
        span: Span::new(start, start + 1),
        message: "there is a tab in the indentation".into(),
        help: "Indent with spaces: YAML has no tabs.".into(),
    })
}

/// Characters that look like a space, or like nothing, and are none for YAML.
const ODD_SPACES: [(char, &str); 6] = [
    ('\u{A0}', "no-break space (U+00A0)"),
    ('\u{202F}', "narrow no-break space (U+202F)"),
    ('\u{2009}', "thin space (U+2009)"),
    ('\u{3000}', "wide space (U+3000)"),
    ('\u{200B}', "zero width space (U+200B)"),
    ('\u{FEFF}', "byte order mark (U+FEFF)"),
];

fn odd_space(line: Line<'_>) -> Option<Explanation> {
    for (space, name) in ODD_SPACES {
        let Some(offset) = line.text.find(space) else {
            continue;
        };
        let before = line.text[..offset].trim_start();
        // Within a value it is an ordinary character.
        if !before.is_empty() && !before.ends_with([':', '-']) {
            continue;
        }
        let start = line.start + offset;
        let place = match before.is_empty() {
            true => Message::from("in the indentation"),
            false => message!("behind `{before}`", before),
        };
        return Some(Explanation {
            span: Span::new(start, start + space.len_utf8()),
            message: message!("{place} is a {space}", place, space = name),
            help: "Type an ordinary space.".into(),
        });
    }
    None
}

/// `title:Text`
fn missing_space(line: Line<'_>) -> Option<Explanation> {
    let (offset, key, value) = line.entry()?;
    let is_address =
        value.starts_with("//") || value.starts_with(|first: char| first.is_ascii_digit());
    if value.is_empty() || value.starts_with([' ', '\t']) || is_address {
        return None;
    }
    let start = line.start + offset;
    Some(Explanation {
        span: Span::new(start, start + key.len() + 1),
        message: message!("there is no space behind `{key}:`", key),
        help: message!("Write `{key}: {value}`.", key, value = value.trim_end()),
    })
}

/// `title: Text: more`
fn colon_in_value(line: Line<'_>) -> Option<Explanation> {
    let (_, key, value) = line.entry()?;
    let text = value.trim();
    let is_plain = !text.starts_with(['"', '\'', '[', '{', '|', '>', '#']);
    if !is_plain || !text.contains(": ") && !text.ends_with(':') {
        return None;
    }
    let start = line.start + line.text.len() - value.trim_start().len();
    Some(Explanation {
        span: Span::new(start, start + text.len()),
        message: message!(
            "the value of `{key}` has a colon in it, and is not quoted",
            key
        ),
        help: message!("Write `{key}: {quoted}`.", key, quoted = quoted(text)),
    })
}

/// `title: "Text`
fn open_quote(line: Line<'_>) -> Option<Explanation> {
    let (_, key, value) = line.entry()?;
    let text = value.trim();
    let quote = text
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))?;
    let inner = &text[1..];
    let start = line.start + line.text.len() - value.trim_start().len();
    let span = Span::new(start, start + text.len());
    let Some(end) = inner.find(quote) else {
        return Some(Explanation {
            span,
            message: message!(
                "the quote that opens the value of `{key}` is not closed",
                key
            ),
            help: message!("Write `{key}: {quoted}`.", key, quoted = quoted(inner)),
        });
    };
    let rest = inner[end + 1..].trim_start();
    if rest.is_empty() || rest.starts_with(['#', ',', quote]) {
        return None;
    }
    Some(Explanation {
        span,
        message: message!("the value of `{key}` goes on behind its quotes", key),
        help: message!("Write `{key}: {quoted}`.", key, quoted = quoted(text)),
    })
}

/// `title: @name`
fn sign_at_start(line: Line<'_>) -> Option<Explanation> {
    let (_, key, value) = line.entry()?;
    let text = value.trim();
    let first = text.chars().next()?;
    let is_open = |open: char, close: char| first == open && !text.contains(close);
    if !matches!(first, '@' | '`' | '%' | '*' | '&') && !is_open('[', ']') && !is_open('{', '}') {
        return None;
    }
    let start = line.start + line.text.len() - value.trim_start().len();
    Some(Explanation {
        span: Span::new(start, start + first.len_utf8()),
        message: message!(
            "a value cannot begin with `{first}` unless it is quoted",
            first
        ),
        help: message!("Write `{key}: {quoted}`.", key, quoted = quoted(text)),
    })
}

/// A text as a scalar in the quotes it needs fewest escapes in.
fn quoted(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    // A backslash begins an escape in double quotes, and is itself in single ones (YAML 1.2, 7.3.1 and 7.3.2).
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, error: usize) -> (String, String) {
        match explain(text, error) {
            Some(found) => (found.span.of(text).to_owned(), found.help.to_string()),
            None => (String::new(), String::new()),
        }
    }

    #[test]
    fn the_usual_slips_are_named_where_they_are() {
        for (text, error, blamed, help) in [
            (
                "title: Slik: gjør du\n",
                11,
                "Slik: gjør du",
                "Write `title: 'Slik: gjør du'`.",
            ),
            ("title:Slik\nuid: x\n", 11, "title:", "Write `title: Slik`."),
            (
                "a: 1\nlist:\n\t- x\n",
                11,
                "\t",
                "Indent with spaces: YAML has no tabs.",
            ),
            ("title:\u{A0}Slik\n", 0, "\u{A0}", "Type an ordinary space."),
            (
                "title: \"Slik\nuid: x\n",
                13,
                "\"Slik",
                "Write `title: 'Slik'`.",
            ),
            ("by: @kari\n", 4, "@", "Write `by: '@kari'`."),
            (
                "title: \"Kjapt\" sagt\n",
                15,
                "\"Kjapt\" sagt",
                "Write `title: '\"Kjapt\" sagt'`.",
            ),
            (
                "title: Karis \"x\": 'y'\n",
                16,
                "Karis \"x\": 'y'",
                "Write `title: \"Karis \\\"x\\\": 'y'\"`.",
            ),
            (
                "title: A\n  uid: x\n",
                11,
                "uid: x",
                "Begin `uid:` in the same column as the entry it belongs beside.",
            ),
        ] {
            assert_eq!(
                at(text, error),
                (blamed.to_owned(), help.to_owned()),
                "{text}"
            );
        }
        assert_eq!(explain("url: https://a.example\n- x", 24), None);
    }
}
