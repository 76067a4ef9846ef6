//! Where the outputs are that pages link to. The formats of these outputs and the pages ask here, so that a link and its target agree.

use std::collections::BTreeSet;

use super::theme::ASSETS;
use crate::locale::LocaleId;
use crate::site::navigation::{NavLink, NavTree};
use crate::site::{Graph, Page, PageId, PageKind, PageVersion};
use crate::source::SitePath;
use crate::syntax::interface::DocumentKind;

/// The folder of the uid lookup. Programs that open help have its address built in.
const UID_LOOKUP: &str = "go";
/// A page with more articles than this is too slow to lay out in a browser, so there is none.
const MAX_PRINTED: usize = 300;

/// The folder of a language's home page, where its other outputs are; `None` for a language without pages.
pub(super) fn locale_folder(graph: &Graph, locale: LocaleId) -> Option<SitePath> {
    Some(graph.home_path(locale)?.parent())
}

/// The languages that have pages, and so a beginning; without pseudo languages, which no reader asks for.
pub(super) fn begun_languages(graph: &Graph) -> Vec<LocaleId> {
    let mut begun = Vec::new();
    for locale in graph.config.locales.authored() {
        if graph.home_path(locale).is_some() {
            begun.push(locale);
        }
    }
    begun
}

/// `name` at the top of the output folder.
pub(super) fn top(name: &str) -> Option<SitePath> {
    SitePath::new(name).ok()
}

/// The folder of the theme's files.
pub(super) fn theme_folder() -> Option<SitePath> {
    SitePath::new(ASSETS).ok()
}

/// A file of the theme.
pub(super) fn theme_file(name: &str) -> Option<SitePath> {
    theme_folder()?.join(name).ok()
}

/// The page that lists all pages of a language, if the site has a search. It is the fallback of the search without a script.
pub(super) fn all_pages(graph: &Graph, locale: LocaleId) -> Option<SitePath> {
    if !graph.config.outputs.search {
        return None;
    }
    // A page of the content can have the name; it must not vanish behind a generated one.
    first_free(graph, locale, ["a-z.html", "hjelp-a-z.html"])
}

/// The page with the results of a search in a language, if the site has one.
pub(super) fn search_results(graph: &Graph, locale: LocaleId) -> Option<SitePath> {
    if !graph.config.outputs.search {
        return None;
    }
    first_free(graph, locale, ["search.html", "hjelp-search.html"])
}

/// The page with the state of the translations, if the site has more than one language and wants it.
pub(super) fn translations(graph: &Graph) -> Option<SitePath> {
    if !graph.config.translations.dashboard || graph.config.locales.len() < 2 {
        return None;
    }
    let names = ["translations.html", "hjelp-translations.html"];
    first_free(graph, graph.config.locales.default(), names)
}

/// The first of `names` in a language's folder that no page of the content has.
fn first_free(graph: &Graph, locale: LocaleId, names: [&str; 2]) -> Option<SitePath> {
    let folder = locale_folder(graph, locale)?;
    for name in names {
        if let Ok(path) = folder.join(name)
            && graph.page_at(locale, &path).is_none()
        {
            return Some(path);
        }
    }
    None
}

/// The file with the whole contents of a language; `None` for one without any table of contents.
pub(super) fn contents(graph: &Graph, locale: LocaleId) -> Option<SitePath> {
    let mut trees = graph.navigations();
    if !trees.any(|tree| tree.locale == locale && !tree.entries.is_empty()) {
        return None;
    }
    // By folder and not by language tag: two folders can have one tag.
    let name = format!("{}.json", graph.config.locales.get(locale).folder);
    theme_file("contents")?.join(&name).ok()
}

/// The feed of a language. It contains absolute addresses, so there is one only if the site knows its own.
pub(super) fn feed(graph: &Graph, locale: LocaleId) -> Option<SitePath> {
    if graph.config.base_url.is_none() || !graph.config.outputs.feeds {
        return None;
    }
    locale_folder(graph, locale)?.join("feed.xml").ok()
}

/// The folder of a language's search files, which contains nothing else; `None` if the site has no search.
pub(super) fn search_folder(graph: &Graph, locale: LocaleId) -> Option<SitePath> {
    if !graph.config.outputs.search {
        return None;
    }
    let folder = &graph.config.locales.get(locale).folder;
    // By folder and not by language tag: two folders can have one tag.
    theme_file("search")?.join(folder).ok()
}

/// A file of the uid lookup; `None` for a site without uids.
pub(super) fn uid_lookup(graph: &Graph, name: &str) -> Option<SitePath> {
    if !graph.config.outputs.helpmap {
        return None;
    }
    graph.uids().next()?;
    SitePath::new(UID_LOOKUP).ok()?.join(name).ok()
}

/// A page exported as Markdown; `None` for pages without a text of their own.
pub(super) fn markdown(graph: &Graph, page: &Page) -> Option<SitePath> {
    let has_text = matches!(
        page.kind,
        PageKind::Article | PageKind::Landing | PageKind::Tutorial
    );
    if !graph.config.outputs.markdown || !has_text || !graph.is_searchable(page) {
        return None;
    }
    // In the folder of the page, so that relative addresses are the same in both.
    let name = format!("{}.md", page.output.stem());
    page.output.parent().join(&name).ok()
}

/// The page with all articles of a toc, if the site wants such pages and the toc has from two to three hundred articles.
pub(super) fn print_page(graph: &Graph, tree: &NavTree) -> Option<SitePath> {
    if !graph.config.theme.print {
        return None;
    }
    if !(2..=MAX_PRINTED).contains(&printed_articles(graph, tree).len()) {
        return None;
    }
    tree.output.parent().join("print.html").ok()
}

/// The articles a toc links to, each once, in reading order.
pub(super) fn printed_articles(graph: &Graph, tree: &NavTree) -> Vec<PageId> {
    let mut seen = BTreeSet::new();
    let mut articles = Vec::new();
    for entry in &tree.entries {
        if let Some(NavLink::Page(PageVersion::Localized(id), _)) = &entry.link
            // A toc may link to a page several times, but it is printed once.
            && seen.insert(*id)
            && is_article(graph, *id)
        {
            articles.push(*id);
        }
    }
    articles
}

fn is_article(graph: &Graph, id: PageId) -> bool {
    graph.kind(graph.page(id).source) == Some(DocumentKind::Article)
}
