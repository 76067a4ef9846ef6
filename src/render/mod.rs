//! A linked site -> the files of the finished site. In: a [`Site`] and a [`RenderContext`]. Out: a [`Plan`] that lists the
//! files, and the bytes of each. Which files there are, the output formats determine: one file each in `formats/`.
//!
//! ```text
//! Site -plan-> Outputs -content-> View or text -Theme-> RenderedFile
//! ```
//!
//! Knows nothing of disks and of what was built before: `disk` writes the files, and [`CacheKeys`] tell which need not be rendered again. Must not
//! know `check`, `exchange` and `refactor`.

mod alternates;
mod cache_key;
mod contents_cards;
mod context;
pub mod format;
mod formats;
mod frame;
pub mod help_map;
pub mod html;
pub mod inputs;
mod markdown_export;
mod navigation;
pub mod offline;
mod page;
mod paths;
pub mod plan;
pub mod progress;
mod redirect;
mod rendered_file;
mod shard;
pub mod theme;
mod uid;
mod view;
mod xml;

use crate::diagnostic::Diagnostic;
use crate::locale::LocaleId;
use crate::site::{PageId, Site};
use theme::Theme;

pub use cache_key::CacheKeys;
pub use context::RenderContext;
pub use format::{Content, Output};
pub use plan::{Plan, plan};
pub use rendered_file::RenderedFile;
pub use shard::Shard;

/// The output of a page of the content.
pub fn page_output(site: &Site, id: PageId) -> Output {
    let path = site.page(id).output.clone();
    Output::new(&formats::PAGE, path, format::Subject::Page(id))
}

/// The output that readers see at an address without a page, in a language.
pub fn not_found_output(locale: LocaleId) -> Option<Output> {
    formats::not_found::at_top(locale)
}

/// The files that the search of a language runs on.
pub fn search(site: &Site, context: &RenderContext, locale: LocaleId) -> Vec<RenderedFile> {
    let Some(folder) = paths::search_folder(site, locale) else {
        return Vec::new();
    };
    crate::search::files(site, &context.catalog, locale, &folder)
        .into_iter()
        .map(|(path, bytes)| RenderedFile { path, bytes })
        .collect()
}

/// Turns the content of an output into the file. An error in a template is reported like any other problem.
pub fn fill(
    site: &Site,
    theme: &Theme,
    output: &Output,
    content: Content,
) -> Result<RenderedFile, Box<Diagnostic>> {
    let bytes = match content {
        Content::Text(text) => text.into_bytes(),
        Content::View(view) => {
            let source = output.source(site).map(|id| &site.source(id).path);
            theme.render(&view, source, &site.sources)?
        }
    };
    Ok(RenderedFile {
        path: output.path.clone(),
        bytes,
    })
}
