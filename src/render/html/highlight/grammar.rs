//! A grammar file -> the tables the reader of code works with. The keys are described in the manual, under Themes.

use rustc_hash::FxHashMap;

use super::Part;
use crate::source::Span;
use crate::source::yaml::{self, Node, Value};

/// How code of a language is read.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// What authors call it, in lower case.
    pub names: Vec<String>,
    /// True if `SELECT` and `select` are one word.
    pub ignore_case: bool,
    /// Where comments begin and end; those without an end run to the end of the line.
    pub comments: Vec<(String, String)>,
    pub quotes: Vec<Quote>,
    /// Words that mean something.
    pub words: FxHashMap<String, Part>,
    /// What may stand in a word besides letters, digits and `_`.
    pub letters: Vec<char>,
    /// What variables begin with, and end with if they do.
    pub variables: Vec<(String, String)>,
    /// Lines that begin with one of these are said about the code.
    pub meta: Vec<String>,
    /// True if a word before `(` is a function.
    pub calls: bool,
    /// True if a word with a capital letter is a type.
    pub capitals: bool,
    /// True if a word or text before `:` is the name of a value.
    pub keys: bool,
    /// True if lines begin with the name of a command.
    pub commands: bool,
    /// True if `-name` and `--name` are options.
    pub options: bool,
    /// True if `/.../` may be a regular expression.
    pub patterns: bool,
}

/// How a text begins and ends.
#[derive(Debug, Default)]
pub(super) struct Quote {
    pub begin: String,
    pub end: String,
    /// What takes the meaning of what follows; equal to the end if that is doubled; empty if nothing does.
    pub escape: String,
    /// True if it may run over several lines.
    pub lines: bool,
    /// Where code begins and ends inside it.
    pub code: Option<(String, String)>,
    /// True if variables may stand in it.
    pub variables: bool,
}

const LISTS: [(&str, Part); 6] = [
    ("keywords", Part::Keyword),
    ("types", Part::Type),
    ("literals", Part::Literal),
    ("functions", Part::Function),
    ("attributes", Part::Attribute),
    ("meta-words", Part::Meta),
];

/// Something in a grammar that means nothing.
pub(super) type Slip = (Span, String);

/// Reads a grammar whose file is called `stem`.
pub(super) fn read(stem: &str, text: &str) -> (Grammar, Vec<Slip>) {
    let mut grammar = Grammar {
        names: vec![stem.to_lowercase()],
        ..Grammar::default()
    };
    let (root, problems) = yaml::parse(text, 0);
    let mut slips: Vec<Slip> = problems
        .into_iter()
        .map(|problem| (problem.span, problem.message))
        .collect();
    for entry in root.iter().flat_map(Node::entries) {
        let value = &entry.value;
        match &*entry.key {
            "names" => grammar
                .names
                .extend(words(value).into_iter().map(str::to_lowercase)),
            "comments" => grammar.comments = pairs(value),
            "variables" => grammar.variables = pairs(value),
            "strings" => {
                grammar.quotes = value
                    .items()
                    .iter()
                    .filter_map(|item| quote(item, &mut slips))
                    .collect()
            }
            "letters" => {
                grammar.letters = value
                    .text()
                    .unwrap_or("")
                    .chars()
                    .filter(|char| !char.is_whitespace())
                    .collect()
            }
            "directives" => grammar.meta = words(value).into_iter().map(str::to_owned).collect(),
            "ignore-case" => grammar.ignore_case = flag(value, &mut slips),
            "calls" => grammar.calls = flag(value, &mut slips),
            "capitals" => grammar.capitals = flag(value, &mut slips),
            "keys" => grammar.keys = flag(value, &mut slips),
            "commands" => grammar.commands = flag(value, &mut slips),
            "options" => grammar.options = flag(value, &mut slips),
            "patterns" => grammar.patterns = flag(value, &mut slips),
            key => match LISTS.iter().find(|(list, _)| *list == key) {
                Some((_, part)) => grammar.words.extend(
                    words(value)
                        .into_iter()
                        .map(|word| (word.to_owned(), *part)),
                ),
                None => slips.push((entry.key_span, format!("a grammar has no `{key}`"))),
            },
        }
    }
    if grammar.ignore_case {
        grammar.words = grammar
            .words
            .drain()
            .map(|(word, part)| (word.to_lowercase(), part))
            .collect();
    }
    // The longest first: `"""` before `"`.
    grammar
        .comments
        .sort_by_key(|(begin, _)| std::cmp::Reverse(begin.len()));
    grammar
        .quotes
        .sort_by_key(|quote| std::cmp::Reverse(quote.begin.len()));
    (grammar, slips)
}

/// `a b c`, or a list of them.
fn words(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Scalar(scalar) => scalar.text.split_whitespace().collect(),
        _ => node.items().iter().flat_map(words).collect(),
    }
}

/// `//` or `/* */`.
fn pairs(node: &Node) -> Vec<(String, String)> {
    let texts = match &node.value {
        Value::List(items) => items.iter().filter_map(Node::text).collect(),
        _ => node.text().into_iter().collect::<Vec<_>>(),
    };
    let pair = |text: &str| {
        let mut words = text.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.next().unwrap_or_default()))
    };
    texts.into_iter().filter_map(pair).collect()
}

fn quote(node: &Node, slips: &mut Vec<Slip>) -> Option<Quote> {
    let sign = |text: &str| text.trim().to_owned();
    let mut quote = Quote {
        escape: "\\".to_owned(),
        ..Quote::default()
    };
    if let Some(text) = node.text() {
        (quote.begin, quote.end) = pairs(node)
            .pop()
            .unwrap_or_else(|| (sign(text), String::new()));
    }
    for entry in node.entries() {
        let text = entry.value.text().unwrap_or("");
        match &*entry.key {
            "begin" => quote.begin = sign(text),
            "end" => quote.end = sign(text),
            "escape" => quote.escape = sign(text),
            "lines" => quote.lines = flag(&entry.value, slips),
            "variables" => quote.variables = flag(&entry.value, slips),
            "code" => quote.code = pairs(&entry.value).pop().filter(|(_, end)| !end.is_empty()),
            key => slips.push((entry.key_span, format!("a string has no `{key}`"))),
        }
    }
    if quote.begin.is_empty() {
        slips.push((node.span, "a string needs what it begins with".to_owned()));
        return None;
    }
    if quote.end.is_empty() {
        quote.end.clone_from(&quote.begin);
    }
    Some(quote)
}

fn flag(node: &Node, slips: &mut Vec<Slip>) -> bool {
    match node.text() {
        Some("true" | "yes") => true,
        Some("false" | "no") => false,
        _ => {
            slips.push((node.span, "this is `true` or `false`".to_owned()));
            false
        }
    }
}
