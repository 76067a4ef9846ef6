//! The spans that tokenizers produce.

/// What a span of code is. A theme sees it as a class: `hl-` and a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of an attribute, a property, a key or an option.
    Attribute,
    /// A comment.
    Comment,
    /// The name of a function or command.
    Function,
    /// A keyword of the language.
    Keyword,
    /// A named value: `true`, `null`.
    Literal,
    /// A directive or declaration about the code.
    Meta,
    /// A number.
    Number,
    /// A string.
    Text,
    /// The name of a type, or of an element.
    Type,
    /// A variable, in languages that mark them.
    Variable,
}

/// A span of code, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Tokens in the order of the code. They don't overlap; text between them is plain.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tokens(Vec<Token>);

impl Tokens {
    /// All tokens.
    pub fn as_slice(&self) -> &[Token] {
        &self.0
    }

    /// Appends a token. Empty ones are dropped; one that continues the last of the same kind extends it, so that the HTML has fewer elements.
    pub(super) fn add(&mut self, kind: TokenKind, start: usize, end: usize) {
        match self.0.last_mut() {
            Some(last) if last.kind == kind && last.end == start => last.end = end,
            _ if start < end => self.0.push(Token { kind, start, end }),
            _ => {}
        }
    }

    /// Changes the kind of the last token if it begins at `start`.
    pub(super) fn reclassify_last(&mut self, start: usize, kind: TokenKind) {
        if let Some(last) = self.0.last_mut()
            && last.start == start
        {
            last.kind = kind;
        }
    }
}
