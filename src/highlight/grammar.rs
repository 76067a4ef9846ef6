//! A grammar file -> the tables the lexer works with. The keys are described in the manual, under Themes. Doesn't know which file it reads.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::token::TokenKind;
use crate::message;
use crate::source::yaml::{self, YamlNode, YamlValue};
use crate::source::{Message, Span};

/// How code of a language is tokenized.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// The names authors use for the language, in lower case.
    pub names: Vec<String>,
    /// True if `SELECT` and `select` are one word.
    pub ignore_case: bool,
    /// Where comments begin and end; those with an empty end run to the end of the line.
    pub comments: Vec<(String, String)>,
    pub quotes: Vec<Quote>,
    /// Words with a meaning.
    pub words: FxHashMap<String, TokenKind>,
    /// Characters of words besides letters, digits and `_`.
    pub letters: Vec<char>,
    /// How variables begin and end; those with an empty end are a name.
    pub variables: Vec<(String, String)>,
    /// Lines that begin with one of these are directives.
    pub directives: Vec<String>,
    /// True if a word before `(` is a function.
    pub calls: bool,
    /// True if a word with a capital letter is a type.
    pub capitals: bool,
    /// True if a word or string before `:` is a key.
    pub keys: bool,
    /// True if lines begin with the name of a command.
    pub commands: bool,
    /// True if `-name` and `--name` are options.
    pub options: bool,
    /// True if `/.../` may be a regular expression.
    pub patterns: bool,
}

/// How a string begins and ends.
#[derive(Debug, Default)]
pub(super) struct Quote {
    pub begin: String,
    pub end: String,
    /// What escapes the character after it; equal to `end` if that is escaped by doubling it; empty if nothing escapes.
    pub escape: String,
    /// True if it may run over several lines.
    pub lines: bool,
    /// Where embedded code begins and ends.
    pub code: Option<(String, String)>,
    /// True if variables are replaced in it.
    pub variables: bool,
}

/// Something invalid in a grammar.
#[derive(Debug)]
pub(super) struct GrammarError {
    pub span: Span,
    pub message: Message,
}

const WORD_LISTS: [(&str, TokenKind); 6] = [
    ("keywords", TokenKind::Keyword),
    ("types", TokenKind::Type),
    ("literals", TokenKind::Literal),
    ("functions", TokenKind::Function),
    ("attributes", TokenKind::Attribute),
    ("meta-words", TokenKind::Meta),
];

/// Reads a grammar whose file name has the stem `stem`: the first name of the language.
pub(super) fn read(stem: &str, text: &str) -> (Grammar, Vec<GrammarError>) {
    let (root, problems) = yaml::parse(text, 0);
    let mut parser = GrammarParser {
        grammar: Grammar {
            names: vec![stem.to_lowercase()],
            ..Grammar::default()
        },
        errors: Vec::new(),
    };
    for problem in problems {
        parser.error(problem.span, problem.message);
    }
    for entry in root.iter().flat_map(YamlNode::entries) {
        parser.key(&entry.key, entry.key_span, &entry.value);
    }
    (parser.grammar.normalized(), parser.errors)
}

impl Grammar {
    fn normalized(mut self) -> Self {
        if self.ignore_case {
            let words = self.words.drain();
            self.words = words
                .map(|(word, kind)| (word.to_lowercase(), kind))
                .collect();
        }
        // The first that matches counts, so the longest comes first: `"""` before `"`.
        self.comments.sort_by_key(|(begin, _)| Reverse(begin.len()));
        self.quotes.sort_by_key(|quote| Reverse(quote.begin.len()));
        self
    }

    /// The kind of a word, if it has a meaning.
    pub fn word(&self, word: &str) -> Option<TokenKind> {
        if self.ignore_case {
            self.words.get(&word.to_lowercase()).copied()
        } else {
            self.words.get(word).copied()
        }
    }
}

struct GrammarParser {
    grammar: Grammar,
    errors: Vec<GrammarError>,
}

