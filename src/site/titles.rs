//! Interfaces -> the title of each document: that of its front matter, else its first heading of the first level, which may be that of a
//! fragment at its beginning, else the one the configuration gives (DocFX spec 12.3).

use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::source::SourceId;
use crate::syntax::RefId;
use crate::syntax::title::TitlePart;

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
        Some(stated) => stated.to_owned(),
        None => match heading(input, links, id, 0) {
            Some(heading) => heading,
            None => input
                .config
                .metadata_text(input.path(id), "title")?
                .to_owned(),
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

/// The first heading of the first level that readers see.
fn heading(
    input: LinkInput<'_>,
    links: &[Option<Arc<DocumentLinks>>],
    id: SourceId,
    depth: usize,
) -> Option<String> {
    if depth >= MAX_DEPTH {
        return None;
    }
    let title = input.interface(id)?.title();
    for include in &title.before {
        if let Some(fragment) = fragment(links, id, *include)
            && let Some(heading) = heading(input, links, fragment, depth + 1)
        {
            return Some(heading);
        }
    }
    let heading = words(input, links, (id, title.heading.as_deref()?), depth);
    let mut words = heading.split_whitespace();
    let mut spaced = words.next().unwrap_or_default().to_owned();
    for word in words {
        spaced.push(' ');
        spaced.push_str(word);
    }
    Some(spaced)
}

/// The text of the parts of a title, which are those of a file.
fn words(
    input: LinkInput<'_>,
    links: &[Option<Arc<DocumentLinks>>],
    (id, parts): (SourceId, &[TitlePart]),
    depth: usize,
) -> String {
    let mut out = String::new();
    for part in parts {
        let include = match part {
            TitlePart::Text(text) => {
                out.push_str(text);
                continue;
            }
            TitlePart::Include(include) => *include,
        };
        if depth < MAX_DEPTH
            && let Some(fragment) = fragment(links, id, include)
            && let Some(interface) = input.interface(fragment)
            && let Some(parts) = &interface.title().words
        {
            out.push_str(words(input, links, (fragment, parts), depth + 1).trim());
        }
    }
    out
}

/// The file that a reference of the file `id` includes.
fn fragment(
    links: &[Option<Arc<DocumentLinks>>],
    id: SourceId,
    include: RefId,
) -> Option<SourceId> {
    match links[id.index()].as_ref()?.targets.get(include as usize)? {
        Target::Fragment(fragment) => Some(*fragment),
        _ => None,
    }
}
