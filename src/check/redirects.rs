//! Readings of redirects that several checks share. Doesn't report anything.

use crate::site::pages::Origin;
use crate::site::{PageId, PageKind, Site};
use crate::source::SitePath;
use crate::syntax::Reference;

/// The redirects that authors wrote: those shown in place of a missing translation are the same files.
pub(super) fn redirects(site: &Site) -> impl Iterator<Item = PageId> {
    site.page_ids().filter(|id| {
        let page = site.page(*id);
        // A redirect without a translation has a page in every language; reported once for each, the list would be full of copies.
        page.kind == PageKind::Redirect && page.origin == Origin::Translated
    })
}

/// The pages a reader comes through, from `start` on. The last one is not a redirect within the site, or is one of those before.
pub(super) fn redirect_path(site: &Site, start: PageId) -> Vec<PageId> {
    let mut pages = vec![start];
    let mut at = start;
    while let Some((_, next)) = site.redirect_target(at) {
        // A list is fast enough: chains have a handful of pages, or are loops of as many.
        let is_loop = pages.contains(&next);
        pages.push(next);
        if is_loop {
            break;
        }
        at = next;
    }
    pages
}

/// True if `pages` end at a page they contain already.
pub(super) fn is_loop(pages: &[PageId]) -> bool {
    match pages.split_last() {
        Some((last, before)) => before.contains(last),
        None => false,
    }
}

/// The `redirect_url` of a redirect to another page of the site.
pub(super) fn redirect_reference(site: &Site, id: PageId) -> Option<&Reference> {
    let (reference, _) = site.redirect_target(id)?;
    let (reference, _) = site.reference(site.page(id).source, reference)?;
    Some(reference)
}

/// The file of a page.
pub(super) fn path_of(site: &Site, id: PageId) -> &SitePath {
    &site.source(site.page(id).source).path
}
