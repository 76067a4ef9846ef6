//! `{#id .class key=value}`: attributes an author gives to what is before or after them, where a site switches them on (Markdig's generic
//! attributes). Finds them; what they belong to is decided where the tree around them is known.

use crate::source::Span;

use super::source_line::SourceLine;

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
    /// Adds `more` attributes; of two ids the later one counts.
    pub fn merge(&mut self, more: Attributes) {
        self.id = more.id.or(self.id.take());
        self.classes.extend(more.classes);
        self.others.extend(more.others);
    }

    fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.others.is_empty()
    }
}

/// Attributes and where they are.
pub(super) struct FoundAttributes {
    pub span: Span,
    pub attributes: Attributes,
    /// True among text; false on a line of their own, or at the end of a heading or a fence.
    pub is_inline: bool,
}

/// All attributes of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize) -> Vec<FoundAttributes> {
    let mut found = Vec::new();
    let mut at = from;
    let mut line = SourceLine::default();
    while let Some(offset) = text[at..].find('{') {
        let start = at + offset;
        at = start + 1;
        if start >= line.end {
            line = SourceLine::around(text, start);
        }
        let before = &text[line.content.min(start)..start];
        // In an address `{` is a placeholder that a template fills, and not the start of
        // attributes.
        if before.ends_with('\\') || is_in_address(before) {
            continue;
        }
        let Some((len, attributes)) = read(line.rest(text, start)) else {
            continue;
        };
        let end = start + len;
        let ends_line = text[end..line.end].trim().is_empty();
        // Markdig gives a heading or a fence what is behind it, and takes it out of the text.
        let ends_block = before.starts_with('#')
            || before.starts_with("```")
            || before.starts_with("~~~")
            || before.is_empty() && is_after_blank_line(text, from, line.start);
        found.push(FoundAttributes {
            span: Span::new(start, end),
            attributes,
            is_inline: !(ends_line && ends_block),
        });
        at = end;
    }
    found
}

/// True if no text is right above the line that starts at `line_start`: below text, attributes belong to it.
fn is_after_blank_line(text: &str, from: usize, line_start: usize) -> bool {
    let above = text[from..line_start.max(from)].trim_end_matches(['\r', '\n']);
    let breaks = &text[from + above.len()..line_start.max(from + above.len())];
    above.is_empty() || breaks.matches('\n').count() > 1
}

/// The most bytes that are searched for the beginning of an address.
const LONGEST_ADDRESS: usize = 2000;

/// True within the brackets of a link's address.
fn is_in_address(before: &str) -> bool {
    // No address is longer; a line can be, and has many braces then.
    let mut start = before.len().saturating_sub(LONGEST_ADDRESS);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = &before[start..];
    match before.rfind("](") {
        Some(open) => !before[open..].contains(')'),
        None => false,
    }
}

/// Reads what starts with `{`: its length and the attributes.
pub(super) fn read(text: &str) -> Option<(usize, Attributes)> {
    let mut reader = AttributeReader {
        rest: &text[1..],
        attributes: Attributes::default(),
    };
    loop {
        reader.skip_spaces();
        match reader.rest.chars().next()? {
            '}' => break,
            '#' => reader.attributes.id = Some(reader.word()?),
            '.' => {
                let class = reader.word()?;
                reader.attributes.classes.push(class);
            }
            first if first.is_ascii_alphabetic() || matches!(first, '_' | ':') => {
                reader.pair()?;
            }
            _ => return None,
        }
    }
    let len = text.len() - reader.rest.len() + 1;
    (!reader.attributes.is_empty()).then_some((len, reader.attributes))
}

struct AttributeReader<'a> {
    rest: &'a str,
    attributes: Attributes,
}

impl<'a> AttributeReader<'a> {
    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// Takes what is before the first sign that `ends`; nothing if there is none, as `}` has to follow.
    fn take_until(&mut self, ends: fn(char) -> bool) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at(self.rest.find(ends)?);
        self.rest = rest;
        Some(taken)
    }

    /// `#id` or `.class`, without its sign.
    fn word(&mut self) -> Option<Box<str>> {
        self.rest = &self.rest[1..];
        let word = self.take_until(ends_word)?;
        (!word.is_empty()).then(|| word.into())
    }

    /// `key=value`, `key="value"` or `key`
    fn pair(&mut self) -> Option<()> {
        let key = self.take_until(ends_key)?;
        let has_space = self.rest.starts_with([' ', '\t']);
        self.skip_spaces();
        if !self.rest.starts_with('=') {
            // A key alone ends with a space or with the attributes.
            if !has_space && !self.rest.starts_with('}') {
                return None;
            }
            self.attributes.others.push((key.into(), "".into()));
            return Some(());
        }
        self.rest = &self.rest[1..];
        self.skip_spaces();
        let value = self.value()?;
        self.attributes.others.push((key.into(), value.into()));
        Some(())
    }

    fn value(&mut self) -> Option<&'a str> {
        let is_quote: fn(char) -> bool = match self.rest.chars().next()? {
            '"' => |sign| sign == '"',
            '\'' => |sign| sign == '\'',
            _ => {
                let value = self.take_until(ends_word)?;
                return (!value.is_empty()).then_some(value);
            }
        };
        self.rest = &self.rest[1..];
        let value = self.take_until(is_quote)?;
        self.rest = &self.rest[1..];
        Some(value)
    }
}

fn ends_word(sign: char) -> bool {
    sign == '}' || sign.is_whitespace()
}

fn ends_key(sign: char) -> bool {
    !sign.is_alphanumeric() && !matches!(sign, '_' | ':' | '.' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_markdig_reads() {
        let typed = "{#a-link .myclass data-lang=fr data-value=\"This is a value\" alone}";
        let (len, attributes) = read(&format!("{typed} more")).unwrap();
        assert_eq!(len, typed.len());
        assert_eq!(attributes.id.as_deref(), Some("a-link"));
        assert_eq!(attributes.classes.len(), 1);
        assert_eq!(attributes.others.len(), 3);
        for odd in [
            "{", "{}", "{ }", "{#}", "{a b", "{1}", "{a=}", "{a='x}", "{$x}", "{x y=\"}",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn attributes_on_their_own_line_or_behind_a_heading_are_no_text() {
        for (text, is_inline) in [
            ("# A {#b}\n", false),
            ("{.x}\ntext\n", false),
            ("text\n{.x}\n", true),
            ("*a*{.x} b\n", true),
        ] {
            let found = find(text, 0);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].is_inline, is_inline, "{text}");
        }
        assert!(find("[a](x{.y}) \\{.z}", 0).is_empty());
    }
}
