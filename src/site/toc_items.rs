//! One toc -> its entries as DocFX hands them to templates and scripts: nested tocs in place, each entry's several addresses settled
//! (DocFX spec 14.3). What the addresses become depends on who writes them, so they stay references here.

use crate::source::yaml::YamlEntry;
use crate::source::{SitePath, SourceId};
use crate::syntax::RefId;
use crate::syntax::reference::Outgoing;
use crate::syntax::toc::{Toc, TocEntry};

use super::address::split_address;
use super::graph::Graph;
use super::target::Target;
use super::toc_reference::{folder_name, is_nested};

/// An address in a toc: one of its references, where it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TocLink {
    /// The toc.
    pub toc: SourceId,
    /// Which of its references.
    pub reference: RefId,
}

/// One entry, settled.
#[derive(Debug, Clone)]
pub struct TocItem<'a> {
    /// What the author typed.
    pub entry: &'a TocEntry,
    /// Its name; if there is none, the page's title is used.
    pub name: Option<Box<str>>,
    /// What it links to.
    pub href: Option<TocLink>,
    /// The page behind it.
    pub topic_href: Option<TocLink>,
    /// The toc behind it.
    pub toc_href: Option<TocLink>,
    /// The page behind it, as older files call it.
    pub homepage: Option<TocLink>,
    /// The uid of the page behind it.
    pub topic_uid: Option<TocLink>,
    /// The path of the toc whose entries were put inside, whether or not there is such a file.
    pub included_from: Option<SitePath>,
    /// The entries inside.
    pub items: Vec<TocItem<'a>>,
}

impl Graph {
    /// A table of contents as its author wrote it; nothing for a file that is none.
    pub fn toc(&self, id: SourceId) -> Option<&Toc> {
        self.interface(id)?.toc()
    }

    /// The front matter of a table of contents.
    pub fn toc_metadata(&self, id: SourceId) -> &[YamlEntry] {
        match self.interface(id) {
            Some(interface) => interface.toc_metadata(),
            None => &[],
        }
    }

    /// What is typed at an address in a table of contents, and its target.
    pub fn toc_reference(&self, link: TocLink) -> Option<(Outgoing<'_>, &Target)> {
        let interface = self.interface(link.toc)?;
        interface.toc()?;
        let target = self.links(link.toc)?.targets.get(link.reference as usize)?;
        Some((interface.reference(link.reference)?, target))
    }
}

/// The entries of `toc`.
pub fn toc_items(graph: &Graph, toc: SourceId) -> Vec<TocItem<'_>> {
    TocItems {
        graph,
        open: Vec::new(),
    }
    .toc(toc)
}

struct TocItems<'a> {
    graph: &'a Graph,
    /// The tocs on the way here: the toc of a folder may link to one of them.
    open: Vec<SourceId>,
}

impl<'a> TocItems<'a> {
    fn toc(&mut self, toc: SourceId) -> Vec<TocItem<'a>> {
        let graph: &'a Graph = self.graph;
        let Some(read) = graph.toc(toc) else {
            return Vec::new();
        };
        // A cycle of nested tocs is cut off by the graph, but a folder's toc is not nested, and is opened here for its first page.
        if self.open.contains(&toc) {
            return Vec::new();
        }
        self.open.push(toc);
        let items = self.all(toc, &read.entries);
        self.open.pop();
        items
    }

    fn all(&mut self, toc: SourceId, entries: &'a [TocEntry]) -> Vec<TocItem<'a>> {
        entries.iter().map(|entry| self.item(toc, entry)).collect()
    }

    fn item(&mut self, toc: SourceId, entry: &'a TocEntry) -> TocItem<'a> {
        let mut item = TocItem::as_typed(toc, entry);
        // Three cases, as DocFX has them (DocFX spec 14.3): a toc file is unfolded, a folder is linked to, anything else is a page.
        match self.target(item.href) {
            Some((reference, Target::Toc(nested))) if is_nested(reference) => {
                item.name_after_folder(reference.target);
                item.included_from = Some(self.graph.path(*nested).clone());
                item.items = self.toc(*nested);
                item.href = item.topic_href;
            }
            Some((reference, Target::Broken(reason))) if is_nested(reference) => {
                item.included_from = reason.path().cloned();
                item.items = self.all(toc, &entry.children);
                item.href = item.topic_href;
            }
            Some((reference, Target::Toc(behind))) => {
                item.toc_href = item.toc_href.or(item.href);
                if item.topic_href.is_none() && item.topic_uid.is_none() {
                    (item.topic_href, item.topic_uid) = self.first(*behind);
                }
                item.href = item.topic_href;
                item.name_after_folder(reference.target);
                item.items = self.all(toc, &entry.children);
            }
            _ => {
                item.items = self.all(toc, &entry.children);
                if item.topic_href.is_none() {
                    self.take_first_page(&mut item);
                    item.topic_href = item.href;
                }
            }
        }
        // DocFX links an entry without a page to its toc.
        if item.href.is_none() && item.homepage.is_none() {
            item.href = item.toc_href;
            item.homepage = item.topic_href;
        }
        item
    }

    /// Gives an entry that has only a `tocHref` the first page of that toc.
    fn take_first_page(&mut self, item: &mut TocItem<'a>) {
        if item.href.is_some() || item.topic_uid.is_some() {
            return;
        }
        if let Some((_, Target::Toc(behind))) = self.target(item.toc_href) {
            (item.href, item.topic_uid) = self.first(*behind);
        }
    }

    fn target(&self, link: Option<TocLink>) -> Option<(Outgoing<'a>, &'a Target)> {
        let link = link?;
        self.graph.toc_reference(link)
    }

    /// The first page of a toc: its address, and its uid.
    fn first(&mut self, toc: SourceId) -> (Option<TocLink>, Option<TocLink>) {
        let items = self.toc(toc);
        match self.first_of(&items) {
            Some(item) => (item.topic_href, item.topic_uid),
            None => (None, None),
        }
    }

    fn first_of<'i>(&self, items: &'i [TocItem<'a>]) -> Option<&'i TocItem<'a>> {
        for item in items {
            if self.is_page(item) {
                return Some(item);
            }
            if let Some(inner) = self.first_of(&item.items) {
                return Some(inner);
            }
        }
        None
    }

    /// True for an entry with a page of its own. A broken address counts, as DocFX does not look whether the page exists.
    fn is_page(&self, item: &TocItem) -> bool {
        if item.topic_uid.is_some() {
            return true;
        }
        match self.target(item.href) {
            Some((_, Target::Page { .. } | Target::Asset(_))) => true,
            Some((reference, Target::Broken(_))) => {
                !split_address(reference.target).0.ends_with('/')
            }
            _ => false,
        }
    }
}

impl<'a> TocItem<'a> {
    /// The entry before any of its addresses is settled.
    fn as_typed(toc: SourceId, entry: &'a TocEntry) -> Self {
        let [href, topic_href, toc_href, homepage, topic_uid] = [
            entry.href,
            entry.topic(),
            entry.toc_href,
            entry.homepage,
            entry.uid,
        ]
        .map(|reference| reference.map(|reference| TocLink { toc, reference }));
        TocItem {
            entry,
            name: entry.name.clone(),
            href,
            topic_href,
            toc_href,
            homepage,
            topic_uid,
            included_from: None,
            items: Vec::new(),
        }
    }

    fn name_after_folder(&mut self, target: &str) {
        if self.name.is_none() {
            self.name = Some(folder_name(target));
        }
    }
}
