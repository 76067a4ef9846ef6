//! A site -> its pages, fragments and tables of contents in each language, paired with their originals: those that exist and those that are
//! missing.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::LocalizedPath;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::site::pages::TranslationSetId;
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

/// A file in the default language and its translation into another one; one of the two may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationPair {
    /// The language of the translation.
    pub locale: LocaleId,
    /// The path of both below their language folders.
    pub path: String,
    /// What the file is for readers.
    pub kind: PairKind,
    /// The original, unless it is missing.
    pub original: Option<SourceId>,
    /// The translation, unless it is missing.
    pub translation: Option<SourceId>,
    /// The path of the translation, also if it is missing.
    pub translation_path: SitePath,
}

/// What a file is for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairKind {
    /// A page.
    Page,
    /// A file that pages include.
    Fragment,
    /// A table of contents.
    Toc,
}

impl PairKind {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            PairKind::Page => "page",
            PairKind::Fragment => "fragment",
            PairKind::Toc => "toc",
        }
    }
}

/// The files that belong together, by language.
type Variants = BTreeMap<LocaleId, SourceId>;

/// The languages that people translate into: without the default language and the pseudo locales.
pub(super) fn target_locales(site: &Site) -> impl Iterator<Item = LocaleId> + use<'_> {
    let locales = &site.config.locales;
    locales
        .authored()
        .filter(|locale| *locale != locales.default())
}

/// All pairs, by language and path. Pages outside the language folders and pages that only redirect have no translations.
pub fn translation_pairs(site: &Site) -> Vec<TranslationPair> {
    let mut pairs = Vec::new();
    for id in translated_sets(site) {
        let set = site.translation_set(id);
        let mut variants = Variants::new();
        for (locale, source) in &set.variants {
            variants.entry(*locale).or_insert(*source);
        }
        add_pairs(site, &set.path, PairKind::Page, &variants, &mut pairs);
    }
    for ((_, path, kind), variants) in &other_files(site) {
        add_pairs(site, path, *kind, variants, &mut pairs);
    }
    pairs.sort_by(|a, b| {
        (a.locale, &a.path, &a.translation_path).cmp(&(b.locale, &b.path, &b.translation_path))
    });
    pairs
}

fn translated_sets(site: &Site) -> BTreeSet<TranslationSetId> {
    let mut sets = BTreeSet::new();
    for page in site.pages() {
        let set = page.translation_set;
        if page.kind.has_content() && site.translation_set(set).localized {
            sets.insert(set);
        }
    }
    sets
}

/// Adds the pairs of one file, one for each language.
fn add_pairs(
    site: &Site,
    path: &str,
    kind: PairKind,
    variants: &Variants,
    pairs: &mut Vec<TranslationPair>,
) {
    let original = variants.get(&site.config.locales.default()).copied();
    for locale in target_locales(site) {
        let translation = variants.get(&locale).copied();
        let translation_path = match (original, translation) {
            // A page may be paired by its uid with one of another path.
            (_, Some(translation)) => Some(site.source(translation).path.clone()),
            (Some(original), None) => missing_path(site, original, locale),
            (None, None) => None,
        };
        if let Some(translation_path) = translation_path {
            pairs.push(TranslationPair {
                locale,
                path: path.to_owned(),
                kind,
                original,
                translation,
                translation_path,
            });
        }
    }
}

/// The path of the missing translation of a file.
fn missing_path(site: &Site, original: SourceId, locale: LocaleId) -> Option<SitePath> {
    let localized = site.config.localized_path(&site.source(original).path)?;
    site.config.in_language(&localized, locale)
}

/// Fragments and tables of contents that pages use in any language, by the folder that holds the language folders, and their path below those.
fn other_files(site: &Site) -> BTreeMap<(SitePath, String, PairKind), Variants> {
    let mut files: BTreeMap<_, Variants> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (id, linked) in site.documents() {
        if site.translation_set_of(id).is_some() {
            continue;
        }
        let kind = match linked.document.body {
            Body::Article(_) => PairKind::Fragment,
            Body::Toc(_) => PairKind::Toc,
            _ => continue,
        };
        let Some(LocalizedPath { root, locale, rest }) =
            site.config.localized_path(&site.source(id).path)
        else {
            continue;
        };
        let key = (root, rest, kind);
        if site.is_used(id) {
            used.insert(key.clone());
        }
        files.entry(key).or_default().insert(locale, id);
    }
    // A fragment that only the original pages include still needs its translation, once a translated page does.
    files.retain(|key, _| used.contains(key));
    files
}
