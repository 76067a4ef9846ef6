//! Tables of contents -> the navigation of each page: nested tocs in place, names filled in from titles, and for each page the toc it belongs
//! to (DocFX spec 14.3 to 14.6). Built from interfaces and links; sees no text of a page.

mod builder;
mod input;
mod nav_tree;
mod tocs;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::pages::{Origin, Page, PageId, TranslationSetId};
use builder::tree;
use tocs::Tocs;

pub(super) use input::NavigationInput;
pub use nav_tree::{NavEntry, NavLink, NavTree};

/// A page's tree, and its entry there if it has one.
type PagePlace = (usize, Option<usize>);

#[derive(Debug, Default)]
pub(super) struct Navigation {
    trees: Vec<NavTree>,
    /// Parallel to the pages.
    places: Vec<Option<PagePlace>>,
    roots: BTreeMap<LocaleId, usize>,
    /// The tocs that are part of the site.
    tocs: BTreeSet<SourceId>,
    /// What [`NavigationInput::hash`] was when this was made.
    pub hash: u128,
}

impl Navigation {
    pub fn of(&self, page: PageId) -> Option<(&NavTree, Option<usize>)> {
        let (tree, entry) = (*self.places.get(page.index())?)?;
        Some((&self.trees[tree], entry))
    }

    pub fn root(&self, locale: LocaleId) -> Option<&NavTree> {
        self.roots.get(&locale).map(|&tree| &self.trees[tree])
    }

    pub fn trees(&self) -> &[NavTree] {
        &self.trees
    }

    pub fn is_toc(&self, id: SourceId) -> bool {
        self.tocs.contains(&id)
    }

    pub fn new(input: NavigationInput<'_>, hash: u128) -> Navigation {
        let tocs = Tocs::collect(input);
        let mut wanted = Vec::new();
        for set in 0..tocs.sets.len() {
            for locale in input.input.config.locales.ids() {
                wanted.push((set, locale));
            }
        }
        // Trees are independent of each other, and sites with many languages have hundreds.
        let made: Vec<Option<(usize, NavTree)>> = wanted
            .into_par_iter()
            .map(|(set, locale)| Some((set, tree(input, &tocs, set, locale)?)))
            .collect();
        let mut trees = Vec::new();
        let mut orders = Vec::new();
        let mut is_root = Vec::new();
        for (set, tree) in made.into_iter().flatten() {
            orders.push(tocs.order(set, tree.toc));
            is_root.push((tocs.sets[set].is_root, tocs.sets[set].localized));
            trees.push(tree);
        }
        let mut roots = BTreeMap::new();
        // The toc at the root of a language comes before the one at the root of the site.
        for localized in [true, false] {
            for (at, tree) in trees.iter().enumerate() {
                if is_root[at] == (true, localized) {
                    roots.entry(tree.locale).or_insert(at);
                }
            }
        }
        let places = Chooser::new(input, &trees, orders).places();
        Navigation {
            places,
            trees,
            roots,
            tocs: tocs.by_source.keys().copied().collect(),
            hash,
        }
    }
}

/// Chooses for each page the tree it belongs to (DocFX spec 14.6), a toc in the language of the page's text before any other.
struct Chooser<'a> {
    input: NavigationInput<'a>,
    trees: &'a [NavTree],
    /// Parallel to the trees: the smallest wins.
    orders: Vec<i64>,
    /// The trees that list a page.
    listing: BTreeMap<(LocaleId, TranslationSetId), Vec<usize>>,
    /// The trees of a folder.
    in_folder: BTreeMap<(LocaleId, SitePath), Vec<usize>>,
}

impl<'a> Chooser<'a> {
    fn new(input: NavigationInput<'a>, trees: &'a [NavTree], orders: Vec<i64>) -> Self {
        let mut chooser = Chooser {
            input,
            trees,
            orders,
            listing: BTreeMap::new(),
            in_folder: BTreeMap::new(),
        };
        for (at, tree) in trees.iter().enumerate() {
            for (set, listed) in &tree.pages {
                // A page that is only linked to, as the first page of another toc, belongs to that toc.
                if listed.claimed {
                    let listing = chooser.listing.entry((tree.locale, *set));
                    listing.or_default().push(at);
                }
            }
            let folder = (tree.locale, tree.output.parent());
            chooser.in_folder.entry(folder).or_default().push(at);
        }
        chooser
    }

    fn places(&self) -> Vec<Option<PagePlace>> {
        let pages = self.input.names.pages.list();
        pages.par_iter().map(|page| self.place(page)).collect()
    }

    fn place(&self, page: &Page) -> Option<PagePlace> {
        // A toc that lists the page wins over a nearer one that doesn't (DocFX spec 14.6).
        let candidates = match self.listing.get(&(page.locale, page.translation_set)) {
            Some(listing) => listing.clone(),
            None => self.above(page),
        };
        let tree = candidates
            .into_iter()
            .min_by_key(|at| self.distance(page, *at))?;
        let listed = self.trees[tree].pages.get(&page.translation_set);
        Some((tree, listed.map(|listed| listed.entry)))
    }

    /// The trees in the folders above a page, the nearest first.
    fn above(&self, page: &Page) -> Vec<usize> {
        let mut trees = Vec::new();
        let mut folder = page.output.parent();
        loop {
            if let Some(here) = self.in_folder.get(&(page.locale, folder.clone())) {
                trees.extend(here);
            }
            if folder.is_root() {
                return trees;
            }
            folder = folder.parent();
        }
    }

    /// How far a tree is from a page; less is better.
    fn distance(&self, page: &Page, tree: usize) -> (bool, i64, usize, usize, SitePath) {
        let NavTree { toc, output, .. } = &self.trees[tree];
        let foreign = page.origin == Origin::Translated && self.input.is_foreign(*toc, page.locale);
        let (mut ups, mut downs) = (0, 0);
        for step in output
            .parent()
            .relative_to(&page.output.parent())
            .split('/')
        {
            match step {
                "" => {}
                ".." => ups += 1,
                _ => downs += 1,
            }
        }
        // Order, folders down, folders up, path: DocFX compares these one after the other (DocFX spec 14.6).
        (foreign, self.orders[tree], downs, ups, output.clone())
    }
}
