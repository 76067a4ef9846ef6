//! The breadcrumbs of a page: the way to it from the home page, along the table of contents, or along folders if it is in none.

use crate::locale::Catalog;
use crate::render::frame::site_title;
use crate::render::navigation::NavWriter;
use crate::render::view::Crumb;
use crate::site::href::Base;
use crate::site::navigation::NavTree;
use crate::site::{Graph, PageId, PageKind};

use super::structured::breadcrumb_list;

/// The way to a page, from the home page, without the page itself.
pub(super) fn breadcrumbs(links: &NavWriter, catalog: &Catalog, id: PageId) -> Vec<Crumb> {
    let graph = links.graph;
    let home = graph.home(graph.page(id).locale);
    let mut crumbs = Vec::new();
    crumbs.extend(home_crumb(links, catalog, id));
    match graph.navigation(id) {
        Some((tree, Some(at))) => push_toc_crumbs(links, tree, at, id, &mut crumbs),
        _ => crumbs.append(&mut links.folders(id, home)),
    }
    crumbs
}

fn push_toc_crumbs(
    links: &NavWriter,
    tree: &NavTree,
    at: usize,
    id: PageId,
    crumbs: &mut Vec<Crumb>,
) {
    // An entry for the home page would repeat the first crumb.
    let home_url = crumbs.first().and_then(|home| home.url.clone());
    let mut way = Vec::new();
    way.extend(section_crumb(links, tree, id));
    way.append(&mut links.breadcrumbs(tree, at));
    for crumb in way {
        if crumb.url.is_none() || crumb.url != home_url {
            crumbs.push(crumb);
        }
    }
    // The entry of the section and the first entry of its toc are often the same page.
    crumbs.dedup();
}

/// The entry of the language's whole navigation that the page's own toc is below.
fn section_crumb(links: &NavWriter, tree: &NavTree, id: PageId) -> Option<Crumb> {
    let graph = links.graph;
    let root = graph.root_navigation(graph.page(id).locale)?;
    if root.toc == tree.toc {
        return None;
    }
    let crumb = links.crumb(root, links.section_of(root, tree, id)?);
    let own_url = links.base.address(&graph.page(id).output, "");
    if crumb.url.as_deref() == Some(&own_url) {
        return None;
    }
    Some(crumb)
}

/// The step that the way of page `id` begins with; `None` for the home page itself.
fn home_crumb(links: &NavWriter, catalog: &Catalog, id: PageId) -> Option<Crumb> {
    let graph = links.graph;
    let locale = graph.page(id).locale;
    let path = graph.home_path(locale)?;
    match graph.home(locale) {
        Some(home) if home == id => None,
        Some(home) if !matches!(graph.page(home).kind, PageKind::Redirect | PageKind::Gone) => {
            Some(links.page_crumb(home))
        }
        // A home page that redirects, or that is made from the table of contents, has no title of its own.
        _ => Some(Crumb {
            title: site_title(graph, catalog, locale).into_owned(),
            lang: None,
            url: Some(links.base.address(path, "")),
        }),
    }
}

/// The same way for search engines, with absolute addresses, and with the page itself; `None` if the site doesn't know its address.
pub(super) fn structured(graph: &Graph, catalog: &Catalog, id: PageId) -> Option<String> {
    let base = Base::Anywhere(graph.config.base_url.clone()?);
    let links = NavWriter { graph, base: &base };
    let mut crumbs = breadcrumbs(&links, catalog, id);
    crumbs.push(links.page_crumb(id));
    Some(breadcrumb_list(&crumbs))
}
