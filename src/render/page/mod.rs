//! A page of the content -> its view: the article or other body, and everything around it. Doesn't know where the page is written.

mod badges;
mod body;
mod breadcrumbs;
mod facts;
mod feedback;
mod landing;
mod notice;
mod structured;

pub(super) use body::with_icons;

use std::borrow::Cow;

use super::contents_cards::contents_cards;
use super::context::RenderContext;
use super::frame::frame;
use super::navigation::NavWriter;
use super::paths;
use super::redirect::moved_section;
use super::view::{
    DocumentBody, DocumentPage, Frame, Landing, MovedSection, PageBody, PageView, View,
};
use crate::site::href::{Base, absolute};
use crate::site::{Page, PageKind, PageScope};
use crate::syntax::{Body, Document};

/// The view of a page that is not a redirect.
pub(super) fn view(scope: &PageScope<'_>, context: &RenderContext) -> View {
    let page = scope.subject();
    let Some(linked) = scope.linked(page.source) else {
        return View {
            template: template_name(PageKind::Article).into(),
            locale: page.locale.index(),
            frame: Frame::default(),
            page: PageView::default(),
        };
    };
    let base = Base::Folder(page.output.parent());
    let mut out = DocumentPage::default();
    let headings = body::write(scope, context, &base, &mut out);
    let language = facts::Language::of(scope, page, linked.document);
    facts::write(scope, context, &language, &mut out);
    let mut frame = frame(
        scope,
        &context.catalog,
        page.locale,
        &base,
        Some(scope.id()),
    );
    surroundings(scope, context, &base, &mut frame, &mut out);
    let is_contents = is_empty_home(scope, page, &out) && show_contents(scope, &base, &mut out);
    out.headings = body::outline(&headings);
    out.moved = moved_sections(scope, &base);
    hide_disabled(&mut frame, &mut out);
    out.markdown = paths::markdown(scope, page).map(|path| base.address(&path, ""));
    if !out.breadcrumbs.is_empty() {
        out.structured = breadcrumbs::structured(scope, &context.catalog, scope.id());
    }
    if let Body::Structured(structured_page) = &linked.document.body
        && let Some(faq) = structured::faq_page(scope, &structured_page.questions)
    {
        // Two things about one page are a list (JSON-LD 1.1, 4.9).
        out.structured = Some(match out.structured.take() {
            Some(crumbs) => format!("[{crumbs},{faq}]"),
            None => faq,
        });
    }
    // A pseudo language is for testers of a theme. In a search engine its pages would be duplicates in odd letters.
    let is_pseudo = scope.config.locales.get(page.locale).pseudo().is_some();
    let canonical = scope.page(scope.canonical_page(scope.id()));
    let base_url = scope.config.base_url.as_ref();
    View {
        template: match template(scope, context, page, linked.document) {
            template if is_contents && template == template_name(PageKind::Article) => {
                template_name(PageKind::Landing).into()
            }
            template => template,
        },
        locale: page.locale.index(),
        frame,
        page: PageView {
            kind: if is_contents {
                kind_name(PageKind::Landing)
            } else {
                kind_name(page.kind)
            },
            title: scope.title(page.source).to_owned(),
            lang: language.tag,
            dir: language.direction,
            noindex: is_pseudo || page.kind == PageKind::Gone || scope.is_hidden(page),
            canonical: base_url.map(|base_url| absolute(base_url, &canonical.output)),
            body: PageBody::Document(Box::new(out)),
        },
    }
}

/// The template of a page. It may ask for another one than that of its kind: `layout: wide` is `templates/wide.html`.
fn template(
    scope: &PageScope<'_>,
    context: &RenderContext,
    page: &Page,
    document: &Document,
) -> Cow<'static, str> {
    let layout = document.front_matter.text("layout");
    let asked = layout.map(|name| format!("{name}.html"));
    match asked.or_else(|| scope.own_template(page.source)) {
        // A typo in `layout` is reported; the page is rendered with the template of its kind meanwhile.
        Some(name) if context.theme.has(&name) => name.into(),
        _ => template_name(page.kind).into(),
    }
}

/// The sections of the page that are on other pages now.
fn moved_sections(scope: &PageScope<'_>, base: &Base) -> Vec<MovedSection> {
    let mut sections: Vec<MovedSection> = Vec::new();
    let all = scope.former_addresses().moved_on(scope.id());
    if all.is_empty() {
        return sections;
    }
    let known = scope.anchors();
    for moved in all {
        let section = moved_section(scope, moved, base);
        // An id that is here again, or is listed twice, must stay unique.
        let is_known = known.contains(&section.id);
        if !is_known && !sections.iter().any(|known| known.id == section.id) {
            sections.push(section);
        }
    }
    sections
}

/// True for a home page of which the author has written no more than a title. Its readers are better served with the table of contents.
fn is_empty_home(scope: &PageScope<'_>, page: &Page, out: &DocumentPage) -> bool {
    if page.kind != PageKind::Article || scope.home(page.locale) != Some(scope.id()) {
        return false;
    }
    let DocumentBody::Article(html) = &out.body else {
        return false;
    };
    let html = html.trim();
    if html.is_empty() {
        return true;
    }
    match html.split_once("</h1>") {
        Some((heading, rest)) => heading.starts_with("<h1") && rest.trim().is_empty(),
        None => false,
    }
}

/// Replaces the text of the page by cards made from the table of contents; false if there are none.
fn show_contents(scope: &PageScope<'_>, base: &Base, out: &mut DocumentPage) -> bool {
    let cards = contents_cards(scope, base, scope.subject().locale);
    if cards.is_empty() {
        return false;
    }
    out.body = DocumentBody::Landing(Landing {
        cards,
        ..Landing::default()
    });
    out.heading_shown = false;
    true
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Article => "article",
        PageKind::Landing => "landing",
        PageKind::Tutorial => "tutorial",
        PageKind::Data => "data",
        PageKind::Redirect => "redirect",
        PageKind::Gone => "gone",
    }
}

fn template_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Article | PageKind::Data => "article.html",
        PageKind::Landing => "landing.html",
        PageKind::Tutorial => "tutorial.html",
        PageKind::Redirect => "redirect.html",
        PageKind::Gone => "gone.html",
    }
}

/// The navigation around the page.
fn surroundings(
    scope: &PageScope<'_>,
    context: &RenderContext,
    base: &Base,
    frame: &mut Frame,
    out: &mut DocumentPage,
) {
    let links = NavWriter { graph: scope, base };
    out.breadcrumbs = breadcrumbs::breadcrumbs(&links, &context.catalog, scope.id());
    let Some((tree, at)) = scope.navigation(scope.id()) else {
        return;
    };
    if let Some(at) = at {
        (out.previous, out.next) = links.neighbours(tree, at, scope.id());
    }
    out.print_url = match paths::print_page(scope, tree) {
        // A page of the content with this path takes precedence.
        Some(path) if scope.page_at(tree.locale, &path).is_none() => Some(base.address(&path, "")),
        _ => None,
    };
    frame.menu = links.menu(tree, at);
    // As data the navigation costs more than the rest of the view.
    if context.theme.wants_nav() {
        frame.nav = links.branch(tree, at);
    }
    if let Some(root) = scope.root_navigation(scope.subject().locale)
        // Otherwise the menu has the same entries already.
        && root.toc != tree.toc
    {
        frame.sections = links.sections(root, links.section_of(root, tree, scope.id()));
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
