//! The name of a language -> the tokenizer for it: a grammar of the site, a built-in tokenizer, or a grammar of the program.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SitePath, Source, Sources};

use super::cursor::{Cursor, Languages};
use super::grammar::{self, Grammar};
use super::token::Tokens;
use super::{grammar_lexer, http, markup, yaml};

/// The folder of grammars, below that of the templates.
const FOLDER: &str = "highlight";

const HELP: &str = "The keys of a grammar are: `names`, `comments`, `strings`, `keywords`, `types`, `literals`, `functions` and others; `hjelp explain grammar-error` shows an example.";

/// How code of a language is tokenized.
enum Tokenizer {
    Grammar(Box<Grammar>),
    Markup,
    Yaml,
    Http,
}

/// Languages whose structure a grammar of words and quotes can't describe.
const BUILT_IN: &[(&str, Tokenizer)] = &[
    ("xml", Tokenizer::Markup),
    ("html", Tokenizer::Markup),
    ("htm", Tokenizer::Markup),
    ("xhtml", Tokenizer::Markup),
    ("xaml", Tokenizer::Markup),
    ("xslt", Tokenizer::Markup),
    ("xsd", Tokenizer::Markup),
    ("svg", Tokenizer::Markup),
    ("aspx", Tokenizer::Markup),
    ("cshtml", Tokenizer::Markup),
    ("razor", Tokenizer::Markup),
    ("vue", Tokenizer::Markup),
    ("yaml", Tokenizer::Yaml),
    ("yml", Tokenizer::Yaml),
    ("http", Tokenizer::Http),
    ("https", Tokenizer::Http),
];

/// Grammars by the names of their languages. Of two with one name the later counts.
#[derive(Default)]
struct GrammarSet {
    by_name: FxHashMap<String, usize>,
    tokenizers: Vec<Tokenizer>,
}

impl GrammarSet {
    fn add(&mut self, grammar: Grammar) {
        for name in &grammar.names {
            self.by_name.insert(name.clone(), self.tokenizers.len());
        }
        self.tokenizers.push(Tokenizer::Grammar(Box::new(grammar)));
    }

    fn get(&self, language: &str) -> Option<&Tokenizer> {
        self.tokenizers.get(*self.by_name.get(language)?)
    }
}

/// Every language that can be tokenized.
#[derive(Default)]
pub struct Highlighter {
    /// Grammars of the site.
    own: GrammarSet,
    /// Grammars of the program: the stem of the file name, and its text.
    program_texts: &'static [(&'static str, &'static str)],
    /// The same, parsed when a page first has code that none of the others can tokenize: most runs never need them.
    program: OnceLock<GrammarSet>,
}

impl Highlighter {
    /// Reads the grammars in the `highlight` folder below `templates`. What is invalid in one is reported; the rest of it is used.
    /// `program` are the built-in grammars: the stem of the file name, and the text.
    pub fn new(
        sources: &Sources,
        templates: &SitePath,
        program: &'static [(&str, &str)],
    ) -> (Highlighter, Vec<Diagnostic>) {
        let mut highlighter = Highlighter {
            program_texts: program,
            ..Highlighter::default()
        };
        let mut diagnostics = Vec::new();
        let Ok(folder) = templates.join(FOLDER) else {
            return (highlighter, diagnostics);
        };
        for source in sources.texts() {
            if source.path.parent() == folder && source.path.has_extension("yml") {
                highlighter.own.add(read_grammar(source, &mut diagnostics));
            }
        }
        (highlighter, diagnostics)
    }

    /// The tokens of `code`; `None` if the language is unknown. Upper and lower case of its name don't matter.
    pub fn tokenize(&self, language: &str, code: &str) -> Option<Tokens> {
        let tokenizer = self.tokenizer(&language.to_ascii_lowercase())?;
        let mut tokens = Tokens::default();
        self.run(tokenizer, &mut Cursor::new(code, 0, &mut tokens));
        Some(tokens)
    }

    fn tokenizer(&self, language: &str) -> Option<&Tokenizer> {
        // A grammar of the site replaces even a built-in tokenizer of the same name.
        if let Some(tokenizer) = self.own.get(language) {
            return Some(tokenizer);
        }
        for (name, tokenizer) in BUILT_IN {
            if *name == language {
                return Some(tokenizer);
            }
        }
        self.program().get(language)
    }

