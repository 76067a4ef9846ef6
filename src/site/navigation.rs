//! Tables of contents -> the navigation of each page: nested tocs put in place, names filled in from titles, and for each page the toc it
//! belongs to (DocFX spec 14.3 to 14.6).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::{FallbackMode, FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};
use crate::syntax::toc::{Toc, TocEntry, is_toc};
use crate::syntax::{Body, RefId, RefKind, Reference};

use super::address::{merge_addresses, split_address};
use super::resolve::Target;
use super::xref::Xref;
use super::{Origin, PageId, PageVersion, Site, TranslationSetId};

/// Deeper entries are left out: no reader finds them, and templates recurse.
const DEEPEST: usize = 12;

/// A toc of more entries is read no further: folders that lead to folders could otherwise multiply without end.
const MOST: usize = 100_000;

/// One toc as readers of one language see it.
#[derive(Debug, Clone)]
pub struct NavTree {
    /// The file it comes from.
    pub toc: SourceId,
    /// Whose readers it is for.
    pub locale: LocaleId,
    /// Where the toc would be written: relative closeness to pages is measured from here.
    pub output: SitePath,
    /// The entries in reading order, each followed by those inside it.
    pub entries: Vec<NavEntry>,
    pages: BTreeMap<TranslationSetId, Listed>,
}

/// How a toc lists a page.
#[derive(Debug, Clone, Copy)]
struct Listed {
    /// The first entry that leads there.
    entry: usize,
    /// True if one of the entries claims the page for the toc. One that stands for another toc leads to a page, but the page is the other's.
    claimed: bool,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavEntry {
    /// What it says.
    pub title: Box<str>,
    /// Where it leads.
    pub link: Option<NavLink>,
    /// True if the author wants it open.
    pub expanded: bool,
    /// How many of the entries that follow are inside it.
    pub len: usize,
}

/// Where an entry leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavLink {
    /// To a page, and to a place on it: `#x`, or nothing.
    Page(PageVersion, Box<str>),
    /// To a file that is published as it is.
    Asset(SitePath),
    /// To an address outside.
    External(Box<str>),
}

impl NavTree {
    /// The entries directly inside entry `parent`, or the outermost.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let (mut next, end) = parent.map_or((0, self.entries.len()), |at| {
            (at + 1, at + 1 + self.entries[at].len)
        });
        std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| next = at + 1 + self.entries[at].len)?;
            Some(at)
        })
    }

    /// The entries on the way to entry `at`, from the outermost, without itself.
    pub fn ancestors(&self, at: usize) -> Vec<usize> {
        let mut way = Vec::new();
        let mut parent = None;
        while let Some(child) = self
            .children(parent)
            .take_while(|&child| child < at)
            .find(|&child| at <= child + self.entries[child].len)
        {
            way.push(child);
            parent = Some(child);
        }
        way
    }

    /// The first page of the toc, in the reader's own frame.
    pub fn first_page(&self) -> Option<PageId> {
        self.entries.iter().find_map(|entry| match &entry.link {
            Some(NavLink::Page(PageVersion::Localized(page), _)) => Some(*page),
            _ => None,
        })
    }

    /// The page an entry leads to, or the first one that an entry inside it leads to.
    pub fn first_link(&self, at: usize) -> Option<&NavLink> {
        self.entries[at..=at + self.entries[at].len]
            .iter()
            .find_map(|entry| entry.link.as_ref())
    }
}

#[derive(Debug, Default)]
pub(super) struct Navigation {
    trees: Vec<NavTree>,
    of_page: Vec<Option<(usize, Option<usize>)>>,
    roots: BTreeMap<LocaleId, usize>,
    tocs: std::collections::BTreeSet<SourceId>,
}

impl Navigation {
    pub fn of(&self, page: PageId) -> Option<(&NavTree, Option<usize>)> {
        let (tree, entry) = (*self.of_page.get(page.index())?)?;
        Some((&self.trees[tree], entry))
    }

    pub fn root(&self, locale: LocaleId) -> Option<&NavTree> {
        self.roots.get(&locale).map(|&tree| &self.trees[tree])
    }

    pub fn trees(&self) -> impl Iterator<Item = &NavTree> {
        self.trees.iter()
    }

    pub fn is_toc(&self, id: SourceId) -> bool {
        self.tocs.contains(&id)
    }

