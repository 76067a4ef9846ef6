//! The addresses and ids at which something was published once, as a table: asked for by path, page and file. Doesn't know how they are
//! found, or what a graph is.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId, percent};
use crate::syntax::RefId;

use super::pages::PageId;

/// An address that a page had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerOutput {
    /// The `redirect_from`.
    pub reference: RefId,
    /// The path below the output folder.
    pub path: SitePath,
    /// The id on the page that was there, if only this part of it moved.
    pub fragment: Option<Box<str>>,
    /// The id of the place where it is now.
    pub anchor: Option<Box<str>>,
}

/// What readers of a former address get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Successor {
    /// A page, and the id of the place on it, if one is stated.
    Page(PageId, Option<Box<str>>),
    /// A file.
    Asset(SitePath),
    /// An address of another site, or one that this site doesn't know.
    Url(Box<str>),
    /// Nothing any more.
    Gone,
}

/// An address that was published once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerAddress {
    /// Its path below the output folder.
    pub path: SitePath,
    /// The language of its readers.
    pub locale: LocaleId,
    /// What they get.
    pub to: Successor,
    /// The file in which it is stated.
    pub source: SourceId,
    /// The reference there.
    pub reference: RefId,
    /// True if only sections of the page are stated to be elsewhere: readers of the whole page get the first of these, but no author decided that.
    pub is_implied: bool,
}

/// An id that is not where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedAnchor {
    /// The id.
    pub id: Box<str>,
    /// The page it is on now.
    pub to: PageId,
    /// What it is called there, if that is stated; else the same, or the top of the page.
    pub anchor: Option<Box<str>>,
    /// Where it is stated.
    pub stated: (SourceId, RefId),
}

/// A further id of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorAlias {
    /// The id.
    pub id: Box<str>,
    /// The id of the heading; none for the top of the page.
    pub of: Option<Box<str>>,
}

/// All former addresses of a site.
#[derive(Debug, Default)]
pub struct FormerAddresses {
    /// In the order in which they count: of two with one path the first does.
    pub(super) list: Vec<FormerAddress>,
    pub(super) by_path: FxHashMap<SitePath, usize>,
    /// By the path at which the id was.
    pub(super) moved_from: BTreeMap<SitePath, Vec<MovedAnchor>>,
    /// By the page that is shown at the path at which the id was.
    pub(super) moved_on: FxHashMap<PageId, Vec<MovedAnchor>>,
    pub(super) aliases: FxHashMap<SourceId, Vec<AnchorAlias>>,
}

impl FormerAddresses {
    /// All that are stated, those that don't count among them.
    pub fn stated(&self) -> &[FormerAddress] {
        &self.list
    }

    /// What is stated for this path; the first, if it is stated several times.
    pub fn get(&self, path: &SitePath) -> Option<&FormerAddress> {
        Some(&self.list[*self.by_path.get(path)?])
    }

    /// The ids that were at this path.
    pub fn moved_from(&self, path: &SitePath) -> &[MovedAnchor] {
        self.moved_from.get(path).map_or(&[], Vec::as_slice)
    }

    /// The ids that readers look for on this page, and that are on others.
    pub fn moved_on(&self, page: PageId) -> &[MovedAnchor] {
        self.moved_on.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The further ids of headings of the pages of this file.
    pub fn aliases(&self, source: SourceId) -> &[AnchorAlias] {
        self.aliases.get(&source).map_or(&[], Vec::as_slice)
    }
}

/// `x` of `#x`; none without one.
pub(super) fn decoded_fragment(fragment: &str) -> Option<Box<str>> {
    let id = fragment.trim_start_matches('#');
    (!id.is_empty()).then(|| percent::decode(id).into())
}
