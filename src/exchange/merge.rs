//! Translations of units -> the edits of a file. The result is parsed again and must have exactly the intended units; a translation that
//! would break that is rejected, whatever the translator wrote. Writes nothing.

use crate::source::edit::{TextEdit, apply_edits};
use crate::source::{SitePath, Source, Span};

use super::escape::{UnitWriter, WritingStyle};
use super::extract::{Reading, extract_source};
use super::pairing::MissingBlocks;
use super::translatable::{TextBlock, TranslatableText, has_letters};
use super::unit::{InlineCode, InlineContent, LinkLabel, Notation, TranslationUnit, hash};

/// A translation that has passed all checks that need no parsing.
#[derive(Debug, Clone)]
pub(super) struct AcceptedTranslation {
    pub content: InlineContent,
    /// The codes that its numbers refer to.
    pub codes: Vec<InlineCode>,
    /// Its index among the units of the returned file.
    pub returned: usize,
}

/// A translation and the number of its unit in the original.
#[derive(Debug, Clone)]
pub(super) struct NewTranslation {
    pub unit: usize,
    pub translation: AcceptedTranslation,
}

/// A change of a file that is made as a whole or not at all.
#[derive(Debug, Clone)]
pub(super) enum UnitChange {
    /// Replaces the unit with this number in the translation.
    Replace(usize, AcceptedTranslation),
    /// Replaces this text of the translation, which has no letters and so isn't a unit.
    ReplaceLetterless(TranslationUnit, AcceptedTranslation),
    /// Inserts blocks of the original with these translations.
    Insert(MissingBlocks, Vec<NewTranslation>),
    /// Makes the file from the original.
    Create(Vec<NewTranslation>),
}

/// A file with the units in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceText<'a> {
    pub source: &'a Source,
    pub text: &'a TranslatableText,
}

/// Merges translations into one file.
pub(super) struct FileMerger<'a> {
    pub reading: Reading<'a>,
    pub original: SourceText<'a>,
    pub translation: Option<SourceText<'a>>,
    /// The path of the translation.
    pub path: &'a SitePath,
    /// Values of the front matter that are different in a new file.
    pub localized_values: Vec<TextEdit>,
}

/// The result of a merge. Translations are named by their index among the units of the returned file.
#[derive(Debug, Default)]
pub(super) struct MergedFile {
    /// None if no translation was accepted.
    pub text: Option<MergedText>,
    /// The changes that were made.
    pub changes: Vec<UnitChange>,
    pub accepted: Vec<usize>,
    pub rejected: Vec<usize>,
    /// Those that could only be inserted together with rejected ones.
    pub held_back: Vec<usize>,
}

/// A text that has exactly the intended units.
#[derive(Debug)]
pub(super) struct MergedText {
    pub text: String,
    /// The edits that make it from the translation; from the original if there was no translation.
    pub edits: Vec<TextEdit>,
}

/// The edits of a file so far, and the hashes of the units it must have when it is parsed.
struct Draft<'a> {
    merger: &'a FileMerger<'a>,
    /// How the lines of the file end.
    newline: &'static str,
    edits: Vec<TextEdit>,
    /// None for a text without letters, which is no unit when it is parsed.
    expected: Vec<Option<u64>>,
    inserted: Vec<InsertedUnits>,
    /// True if the kinds of blocks stay the same.
    has_same_blocks: bool,
}

/// Units that are inserted together.
struct InsertedUnits {
    /// The number of the unit before which they are inserted.
    at: usize,
    /// How many units from that one on they take the place of.
    replaced: usize,
    hashes: Vec<Option<u64>>,
}