    pub fn new(site: &Site) -> Navigation {
        let tocs = Tocs::collect(site);
        let wanted: Vec<(usize, LocaleId)> = (0..tocs.keys.len())
            .flat_map(|key| site.config.locales.ids().map(move |locale| (key, locale)))
            .collect();
        let trees: Vec<(usize, NavTree)> = wanted
            .into_par_iter()
            .filter_map(|(key, locale)| Some((key, tocs.tree(site, key, locale)?)))
            .collect();
        let mut navigation = Navigation {
            tocs: tocs.by_source.keys().copied().collect(),
            ..Navigation::default()
        };
        let orders: Vec<i64> = trees
            .iter()
            .map(|(key, tree)| tocs.order(site, *key, tree.toc))
            .collect();
        // The toc at the root of a language comes before the one at the root of the site.
        for localized in [true, false] {
            for (at, (key, tree)) in trees.iter().enumerate() {
                let key = &tocs.keys[*key];
                if key.is_root && key.localized == localized {
                    navigation.roots.entry(tree.locale).or_insert(at);
                }
            }
        }
        navigation.trees = trees.into_iter().map(|(_, tree)| tree).collect();
        navigation.of_page = choose(site, &navigation.trees, &orders);
        navigation
    }
}

/// For each page the tree it belongs to (DocFX spec 14.6), a toc in the language of the page's text before any other.
fn choose(site: &Site, trees: &[NavTree], orders: &[i64]) -> Vec<Option<(usize, Option<usize>)>> {
    let mut holding: BTreeMap<(LocaleId, TranslationSetId), Vec<usize>> = BTreeMap::new();
    let mut in_folder: BTreeMap<(LocaleId, SitePath), Vec<usize>> = BTreeMap::new();
    for (at, tree) in trees.iter().enumerate() {
        for (set, _) in tree.pages.iter().filter(|(_, listed)| listed.claimed) {
            holding.entry((tree.locale, *set)).or_default().push(at);
        }
        in_folder
            .entry((tree.locale, tree.output.parent()))
            .or_default()
            .push(at);
    }
    let closeness = |page: &super::Page, at: usize| {
        let tree = &trees[at];
        let foreign = page.origin == Origin::Translated
            && site
                .linked(tree.toc)
                .and_then(|toc| toc.locale)
                .is_some_and(|locale| locale != page.locale);
        let way = tree.output.parent().relative_to(&page.output.parent());
        let ups = way.split('/').filter(|step| *step == "..").count();
        let downs = way
            .split('/')
            .filter(|step| !step.is_empty() && *step != "..")
            .count();
        (foreign, orders[at], downs, ups, tree.output.clone())
    };
    let above = |page: &super::Page| {
        let folders = std::iter::successors(Some(page.output.parent()), |folder| {
            (!folder.is_root()).then(|| folder.parent())
        });
        folders
            .filter_map(|folder| in_folder.get(&(page.locale, folder)))
            .flatten()
            .copied()
            .collect()
    };
    let choose = |page: &super::Page| {
        let claiming = holding.get(&(page.locale, page.translation_set)).cloned();
        let candidates: Vec<usize> = claiming.unwrap_or_else(|| above(page));
        let best = candidates
            .into_iter()
            .min_by_key(|at| closeness(page, *at))?;
        Some((
            best,
            trees[best]
                .pages
                .get(&page.translation_set)
                .map(|listed| listed.entry),
        ))
    };
    site.pages().par_iter().map(choose).collect()
}

struct TocKey {
    variants: Vec<(LocaleId, SourceId)>,
    localized: bool,
    is_root: bool,
}

struct Tocs {
    keys: Vec<TocKey>,
    by_source: BTreeMap<SourceId, usize>,
    nested: std::collections::BTreeSet<SourceId>,
}

impl Tocs {
    fn collect(site: &Site) -> Tocs {
        let mut tocs = Tocs {
            keys: Vec::new(),
            by_source: BTreeMap::new(),
            nested: std::collections::BTreeSet::new(),
        };
        let mut by_path: BTreeMap<(Option<SitePath>, String), usize> = BTreeMap::new();
        for (id, linked) in site.documents() {
            if !matches!(linked.document.body, Body::Toc(_)) {
                continue;
            }
            for (reference, target) in linked.document.refs.iter().zip(&linked.targets) {
                match target {
                    Target::Toc(nested) if is_nested(reference) => _ = tocs.nested.insert(*nested),
                    _ => {}
                }
            }
            let path = &site.source(id).path;
            let Some(placed) = site
                .config
                .map_file(path)
                .filter(|placed| placed.kind == FileKind::Pages)
            else {
                continue;
            };
            let (slot, locale, localized) = match site.config.localized_path(path) {
                Some(LocalizedPath { root, locale, rest }) => {
                    ((Some(root), without_extension(&rest)), locale, true)
                }
                None => (
                    (None, without_extension(path.as_str())),
                    placed
                        .locale
                        .unwrap_or_else(|| site.config.locales.default()),
                    false,
                ),
            };
            let is_root = if localized {
                !slot.1.contains('/')
            } else {
                placed.output.parent().is_root()
            };
            let next = tocs.keys.len();
            let key = *by_path.entry(slot).or_insert(next);
            if key == next {
                tocs.keys.push(TocKey {
                    variants: Vec::new(),
                    localized,
                    is_root,
                });
            }
            tocs.keys[key].variants.push((locale, id));
            tocs.by_source.insert(id, key);
        }
        tocs
    }

