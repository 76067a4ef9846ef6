//! The pages of one language -> the files its search runs on. In: a linked site. Out: paths and bytes, below a folder that the caller chooses.
//! A browser fetches a start file, then only the shards with the words a reader types, then only the chunks with the pages it shows. All are
//! scripts, because a page opened from disk may load nothing else. No server takes part.
//!
//! ```text
//! pages -sections-> text -tokenize-> posting lists -stem, fold-> groups of forms -compounds-> groups with parts -shards-> files
//! ```
//!
//! `templates/assets/search-core.js` reads what is written here. Knows nothing of templates, of HTML or of the rest of the output.

mod camel_case;
mod compounds;
mod encode;
mod identifiers;
mod page_batch;
mod postings;
pub mod sections;
mod shards;
mod stem;
mod stem_groups;
mod stop_words;
mod tokenize;
mod verbal_nouns;
mod vocabulary;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::locale::{Arg, Catalog, LocaleId, read_synonyms};
use crate::site::{PageId, Site};
use crate::source::SitePath;

use page_batch::{IndexedPage, PageBatch};
use stem::StemRules;
use tokenize::Folding;

/// Pages are read in batches of this size: large enough that most of their words repeat, small enough that there is work for every core.
const BATCH: usize = 200;

/// Interface texts of the script. It replaces `{count}` and `{query}` itself.
const MESSAGES: &[&str] = &[
    "search-count",
    "search-none",
    "search-similar",
    "search-meant",
    "search-try",
    "search-everywhere",
    "search-areas",
    "search-results",
    "search-more",
    "search-recent",
    "search-clear",
    "search-keys",
];

/// The search files of a language, each with its path in `folder`; none if it has no page to find.
pub fn files(
    site: &Site,
    catalog: &Catalog,
    locale: LocaleId,
    folder: &SitePath,
) -> Vec<(SitePath, Vec<u8>)> {
    let batches = read_pages(site, locale);
    let pages: Vec<&IndexedPage> = batches.iter().flat_map(|batch| &batch.pages).collect();
    if pages.is_empty() {
        return Vec::new();
    }
    // Words a reader types are in the language of the locale, even where a page is shown in another one.
    let language = &site.config.locales.get(locale).search;
    let folding = Folding::of(language);
    let mut groups = stem_groups::of(&batches, pages.len(), folding);
    let names = identifiers::of(&batches, &groups, folding);
    compounds::find_parts(&mut groups, language, pages.len(), names);
    let mut texts = BTreeMap::new();
    for key in MESSAGES {
        texts.insert(*key, script_text(catalog, locale, key));
    }
    // By stem, so that an inflected form of a word finds its synonyms too.
    let mut by_stem = BTreeMap::new();
    for (word, others) in read_synonyms(&site.sources, &site.config.locales)
        .0
        .of(locale)
    {
        by_stem.insert(stem_groups::key(&groups, word, language), others.to_vec());
    }
    let start = shards::Start {
        folding,
        links: StemRules::of(language).links,
        stop_words: stop_words::of(language),
        synonyms: by_stem,
        say: texts,
    };
    let mut files = Vec::new();
    for (name, bytes) in shards::files(&pages, &groups, start) {
        if let Ok(path) = folder.join(&name) {
            files.push((path, bytes));
        }
    }
    files
}

/// Reads the pages of a language that can be found, in parallel.
fn read_pages(site: &Site, locale: LocaleId) -> Vec<PageBatch> {
    // First by language, which is cheap; whether a page can be found takes a look at its metadata.
    let of_locale: Vec<PageId> = site
        .page_ids()
        .filter(|id| site.page(*id).locale == locale)
        .collect();
    let ids: Vec<PageId> = of_locale
        .into_par_iter()
        .filter(|id| site.is_searchable(site.page(*id)))
        .collect();
    ids.par_chunks(BATCH)
        .enumerate()
        .map(|(number, ids)| PageBatch::read(site, number * BATCH, ids))
        .collect()
}

fn script_text(catalog: &Catalog, locale: LocaleId, key: &str) -> String {
    let args = [
        ("count", Arg::Text("{count}")),
        ("query", Arg::Text("{query}")),
    ];
    catalog.text(locale, key, &args).into_owned()
}
