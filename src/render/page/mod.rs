//! A page of the content -> its view: the article or other body, and everything around it. Doesn't know where the page is written.

mod badges;
mod body;
mod breadcrumbs;
mod facts;
mod feedback;
mod landing;
mod notice;
mod structured;

use std::borrow::Cow;

use super::context::RenderContext;
use super::frame::frame;
use super::navigation::NavWriter;
use super::paths;
use super::view::{DocumentPage, Frame, PageBody, PageView, View};
use crate::site::href::{Base, absolute};
use crate::site::{Page, PageId, PageKind, Site};
use crate::syntax::Document;

/// The view of a page that is not a redirect.
pub(super) fn view(site: &Site, context: &RenderContext, id: PageId) -> View {
    let page = site.page(id);
    let Some(linked) = site.linked(page.source) else {
        return View {
            template: template_name(PageKind::Article).into(),
            locale: page.locale.index(),
            frame: Frame::default(),
            page: PageView::default(),
        };
    };
    let base = Base::Folder(page.output.parent());
    let mut out = DocumentPage::default();
    let headings = body::write(site, context, id, &base, &mut out);
    let language = facts::Language::of(site, page, &linked.document);
    facts::write(site, context, id, &language, &mut out);
    let mut frame = frame(site, page.locale, &base, Some(id));
    surroundings(site, context, id, &base, &mut frame, &mut out);
    out.headings = body::outline(&headings);
    hide_disabled(&mut frame, &mut out);
    out.markdown = paths::markdown(site, page).map(|path| base.address(&path, ""));
    if !out.breadcrumbs.is_empty() {
        out.structured = breadcrumbs::structured(site, id);
    }
    let is_pseudo = site.config.locales.get(page.locale).pseudo().is_some();
    let canonical = site.page(site.canonical_page(id));
    let base_url = site.config.base_url.as_ref();
    View {
        template: template(site, context, page, &linked.document),
        locale: page.locale.index(),
        frame,
        page: PageView {
            kind: kind_name(page.kind),
            title: site.title(page.source).to_owned(),
            lang: language.tag,
            dir: language.direction,
            noindex: is_pseudo || site.is_hidden(page),
            canonical: base_url.map(|base_url| absolute(base_url, &canonical.output)),
            body: PageBody::Document(Box::new(out)),
        },
    }
}

/// The template of a page. It may ask for another one than that of its kind: `layout: wide` is `templates/wide.html`.
fn template(
    site: &Site,
    context: &RenderContext,
    page: &Page,
    document: &Document,
) -> Cow<'static, str> {
    let layout = document.front_matter.text("layout");
    let asked = layout.map(|name| format!("{name}.html"));
    match asked.or_else(|| site.own_template(page.source)) {
        Some(name) if context.theme.has(&name) => name.into(),
        _ => template_name(page.kind).into(),
    }
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Article => "article",
        PageKind::Landing => "landing",
        PageKind::Tutorial => "tutorial",
        PageKind::Data => "data",
        PageKind::Redirect => "redirect",
    }
}

fn template_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Article | PageKind::Data => "article.html",
        PageKind::Landing => "landing.html",
        PageKind::Tutorial => "tutorial.html",
        PageKind::Redirect => "redirect.html",
    }
}

/// The navigation around the page.
fn surroundings(
    site: &Site,
    context: &RenderContext,
    id: PageId,
    base: &Base,
    frame: &mut Frame,
    out: &mut DocumentPage,
) {
    let links = NavWriter { graph: site, base };
    out.breadcrumbs = breadcrumbs::breadcrumbs(&links, id);
    let Some((tree, at)) = site.navigation(id) else {
        return;
    };
    if let Some(at) = at {
        (out.previous, out.next) = links.neighbours(tree, at, id);
    }
    out.print_url = match paths::print_page(site, tree) {
        // A page of the content with this path takes precedence.
        Some(path) if site.page_at(tree.locale, &path).is_none() => Some(base.address(&path, "")),
        _ => None,
    };
    frame.menu = links.menu(tree, at);
    if context.theme.wants_nav() {
        frame.nav = links.branch(tree, at);
    }
    if let Some(root) = site.root_navigation(site.page(id).locale)
        && root.toc != tree.toc
    {
        frame.sections = links.sections(root, links.section_of(root, tree, id));
    }
}

/// Removes what the metadata of a page asks to be shown without, with the keys of DocFX's own templates.
fn hide_disabled(frame: &mut Frame, out: &mut DocumentPage) {
    if out.meta.is_set("_disableToc") {
        frame.nav.clear();
        frame.menu.clear();
    }
    if out.meta.is_set("_disableNavbar") {
        frame.sections.clear();
    }
    if out.meta.is_set("_disableAffix") {
        out.headings.clear();
    }
    if out.meta.is_set("_disableBreadcrumb") {
        out.breadcrumbs.clear();
    }
    if out.meta.is_set("_disableContribution") {
        out.edit_url = None;
    }
    if out.meta.is_set("_disableNextArticle") {
        (out.previous, out.next) = (None, None);
    }
}
