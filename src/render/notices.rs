//! Pages with nothing to read: those that send the reader on, and the one for addresses that lead nowhere.

use crate::locale::LocaleId;
use crate::site::address::split_address;
use crate::site::{PageId, PageVersion, Site, Target};
use crate::source::SitePath;
use crate::syntax::{RefId, RefKind};

use super::RenderContext;
use super::page::frame;
use super::view::{Page, Redirect, View};
use crate::site::href::{Base, absolute, sanitize};

/// A page whose front matter says where it went.
pub(super) fn redirect(site: &Site, id: PageId) -> View {
    let page = site.page(id);
    let base = Base::Folder(page.output.parent());
    let document = site.linked(page.source).map(|linked| linked.document);
    let to = document.and_then(|document| {
        document
            .refs
            .iter()
            .position(|reference| reference.kind == RefKind::RedirectTo)
    });
    let (url, target) = to.map_or((String::new(), None), |to| {
        destination(site, id, to as RefId, &base)
    });
    sent_on(site, id, page.output.clone(), url, target)
}

/// An address where a page used to be.
pub(super) fn moved(site: &Site, id: PageId, old: &SitePath) -> View {
    let output = site.page(id).output.clone();
    let url = Base::Folder(old.parent()).address(&output, "");
    sent_on(site, id, old.clone(), url, Some(output))
}

/// The top of the site, where every language has a folder of its own.
pub(super) fn entrance(site: &Site, home: PageId) -> View {
    moved(site, home, &entrance_path())
}

pub(super) fn entrance_path() -> SitePath {
    SitePath::new("index.html").unwrap_or_else(|_| SitePath::root())
}

/// Sends the reader from `output` on to `url`; `target` is the output path behind it, if that is a page of the site.
fn sent_on(
    site: &Site,
    id: PageId,
    output: SitePath,
    url: String,
    target: Option<SitePath>,
) -> View {
    let page = site.page(id);
    let frame = frame(site, page.locale, &Base::Folder(output.parent()), Some(id));
    let language = site.config.locales.get(site.text_locale(page));
    let canonical = site
        .config
        .base_url
        .as_ref()
        .zip(target)
        .map(|(base_url, target)| absolute(base_url, &target));
    let locale = page.locale.index();
    let page = Page {
        kind: "redirect",
        title: site.title(page.source).to_owned(),
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        noindex: true,
        canonical,
        redirect: Some(Redirect { url }),
        ..Page::default()
    };
    View {
        template: "redirect.html".into(),
        output,
        locale,
        frame,
        page,
    }
}

/// Where a redirect leads: the address, and the output path if it is a page of this site.
fn destination(
    site: &Site,
    id: PageId,
    reference: RefId,
    base: &Base,
) -> (String, Option<SitePath>) {
    let page = site.page(id);
    let Some((reference, target)) = site.reference(page.source, reference) else {
        return (String::new(), None);
    };
    match target {
        Target::Page { set, locale } => match site
            .version_for(*set, locale.unwrap_or(page.locale))
            .map(PageVersion::page)
        {
            Some(shown) => {
                let output = site.page(shown).output.clone();
                (
                    base.address(&output, split_address(&reference.target).1),
                    Some(output),
                )
            }
            None => (sanitize(&reference.target).into_owned(), None),
        },
        Target::Asset(path) => match site.output_of(path) {
            Some(output) => (base.address(&output, ""), Some(output)),
            None => (sanitize(&reference.target).into_owned(), None),
        },
        _ => (sanitize(&reference.target).into_owned(), None),
    }
}

/// One page for unknown addresses at the top of the site, where servers look for it, and one in each language's folder.
pub(super) fn not_found_paths(site: &Site) -> Vec<(LocaleId, SitePath)> {
    let default = site.config.locales.default();
    let at = |folder: &SitePath| folder.join("404.html").ok();
    let mut paths: Vec<(LocaleId, SitePath)> = at(&SitePath::root())
        .map(|path| (default, path))
        .into_iter()
        .collect();
    for locale in site.config.locales.ids() {
        let folder = site
            .home(locale)
            .map(|home| site.page(home).output.parent());
        paths.extend(folder.as_ref().and_then(at).map(|path| (locale, path)));
    }
    paths
}

/// It is shown at any depth, so its addresses begin at the top of the server.
pub(super) fn not_found(
    site: &Site,
    context: &RenderContext,
    locale: LocaleId,
    output: &SitePath,
) -> View {
    let root = site
        .config
        .base_url
        .as_deref()
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("/".to_owned(), |(_, path)| format!("/{path}"));
    let base = Base::Anywhere(root);
    let language = site.config.locales.get(locale);
    let page = Page {
        kind: "not-found",
        title: context
            .catalog
            .text(locale, "not-found-title", &[])
            .to_string(),
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        noindex: true,
        ..Page::default()
    };
    View {
        template: "not-found.html".into(),
        output: output.clone(),
        locale: locale.index(),
        frame: frame(site, locale, &base, None),
        page,
    }
}

pub(super) fn style_path() -> SitePath {
    SitePath::new(super::theme::ASSETS)
        .and_then(|folder| folder.join("styles.css"))
        .unwrap_or_else(|_| SitePath::root())
}

/// The one style sheet of every page.
pub(super) fn style(site: &Site) -> View {
    let locale = site.config.locales.default();
    let output = style_path();
    let frame = frame(site, locale, &Base::Folder(output.parent()), None);
    View {
        template: "assets/styles.css".into(),
        output,
        locale: locale.index(),
        frame,
        page: Page::default(),
    }
}
