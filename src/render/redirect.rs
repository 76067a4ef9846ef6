//! Pages that only lead to another address. Server redirects would be better, but a static site has none it can rely on.

use super::format::{Content, Output};
use super::frame::frame;
use super::view::{PageBody, PageView, View};
use crate::site::address::split_address;
use crate::site::href::{Base, absolute, sanitize};
use crate::site::{PageId, PageVersion, Site, Target};
use crate::source::SitePath;
use crate::syntax::{RefId, RefKind, Reference};

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

    fn typed(reference: &Reference) -> Self {
        Destination {
            url: sanitize(&reference.target).into_owned(),
            output: None,
        }
    }
}

/// A page whose front matter has a `redirect_url`, at its own path.
pub(super) fn redirecting_page(site: &Site, id: PageId) -> Content {
    let page = site.page(id);
    let base = Base::Folder(page.output.parent());
    let destination = match redirect_reference(site, id) {
        Some(reference) => destination(site, id, reference, &base),
        None => Destination::default(),
    };
    redirect(site, id, &page.output, destination)
}

/// A file that leads to the page it is about.
pub(super) fn from_output(site: &Site, output: &Output) -> Content {
    let Some(id) = output.page() else {
        return Content::Text(String::new());
    };
    let base = Base::Folder(output.path.parent());
    let target = site.page(id).output.clone();
    redirect(
        site,
        id,
        &output.path,
        Destination::output(&base, target, ""),
    )
}

/// The file at `path` about the page `id`.
fn redirect(site: &Site, id: PageId, path: &SitePath, destination: Destination) -> Content {
    let page = site.page(id);
    let base = Base::Folder(path.parent());
    let language = site.config.locales.get(site.text_locale(page));
    let canonical = match (&site.config.base_url, &destination.output) {
        (Some(base_url), Some(output)) => Some(absolute(base_url, output)),
        _ => None,
    };
    let view = View {
        template: "redirect.html".into(),
        locale: page.locale.index(),
        frame: frame(site, page.locale, &base, Some(id)),
        page: PageView {
            kind: "redirect",
            title: site.title(page.source).to_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            noindex: true,
            canonical,
            body: PageBody::Redirect {
                url: destination.url,
            },
        },
    };
    view.into()
}

fn redirect_reference(site: &Site, id: PageId) -> Option<RefId> {
    let document = site.linked(site.page(id).source)?.document;
    for (number, reference) in document.refs.iter().enumerate() {
        if reference.kind == RefKind::RedirectTo {
            return Some(number as RefId);
        }
    }
    None
}

/// The destination of a reference of the page `id`. A broken one stays as it was typed: the server may know the address.
fn destination(site: &Site, id: PageId, reference: RefId, base: &Base) -> Destination {
    let page = site.page(id);
    let Some((reference, target)) = site.reference(page.source, reference) else {
        return Destination::default();
    };
    match target {
        Target::Page { set, locale } => {
            let version = site.version_for(*set, locale.unwrap_or(page.locale));
            match version.map(PageVersion::page) {
                Some(version) => {
                    let output = site.page(version).output.clone();
                    Destination::output(base, output, split_address(&reference.target).1)
                }
                None => Destination::typed(reference),
            }
        }
        Target::Asset(path) => match site.output_of(path) {
            Some(output) => Destination::output(base, output, ""),
            None => Destination::typed(reference),
        },
        _ => Destination::typed(reference),
    }
}
