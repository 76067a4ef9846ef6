//! A site -> the texts for translators of one language: those that are selected, with the translations they have, and suggestions from the
//! translations of equal texts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::site::Site;
use crate::source::{SitePath, SourceId, Sources, Span};

use super::context::ExchangeContext;
use super::document::{ExportDocument, ExportFile, ExportUnit, UnitId};
use super::extract::extract_source;
use super::file_pairs::{FilePair, PairTexts, file_pairs, pair_texts};
use super::pairing::renumber_codes;
use super::translation_memory::TranslationMemory;
use super::unit::{InlineCode, InlineContent, TranslationUnit, words};
use super::xml::is_xml_char;

/// Which texts are exported.
#[derive(Default)]
pub struct ExportSelection<'a> {
    /// Which files, by the path of the original or of the translation; by default all that are shown in the language.
    pub files: Option<&'a dyn Fn(&SitePath) -> bool>,
    /// Only texts that are not in these earlier sources.
    pub since: Option<&'a Sources>,
    /// Only texts in these sections of originals; of originals that are not among them, texts without a translation.
    pub sections: Option<BTreeMap<SourceId, Vec<Span>>>,
}

/// The result of an export.
#[derive(Debug, Default)]
pub struct Exported {
    /// The texts.
    pub document: ExportDocument,
    /// All translations of the site into the language.
    pub memory: TranslationMemory,
    /// Texts that can't be exported.
    pub skipped: Vec<SkippedTexts>,
}

/// Texts of a file that can't be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedTexts {
    /// The file of their translation.
    pub path: SitePath,
    /// How many. They have no place in the translation, or one of the two files is not valid UTF-8.
    pub count: usize,
}

/// Exports the texts to translate.
pub fn export(context: ExchangeContext<'_>, selection: &ExportSelection<'_>) -> Exported {
    let ExchangeContext { site, locale, .. } = context;
    let pairs: Vec<(FilePair, PairTexts)> = file_pairs(context)
        .into_par_iter()
        .map(|pair| {
            let texts = pair_texts(context, &pair);
            (pair, texts)
        })
        .collect();
    let locales = &site.config.locales;
    let mut exported = Exported {
        document: ExportDocument {
            source_language: locales.get(locales.default()).tag.clone(),
            target_language: locales.get(locale).tag.clone(),
            files: Vec::new(),
        },
        // Of all files, also of those that are not selected: that is where suggestions come from.
        memory: translation_memory(&pairs),
        skipped: Vec::new(),
    };
    for (pair, texts) in &pairs {
        if !selection.includes_file(site, pair) {
            continue;
        }
        let mut skipped = 0;
        if pair.undecodable(site).is_some() {
            skipped = texts.original.units.len();
        } else {
            let exporter = FileExporter {
                texts,
                memory: &exported.memory,
                only_changes: selection.is_of_changes(),
            };
            let file = ExportFile {
                original: site.source(pair.original).path.clone(),
                title: site.title(pair.original).to_owned(),
                units: exporter.units(&selection.units(context, pair, texts), &mut skipped),
            };
            if !file.units.is_empty() {
                exported.document.files.push(file);
            }
        }
        if skipped > 0 {
            exported.skipped.push(SkippedTexts {
                path: pair.path.clone(),
                count: skipped,
            });
        }
    }
    exported
}

fn translation_memory(pairs: &[(FilePair, PairTexts)]) -> TranslationMemory {
    let mut memory = TranslationMemory::default();
    for (_, texts) in pairs {
        for (number, unit) in texts.original.units.iter().enumerate() {
            if let Some(translation) = texts.translation_of(number) {
                memory.add(unit, translation);
            }
        }
    }
    memory.sort();
    memory
}

