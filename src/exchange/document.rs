//! What is handed to translators and what comes back, whatever format it is written in.

use std::fmt;
use std::str::FromStr;

use crate::source::SitePath;

use super::unit::{InlineCode, InlineContent};

/// Texts in one language, to be translated into another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportDocument {
    /// The BCP 47 tag of the language they are in.
    pub from: String,
    /// That of the language they are translated into.
    pub to: String,
    /// The texts by file.
    pub files: Vec<ExportFile>,
}

/// The texts of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// The file they stand in.
    pub original: SitePath,
    /// What it is about.
    pub title: String,
    /// The texts in reading order.
    pub units: Vec<ExportUnit>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportUnit {
    /// Which text of its file it is, and what it was when it was handed out.
    pub id: UnitId,
    /// The text.
    pub original: InlineContent,
    /// Its translation, if it has one.
    pub translation: Option<InlineContent>,
    /// True if that may no longer say what the text says.
    pub stale: bool,
    /// The codes of both, by number.
    pub codes: Vec<InlineCode>,
    /// What translators should know.
    pub notes: Vec<String>,
    /// How the same text was translated elsewhere.
    pub proposals: Vec<InlineContent>,
}

/// Names a text by what it says, so that it is found again wherever it has moved in its file, and not mistaken for what it has become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    /// The hash of the original.
    pub original: u64,
    /// How many texts of the file before this one say the same.
    pub nth: usize,
    /// The hash of the translation it had, if it had one.
    pub translation: Option<u64>,
}

impl fmt::Display for UnitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "u{:016x}-{}-", self.original, self.nth)?;
        match self.translation {
            Some(hash) => write!(out, "{hash:016x}"),
            None => write!(out, "new"),
        }
    }
}

impl FromStr for UnitId {
    type Err = ();

    fn from_str(text: &str) -> Result<UnitId, ()> {
        let hash = |text: &str| {
            let fits = text.len() == 16
                && text
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            if fits {
                u64::from_str_radix(text, 16).map_err(|_| ())
            } else {
                Err(())
            }
        };
        let mut parts = text.strip_prefix('u').ok_or(())?.split('-');
        let (Some(original), Some(nth), Some(translation), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let translation = if translation == "new" {
            None
        } else {
            Some(hash(translation)?)
        };
        Ok(UnitId {
            original: hash(original)?,
            nth: nth.parse().map_err(|_| ())?,
            translation,
        })
    }
}

/// What came back from translators.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnedDocument {
    /// The BCP 47 tag of the language that was translated from.
    pub from: String,
    /// That of the language of the translations.
    pub to: String,
    /// The translations by file.
    pub files: Vec<ReturnedFile>,
}

/// The translations for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedFile {
    /// The path of the original, as it was handed out.
    pub original: String,
    /// Its line in what came back.
    pub line: usize,
    /// The translations.
    pub units: Vec<ReturnedUnit>,
}

/// The translation of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedUnit {
    /// Its id as it came back.
    pub id: String,
    /// Its line in what came back.
    pub line: usize,
    /// The text and its translation; the latter is missing if there is none yet. Or why they can't be used.
    pub contents: Result<(InlineContent, Option<InlineContent>), String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written_and_not_otherwise() {
        for id in [
            UnitId {
                original: 7,
                nth: 0,
                translation: None,
            },
            UnitId {
                original: u64::MAX,
                nth: 12,
                translation: Some(1),
            },
        ] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        for wrong in [
            "",
            "u7-0-new",
            "u0000000000000007-0",
            "u0000000000000007-x-new",
            "u0000000000000007-0-NEW",
            "u0000000000000007-0-new-1",
        ] {
            assert!(wrong.parse::<UnitId>().is_err(), "{wrong}");
        }
    }
}
