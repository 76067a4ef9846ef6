//! Addresses in the raw HTML of a fragment: DocFX reads them from the page that includes the fragment, not from the fragment as it does with
//! Markdown (DocFX spec 3.4). Here they are read from the fragment first; what leads nowhere from there, and to one and the same place from
//! every page that shows the fragment, leads to that place.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::source::SourceId;
use crate::syntax::{RefId, RefKind, Reference};

use super::LinkedDocument;
use super::resolve::{BrokenReason, Resolver, Target};

/// The addresses in the raw HTML of a document that lead nowhere when they are read from there, with why.
pub(super) fn lost(references: &[Reference], targets: &[Target]) -> Vec<(RefId, Target)> {
    let pairs = references.iter().zip(targets).enumerate();
    let is_lost = |reference: &Reference, target: &Target| {
        matches!(reference.kind, RefKind::HtmlHref | RefKind::HtmlSrc)
            && matches!(
                target,
                Target::Broken(BrokenReason::Missing(_) | BrokenReason::LeavesRoot)
            )
    };
    pairs
        .filter(|(_, (reference, target))| is_lost(reference, target))
        .map(|(number, (_, target))| (number as RefId, target.clone()))
        .collect()
}

/// Mends the targets of all documents; returns those that are linked otherwise than before.
pub(super) fn read_from_pages(
    resolver: &Resolver<'_>,
    linked: &mut [Option<Arc<LinkedDocument>>],
) -> Vec<SourceId> {
    let pages = &resolver.index.pages;
    let fragments = || {
        resolver
            .parts
            .sources
            .ids()
            .filter(|&id| pages.translation_set_of(id).is_none())
    };
    let lost: Vec<SourceId> = fragments()
        .filter(|id| {
            linked[id.index()]
                .as_ref()
                .is_some_and(|linked| !linked.lost.is_empty())
        })
        .collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let mut includers: Vec<Vec<SourceId>> = vec![Vec::new(); linked.len()];
    for id in resolver.parts.sources.ids() {
        for (_, target) in linked[id.index()].iter().flat_map(|linked| &linked.shown) {
            if let Target::Fragment(fragment) = target {
                includers[fragment.index()].push(id);
            }
        }
    }
    let mut changed = Vec::new();
    for id in lost {
        let Some(linked) = &mut linked[id.index()] else {
            continue;
        };
        let shown_on = shown_on(id, &includers, resolver);
        for (number, nowhere) in linked.lost.clone() {
            let Some(reference) = linked.document.refs.get(number as usize) else {
                continue;
            };
            let target = agreed(&shown_on, reference, resolver).unwrap_or(nowhere);
            if linked.targets[number as usize] != target {
                Arc::make_mut(linked).targets[number as usize] = target;
                changed.push(id);
            }
        }
    }
    changed
}

/// Where a reference leads from each of these pages.
fn agreed(
    pages: &BTreeSet<SourceId>,
    reference: &Reference,
    resolver: &Resolver<'_>,
) -> Option<Target> {
    let mut found = pages.iter().map(|page| resolver.resolve(*page, reference));
    let first = found
        .next()
        .filter(|first| !matches!(first, Target::Broken(_)))?;
    found.all(|other| other == first).then_some(first)
}

/// The pages that show a fragment, however deep.
fn shown_on(
    fragment: SourceId,
    includers: &[Vec<SourceId>],
    resolver: &Resolver<'_>,
) -> BTreeSet<SourceId> {
    let (mut seen, mut open, mut found) =
        (BTreeSet::from([fragment]), vec![fragment], BTreeSet::new());
    while let Some(id) = open.pop() {
        for &includer in &includers[id.index()] {
            if seen.insert(includer) {
                open.push(includer);
                if resolver.index.pages.translation_set_of(includer).is_some() {
                    found.insert(includer);
                }
            }
        }
    }
    found
}
