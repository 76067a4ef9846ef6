//! All documents -> one [`Site`]: which pages exist in which language, what every reference points to, and navigation.
//!
//! In: sources, their documents, the configuration. Out: a [`Graph`] of everything that pages share, built from paths and interfaces alone,
//! and the documents beside it. Linking can't fail: a broken reference has [`Target::Broken`], and `check` reports it. This room knows nothing
//! of HTML, problems or changes on the disk; a site that follows another one takes from it what comes out the same.

mod address;
mod alignment;
mod anchors;
mod graph;
pub mod href;
mod html_addresses;
mod includes;
mod input;
mod layout;
mod link;
mod linked_site;
mod links;
mod names;
mod navigation;
mod pages;
mod pairing;
mod paths;
mod redirects;
mod resolve;
mod scope;
mod suggest;
mod target;
mod titles;
mod toc_items;
mod toc_reference;
pub mod visibility;
mod xref;
mod xref_maps;

pub use address::{Address, AddressParts, merge_addresses, split_address};
pub use anchors::PageHeading;
pub use graph::Graph;
pub use link::{link, relink};
pub use linked_site::{LinkedDocument, Site};
pub use navigation::{NavEntry, NavLink, NavTree};
pub use pages::{
    Collision, Origin, Page, PageId, PageKind, PageVersion, TranslationSet, TranslationSetId,
};
pub use pairing::PairingConflict;
pub use scope::PageScope;
pub use suggest::{Candidates, nearest};
pub use target::{BrokenReason, Target};
pub use toc_items::{TocItem, TocLink, toc_items};
pub use xref::Xref;
pub use xref_maps::{ExternalPage, UnreadableMap};
