//! Front matter -> where pages used to be, and where readers of a page that was removed are sent.

use crate::source::{SitePath, SourceId};
use crate::syntax::reference::Outgoing;
use crate::syntax::{RefId, RefKind};

use super::graph::Graph;
use super::page_kind::PageKind;
use super::pages::PageId;
use super::resolve::former_output;
use super::target::Target;

impl Graph {
    /// The former addresses of a page: each `redirect_from`, with the path below the output folder.
    pub fn former_outputs(&self, id: PageId) -> Vec<(RefId, SitePath)> {
        let page = self.page(id);
        let Some(interface) = self.interface(page.source) else {
            return Vec::new();
        };
        let mut outputs = Vec::new();
        for (number, reference) in interface.references().enumerate() {
            if reference.kind != RefKind::RedirectFrom {
                continue;
            }
            match former_output(
                &page.output,
                reference.target,
                self.config.base_url.as_deref(),
            ) {
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
        let (id, _, target) = self.redirect_url(page.source)?;
        match target {
            Target::Page { set, locale } => {
                let version = self.version_for(*set, locale.unwrap_or(page.locale))?;
                Some((id, version.page()))
            }
            _ => None,
        }
    }

    /// The `redirect_url` of a document: the reference, what is typed there, and its target.
    pub fn redirect_url(&self, id: SourceId) -> Option<(RefId, Outgoing<'_>, &Target)> {
        let (interface, links) = (self.interface(id)?, self.links(id)?);
        // The front matter comes first in the references, and has one `redirect_url`.
        for (number, reference) in interface.references().enumerate() {
            if reference.kind == RefKind::RedirectTo {
                return Some((number as RefId, reference, links.targets.get(number)?));
            }
        }
        None
    }
}
