//! Pages that only lead to another address, or say that what was there is gone. Server redirects would be better, but a static site has none it
//! can rely on.

use std::collections::BTreeMap;

use super::context::RenderContext;
use super::format::{Content, Output};
use super::frame::{frame, site_title};
use super::view::{MovedSection, PageBody, PageView, RedirectView, View};
use crate::locale::{Catalog, LocaleId};
use crate::site::address::split_address;
use crate::site::former::{FormerAddress, MovedAnchor, Successor};
use crate::site::href::{Base, absolute, sanitize};
use crate::site::xref::Xref;
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

    fn typed(typed: &str) -> Self {
        Destination {
            url: sanitize(typed).into_owned(),
            output: None,
        }
    }
}

/// A file that sends its readers on.
struct RedirectingFile<'a> {
    graph: &'a Graph,
    catalog: &'a Catalog,
    path: &'a SitePath,
    /// The language of its readers, and of its words.
    locale: LocaleId,
    /// The page that it is about, if it is one of this site.
    page: Option<PageId>,
    title: String,
}

/// A page whose front matter has a `redirect_url`, at its own path.
pub(super) fn redirecting_page(graph: &Graph, catalog: &Catalog, id: PageId) -> Content {
    let page = graph.page(id);
    // Relative addresses work wherever the site is put, from a disk as well.
    let base = Base::Folder(page.output.parent());
    let destination = match graph.redirect_url(page.source) {
        Some((_, reference, target)) => match end(graph, id, &base) {
            // A query is for the very next page.
            Some(end) if !reference.target.contains('?') => end,
            _ => destination(graph, page, (reference, target), &base),
        },
        None => Destination::default(),
    };
    about_page(graph, catalog, id, &page.output).content(destination)
}

/// Where redirects from the page `id` end, so that readers are sent on once only; none if that is no page of the site.
fn end(graph: &Graph, id: PageId, base: &Base) -> Option<Destination> {
    let (id, anchor) = match graph.destination(id)? {
        Successor::Page(id, anchor) => (id, anchor),
        _ => return None,
    };
    let output = graph.page(id).output.clone();
    let tail = fragment(anchor.as_deref());
    Some(Destination::output(base, output, &tail))
}

/// A file that leads to the page it is about.
pub(super) fn from_output(graph: &Graph, catalog: &Catalog, output: &Output) -> Content {
    let Some(id) = output.page() else {
        return Content::Text(String::new());
    };
    let base = Base::Folder(output.path.parent());
    let target = graph.page(id).output.clone();
    let destination = Destination::output(&base, target, "");
    about_page(graph, catalog, id, &output.path).content(destination)
}

/// A file that leads to the home page of a language, which need not be a page of the content.
pub(super) fn to_home(
    graph: &Graph,
    catalog: &Catalog,
    locale: LocaleId,
    path: &SitePath,
) -> Content {
    let Some(home) = graph.home_path(locale) else {
        return Content::Text(String::new());
    };
    let base = Base::Folder(path.parent());
    let file = RedirectingFile {
        graph,
        catalog,
        path,
        locale,
        page: graph.home(locale),
        title: site_title(graph, catalog, locale).into_owned(),
    };
    file.content(Destination::output(&base, home.clone(), ""))
}

/// The file at an address where there was a page once.
pub(super) fn former_page(
    graph: &Graph,
    context: &RenderContext,
    former: &FormerAddress,
) -> Content {
    let base = Base::Folder(former.path.parent());
    let destination = match &former.to {
        Successor::Page(id, anchor) => {
            let destination = match (end(graph, *id, &base), anchor) {
                (Some(end), None) => end,
                _ => {
                    let target = graph.page(*id).output.clone();
                    Destination::output(&base, target, &fragment(anchor.as_deref()))
                }
            };
            return about_page(graph, &context.catalog, *id, &former.path).content(destination);
        }
        Successor::Asset(path) => Destination::output(&base, path.clone(), ""),
        Successor::Url(url) => Destination::typed(url),
        Successor::Gone => return gone(graph, context, former),
    };
    let file = RedirectingFile {
        graph,
        catalog: &context.catalog,
        path: &former.path,
        locale: former.locale,
        page: None,
        title: destination.url.clone(),
    };
    file.content(destination)
}

