//! What goes to translators and what comes back, independent of the file format.

use std::fmt;
use std::str::FromStr;

use crate::source::SitePath;

use super::unit::{InlineCode, InlineContent};

/// Texts in one language, to be translated into another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportDocument {
    /// The BCP 47 tag of the language of the texts.
    pub source_language: String,
    /// The BCP 47 tag of the language to translate into.
    pub target_language: String,
    /// The texts by file.
    pub files: Vec<ExportFile>,
}

/// The texts of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// The file in the source language.
    pub original: SitePath,
    /// The title of its page, as a note for translators.
    pub title: String,
    /// The texts in reading order.
    pub units: Vec<ExportUnit>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportUnit {
    /// Identifies the text and its translation as they are at export.
    pub id: UnitId,
    /// The text.
    pub original: InlineContent,
    /// Its translation, if it has one.
    pub translation: Option<InlineContent>,
    /// True if the translation is known to be out of date, or is only the original.
    pub stale: bool,
    /// True if it isn't known which version of the original the translation follows.
    pub unknown: bool,
    /// The codes of both, by number.
    pub codes: Vec<InlineCode>,
    /// Where it is.
    pub context: UnitContext,
    /// What bold words in it, mostly of the user interface, are called in the translations of the site.
    pub terms: Vec<(String, String)>,
    /// Translations of the same text elsewhere, and of its earlier versions.
    pub suggestions: Vec<Suggestion>,
}

/// Where a text is, for translators, whose tools show it without its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitContext {
    /// What it is: `heading of level 2`, `list item`.
    pub role: String,
    /// The heading above it.
    pub below: Option<String>,
    /// The text before it, if the translator doesn't get that as well.
    pub after: Option<String>,
    /// The text after it, if the translator doesn't get that as well.
    pub before: Option<String>,
    /// What is in its place in the translation, perhaps for another text.
    pub replaces: Vec<String>,
    /// Words in it that are part of markup, with what they are: `aria-label`.
    pub labels: Vec<(String, String)>,
}

impl UnitContext {
    /// The same as sentences.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.role.clone()];
        for words in &self.replaces {
            notes.push(format!(
                "the translation has here, perhaps for another text: “{words}”"
            ));
        }
        for (words, label) in &self.labels {
            notes.push(format!("“{words}” is the {label} of an element"));
        }
        for (name, words) in [
            ("below", &self.below),
            ("after", &self.after),
            ("before", &self.before),
        ] {
            if let Some(words) = words {
                notes.push(format!("{name} “{words}”"));
            }
        }
        notes
    }
}

/// A translation that may be of use for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is the translation of, if that isn't the text itself.
    pub source: Option<InlineContent>,
    /// The translation.
    pub target: InlineContent,
    /// How similar its source is to the text, in percent; 100 only for the text itself.
    pub similarity: u8,
}

/// Identifies a text by its content, so that it is found again wherever it has moved in its file, and not mistaken for a later version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    /// The hash of the original.
    pub original: u64,
    /// The number of equal texts before this one in the file.
    pub occurrence: usize,
    /// The hash of the translation at export, if there was one.
    pub translation: Option<u64>,
}

impl fmt::Display for UnitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "u{:016x}-{}-", self.original, self.occurrence)?;
        match self.translation {
            Some(hash) => write!(out, "{hash:016x}"),
            None => write!(out, "new"),
        }
    }
}

impl FromStr for UnitId {
    type Err = ();

    fn from_str(text: &str) -> Result<UnitId, ()> {
        // A number may follow that tells equal texts of several files apart; the file that an id is in is known.
        let text = match text.split_once('.') {
            Some((id, number)) if !number.is_empty() && is_digits(number) => id,
            Some(_) => return Err(()),
            None => text,
        };
        let mut fields = text.strip_prefix('u').ok_or(())?.split('-');
        let (Some(original), Some(occurrence), Some(translation), None) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return Err(());
        };
        Ok(UnitId {
            original: parse_hash(original)?,
            occurrence: occurrence.parse().map_err(|_| ())?,
            translation: match translation {
                "new" => None,
                hash => Some(parse_hash(hash)?),
            },
        })
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Exactly what [`UnitId`] displays: `from_str_radix` alone would accept `+7` and capitals, and one text had several ids.
fn parse_hash(text: &str) -> Result<u64, ()> {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != 16 || !text.bytes().all(is_hex) {
        return Err(());
    }
    u64::from_str_radix(text, 16).map_err(|_| ())
}

/// A document that came back from translators.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnedDocument {
    /// The BCP 47 tag of the language it was translated from.
    pub source_language: String,
    /// The BCP 47 tag of the language of the translations.
    pub target_language: String,
    /// The translations by file.
    pub files: Vec<ReturnedFile>,
    /// What was wrong in the document itself, and could be put right without doubt.
    pub repairs: Vec<DocumentProblem>,
    /// Parts of the document that can't be read.
    pub unreadable: Vec<DocumentProblem>,
}

/// Something that is wrong with the syntax of a returned document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentProblem {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
}

/// The translations for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedFile {
    /// The path of the original, as the document has it.
    pub original: String,
    /// Its line in the document, counted from one.
    pub line: usize,
    /// The translations.
    pub units: Vec<ReturnedUnit>,
}

/// The translation of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedUnit {
    /// Its id, as the document has it.
    pub id: String,
    /// Its line in the document, counted from one.
    pub line: usize,
    /// The text and its translation, or why they can't be read.
    pub contents: Result<ReturnedContents, String>,
}

/// A text and its translation as they came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedContents {
    /// The text.
    pub source: InlineContent,
    /// Its translation, unless there is none yet.
    pub target: Option<InlineContent>,
    /// What its state says.
    pub review: Review,
}

/// What the state of a returned translation says about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// It isn't finished.
    NeedsWork,
    /// Nothing: it has the state with which out-of-date translations are exported, or none.
    #[default]
    Unstated,
    /// It is translated.
    Translated,
    /// Someone has confirmed it.
    Approved,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_parsed_as_they_are_displayed_and_nothing_else_is() {
        for id in [
            UnitId {
                original: 7,
                occurrence: 0,
                translation: None,
            },
            UnitId {
                original: u64::MAX,
                occurrence: 12,
                translation: Some(1),
            },
        ] {
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(format!("{id}.3").parse(), Ok(id));
        }
        for wrong in [
            "",
            "u7-0-new",
            "u0000000000000007-0",
            "u0000000000000007-x-new",
            "u0000000000000007-0-NEW",
            "u0000000000000007-0-new-1",
            "u0000000000000007-0-new.",
            "u0000000000000007-0-new.x",
        ] {
            assert!(wrong.parse::<UnitId>().is_err(), "{wrong}");
        }
    }
}
