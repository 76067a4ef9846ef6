//! Tables of contents -> the navigation of each page: nested tocs in place, names filled in from titles, and for each page the toc it belongs
//! to (DocFX spec 14.3 to 14.6). Built from interfaces and links; sees no text of a page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::config::{FallbackMode, FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};
use crate::syntax::RefId;
use crate::syntax::document::Outgoing;
use crate::syntax::interface::DocumentKind;
use crate::syntax::toc::{Toc, TocEntry};

use super::address::{merge_addresses, split_address};
use super::input::LinkInput;
use super::links::DocumentLinks;
use super::names::Names;
use super::pages::{Origin, Page, PageId, PageVersion, TranslationSetId};
use super::target::Target;
use super::titles::Titles;
use super::toc_reference::{folder_name, is_nested};
use super::xref::Xref;
use super::xref_maps::XrefMaps;

/// Deeper entries are left out: no reader finds them, and templates recurse.
const MAX_DEPTH: usize = 12;

/// A toc of more entries is read no further: folders that lead to folders could otherwise multiply without end.
const MAX_ENTRIES: usize = 100_000;

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
    pages: BTreeMap<TranslationSetId, ListedPage>,
}

/// How a toc lists a page.
#[derive(Debug, Clone, Copy)]
struct ListedPage {
    /// The first entry that links to it.
    entry: usize,
    /// True if one of the entries claims the page for the toc. An entry for another toc has a page, too, but the page is the other toc's.
    claimed: bool,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavEntry {
    /// Its text.
    pub title: Box<str>,
    /// What it links to.
    pub link: Option<NavLink>,
    /// True if the author wants it open.
    pub expanded: bool,
    /// How many of the entries that follow are inside it.
    pub len: usize,
}

/// What an entry links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavLink {
    /// A page, and the place on it: `#x`, or nothing.
    Page(PageVersion, Box<str>),
    /// A file that is published as it is.
    Asset(SitePath),
    /// An address outside of the site.
    External(Box<str>),
}

impl NavTree {
    /// The entries directly inside entry `parent`, or the outermost.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let (mut next, end) = match parent {
            Some(at) => (at + 1, at + 1 + self.entries[at].len),
            None => (0, self.entries.len()),
        };
        std::iter::from_fn(move || {
            let at = next;
            if at >= end {
                return None;
            }
            next = at + 1 + self.entries[at].len;
            Some(at)
        })
    }

    /// The entries on the way to entry `at`, from the outermost, without itself.
    pub fn ancestors(&self, at: usize) -> Vec<usize> {
        let mut ancestors = Vec::new();
        let mut parent = None;
        while let Some(child) = self
            .children(parent)
            .take_while(|&child| child < at)
            .find(|&child| at <= child + self.entries[child].len)
        {
            ancestors.push(child);
            parent = Some(child);
        }
        ancestors
    }

    /// The first page of the toc, in the reader's own frame.
    pub fn first_page(&self) -> Option<PageId> {
        self.entries.iter().find_map(|entry| match &entry.link {
            Some(NavLink::Page(PageVersion::Localized(page), _)) => Some(*page),
            _ => None,
        })
    }

    /// The link of an entry, or the first one of the entries inside it.
    pub fn first_link(&self, at: usize) -> Option<&NavLink> {
        self.entries[at..=at + self.entries[at].len]
            .iter()
            .find_map(|entry| entry.link.as_ref())
    }
}

/// What navigation is built from: everything of the graph but itself.
#[derive(Clone, Copy)]
pub(super) struct NavigationInput<'a> {
    pub input: LinkInput<'a>,
    pub names: &'a Names,
    pub xref_maps: &'a XrefMaps,
    /// Parallel to the text files.
    pub links: &'a [Option<Arc<DocumentLinks>>],
    pub titles: &'a Titles,
}

