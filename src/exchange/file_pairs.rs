//! A site and a language -> the files to be translated into it, each with the file that holds its translation or will hold it.

use std::collections::BTreeMap;

use crate::config::{FallbackMode, LocalizedPath};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SitePath, Source, SourceId};
use crate::syntax::{Dialect, RefKind};

use super::pairing::{Pairing, pair};
use super::translatable::{TranslatableText, read};

/// A file and its translation into one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilePair {
    /// The file.
    pub original: SourceId,
    /// Where its translation is, or will be.
    pub path: SitePath,
    /// Its translation.
    pub translation: Option<SourceId>,
    /// True if readers are meant to get it in their language: it has a translation, or stands in for one.
    pub wanted: bool,
}

impl FilePair {
    /// The file that can't be written as it was, because it has bytes that are no text.
    pub fn broken<'s>(&self, site: &'s Site) -> Option<&'s Source> {
        [Some(self.original), self.translation]
            .into_iter()
            .flatten()
            .map(|id| site.source(id))
            .find(|source| source.invalid.is_some())
    }
}

/// The texts of a file and of its translation, held against each other.
#[derive(Debug)]
pub(super) struct PairTexts {
    pub original: TranslatableText,
    pub translation: Option<(TranslatableText, Pairing)>,
}

/// All files in the default language that lie in its folder, in path order.
pub(super) fn files(site: &Site, locale: LocaleId) -> Vec<FilePair> {
    let default = site.config.locales.default();
    let mut translations = BTreeMap::new();
    for (id, _) in site.documents() {
        if let Some(LocalizedPath { root, rest, .. }) = site
            .config
            .localized_path(&site.source(id).path)
            .filter(|localized| localized.locale == locale)
        {
            translations.insert((root, rest), id);
        }
    }
    let mut found = Vec::new();
    for (id, linked) in site.documents() {
        let Some(LocalizedPath { root, rest, .. }) = site
            .config
            .localized_path(&site.source(id).path)
            .filter(|localized| localized.locale == default)
        else {
            continue;
        };
        let sends_on = linked
            .document
            .refs
            .iter()
            .any(|reference| reference.kind == RefKind::RedirectTo);
        if !site.is_used(id)
            || sends_on
            || site.config.map_file(&site.source(id).path).is_none()
                && site.includers(id).is_empty()
        {
            continue;
        }
        let by_key = site
            .translation_set_of(id)
            .map(|set| &site.translation_set(set).variants)
            .and_then(|variants| variants.iter().find(|(other, _)| *other == locale));
        let translation = by_key
            .map(|(_, id)| *id)
            .or_else(|| translations.get(&(root.clone(), rest.clone())).copied());
        let path = match translation {
            Some(id) => Some(site.source(id).path.clone()),
            None => root
                .join(&format!(
                    "{}/{rest}",
                    site.config.locales.get(locale).folder
                ))
                .ok(),
        };
        let wanted =
            translation.is_some() || site.config.fallback_mode(&rest) == FallbackMode::Page;
        found.extend(path.map(|path| FilePair {
            original: id,
            path,
            translation,
            wanted,
        }));
    }
    found
}

/// Reads a file and its translation.
pub(super) fn texts(site: &Site, dialect: Dialect, held: &FilePair) -> PairTexts {
    let text = |id: SourceId| {
        site.linked(id)
            .map_or_else(TranslatableText::default, |linked| {
                read(site.source(id), &linked.document, dialect)
            })
    };
    let original = text(held.original);
    let translation = held.translation.map(|id| {
        let translation = text(id);
        let pairing = pair(
            (&original, &site.source(held.original).text),
            (&translation, &site.source(id).text),
        );
        (translation, pairing)
    });
    PairTexts {
        original,
        translation,
    }
}
