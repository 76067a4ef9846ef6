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
        // A home page that redirects has no words of its own.
        Some(home) => match graph.redirect_target(home) {
            Some((_, target)) => graph.title(graph.page(target).source),
            None => graph.title(graph.page(home).source),
        },
        // Not even a home page: a new folder with a single file.
        None => "hjelp",
    }
}

/// The frame of a page of `locale`, with addresses from `base`. `page` is the page of the content it is about, if there is one.
pub(super) fn frame(graph: &Graph, locale: LocaleId, base: &Base, page: Option<PageId>) -> Frame {
    let writer = FrameWriter {
        graph,
        locale,
        base,
        page,
    };
    writer.frame()
}

/// What the frame of a page depends on.
struct FrameWriter<'a> {
    graph: &'a Graph,
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
            site: site_title(graph, self.locale).to_owned(),
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
            if let Some(home) = self.graph.home(locale) {
                return self.base.address(&self.graph.page(home).output, "");
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
        let folder = paths::search_folder(self.graph, self.locale)?;
        Some(SearchUrls {
            page: self.base.address(&page, ""),
            files: self.base.address(&folder, "/"),
        })
    }

    fn languages(&self) -> Vec<LanguageLink> {
        let mut links = Vec::new();
        for locale in self.graph.config.locales.ids() {
            let (target, translated) = self.in_language(locale);
            if let Some(target) = target {
                let language = self.graph.config.locales.get(locale);
                links.push(LanguageLink {
                    lang: language.tag.clone(),
                    name: language.name.clone(),
                    url: self.base.address(&self.graph.page(target).output, ""),
                    current: locale == self.locale,
                    translated,
                });
            }
        }
        links
    }

    /// The version of the page in a language, and whether that is a translation. A page that exists in one language only has the home page of
    /// the other instead.
    fn in_language(&self, locale: LocaleId) -> (Option<PageId>, bool) {
        let home = self.graph.home(locale);
        let Some(page) = self.page else {
            return (home, true);
        };
        let set_id = self.graph.page(page).translation_set;
        let set = self.graph.translation_set(set_id);
        if !set.localized {
            return (home, true);
        }
        match self.graph.version_for(set_id, locale) {
            Some(PageVersion::Localized(target)) => {
                // A page shown for lack of a translation is in the folder of the language, too, but isn't translated.
                let is_translated = set.variants.iter().any(|(variant, _)| *variant == locale);
                (Some(target), is_translated)
            }
            _ => (home, false),
        }
    }
}
