//! Front matter -> where pages used to be, and where readers of a page that was removed are sent.

use crate::source::{SitePath, SourceId};
use crate::syntax::reference::Outgoing;
use crate::syntax::{RefId, RefKind};

use super::address::AddressParts;
use super::former::{FormerOutput, Successor, decoded_fragment};
use super::graph::Graph;
use super::page_kind::PageKind;
use super::pages::{Origin, Page, PageId};
use super::resolve::former_output;
use super::target::Target;
use super::xref::Xref;

/// Longer chains are circles, or as bad for readers.
const MOST_HOPS: usize = 10;

impl Graph {
    /// The former addresses of a page: each `redirect_from`, with the path below the output folder. A page shown in place of a missing
    /// translation has those that depend on its place; one that begins with `/` is that of the page in its own language.
    pub fn former_outputs(&self, id: PageId) -> Vec<FormerOutput> {
        let page = self.page(id);
        let Some(interface) = self.interface(page.source) else {
            return Vec::new();
        };
        let original = self.original_output(page);
        let base = self.config.base_url.as_deref();
        let mut outputs: Vec<FormerOutput> = Vec::new();
        for (number, reference) in interface.references().enumerate() {
            match reference.kind {
                RefKind::RedirectTo => continue,
                RefKind::RedirectFrom => {}
                RefKind::RedirectAnchor => {
                    let fragment = AddressParts::of(reference.target).fragment;
                    if let Some(last) = outputs.last_mut()
                        && last.reference as usize + 1 == number
                    {
                        last.anchor = decoded_fragment(fragment);
                    }
                    continue;
                }
                // The front matter comes first, and articles have hundreds of other references.
                _ => break,
            }
            let (typed, fragment) = match reference.target.split_once('#') {
                Some((typed, fragment)) => (typed, decoded_fragment(fragment)),
                None => (reference.target, None),
            };
            let path = match typed {
                // A former id of this page.
                "" if fragment.is_some() => Some(page.output.clone()),
                _ => former_output(&page.output, typed, base),
            };
            let Some(path) = path else {
                continue;
            };
            // Otherwise an address of one language would lead to the page of another one.
            let is_of_original = match original {
                Some(original) => former_output(original, typed, base).as_ref() == Some(&path),
                None => false,
            };
            // `redirect_from: /` would replace the start page of the site.
            if !is_of_original && !path.is_root() {
                outputs.push(FormerOutput {
                    reference: number as RefId,
                    path,
                    fragment,
                    anchor: None,
                });
            }
        }
        outputs
    }

    /// Where the page is published in the language it is written in, if it is shown in place of a missing translation.
    fn original_output(&self, page: &Page) -> Option<&SitePath> {
        let Origin::Fallback(locale) = page.origin else {
            return None;
        };
        let version = self.version_for(page.translation_set, locale)?;
        Some(&self.page(version.page()).output)
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

    /// What readers of the page `id` get after all redirects; nothing if they lead round in a circle, or to an address that is not found.
    pub fn destination(&self, id: PageId) -> Option<Successor> {
        let (mut at, mut anchor) = (id, None);
        for _ in 0..MOST_HOPS {
            let page = self.page(at);
            match page.kind {
                PageKind::Gone => return Some(Successor::Gone),
                PageKind::Redirect => {}
                _ => return Some(Successor::Page(at, anchor)),
            }
            let (_, reference, target) = self.redirect_url(page.source)?;
            let typed = reference.target;
            let Some((_, next)) = self.redirect_target(at) else {
                return self.destination_elsewhere(typed, target);
            };
            // The last one counts, as with a browser that is sent on from page to page.
            anchor = decoded_fragment(AddressParts::of(typed).fragment).or(anchor);
            at = next;
        }
        None
    }

    /// What a redirect leads to that is no page of the site, by its target and what was typed.
    pub(super) fn destination_elsewhere(&self, typed: &str, target: &Target) -> Option<Successor> {
        match target {
            Target::Asset(path) => Some(Successor::Asset(self.output_of(path)?)),
            Target::ExternalUid(uid) => {
                let (_, page) = self.external_page(uid)?;
                let (href, tail) = (page.href.as_deref()?, Xref::of(typed).tail);
                Some(Successor::Url(format!("{href}{tail}").into()))
            }
            Target::External => Some(Successor::Url(typed.into())),
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