impl ExportSelection<'_> {
    fn includes_file(&self, site: &Site, pair: &FilePair) -> bool {
        match self.files {
            Some(files) => files(&site.source(pair.original).path) || files(&pair.path),
            None => pair.is_shown,
        }
    }

    /// True if only texts that have changed are selected.
    fn is_of_changes(&self) -> bool {
        self.since.is_some() || self.sections.is_some()
    }

    /// By unit of the original: true if it is selected.
    fn units(&self, context: ExchangeContext<'_>, pair: &FilePair, texts: &PairTexts) -> Vec<bool> {
        let units = &texts.original.units;
        let mut selected = vec![true; units.len()];
        if let Some(since) = self.since {
            let source = context.source(pair.original);
            let earlier = match since.find(source.path.as_str()) {
                // Most files haven't changed, and need not be parsed again.
                Some(id) if since.get(id).text == source.text => hashes(units),
                Some(id) => hashes(&extract_source(since.get(id), context.dialect).units),
                None => BTreeSet::new(),
            };
            for (number, unit) in units.iter().enumerate() {
                selected[number] &= !earlier.contains(&unit.hash());
            }
        }
        if let Some(sections) = &self.sections {
            for (number, unit) in units.iter().enumerate() {
                selected[number] &= match sections.get(&pair.original) {
                    Some(spans) => spans.iter().any(|span| overlap(*span, unit.span)),
                    // Nothing is known about sections of this file: only what is missing is certainly work.
                    None => texts.translation_number(number).is_none(),
                };
            }
        }
        // Texts that can only be inserted together are exported together.
        for group in texts.groups() {
            let any = group.iter().any(|unit| selected[*unit]);
            for unit in group {
                selected[unit] = any;
            }
        }
        selected
    }
}

fn hashes(units: &[TranslationUnit]) -> BTreeSet<u64> {
    units.iter().map(TranslationUnit::hash).collect()
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// Exports the units of one file.
struct FileExporter<'a> {
    texts: &'a PairTexts,
    memory: &'a TranslationMemory,
    /// True if only texts that have changed are selected, so that their translations may be out of date.
    only_changes: bool,
}

impl FileExporter<'_> {
    /// The selected units. Adds to `skipped` how many of them can't be exported.
    fn units(&self, selected: &[bool], skipped: &mut usize) -> Vec<ExportUnit> {
        let mut occurrences: BTreeMap<u64, usize> = BTreeMap::new();
        let mut exported = Vec::new();
        let mut heading: Option<&TranslationUnit> = None;
        for (number, unit) in self.texts.original.units.iter().enumerate() {
            let hash = unit.hash();
            // Counted over all units, selected or not, as the import counts them.
            let occurrence = occurrences.entry(hash).or_default();
            let id = UnitId {
                original: hash,
                occurrence: *occurrence,
                translation: self.texts.translation_of(number).map(TranslationUnit::hash),
            };
            *occurrence += 1;
            let above = heading;
            if unit.role.starts_with("heading") {
                heading = Some(unit);
            }
            if !selected[number] {
                continue;
            }
            match self.unit(number, unit, id) {
                Some(mut unit) => {
                    // Translation tools show texts without their page.
                    if let Some(above) = above {
                        unit.notes.push(format!("below “{}”", above.words()));
                    }
                    exported.push(unit);
                }
                None => *skipped += 1,
            }
        }
        exported
    }

    /// None if the unit has no place in the translation, or characters that XML can't contain.
    fn unit(&self, number: usize, unit: &TranslationUnit, id: UnitId) -> Option<ExportUnit> {
        let present = self.texts.translation_of(number);
        if present.is_none() && !self.texts.has_place(number) {
            return None;
        }
        let (translation, codes) = match present {
            Some(present) => {
                let (content, codes) = renumber_codes(unit, present);
                (Some(content), codes)
            }
            None => (None, unit.codes.clone()),
        };
        if !is_xml(&unit.content, translation.as_ref(), &codes) {
            return None;
        }
        let mut suggestions = Vec::new();
        if translation.is_none() || self.only_changes {
            suggestions = self.memory.suggestions(unit);
            suggestions.retain(|suggestion| Some(suggestion) != translation.as_ref());
        }
        Some(ExportUnit {
            id,
            original: unit.content.clone(),
            stale: self.only_changes && translation.is_some(),
            translation,
            codes,
            notes: vec![unit.role.clone()],
            suggestions,
        })
    }
}

/// True if XML can contain all words and codes.
fn is_xml(
    original: &InlineContent,
    translation: Option<&InlineContent>,
    codes: &[InlineCode],
) -> bool {
    let mut text = words(original);
    if let Some(translation) = translation {
        text.push_str(&words(translation));
    }
    for code in codes {
        text.push_str(&code.open);
        text.push_str(&code.close);
    }
    text.chars().all(is_xml_char)
}