    fn order(&self, site: &Site, key: usize, toc: SourceId) -> i64 {
        let stated = match site.linked(toc).map(|linked| &linked.document.body) {
            Some(Body::Toc(toc)) => toc.order,
            _ => None,
        };
        let nested = self.keys[key]
            .variants
            .iter()
            .any(|(_, source)| self.nested.contains(source));
        stated.unwrap_or(if nested { 100 } else { 0 })
    }

    /// The toc that readers of `locale` get where `toc` is meant.
    fn variant(&self, site: &Site, toc: SourceId, locale: LocaleId) -> SourceId {
        self.by_source
            .get(&toc)
            .and_then(|key| self.source_for(site, *key, locale))
            .unwrap_or(toc)
    }

    fn source_for(&self, site: &Site, key: usize, locale: LocaleId) -> Option<SourceId> {
        let key = &self.keys[key];
        let variant = |wanted| {
            key.variants
                .iter()
                .find(|(locale, _)| *locale == wanted)
                .map(|(_, source)| *source)
        };
        if !key.localized {
            return variant(locale);
        }
        site.config
            .locales
            .fallback_chain(locale)
            .into_iter()
            .find_map(variant)
    }

    fn tree(&self, site: &Site, key: usize, locale: LocaleId) -> Option<NavTree> {
        let toc = self.source_for(site, key, locale)?;
        let path = &site.source(toc).path;
        let path = match site.config.localized_path(path) {
            Some(LocalizedPath { root, rest, .. }) => root
                .join(&site.config.locales.get(locale).folder)
                .and_then(|folder| folder.join(&rest))
                .ok()?,
            None => path.clone(),
        };
        let output = site.output_of(&path)?;
        let mut writer = Writer {
            site,
            tocs: self,
            locale,
            entries: Vec::new(),
            folders: Vec::new(),
            stack: vec![toc],
            left: MOST,
        };
        writer.toc(toc, 0);
        let (entries, folders) = (writer.entries, writer.folders);
        let mut pages = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(NavLink::Page(PageVersion::Localized(page), _)) = &entry.link {
                let listed = pages
                    .entry(site.page(*page).translation_set)
                    .or_insert(Listed {
                        entry: at,
                        claimed: false,
                    });
                listed.claimed |= folders.binary_search(&at).is_err();
            }
        }
        Some(NavTree {
            toc,
            locale,
            output,
            entries,
            pages,
        })
    }
}

struct Writer<'a> {
    site: &'a Site,
    tocs: &'a Tocs,
    locale: LocaleId,
    entries: Vec<NavEntry>,
    /// Those of `entries` that stand for another toc, in ascending order.
    folders: Vec<usize>,
    stack: Vec<SourceId>,
    left: usize,
}

