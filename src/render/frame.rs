//! What is around every page of a language: title, home page, search, the same page in other languages. Doesn't know the navigation, which
//! depends on the page.

use super::paths;
use super::view::{Frame, LanguageLink, SearchUrls};
use crate::locale::LocaleId;
use crate::site::href::Base;
use crate::site::{Graph, PageId, PageVersion};
use crate::source::SitePath;

/// The title of the site: the configured one, else that of the home page.
pub(super) fn site_title(graph: &Graph, locale: LocaleId) -> &str {
    if let Some(title) = graph.config.title.for_locale(locale) {
        return title;
    }
    match graph.home(locale) {
        Some(home) => graph.title(graph.page(home).source),
        None => "hjelp",
    }
}

/// The frame of a page of `locale`, with addresses from `base`. `page` is the page of the content it is about, if there is one.
pub(super) fn frame(graph: &Graph, locale: LocaleId, base: &Base, page: Option<PageId>) -> Frame {
    let language = graph.config.locales.get(locale);
    let theme = &graph.config.theme;
    let root = base.root();
    let home = graph
        .home(locale)
        .or_else(|| graph.home(graph.config.locales.default()));
    let logo = theme.logo.as_ref().and_then(|path| graph.output_of(path));
    Frame {
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        folder: language.folder.clone(),
        home: match home {
            Some(home) => base.address(&graph.page(home).output, ""),
            None => root.clone(),
        },
        root,
        assets: match paths::theme_folder() {
            Some(folder) => base.address(&folder, "/"),
            None => String::new(),
        },
        site: site_title(graph, locale).to_owned(),
        logo: address(base, logo),
        accent: theme.accent.clone(),
        footer: theme.footer.for_locale(locale).map(str::to_owned),
        languages: languages(graph, locale, base, page),
        menu: String::new(),
        nav: Vec::new(),
        sections: Vec::new(),
        search: search(graph, locale, base),
        feed: address(base, paths::feed(graph, locale)),
        translations: address(base, paths::translations(graph)),
    }
}

fn address(base: &Base, path: Option<SitePath>) -> Option<String> {
    Some(base.address(&path?, ""))
}

/// Where the pages of a language are searched: without a script, and with one.
fn search(graph: &Graph, locale: LocaleId, base: &Base) -> Option<SearchUrls> {
    Some(SearchUrls {
        page: base.address(&paths::all_pages(graph, locale)?, ""),
        files: base.address(&paths::search_folder(graph, locale)?, "/"),
    })
}

fn languages(
    graph: &Graph,
    current: LocaleId,
    base: &Base,
    page: Option<PageId>,
) -> Vec<LanguageLink> {
    let mut links = Vec::new();
    for locale in graph.config.locales.ids() {
        let (target, translated) = in_language(graph, locale, page);
        if let Some(target) = target {
            let language = graph.config.locales.get(locale);
            links.push(LanguageLink {
                lang: language.tag.clone(),
                name: language.name.clone(),
                url: base.address(&graph.page(target).output, ""),
                current: locale == current,
                translated,
            });
        }
    }
    links
}

/// The version of `page` in a language, and whether that is a translation. A page that exists in one language only has the home page of the
/// other instead.
fn in_language(graph: &Graph, locale: LocaleId, page: Option<PageId>) -> (Option<PageId>, bool) {
    let Some(page) = page else {
        return (graph.home(locale), true);
    };
    let set_id = graph.page(page).translation_set;
    let set = graph.translation_set(set_id);
    if !set.localized {
        return (graph.home(locale), true);
    }
    match graph.version_for(set_id, locale) {
        Some(PageVersion::Localized(target)) => {
            let is_translated = set.variants.iter().any(|(variant, _)| *variant == locale);
            (Some(target), is_translated)
        }
        _ => (graph.home(locale), false),
    }
}