impl GrammarParser {
    fn error(&mut self, span: Span, message: impl Into<Message>) {
        let message = message.into();
        self.errors.push(GrammarError { span, message });
    }

    fn key(&mut self, key: &str, span: Span, value: &YamlNode) {
        match key {
            "names" => {
                for name in words(value) {
                    self.grammar.names.push(name.to_lowercase());
                }
            }
            "comments" => self.grammar.comments = pairs(value),
            "variables" => self.grammar.variables = pairs(value),
            "strings" => {
                self.grammar.quotes.clear();
                for item in value.items() {
                    let quote = self.quote(item);
                    self.grammar.quotes.extend(quote);
                }
            }
            "letters" => {
                let letters = value.text().unwrap_or("").split_whitespace();
                self.grammar.letters = letters.flat_map(str::chars).collect();
            }
            "directives" => {
                self.grammar.directives = words(value).into_iter().map(str::to_owned).collect();
            }
            "ignore-case" => self.grammar.ignore_case = self.flag(value),
            "calls" => self.grammar.calls = self.flag(value),
            "capitals" => self.grammar.capitals = self.flag(value),
            "keys" => self.grammar.keys = self.flag(value),
            "commands" => self.grammar.commands = self.flag(value),
            "options" => self.grammar.options = self.flag(value),
            "patterns" => self.grammar.patterns = self.flag(value),
            _ => self.word_list(key, span, value),
        }
    }

    fn word_list(&mut self, key: &str, span: Span, value: &YamlNode) {
        for (list, kind) in WORD_LISTS {
            if list == key {
                for word in words(value) {
                    self.grammar.words.insert(word.to_owned(), kind);
                }
                return;
            }
        }
        self.error(span, message!("unknown grammar key `{key}`", key));
    }

    fn quote(&mut self, node: &YamlNode) -> Option<Quote> {
        // Nearly all languages escape with a backslash.
        let mut quote = Quote {
            escape: "\\".to_owned(),
            ..Quote::default()
        };
        if let Some(text) = node.text() {
            match pairs(node).pop() {
                Some(pair) => (quote.begin, quote.end) = pair,
                None => quote.begin = text.trim().to_owned(),
            }
        }
        for entry in node.entries() {
            let text = entry.value.text().unwrap_or("").trim();
            match &*entry.key {
                "begin" => quote.begin = text.to_owned(),
                "end" => quote.end = text.to_owned(),
                "escape" => quote.escape = text.to_owned(),
                "lines" => quote.lines = self.flag(&entry.value),
                "variables" => quote.variables = self.flag(&entry.value),
                // Code without an end would have no way back into the string.
                "code" => quote.code = pairs(&entry.value).pop().filter(|(_, end)| !end.is_empty()),
                key => self.error(entry.key_span, message!("unknown string key `{key}`", key)),
            }
        }
        if quote.begin.is_empty() {
            self.error(node.span, "a string needs `begin`");
            return None;
        }
        if quote.end.is_empty() {
            quote.end.clone_from(&quote.begin);
        }
        Some(quote)
    }

    fn flag(&mut self, node: &YamlNode) -> bool {
        match node.text() {
            Some("true" | "yes") => true,
            Some("false" | "no") => false,
            _ => {
                self.error(node.span, "expected `true` or `false`");
                false
            }
        }
    }
}

/// `a b c`, or a list of them.
fn words(node: &YamlNode) -> Vec<&str> {
    match &node.value {
        YamlValue::Scalar(scalar) => scalar.text.split_whitespace().collect(),
        _ => node.items().iter().flat_map(words).collect(),
    }
}

/// `//` or `/* */`: a begin, and an end that may be empty; one of them, or a list.
fn pairs(node: &YamlNode) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let items = match &node.value {
        YamlValue::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    for text in items.iter().filter_map(YamlNode::text) {
        let mut words = text.split_whitespace();
        if let Some(begin) = words.next() {
            pairs.push((begin.to_owned(), words.next().unwrap_or("").to_owned()));
        }
    }
    pairs
}
