//! The graph of a site -> its redirects as a server needs them: from where to where, in one hop. Doesn't know any server's notation.

use std::collections::BTreeMap;

use crate::locale::LocaleId;
use crate::site::former::{FormerAddress, Successor};
use crate::site::href::absolute;
use crate::site::{Graph, PageId, PageKind};
use crate::source::{SitePath, percent};

/// What a server answers at an address where there is no page any more. Both addresses are as seen by the server of the site: they begin with the path of its `base-url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The path that is asked for, decoded: `/no/møte (ny).html`.
    pub from: String,
    /// Where it leads, encoded: a path from the top of the server, or an address of another site. None for a page that is gone (410).
    pub to: Option<String>,
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
        let answer = match page.kind {
            PageKind::Redirect | PageKind::Gone => builder.redirect(&page.output, id),
            _ => None,
        };
        all.extend(answer.map(|answer| (page.output.clone(), answer)));
    }
    let former = graph.former_addresses();
    for former in former.effective(graph) {
        // Of two redirects the first counts, as with the pages that hjelp writes.
        if let Some(answer) = builder.former(former)
            && !all.contains_key(&former.path)
        {
            all.insert(former.path.clone(), answer);
        }
    }
    all.into_values().collect()
}

/// The path of the site on its server, with which all old addresses of [`redirects`] begin.
pub fn server_prefix(graph: &Graph) -> String {
    prefix(graph.config.base_url.as_deref().unwrap_or(""))
}

/// The path of the site on its server: `/hjelp` of `https://help.example/hjelp/`; empty at the top.
pub(super) fn prefix(base_url: &str) -> String {
    let after_host = match base_url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => "",
    };
    after_host.trim_end_matches('/').to_owned()
}

struct RedirectBuilder<'a> {
    graph: &'a Graph,
    prefix: String,
}

impl RedirectBuilder<'_> {
    /// The answer at `old`, the address of a page, or a former address of the page `id`.
    fn redirect(&self, old: &SitePath, id: PageId) -> Option<Redirect> {
        let destination = self.graph.destination(id)?;
        self.answer(old, &destination, self.graph.page(id).locale)
    }

    fn former(&self, former: &FormerAddress) -> Option<Redirect> {
        let Successor::Page(id, anchor) = &former.to else {
            return self.answer(&former.path, &former.to, former.locale);
        };
        let destination = match self.graph.destination(*id)? {
            Successor::Page(end, None) => Successor::Page(end, anchor.clone()),
            other => other,
        };
        self.answer(&former.path, &destination, former.locale)
    }

    /// None for an address that would be another one from elsewhere: a relative one that the site doesn't know.
    fn answer(
        &self,
        old: &SitePath,
        destination: &Successor,
        locale: LocaleId,
    ) -> Option<Redirect> {
        let top = format!("{}/", self.prefix);
        let to = match destination {
            Successor::Page(id, anchor) => {
                let mut to = absolute(&top, &self.graph.page(*id).output);
                if let Some(anchor) = anchor {
                    to.push_str(&format!("#{}", encoded(anchor)));
                }
                Some(to)
            }
            Successor::Asset(path) => Some(absolute(&top, path)),
            Successor::Url(url) if url.starts_with("http://") || url.starts_with("https://") => {
                Some(url.to_string())
            }
            Successor::Url(_) => return None,
            Successor::Gone => None,
        };
        Some(Redirect {
            from: format!("{}/{old}", self.prefix),
            to,
            locale,
        })
    }
}

/// A path as a URL has it.
pub(super) fn encoded(path: &str) -> String {
    percent::encode(path, percent::LINK_PATH).into_owned()
}
