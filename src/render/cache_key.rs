//! An output -> a key of everything that its file can depend on, so that a later build can tell without making the page that the same
//! would come out.
//!
//! Rather than follow what each page asks of others, all that pages see of each other goes into one key that they share: every file that is
//! no article, every path, and of each article its title and its front matter but for the date. Of the *words* of articles a page shows
//! its own, those of its translations (shared anchors, what is out of date), and those of the texts that any of these include; lists and maps
//! show how a text begins. Whoever lets a page show more than that of another page has to add it here; a test that builds again after random
//! changes finds out.

use std::hash::Hash;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::locale::LocaleId;
use crate::site::{Page, PageId, Site, Target};
use crate::source::SourceId;
use crate::syntax::Body;
use crate::syntax::front_matter::is_date_key;

use super::format::{Output, Render};
use crate::search::sections::excerpt;

/// What pages of one site are made from.
pub struct CacheKeys<'s> {
    site: &'s Site,
    /// What all pages can depend on.
    common: u128,
    /// When articles say that they changed.
    dates: u128,
    /// Parallel to the pages: the words that each one shows. Most are asked for several times.
    pages: Vec<u128>,
    /// Parallel to the pages: what is told of each because it doesn't say itself what it is about.
    beginnings: OnceLock<Vec<Option<u128>>>,
}

impl<'s> CacheKeys<'s> {
    /// Looks at all sources of a site once.
    pub fn new(site: &'s Site) -> Self {
        let ids: Vec<SourceId> = site.sources.ids().collect();
        let texts: Vec<u128> = ids
            .par_iter()
            .map(|id| xxh3_128(site.source(*id).text.as_bytes()))
            .collect();
        let faces: Vec<u128> = ids
            .par_iter()
            .map(|id| face(site, *id).unwrap_or(texts[id.index()]))
            .collect();
        let mut hash = Xxh3::new();
        // Not all of it need come from a file.
        add(&mut hash, &format!("{:?}", site.config));
        for (id, face) in ids.iter().zip(faces) {
            add(&mut hash, site.source(*id).path.as_str());
            hash.update(&face.to_le_bytes());
        }
        for path in site.sources.assets().keys() {
            add(&mut hash, path.as_str());
            let size = site
                .sources
                .dimensions(path)
                .map_or([0, 0], |size| [size.width, size.height]);
            size.iter()
                .for_each(|length| hash.update(&length.to_le_bytes()));
        }
        site.sources
            .unreadable()
            .keys()
            .for_each(|path| add(&mut hash, path.as_str()));
        let pages = site
            .page_ids()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|id| page(site, &texts, id))
            .collect();
        CacheKeys {
            site,
            common: hash.digest128(),
            dates: dates(site),
            pages,
            beginnings: OnceLock::new(),
        }
    }

    /// The key of a file; nothing for one that is made from every word of the site.
    pub fn of(&self, output: &Output) -> Option<u128> {
        let mut hash = Xxh3::new();
        hash.update(&self.common.to_le_bytes());
        add(&mut hash, output.format.name);
        add(&mut hash, output.path.as_str());
        match &output.format.render {
            Render::Page(_) => self.page(output.page()?, &mut hash),
            Render::Pages { pages, .. } => {
                for id in pages(self.site, output) {
                    self.page(id, &mut hash);
                }
            }
            Render::Graph(_) => {}
            Render::Dates(_) => hash.update(&self.dates.to_le_bytes()),
            Render::Excerpts(_) => {
                hash.update(&self.dates.to_le_bytes());
                let locale = output.locale(self.site);
                self.beginnings(&mut hash, |page| {
                    locale.is_none_or(|locale| page.locale == locale)
                });
            }
            Render::Everything(_) => return None,
        }
        Some(hash.digest128())
    }

    /// The key of the files that the search of a language runs on.
    pub fn of_search(&self, locale: LocaleId) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(&self.common.to_le_bytes());
        self.pages(locale, &mut hash);
        hash.digest128()
    }

    /// All pages of a language.
    fn pages(&self, locale: LocaleId, hash: &mut Xxh3) {
        self.site
            .page_ids()
            .filter(|id| self.site.page(*id).locale == locale)
            .for_each(|id| self.page(id, hash));
    }

    /// How the texts of these pages begin, as far as that is told.
    fn beginnings(&self, hash: &mut Xxh3, wanted: impl Fn(&Page) -> bool) {
        let of = |page: &Page| excerpt(self.site, page).map(|text| xxh3_128(text.as_bytes()));
        let all = self
            .beginnings
            .get_or_init(|| self.site.pages().iter().map(of).collect());
        for (number, told) in all
            .iter()
            .enumerate()
            .filter(|(number, _)| wanted(&self.site.pages()[*number]))
        {
            if let Some(told) = told {
                hash.update(&number.to_le_bytes());
                hash.update(&told.to_le_bytes());
            }
        }
    }

    fn page(&self, id: PageId, hash: &mut Xxh3) {
        hash.update(&self.pages[id.index()].to_le_bytes());
    }
}

/// The words that a page shows, its own and those of its translations, with all they include. `texts` is parallel to the sources.
fn page(site: &Site, texts: &[u128], id: PageId) -> u128 {
    let page = site.page(id);
    let mut hash = Xxh3::new();
    add(&mut hash, page.output.as_str());
    hash.update(&page.locale.index().to_le_bytes());
    let mut seen = FxHashSet::default();
    let mut open = vec![page.source];
    open.extend(
        site.translation_set(page.translation_set)
            .variants
            .iter()
            .rev()
            .map(|(_, variant)| *variant),
    );
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        hash.update(&texts[id.index()].to_le_bytes());
        let Some(linked) = site.linked(id) else {
            continue;
        };
        // Which includes are cut off, and what raw HTML points to that is resolved from the including pages, depends on other files, too.
        linked.targets.hash(&mut hash);
        open.extend(linked.targets.iter().filter_map(|target| match target {
            Target::Fragment(id) | Target::Code(id) => Some(*id),
            _ => None,
        }));
    }
    hash.digest128()
}

/// The dates of all documents.
fn dates(site: &Site) -> u128 {
    let mut hash = Xxh3::new();
    for (id, linked) in site.documents() {
        for entry in linked
            .document
            .front_matter
            .entries
            .iter()
            .filter(|entry| is_date_key(&entry.key))
        {
            hash.update(&id.index().to_le_bytes());
            add(&mut hash, &entry.key);
            add(
                &mut hash,
                site.source(id)
                    .text
                    .get(entry.value.span.range())
                    .unwrap_or_default(),
            );
        }
    }
    hash.digest128()
}

/// What other pages can see of an article; nothing for a file of another kind, all of which they can see.
fn face(site: &Site, id: SourceId) -> Option<u128> {
    let document = &site.linked(id)?.document;
    if !matches!(document.body, Body::Article(_)) {
        return None;
    }
    let text = &site.source(id).text;
    let mut hash = Xxh3::new();
    add(&mut hash, site.title(id));
    for entry in document
        .front_matter
        .entries
        .iter()
        .filter(|entry| !is_date_key(&entry.key))
    {
        add(&mut hash, &entry.key);
        add(
            &mut hash,
            text.get(entry.value.span.range()).unwrap_or_default(),
        );
    }
    Some(hash.digest128())
}

/// Adds a text so that two of them are never taken for one.
fn add(hash: &mut Xxh3, text: &str) {
    hash.update(&text.len().to_le_bytes());
    hash.update(text.as_bytes());
}
