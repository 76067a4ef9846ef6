//! Where pages used to be, and where readers of a page that went away end up.

use crate::source::SitePath;
use crate::syntax::{RefId, RefKind};

use super::{PageId, PageKind, PageVersion, Site, Target};

/// Where the page used to be: the `redirect_from` that says so, and the output path. A path is relative to the page's own file, or to the
/// top of the published site after `/`.
pub(super) fn former(site: &Site, id: PageId) -> Vec<(RefId, SitePath)> {
    let page = site.page(id);
    let Some(linked) = site.linked(page.source) else {
        return Vec::new();
    };
    let path = |target: &str| match target.strip_prefix('/') {
        Some(rooted) => SitePath::new(rooted).ok(),
        None => page.output.parent().join(target).ok(),
    };
    let html = |path: SitePath| {
        let is_page = path.has_extension("md") || path.extension().is_empty();
        if is_page {
            path.parent().join(&format!("{}.html", path.stem())).ok()
        } else {
            Some(path)
        }
    };
    let old = linked
        .document
        .refs
        .iter()
        .enumerate()
        .filter(|(_, reference)| reference.kind == RefKind::RedirectFrom);
    old.filter_map(|(number, reference)| {
        Some((number as RefId, path(&reference.target).and_then(html)?))
    })
    .filter(|(_, path)| !path.is_root())
    .collect()
}

/// The page of this site that a redirecting page leads to, if it leads to one, and the reference that says so.
pub(super) fn next(site: &Site, id: PageId) -> Option<(RefId, PageId)> {
    let page = site.page(id);
    if page.kind != PageKind::Redirect {
        return None;
    }
    let linked = site.linked(page.source)?;
    let to = linked
        .document
        .refs
        .iter()
        .position(|reference| reference.kind == RefKind::RedirectTo)?;
    match linked.targets.get(to)? {
        Target::Page { set, locale } => Some((
            to as RefId,
            site.version_for(*set, locale.unwrap_or(page.locale))
                .map(PageVersion::page)?,
        )),
        _ => None,
    }
}
