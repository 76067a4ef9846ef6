//! Pages that only lead to another address. Server redirects would be better, but a static site has none it can rely on.

use super::format::{Content, Output};
use super::frame::frame;
use super::view::{PageBody, PageView, View};
use crate::site::address::split_address;
use crate::site::href::{Base, absolute, sanitize};
use crate::site::{Graph, Page, PageId, PageVersion, Target};
use crate::source::SitePath;
use crate::syntax::reference::Outgoing;

/// Where a redirect leads.
#[derive(Default)]
struct Destination {
    /// The address to go on to.
    url: String,
    /// The path of the output there, if it is one of this site.
    output: Option<SitePath>,
}

impl Destination {
    fn output(base: &Base, output: SitePath, tail: &str) -> Self {
        Destination {
            url: base.address(&output, tail),
            output: Some(output),
        }
    }

    fn typed(reference: Outgoing<'_>) -> Self {
        Destination {
            url: sanitize(reference.target).into_owned(),
            output: None,
        }
    }
}

/// A page whose front matter has a `redirect_url`, at its own path.
pub(super) fn redirecting_page(graph: &Graph, id: PageId) -> Content {
    let page = graph.page(id);
    // Relative addresses work wherever the site is put, from a disk as well.
    let base = Base::Folder(page.output.parent());
    let destination = match graph.redirect_url(page.source) {
        Some((_, reference, target)) => destination(graph, page, (reference, target), &base),
        None => Destination::default(),
    };
    redirect(graph, id, &page.output, destination)
}

/// A file that leads to the page it is about.
pub(super) fn from_output(graph: &Graph, output: &Output) -> Content {
    let Some(id) = output.page() else {
        return Content::Text(String::new());
    };
    let base = Base::Folder(output.path.parent());
    let target = graph.page(id).output.clone();
    redirect(
        graph,
        id,
        &output.path,
        Destination::output(&base, target, ""),
    )
}

/// The file at `path` about the page `id`.
fn redirect(graph: &Graph, id: PageId, path: &SitePath, destination: Destination) -> Content {
    let page = graph.page(id);
    let base = Base::Folder(path.parent());
    let language = graph.config.locales.get(graph.text_locale(page));
    let canonical = match (&graph.config.base_url, &destination.output) {
        (Some(base_url), Some(output)) => Some(absolute(base_url, output)),
        _ => None,
    };
    let view = View {
        template: "redirect.html".into(),
        locale: page.locale.index(),
        frame: frame(graph, page.locale, &base, Some(id)),
        page: PageView {
            kind: "redirect",
            title: graph.title(page.source).to_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            // Search engines should list the page that it leads to, which `canonical` names.
            noindex: true,
            canonical,
            body: PageBody::Redirect {
                url: destination.url,
            },
        },
    };
    view.into()
}

/// The destination of a reference of `page`. A broken one stays as it was typed: the server may know the address.
fn destination(
    graph: &Graph,
    page: &Page,
    (reference, target): (Outgoing<'_>, &Target),
    base: &Base,
) -> Destination {
    match target {
        Target::Page { set, locale } => {
            let version = graph.version_for(*set, locale.unwrap_or(page.locale));
            match version.map(PageVersion::page) {
                Some(version) => {
                    let output = graph.page(version).output.clone();
                    Destination::output(base, output, split_address(reference.target).1)
                }
                None => Destination::typed(reference),
            }
        }
        // A redirect to a file, a PDF for example, is one as well.
        Target::Asset(path) => match graph.output_of(path) {
            Some(output) => Destination::output(base, output, ""),
            None => Destination::typed(reference),
        },
        _ => Destination::typed(reference),
    }
}
