//! The navigation of one toc in one language, as a list of entries in reading order. How it is made is not known here.

use std::collections::BTreeMap;

use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::super::pages::{PageId, PageVersion, TranslationSetId};

/// One toc as readers of one language see it.
#[derive(Debug, Clone)]
pub struct NavTree {
    /// The file it comes from.
    pub toc: SourceId,
    /// Whose readers it is for.
    pub locale: LocaleId,
    /// Where the toc would be written: relative closeness to pages is measured from here.
    pub output: SitePath,
    /// True if another toc unfolds this one.
    pub is_nested: bool,
    /// The entries in reading order, each followed by those inside it.
    pub entries: Vec<NavEntry>,
    pub(super) pages: BTreeMap<TranslationSetId, ListedPage>,
}

/// How a toc lists a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListedPage {
    /// The first entry that links to it.
    pub entry: usize,
    /// True if one of the entries claims the page for the toc. An entry for another toc has a page, too, but the page is the other toc's.
    pub claimed: bool,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavEntry {
    /// Its text.
    pub title: Box<str>,
    /// The language of the text, if it is another one than the reader's.
    pub lang: Option<LocaleId>,
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
        // Entries are in reading order, so the ancestor on each level is the last one that begins before `at`.
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
