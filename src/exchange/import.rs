//! A returned document -> the changes of the translations. A translation is accepted only if its original and the translation it replaces
//! are what they were at export, and if all codes are in it; a file is changed only if, parsed again, it differs in the translations alone.
//! Everything else is reported and changes nothing. Writes no files.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::source::edit::{FileChange, FileEdit};
use crate::source::encoding::encode;
use crate::source::{SitePath, Source, SourceId, Span};

use super::code_check::{Rejection, check_codes};
use super::context::ExchangeContext;
use super::document::{ReturnedDocument, ReturnedFile, ReturnedUnit, UnitId};
use super::file_pairs::{FilePair, PairTexts, file_pairs, pair_texts};
use super::front_matter::localized_values;
use super::merge::{AcceptedTranslation, FileMerger, NewTranslation, SourceText, UnitChange};
use super::pairing::renumber_codes;
use super::unit::{TranslationUnit, normalize, words};

/// The first words of a rejected text that are reported, in characters.
const MAX_REPORTED: usize = 60;

/// What an import changes, and what it doesn't.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files that change, in path order.
    pub files: Vec<ImportedFile>,
    /// Translations that aren't accepted.
    pub rejected: Vec<RejectedUnit>,
    /// How many translations are in the files already.
    pub unchanged: usize,
    /// How many texts have no translation yet.
    pub untranslated: usize,
    /// Translations that can only be inserted together with others, which are missing.
    pub incomplete: Vec<IncompleteGroup>,
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
    /// The texts of the original whose translations are in the file now.
    pub translated: Vec<Span>,
    /// The texts of the original that were exported and are still not translated, or whose translation is still out of date.
    pub open: Vec<Span>,
}

/// A translation that isn't accepted, or all those of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedUnit {
    /// The line in the document.
    pub line: usize,
    /// The file of the translation; for a whole file the path in the document.
    pub path: String,
    /// The first words of the text; empty for a whole file.
    pub words: String,
    /// Why, in lower case and without a full stop.
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

/// What importing a document changes. The site itself stays as it is.
pub fn import(context: ExchangeContext<'_>, returned: &ReturnedDocument) -> Imported {
    let mut pairs = BTreeMap::new();
    for pair in file_pairs(context) {
        pairs.insert(context.source(pair.original).path.to_string(), pair);
    }
    let importer = Importer {
        context,
        pairs,
        duplicates: duplicates(returned.files.iter().map(|file| file.original.as_str())),
    };
    // Checking a file means parsing it, and an import of a whole site has thousands of them.
    let files: Vec<Imported> = returned
        .files
        .par_iter()
        .map(|file| importer.file(file))
        .collect();
    let mut imported = Imported::default();
    for file in files {
        imported.add(file);
    }
    imported
        .files
        .sort_by(|one, other| one.path.cmp(&other.path));
    // In the order of the document, in which translators look for them.
    imported.rejected.sort_by_key(|rejected| rejected.line);
    imported
}

/// The names that are there more than once.
fn duplicates<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let (mut seen, mut duplicates) = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        if !seen.insert(name) {
            duplicates.insert(name);
        }
    }
    duplicates
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
    fn add(&mut self, other: Imported) {
        self.files.extend(other.files);
        self.rejected.extend(other.rejected);
        self.incomplete.extend(other.incomplete);
        self.unchanged += other.unchanged;
        self.untranslated += other.untranslated;
    }
}

struct Importer<'a> {
    context: ExchangeContext<'a>,
    /// By path of the original.
    pairs: BTreeMap<String, FilePair>,
    /// Files that are in the document more than once.
    duplicates: BTreeSet<&'a str>,
}

impl Importer<'_> {
    fn file(&self, file: &ReturnedFile) -> Imported {
        let path = file.original.escape_debug();
        if self.duplicates.contains(file.original.as_str()) {
            return rejected_file(
                file,
                format!("`{path}` is in the document twice"),
                "Keep one of the two `<file>` elements, the one with the right translations.",
            );
        }
        let Some(pair) = self.pairs.get(&file.original) else {
            return rejected_file(
                file,
                format!("`{path}` is not a translatable file of this site"),
                "It was deleted or moved since, or never was here; export again what is to be translated now.",
            );
        };
        if let Some(source) = pair.undecodable(self.context.site) {
            return rejected_file(
                file,
                format!("`{}` is not valid UTF-8", source.path),
                "Save it as UTF-8, and import again.",
            );
        }
        let texts = pair_texts(self.context, pair);
        let numbers_by_id = numbers_by_id(&texts.original.units);
        let mut import = FileImport {
            importer: self,
            pair,
            file,
            texts,
            numbers_by_id,
            imported: Imported::default(),
        };
        import.run();
        import.imported
    }
}

