//! One [`Source`](crate::source::Source) -> one [`Document`] with its [`Interface`].
//!
//! In: the text of one file, its name and the Markdown [`Dialect`]. Out: front matter, content as a tree, outgoing references, anchors, and
//! what is wrong with the file in itself. A document depends on nothing else, so a content hash is a complete key for it. Parsing cannot
//! fail: problems are part of the document.
//!
//! It doesn't know configuration, language or other files; those are only text in references, and `site` resolves them.

mod date_advice;
pub mod dialect;
pub mod directive;
pub mod document;
mod embedded_markdown;
pub mod front_matter;
pub mod html;
pub mod interface;
pub mod landing;
mod markdown;
mod parse;
pub mod redirect_list;
pub mod reference;
pub mod slug;
mod structured_page;
pub mod title;
pub mod toc;
pub mod tree;
mod tutorial;

pub use dialect::Dialect;
pub use document::{Body, Document};
pub use front_matter::FrontMatter;
pub use interface::Interface;
pub use parse::{is_document, parse, parse_as};
pub use reference::{RefId, RefKind, Reference};
pub use tree::Tree;
