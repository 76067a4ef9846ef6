//! A returned document -> the changes of the translations. A translation is accepted only if its original and the translation it replaces
//! are what they were at export, and if all codes are in it; a file is changed only if, parsed again, it differs in the translations alone.
//! Everything else is reported and changes nothing. Writes no files.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::source::Source;
use crate::source::edit::{FileChange, FileEdit};
use crate::source::encoding::encode;

use super::code_check::{Rejection, check_codes};
use super::context::ExchangeContext;
use super::document::{ReturnedDocument, ReturnedFile, ReturnedUnit, Review, UnitId};
use super::file_pairs::{FilePair, file_pairs};
use super::front_matter::localized_values;
pub use super::imported::{ImportOptions, Imported, ImportedFile, IncompleteGroup, UnitReport};
use super::known_pairs::KnownPairs;
use super::lexicon::Lexicon;
use super::machine::mark_machine;
use super::merge::{
    AcceptedTranslation, FileMerger, MergedFile, NewTranslation, SourceText, UnitChange,
};
use super::outcome::{OutcomeBuilder, UnitOutcome};
use super::pair_texts::{
    PairTexts, UnitState, is_long_enough, lexicon_of, nothing_known, pair_texts,
};
use super::pairing::renumber_codes;
use super::translatable::TranslatableText;
use super::typed_markup::typed_markup;
use super::unit::{
    InlineContent, TranslationUnit, normalize, shortened, without_spaces_at_breaks, words,
};

/// What importing a document changes. The site itself stays as it is.
pub fn import(
    context: ExchangeContext<'_>,
    returned: &ReturnedDocument,
    options: ImportOptions,
) -> Imported {
    let mut pairs = BTreeMap::new();
    for pair in file_pairs(context) {
        pairs.insert(context.source(pair.original).path.to_string(), pair);
    }
    let importer = Importer {
        context,
        pairs,
        duplicates: duplicates(returned.files.iter().map(|file| file.original.as_str())),
        options,
    };
    // Checking a file means parsing it, and an import of a whole site has thousands of them.
    let mut texts: Vec<Option<PairTexts>> = returned
        .files
        .par_iter()
        .map(|file| importer.texts(file, None))
        .collect();
    // The export has aligned doubtful files with the words of the whole site, so they are aligned in the same way.
    let is_doubtful = |(file, texts): (&ReturnedFile, &Option<PairTexts>)| match texts {
        Some(texts) => has_other_hashes(file, texts),
        None => false,
    };
    if returned.files.iter().zip(&texts).any(is_doubtful) {
        let lexicon = importer.lexicon();
        texts
            .par_iter_mut()
            .zip(&returned.files)
            .for_each(|(texts, file)| {
                if is_doubtful((file, texts)) {
                    *texts = importer.texts(file, Some(&lexicon));
                }
            });
    }
    let files: Vec<Imported> = returned
        .files
        .par_iter()
        .zip(texts)
        .map(|(file, texts)| importer.file(file, texts))
        .collect();
    let mut imported = Imported::default();
    for problem in &returned.unreadable {
        imported.rejected.push(UnitReport {
            line: problem.line,
            unit: String::new(),
            path: String::new(),
            words: String::new(),
            message: problem.message.clone(),
            help: "Send this line again as it was exported, with its `target`.".to_owned(),
        });
    }
    for file in files {
        imported.add(file);
    }
    imported
        .files
        .sort_by(|one, other| one.path.cmp(&other.path));
    // In the order of the document, in which translators look for them.
    imported.rejected.sort_by_key(|rejected| rejected.line);
    imported.typed_markup.sort_by_key(|typed| typed.line);
    imported
}

/// True if texts of a returned file have other translations than at export, or seem to have as they are aligned.
fn has_other_hashes(file: &ReturnedFile, texts: &PairTexts) -> bool {
    let numbers = numbers_by_id(&texts.original.units);
    for unit in &file.units {
        if let Ok(id) = unit.id.parse::<UnitId>()
            && let Some(number) = numbers.get(&(id.original, id.occurrence))
            && texts.translation_hash(*number) != id.translation
        {
            return true;
        }
    }
    false
}

