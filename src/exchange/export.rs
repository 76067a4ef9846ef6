//! A site -> what is handed to translators of one language: the texts that were asked for, with the translations they have, and what the same
//! texts were translated as elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SitePath, SourceId, Sources, Span};
use crate::syntax::Dialect;

use super::document::{ExportDocument, ExportFile, ExportUnit, UnitId};
use super::file_pairs::{FilePair, PairTexts, files, texts};
use super::pairing::in_terms_of;
use super::translatable::read_alone;
use super::translation_memory::TranslationMemory;
use super::unit::{TranslationUnit, hash};
use super::xml;

/// Which texts are handed out.
#[derive(Default)]
pub struct ExportSelection<'a> {
    /// Which files, originals or translations; if nothing is said, all that are shown in the language.
    pub files: Option<&'a dyn Fn(&SitePath) -> bool>,
    /// Only texts that were not there at an earlier time.
    pub earlier: Option<&'a Sources>,
    /// Only texts in these stretches of originals; of those that aren't among them, texts without a translation.
    pub stretches: Option<BTreeMap<SourceId, Vec<Span>>>,
}

/// What was made of a site for translators.
#[derive(Debug, Default)]
pub struct Exported {
    /// The texts.
    pub package: ExportDocument,
    /// What the site's texts were translated as.
    pub memory: TranslationMemory,
    /// Texts that could not be handed out.
    pub left: Vec<SkippedTexts>,
}

/// Texts of a file that are not handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedTexts {
    /// The file they should be translated in.
    pub path: SitePath,
    /// How many; they have no place in the translation, or one of the two files has bytes that are no text.
    pub count: usize,
}

/// Gathers what is to be translated into `locale`.
pub fn export(
    site: &Site,
    dialect: Dialect,
    locale: LocaleId,
    selection: &ExportSelection<'_>,
) -> Exported {
    let held = files(site, locale);
    let read: Vec<(FilePair, PairTexts)> = held
        .into_par_iter()
        .map(|held| {
            let texts = texts(site, dialect, &held);
            (held, texts)
        })
        .collect();
    let mut memory = TranslationMemory::default();
    for (_, texts) in &read {
        let Some((translation, pairing)) = &texts.translation else {
            continue;
        };
        for (unit, translated) in texts.original.units.iter().zip(&pairing.units) {
            translated
                .iter()
                .for_each(|at| memory.learn(unit, &translation.units[*at]));
        }
    }
    memory.settle();
    let tag = |locale: LocaleId| site.config.locales.get(locale).tag.clone();
    let mut export = Exported::default();
    export.package.from = tag(site.config.locales.default());
    export.package.to = tag(locale);
    for (held, texts) in &read {
        if !selection.takes(site, held) {
            continue;
        }
        if held.broken(site).is_some() {
            export.left.push(SkippedTexts {
                path: held.path.clone(),
                count: texts.original.units.len(),
            });
            continue;
        }
        let wanted = selection.wanted(site, dialect, held, texts);
        let (file, left) = file(
            site,
            held,
            texts,
            &wanted,
            selection.is_of_changes(),
            &memory,
        );
        if !file.units.is_empty() {
            export.package.files.push(file);
        }
        if left > 0 {
            export.left.push(SkippedTexts {
                path: held.path.clone(),
                count: left,
            });
        }
    }
    export.memory = memory;
    export
}

