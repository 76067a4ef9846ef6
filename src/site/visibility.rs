//! Whether a page should be found: by search engines, and by the search of the site itself; and which language its text is in. A page asks to
//! be left out with `index: false` or `_noindex: true`, in its front matter or in the metadata of the configuration.

use super::graph::Graph;
use super::pages::{Origin, Page, PageId, PageVersion};
use crate::locale::LocaleId;
use crate::source::SourceId;
use crate::syntax::front_matter::parse_flag;

impl Graph {
    /// The language of the text of a file; the default language if its folder has none.
    pub fn source_locale(&self, id: SourceId) -> LocaleId {
        match self.folder_locale(id) {
            Some(locale) => locale,
            None => self.config.locales.default(),
        }
    }

    /// The language of the text of a page. It differs from the page's own where an original is shown in place of a missing translation.
    pub fn text_locale(&self, page: &Page) -> LocaleId {
        match page.origin {
            Origin::Translated => match self.folder_locale(page.source) {
                Some(locale) => locale,
                None => page.locale,
            },
            Origin::Fallback(locale) => locale,
        }
    }

    /// True if search engines should leave the page out. Called for the page behind each link, so nothing is allocated.
    pub fn is_hidden(&self, page: &Page) -> bool {
        self.page_flag(page, "index") == Some(false)
            || self.page_flag(page, "_noindex") == Some(true)
            || self.kind(page.source).is_none()
    }

    /// A flag of a page: from its front matter, or else from the metadata that the configuration gives it.
    fn page_flag(&self, page: &Page, key: &str) -> Option<bool> {
        // A key in the front matter counts even if its value is not a flag: the author meant to decide.
        let interface = self.interface(page.source)?;
        if interface.has_metadata(key) {
            return parse_flag(interface.metadata(key)?);
        }
        parse_flag(self.config.metadata_text(self.path(page.source), key)?)
    }

    /// True if the search of the site finds the page: it has something to read, and isn't hidden.
    pub fn is_searchable(&self, page: &Page) -> bool {
        page.kind.has_content() && !self.is_hidden(page)
    }

    /// True if search engines should know the page: it is written in its own language, has something to read, and isn't hidden. Pseudo
    /// locales are for testing a theme.
    pub fn is_indexed(&self, id: PageId) -> bool {
        let page = self.page(id);
        page.origin == Origin::Translated
            && self.is_searchable(page)
            && self.config.locales.get(page.locale).pseudo().is_none()
    }

    /// The page with the text that `page` shows: the original of a page shown in place of a translation, else the page itself.
    pub fn canonical_page(&self, id: PageId) -> PageId {
        let page = self.page(id);
        // Search engines take equal texts for copies, and show the one that is named canonical.
        match self.version_for(page.translation_set, self.text_locale(page)) {
            Some(shown) => shown.page(),
            None => id,
        }
    }

    /// True if `locale` shows an original in place of this page.
    pub fn is_original_for(&self, page: &Page, locale: LocaleId) -> bool {
        matches!(
            self.version_for(page.translation_set, locale),
            Some(PageVersion::Original(_))
        )
    }
}