fn fragment(anchor: Option<&str>) -> String {
    anchor.map_or_else(String::new, |anchor| format!("#{anchor}"))
}

fn about_page<'a>(
    graph: &'a Graph,
    catalog: &'a Catalog,
    id: PageId,
    path: &'a SitePath,
) -> RedirectingFile<'a> {
    RedirectingFile {
        graph,
        catalog,
        path,
        locale: graph.page(id).locale,
        page: Some(id),
        title: graph.title(graph.page(id).source).to_owned(),
    }
}

impl RedirectingFile<'_> {
    fn content(self, destination: Destination) -> Content {
        let graph = self.graph;
        let base = Base::Folder(self.path.parent());
        let text_locale = match self.page {
            Some(id) => graph.text_locale(graph.page(id)),
            None => self.locale,
        };
        let language = graph.config.locales.get(text_locale);
        let canonical = match (&graph.config.base_url, &destination.output) {
            (Some(base_url), Some(output)) => Some(absolute(base_url, output)),
            _ => None,
        };
        let mut moved = Vec::new();
        let mut anchors = BTreeMap::new();
        for section in graph.former_addresses().moved_from(self.path) {
            let section = moved_section(graph, section, &base);
            if !anchors.contains_key(&section.id) {
                anchors.insert(section.id.clone(), section.url.clone());
                moved.push(section);
            }
        }
        let view = View {
            template: "redirect.html".into(),
            locale: self.locale.index(),
            frame: frame(graph, self.catalog, self.locale, &base, self.page),
            page: PageView {
                kind: "redirect",
                title: self.title,
                lang: language.tag.clone(),
                dir: language.direction.as_str(),
                // Search engines should list the page that it leads to, which `canonical` names.
                noindex: true,
                canonical,
                body: PageBody::Redirect(RedirectView {
                    url: destination.url,
                    moved,
                    // A map of texts can always be written.
                    anchors: serde_json::to_string(&anchors).unwrap_or_default(),
                }),
            },
        };
        view.into()
    }
}

/// A section that moved, with its address from a page in `base`.
pub(super) fn moved_section(graph: &Graph, moved: &MovedAnchor, base: &Base) -> MovedSection {
    let page = graph.page(moved.to);
    let anchor = moved.anchor.as_ref().unwrap_or(&moved.id);
    MovedSection {
        id: moved.id.to_string(),
        title: graph.title(page.source).to_owned(),
        url: base.address(&page.output, &format!("#{anchor}")),
    }
}

/// The page at an address of `redirects.yml` where there is nothing any more.
fn gone(graph: &Graph, context: &RenderContext, former: &FormerAddress) -> Content {
    let locale = former.locale;
    let language = graph.config.locales.get(locale);
    let base = Base::Folder(former.path.parent());
    let title = context.catalog.text(locale, "gone-title", &[]);
    let view = View {
        template: "gone.html".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "gone",
            title: title.into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            noindex: true,
            ..PageView::default()
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
    let typed = reference.target;
    match target {
        Target::Page { set, locale } => {
            let version = graph.version_for(*set, locale.unwrap_or(page.locale));
            match version.map(PageVersion::page) {
                Some(version) => {
                    let output = graph.page(version).output.clone();
                    Destination::output(base, output, split_address(typed).1)
                }
                None => Destination::typed(typed),
            }
        }
        // A redirect to a file, a PDF for example, is one as well.
        Target::Asset(path) => match graph.output_of(path) {
            Some(output) => Destination::output(base, output, ""),
            None => Destination::typed(typed),
        },
        Target::ExternalUid(uid) => match graph.external_page(uid) {
            Some((_, page)) => {
                let tail = Xref::of(typed).tail;
                let href = page.href.as_deref().unwrap_or_default();
                Destination::typed(&format!("{href}{tail}"))
            }
            None => Destination::typed(typed),
        },
        _ => Destination::typed(typed),
    }
}
