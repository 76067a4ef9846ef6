//! A site -> its pages, the texts they include and its tables of contents, in each language with their originals: those that are there, and
//! those that aren't.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::LocalizedPath;
use crate::locale::LocaleId;
use crate::site::pages::{TranslationSet, TranslationSetId};
use crate::site::{PageKind, Site};
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

/// One text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationPair {
    /// The language.
    pub locale: LocaleId,
    /// What it shares with its translations: the path below the language folder.
    pub path: String,
    /// What it is for readers.
    pub kind: PairKind,
    /// The original, unless there is none.
    pub original: Option<SourceId>,
    /// The translation, unless there is none.
    pub translation: Option<SourceId>,
    /// The file of the translation, or where it would lie.
    pub place: SitePath,
}

/// What a text is for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairKind {
    /// A page.
    Page,
    /// A part that pages include.
    Fragment,
    /// A table of contents.
    Toc,
}

impl PairKind {
    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            PairKind::Page => "page",
            PairKind::Fragment => "fragment",
            PairKind::Toc => "toc",
        }
    }
}

/// The languages that texts are translated into.
pub(super) fn locales(site: &Site) -> impl Iterator<Item = LocaleId> + use<'_> {
    let locales = &site.config.locales;
    locales
        .authored()
        .filter(|locale| *locale != locales.default())
}

/// All texts, by language and path. Pages outside the language folders and pages that only send the reader on are nobody's translation.
pub fn texts(site: &Site) -> Vec<TranslationPair> {
    let read = site
        .pages()
        .iter()
        .filter(|page| page.kind != PageKind::Redirect);
    let ids: BTreeSet<TranslationSetId> = read.map(|page| page.translation_set).collect();
    let sets: Vec<&TranslationSet> = ids
        .into_iter()
        .map(|id| site.translation_set(id))
        .filter(|set| set.localized)
        .collect();
    let default = site.config.locales.default();
    let mut texts = Vec::new();
    for locale in locales(site) {
        for set in &sets {
            let variant = |wanted| {
                set.variants
                    .iter()
                    .find(|(locale, _)| *locale == wanted)
                    .map(|(_, source)| *source)
            };
            let (original, translation) = (variant(default), variant(locale));
            texts.extend(text(
                site,
                locale,
                &set.path,
                PairKind::Page,
                original,
                translation,
            ));
        }
    }
    for ((_, rest, kind), variants) in &parts(site) {
        let original = variants.get(&default).copied();
        for locale in locales(site) {
            texts.extend(text(
                site,
                locale,
                rest,
                *kind,
                original,
                variants.get(&locale).copied(),
            ));
        }
    }
    texts.sort_by(|a, b| (a.locale, &a.path, &a.place).cmp(&(b.locale, &b.path, &b.place)));
    texts
}

fn text(
    site: &Site,
    locale: LocaleId,
    path: &str,
    kind: PairKind,
    original: Option<SourceId>,
    translation: Option<SourceId>,
) -> Option<TranslationPair> {
    let place = match (original, translation) {
        (_, Some(translation)) => site.source(translation).path.clone(),
        (Some(original), None) => {
            let LocalizedPath { root, rest, .. } =
                site.config.localized_path(&site.source(original).path)?;
            root.join(&site.config.locales.get(locale).folder)
                .ok()?
                .join(&rest)
                .ok()?
        }
        (None, None) => return None,
    };
    Some(TranslationPair {
        locale,
        path: path.to_owned(),
        kind,
        original,
        translation,
        place,
    })
}

/// Texts that are no pages, by their folder of languages and their path below it.
fn parts(site: &Site) -> BTreeMap<(SitePath, String, PairKind), BTreeMap<LocaleId, SourceId>> {
    let mut parts: BTreeMap<_, BTreeMap<LocaleId, SourceId>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (id, linked) in site
        .documents()
        .filter(|(id, _)| site.translation_set_of(*id).is_none())
    {
        let localized = site.config.localized_path(&site.source(id).path);
        let kind = match linked.document.body {
            Body::Article(_) => PairKind::Fragment,
            Body::Toc(_) => PairKind::Toc,
            _ => continue,
        };
        if let Some(LocalizedPath { root, locale, rest }) = localized {
            let key = (root, rest, kind);
            if site.is_used(id) {
                used.insert(key.clone());
            }
            parts.entry(key).or_default().insert(locale, id);
        }
    }
    parts.retain(|key, _| used.contains(key));
    parts
}
