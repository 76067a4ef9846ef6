//! `locales/synonyms.<language>.yml` -> words that readers use for each other when they search. Doesn't know the search.
//!
//! ```yaml
//! - [møte, avtale, booking]            # each finds the others
//! - sak: [henvendelse, reklamasjon]    # a search for the first also finds the others
//! ```

use std::collections::BTreeMap;

use super::message_file::names_of;
use super::{LocaleId, Locales};
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::yaml::{self, YamlNode, YamlValue};
use crate::source::{Message, SitePath, Source, Sources, Span};

const FOLDER: &str = "locales";
const PREFIX: &str = "synonyms.";

/// The most words of a list, and the most words that one word finds. Every word of a list finds every other, and each of them is searched
/// for.
const MOST_WORDS: usize = 100;

/// The synonyms of every language of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// By locale, then by word as written.
    tables: Vec<BTreeMap<String, Vec<String>>>,
}

impl Synonyms {
    /// Every word that finds others, with the others in the order they were written.
    pub fn of(&self, locale: LocaleId) -> impl Iterator<Item = (&str, &[String])> {
        self.tables
            .get(locale.index())
            .into_iter()
            .flatten()
            .map(|(word, others)| (word.as_str(), others.as_slice()))
    }
}

/// Reads the synonyms of all languages. What is wrong in a file is a problem, and the rest of the file counts.
pub fn read_synonyms(sources: &Sources, locales: &Locales) -> (Synonyms, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut all = Synonyms {
        tables: vec![BTreeMap::new(); locales.len()],
    };
    for source in sources.texts() {
        let Some(language) = language_of(&source.path) else {
            continue;
        };
        let ids = locales_of(locales, language);
        let mut reader = SynonymReader {
            source,
            problems: Vec::new(),
        };
        let pairs = reader.pairs();
        problems.append(&mut reader.problems);
        if ids.is_empty() {
            problems.push(unused_file(source, language, locales));
        }
        // One file can serve several locales: `no` and `nb`, or `pt` and `pt-BR`.
        for id in ids {
            for (word, other) in &pairs {
                let others = all.tables[id.index()].entry(word.clone()).or_default();
                if others.len() < MOST_WORDS && !others.contains(other) {
                    others.push(other.clone());
                }
            }
        }
    }
    (all, problems)
}

/// The language in the name of a file with synonyms.
fn language_of(path: &SitePath) -> Option<&str> {
    if path.folder() != FOLDER || !path.has_extension("yml") {
        return None;
    }
    path.stem().strip_prefix(PREFIX)
}

/// The locales whose folder or language has this name.
fn locales_of(locales: &Locales, language: &str) -> Vec<LocaleId> {
    let name = language.to_lowercase().replace('_', "-");
    let mut ids = Vec::new();
    for id in locales.ids() {
        let locale = locales.get(id);
        if locale.folder.to_lowercase() == name || names_of(locale).contains(&name) {
            ids.push(id);
        }
    }
    ids
}

fn unused_file(source: &Source, language: &str, locales: &Locales) -> Diagnostic {
    let mut files = Vec::new();
    for id in locales.ids() {
        files.push(format!("`{PREFIX}{}.yml`", locales.get(id).folder));
    }
    Diagnostic::new(
        Code::InvalidSynonyms,
        &source.path,
        Span::default(),
        message!(
            "the site has no language `{language}`, so these synonyms have no effect",
            language
        ),
    )
    .help(message!(
        "The files for its languages are {files}.",
        files = files.join(", ")
    ))
}

const EXAMPLE: &str = "Write for example `- [møte, avtale]`, or `- sak: [henvendelse]` if only the first is to find the others.";

/// Reads one file and collects its problems.
struct SynonymReader<'a> {
    source: &'a Source,
    problems: Vec<Diagnostic>,
}

impl SynonymReader<'_> {
    fn report(&mut self, span: Span, message: impl Into<Message>, help: &'static str) {
        let path = &self.source.path;
        let problem = Diagnostic::new(Code::InvalidSynonyms, path, span, message);
        self.problems.push(problem.help(help));
    }

    /// All pairs of a word and another one that it finds.
    fn pairs(&mut self) -> Vec<(String, String)> {
        let (root, errors) = yaml::parse(&self.source.text, 0);
        for error in errors {
            self.report(error.span, error.message, EXAMPLE);
        }
        let Some(root) = root else { return Vec::new() };
        if !matches!(root.value, YamlValue::List(_)) && !root.is_null() {
            self.report(root.span, "synonyms are a list", EXAMPLE);
        }
        let mut pairs = Vec::new();
        for item in root.items() {
            match &item.value {
                YamlValue::List(nodes) => {
                    let mut words = self.valid_words(nodes);
                    if words.len() < 2 {
                        self.report_lone_word(item);
                    }
                    if words.len() > MOST_WORDS {
                        self.report_long_list(item, words.len());
                        words.truncate(MOST_WORDS);
                    }
                    for word in &words {
                        for other in words.iter().filter(|other| *other != word) {
                            pairs.push((word.clone(), other.clone()));
                        }
                    }
                }
                YamlValue::Map(entries) => {
                    for entry in entries {
                        let is_valid = self.check_word(&entry.key, entry.key_span);
                        let others = self.valid_words(entry.value.one_or_many());
                        if is_valid {
                            let word = entry.key.to_lowercase();
                            pairs.extend(others.into_iter().map(|other| (word.clone(), other)));
                        }
                    }
                }
                YamlValue::Scalar(_) => self.report_lone_word(item),
            }
        }
        pairs
    }

    fn report_long_list(&mut self, item: &YamlNode, count: usize) {
        let message = message!(
            "{count} words are too many for one list; only {most_words} count",
            count,
            most_words = MOST_WORDS
        );
        let help = "Words with the same meaning are few: make several lists of these.";
        self.report(item.span, message, help);
    }

    fn report_lone_word(&mut self, item: &YamlNode) {
        self.report(item.span, "a single word is not a synonym", EXAMPLE);
    }

    /// The words among `nodes` in lower case.
    fn valid_words(&mut self, nodes: &[YamlNode]) -> Vec<String> {
        let mut words = Vec::new();
        for node in nodes {
            let Some(text) = node.text() else {
                let help = "Write a word here.";
                self.report(node.span, "a synonym is a word", help);
                continue;
            };
            let text = text.trim();
            if self.check_word(text, node.span) {
                words.push(text.to_lowercase());
            }
        }
        words
    }

    /// True for a single word. The search looks up one word at a time, so it would never find a synonym of several.
    fn check_word(&mut self, text: &str, span: Span) -> bool {
        if !text.is_empty() && text.chars().all(char::is_alphanumeric) {
            return true;
        }
        self.report(
            span,
            message!("`{text}` is not one word", text),
            "Readers look for words one by one: write the word that tells the most.",
        );
        false
    }
}
