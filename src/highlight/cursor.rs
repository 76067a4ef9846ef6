//! The position of a tokenizer in the code, and the languages it can hand embedded code to.

use super::token::{TokenKind, Tokens};

/// Code being tokenized. `code` may be a part of the whole: `base` is where it begins, in bytes.
pub(super) struct Cursor<'c, 't> {
    pub code: &'c str,
    pub base: usize,
    /// The next byte to look at, counted from the start of `code`; always on a character boundary.
    pub at: usize,
    pub tokens: &'t mut Tokens,
}

/// Tokenizers by name, for code embedded in code: a script in HTML, a body in an HTTP request.
pub(super) trait Languages {
    /// Tokenizes the range `from..to` of the cursor's code as `language`, and moves on to `to`. An unknown language leaves the range plain.
    fn tokenize_embedded(&self, language: &str, cursor: &mut Cursor<'_, '_>, to: usize);
}

impl<'c, 't> Cursor<'c, 't> {
    pub fn new(code: &'c str, base: usize, tokens: &'t mut Tokens) -> Self {
        Cursor {
            code,
            base,
            at: 0,
            tokens,
        }
    }

    /// The code not looked at yet.
    pub fn rest(&self) -> &'c str {
        &self.code[self.at..]
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Makes everything up to `end` a token.
    pub fn token(&mut self, kind: TokenKind, end: usize) {
        self.tokens.add(kind, self.base + self.at, self.base + end);
        self.at = end;
    }

    /// Makes everything up to and including the next `end` a token, or all that is left if there is none.
    pub fn token_through(&mut self, kind: TokenKind, end: &str) {
        let end = match self.rest().find(end) {
            Some(length) => self.at + length + end.len(),
            None => self.code.len(),
        };
        self.token(kind, end);
    }

    /// Where the line ends.
    pub fn line_end(&self) -> usize {
        match self.rest().find('\n') {
            Some(length) => self.at + length,
            None => self.code.len(),
        }
    }
}

/// How many bytes of `text` come before the first character that `ends` holds for.
pub(super) fn length_until(text: &str, ends: impl Fn(char) -> bool) -> usize {
    text.find(ends).unwrap_or(text.len())
}

/// How many bytes of blanks `text` begins with.
pub(super) fn leading_blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}