impl FileMerger<'_> {
    /// Makes all changes that are possible together.
    pub fn merge(&self, changes: Vec<UnitChange>) -> MergedFile {
        let mut merged = MergedFile::default();
        // Parsing is what takes the time, so a file is parsed once if all goes well.
        let [plain, ..] = WritingStyle::ALL;
        let all: Vec<(UnitChange, WritingStyle)> = changes
            .iter()
            .map(|change| (change.clone(), plain))
            .collect();
        merged.text = self.checked_text(&all);
        if merged.text.is_some() {
            merged.accepted = changes.iter().flat_map(UnitChange::returned).collect();
            merged.changes = changes;
            return merged;
        }
        // Something doesn't read as intended. Nearly always all is well, so only now are the changes tried one by one.
        let mut accepted: Vec<(UnitChange, WritingStyle)> = Vec::new();
        for change in changes {
            let returned = change.returned();
            if self.try_change(&change, &mut accepted, &mut merged) {
                merged.accepted.extend(returned);
                continue;
            }
            let bad = self.unreadable_alone(&change);
            for unit in returned {
                // If each can be read alone, it isn't known which of them is in the way of which.
                if bad.is_empty() || bad.contains(&unit) {
                    merged.rejected.push(unit);
                } else {
                    merged.held_back.push(unit);
                }
            }
        }
        merged.changes = accepted.into_iter().map(|(change, _)| change).collect();
        merged
    }

    /// Adds a change to those that are accepted, if there is a way to escape its words.
    fn try_change(
        &self,
        change: &UnitChange,
        accepted: &mut Vec<(UnitChange, WritingStyle)>,
        merged: &mut MergedFile,
    ) -> bool {
        // Few escapes are better to read and nearly always enough; all of them, and elements for
        // stars, only where they aren't.
        for style in WritingStyle::ALL {
            accepted.push((change.clone(), style));
            if let Some(text) = self.checked_text(accepted) {
                merged.text = Some(text);
                return true;
            }
            accepted.pop();
        }
        false
    }

    /// Of a group of translations that can't be inserted: those that can't be read even with the original in the place of all others.
    fn unreadable_alone(&self, change: &UnitChange) -> Vec<usize> {
        let translations = match change {
            UnitChange::Insert(_, translations) | UnitChange::Create(translations) => translations,
            UnitChange::Replace(..) | UnitChange::ReplaceLetterless(..) => return Vec::new(),
        };
        let mut bad = Vec::new();
        for (at, new) in translations.iter().enumerate() {
            let mut alone = Vec::new();
            for (other_at, other) in translations.iter().enumerate() {
                let mut other = other.clone();
                if other_at != at {
                    let unit = &self.original.text.units[other.unit];
                    other.translation.content.clone_from(&unit.content);
                    other.translation.codes.clone_from(&unit.codes);
                }
                alone.push(other);
            }
            let change = match change {
                UnitChange::Insert(blocks, _) => UnitChange::Insert(blocks.clone(), alone),
                _ => UnitChange::Create(alone),
            };
            let mut styles = WritingStyle::ALL.into_iter();
            let is_readable =
                styles.any(|style| self.checked_text(&[(change.clone(), style)]).is_some());
            if !is_readable {
                bad.push(new.translation.returned);
            }
        }
        bad
    }

    /// The text with these changes, if it is parsed as intended.
    fn checked_text(&self, changes: &[(UnitChange, WritingStyle)]) -> Option<MergedText> {
        let base = self.base();
        let mut draft = Draft {
            merger: self,
            newline: newline(&base.source.text),
            edits: Vec::new(),
            expected: base
                .text
                .units
                .iter()
                .map(|unit| Some(unit.hash()))
                .collect(),
            inserted: Vec::new(),
            has_same_blocks: true,
        };
        for (change, style) in changes {
            draft.add_change(change, *style);
        }
        draft.inserted.sort_by_key(|inserted| inserted.at);
        // From the end, so that the numbers of the units before stay valid.
        for inserted in draft.inserted.into_iter().rev() {
            let place = inserted.at..inserted.at + inserted.replaced;
            draft.expected.splice(place, inserted.hashes);
        }
        let edits = joined(draft.edits);
        let text = apply_edits(&base.source.text, &edits).ok()?;
        let source = Source::from_text(self.path.clone(), text.as_str());
        let parsed = extract_source(&source, self.reading);
        let found = parsed.units.iter().map(TranslationUnit::hash);
        if !found.eq(draft.expected.into_iter().flatten()) {
            return None;
        }
        // The same units could be in other blocks: a paragraph that has become a list item.
        // With inserted blocks the kinds differ as intended; then the order of the units has to do.
        if draft.has_same_blocks && kinds(&parsed.blocks) != kinds(&base.text.blocks) {
            return None;
        }
        Some(MergedText { text, edits })
    }

    /// The file that is changed: a new translation begins as the original.
    fn base(&self) -> SourceText<'_> {
        self.translation.unwrap_or(self.original)
    }

    fn written(
        &self,
        translation: &AcceptedTranslation,
        notation: &Notation,
        (newline, style): (&'static str, WritingStyle),
    ) -> WrittenUnit {
        let codes: Vec<InlineCode> = translation
            .codes
            .iter()
            .map(|code| self.code_for_translation(code))
            .collect();
        let codes = style.codes(&translation.content, &codes);
        let writer = UnitWriter {
            newline,
            escaping: style.escaping,
        };
        let mut expected = None;
        if has_letters(&translation.content) {
            expected = Some(hash(&translation.content, &codes));
        }
        WrittenUnit {
            text: writer.write(&translation.content, &codes, notation),
            hash: expected,
        }
    }

    /// The code as it is written in the translation: a reference link gets the address itself if the file doesn't define its label.
    fn code_for_translation(&self, code: &InlineCode) -> InlineCode {
        let (Some(label), Some(translation)) = (&code.label, self.translation) else {
            return code.clone();
        };
        if defines(translation.text, label) {
            return code.clone();
        }
        // CommonMark 6.3: an address with spaces or parentheses needs angle brackets.
        let address = if label.target.contains([' ', '(', ')', '<']) {
            format!("<{}>", label.target.replace('<', "%3C").replace('>', "%3E"))
        } else {
            label.target.clone()
        };
        InlineCode {
            close: format!("]({address})"),
            label: None,
            ..code.clone()
        }
    }
}

