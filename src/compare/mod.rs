//! Two built sites -> what is otherwise in the second: lost addresses and anchors, titles, articles, tables of contents and uids. In: the files of a
//! site that DocFX built and of the one that hjelp builds from the same content. Out: a [`Comparison`], and its form as text, HTML and JSON. Doesn't
//! know where the files come from, and nothing of the content they were built from.

mod article;
mod built_site;
mod by_design;
mod difference;
mod html_report;
mod maps;
mod page;
mod place;
mod site;
mod text_report;

pub use article::{Article, Piece};
pub use built_site::BuiltSite;
pub use by_design::Reason;
pub use difference::{Example, Shape};
pub use html_report::html_report;
pub use place::Place;
pub use site::{Comparison, PageChange, compare};
pub use text_report::text_report;
