//! YAML -> tokens, line by line: enough to colour it, not to read it. A document with errors is coloured as far as it can be.

use super::cursor::{Cursor, length_until};
use super::token::TokenKind;

/// Tokenizes everything the cursor has left.
pub(super) fn tokenize(cursor: &mut Cursor<'_, '_>) {
    let (code, base) = (cursor.code, cursor.base);
    // The indentation of the key whose block scalar (`|` or `>`) is on the lines below it.
    let mut block_key: Option<usize> = None;
    let mut start = cursor.at;
    for line in code[start..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if is_block_line(line, indent, block_key) {
            let end = line.trim_end().len().max(indent);
            let (from, to) = (base + start + indent, base + start + end);
            cursor.tokens.add(TokenKind::Text, from, to);
        } else {
            let mut line = LineLexer {
                cursor: Cursor::new(line.trim_end(), base + start, cursor.tokens),
                in_flow: false,
            };
            block_key = if line.tokenize() {
                Some(line.key_indent())
            } else {
                None
            };
        }
        start += line.len();
    }
    cursor.at = code.len();
}

/// True if a line belongs to the block scalar of the key at `block_key`: it is blank, or further in.
fn is_block_line(line: &str, indent: usize, block_key: Option<usize>) -> bool {
    match block_key {
        Some(key) => indent > key || line.trim().is_empty(),
        None => false,
    }
}

struct LineLexer<'c, 't> {
    cursor: Cursor<'c, 't>,
    /// True inside `[a, b]` or `{a: b}`.
    in_flow: bool,
}

impl LineLexer<'_, '_> {
    /// The column of the line's key: the lines of its block scalar are indented further than that. `- a: |` counts from `a`.
    fn key_indent(&self) -> usize {
        let line = self.cursor.code;
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        if rest.starts_with("- ") && rest.contains(':') {
            indent + rest.len() - rest.trim_start_matches(['-', ' ']).len()
        } else {
            indent
        }
    }

    /// True if the value is a block scalar, on the lines below.
    fn tokenize(&mut self) -> bool {
        let line = self.cursor.code;
        if line.starts_with("---") || line.starts_with("...") || line.starts_with('%') {
            self.cursor.token(TokenKind::Meta, line.len());
            return false;
        }
        while let Some(char) = self.cursor.peek() {
            let at = self.cursor.at;
            let rest = self.cursor.rest();
            let after_blank = at == 0 || line[..at].ends_with([' ', '\t', '[', '{', ',']);
            match char {
                // Within a word, `#` is part of it: `C#`.
                '#' if after_blank => self.cursor.token(TokenKind::Comment, line.len()),
                '"' | '\'' if after_blank => self.quoted(char),
                '&' | '*' if after_blank && rest.len() > 1 => {
                    self.cursor.token(TokenKind::Variable, at + word(rest));
                }
                '!' if after_blank => self.cursor.token(TokenKind::Type, at + word(rest)),
                '|' | '>' if after_blank && is_block_header(rest) => {
                    self.cursor.token(TokenKind::Meta, line.len());
                    return true;
                }
                '[' | '{' => (self.in_flow, self.cursor.at) = (true, at + 1),
                ' ' | '\t' | ']' | '}' | ',' | ':' | '?' => self.cursor.at += 1,
                '-' if rest == "-" || rest.starts_with("- ") => self.cursor.at += 1,
                _ => self.plain_scalar(),
            }
        }
        false
    }

    fn quoted(&mut self, quote: char) {
        let start = self.cursor.at;
        let mut escaped = false;
        let mut end = self.cursor.code.len();
        for (offset, char) in self.cursor.rest().char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if char == '\\' && quote == '"' {
                escaped = true;
            } else if char == quote {
                end = start + offset + 1;
                break;
            }
        }
        // JSON is YAML, and there all keys are in quotes.
        let is_key = is_colon(self.cursor.code[end..].trim_start());
        let kind = if is_key {
            TokenKind::Attribute
        } else {
            TokenKind::Text
        };
        self.cursor.token(kind, end);
    }

    /// A key, or a value without quotes.
    fn plain_scalar(&mut self) {
        let rest = self.cursor.rest();
        let mut end = rest.len();
        for (offset, char) in rest.char_indices() {
            let after = &rest[offset..];
            if char == ':' && is_colon(after) {
                return self
                    .cursor
                    .token(TokenKind::Attribute, self.cursor.at + offset);
            }
            if after.starts_with(" #") || self.in_flow && matches!(char, ',' | ']' | '}') {
                end = offset;
                break;
            }
        }
        let value = rest[..end].trim_end();
        // At least one character is consumed, or the line would never end.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let end = self.cursor.at + value.len().max(first);
        match scalar_kind(value) {
            Some(kind) => self.cursor.token(kind, end),
            None => self.cursor.at = end,
        }
    }
}

/// What a plain scalar is, if it isn't text. `yes` and `on` are booleans in YAML 1.1, which most readers of help pages still use.
fn scalar_kind(value: &str) -> Option<TokenKind> {
    match value {
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "True" | "False" | "~" => {
            return Some(TokenKind::Literal);
        }
        _ => {}
    }
    for byte in value.bytes() {
        if !byte.is_ascii_digit() && !b".-+eE_:T".contains(&byte) {
            return None;
        }
    }
    if value.contains(char::is_numeric) {
        Some(TokenKind::Number)
    } else {
        None
    }
}

/// True for `|` or `>` with nothing but indicators behind it.
fn is_block_header(rest: &str) -> bool {
    let indicators = rest[1..].trim_start_matches(['+', '-']);
    indicators.trim_start_matches(char::is_numeric).is_empty()
}

/// True if `text` begins with the colon after a key: `a:b` is one word.
fn is_colon(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some(after) => after.is_empty() || after.starts_with([' ', '\t', '\r', '\n']),
        None => false,
    }
}

/// The length of an anchor, alias or tag.
fn word(text: &str) -> usize {
    length_until(text, |char| matches!(char, ' ' | '\t' | ',' | ']' | '}')).max(1)
}
