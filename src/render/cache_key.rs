//! An output -> the cache key of its file: a hash of everything the file can depend on, so that a later build knows without rendering it
//! that the same would come out.
//!
//! Nothing can be forgotten, because functions of a format get no more of the site than their variant of [`Render`] names, and each of these
//! values hashes all that it shows:
//!
//! | [`Render`] | its functions get | in the key |
//! |---|---|---|
//! | `Graph` | [`Graph`](crate::site::Graph) | `Graph::graph_hash` |
//! | `Page`, `Pages` | [`PageScope`] | that, and `PageScope::hash` |
//! | `Dates` | [`DatedGraph`] | that, and `DatedGraph::hash` |
//! | `Summaries` | [`SummarizedGraph`] | that, and `SummarizedGraph::hash` of the pages of the file's language |
//! | `Everything` | [`Site`] | no key: rendered by every build |
//!
//! Their [`RenderContext`](super::RenderContext) is made from files that are not documents, all of which are in every key, as is the
//! configuration. Doesn't know where keys are stored, nor that other versions of the program render in other ways: the output state
//! of a folder does (`disk/output_state.rs`).

use std::hash::Hash;
use std::sync::OnceLock;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::locale::LocaleId;
use crate::site::{PageId, PageScope, Site};

use super::format::{Output, Render};
use super::inputs::{DatedGraph, SummarizedGraph};

/// The cache keys of all files of a site.
pub struct CacheKeys<'s> {
    site: &'s Site,
    /// What every file can depend on: theme, configuration and graph.
    shared: u128,
    /// The dates of all documents.
    dates: u128,
    summaries: SummarizedGraph<'s>,
    /// Parallel to the pages: the hash of each [`PageScope`]. Most are asked for several times.
    scopes: Vec<u128>,
    /// Parallel to the pages: [`SummarizedGraph::hash`]. Only lists ask for these.
    summary_hashes: OnceLock<Vec<Option<u128>>>,
}

impl<'s> CacheKeys<'s> {
    /// Hashes what all keys share, and the scope of each page, once.
    pub fn new(site: &'s Site) -> Self {
        let pages: Vec<PageId> = site.page_ids().collect();
        CacheKeys {
            site,
            shared: shared(site),
            dates: DatedGraph::new(site).hash(),
            summaries: SummarizedGraph::new(site),
            // In parallel: the scope of a page depends on no other.
            scopes: pages
                .into_par_iter()
                .map(|id| PageScope::new(site, id).hash())
                .collect(),
            summary_hashes: OnceLock::new(),
        }
    }

    /// The key of a file; nothing for one that is rendered from everything.
    pub fn of(&self, output: &Output) -> Option<u128> {
        let mut hash = self.start();
        // Two formats can write to one path at different times: the page `a.html` and the redirect of a moved page.
        add(&mut hash, output.format.name);
        add(&mut hash, output.path.as_str());
        match &output.format.render {
            Render::Page(_) => self.add_scope(&mut hash, output.page()?),
            Render::Pages { pages, .. } => {
                for id in pages(self.site, output) {
                    self.add_scope(&mut hash, id);
                }
            }
            // The graph is in the shared hash already.
            Render::Graph(_) => {}
            Render::Dates(_) => hash.update(&self.dates.to_le_bytes()),
            Render::Summaries(_) => {
                hash.update(&self.dates.to_le_bytes());
                self.add_summaries(&mut hash, output.locale(self.site));
            }
            // The history of the content is not known here.
            Render::Everything(_) => return None,
        }
        Some(hash.digest128())
    }

    /// The key of the files that the search of a language runs on.
    pub fn of_search(&self, locale: LocaleId) -> u128 {
        let mut hash = self.start();
        for id in self.site.page_ids() {
            if self.site.page(id).locale == locale {
                self.add_scope(&mut hash, id);
            }
        }
        hash.digest128()
    }

    fn start(&self) -> Xxh3 {
        let mut hash = Xxh3::new();
        hash.update(&self.shared.to_le_bytes());
        hash
    }

    fn add_scope(&self, hash: &mut Xxh3, id: PageId) {
        hash.update(&self.scopes[id.index()].to_le_bytes());
    }

    /// Adds the summaries of the pages of a language, or of all.
    fn add_summaries(&self, hash: &mut Xxh3, locale: Option<LocaleId>) {
        let site = self.site;
        let summaries = self
            .summary_hashes
            .get_or_init(|| site.page_ids().map(|id| self.summaries.hash(id)).collect());
        for (number, page) in site.pages().iter().enumerate() {
            if (locale.is_none() || locale == Some(page.locale))
                && let Some(summary) = summaries[number]
            {
                hash.update(&number.to_le_bytes());
                hash.update(&summary.to_le_bytes());
            }
        }
    }
}

/// What every file can depend on.
fn shared(site: &Site) -> u128 {
    let mut hash = Xxh3::new();
    hash.update(&site.graph_hash().to_le_bytes());
    // By its fields, not its files: some are set on the command line.
    site.config.hash(&mut hash);
    // Templates, interface texts, grammars, translation records: what is not a document can be shown anywhere.
    for id in site.sources.ids() {
        if site.document(id).is_none() {
            hash.update(&site.source(id).content_hash().to_le_bytes());
        }
    }
    // Pages state the size of pictures.
    for path in site.sources.assets().keys() {
        let size = match site.sources.dimensions(path) {
            Some(size) => [size.width, size.height],
            None => [0, 0],
        };
        for length in size {
            hash.update(&length.to_le_bytes());
        }
    }
    hash.digest128()
}

/// Adds a text with its length: `ab` and `c` must not hash like `a` and `bc`.
fn add(hash: &mut Xxh3, text: &str) {
    hash.update(&text.len().to_le_bytes());
    hash.update(text.as_bytes());
}