fn rejected_file(file: &ReturnedFile, message: String, help: &str) -> Imported {
    Imported {
        rejected: vec![RejectedUnit {
            line: file.line,
            path: file.original.escape_debug().to_string(),
            words: String::new(),
            message,
            help: help.to_owned(),
        }],
        ..Imported::default()
    }
}

/// The number of each unit, by its hash and its occurrence among equal ones, as in [`UnitId`].
fn numbers_by_id(units: &[TranslationUnit]) -> BTreeMap<(u64, usize), usize> {
    let mut occurrences: BTreeMap<u64, usize> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for (number, unit) in units.iter().enumerate() {
        let hash = unit.hash();
        let occurrence = occurrences.entry(hash).or_default();
        numbers.insert((hash, *occurrence), number);
        *occurrence += 1;
    }
    numbers
}

/// The import of one file.
struct FileImport<'a> {
    importer: &'a Importer<'a>,
    pair: &'a FilePair,
    file: &'a ReturnedFile,
    texts: PairTexts,
    numbers_by_id: BTreeMap<(u64, usize), usize>,
    imported: Imported,
}

/// What to do with a translation.
enum UnitDecision {
    /// There is none.
    Untranslated,
    /// The file has it already.
    Unchanged,
    /// It replaces the unit with this number in the translation.
    Replace(usize, AcceptedTranslation),
    /// It is the first translation of its unit.
    Insert(NewTranslation),
}

