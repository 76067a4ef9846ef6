//! Code -> the same code with its parts named, so that a style sheet can colour them. Grammars are data: those of the program in
//! `templates/highlight`, and those of a site in its own folder of that name, which win. Knows nothing of colours.

mod code;
mod grammar;
mod http;
mod markup;
mod paint;
mod yaml;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SitePath, Sources};
use grammar::Grammar;

pub(super) use paint::{lines_of, write};

/// The folder of grammars, below that of the templates.
const FOLDER: &str = "highlight";

/// What a part of code is. A theme sees it as the class `hl-` and a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The name of an attribute, a property, a key or an option.
    Attribute,
    /// A comment.
    Comment,
    /// The name of a function or command.
    Function,
    /// A word of the language.
    Keyword,
    /// A value with a name: `true`, `null`.
    Literal,
    /// Something said about the code: a directive, a declaration.
    Meta,
    /// A number.
    Number,
    /// A text in quotes.
    Text,
    /// The name of a type, or of an element.
    Type,
    /// A variable, where the language marks them.
    Variable,
}

/// A part and the bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Painted {
    pub part: Part,
    pub start: usize,
    pub end: usize,
}

/// Parts in the order of the code, none over another.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<Painted>);

impl Marks {
    fn add(&mut self, part: Part, start: usize, end: usize) {
        match self.0.last_mut() {
            Some(last) if last.part == part && last.end == start => last.end = end,
            _ if start < end => self.0.push(Painted { part, start, end }),
            _ => {}
        }
    }
}

/// How the code of a language is read.
enum Reading {
    /// Words, quotes and comments by a grammar.
    Code(Box<Grammar>),
    Markup,
    Yaml,
    Http,
}

/// The languages that read otherwise than by a grammar.
const OTHERS: &[(&str, Reading)] = &[
    ("xml", Reading::Markup),
    ("html", Reading::Markup),
    ("htm", Reading::Markup),
    ("xhtml", Reading::Markup),
    ("xaml", Reading::Markup),
    ("xslt", Reading::Markup),
    ("xsd", Reading::Markup),
    ("svg", Reading::Markup),
    ("aspx", Reading::Markup),
    ("cshtml", Reading::Markup),
    ("razor", Reading::Markup),
    ("vue", Reading::Markup),
    ("yaml", Reading::Yaml),
    ("yml", Reading::Yaml),
    ("http", Reading::Http),
    ("https", Reading::Http),
];

/// Grammars by the names of their languages.
#[derive(Default)]
struct Shelf {
    places: FxHashMap<String, usize>,
    readings: Vec<Reading>,
}

impl Shelf {
    fn put(&mut self, grammar: Grammar) {
        self.places.extend(
            grammar
                .names
                .iter()
                .map(|name| (name.clone(), self.readings.len())),
        );
        self.readings.push(Reading::Code(Box::new(grammar)));
    }

    fn get(&self, language: &str) -> Option<&Reading> {
        self.readings.get(*self.places.get(language)?)
    }
}

/// Every language that can be read.
#[derive(Default)]
pub(in crate::render) struct Highlighter {
    /// The site's own.
    own: Shelf,
    /// Those of the program, by name, and as they are read.
    texts: &'static [(&'static str, &'static str)],
    known: OnceLock<Shelf>,
}

impl Highlighter {
    /// Reads the site's own grammars, which lie in its folder of `templates`, and keeps those of the program for when they are needed. What
    /// cannot be read in one is a problem; the rest counts.
    pub fn new(
        sources: &Sources,
        templates: &SitePath,
        known: &'static [(&str, &str)],
    ) -> (Highlighter, Vec<Diagnostic>) {
        let mut highlighter = Highlighter {
            texts: known,
            ..Highlighter::default()
        };
        let mut problems = Vec::new();
        let Ok(folder) = templates.join(FOLDER) else {
            return (highlighter, problems);
        };
        for source in sources
            .texts()
            .iter()
            .filter(|source| source.path.parent() == folder && source.path.has_extension("yml"))
        {
            let (grammar, slips) = grammar::read(source.path.stem(), &source.text);
            problems.extend(slips.into_iter().map(|(span, message)| {
                let problem = Diagnostic::new(Code::GrammarError, &source.path, span, message);
                problem.help("The keys of a grammar are: `names`, `comments`, `strings`, `keywords`, `types`, `literals`, `functions` and others; `hjelp explain grammar-error` shows an example.")
            }));
            highlighter.own.put(grammar);
        }
        (highlighter, problems)
    }

    /// The parts of `code`; nothing if nobody knows the language.
    pub(super) fn marks(&self, language: &str, code: &str) -> Option<Marks> {
        let mut marks = Marks::default();
        let reading = self.reading(&language.to_ascii_lowercase())?;
        self.read(reading, code, 0, &mut marks);
        Some(marks)
    }

    fn reading(&self, language: &str) -> Option<&Reading> {
        let others = || {
            OTHERS
                .iter()
                .find(|(name, _)| *name == language)
                .map(|(_, reading)| reading)
        };
        self.own
            .get(language)
            .or_else(others)
            .or_else(|| self.known().get(language))
    }

    /// The grammars of the program are read when the first code asks for one.
    fn known(&self) -> &Shelf {
        self.known.get_or_init(|| {
            let mut shelf = Shelf::default();
            for (stem, text) in self.texts {
                shelf.put(grammar::read(stem, text).0);
            }
            shelf
        })
    }

    /// Reads `code`, which begins at `base`.
    fn read(&self, reading: &Reading, code: &str, base: usize, marks: &mut Marks) {
        match reading {
            Reading::Code(grammar) => code::read(grammar, code, base, marks),
            Reading::Markup => markup::read(self, code, base, marks),
            Reading::Yaml => yaml::read(code, base, marks),
            Reading::Http => http::read(self, code, base, marks),
        }
    }

    /// Reads code in another language inside of code.
    fn read_inner(&self, language: &str, code: &str, base: usize, marks: &mut Marks) {
        if let Some(reading) = self.reading(language) {
            self.read(reading, code, base, marks);
        }
    }
}