impl Writer<'_> {
    fn toc(&mut self, id: SourceId, depth: usize) {
        let site = self.site;
        let Some(linked) = site.linked(id) else {
            return;
        };
        if let Body::Toc(Toc { entries, .. }) = &linked.document.body {
            self.all(id, entries, depth);
        }
    }

    fn all(&mut self, toc: SourceId, entries: &[TocEntry], depth: usize) {
        if depth < DEEPEST {
            entries.iter().for_each(|entry| self.one(toc, entry, depth));
        }
    }

    fn one(&mut self, toc: SourceId, entry: &TocEntry, depth: usize) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let (nested, folder) = match entry
            .href
            .or(entry.toc_href)
            .and_then(|href| self.site.reference(toc, href))
        {
            Some((reference, Target::Toc(nested))) => {
                let nested = self.tocs.variant(self.site, *nested, self.locale);
                (Some(nested), !is_nested(reference))
            }
            _ => (None, false),
        };
        let own = entry
            .href
            .filter(|_| nested.is_none())
            .or(entry.topic())
            .or(entry.uid)
            .or(entry.toc_href.filter(|_| nested.is_none()));
        let link = own.and_then(|reference| self.link(toc, reference));
        if matches!(link, Some(Found::LeftOut)) {
            return;
        }
        let link = link.and_then(Found::link);
        let at = self.entries.len();
        self.entries.push(NavEntry {
            title: "".into(),
            link,
            expanded: entry.expanded,
            len: 0,
        });
        if let Some(nested) = nested.filter(|nested| !self.stack.contains(nested)) {
            self.stack.push(nested);
            self.toc(nested, depth + 1);
            self.stack.pop();
            if folder {
                // A folder's own toc, or that of a `tocHref`, is not unfolded here: its entry leads to the first page of it.
                let first = self.entries[at + 1..]
                    .iter()
                    .find_map(|entry| entry.link.clone());
                self.entries.truncate(at + 1);
                self.forget(at);
                self.folders.push(at);
                let own = &mut self.entries[at].link;
                *own = own.take().or(first);
            }
        }
        self.all(toc, &entry.children, depth + 1);
        self.entries[at].len = self.entries.len() - at - 1;
        self.entries[at].title = self.title(toc, entry, at);
        if self.entries[at].len == 0 && self.entries[at].link.is_none() {
            self.entries.truncate(at);
            self.forget(at);
        }
    }

    /// The entries from `at` on are left out.
    fn forget(&mut self, at: usize) {
        self.folders
            .truncate(self.folders.partition_point(|folder| *folder < at));
    }

    /// The name in the toc; the page's own title if there is none, or if the page is written in the reader's language and the toc is not.
    fn title(&self, toc: SourceId, entry: &TocEntry, at: usize) -> Box<str> {
        let page = match &self.entries[at].link {
            Some(NavLink::Page(shown, _)) => Some(self.site.page(shown.page())),
            _ => None,
        };
        let foreign = self
            .site
            .linked(toc)
            .and_then(|linked| linked.locale)
            .is_some_and(|locale| locale != self.locale);
        let better = page.filter(|page| {
            foreign && page.origin == Origin::Translated && page.locale == self.locale
        });
        match (entry.name.as_ref().or(entry.display.as_ref()), better, page) {
            (_, Some(page), _) | (None, None, Some(page)) => self.site.title(page.source).into(),
            (Some(name), None, _) => name.clone(),
            (None, None, None) => self.foreign_name(toc, entry).unwrap_or_else(|| {
                let href = entry
                    .href
                    .or(entry.topic())
                    .and_then(|id| self.site.reference(toc, id));
                href.map_or_else(
                    || "…".into(),
                    |(reference, _)| folder_name(&reference.target),
                )
            }),
        }
    }

    fn foreign_name(&self, toc: SourceId, entry: &TocEntry) -> Option<Box<str>> {
        match self.site.reference(toc, entry.uid?)?.1 {
            Target::ExternalUid(uid) => {
                Some(self.site.external_page(uid)?.1.text(None, uid).into())
            }
            _ => None,
        }
    }

    fn link(&self, toc: SourceId, reference: RefId) -> Option<Found> {
        let (reference, target) = self.site.reference(toc, reference)?;
        match target {
            Target::Page { set, locale } => {
                let shown = self.site.version_for(*set, locale.unwrap_or(self.locale))?;
                let hidden = matches!(shown, PageVersion::Original(_))
                    && self.site.translation_set(*set).localized
                    && self
                        .site
                        .config
                        .fallback_mode(&self.site.translation_set(*set).path)
                        == FallbackMode::Nothing;
                let tail = split_address(&reference.target).1;
                Some(if hidden {
                    Found::LeftOut
                } else {
                    Found::Link(NavLink::Page(shown, tail.into()))
                })
            }
            Target::Asset(path) => Some(Found::Link(NavLink::Asset(path.clone()))),
            Target::ExternalUid(uid) => {
                let href = self.site.external_page(uid)?.1.href.as_deref()?;
                Some(Found::Link(NavLink::External(
                    merge_addresses(href, &Xref::of(&reference.target).tail).into(),
                )))
            }
            Target::External => Some(Found::Link(NavLink::External(reference.target.clone()))),
            _ => None,
        }
    }
}

enum Found {
    Link(NavLink),
    LeftOut,
}

impl Found {
    fn link(self) -> Option<NavLink> {
        match self {
            Found::Link(link) => Some(link),
            Found::LeftOut => None,
        }
    }
}

/// True if a toc mentioned this way is unfolded in place. That of a folder or a `tocHref` is not: the entry leads to its first page.
pub(super) fn is_nested(reference: &Reference) -> bool {
    reference.kind == RefKind::Toc
        && is_toc(
            split_address(&reference.target)
                .0
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or(""),
        )
}

/// A folder's name as words: `follow-ups/` is `follow ups` (DocFX spec 14.3).
pub(super) fn folder_name(target: &str) -> Box<str> {
    let path = split_address(target).0.trim_end_matches('/');
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    // A toc is called after its folder.
    let name = if is_toc(name) && !folder.is_empty() {
        folder.rsplit('/').next().unwrap_or(folder)
    } else {
        name
    };
    name.replace(['-', '_'], " ").into()
}

/// `toc.md` in one language and `TOC.yml` in another are the same toc.
fn without_extension(path: &str) -> String {
    let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
    format!("{folder}/toc").trim_start_matches('/').to_owned()
}
