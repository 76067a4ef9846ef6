//! `locales/synonyms.<language>.yml` -> words that readers use for each other when they look for something. Doesn't know who looks.
//!
//! ```yaml
//! - [møte, avtale, booking]            # each finds the others
//! - sak: [henvendelse, reklamasjon]    # who looks for the first also finds the others
//! ```

use std::collections::BTreeMap;

use super::message_file::names_of;
use super::{LocaleId, Locales};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::yaml::{self, YamlNode, YamlValue};
use crate::source::{SitePath, Source, Sources, Span};

const FOLDER: &str = "locales";
const PREFIX: &str = "synonyms.";

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

/// Reads the synonyms of all languages; what is wrong in a file is a problem, and the rest of it counts.
pub fn read_synonyms(sources: &Sources, locales: &Locales) -> (Synonyms, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut all = Synonyms {
        tables: vec![BTreeMap::new(); locales.len()],
    };
    for source in sources
        .texts()
        .iter()
        .filter(|source| source.path.parent().as_str() == FOLDER)
    {
        let Some(language) = source
            .path
            .stem()
            .strip_prefix(PREFIX)
            .filter(|_| source.path.has_extension("yml"))
        else {
            continue;
        };
        let named = language.to_lowercase().replace('_', "-");
        let fits = |id: &LocaleId| {
            let locale = locales.get(*id);
            locale.folder.to_lowercase() == named || names_of(locale).contains(&named)
        };
        let ids: Vec<LocaleId> = locales.ids().filter(fits).collect();
        let pairs = pairs(source, &mut problems);
        if ids.is_empty() {
            let folders: Vec<String> = locales
                .ids()
                .map(|id| format!("`{PREFIX}{}.yml`", locales.get(id).folder))
                .collect();
            let message =
                format!("the site has no language `{language}`, so nobody uses these synonyms");
            problems.push(problem(
                &source.path,
                Span::default(),
                message,
                format!("The files for its languages are {}.", folders.join(", ")),
            ));
        }
        for id in ids {
            for (word, other) in &pairs {
                let others = all.tables[id.index()].entry(word.clone()).or_default();
                if !others.contains(other) {
                    others.push(other.clone());
                }
            }
        }
    }
    (all, problems)
}

fn problem(
    path: &SitePath,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(Code::InvalidSynonyms, path, span, message).help(help)
}

/// All pairs of a word and another it finds.
fn pairs(source: &Source, problems: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    const EXAMPLE: &str = "Write for example `- [møte, avtale]`, or `- sak: [henvendelse]` if only the first is to find the others.";
    let path = &source.path;
    let (root, broken) = yaml::parse(&source.text, 0);
    problems.extend(
        broken
            .into_iter()
            .map(|broken| problem(path, broken.span, broken.message, EXAMPLE)),
    );
    let Some(root) = root else { return Vec::new() };
    if !matches!(root.value, YamlValue::List(_)) && !root.is_null() {
        problems.push(problem(path, root.span, "synonyms are a list", EXAMPLE));
    }
    let mut pairs = Vec::new();
    for item in root.items() {
        match &item.value {
            YamlValue::List(words) => {
                let words = single(path, words, problems);
                if words.len() < 2 {
                    problems.push(problem(
                        path,
                        item.span,
                        "one word alone is no synonym",
                        EXAMPLE,
                    ));
                }
                for word in &words {
                    pairs.extend(
                        words
                            .iter()
                            .filter(|other| *other != word)
                            .map(|other| (word.clone(), other.clone())),
                    );
                }
            }
            YamlValue::Map(entries) => {
                for entry in entries {
                    let list = match &entry.value.value {
                        YamlValue::List(words) => words.as_slice(),
                        _ => std::slice::from_ref(&entry.value),
                    };
                    let word = is_single(path, &entry.key, entry.key_span, problems);
                    let others = single(path, list, problems);
                    pairs.extend(
                        others
                            .into_iter()
                            .filter(|_| word)
                            .map(|other| (entry.key.to_lowercase(), other)),
                    );
                }
            }
            YamlValue::Scalar(_) => problems.push(problem(
                path,
                item.span,
                "one word alone is no synonym",
                EXAMPLE,
            )),
        }
    }
    pairs
}

fn single(path: &SitePath, nodes: &[YamlNode], problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut words = Vec::new();
    for node in nodes {
        match node.text().map(str::trim) {
            Some(text) => words
                .extend(is_single(path, text, node.span, problems).then(|| text.to_lowercase())),
            None => problems.push(problem(
                path,
                node.span,
                "a synonym is a word",
                "Write a word here.",
            )),
        }
    }
    words
}

fn is_single(path: &SitePath, text: &str, span: Span, problems: &mut Vec<Diagnostic>) -> bool {
    let fine = !text.is_empty() && text.chars().all(char::is_alphanumeric);
    if !fine {
        let message = format!("`{text}` is not one word");
        problems.push(problem(
            path,
            span,
            message,
            "Readers look for words one by one: write the word that tells the most.",
        ));
    }
    fine
}
