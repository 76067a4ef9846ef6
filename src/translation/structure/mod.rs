//! An original and its translation -> in what they differ although languages don't: steps, tables, pictures, links ... and what translation
//! machines are known to break. Words are not compared. One problem for each page and kind of thing, however often it differs, as a
//! translation may be shorter on purpose.

mod damaged_translation;
mod elements;
mod structure_differs;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::LocalizedPath;
use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::source::SourceId;
use crate::syntax::Body;

use elements::TextStructure;

/// The differences of all translations of the site from their originals, which are the texts in the default language.
pub fn structure_problems(site: &Site) -> Vec<Diagnostic> {
    let mut translations: BTreeMap<SourceId, Vec<SourceId>> = BTreeMap::new();
    for (original, translation) in pairs(site) {
        translations.entry(original).or_default().push(translation);
    }
    let one = |(original, translations): (SourceId, Vec<SourceId>)| {
        let Some(shape) = TextStructure::of(site, original) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for translation in translations {
            let Some(other) = TextStructure::of(site, translation) else {
                continue;
            };
            found.extend(structure_differs::differences(
                site,
                (original, &shape),
                (translation, &other),
            ));
            found.extend(damaged_translation::damages(
                site,
                (original, &shape),
                (translation, &other),
            ));
        }
        found
    };
    let found: Vec<Vec<Diagnostic>> = translations.into_par_iter().map(one).collect();
    found.into_iter().flatten().collect()
}

/// Pages and fragments with what they are translations of.
fn pairs(site: &Site) -> Vec<(SourceId, SourceId)> {
    let default = site.config.locales.default();
    let mut originals = BTreeMap::new();
    for (id, linked) in site
        .documents()
        .filter(|(_, linked)| linked.locale == Some(default))
    {
        if let (Body::Article(_), Some(LocalizedPath { root, rest, .. })) = (
            &linked.document.body,
            site.config.localized_path(&site.source(id).path),
        ) {
            originals.insert((root, rest), id);
        }
    }
    let original_of = |id: SourceId| match site.translation_set_of(id) {
        Some(_) => site.original_of(id),
        None => {
            let LocalizedPath { root, locale, rest } =
                site.config.localized_path(&site.source(id).path)?;
            originals
                .get(&(root, rest))
                .copied()
                .filter(|_| locale != default)
        }
    };
    let used = site.documents().filter(|(id, _)| site.is_used(*id));
    used.filter_map(|(id, _)| Some((original_of(id)?, id)))
        .collect()
}
