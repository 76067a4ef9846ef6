//! A site and a locale -> the files to translate into it, each with its translation, or with the path where that is missing.

use std::collections::BTreeMap;

use crate::config::{FallbackMode, LocalizedPath};
use crate::site::Site;
use crate::source::{SitePath, Source, SourceId};
use crate::syntax::RefKind;

use super::context::ExchangeContext;

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

/// All files of the default language folder, in path order.
pub(super) fn file_pairs(context: ExchangeContext<'_>) -> Vec<FilePair> {
    let ExchangeContext { site, locale, .. } = context;
    let default = site.config.locales.default();
    let mut originals = Vec::new();
    let mut translations = BTreeMap::new();
    // One pass for both languages, as the folder decides which file is which.
    for (id, _) in site.documents() {
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
        } else if folder_locale == default && is_translatable(site, id) {
            originals.push((id, root, rest));
        }
    }
    let mut pairs = Vec::new();
    for (original, root, rest) in originals {
        let localized = LocalizedPath {
            root: root.clone(),
            locale: default,
            rest: rest.clone(),
        };
        let place = site.config.in_language(&localized, locale);
        // A page that readers don't get in their language, because its fallback is to show nothing, needs no translation.
        let is_shown_untranslated = site.config.fallback_mode(&rest) == FallbackMode::Page;
        // A page may have a translation with another file name, which belongs to it by its uid.
        let translation =
            variant(context, original).or_else(|| translations.get(&(root, rest)).copied());
        // A translation that only sends readers on has been left out on purpose.
        if translation.is_some_and(|id| is_redirect(site, id)) {
            continue;
        }
        let path = match (translation, place) {
            (Some(id), _) => site.source(id).path.clone(),
            (None, Some(place)) => place,
            (None, None) => continue,
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
fn is_translatable(site: &Site, id: SourceId) -> bool {
    let is_in_content = site.config.map_file(&site.source(id).path).is_some();
    site.is_used(id) && !is_redirect(site, id) && (is_in_content || !site.includers(id).is_empty())
}

/// True for a page that only sends readers on to another one.
fn is_redirect(site: &Site, id: SourceId) -> bool {
    let Some(linked) = site.linked(id) else {
        return false;
    };
    let mut refs = linked.document.refs.iter();
    refs.any(|reference| reference.kind == RefKind::RedirectTo)
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