impl ExportSelection<'_> {
    fn takes(&self, site: &Site, held: &FilePair) -> bool {
        let original = &site.source(held.original).path;
        self.files
            .map_or(held.wanted, |files| files(original) || files(&held.path))
    }

    /// True if only texts are wanted that have changed.
    fn is_of_changes(&self) -> bool {
        self.earlier.is_some() || self.stretches.is_some()
    }

    /// By unit of the original: true if it is wanted.
    fn wanted(
        &self,
        site: &Site,
        dialect: Dialect,
        held: &FilePair,
        texts: &PairTexts,
    ) -> Vec<bool> {
        let source = site.source(held.original);
        let units = &texts.original.units;
        let mut wanted = vec![true; units.len()];
        if let Some(earlier) = self.earlier {
            let old = earlier.find(source.path.as_str()).map(|id| earlier.get(id));
            let hashes: BTreeSet<u64> = match old {
                Some(old) if old.text == source.text => {
                    units.iter().map(TranslationUnit::hash).collect()
                }
                Some(old) => read_alone(old, dialect)
                    .units
                    .iter()
                    .map(TranslationUnit::hash)
                    .collect(),
                None => BTreeSet::new(),
            };
            wanted
                .iter_mut()
                .zip(units)
                .for_each(|(wanted, unit)| *wanted &= !hashes.contains(&unit.hash()));
        }
        if let Some(stretches) = &self.stretches {
            let place = |at: usize| {
                texts
                    .translation
                    .as_ref()
                    .and_then(|(_, pairing)| pairing.units[at])
            };
            for (at, (wanted, unit)) in wanted.iter_mut().zip(units).enumerate() {
                *wanted &= match stretches.get(&held.original) {
                    Some(own) => own
                        .iter()
                        .any(|span| span.start < unit.span.end && unit.span.start < span.end),
                    // Of files without stretches it is only known what they lack.
                    None => place(at).is_none(),
                };
            }
        }
        // What can only be put in its place together is handed out together.
        let together: Vec<Vec<usize>> = match &texts.translation {
            Some((_, pairing)) => pairing.runs.iter().map(|run| run.units.clone()).collect(),
            None => vec![(0..units.len()).collect()],
        };
        for units in together {
            let any = units.iter().any(|unit| wanted[*unit]);
            units.into_iter().for_each(|unit| wanted[unit] = any);
        }
        wanted
    }
}

/// The texts of one file, and how many of those that are wanted have no place in its translation.
fn file(
    site: &Site,
    held: &FilePair,
    texts: &PairTexts,
    wanted: &[bool],
    changed: bool,
    memory: &TranslationMemory,
) -> (ExportFile, usize) {
    let mut nth = BTreeMap::new();
    let (mut units, mut left) = (Vec::new(), 0);
    let mut heading = None;
    for (at, unit) in texts.original.units.iter().enumerate() {
        let original = unit.hash();
        let count: &mut usize = nth.entry(original).or_default();
        let id = UnitId {
            original,
            nth: *count,
            translation: None,
        };
        *count += 1;
        let above = heading;
        heading = if is_heading(unit) {
            Some(unit)
        } else {
            heading
        };
        if !wanted[at] {
            continue;
        }
        let translated = texts
            .translation
            .as_ref()
            .and_then(|(text, pairing)| Some(&text.units[pairing.units[at]?]));
        let has_place = texts
            .translation
            .as_ref()
            .is_none_or(|(_, pairing)| pairing.runs.iter().any(|run| run.units.contains(&at)));
        let made = package_unit(unit, translated, id, changed, memory);
        match made.filter(|_| translated.is_some() || has_place) {
            Some(mut made) => {
                made.notes.extend(below(above));
                units.push(made);
            }
            None => left += 1,
        }
    }
    let title = site.title(held.original).to_owned();
    (
        ExportFile {
            original: site.source(held.original).path.clone(),
            title,
            units,
        },
        left,
    )
}

fn is_heading(unit: &TranslationUnit) -> bool {
    unit.role.starts_with("heading")
}

/// Where in its page a text stands, for those who see nothing but texts.
fn below(heading: Option<&TranslationUnit>) -> Option<String> {
    heading.map(|heading| format!("below “{}”", heading.words()))
}

/// Nothing if the text has signs that XML can't hold.
fn package_unit(
    unit: &TranslationUnit,
    translated: Option<&TranslationUnit>,
    id: UnitId,
    changed: bool,
    memory: &TranslationMemory,
) -> Option<ExportUnit> {
    let (translation, codes) = match translated.map(|translated| in_terms_of(unit, translated)) {
        Some((content, codes)) => (Some(content), codes),
        None => (None, unit.codes.clone()),
    };
    let texts = [Some(&unit.content), translation.as_ref()]
        .into_iter()
        .flatten()
        .map(|content| super::unit::words(content));
    let typed = codes
        .iter()
        .map(|code| format!("{}{}", code.open, code.close));
    if !texts
        .chain(typed)
        .all(|text| text.chars().all(xml::is_allowed))
    {
        return None;
    }
    let mut proposals = if translation.is_none() || changed {
        memory.recall(unit)
    } else {
        Vec::new()
    };
    proposals.retain(|proposal| Some(proposal) != translation.as_ref());
    Some(ExportUnit {
        id: UnitId {
            translation: translated.map(|translated| hash(&translated.content, &translated.codes)),
            ..id
        },
        original: unit.content.clone(),
        stale: changed && translation.is_some(),
        translation,
        codes,
        notes: vec![unit.role.clone()],
        proposals,
    })
}
