//! YAML -> its parts, line by line.

use super::{Marks, Part};

pub(super) fn read(code: &str, base: usize, marks: &mut Marks) {
    // The indentation of the key whose text stands in the lines below it.
    let mut block: Option<usize> = None;
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let blank = line.trim().is_empty();
        if block.is_some_and(|outer| blank || indent > outer) {
            marks.add(
                Part::Text,
                base + start + indent.min(line.len()),
                base + start + line.trim_end().len().max(indent.min(line.len())),
            );
        } else {
            block = None;
            let mut walk = Line {
                line: line.trim_end(),
                base: base + start,
                at: 0,
                flow: false,
                marks,
            };
            if walk.read() {
                block = Some(walk.indent());
            }
        }
        start += line.len();
    }
}

struct Line<'c, 'm> {
    line: &'c str,
    base: usize,
    at: usize,
    /// True inside `[a, b]` or `{a: b}`.
    flow: bool,
    marks: &'m mut Marks,
}

impl Line<'_, '_> {
    fn add(&mut self, part: Part, end: usize) {
        self.marks.add(part, self.base + self.at, self.base + end);
        self.at = end;
    }

    /// How far the text of the line's last key has to be indented: as far as the key.
    fn indent(&self) -> usize {
        let rest = self.line.trim_start_matches(' ');
        let dashes = rest.len() - rest.trim_start_matches(['-', ' ']).len();
        let dashed = rest.starts_with("- ");
        self.line.len() - rest.len()
            + if dashed && rest.contains(':') {
                dashes
            } else {
                0
            }
    }

    /// True if the text of the value stands in the lines below.
    fn read(&mut self) -> bool {
        if self.line.starts_with("---")
            || self.line.starts_with("...")
            || self.line.starts_with('%')
        {
            self.add(Part::Meta, self.line.len());
            return false;
        }
        while self.at < self.line.len() {
            let rest = &self.line[self.at..];
            let Some(char) = rest.chars().next() else {
                break;
            };
            let after_blank =
                self.at == 0 || self.line[..self.at].ends_with([' ', '\t', '[', '{', ',']);
            match char {
                '#' if after_blank => self.add(Part::Comment, self.line.len()),
                '"' | '\'' if after_blank => self.quoted(char),
                '&' | '*' if after_blank && rest.len() > 1 => {
                    self.add(Part::Variable, self.at + word(rest))
                }
                '!' if after_blank => self.add(Part::Type, self.at + word(rest)),
                '|' | '>'
                    if after_blank
                        && rest[1..]
                            .trim_start_matches(['+', '-'])
                            .trim_start_matches(char::is_numeric)
                            .is_empty() =>
                {
                    self.add(Part::Meta, self.line.len());
                    return true;
                }
                '[' | '{' => (self.flow, self.at) = (true, self.at + 1),
                ' ' | '\t' | ']' | '}' | ',' | ':' | '?' => self.at += 1,
                '-' if rest == "-" || rest.starts_with("- ") => self.at += 1,
                _ => self.scalar(),
            }
        }
        false
    }

    fn quoted(&mut self, quote: char) {
        let mut escaped = false;
        let mut end = self.line.len();
        for (offset, char) in self.line[self.at..].char_indices().skip(1) {
            match char {
                _ if escaped => escaped = false,
                '\\' if quote == '"' => escaped = true,
                _ if char == quote => {
                    end = self.at + offset + 1;
                    break;
                }
                _ => {}
            }
        }
        let key = is_colon(self.line[end..].trim_start());
        self.add(if key { Part::Attribute } else { Part::Text }, end);
    }

    /// A key, or a value without quotes.
    fn scalar(&mut self) {
        let rest = &self.line[self.at..];
        let mut end = rest.len();
        for (offset, char) in rest.char_indices() {
            let after = &rest[offset..];
            if char == ':' && is_colon(after) {
                return self.add(Part::Attribute, self.at + offset);
            }
            if after.starts_with(" #") || self.flow && matches!(char, ',' | ']' | '}') {
                end = offset;
                break;
            }
        }
        let value = rest[..end].trim_end();
        let part = match value {
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "True" | "False" | "~" => {
                Some(Part::Literal)
            }
            _ if value
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b".-+eE_:T".contains(&byte))
                && value.contains(char::is_numeric) =>
            {
                Some(Part::Number)
            }
            _ => None,
        };
        let end = self.at
            + value
                .len()
                .max(rest.chars().next().map_or(1, char::len_utf8));
        match part {
            Some(part) => self.add(part, end),
            None => self.at = end,
        }
    }
}

/// True if `text` begins with the colon behind a key.
fn is_colon(text: &str) -> bool {
    text.strip_prefix(':')
        .is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t', '\r', '\n']))
}

fn word(text: &str) -> usize {
    text.find([' ', '\t', ',', ']', '}'])
        .unwrap_or(text.len())
        .max(1)
}
