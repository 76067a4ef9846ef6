//! An original and its translation -> the differences that languages don't explain: steps, tables, images, links ... and the damage that
//! machine translation is known to do. Of words only what is the same in every language is compared. At most one problem for each page and kind of element, however often it
//! differs, as a translation may be shorter on purpose.

mod compared_blocks;
mod damaged_translation;
mod elements;
mod number_words;
mod structure_differs;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::LocalizedPath;
use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

use elements::TextStructure;

/// The problems of all translations of the site, compared with their originals in the default language.
pub fn structure_problems(site: &Site) -> Vec<Diagnostic> {
    // By original, so that its structure is made once for all languages.
    let mut translations: BTreeMap<SourceId, Vec<SourceId>> = BTreeMap::new();
    for (original, translation) in pairs(site) {
        translations.entry(original).or_default().push(translation);
    }
    let problems: Vec<Vec<Diagnostic>> = translations
        .into_par_iter()
        .map(|(original, translations)| problems(site, original, &translations))
        .collect();
    problems.into_iter().flatten().collect()
}

fn problems(site: &Site, original: SourceId, translations: &[SourceId]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let Some(original) = TextStructure::of(site, original) else {
        return problems;
    };
    for translation in translations {
        if let Some(translation) = TextStructure::of(site, *translation) {
            problems.extend(structure_differs::problems(site, &original, &translation));
            problems.extend(damaged_translation::problems(site, &original, &translation));
        }
    }
    problems
}

/// Pages and fragments that are used: the original and the translation.
fn pairs(site: &Site) -> Vec<(SourceId, SourceId)> {
    let fragments = original_articles(site);
    let mut pairs = Vec::new();
    for (id, _) in site.documents() {
        // Files that no page uses are not translated either.
        if !site.is_used(id) {
            continue;
        }
        let original = match site.translation_set_of(id) {
            Some(_) => site.original_of(id),
            None => original_fragment(site, id, &fragments),
        };
        // A page outside of the language folders is its own original.
        if let Some(original) = original
            && original != id
        {
            pairs.push((original, id));
        }
    }
    pairs
}

/// The articles in the default language, by the folder that holds the language folders, and their path below those.
fn original_articles(site: &Site) -> BTreeMap<(SitePath, String), SourceId> {
    let default = site.config.locales.default();
    let mut articles = BTreeMap::new();
    for (id, linked) in site.documents() {
        if linked.locale == Some(default)
            && let Body::Article(_) = linked.document.body
            && let Some(LocalizedPath { root, rest, .. }) =
                site.config.localized_path(&site.source(id).path)
        {
            articles.insert((root, rest), id);
        }
    }
    articles
}

fn original_fragment(
    site: &Site,
    id: SourceId,
    articles: &BTreeMap<(SitePath, String), SourceId>,
) -> Option<SourceId> {
    let LocalizedPath { root, locale, rest } = site.config.localized_path(&site.source(id).path)?;
    if locale == site.config.locales.default() {
        return None;
    }
    articles.get(&(root, rest)).copied()
}
