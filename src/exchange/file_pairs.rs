//! A site and a locale -> the files to translate into it, each with its translation, or with the path where that is missing.

use std::collections::BTreeMap;

use crate::config::{FallbackMode, LocalizedPath};
use crate::site::Site;
use crate::source::{SitePath, Source, SourceId};
use crate::syntax::{Document, RefKind};

use super::context::ExchangeContext;
use super::extract::extract;
use super::pairing::{Extracted, Pairing, pair_units};
use super::translatable::TranslatableText;
use super::unit::TranslationUnit;

/// A file and its translation into one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilePair {
    /// The file in the default language.
    pub original: SourceId,
    /// The path of its translation, which may not exist.
    pub path: SitePath,
    /// Its translation.
    pub translation: Option<SourceId>,
    /// True if there is a page of it in the language: it has a translation, or the original is shown instead.
    pub is_shown: bool,
}

impl FilePair {
    /// The file of the two that has bytes that are not UTF-8: it couldn't be written back as it was.
    pub fn undecodable<'s>(&self, site: &'s Site) -> Option<&'s Source> {
        [Some(self.original), self.translation]
            .into_iter()
            .flatten()
            .map(|id| site.source(id))
            .find(|source| source.invalid.is_some())
    }
}

/// The units of a file and of its translation.
#[derive(Debug)]
pub(super) struct PairTexts {
    pub original: TranslatableText,
    pub translation: Option<TranslatedText>,
}

/// The units of a translation, and which unit of the original each belongs to.
#[derive(Debug)]
pub(super) struct TranslatedText {
    pub text: TranslatableText,
    pub pairing: Pairing,
}

impl PairTexts {
    /// The number of the translation of a unit, in the text of the translation.
    pub fn translation_number(&self, unit: usize) -> Option<usize> {
        self.translation.as_ref()?.pairing.units[unit]
    }

    /// The translation of a unit.
    pub fn translation_of(&self, unit: usize) -> Option<&TranslationUnit> {
        let number = self.translation_number(unit)?;
        Some(&self.translation.as_ref()?.text.units[number])
    }

    /// True if a unit without a translation can be inserted: into a new file, or where its blocks are missing.
    pub fn has_place(&self, unit: usize) -> bool {
        match &self.translation {
            Some(translation) => translation.pairing.is_missing(unit),
            None => true,
        }
    }

    /// Units that can only be inserted all together: those of the same missing blocks, or all of a missing file.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        match &self.translation {
            Some(translation) => {
                let missing = translation.pairing.missing.iter();
                missing.map(|blocks| blocks.units.clone()).collect()
            }
            None => vec![(0..self.original.units.len()).collect()],
        }
    }
}

/// All files of the default language folder, in path order.
pub(super) fn file_pairs(context: ExchangeContext<'_>) -> Vec<FilePair> {
    let ExchangeContext { site, locale, .. } = context;
    let default = site.config.locales.default();
    let mut originals = Vec::new();
    let mut translations = BTreeMap::new();
    // One pass for both languages, as the folder decides which file is which.
    for (id, linked) in site.documents() {
        let Some(LocalizedPath {
            root,
            locale: folder_locale,
            rest,
        }) = site.config.localized_path(&site.source(id).path)
        else {
            continue;
        };
        if folder_locale == locale {
            translations.insert((root, rest), id);
        } else if folder_locale == default && is_translatable(site, id, linked.document) {
            originals.push((id, root, rest));
        }
    }
    let mut pairs = Vec::new();
    for (original, root, rest) in originals {
        let place = root.join(&format!(
            "{}/{rest}",
            site.config.locales.get(locale).folder
        ));
        // A page that readers don't get in their language, because its fallback is to show nothing, needs no translation.
        let is_shown_untranslated = site.config.fallback_mode(&rest) == FallbackMode::Page;
        // A page may have a translation with another file name, which belongs to it by its uid.
        let translation =
            variant(context, original).or_else(|| translations.get(&(root, rest)).copied());
        let path = match (translation, place) {
            (Some(id), _) => site.source(id).path.clone(),
            (None, Ok(place)) => place,
            (None, Err(_)) => continue,
        };
        pairs.push(FilePair {
            original,
            path,
            translation,
            is_shown: translation.is_some() || is_shown_untranslated,
        });
    }
    pairs
}

/// True for pages, fragments that pages include, and tables of contents; false for pages that only redirect.
fn is_translatable(site: &Site, id: SourceId, document: &Document) -> bool {
    let is_redirect = document
        .refs
        .iter()
        .any(|reference| reference.kind == RefKind::RedirectTo);
    let is_in_content = site.config.map_file(&site.source(id).path).is_some();
    site.is_used(id) && !is_redirect && (is_in_content || !site.includers(id).is_empty())
}

/// The page of this locale that belongs to a page by its path or uid.
fn variant(context: ExchangeContext<'_>, id: SourceId) -> Option<SourceId> {
    let set = context.site.translation_set_of(id)?;
    let set = context.site.translation_set(set);
    let (_, variant) = set
        .variants
        .iter()
        .find(|(other, _)| *other == context.locale)?;
    Some(*variant)
}

/// The units of a file and of its translation.
pub(super) fn pair_texts(context: ExchangeContext<'_>, pair: &FilePair) -> PairTexts {
    let original = text_of(context, pair.original);
    let translation = pair.translation.map(|id| {
        let text = text_of(context, id);
        let pairing = pair_units(
            Extracted {
                text: &original,
                source: &context.source(pair.original).text,
            },
            Extracted {
                text: &text,
                source: &context.source(id).text,
            },
        );
        TranslatedText { text, pairing }
    });
    PairTexts {
        original,
        translation,
    }
}

fn text_of(context: ExchangeContext<'_>, id: SourceId) -> TranslatableText {
    match context.site.linked(id) {
        Some(linked) => extract(context.source(id), linked.document, context.dialect),
        None => TranslatableText::default(),
    }
}
