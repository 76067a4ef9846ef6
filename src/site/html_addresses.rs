//! Addresses in the raw HTML of a fragment: DocFX resolves them from the page that includes the fragment, not from the fragment as it does with
//! Markdown (DocFX spec 3.4). Here they are resolved from the fragment first; one that is broken there, but points to one and the same thing
//! from all pages that show the fragment and from which it isn't broken, points to that.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::SourceId;
use crate::syntax::RefKind;
use crate::syntax::reference::Outgoing;

use super::document_links::DocumentLinks;
use super::resolve::Resolver;
use super::target::{BrokenReason, Target};

/// True for an address in raw HTML that may be right when it is resolved from an including page.
pub(super) fn is_broken_in_html(reference: Outgoing<'_>, target: &Target) -> bool {
    matches!(reference.kind, RefKind::HtmlHref | RefKind::HtmlSrc)
        && matches!(
            target,
            Target::Broken(BrokenReason::Missing(_) | BrokenReason::LeavesRoot)
        )
}

/// Resolves the broken addresses of all fragments from the pages that show them.
pub(super) fn resolve_from_pages(
    resolver: &Resolver<'_>,
    links: &mut [Option<Arc<DocumentLinks>>],
) {
    let fragments = fragments_with_broken_html(resolver, links);
    // Most sites have none, and need not know who includes whom here.
    if fragments.is_empty() {
        return;
    }
    let includers = includers(resolver, links);
    for id in fragments {
        let Some(own) = &mut links[id.index()] else {
            continue;
        };
        let pages = pages_showing(id, &includers, resolver);
        for (number, broken) in own.broken_html.clone() {
            let reference = resolver
                .input
                .interface(id)
                .and_then(|interface| interface.reference(number));
            let Some(reference) = reference else {
                continue;
            };
            let target = common_target(&pages, reference, resolver).unwrap_or(broken);
            if own.targets[number as usize] != target {
                Arc::make_mut(own).targets[number as usize] = target;
            }
        }
    }
}

fn fragments_with_broken_html(
    resolver: &Resolver<'_>,
    links: &[Option<Arc<DocumentLinks>>],
) -> Vec<SourceId> {
    let mut found = Vec::new();
    for id in resolver.input.layout.ids() {
        if let Some(links) = &links[id.index()]
            && !links.broken_html.is_empty()
            && resolver.names.pages.translation_set_of(id).is_none()
        {
            found.push(id);
        }
    }
    found
}

/// Parallel to the sources: the files that include each one, whether or not a limit cuts the include off.
fn includers(resolver: &Resolver<'_>, links: &[Option<Arc<DocumentLinks>>]) -> Vec<Vec<SourceId>> {
    let mut includers: Vec<Vec<SourceId>> = vec![Vec::new(); links.len()];
    for id in resolver.input.layout.ids() {
        let Some(links) = &links[id.index()] else {
            continue;
        };
        for (_, target) in &links.embeds {
            if let Target::Fragment(fragment) = target {
                includers[fragment.index()].push(id);
            }
        }
    }
    includers
}

/// What a reference points to from these pages; nothing if they disagree. Pages from which it points to nothing have no say: DocFX leaves the
/// link dead there.
fn common_target(
    pages: &BTreeSet<SourceId>,
    reference: Outgoing<'_>,
    resolver: &Resolver<'_>,
) -> Option<Target> {
    let mut common = None;
    for page in pages {
        let target = resolver.resolve(*page, reference);
        if matches!(target, Target::Broken(_)) {
            continue;
        }
        // One text has one target: if its pages disagree there is none that is right for all.
        if *common.get_or_insert_with(|| target.clone()) != target {
            return None;
        }
    }
    common
}

/// The pages that show a fragment, at any depth.
fn pages_showing(
    fragment: SourceId,
    includers: &[Vec<SourceId>],
    resolver: &Resolver<'_>,
) -> BTreeSet<SourceId> {
    // Includes that close a cycle are still in `includers`, so a file may come up again.
    let mut seen = BTreeSet::from([fragment]);
    let mut open = vec![fragment];
    let mut pages = BTreeSet::new();
    while let Some(id) = open.pop() {
        for &includer in &includers[id.index()] {
            if !seen.insert(includer) {
                continue;
            }
            open.push(includer);
            if resolver.names.pages.translation_set_of(includer).is_some() {
                pages.insert(includer);
            }
        }
    }
    pages
}
