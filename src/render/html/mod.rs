//! A document -> the HTML of its article, with its includes expanded and its addresses resolved for the page it is on, and its headings.
//! Class names and ids are DocFX's, so that a site's own styles and deep links go on working. Must not know templates and output formats.

mod addresses;
mod alert;
mod article;
mod article_context;
mod attributes;
mod blocks;
mod code;
mod containers;
pub mod docfx;
mod footnote_numbers;
mod footnotes;
mod form;
mod grid;
mod highlighted_code;
pub mod hjelp;
pub mod icon_marks;
mod image_directive;
mod images;
mod include;
mod inlines;
mod links;
pub mod markup;
mod media;
mod raw_html;
mod step_count;
mod tab_choice;
mod table;
mod tabs;
mod video;
mod writer;

pub use article::{ArticleOptions, article, fragment};
pub(super) use article_context::ArticleContext;
pub use docfx::DocFx;
pub use hjelp::Hjelp;
pub use markup::Markup;
pub(super) use writer::{ArticleHeading, ArticleWriter};
