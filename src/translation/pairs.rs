//! A site -> its pages, and the texts they include, in each language with their originals: those that are there, and those that aren't. Tables
//! of contents are no texts: pages give them their titles.

use std::collections::{BTreeMap, BTreeSet};

use crate::locale::LocaleId;
use crate::site::{Key, KeyId, PageKind, Site};
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

/// One text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The language.
    pub locale: LocaleId,
    /// What it shares with its translations: the path below the language folder.
    pub path: String,
    /// True if it is a page; false if pages include it.
    pub is_page: bool,
    /// The original, unless there is none.
    pub original: Option<SourceId>,
    /// The translation, unless there is none.
    pub translation: Option<SourceId>,
    /// The file of the translation, or where it would lie.
    pub place: SitePath,
}

/// The languages that texts are translated into.
pub(super) fn locales(site: &Site) -> impl Iterator<Item = LocaleId> + use<'_> {
    let locales = &site.config.locales;
    locales.ids().filter(|locale| *locale != locales.default() && locales.get(*locale).pseudo().is_none())
}

/// All texts, by language and path. Pages outside the language folders and pages that only send the reader on are nobody's translation.
pub fn texts(site: &Site) -> Vec<Text> {
    let read = site.pages().iter().filter(|page| page.kind != PageKind::Redirect);
    let ids: BTreeSet<KeyId> = read.map(|page| page.key).collect();
    let keys: Vec<&Key> = ids.into_iter().map(|id| site.key(id)).filter(|key| key.localized).collect();
    let default = site.config.locales.default();
    let mut texts = Vec::new();
    for locale in locales(site) {
        for key in &keys {
            let variant = |wanted| key.variants.iter().find(|(locale, _)| *locale == wanted).map(|(_, source)| *source);
            let (original, translation) = (variant(default), variant(locale));
            texts.extend(text(site, locale, &key.path, true, original, translation));
        }
    }
    let fragments = fragments(site);
    for ((_, rest), variants) in &fragments {
        let original = variants.get(&default).copied();
        for locale in locales(site) {
            texts.extend(text(site, locale, rest, false, original, variants.get(&locale).copied()));
        }
    }
    texts.sort_by(|a, b| (a.locale, &a.path, &a.place).cmp(&(b.locale, &b.path, &b.place)));
    texts
}

fn text(
    site: &Site,
    locale: LocaleId,
    path: &str,
    is_page: bool,
    original: Option<SourceId>,
    translation: Option<SourceId>,
) -> Option<Text> {
    let place = match (original, translation) {
        (_, Some(translation)) => site.source(translation).path.clone(),
        (Some(original), None) => {
            let (root, _, rest) = site.config.split(&site.source(original).path).localized?;
            root.join(&site.config.locales.get(locale).folder).ok()?.join(&rest).ok()?
        }
        (None, None) => return None,
    };
    Some(Text { locale, path: path.to_owned(), is_page, original, translation, place })
}

/// Texts that pages include and that are no pages, by their folder of languages and their path below it.
fn fragments(site: &Site) -> BTreeMap<(SitePath, String), BTreeMap<LocaleId, SourceId>> {
    let mut fragments: BTreeMap<_, BTreeMap<LocaleId, SourceId>> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (id, linked) in site.documents().filter(|(id, _)| site.key_of(*id).is_none()) {
        let localized = site.config.split(&site.source(id).path).localized;
        if let (Body::Article(_), Some((root, locale, rest))) = (&linked.document.body, localized) {
            if !site.includers(id).is_empty() {
                used.insert((root.clone(), rest.clone()));
            }
            fragments.entry((root, rest)).or_default().insert(locale, id);
        }
    }
    fragments.retain(|key, _| used.contains(key));
    fragments
}
