//! What is around every page of a language: title, home page, search, the same page in other languages. Doesn't know the navigation, which
//! depends on the page.

use super::paths;
use super::view::{Frame, LanguageLink, SearchUrls};
use crate::locale::LocaleId;
use crate::site::href::Base;
use crate::site::{PageId, PageVersion, Site};
use crate::source::SitePath;

/// The title of the site: the configured one, else that of the home page.
pub(super) fn site_title(site: &Site, locale: LocaleId) -> &str {
    if let Some(title) = site.config.title.for_locale(locale) {
        return title;
    }
    match site.home(locale) {
        Some(home) => site.title(site.page(home).source),
        None => "hjelp",
    }
}

/// The frame of a page of `locale`, with addresses from `base`. `page` is the page of the content it is about, if there is one.
pub(super) fn frame(site: &Site, locale: LocaleId, base: &Base, page: Option<PageId>) -> Frame {
    let language = site.config.locales.get(locale);
    let theme = &site.config.theme;
    let root = base.root();
    let home = site
        .home(locale)
        .or_else(|| site.home(site.config.locales.default()));
    let logo = theme.logo.as_ref().and_then(|path| site.output_of(path));
    Frame {
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        folder: language.folder.clone(),
        home: match home {
            Some(home) => base.address(&site.page(home).output, ""),
            None => root.clone(),
        },
        root,
        assets: match paths::theme_folder() {
            Some(folder) => base.address(&folder, "/"),
            None => String::new(),
        },
        site: site_title(site, locale).to_owned(),
        logo: address(base, logo),
        accent: theme.accent.clone(),
        footer: theme.footer.for_locale(locale).map(str::to_owned),
        languages: languages(site, locale, base, page),
        menu: String::new(),
        nav: Vec::new(),
        sections: Vec::new(),
        search: search(site, locale, base),
        feed: address(base, paths::feed(site, locale)),
        translations: address(base, paths::translations(site)),
    }
}

fn address(base: &Base, path: Option<SitePath>) -> Option<String> {
    Some(base.address(&path?, ""))
}

/// Where the pages of a language are searched: without a script, and with one.
fn search(site: &Site, locale: LocaleId, base: &Base) -> Option<SearchUrls> {
    Some(SearchUrls {
        page: base.address(&paths::all_pages(site, locale)?, ""),
        files: base.address(&paths::search_folder(site, locale)?, "/"),
    })
}

fn languages(
    site: &Site,
    current: LocaleId,
    base: &Base,
    page: Option<PageId>,
) -> Vec<LanguageLink> {
    let mut links = Vec::new();
    for locale in site.config.locales.ids() {
        let (target, translated) = in_language(site, locale, page);
        if let Some(target) = target {
            let language = site.config.locales.get(locale);
            links.push(LanguageLink {
                lang: language.tag.clone(),
                name: language.name.clone(),
                url: base.address(&site.page(target).output, ""),
                current: locale == current,
                translated,
            });
        }
    }
    links
}

/// The version of `page` in a language, and whether that is a translation. A page that exists in one language only has the home page of the
/// other instead.
fn in_language(site: &Site, locale: LocaleId, page: Option<PageId>) -> (Option<PageId>, bool) {
    let Some(page) = page else {
        return (site.home(locale), true);
    };
    let set_id = site.page(page).translation_set;
    let set = site.translation_set(set_id);
    if !set.localized {
        return (site.home(locale), true);
    }
    match site.version_for(set_id, locale) {
        Some(PageVersion::Localized(target)) => {
            let is_translated = set.variants.iter().any(|(variant, _)| *variant == locale);
            (Some(target), is_translated)
        }
        _ => (site.home(locale), false),
    }
}
