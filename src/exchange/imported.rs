//! What an import makes of a returned document: the files that change, what isn't taken and why, and what is settled. Knows nothing of how
//! that is found out.

use crate::source::edit::FileChange;
use crate::source::{SitePath, SourceId};

use super::outcome::FileOutcome;

/// What an import changes, and what it doesn't.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files that change, in path order.
    pub files: Vec<ImportedFile>,
    /// Translations that aren't accepted.
    pub rejected: Vec<UnitReport>,
    /// Translations in which markup is typed, which readers see as it is.
    pub typed_markup: Vec<UnitReport>,
    /// How many translations are in the files already.
    pub unchanged: usize,
    /// How many texts have no translation yet.
    pub untranslated: usize,
    /// Translations that can only be inserted together with others, which are missing.
    pub incomplete: Vec<IncompleteGroup>,
    /// What is settled of each file of the document, changed or not.
    pub outcomes: Vec<FileOutcome>,
}

/// What an import takes besides changed texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// Texts that came back as they were are confirmed translations of their originals.
    pub accept_unchanged: bool,
    /// Texts that are the same as their originals are translations.
    pub accept_source: bool,
    /// Texts in which markup is typed are rejected.
    pub reject_markup: bool,
    /// The translations are those of a machine, which the front matter of their pages has to say.
    pub mark_machine: bool,
}

/// A file that an import changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file.
    pub path: SitePath,
    /// The file it is the translation of.
    pub original: SourceId,
    /// Its edits, or its creation.
    pub change: FileChange,
    /// How many translations are in the file now that weren't before.
    pub translated: usize,
}

/// What there is to say of a translation that came back, or of all those of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitReport {
    /// The line in the document.
    pub line: usize,
    /// Its id, as the document has it; empty for a whole file.
    pub unit: String,
    /// The file of the translation; for a whole file the path in the document.
    pub path: String,
    /// The first words of the text; empty for a whole file.
    pub words: String,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Translations of some texts of a group that can only be inserted all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncompleteGroup {
    /// The file they would be inserted into.
    pub path: SitePath,
    /// How many are translated.
    pub translated: usize,
    /// How many there are.
    pub needed: usize,
}

impl ImportedFile {
    /// The new content of the file.
    pub fn bytes(&self) -> &[u8] {
        match &self.change {
            FileChange::Create { bytes, .. } => bytes,
            FileChange::Edit(edit) => &edit.after,
            // An import neither moves nor deletes.
            FileChange::Move { .. } | FileChange::Delete { .. } => &[],
        }
    }

    /// True if the file doesn't exist yet.
    pub fn is_new(&self) -> bool {
        matches!(self.change, FileChange::Create { .. })
    }
}

impl Imported {
    pub(super) fn add(&mut self, other: Imported) {
        self.files.extend(other.files);
        self.rejected.extend(other.rejected);
        self.typed_markup.extend(other.typed_markup);
        self.incomplete.extend(other.incomplete);
        self.outcomes.extend(other.outcomes);
        self.unchanged += other.unchanged;
        self.untranslated += other.untranslated;
    }
}
