//! An output -> the cache key of its file: a hash of everything the file can depend on, so that a later build can tell without rendering it
//! that the same would come out.
//!
//! What that is follows from how the format is rendered, see [`Render`]: each way of rendering adds the hash of what its functions get to the
//! hash that all keys share: theme, configuration and graph. Doesn't know where keys are stored, nor that other versions of the program
//! render in other ways: the record of an output folder does.

use std::hash::Hash;
use std::sync::OnceLock;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::locale::LocaleId;
use crate::search::sections::excerpt;
use crate::site::{Page, PageId, PageScope, Site};

use super::format::{Output, Render};

/// The cache keys of all files of a site.
pub struct CacheKeys<'s> {
    site: &'s Site,
    /// What every file can depend on: theme, configuration and graph.
    shared: u128,
    /// The dates of all documents.
    dates: u128,
    /// Parallel to the pages: the hash of each [`PageScope`]. Most are asked for several times.
    scopes: Vec<u128>,
    /// Parallel to the pages: the hash of each excerpt. Only lists ask for these.
    excerpts: OnceLock<Vec<Option<u128>>>,
}

impl<'s> CacheKeys<'s> {
    /// Hashes what all keys share, and the scope of each page, once.
    pub fn new(site: &'s Site) -> Self {
        let pages: Vec<PageId> = site.page_ids().collect();
        CacheKeys {
            site,
            shared: shared(site),
            dates: dates(site),
            scopes: pages
                .into_par_iter()
                .map(|id| PageScope::new(site, id).hash())
                .collect(),
            excerpts: OnceLock::new(),
        }
    }

    /// The key of a file; nothing for one that is rendered from everything.
    pub fn of(&self, output: &Output) -> Option<u128> {
        let mut hash = self.start();
        add(&mut hash, output.format.name);
        add(&mut hash, output.path.as_str());
        match &output.format.render {
            Render::Page(_) => self.add_scope(&mut hash, output.page()?),
            Render::Pages { pages, .. } => {
                for id in pages(self.site, output) {
                    self.add_scope(&mut hash, id);
                }
            }
            Render::Graph(_) => {}
            Render::Dates(_) => hash.update(&self.dates.to_le_bytes()),
            Render::Excerpts(_) => {
                hash.update(&self.dates.to_le_bytes());
                self.add_excerpts(&mut hash, output.locale(self.site));
            }
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

    /// Adds the excerpts of the pages of a language, or of all.
    fn add_excerpts(&self, hash: &mut Xxh3, locale: Option<LocaleId>) {
        let pages = self.site.pages();
        let excerpts = self
            .excerpts
            .get_or_init(|| pages.iter().map(|page| self.excerpt(page)).collect());
        for (number, page) in pages.iter().enumerate() {
            if locale.is_none() || locale == Some(page.locale) {
                // A page that states its summary has no excerpt: the summary is part of the graph.
                if let Some(excerpt) = excerpts[number] {
                    hash.update(&number.to_le_bytes());
                    hash.update(&excerpt.to_le_bytes());
                }
            }
        }
    }

    fn excerpt(&self, page: &Page) -> Option<u128> {
        Some(xxh3_128(excerpt(self.site, page)?.as_bytes()))
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

fn dates(site: &Site) -> u128 {
    let mut hash = Xxh3::new();
    for (id, linked) in site.documents() {
        hash.update(&id.index().to_le_bytes());
        hash.update(&linked.document.interface.dates.to_le_bytes());
    }
    hash.digest128()
}

/// Adds a text with its length: `ab` and `c` must not hash like `a` and `bc`.
fn add(hash: &mut Xxh3, text: &str) {
    hash.update(&text.len().to_le_bytes());
    hash.update(text.as_bytes());
}
