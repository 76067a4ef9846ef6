//! The languages of a page, as search engines want them (`hreflang`).

use std::collections::BTreeSet;

use super::view::Alternate;
use crate::site::href::absolute;
use crate::site::{Graph, PageId, PageVersion};

/// The languages that a page exists in, and the one for everybody else (`x-default`); none if it exists in one only. Every page among them
/// lists the same ones, as search engines ignore alternates that don't refer to each other.
pub(super) fn alternates(graph: &Graph, id: PageId, base_url: &str) -> Vec<Alternate> {
    let set_id = graph.page(id).translation_set;
    let set = graph.translation_set(set_id);
    if !set.localized {
        return Vec::new();
    }
    let mut pages = Vec::new();
    for (locale, _) in &set.variants {
        let version = graph.version_for(set_id, *locale).map(PageVersion::page);
        if let Some(page) = version
            && graph.is_indexed(page)
        {
            pages.push(page);
        }
    }
    pages.sort();
    // Of two languages with one tag only one can be found by it.
    let mut tags = BTreeSet::new();
    pages.retain(|page| tags.insert(tag(graph, *page)));
    if pages.len() < 2 || !pages.contains(&id) {
        return Vec::new();
    }
    let mut alternates = Vec::with_capacity(pages.len() + 1);
    // Readers of all other languages get the default language of the site, or else its first.
    let mut for_others = pages[0];
    for page in pages {
        if graph.page(page).locale == graph.config.locales.default() {
            for_others = page;
        }
        alternates.push(Alternate {
            lang: tag(graph, page).to_owned(),
            url: absolute(base_url, &graph.page(page).output),
        });
    }
    alternates.push(Alternate {
        lang: "x-default".to_owned(),
        url: absolute(base_url, &graph.page(for_others).output),
    });
    alternates
}

fn tag(graph: &Graph, id: PageId) -> &str {
    &graph.config.locales.get(graph.page(id).locale).tag
}
