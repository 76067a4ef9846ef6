//! The graph of a site -> its redirects as a server needs them: from where to where, in one hop. Doesn't know any server's notation.

use std::collections::BTreeMap;

use crate::locale::LocaleId;
use crate::site::address::AddressParts;
use crate::site::href::absolute;
use crate::site::{Graph, PageId, PageKind};
use crate::source::{SitePath, percent};

/// A redirect. Both addresses are as seen by the server of the site: they begin with the path of its `base-url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The path that is asked for, decoded: `/no/møte (ny).html`.
    pub from: String,
    /// Where it leads, encoded: a path from the top of the server, or an address of another site.
    pub to: String,
    /// The language of the page there.
    pub locale: LocaleId,
}

/// All redirects, in the order of their old addresses. What leads in a circle or nowhere is left out: `redirect-loop` and `broken-redirect`
/// report it.
pub fn redirects(graph: &Graph) -> Vec<Redirect> {
    let mut all: BTreeMap<SitePath, Redirect> = BTreeMap::new();
    let prefix = prefix(graph.config.base_url.as_deref().unwrap_or(""));
    let builder = RedirectBuilder { graph, prefix };
    for id in graph.page_ids() {
        let page = graph.page(id);
        if page.kind == PageKind::Redirect
            && let Some(redirect) = builder.redirect(&page.output, id)
        {
            all.insert(page.output.clone(), redirect);
        }
    }
    for id in graph.page_ids() {
        for (_, old) in graph.former_outputs(id) {
            // An address that a page has is not that of a redirect; of two redirects the first counts, as with the pages that hjelp writes.
            if graph.page_at(graph.page(id).locale, &old).is_some() || all.contains_key(&old) {
                continue;
            }
            if let Some(redirect) = builder.redirect(&old, id) {
                all.insert(old, redirect);
            }
        }
    }
    all.into_values().collect()
}

/// The path of the site on its server: `/hjelp` of `https://help.example/hjelp/`; empty at the top.
pub(super) fn prefix(base_url: &str) -> String {
    let after_host = match base_url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => "",
    };
    after_host.trim_end_matches('/').to_owned()
}

/// Longer chains are circles, or as bad for readers.
const MOST_HOPS: usize = 10;

struct RedirectBuilder<'a> {
    graph: &'a Graph,
    prefix: String,
}

impl RedirectBuilder<'_> {
    /// The redirect from `old` to what the page `id` shows or leads to.
    fn redirect(&self, old: &SitePath, id: PageId) -> Option<Redirect> {
        let graph = self.graph;
        let (mut at, mut fragment) = (id, String::new());
        for _ in 0..MOST_HOPS {
            let page = graph.page(at);
            if page.kind != PageKind::Redirect {
                let to = absolute(&format!("{}/", self.prefix), &page.output) + &fragment;
                return Some(self.redirect_to(old, to, page.locale));
            }
            let (_, reference, _) = graph.redirect_url(page.source)?;
            let Some((_, next)) = graph.redirect_target(at) else {
                let to = reference.target;
                // A relative address that the site doesn't know would be wrong from elsewhere.
                let is_absolute = to.starts_with("http://") || to.starts_with("https://");
                return is_absolute.then(|| self.redirect_to(old, to.to_owned(), page.locale));
            };
            // The last one counts, as with a browser that is sent on from page to page.
            let typed = AddressParts::of(reference.target).fragment;
            if !typed.is_empty() {
                fragment = format!("#{}", encoded(&percent::decode(&typed[1..])));
            }
            at = next;
        }
        None
    }

    fn redirect_to(&self, old: &SitePath, to: String, locale: LocaleId) -> Redirect {
        Redirect {
            from: format!("{}/{old}", self.prefix),
            to,
            locale,
        }
    }
}

/// A path as a URL has it.
pub(super) fn encoded(path: &str) -> String {
    percent::encode(path, percent::LINK_PATH).into_owned()
}
