//! A word -> its stem, by the Snowball rules of its language. Words of languages without rules stay as they are.

use frostem::{Algorithm, Stemmer};

/// The rules of one language.
#[derive(Clone, Copy)]
pub(super) struct StemRules {
    stemmer: Option<Stemmer>,
    /// True if the language writes compound words as one.
    pub compounds: bool,
    /// What may be between the parts of a compound.
    pub links: &'static [&'static str],
}

impl StemRules {
    /// The rules of the language with this English name in lower case.
    pub fn of(language: &str) -> StemRules {
        let (algorithm, links): (_, &[&str]) = match language {
            // For Bokmål and Nynorsk alike: Snowball has one set of rules for both.
            "norwegian" => (Some(Algorithm::Norwegian), &["s", "e"]),
            "danish" => (Some(Algorithm::Danish), &["s", "e"]),
            "swedish" => (Some(Algorithm::Swedish), &["s", "e", "o"]),
            "german" => (Some(Algorithm::German), &["s", "es", "n", "en", "er", "e"]),
            "dutch" => (Some(Algorithm::Dutch), &["s", "en", "e", "n"]),
            "english" => (Some(Algorithm::English), &[]),
            "finnish" => (Some(Algorithm::Finnish), &[]),
            "french" => (Some(Algorithm::French), &[]),
            "italian" => (Some(Algorithm::Italian), &[]),
            "portuguese" => (Some(Algorithm::Portuguese), &[]),
            "russian" => (Some(Algorithm::Russian), &[]),
            "spanish" => (Some(Algorithm::Spanish), &[]),
            _ => (None, &[]),
        };
        StemRules {
            stemmer: algorithm.map(Stemmer::new),
            compounds: !links.is_empty(),
            links,
        }
    }

    /// The stem of a word in lower case. A word with a digit is its own stem: it is a name or a version.
    pub fn stem<'a>(&self, word: &'a str) -> std::borrow::Cow<'a, str> {
        match &self.stemmer {
            // `v10s` or `SO42` cut at its end would be found as another one.
            Some(stemmer) if !word.bytes().any(|byte| byte.is_ascii_digit()) => stemmer.stem(word),
            _ => word.into(),
        }
    }
}
