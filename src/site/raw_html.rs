//! Addresses in the raw HTML of a fragment: DocFX reads them from the page that includes the fragment, not from the fragment as it does with
//! Markdown (DocFX spec 3.4). Here they are read from the fragment first; what leads nowhere from there, and to one and the same place from
//! every page that shows the fragment, leads to that place.

use std::collections::BTreeSet;

use crate::source::{SourceId, Sources};
use crate::syntax::RefKind;

use super::pages::Pages;
use super::resolve::{Resolver, Target, Why};

/// Mends the targets of all documents, which are parallel to `sources`.
pub(super) fn read_from_pages(sources: &Sources, pages: &Pages, resolver: &Resolver<'_>, targets: &mut [Vec<Target>]) {
    let is_lost = |id: SourceId, number: usize| {
        let reference = resolver.linked[id.index()].as_ref().and_then(|linked| linked.document.refs.get(number));
        reference.filter(|reference| matches!(reference.kind, RefKind::HtmlHref | RefKind::HtmlSrc))
    };
    let missing = |target: &Target| matches!(target, Target::Broken(Why::Missing(_) | Why::LeavesRoot));
    let lost: Vec<(SourceId, usize)> = sources
        .ids()
        .filter(|&id| pages.key_of(id).is_none())
        .flat_map(|id| targets[id.index()].iter().enumerate().filter(|(_, target)| missing(target)).map(move |(number, _)| (id, number)))
        .filter(|&(id, number)| is_lost(id, number).is_some())
        .collect();
    if lost.is_empty() {
        return;
    }
    let mut includers: Vec<Vec<SourceId>> = vec![Vec::new(); targets.len()];
    for id in sources.ids() {
        for target in &targets[id.index()] {
            if let Target::Fragment(fragment) = target {
                includers[fragment.index()].push(id);
            }
        }
    }
    for (id, number) in lost {
        let Some(reference) = is_lost(id, number) else { continue };
        let mut found = shown_on(id, &includers, pages).into_iter().map(|page| resolver.resolve(page, reference));
        let Some(first) = found.next().filter(|first| !matches!(first, Target::Broken(_))) else { continue };
        if found.all(|other| other == first) {
            targets[id.index()][number] = first;
        }
    }
}

/// The pages that show a fragment, however deep.
fn shown_on(fragment: SourceId, includers: &[Vec<SourceId>], pages: &Pages) -> BTreeSet<SourceId> {
    let (mut seen, mut open, mut found) = (BTreeSet::from([fragment]), vec![fragment], BTreeSet::new());
    while let Some(id) = open.pop() {
        for &includer in &includers[id.index()] {
            if seen.insert(includer) {
                open.push(includer);
                if pages.key_of(includer).is_some() {
                    found.insert(includer);
                }
            }
        }
    }
    found
}