    fn program(&self) -> &GrammarSet {
        self.program.get_or_init(|| {
            let mut grammars = GrammarSet::default();
            for (stem, text) in self.program_texts {
                // Errors in them are not reported, because no author could correct them.
                grammars.add(grammar::read(stem, text).0);
            }
            grammars
        })
    }

    fn run(&self, tokenizer: &Tokenizer, cursor: &mut Cursor<'_, '_>) {
        match tokenizer {
            Tokenizer::Grammar(grammar) => grammar_lexer::tokenize(grammar, cursor),
            Tokenizer::Markup => markup::tokenize(self, cursor),
            Tokenizer::Yaml => yaml::tokenize(cursor),
            Tokenizer::Http => http::tokenize(self, cursor),
        }
    }
}

impl Languages for Highlighter {
    fn tokenize_embedded(&self, language: &str, cursor: &mut Cursor<'_, '_>, to: usize) {
        if let Some(tokenizer) = self.tokenizer(language) {
            let code = &cursor.code[cursor.at..to];
            let base = cursor.base + cursor.at;
            self.run(tokenizer, &mut Cursor::new(code, base, cursor.tokens));
        }
        cursor.at = to;
    }
}

fn read_grammar(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Grammar {
    let (grammar, errors) = grammar::read(source.path.stem(), &source.text);
    for error in errors {
        let problem = Diagnostic::new(Code::GrammarError, &source.path, error.span, error.message);
        diagnostics.push(problem.help(HELP));
    }
    grammar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::TokenKind;

    /// The tokens of `code` as `Kind:text`.
    fn tokens(language: &str, code: &str) -> Vec<String> {
        let program = &[(
            "c",
            "names: h\ncomments: ['//', '/* */']\nstrings: ['\"']\nkeywords: if return\ncalls: true",
        )];
        let sources = Sources::new(Vec::new(), [], []);
        let (highlighter, _) = Highlighter::new(&sources, &SitePath::root(), program);
        let Some(tokens) = highlighter.tokenize(language, code) else {
            return vec!["unknown".to_owned()];
        };
        let shown = |token: &crate::highlight::Token| {
            format!("{:?}:{}", token.kind, &code[token.start..token.end])
        };
        tokens.as_slice().iter().map(shown).collect()
    }

    #[test]
    fn a_grammar_names_keywords_calls_strings_and_comments() {
        let expected = [
            "Keyword:if",
            "Function:f",
            "Text:\"a // b\"",
            "Number:0x1F",
            "Comment:// end",
        ];
        assert_eq!(tokens("C", "if f(\"a // b\", 0x1F) // end\n"), expected);
        assert_eq!(tokens("h", "x"), [""; 0]);
        assert_eq!(tokens("nothing", "x"), ["unknown"]);
    }

    #[test]
    fn embedded_code_is_tokenized_in_its_own_language() {
        assert_eq!(
            tokens("http", "GET /a HTTP/1.1\nAccept: x\n\n<a b=\"c\"/>"),
            [
                "Keyword:GET",
                "Text:/a",
                "Meta:HTTP/1.1",
                "Attribute:Accept",
                "Type:a",
                "Attribute:b",
                "Text:\"c\"",
            ]
        );
    }

    #[test]
    fn tokens_are_in_order_and_inside_the_code() {
        for code in ["\"", "/* ", "<a", "a: |\n  x\n b", "${", "é\u{301}<!--"] {
            for language in ["c", "xml", "yaml", "http"] {
                let sources = Sources::new(Vec::new(), [], []);
                let (highlighter, _) =
                    Highlighter::new(&sources, &SitePath::root(), &[("c", "strings: ['\"']")]);
                let tokens = highlighter.tokenize(language, code).unwrap_or_default();
                let mut end = 0;
                for token in tokens.as_slice() {
                    assert!(
                        end <= token.start && token.start < token.end,
                        "{language} {code}"
                    );
                    end = token.end;
                }
                assert!(end <= code.len());
            }
        }
        assert_ne!(TokenKind::Text, TokenKind::Meta);
    }
}