impl FileImport<'_> {
    fn run(&mut self) {
        let file = self.file;
        let mut changes = Vec::new();
        let mut new_translations = BTreeMap::new();
        let mut settled = BTreeSet::new();
        let duplicate_ids = duplicates(file.units.iter().map(|unit| unit.id.as_str()));
        for (at, unit) in file.units.iter().enumerate() {
            // Which of two translations is the right one can't be known, so neither is taken.
            let decision = if duplicate_ids.contains(unit.id.as_str()) {
                Err(Rejection {
                    message: "another text has the same id".to_owned(),
                    help: "Ask for the file again; each text must come back once.",
                })
            } else {
                self.decide(unit, at)
            };
            match decision {
                Ok(UnitDecision::Untranslated) => self.imported.untranslated += 1,
                Ok(UnitDecision::Unchanged) => {
                    self.imported.unchanged += 1;
                    settled.insert(at);
                }
                Ok(UnitDecision::Replace(number, translation)) => {
                    changes.push(UnitChange::Replace(number, translation));
                }
                Ok(UnitDecision::Insert(new)) => {
                    new_translations.insert(new.unit, new);
                }
                Err(rejection) => self.reject(unit, rejection),
            }
        }
        self.add_insertions(new_translations, &mut changes);
        if !changes.is_empty() {
            self.merge(changes, settled);
        }
    }

    /// Merges the changes; `settled` are the units that need none.
    fn merge(&mut self, changes: Vec<UnitChange>, mut settled: BTreeSet<usize>) {
        let context = self.importer.context;
        let original = context.source(self.pair.original);
        let translation = self.pair.translation.map(|id| context.source(id));
        let merger = FileMerger {
            dialect: context.dialect,
            original: SourceText {
                source: original,
                text: &self.texts.original,
            },
            translation: self.translated_source(translation),
            path: &self.pair.path,
            localized_values: localized_values(context, self.pair.original),
        };
        let merged = merger.merge(changes);
        for at in merged.rejected {
            let rejection = Rejection {
                message:
                    "its words would be read as markup, or its codes don't work where they are"
                        .to_owned(),
                help: "Keep every code around or between words, as in the original.",
            };
            self.reject(&self.file.units[at], rejection);
        }
        let Some(text) = merged.text else { return };
        let change = match translation {
            Some(source) => match FileEdit::new(source, text.edits) {
                Ok(edit) => FileChange::Edit(edit),
                // Undecodable files were rejected before, and the merger has applied these edits once.
                Err(_) => return,
            },
            None => FileChange::Create {
                path: self.pair.path.clone(),
                bytes: encode(&text.text, original.encoding),
            },
        };
        settled.extend(&merged.accepted);
        // Sections with open texts are not recorded as translated.
        let open: Vec<usize> = (0..self.file.units.len())
            .filter(|at| !settled.contains(at))
            .collect();
        self.imported.files.push(ImportedFile {
            path: self.pair.path.clone(),
            original: self.pair.original,
            change,
            translated: self.spans_of(&merged.accepted),
            open: self.spans_of(&open),
        });
    }

    fn translated_source<'s>(&'s self, translation: Option<&'s Source>) -> Option<SourceText<'s>> {
        Some(SourceText {
            source: translation?,
            text: &self.texts.translation.as_ref()?.text,
        })
    }

    /// The bytes in the original of units of the returned file.
    fn spans_of(&self, returned: &[usize]) -> Vec<Span> {
        let mut spans = Vec::new();
        for at in returned {
            if let Ok(id) = self.file.units[*at].id.parse()
                && let Some(number) = self.number_of(id)
            {
                spans.push(self.texts.original.units[number].span);
            }
        }
        spans
    }

    fn number_of(&self, id: UnitId) -> Option<usize> {
        self.numbers_by_id
            .get(&(id.original, id.occurrence))
            .copied()
    }

    fn reject(&mut self, unit: &ReturnedUnit, rejection: Rejection) {
        let mut reported = match &unit.contents {
            Ok(contents) => words(&contents.source),
            Err(_) => String::new(),
        };
        if reported.chars().count() > MAX_REPORTED {
            reported = reported.chars().take(MAX_REPORTED - 1).collect();
            reported.push('…');
        }
        self.imported.rejected.push(RejectedUnit {
            line: unit.line,
            path: self.pair.path.to_string(),
            words: reported,
            message: rejection.message,
            help: rejection.help.to_owned(),
        });
    }

    fn decide(&self, unit: &ReturnedUnit, at: usize) -> Result<UnitDecision, Rejection> {
        const DAMAGED: &str =
            "Ask for the file again; the tool must leave ids, `<source>` and codes alone.";
        let contents = unit.contents.clone().map_err(|message| Rejection {
            message,
            help: DAMAGED,
        })?;
        let id: UnitId = unit.id.parse().map_err(|()| Rejection {
            message: format!("`{}` is not the id of a text", unit.id.escape_debug()),
            help: DAMAGED,
        })?;
        let Some(number) = self.number_of(id) else {
            return Err(Rejection {
                message: "the original has changed since the export".to_owned(),
                help: "Export it again, and translate its new version.",
            });
        };
        let original = &self.texts.original.units[number];
        if contents.source != original.content {
            return Err(Rejection {
                message: "its `<source>` isn't what was exported".to_owned(),
                help: DAMAGED,
            });
        }
        let Some(target) = contents.target else {
            return Ok(UnitDecision::Untranslated);
        };
        let present = self.texts.translation_of(number);
        let (before, codes) = match present {
            Some(present) => renumber_codes(original, present),
            None => (Vec::new(), original.codes.clone()),
        };
        let target = normalize(target);
        // Before the check of changes: importing the same document twice must be harmless.
        if target == normalize(before.clone()) {
            return Ok(UnitDecision::Unchanged);
        }
        check_unchanged(id, present)?;
        check_codes(original, &before, &target, &codes)?;
        let translation = AcceptedTranslation {
            content: target,
            codes,
            returned: at,
        };
        match self.texts.translation_number(number) {
            Some(place) => Ok(UnitDecision::Replace(place, translation)),
            None if self.texts.has_place(number) => Ok(UnitDecision::Insert(NewTranslation {
                unit: number,
                translation,
            })),
            None => Err(Rejection {
                message: "the translation has no place for it".to_owned(),
                help: "Give the translation the structure of its original first, then export again.",
            }),
        }
    }

    /// Adds the changes for groups of units whose translations are all there; the others are reported as incomplete.
    fn add_insertions(
        &mut self,
        mut translations: BTreeMap<usize, NewTranslation>,
        changes: &mut Vec<UnitChange>,
    ) {
        for (at, group) in self.texts.groups().into_iter().enumerate() {
            let mut found = Vec::new();
            for unit in &group {
                found.extend(translations.remove(unit));
            }
            if found.is_empty() {
                continue;
            }
            // A block with untranslated parts would show two languages.
            if found.len() < group.len() {
                self.imported.incomplete.push(IncompleteGroup {
                    path: self.pair.path.clone(),
                    translated: found.len(),
                    needed: group.len(),
                });
                continue;
            }
            changes.push(match &self.texts.translation {
                Some(translation) => {
                    UnitChange::Insert(translation.pairing.missing[at].clone(), found)
                }
                None => UnitChange::Create(found),
            });
        }
    }
}

/// Fails if the translation isn't what it was at export: what was edited meanwhile is never overwritten.
fn check_unchanged(id: UnitId, present: Option<&TranslationUnit>) -> Result<(), Rejection> {
    let hash = present.map(TranslationUnit::hash);
    if id.translation == hash {
        return Ok(());
    }
    let message = if hash.is_some() {
        "the translation has changed since the export"
    } else {
        "the translation was removed since the export"
    };
    Err(Rejection {
        message: message.to_owned(),
        help: "Export it again; nothing that was changed meanwhile is overwritten.",
    })
}
