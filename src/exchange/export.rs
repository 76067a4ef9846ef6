//! A site -> the texts for translators of one language: those that are selected, with the translations they have, and suggestions from the
//! translations of equal texts.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::site::Site;
use crate::source::{SitePath, SourceId, Sources, Span};

use super::context::ExchangeContext;
use super::document::{ExportDocument, ExportFile, ExportUnit, Suggestion, UnitContext, UnitId};
use super::extract::extract_source;
use super::file_pairs::{FilePair, file_pairs};
use super::pair_texts::{PairTexts, UnitState, lexicon_of, nothing_known, pair_texts};
use super::pairing::renumber_codes;
use super::terms::Terms;
use super::translation_memory::TranslationMemory;
use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent, TranslationUnit, words};
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
    let pairs = aligned_pairs(context);
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
    let mut terms = Terms::default();
    for (_, texts) in &pairs {
        terms.learn(texts);
    }
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
                terms: &terms,
                since_revision: selection.since.is_some(),
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

/// All files with the units of their translations. What the files alone don't decide is aligned again with the words of all others.
fn aligned_pairs(context: ExchangeContext<'_>) -> Vec<(FilePair, PairTexts)> {
    let mut pairs: Vec<(FilePair, PairTexts)> = file_pairs(context)
        .into_par_iter()
        .map(|pair| {
            let texts = pair_texts(context, &pair, nothing_known, None);
            (pair, texts)
        })
        .collect();
    let lexicon = lexicon_of(pairs.iter().map(|(_, texts)| texts));
    pairs.par_iter_mut().for_each(|(pair, texts)| {
        if texts.is_doubtful(&lexicon) {
            *texts = pair_texts(context, pair, nothing_known, Some(&lexicon));
        }
    });
    pairs
}

/// Only pairs of which it is known what the translation follows; what follows an earlier version is remembered as a translation of that.
fn translation_memory(pairs: &[(FilePair, PairTexts)]) -> TranslationMemory {
    let mut memory = TranslationMemory::default();
    for (_, texts) in pairs {
        for (number, unit) in texts.original.units.iter().enumerate() {
            let Some(translation) = texts.translation_of(number) else {
                continue;
            };
            // A copy of the original would be suggested as its own translation.
            if texts.is_copied(number) {
                continue;
            }
            match texts.states[number] {
                UnitState::Current => memory.add(unit, translation, true),
                UnitState::Unknown => memory.add(unit, translation, false),
                UnitState::Stale => {
                    if let Some((earlier, _)) = texts.earlier_version(number) {
                        memory.add(earlier, translation, true);
                    }
                }
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

    /// By unit of the original: true if it is selected.
    fn units(&self, context: ExchangeContext<'_>, pair: &FilePair, texts: &PairTexts) -> Vec<bool> {
        let units = &texts.original.units;
        let mut selected = vec![true; units.len()];
        if let Some(since) = self.since {
            let source = context.source(pair.original);
            let earlier = match since.find(source.path.as_str()) {
                // Most files haven't changed, and need not be parsed again.
                Some(id) if since.get(id).text == source.text => hashes(units),
                Some(id) => hashes(&extract_source(since.get(id), context.reading()).units),
                None => BTreeSet::new(),
            };
            for (number, unit) in units.iter().enumerate() {
                selected[number] &= !earlier.contains(&unit.hash());
            }
        }
        if let Some(sections) = &self.sections {
            for (number, unit) in units.iter().enumerate() {
                selected[number] &= match sections.get(&pair.original) {
                    Some(spans) => {
                        let is_open = spans.iter().any(|span| overlap(*span, unit.span));
                        is_open && texts.is_work(number)
                    }
                    None => texts.is_missing(number),
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
    terms: &'a Terms,
    /// True if only texts that have changed since a revision are selected, so that their translations may be out of date.
    since_revision: bool,
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
                translation: self.texts.translation_hash(number),
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
                    unit.context.below = above.map(TranslationUnit::words);
                    self.add_neighbours(number, selected, &mut unit.context);
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
        let is_copied = self.texts.is_copied(number);
        let state = self.texts.states[number];
        let is_stale = state == UnitState::Stale || is_copied || self.since_revision;
        let mut suggestions = Vec::new();
        if let Some(translation) = &translation
            && is_stale
            && let Some((earlier, similarity)) = self.texts.earlier_version(number)
            && earlier.content != unit.content
        {
            suggestions.push(Suggestion {
                source: Some(renumber_codes(unit, earlier).0),
                target: translation.clone(),
                similarity,
            });
        }
        if translation.is_none() || is_stale {
            for suggestion in self.memory.suggestions(unit) {
                if Some(&suggestion.target) != translation.as_ref() {
                    suggestions.push(suggestion);
                }
            }
        }
        let mut context = UnitContext {
            role: unit.role.clone(),
            labels: labels_of(unit),
            ..UnitContext::default()
        };
        for replaced in self.texts.replaced_by(number) {
            context.replaces.push(replaced.words());
        }
        let mut terms = Vec::new();
        // Who only reads a translation has the terms in it.
        if translation.is_none() || is_stale {
            terms = self.terms.of(unit);
        }
        Some(ExportUnit {
            id,
            original: unit.content.clone(),
            stale: is_stale && translation.is_some(),
            unknown: state == UnitState::Unknown,
            translation,
            codes,
            context,
            terms,
            suggestions,
        })
    }

    /// Adds the texts before and after a unit, if the translator doesn't get them as well.
    fn add_neighbours(&self, number: usize, selected: &[bool], context: &mut UnitContext) {
        let units = &self.texts.original.units;
        if let Some(before) = number.checked_sub(1)
            && !selected[before]
        {
            context.after = Some(units[before].words());
        }
        if let Some(after) = units.get(number + 1)
            && !selected[number + 1]
        {
            context.before = Some(after.words());
        }
    }
}

/// The words in a text that are part of markup, with the name of their attribute.
fn labels_of(unit: &TranslationUnit) -> Vec<(String, String)> {
    let mut labels = Vec::new();
    for pair in unit.content.windows(2) {
        let [Inline::StartCode(number), Inline::Text(words)] = pair else {
            continue;
        };
        if let Some(code) = unit.codes.get(*number)
            && code.kind == InlineCodeKind::Label
        {
            let open = code.open.trim_end_matches(['=', '"', '\'']);
            let start = open.rfind(|char: char| !char.is_ascii_alphabetic() && char != '-');
            let name = &open[start.map_or(0, |start| start + 1)..];
            let name = if name.is_empty() || !code.open.contains('=') {
                "title"
            } else {
                name
            };
            labels.push((words.clone(), name.to_owned()));
        }
    }
    labels
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
