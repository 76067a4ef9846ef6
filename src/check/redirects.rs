//! Readings of redirects that several checks share. Doesn't report anything.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::site::pages::Origin;
use crate::site::{PageId, PageKind, Site, Target};
use crate::source::{SitePath, SourceId};
use crate::syntax::Reference;

/// The redirects that authors wrote: those shown in place of a missing translation are the same files.
pub(super) fn redirects(site: &Site) -> impl Iterator<Item = PageId> {
    site.page_ids().filter(|id| {
        let page = site.page(*id);
        // A redirect without a translation has a page in every language; reported once for each, the list would be full of copies.
        page.kind == PageKind::Redirect && page.origin == Origin::Translated
    })
}

/// Where the redirects of a site end. Each of them is followed once, however many lead through it.
pub(super) struct RedirectEnds<'a> {
    site: &'a Site,
    known: FxHashMap<PageId, RedirectEnd>,
}

/// Where a reader ends up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RedirectEnd {
    /// At this page, which is not a redirect within the site.
    Page(PageId),
    /// Nowhere: the redirects go round in a circle.
    Loop,
}

impl<'a> RedirectEnds<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        RedirectEnds {
            site,
            known: FxHashMap::default(),
        }
    }

    /// Where a reader who opens `start` ends up.
    pub(super) fn of(&mut self, start: PageId) -> RedirectEnd {
        let mut passed = Vec::new();
        let mut seen = FxHashSet::default();
        let mut at = start;
        let end = loop {
            if let Some(end) = self.known.get(&at) {
                break *end;
            }
            if !seen.insert(at) {
                break RedirectEnd::Loop;
            }
            passed.push(at);
            match self.site.redirect_target(at) {
                Some((_, next)) => at = next,
                None => break RedirectEnd::Page(at),
            }
        };
        for page in passed {
            self.known.insert(page, end);
        }
        end
    }
}

/// The first pages a reader comes through, from `start` on, up to the first that was there before; and true if these are all.
pub(super) fn first_pages(site: &Site, start: PageId, most: usize) -> (Vec<PageId>, bool) {
    let mut pages = vec![start];
    let mut at = start;
    while let Some((_, next)) = site.redirect_target(at) {
        if pages.len() == most {
            return (pages, false);
        }
        let is_loop = pages.contains(&next);
        pages.push(next);
        if is_loop {
            break;
        }
        at = next;
    }
    (pages, true)
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

/// The page that a reader of the file `from` comes to at this target.
pub(super) fn reached_page(site: &Site, from: SourceId, target: &Target) -> Option<PageId> {
    let Target::Page { set, locale } = target else {
        return None;
    };
    let own = || site.linked(from)?.locale;
    let locale = locale.or_else(own);
    // A file outside of all language folders is shown in any language; the default one is the example.
    let locale = locale.unwrap_or(site.config.locales.default());
    Some(site.version_for(*set, locale)?.page())
}
