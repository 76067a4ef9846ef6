//! The pages of one language -> the files its search runs on. A browser fetches a start file, then only the shards with the words it looks
//! for, then only the chunks with the pages it shows; all are scripts, because a page opened from disk may load nothing else. No server takes
//! part.
//!
//! ```text
//! pages -text-> sections -words-> hits -stem, fold-> groups of forms -compounds-> groups with parts -shards-> files
//! ```
//!
//! `templates/assets/search-core.js` reads what is written here.

mod compounds;
mod groups;
mod hits;
mod postings;
mod shards;
mod stem;
mod words;

use rayon::prelude::*;

use crate::locale::{Arg, Catalog, LocaleId, synonyms};
use crate::site::{Page, PageId, PageKind, Site};
use crate::source::SitePath;

use super::Artifact;
use super::page::{is_hidden, language_of};
use super::text::{Section, sections};
use super::theme::ASSETS;
use super::url::Base;
use hits::{Hits, Length};
use stem::Stems;
use words::Folding;

/// A page as a reader can find it.
struct Found {
    url: String,
    title: String,
    /// The tag of the text's language, if it is another one than the reader's.
    lang: Option<String>,
    /// The way to it in the table of contents.
    way: String,
    sections: Vec<Section>,
    length: Length,
}

/// Some pages, with their words by the English name of the language they are in.
struct Read {
    pages: Vec<Found>,
    hits: Vec<(String, Hits)>,
}

/// So many pages are read together: enough that most of their words are the same, few enough that there is work for many.
const TOGETHER: usize = 200;

/// The folder of a language's search files; all of them lie in it, and nothing else does.
pub fn folder(site: &Site, locale: LocaleId) -> Option<SitePath> {
    if !site.config.outputs.search {
        return None;
    }
    SitePath::new(ASSETS)
        .ok()?
        .join("search")
        .ok()?
        .join(&site.config.locales.get(locale).folder)
        .ok()
}

/// True if readers can find the page: it has something to read, and does not ask to be left out.
pub(super) fn is_found(site: &Site, page: &Page) -> bool {
    page.kind != PageKind::Redirect && !is_hidden(site, page)
}

/// The search files of a language; none if it has no page to find.
pub fn artifacts(site: &Site, catalog: &Catalog, locale: LocaleId) -> Vec<Artifact> {
    let Some(folder) = folder(site, locale) else {
        return Vec::new();
    };
    let of_locale: Vec<PageId> = site
        .page_ids()
        .filter(|id| site.page(*id).locale == locale)
        .collect();
    let ids: Vec<PageId> = of_locale
        .into_par_iter()
        .filter(|id| is_found(site, site.page(*id)))
        .collect();
    if ids.is_empty() {
        return Vec::new();
    }
    let all: Vec<Read> = ids
        .par_chunks(TOGETHER)
        .enumerate()
        .map(|(number, ids)| read(site, number * TOGETHER, ids))
        .collect();
    let pages: Vec<&Found> = all.iter().flat_map(|read| &read.pages).collect();
    let language = &site.config.locales.get(locale).search;
    let (stems, folding) = (Stems::of(language), Folding::of(language));
    let mut groups = groups::of(&all, pages.len(), folding);
    compounds::part(&mut groups, stems, folding, pages.len());
    let synonyms = synonyms(&site.sources, &site.config.locales).0;
    let synonyms = synonyms
        .of(locale)
        .map(|(word, others)| (groups::key(word, stems, folding), others.to_vec()))
        .collect();
    let say = SAYINGS
        .iter()
        .map(|key| (*key, say(catalog, locale, key)))
        .collect();
    let start = shards::Start {
        folding,
        links: stems.links,
        synonyms,
        say,
    };
    shards::files(&pages, &groups, start)
        .into_iter()
        .filter_map(|(name, bytes)| {
            Some(Artifact {
                path: folder.join(&name).ok()?,
                bytes,
            })
        })
        .collect()
}

/// What the script says. It fills in `{count}` and `{query}` itself.
const SAYINGS: &[&str] = &[
    "search-count",
    "search-none",
    "search-similar",
    "search-more",
    "search-recent",
    "search-clear",
    "search-keys",
];

fn say(catalog: &Catalog, locale: LocaleId, key: &str) -> String {
    catalog
        .text(
            locale,
            key,
            &[
                ("count", Arg::Text("{count}")),
                ("query", Arg::Text("{query}")),
            ],
        )
        .into_owned()
}

/// Reads pages, of which the first one has the number `first`.
fn read(site: &Site, first: usize, ids: &[PageId]) -> Read {
    let mut hits: Vec<(String, Hits)> = Vec::new();
    let mut pages = Vec::with_capacity(ids.len());
    for (number, id) in ids.iter().enumerate() {
        let language = &site
            .config
            .locales
            .get(language_of(site, site.page(*id)))
            .search;
        let at = hits
            .iter()
            .position(|(known, _)| known == language)
            .unwrap_or_else(|| {
                hits.push((language.clone(), Hits::default()));
                hits.len() - 1
            });
        pages.push(found(site, *id, (first + number) as u32, &mut hits[at].1));
    }
    Read { pages, hits }
}

fn found(site: &Site, id: PageId, number: u32, hits: &mut Hits) -> Found {
    let page = site.page(id);
    let language = site.config.locales.get(language_of(site, page));
    let sections = sections(site, page);
    let way = site.navigation(id).and_then(|(tree, at)| {
        let titles = tree
            .ancestors(at?)
            .into_iter()
            .map(|above| &*tree.entries[above].title);
        Some(titles.collect::<Vec<_>>().join(" › "))
    });
    let front = site
        .linked(page.source)
        .map(|linked| &linked.document.front_matter);
    let keywords = front.map(|front| front.keywords()).unwrap_or_default();
    let description = front
        .and_then(|front| front.text("description"))
        .unwrap_or_default();
    Found {
        url: Base::Folder(SitePath::root()).address(&page.output, ""),
        title: site.title(page.source).to_owned(),
        lang: (language.tag != site.config.locales.get(page.locale).tag)
            .then(|| language.tag.clone()),
        way: way.unwrap_or_default(),
        length: hits.read(number, &sections, &keywords, description),
        sections,
    }
}