/// What the ids of a returned file tell of the units of the original and of the translation.
fn known_by_ids(
    file: &ReturnedFile,
    original: &TranslatableText,
    translation: &TranslatableText,
) -> KnownPairs {
    let mut known = KnownPairs::default();
    let numbers = numbers_by_id(&original.units);
    let mut by_hash: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (number, unit) in translation.units.iter().enumerate() {
        by_hash.entry(unit.hash()).or_default().push(number);
    }
    for unit in &file.units {
        if let Ok(id) = unit.id.parse::<UnitId>()
            && let Some(number) = numbers.get(&(id.original, id.occurrence))
            && let Some(hash) = id.translation
            // Which of several equal texts it was is left to the alignment.
            && let Some([translated]) = by_hash.get(&hash).map(Vec::as_slice)
        {
            known.pair(*number, *translated);
        }
    }
    known
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

struct Importer<'a> {
    context: ExchangeContext<'a>,
    /// By path of the original.
    pairs: BTreeMap<String, FilePair>,
    /// Files that are in the document more than once.
    duplicates: BTreeSet<&'a str>,
    options: ImportOptions,
}

impl Importer<'_> {
    /// The units of a returned file; None if it isn't in the site.
    fn texts(&self, file: &ReturnedFile, lexicon: Option<&Lexicon>) -> Option<PairTexts> {
        let pair = self.pairs.get(&file.original)?;
        let known = |original: &TranslatableText, translation: &TranslatableText| {
            known_by_ids(file, original, translation)
        };
        Some(pair_texts(self.context, pair, known, lexicon))
    }

    /// The words of the site, as at export.
    fn lexicon(&self) -> Lexicon {
        let pairs: Vec<&FilePair> = self.pairs.values().collect();
        let texts: Vec<PairTexts> = pairs
            .into_par_iter()
            .map(|pair| pair_texts(self.context, pair, nothing_known, None))
            .collect();
        lexicon_of(texts.iter())
    }

    fn file(&self, file: &ReturnedFile, texts: Option<PairTexts>) -> Imported {
        let path = file.original.escape_debug();
        if self.duplicates.contains(file.original.as_str()) {
            return rejected_file(
                file,
                format!("`{path}` is in the document twice"),
                "Keep one of the two `<file>` elements, the one with the right translations.",
            );
        }
        let (Some(pair), Some(texts)) = (self.pairs.get(&file.original), texts) else {
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
        let numbers_by_id = numbers_by_id(&texts.original.units);
        let mut import = FileImport {
            importer: self,
            pair,
            file,
            outcomes: vec![UnitOutcome::NotReturned; texts.original.units.len()],
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
        rejected: vec![UnitReport {
            line: file.line,
            unit: String::new(),
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
    /// By unit of the original.
    outcomes: Vec<UnitOutcome>,
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
    /// It replaces this text without letters in the translation.
    ReplaceLetterless(TranslationUnit, AcceptedTranslation),
    /// It is the first translation of its unit.
    Insert(NewTranslation),
}

impl FileImport<'_> {
    fn run(&mut self) {
        let file = self.file;
        let mut changes = Vec::new();
        let mut new_translations = BTreeMap::new();
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
            let outcome = match decision {
                Ok(UnitDecision::Untranslated) => {
                    self.imported.untranslated += 1;
                    UnitOutcome::Untranslated
                }
                Ok(UnitDecision::Unchanged) => {
                    self.imported.unchanged += 1;
                    self.outcome_of_unchanged(unit)
                }
                Ok(UnitDecision::Replace(number, translation)) => {
                    self.report_typed_markup(unit, &translation);
                    changes.push(UnitChange::Replace(number, translation));
                    self.outcome_of_changed(unit)
                }
                Ok(UnitDecision::ReplaceLetterless(before, translation)) => {
                    self.report_typed_markup(unit, &translation);
                    changes.push(UnitChange::ReplaceLetterless(before, translation));
                    self.outcome_of_changed(unit)
                }
                Ok(UnitDecision::Insert(new)) => {
                    self.report_typed_markup(unit, &new.translation);
                    new_translations.insert(new.unit, new);
                    self.outcome_of_changed(unit)
                }
                Err(rejection) => {
                    self.reject(unit, rejection);
                    UnitOutcome::Rejected
                }
            };
            self.set_outcome(at, outcome);
        }
        self.add_insertions(new_translations, &mut changes);
        self.merge(changes);
    }

    fn set_outcome(&mut self, at: usize, outcome: UnitOutcome) {
        if let Ok(id) = self.file.units[at].id.parse()
            && let Some(number) = self.number_of(id)
        {
            self.outcomes[number] = outcome;
        }
    }

    fn review(unit: &ReturnedUnit) -> Review {
        match &unit.contents {
            Ok(contents) => contents.review,
            Err(_) => Review::Unstated,
        }
    }

    /// A changed text is a new translation unless its state says that it isn't finished.
    fn outcome_of_changed(&self, unit: &ReturnedUnit) -> UnitOutcome {
        let is_unfinished = Self::review(unit) == Review::NeedsWork;
        if is_unfinished && !self.importer.options.accept_unchanged {
            return UnitOutcome::Unfinished;
        }
        UnitOutcome::Settled
    }

    /// An unchanged text follows its original if someone says so. Texts that may be current are exported as `translated`, so that state is
    /// an answer only where the text was exported as out of date.
    fn outcome_of_unchanged(&self, unit: &ReturnedUnit) -> UnitOutcome {
        let review = Self::review(unit);
        let mut is_confirmed = review == Review::Approved;
        if let Ok(id) = unit.id.parse()
            && let Some(number) = self.number_of(id)
        {
            let is_answer = match self.texts.states[number] {
                UnitState::Current => true,
                UnitState::Stale => !self.texts.is_copied(number),
                UnitState::Unknown => false,
            };
            is_confirmed |= review == Review::Translated && is_answer;
        }
        if is_confirmed || self.importer.options.accept_unchanged {
            return UnitOutcome::Settled;
        }
        UnitOutcome::Untouched
    }

    fn merge(&mut self, changes: Vec<UnitChange>) {
        let context = self.importer.context;
        let original = context.source(self.pair.original);
        let translation = self.pair.translation.map(|id| context.source(id));
        let mut merged = MergedFile::default();
        if !changes.is_empty() {
            let merger = FileMerger {
                reading: context.reading(),
                original: SourceText {
                    source: original,
                    text: &self.texts.original,
                },
                translation: self.translated_source(translation),
                path: &self.pair.path,
                localized_values: localized_values(context, self.pair.original),
            };
            merged = merger.merge(changes);
        }
        for at in &merged.rejected {
            let at = *at;
            let rejection = Rejection {
                message:
                    "its words would be read as markup, or its codes don't work where they are"
                        .to_owned(),
                help: "Keep every code around or between words, as in the original.",
            };
            self.reject(&self.file.units[at], rejection);
            self.set_outcome(at, UnitOutcome::Rejected);
        }
        self.hold_back(&merged.held_back, merged.rejected.len());
        let Some(text) = merged.text else {
            if let Some(translation) = translation {
                self.add_outcome(&[], translation);
            }
            return;
        };
        let mut text = text;
        // YAML files have no front matter, and that of a table of contents is read by nothing.
        let is_page = self.pair.path.has_extension("md") && self.pair.path.stem() != "toc";
        if self.importer.options.mark_machine && is_page {
            mark_machine(&mut text, translation);
        }
        let bytes = encode(&text.text, original.encoding);
        let change = match translation {
            Some(source) => match FileEdit::new(source, text.edits) {
                Ok(edit) => FileChange::Edit(edit),
                // Undecodable files were rejected before, and the merger has applied these edits once.
                Err(_) => return,
            },
            None => FileChange::Create {
                path: self.pair.path.clone(),
                bytes,
            },
        };
        let after = Source::from_text(self.pair.path.clone(), text.text.as_str());
        self.add_outcome(&merged.changes, &after);
        self.imported.files.push(ImportedFile {
            path: self.pair.path.clone(),
            original: self.pair.original,
            change,
            translated: merged.accepted.len(),
        });
    }

    /// Notes what is settled of the file, whose translation is now `translation`.
    fn add_outcome(&mut self, changes: &[UnitChange], translation: &Source) {
        let builder = OutcomeBuilder {
            path: &self.pair.path,
            original: self.pair.original,
            texts: &self.texts,
            changes,
            outcomes: &self.outcomes,
            translation,
            dialect: self.importer.context.dialect,
        };
        let outcome = builder.build();
        self.imported.outcomes.push(outcome);
    }

    fn translated_source<'s>(&'s self, translation: Option<&'s Source>) -> Option<SourceText<'s>> {
        Some(SourceText {
            source: translation?,
            text: &self.texts.translation.as_ref()?.text,
        })
    }

    fn number_of(&self, id: UnitId) -> Option<usize> {
        self.numbers_by_id
            .get(&(id.original, id.occurrence))
            .copied()
    }

    fn reject(&mut self, unit: &ReturnedUnit, rejection: Rejection) {
        let report = self.report(unit, rejection);
        self.imported.rejected.push(report);
    }

    fn report(&self, unit: &ReturnedUnit, rejection: Rejection) -> UnitReport {
        UnitReport {
            line: unit.line,
            unit: unit.id.clone(),
            path: self.pair.path.to_string(),
            words: match &unit.contents {
                Ok(contents) => shortened(&words(&contents.source)),
                Err(_) => String::new(),
            },
            message: rejection.message,
            help: rejection.help.to_owned(),
        }
    }

    /// Notes that a translation has markup in it that someone typed.
    fn report_typed_markup(&mut self, unit: &ReturnedUnit, translation: &AcceptedTranslation) {
        let Ok(contents) = &unit.contents else {
            return;
        };
        let typed = typed_markup(&contents.source, &translation.content, &translation.codes);
        if let Some(typed) = typed {
            let report = self.report(unit, typed_markup_rejection(&typed));
            self.imported.typed_markup.push(report);
        }
    }

    /// Notes translations that are right, and could only be inserted together with `rejected` ones.
    fn hold_back(&mut self, held_back: &[usize], rejected: usize) {
        for at in held_back {
            self.set_outcome(*at, UnitOutcome::Untranslated);
        }
        if !held_back.is_empty() {
            self.imported.incomplete.push(IncompleteGroup {
                path: self.pair.path.clone(),
                translated: held_back.len(),
                needed: held_back.len() + rejected,
            });
        }
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
        let target = normalize(without_spaces_at_breaks(target, &codes));
        // Before the check of changes: importing the same document twice must be harmless.
        if target == normalize(before.clone()) {
            return Ok(UnitDecision::Unchanged);
        }
        check_unchanged(id, self.texts.translation_hash(number))?;
        self.check_translated(original, &target)?;
        check_codes(original, &before, &target, &codes)?;
        if self.importer.options.reject_markup
            && let Some(typed) = typed_markup(&original.content, &target, &codes)
        {
            return Err(typed_markup_rejection(&typed));
        }
        let translation = AcceptedTranslation {
            content: target,
            codes,
            returned: at,
        };
        if let Some(before) = self.texts.letterless(number) {
            let before = before.clone();
            return Ok(UnitDecision::ReplaceLetterless(before, translation));
        }
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

    /// Fails if the translation is the original: many tools fill untranslated texts with that.
    fn check_translated(
        &self,
        original: &TranslationUnit,
        target: &InlineContent,
    ) -> Result<(), Rejection> {
        if *target != original.content
            || self.importer.options.accept_source
            || !is_long_enough(original)
        {
            return Ok(());
        }
        Err(Rejection {
            message: "it is the original, not a translation".to_owned(),
            help: "Translate it, or import with `--accept-source` if both languages have the same words here.",
        })
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
                for new in &found {
                    self.outcomes[new.unit] = UnitOutcome::Untranslated;
                }
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

fn typed_markup_rejection(typed: &str) -> Rejection {
    Rejection {
        message: format!("readers see `{typed}` as it is, because markup can't be typed"),
        help: "Use the codes of the original for links and bold words, and the characters themselves instead of their names.",
    }
}

/// Fails if the translation isn't what it was at export: what was edited meanwhile is never overwritten.
fn check_unchanged(id: UnitId, present: Option<u64>) -> Result<(), Rejection> {
    if id.translation == present {
        return Ok(());
    }
    let message = if present.is_some() {
        "the translation has changed since the export"
    } else {
        "the translation was removed since the export"
    };
    Err(Rejection {
        message: message.to_owned(),
        help: "Export it again; nothing that was changed meanwhile is overwritten.",
    })
}
