//! One interface -> [`DocumentLinks`]: the targets of its references, each by itself. What other files have a say in (includes that close a
//! cycle, raw HTML that is read from the including page) is settled afterwards, for all documents at once.

use std::sync::Arc;

use rayon::prelude::*;

use crate::source::SourceId;
use crate::syntax::RefId;

use super::document_links::DocumentLinks;
use super::html_addresses::is_broken_in_html;
use super::includes::is_embedded;
use super::resolve::Resolver;
use super::target::{BrokenReason, Target};

/// The links of all documents.
pub(super) fn all_links(resolver: &Resolver<'_>) -> Vec<Option<Arc<DocumentLinks>>> {
    let ids: Vec<SourceId> = resolver.input.layout.ids().collect();
    ids.into_par_iter()
        .map(|id| document_links(resolver, id).map(Arc::new))
        .collect()
}

/// The links of all documents, taken from `before` where the references are the same.
pub(super) fn links_from(
    before: &[Option<Arc<DocumentLinks>>],
    resolver: &Resolver<'_>,
) -> Vec<Option<Arc<DocumentLinks>>> {
    // One after the other: an edit changes the references of a document or two.
    let mut links = before.to_vec();
    for id in resolver.input.layout.ids() {
        let is_same = match (resolver.input.interface(id), &links[id.index()]) {
            (Some(interface), Some(links)) => interface.hashes().references == links.hash,
            (interface, links) => interface.is_none() && links.is_none(),
        };
        if !is_same {
            links[id.index()] = document_links(resolver, id).map(Arc::new);
        }
    }
    links
}

/// Nothing for a file that is not a document.
fn document_links(resolver: &Resolver<'_>, id: SourceId) -> Option<DocumentLinks> {
    let interface = resolver.input.interface(id)?;
    let mut links = DocumentLinks {
        targets: Vec::with_capacity(interface.references().len()),
        case_mismatches: Vec::new(),
        locale: resolver.input.layout.locale(id),
        embeds: Vec::new(),
        broken_html: Vec::new(),
        hash: interface.hashes().references,
    };
    for (number, reference) in interface.references().enumerate() {
        let number = number as RefId;
        let mut target = resolver.resolve(id, reference);
        // On Windows and macOS such a link works for its author, so it is resolved, and reported as what it is.
        if let Target::Broken(BrokenReason::Missing(missing)) = &target
            && let Some((found, real)) = resolver.resolve_ignoring_case(id, reference, missing)
        {
            links.case_mismatches.push((number, real));
            target = found;
        }
        // Both lists keep the target from before other files have a say, so that it can be restored when they change.
        if is_embedded(reference, &target) {
            links.embeds.push((number, target.clone()));
        }
        if is_broken_in_html(reference, &target) {
            links.broken_html.push((number, target.clone()));
        }
        links.targets.push(target);
    }
    Some(links)
}
