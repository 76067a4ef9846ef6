//! Front matter -> where pages used to be, and where readers of a page that was removed are sent.

use crate::source::SitePath;
use crate::syntax::{RefId, RefKind};

use super::linked_site::Site;
use super::page_kind::PageKind;
use super::pages::{Page, PageId};
use super::target::Target;

impl Site {
    /// The former addresses of a page: each `redirect_from`, with the path below the output folder.
    pub fn former_outputs(&self, id: PageId) -> Vec<(RefId, SitePath)> {
        let page = self.page(id);
        let Some(linked) = self.linked(page.source) else {
            return Vec::new();
        };
        let mut outputs = Vec::new();
        for (number, reference) in linked.document.refs.iter().enumerate() {
            if reference.kind != RefKind::RedirectFrom {
                continue;
            }
            match former_output(page, &reference.target) {
                // `redirect_from: /` would replace the start page of the site.
                Some(path) if !path.is_root() => outputs.push((number as RefId, path)),
                _ => {}
            }
        }
        outputs
    }

    /// The page that a page with `redirect_url` sends its readers to, if it is one of this site, and the reference to it.
    pub fn redirect_target(&self, id: PageId) -> Option<(RefId, PageId)> {
        let page = self.page(id);
        if page.kind != PageKind::Redirect {
            return None;
        }
        let linked = self.linked(page.source)?;
        let mut references = linked.document.refs.iter();
        // The front matter comes first in the references, and has one `redirect_url`.
        let to = references.position(|reference| reference.kind == RefKind::RedirectTo)?;
        match linked.targets.get(to)? {
            Target::Page { set, locale } => {
                let version = self.version_for(*set, locale.unwrap_or(page.locale))?;
                Some((to as RefId, version.page()))
            }
            _ => None,
        }
    }
}

/// A former path is relative to the page's own output, or to the top of the published site after `/`. Names of sources and names without an
/// extension are those of pages.
fn former_output(page: &Page, typed: &str) -> Option<SitePath> {
    let path = match typed.strip_prefix('/') {
        Some(rooted) => SitePath::new(rooted),
        None => page.output.parent().join(typed),
    };
    let path = path.ok()?;
    // Authors copy the path of the old source, or the address from a browser.
    if path.has_extension("md") || path.extension().is_empty() {
        path.parent().join(&format!("{}.html", path.stem())).ok()
    } else {
        Some(path)
    }
}
