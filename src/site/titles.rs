//! Documents -> what each is called: as its front matter says, else as its first heading of the first level does, which may be that of a
//! fragment it begins with, else as the configuration gives it (DocFX spec 12.3).

use std::sync::Arc;

use rayon::prelude::*;

use crate::source::SourceId;

use super::LinkedDocument;
use super::index::LinkInput;
use super::resolve::Target;

/// Parallel to the sources: nothing for a file whose name has to do.
pub(super) type Titles = Vec<Option<Arc<str>>>;

/// The titles of all documents.
pub(super) fn titles(parts: LinkInput<'_>, linked: &[Option<Arc<LinkedDocument>>]) -> Titles {
    let ids: Vec<SourceId> = parts.sources.ids().collect();
    ids.into_par_iter()
        .map(|id| title(parts, linked, id))
        .collect()
}

/// The title of one document.
pub(super) fn title(
    parts: LinkInput<'_>,
    linked: &[Option<Arc<LinkedDocument>>],
    id: SourceId,
) -> Option<Arc<str>> {
    let document = parts.document(id)?;
    let given = |key: &str| parts.config.metadata_text(parts.path(id), key);
    let front = |key: &str| document.front_matter.text(key);
    let found = front("title")
        .or(front("titleOverwriteH1"))
        .or_else(|| given("titleOverwriteH1"));
    let found = found.map(str::trim).filter(|title| !title.is_empty());
    found
        .or_else(|| heading(linked, id, 0))
        .or_else(|| given("title"))
        .filter(|title| !title.is_empty())
        .map(Into::into)
}

fn heading(linked: &[Option<Arc<LinkedDocument>>], id: SourceId, depth: usize) -> Option<&str> {
    const DEEPEST: usize = 8;
    let here = linked[id.index()].as_ref()?;
    let own = here
        .document
        .anchors
        .iter()
        .find_map(|anchor| anchor.heading.as_ref().filter(|heading| heading.level == 1));
    let included = || {
        here.targets
            .iter()
            .filter(|_| depth < DEEPEST)
            .find_map(|target| match target {
                Target::Fragment(fragment) => heading(linked, *fragment, depth + 1),
                _ => None,
            })
    };
    own.map(|heading| &*heading.text).or_else(included)
}