impl Draft<'_> {
    fn add_change(&mut self, change: &UnitChange, style: WritingStyle) {
        match change {
            UnitChange::Replace(number, translation) => self.replace(*number, translation, style),
            UnitChange::ReplaceLetterless(unit, translation) => {
                self.replace_letterless(unit, translation, style);
            }
            UnitChange::Insert(blocks, translations) => self.insert(blocks, translations, style),
            UnitChange::Create(translations) => {
                for new in translations {
                    self.replace(new.unit, &new.translation, style);
                }
                let values = self.merger.localized_values.iter();
                self.edits.extend(values.cloned());
            }
        }
    }

    fn replace(&mut self, number: usize, translation: &AcceptedTranslation, style: WritingStyle) {
        let unit = &self.merger.base().text.units[number];
        let written = self
            .merger
            .written(translation, &unit.notation, (self.newline, style));
        self.edits.push(TextEdit {
            span: unit.span,
            replacement: written.text,
        });
        self.expected[number] = written.hash;
    }

    fn replace_letterless(
        &mut self,
        unit: &TranslationUnit,
        translation: &AcceptedTranslation,
        style: WritingStyle,
    ) {
        let written = self
            .merger
            .written(translation, &unit.notation, (self.newline, style));
        self.edits.push(TextEdit {
            span: unit.span,
            replacement: written.text,
        });
        let units = &self.merger.base().text.units;
        self.inserted.push(InsertedUnits {
            at: units.partition_point(|other| other.span.start < unit.span.start),
            replaced: 0,
            hashes: vec![written.hash],
        });
    }

    fn insert(
        &mut self,
        blocks: &MissingBlocks,
        translations: &[NewTranslation],
        style: WritingStyle,
    ) {
        self.has_same_blocks = false;
        let base = self.merger.base();
        let mut hashes = Vec::new();
        let mut edits = Vec::new();
        for new in translations {
            let unit = &self.merger.original.text.units[new.unit];
            let written =
                self.merger
                    .written(&new.translation, &unit.notation, (self.newline, style));
            hashes.push(written.hash);
            edits.push(TextEdit {
                span: Span::new(
                    unit.span.start as usize - blocks.original.start,
                    unit.span.end as usize - blocks.original.start,
                ),
                replacement: written.text,
            });
        }
        let original = &self.merger.original.source.text[blocks.original.clone()];
        // Units don't overlap; if they did, the result would not be parsed as intended.
        let mut text = apply_edits(original, &joined(edits))
            .unwrap_or_default()
            // The lines of the original may end differently from those of the translation.
            .replace("\r\n", "\n")
            .replace('\n', self.newline);
        let place = &blocks.place;
        let before = &base.source.text[..place.start];
        if !before.is_empty() && !before.ends_with('\n') {
            // The file ends without a line break, and still does afterwards.
            text = format!("{}{}", self.newline, text.trim_end_matches(['\r', '\n']));
        } else if !place.is_empty() && !base.source.text[place.clone()].ends_with('\n') {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        self.edits.push(TextEdit {
            span: Span::new(place.start, place.end),
            replacement: text,
        });
        self.inserted.push(InsertedUnits {
            at: blocks.unit_after(base.text),
            replaced: blocks.replaced.len(),
            hashes,
        });
    }
}

/// A unit as it is written, and the hash it must have when it is parsed.
struct WrittenUnit {
    text: String,
    /// None if it has no letters.
    hash: Option<u64>,
}

impl UnitChange {
    /// Its translations, by their index among the units of the returned file.
    fn returned(&self) -> Vec<usize> {
        match self {
            UnitChange::Replace(_, translation) | UnitChange::ReplaceLetterless(_, translation) => {
                vec![translation.returned]
            }
            UnitChange::Insert(_, translations) | UnitChange::Create(translations) => translations
                .iter()
                .map(|new| new.translation.returned)
                .collect(),
        }
    }
}

/// True if a link of the text has this label already, so that the file defines it.
fn defines(text: &TranslatableText, label: &LinkLabel) -> bool {
    // The same name with another address would be another link, so both have to agree.
    text.units
        .iter()
        .flat_map(|unit| &unit.codes)
        .any(|code| code.label.as_ref() == Some(label))
}

/// The kinds of all blocks, in order.
fn kinds(blocks: &[TextBlock]) -> Vec<&str> {
    let mut all = Vec::new();
    for block in blocks {
        all.push(block.kind.as_str());
        all.extend(kinds(&block.children));
    }
    all
}

/// The edits from top to bottom. Blocks are inserted where the text of the next unit begins, which may be edited too: edits that begin at one
/// position become one.
pub(super) fn joined(mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    edits.sort_by_key(|edit| edit.span);
    let mut joined: Vec<TextEdit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match joined.last_mut() {
            Some(last) if last.span.start == edit.span.start => {
                last.span = edit.span;
                last.replacement.push_str(&edit.replacement);
            }
            _ => joined.push(edit),
        }
    }
    joined
}

/// How the lines of a text end.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
