//! All documents -> one [`Site`]: which pages exist in which language, what every reference points to, and navigation.
//!
//! In: sources, their documents, the configuration. Out: a [`Graph`] of everything that pages share, built from paths and interfaces alone,
//! and the documents. Linking can't fail: a broken reference has [`Target::Broken`], and `check` reports it. A site
//! can be linked from an earlier one, whose unchanged parts it reuses. This room knows no templates, no markup of pages, no problems and no
//! disk.

pub mod address;
mod alignment;
pub mod anchors;
mod document_links;
pub mod expand;
pub mod former;
mod former_addresses;
mod graph;
mod homes;
pub mod href;
mod html_addresses;
mod includes;
mod input;
mod layout;
mod link;
mod linked_site;
mod links;
mod names;
pub mod navigation;
mod page_kind;
pub mod pages;
pub mod pairing;
mod paths;
pub mod redirects;
mod resolve;
pub mod scope;
pub mod suggest;
mod target;
mod titles;
pub mod toc_items;
mod toc_reference;
pub mod uid_text;
pub mod visibility;
pub mod words;
pub mod xref;
pub mod xref_maps;

pub use graph::Graph;
pub use link::{link, relink};
pub use linked_site::{LinkedDocument, Site};
pub use page_kind::PageKind;
pub use pages::{Page, PageId, PageVersion};
pub use scope::PageScope;
pub use target::{BrokenReason, Target};