impl<'a> NavigationInput<'a> {
    fn toc(self, id: SourceId) -> Option<&'a Toc> {
        self.input.interface(id)?.toc()
    }

    fn tocs(self) -> impl Iterator<Item = SourceId> + 'a {
        let ids = self.input.layout.ids();
        ids.filter(move |id| match self.input.interface(*id) {
            Some(interface) => interface.kind() == DocumentKind::Toc,
            None => false,
        })
    }

    fn reference(self, id: SourceId, reference: RefId) -> Option<(Outgoing<'a>, &'a Target)> {
        let links = self.links.get(id.index())?.as_ref()?;
        Some((
            self.input.interface(id)?.reference(reference)?,
            links.targets.get(reference as usize)?,
        ))
    }

    fn page(self, id: PageId) -> &'a Page {
        &self.names.pages.list()[id.index()]
    }

    fn title(self, id: SourceId) -> &'a str {
        match self.titles.get(id.index()) {
            Some(Some(title)) => title,
            _ => self.input.path(id).stem(),
        }
    }

    /// True if a toc is in another language's folder.
    fn is_foreign(self, toc: SourceId, locale: LocaleId) -> bool {
        match self.input.layout.locale(toc) {
            Some(own) => own != locale,
            None => false,
        }
    }

    /// Equal if the navigation is: the hash of all it is made of, except the configuration.
    pub fn hash(self) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(&self.names.hash.to_le_bytes());
        hash.update(&self.xref_maps.hash().to_le_bytes());
        hash.update(&titles_hash(self.titles).to_le_bytes());
        for id in self.tocs() {
            let (Some(interface), Some(links)) =
                (self.input.interface(id), &self.links[id.index()])
            else {
                continue;
            };
            hash.update(&interface.hashes().metadata.to_le_bytes());
            // Which references of a toc are cut off is decided by other files.
            for (number, _) in &links.embeds {
                let is_cut = matches!(links.targets[*number as usize], Target::Broken(_));
                hash.update(&[u8::from(is_cut)]);
            }
        }
        hash.digest128()
    }
}

/// Equal if all documents have the same titles.
pub(super) fn titles_hash(titles: &Titles) -> u128 {
    let mut hash = Xxh3::new();
    for title in titles {
        let title = title.as_deref().unwrap_or_default();
        hash.update(&title.len().to_le_bytes());
        hash.update(title.as_bytes());
    }
    hash.digest128()
}

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
        let made: Vec<Option<(usize, NavTree)>> = wanted
            .into_par_iter()
            .map(|(set, locale)| Some((set, tocs.tree(set, locale)?)))
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
        (foreign, self.orders[tree], downs, ups, output.clone())
    }
}

/// What all translations of one toc share.
struct TocSet {
    variants: Vec<(LocaleId, SourceId)>,
    localized: bool,
    is_root: bool,
}

impl TocSet {
    fn variant(&self, locale: LocaleId) -> Option<SourceId> {
        let found = self.variants.iter().find(|(other, _)| *other == locale);
        found.map(|(_, source)| *source)
    }
}

struct Tocs<'a> {
    input: NavigationInput<'a>,
    sets: Vec<TocSet>,
    by_source: BTreeMap<SourceId, usize>,
    /// Tocs that are unfolded in others.
    nested: BTreeSet<SourceId>,
}

