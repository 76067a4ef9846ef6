//! Interfaces -> the title of each document: that of its front matter, else its first heading of the first level, which may be that of a
//! fragment at its beginning, else the one the configuration gives (DocFX spec 12.3).

use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::source::SourceId;

use super::document_links::DocumentLinks;
use super::includes::MAX_DEPTH;
use super::input::LinkInput;
use super::target::Target;

/// Parallel to the sources: nothing for a file whose name is its title.
pub(super) type Titles = Vec<Option<Arc<str>>>;

/// The titles of all documents.
pub(super) fn titles(input: LinkInput<'_>, links: &[Option<Arc<DocumentLinks>>]) -> Titles {
    let ids: Vec<SourceId> = input.layout.ids().collect();
    ids.into_par_iter()
        .map(|id| title(input, links, id))
        .collect()
}

/// Equal if all documents have the same titles.
pub(super) fn titles_hash(titles: &Titles) -> u128 {
    let mut hash = Xxh3::new();
    for title in titles {
        let title = title.as_deref().unwrap_or_default();
        hash.update(&title.len().to_le_bytes());
        hash.update(title.as_bytes());
    }
    hash.digest128()
}

fn title(
    input: LinkInput<'_>,
    links: &[Option<Arc<DocumentLinks>>],
    id: SourceId,
) -> Option<Arc<str>> {
    input.interface(id)?;
    let title = match stated(input, id) {
        Some(stated) => stated,
        None => match heading(input, links, id, 0) {
            Some(heading) => heading,
            None => input.config.metadata_text(input.path(id), "title")?,
        },
    };
    // A heading without text has no title to give; the file name is better than nothing.
    if title.is_empty() {
        return None;
    }
    Some(title.into())
}

/// The title in the front matter, or one of the configuration that goes before headings.
fn stated<'a>(input: LinkInput<'a>, id: SourceId) -> Option<&'a str> {
    let interface = input.interface(id)?;
    for key in ["title", "titleOverwriteH1"] {
        if let Some(title) = interface.metadata(key) {
            return Some(title.trim());
        }
    }
    let given = input
        .config
        .metadata_text(input.path(id), "titleOverwriteH1")?
        .trim();
    if given.is_empty() { None } else { Some(given) }
}

fn heading<'a>(
    input: LinkInput<'a>,
    links: &[Option<Arc<DocumentLinks>>],
    id: SourceId,
    depth: usize,
) -> Option<&'a str> {
    if let Some(heading) = input.interface(id)?.title_heading() {
        return Some(&heading.text);
    }
    if depth >= MAX_DEPTH {
        return None;
    }
    // In the order of the references: the heading that readers see first.
    for target in &links[id.index()].as_ref()?.targets {
        if let Target::Fragment(fragment) = target
            && let Some(heading) = heading(input, links, *fragment, depth + 1)
        {
            return Some(heading);
        }
    }
    None
}
