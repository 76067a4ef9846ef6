//! What is around every page of a language: title, home page, search, the same page in other languages. Doesn't know the navigation, which
//! depends on the page.

use std::borrow::Cow;

use super::paths;
use super::view::{Frame, LanguageLink, SearchUrls};
use crate::locale::{Catalog, LocaleId};
use crate::site::href::Base;
use crate::site::navigation::NavLink;
use crate::site::{Graph, PageId, PageVersion};
use crate::source::SitePath;

/// The title of the site: the configured one, else that of the home page, if it is in the language, else a word for what it is.
pub(super) fn site_title<'a>(
    graph: &'a Graph,
    catalog: &'a Catalog,
    locale: LocaleId,
) -> Cow<'a, str> {
    if let Some(title) = graph.config.title.for_locale(locale) {
        return title.into();
    }
    match home_title(graph, locale) {
        Some(title) => title.into(),
        None => catalog.text(locale, "documentation", &[]),
    }
}

fn home_title(graph: &Graph, locale: LocaleId) -> Option<&str> {
    let home = graph.page(graph.home(locale)?);
    // A home page that redirects has no words of its own.
    let titled = match graph.redirect_target(graph.home(locale)?) {
        Some((_, target)) => graph.page(target),
        None => home,
    };
    // One that is shown for lack of a translation would give the site a title that its readers may not understand.
    if graph.text_locale(titled) != locale {
        return None;
    }
    Some(graph.title(titled.source))
}

/// The frame of a page of `locale`, with addresses from `base`. `page` is the page of the content it is about, if there is one.
pub(super) fn frame(
    graph: &Graph,
    catalog: &Catalog,
    locale: LocaleId,
    base: &Base,
    page: Option<PageId>,
) -> Frame {
    let writer = FrameWriter {
        graph,
        catalog,
        locale,
        base,
        page,
    };
    writer.frame()
}

/// What the frame of a page depends on.
struct FrameWriter<'a> {
    graph: &'a Graph,
    catalog: &'a Catalog,
    /// The language of the page.
    locale: LocaleId,
    base: &'a Base,
    /// The page of the content that the page is about.
    page: Option<PageId>,
}

impl FrameWriter<'_> {
    fn frame(&self) -> Frame {
        let graph = self.graph;
        let language = graph.config.locales.get(self.locale);
        let theme = &graph.config.theme;
        Frame {
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            folder: language.folder.clone(),
            home: self.home(),
            root: self.base.root(),
            assets: match paths::theme_folder() {
                Some(folder) => self.base.address(&folder, "/"),
                None => String::new(),
            },
            site: site_title(graph, self.catalog, self.locale).into_owned(),
            logo: match &theme.logo {
                Some(logo) => self.address(graph.output_of(logo)),
                None => None,
            },
            accent: theme.accent.clone(),
            footer: theme.footer.for_locale(self.locale).map(str::to_owned),
            // All languages, also those without this page: a reader may want to change the language of the site here.
            languages: self.languages(),
            menu: String::new(),
            nav: Vec::new(),
            contents: self.address(paths::contents(graph, self.locale)),
            sections: Vec::new(),
            search: self.search(),
            feed: self.address(paths::feed(graph, self.locale)),
            translations: self.address(paths::translations(graph)),
        }
    }

    /// The home page of the language, or else that of the default language, or else the top of the site.
    fn home(&self) -> String {
        let default = self.graph.config.locales.default();
        for locale in [self.locale, default] {
            if let Some(path) = self.graph.home_path(locale) {
                return self.base.address(path, "");
            }
        }
        self.base.root()
    }

    fn address(&self, path: Option<SitePath>) -> Option<String> {
        Some(self.base.address(&path?, ""))
    }

    /// Where the pages of a language are searched: without a script, and with one.
    fn search(&self) -> Option<SearchUrls> {
        let page = paths::all_pages(self.graph, self.locale)?;
        let results = paths::search_results(self.graph, self.locale)?;
        let folder = paths::search_folder(self.graph, self.locale)?;
        Some(SearchUrls {
            page: self.base.address(&page, ""),
            results: self.base.address(&results, ""),
            files: self.base.address(&folder, "/"),
        })
    }

    fn languages(&self) -> Vec<LanguageLink> {
        let mut links = Vec::new();
        for locale in self.graph.config.locales.ids() {
            let version = self.in_language(locale);
            if let Some(path) = version.path {
                let language = self.graph.config.locales.get(locale);
                links.push(LanguageLink {
                    lang: language.tag.clone(),
                    name: language.name.clone(),
                    url: self.base.address(path, ""),
                    current: locale == self.locale,
                    translated: version.is_translated,
                    elsewhere: version.is_elsewhere,
                });
            }
        }
        links
    }

    /// What a reader who chooses `locale` is led to: this page, or what is nearest to it.
    fn in_language(&self, locale: LocaleId) -> LanguageVersion<'_> {
        let Some(id) = self.page else {
            return LanguageVersion {
                path: self.graph.home_path(locale),
                is_translated: true,
                is_elsewhere: false,
            };
        };
        let page = self.graph.page(id);
        if locale == page.locale {
            return LanguageVersion {
                path: Some(&page.output),
                is_translated: self.graph.text_locale(page) == locale,
                is_elsewhere: false,
            };
        }
        if let Some((path, is_translated)) = self.localized(id, locale) {
            return LanguageVersion {
                path: Some(path),
                is_translated,
                is_elsewhere: false,
            };
        }
        // The start of the whole language would lose the subject that the reader is at.
        let mut ancestors = self.ancestors(id).into_iter();
        let nearest = ancestors.find_map(|above| match self.localized(above, locale) {
            Some((path, true)) => Some(path),
            _ => None,
        });
        LanguageVersion {
            path: nearest.or(self.graph.home_path(locale)),
            is_translated: false,
            is_elsewhere: true,
        }
    }

    /// The version of a page in the folder of a language, and whether that is a translation: a page shown for lack of one is there, too.
    fn localized(&self, id: PageId, locale: LocaleId) -> Option<(&SitePath, bool)> {
        let set_id = self.graph.page(id).translation_set;
        let set = self.graph.translation_set(set_id);
        if !set.localized {
            return None;
        }
        match self.graph.version_for(set_id, locale)? {
            PageVersion::Localized(target) => {
                let is_translated = set.variants.iter().any(|(variant, _)| *variant == locale);
                Some((&self.graph.page(target).output, is_translated))
            }
            PageVersion::Original(_) => None,
        }
    }

    /// The pages above a page, the nearest first: in the table of contents, and then by folders.
    fn ancestors(&self, id: PageId) -> Vec<PageId> {
        let page = self.graph.page(id);
        let mut above = Vec::new();
        if let Some((tree, Some(at))) = self.graph.navigation(id) {
            for at in tree.ancestors(at).into_iter().rev() {
                if let Some(NavLink::Page(version, _)) = &tree.entries[at].link {
                    above.push(version.page());
                }
            }
        }
        let mut folder = page.output.parent();
        loop {
            if let Ok(index) = folder.join("index.html")
                && let Some(index) = self.graph.page_at(page.locale, &index)
                && index != id
            {
                above.push(index);
            }
            if folder.is_root() {
                return above;
            }
            folder = folder.parent();
        }
    }
}

/// What the language menu of a page leads to.
struct LanguageVersion<'a> {
    path: Option<&'a SitePath>,
    is_translated: bool,
    /// True if it is another page.
    is_elsewhere: bool,
}