impl<'a> Tocs<'a> {
    fn collect(input: NavigationInput<'a>) -> Tocs<'a> {
        let mut tocs = Tocs {
            input,
            sets: Vec::new(),
            by_source: BTreeMap::new(),
            nested: BTreeSet::new(),
        };
        let mut by_path: BTreeMap<(Option<SitePath>, String), usize> = BTreeMap::new();
        for id in input.tocs() {
            tocs.collect_nested(id);
            let layout = input.input.layout;
            let Some(placed) = layout.placed(id) else {
                continue;
            };
            if placed.kind != FileKind::Pages {
                continue;
            }
            let default = input.input.config.locales.default();
            let (slot, locale, localized) = match layout.localized(id) {
                Some(LocalizedPath { root, locale, rest }) => {
                    ((Some(root.clone()), toc_path(rest)), *locale, true)
                }
                None => {
                    let slot = (None, toc_path(input.input.path(id).as_str()));
                    (slot, placed.locale.unwrap_or(default), false)
                }
            };
            let is_root = if localized {
                !slot.1.contains('/')
            } else {
                placed.output.parent().is_root()
            };
            let next = tocs.sets.len();
            let set = *by_path.entry(slot).or_insert(next);
            if set == next {
                tocs.sets.push(TocSet {
                    variants: Vec::new(),
                    localized,
                    is_root,
                });
            }
            tocs.sets[set].variants.push((locale, id));
            tocs.by_source.insert(id, set);
        }
        tocs
    }

    fn collect_nested(&mut self, id: SourceId) {
        let (Some(interface), Some(links)) = (
            self.input.input.interface(id),
            &self.input.links[id.index()],
        ) else {
            return;
        };
        for (reference, target) in interface.references().zip(&links.targets) {
            if let Target::Toc(nested) = target
                && is_nested(reference)
            {
                self.nested.insert(*nested);
            }
        }
    }

    /// Which toc wins a page that several list: the smallest number, a nested one last (DocFX spec 14.6).
    fn order(&self, set: usize, toc: SourceId) -> i64 {
        if let Some(toc) = self.input.toc(toc)
            && let Some(order) = toc.order
        {
            return order;
        }
        let mut variants = self.sets[set].variants.iter();
        if variants.any(|(_, source)| self.nested.contains(source)) {
            100
        } else {
            0
        }
    }

    /// The toc that readers of `locale` get where `toc` is meant.
    fn variant(&self, toc: SourceId, locale: LocaleId) -> SourceId {
        match self.by_source.get(&toc) {
            Some(set) => self.source_for(*set, locale).unwrap_or(toc),
            None => toc,
        }
    }

    fn source_for(&self, set: usize, locale: LocaleId) -> Option<SourceId> {
        let set = &self.sets[set];
        if !set.localized {
            return set.variant(locale);
        }
        let chain = self.input.input.config.locales.fallback_chain(locale);
        chain.into_iter().find_map(|locale| set.variant(locale))
    }

    /// Where the toc would be published if it were written in `locale`.
    fn output(&self, toc: SourceId, locale: LocaleId) -> Option<SitePath> {
        let input = self.input.input;
        let path = match input.layout.localized(toc) {
            Some(LocalizedPath { root, rest, .. }) => {
                let folder = root.join(&input.config.locales.get(locale).folder).ok()?;
                folder.join(rest).ok()?
            }
            None => input.path(toc).clone(),
        };
        Some(input.placed(&path)?.output)
    }

    fn tree(&self, set: usize, locale: LocaleId) -> Option<NavTree> {
        let toc = self.source_for(set, locale)?;
        let output = self.output(toc, locale)?;
        let mut builder = TreeBuilder {
            input: self.input,
            tocs: self,
            locale,
            entries: Vec::new(),
            folders: Vec::new(),
            stack: vec![toc],
            left: MAX_ENTRIES,
        };
        builder.toc(toc, 0);
        let pages = builder.pages();
        Some(NavTree {
            toc,
            locale,
            output,
            entries: builder.entries,
            pages,
        })
    }
}

struct TreeBuilder<'a> {
    input: NavigationInput<'a>,
    tocs: &'a Tocs<'a>,
    locale: LocaleId,
    entries: Vec<NavEntry>,
    /// Those of `entries` that link to another toc, in ascending order.
    folders: Vec<usize>,
    /// The tocs on the way here: a folder's toc may lead back to them.
    stack: Vec<SourceId>,
    /// How many entries may still be read.
    left: usize,
}

/// What an address in a toc becomes.
enum EntryLink {
    To(NavLink),
    /// The page is not shown to readers of this language, so the entry is left out.
    LeftOut,
    /// The entry has no link.
    Nothing,
}

/// A toc behind an entry.
#[derive(Clone, Copy)]
struct NestedToc {
    toc: SourceId,
    /// True if it is only linked to, not unfolded.
    is_folder: bool,
}

