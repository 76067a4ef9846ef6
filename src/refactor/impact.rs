//! A file, or an anchor in it -> everything in the site that refers to it, in all languages. Changes nothing.

use std::collections::BTreeSet;

use crate::site::address::AddressParts;
use crate::site::{Site, Target};
use crate::source::percent;
use crate::source::{FileSpan, SitePath, SourceId};
use crate::syntax::RefKind;

/// A reference to the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Where it is typed.
    pub location: FileSpan,
    /// What is typed there.
    pub typed: String,
    /// What for, as a noun: `link`, `include`.
    pub kind: &'static str,
}

/// The references to the file at `path`, or to its anchor `anchor`, in path order. References to another language's version of a page count:
/// readers are sent to their own.
pub fn uses(site: &Site, path: &SitePath, anchor: Option<&str>) -> Vec<Use> {
    let mut paths = BTreeSet::from([path.clone()]);
    let id = site.sources.find(path.as_str());
    if let Some(set) = id.and_then(|id| site.translation_set_of(id)) {
        for (_, id) in &site.translation_set(set).variants {
            paths.insert(site.path(*id).clone());
        }
    }
    let mut all = Vec::new();
    for (from, linked) in site.documents() {
        for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
            // Without an anchor, what a page says about itself is no use of it.
            let is_own = *target == Target::SamePage && anchor.is_none();
            if is_own || !leads_to(site, from, target, &paths) {
                continue;
            }
            let fragment = AddressParts::of(&reference.target).fragment;
            if let Some(anchor) = anchor
                && percent::decode(fragment.trim_start_matches('#')) != anchor
            {
                continue;
            }
            all.push(Use {
                location: FileSpan::new(site.path(from), reference.span),
                typed: reference.target.to_string(),
                kind: noun(reference.kind),
            });
        }
    }
    all.sort();
    all
}

fn leads_to(site: &Site, from: SourceId, target: &Target, paths: &BTreeSet<SitePath>) -> bool {
    match target {
        Target::Page { set, .. } => {
            let mut variants = site.translation_set(*set).variants.iter();
            variants.any(|(_, id)| paths.contains(site.path(*id)))
        }
        Target::Fragment(id) | Target::Code(id) | Target::Toc(id) => paths.contains(site.path(*id)),
        Target::Asset(path) => paths.contains(path),
        Target::SamePage => paths.contains(site.path(from)),
        _ => false,
    }
}

fn noun(kind: RefKind) -> &'static str {
    match kind {
        RefKind::Link | RefKind::HtmlHref => "link",
        RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage => "picture",
        RefKind::Include => "include",
        RefKind::Snippet => "snippet",
        RefKind::Uid | RefKind::UidShorthand => "uid",
        RefKind::Toc | RefKind::TocLink | RefKind::TocUid => "table of contents",
        RefKind::Landing => "landing page",
        RefKind::RedirectTo | RefKind::RedirectFrom | RefKind::RedirectAnchor => "redirect",
    }
}
