//! Source code and a grammar -> coloured spans. In: the text of a code block and the name of its language. Out: [`Tokens`], byte ranges with a
//! [`TokenKind`] each. Grammars are data: those of the program in `templates/highlight`, and those of a site in a folder of the same name,
//! which take precedence.
//!
//! Knows nothing of HTML, of colours or of Markdown. Every tokenizer runs in time linear in the length of the code: pages
//! are built from unreviewed text.

mod cursor;
mod grammar;
mod grammar_lexer;
mod highlighter;
mod http;
mod markup;
mod token;
mod yaml;

pub use highlighter::Highlighter;
pub use token::{Token, TokenKind, Tokens};
