//! A Markdown text -> a [`Tree`](super::Tree) with the references and anchors in it. CommonMark is pulldown-cmark's; what DocFX adds is found
//! in the text before (directives), in text nodes (bare addresses, uids) and among siblings (alerts, tabs). Nothing is spliced or
//! rewritten, so every span counts bytes the author typed. Knows no other file, and not what a reference leads to.

mod alerts;
mod attributes;
mod builder;
mod containers;
mod context;
mod directive_index;
mod directives;
mod emoji;
mod grid_table;
mod heading;
mod inlines;
mod link_destination;
mod links;
mod parse;
mod pending_attributes;
mod raw_html;
mod siblings;
mod smarty_pants;
mod table;
mod tabs;
mod text;

pub(super) use context::DocumentContext;
pub(super) use parse::parse;