impl TreeBuilder<'_> {
    fn toc(&mut self, id: SourceId, depth: usize) {
        if let Some(toc) = self.input.toc(id) {
            self.all(id, &toc.entries, depth);
        }
    }

    fn all(&mut self, toc: SourceId, entries: &[TocEntry], depth: usize) {
        if depth < MAX_DEPTH {
            for entry in entries {
                self.one(toc, entry, depth);
            }
        }
    }

    fn one(&mut self, toc: SourceId, entry: &TocEntry, depth: usize) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let nested = self.nested(toc, entry);
        let link = match self.entry_link(toc, entry, nested) {
            EntryLink::To(link) => Some(link),
            EntryLink::Nothing => None,
            EntryLink::LeftOut => return,
        };
        let at = self.entries.len();
        self.entries.push(NavEntry {
            title: "".into(),
            link,
            expanded: entry.expanded,
            len: 0,
        });
        if let Some(nested) = nested {
            self.unfold(nested, at, depth);
        }
        self.all(toc, &entry.children, depth + 1);
        self.entries[at].len = self.entries.len() - at - 1;
        self.entries[at].title = self.title(toc, entry, at);
        if self.entries[at].len == 0 && self.entries[at].link.is_none() {
            self.truncate(at);
        }
    }

    /// The toc an entry has in its `href`, or else in its `tocHref`.
    fn nested(&self, toc: SourceId, entry: &TocEntry) -> Option<NestedToc> {
        let href = entry.href.or(entry.toc_href)?;
        match self.input.reference(toc, href)? {
            (reference, Target::Toc(nested)) => Some(NestedToc {
                toc: self.tocs.variant(*nested, self.locale),
                is_folder: !is_nested(reference),
            }),
            _ => None,
        }
    }

    /// Puts the entries of a toc behind entry `at`; if it is only linked to, no more than its first link.
    fn unfold(&mut self, nested: NestedToc, at: usize, depth: usize) {
        if self.stack.contains(&nested.toc) {
            return;
        }
        self.stack.push(nested.toc);
        self.toc(nested.toc, depth + 1);
        self.stack.pop();
        if !nested.is_folder {
            return;
        }
        let mut inside = self.entries[at + 1..].iter();
        let first = inside.find_map(|entry| entry.link.clone());
        self.truncate(at + 1);
        self.folders.push(at);
        let own = &mut self.entries[at].link;
        *own = own.take().or(first);
    }

    /// Leaves out the entries from `at` on.
    fn truncate(&mut self, at: usize) {
        self.entries.truncate(at);
        let folders = self.folders.partition_point(|folder| *folder < at);
        self.folders.truncate(folders);
    }

    /// The name in the toc; the page's own title if there is none, or if the page is written in the reader's language and the toc is not.
    fn title(&self, toc: SourceId, entry: &TocEntry, at: usize) -> Box<str> {
        let page = match &self.entries[at].link {
            Some(NavLink::Page(version, _)) => Some(self.input.page(version.page())),
            _ => None,
        };
        let name = entry.name.as_ref().or(entry.display.as_ref());
        if let Some(page) = page {
            let is_translated = page.origin == Origin::Translated
                && page.locale == self.locale
                && self.input.is_foreign(toc, self.locale);
            if is_translated || name.is_none() {
                return self.input.title(page.source).into();
            }
        }
        if let Some(name) = name {
            return name.clone();
        }
        if let Some(name) = self.external_name(toc, entry) {
            return name.into();
        }
        if let Some(href) = entry.href.or(entry.topic())
            && let Some((reference, _)) = self.input.reference(toc, href)
        {
            return folder_name(reference.target);
        }
        "…".into()
    }

    fn external_name(&self, toc: SourceId, entry: &TocEntry) -> Option<&str> {
        match self.input.reference(toc, entry.uid?)?.1 {
            Target::ExternalUid(uid) => Some(self.input.xref_maps.get(uid)?.1.text(None, uid)),
            _ => None,
        }
    }

    /// The link of an entry, in the order in which DocFX asks for its addresses; a toc is no page to link to.
    fn entry_link(&self, toc: SourceId, entry: &TocEntry, nested: Option<NestedToc>) -> EntryLink {
        let (href, toc_href) = match nested {
            Some(_) => (None, None),
            None => (entry.href, entry.toc_href),
        };
        match href.or(entry.topic()).or(entry.uid).or(toc_href) {
            Some(reference) => self.link(toc, reference).unwrap_or(EntryLink::Nothing),
            None => EntryLink::Nothing,
        }
    }

    fn link(&self, toc: SourceId, reference: RefId) -> Option<EntryLink> {
        let (reference, target) = self.input.reference(toc, reference)?;
        let link = match target {
            Target::Page { set, locale } => {
                let locale = locale.unwrap_or(self.locale);
                let version = self.input.names.pages.version_for(*set, locale)?;
                if self.is_hidden(*set, version) {
                    return Some(EntryLink::LeftOut);
                }
                NavLink::Page(version, split_address(reference.target).1.into())
            }
            Target::Asset(path) => NavLink::Asset(path.clone()),
            Target::ExternalUid(uid) => {
                let href = self.input.xref_maps.get(uid)?.1.href.as_deref()?;
                let tail = Xref::of(reference.target).tail;
                NavLink::External(merge_addresses(href, &tail).into())
            }
            Target::External => NavLink::External(reference.target.into()),
            _ => return None,
        };
        Some(EntryLink::To(link))
    }

    /// True for a page in another language that the fallback rules don't show.
    fn is_hidden(&self, set: TranslationSetId, version: PageVersion) -> bool {
        let set = self.input.names.pages.translation_set(set);
        matches!(version, PageVersion::Original(_))
            && set.localized
            && self.input.input.config.fallback_mode(&set.path) == FallbackMode::Nothing
    }

    /// For each page of the reader's language that is listed, where it is.
    fn pages(&self) -> BTreeMap<TranslationSetId, ListedPage> {
        let mut pages = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(NavLink::Page(PageVersion::Localized(page), _)) = &entry.link {
                let set = self.input.page(*page).translation_set;
                let listed = pages.entry(set).or_insert(ListedPage {
                    entry: at,
                    claimed: false,
                });
                listed.claimed |= self.folders.binary_search(&at).is_err();
            }
        }
        pages
    }
}

/// The path of a toc without its spelling: `toc.md` in one language and `TOC.yml` in another are the same toc.
fn toc_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/toc"),
        None => "toc".to_owned(),
    }
}
