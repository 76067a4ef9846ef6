//! One toc -> its entries as DocFX hands them to templates and scripts: nested tocs in place, each entry's several addresses settled
//! (DocFX spec 14.3). What the addresses become depends on who writes them, so they stay references here.

use crate::source::SourceId;
use crate::syntax::toc::TocEntry;
use crate::syntax::{Body, RefId};

use super::address::split_address;
use super::linked_site::Site;
use super::target::Target;
use super::toc_reference::{folder_name, is_nested};

/// An address a toc says: one of its references, where it was typed.
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
    /// Its name; if it is said nowhere, the page's title has to do.
    pub name: Option<Box<str>>,
    /// Where it leads.
    pub href: Option<TocLink>,
    /// The page behind it.
    pub topic_href: Option<TocLink>,
    /// The toc behind it.
    pub toc_href: Option<TocLink>,
    /// The page behind it, as older files call it.
    pub homepage: Option<TocLink>,
    /// The uid of the page behind it.
    pub topic_uid: Option<TocLink>,
    /// The toc whose entries were put inside.
    pub included_from: Option<SourceId>,
    /// The entries inside.
    pub items: Vec<TocItem<'a>>,
}

/// The entries of `toc`.
pub fn toc_items(site: &Site, toc: SourceId) -> Vec<TocItem<'_>> {
    Reader {
        site,
        open: Vec::new(),
    }
    .toc(toc)
}

struct Reader<'a> {
    site: &'a Site,
    /// The tocs on the way here: a folder's toc may lead back to them.
    open: Vec<SourceId>,
}

impl<'a> Reader<'a> {
    fn toc(&mut self, toc: SourceId) -> Vec<TocItem<'a>> {
        let site: &'a Site = self.site;
        let Some(Body::Toc(read)) = site.linked(toc).map(|linked| &linked.document.body) else {
            return Vec::new();
        };
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
        let link = |reference: RefId| TocLink { toc, reference };
        let mut item = TocItem {
            entry,
            name: entry.name.clone(),
            href: entry.href.map(link),
            topic_href: entry.topic().map(link),
            toc_href: entry.toc_href.map(link),
            homepage: entry.homepage.map(link),
            topic_uid: entry.uid.map(link),
            included_from: None,
            items: Vec::new(),
        };
        let target = entry.href.and_then(|href| self.site.reference(toc, href));
        match target {
            Some((reference, Target::Toc(nested))) if is_nested(reference.outgoing()) => {
                item.name = item.name.or_else(|| Some(folder_name(&reference.target)));
                item.included_from = Some(*nested);
                item.items = self.toc(*nested);
                item.href = item.topic_href;
            }
            Some((reference, Target::Toc(behind))) => {
                item.toc_href = item.toc_href.or(item.href);
                if item.topic_href.is_none() && item.topic_uid.is_none() {
                    (item.topic_href, item.topic_uid) = self.first(*behind);
                }
                item.href = item.topic_href;
                item.name = item.name.or_else(|| Some(folder_name(&reference.target)));
                item.items = self.all(toc, &entry.children);
            }
            _ => {
                item.items = self.all(toc, &entry.children);
                if item.topic_href.is_none() {
                    let behind = item
                        .toc_href
                        .and_then(|link| self.site.reference(link.toc, link.reference));
                    if let (None, None, Some((_, Target::Toc(behind)))) =
                        (item.href, item.topic_uid, behind)
                    {
                        (item.href, item.topic_uid) = self.first(*behind);
                    }
                    item.topic_href = item.href;
                }
            }
        }
        if item.href.is_none() && item.homepage.is_none() {
            item.href = item.toc_href;
            item.homepage = item.topic_href;
        }
        item
    }

    /// The first page of a toc: its address, and its uid.
    fn first(&mut self, toc: SourceId) -> (Option<TocLink>, Option<TocLink>) {
        let items = self.toc(toc);
        self.first_of(&items)
            .map_or((None, None), |item| (item.topic_href, item.topic_uid))
    }

    fn first_of<'i>(&self, items: &'i [TocItem<'a>]) -> Option<&'i TocItem<'a>> {
        items.iter().find_map(|item| {
            if self.is_page(item) {
                Some(item)
            } else {
                self.first_of(&item.items)
            }
        })
    }

    fn is_page(&self, item: &TocItem) -> bool {
        let of = |link: TocLink| self.site.reference(link.toc, link.reference);
        let named = item
            .href
            .and_then(of)
            .is_some_and(|(reference, target)| match target {
                Target::Page { .. } | Target::Asset(_) => true,
                Target::Broken(_) => !split_address(&reference.target).0.ends_with('/'),
                _ => false,
            });
        item.topic_uid.is_some() || named
    }
}
