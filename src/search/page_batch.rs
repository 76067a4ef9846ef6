//! Some pages of a language -> what the search shows of each, and the posting lists of their words.

use crate::site::href::Base;
use crate::site::{PageId, PageScope, Site};
use crate::source::SitePath;

use super::postings::{PostingLists, WordCount};
use super::sections::{TextSection, sections};

/// A page as the search knows it.
pub(super) struct IndexedPage {
    /// Its address, from the top of the site.
    pub url: String,
    pub title: String,
    /// The language tag of its text, if that is not the page's own language.
    pub lang: Option<String>,
    /// The titles of the entries above it in the table of contents.
    pub breadcrumbs: String,
    pub sections: Vec<TextSection>,
    pub words: WordCount,
}

/// Some pages, with the posting lists of their words by language: stems depend on it. A site shows originals in place of missing
/// translations, so the pages of one locale can be in several languages.
pub(super) struct PageBatch {
    pub pages: Vec<IndexedPage>,
    /// By the English name of the language.
    pub lists: Vec<(String, PostingLists)>,
}

impl PageBatch {
    /// Reads pages, of which the first has the number `first`.
    pub fn read(site: &Site, first: usize, ids: &[PageId]) -> PageBatch {
        let mut batch = PageBatch {
            pages: Vec::with_capacity(ids.len()),
            lists: Vec::new(),
        };
        for (number, id) in ids.iter().enumerate() {
            batch.add(site, *id, (first + number) as u32);
        }
        batch
    }

    fn add(&mut self, site: &Site, id: PageId, number: u32) {
        let page = site.page(id);
        let language = site.config.locales.get(site.text_locale(page));
        let scope = PageScope::new(site, id);
        let sections = sections(&scope);
        let (mut keywords, mut description) = (Vec::new(), "");
        if let Some(linked) = scope.linked(page.source) {
            let front_matter = &linked.document.front_matter;
            keywords = front_matter.keywords();
            description = front_matter.text("description").unwrap_or_default();
        }
        let words =
            self.lists_of(&language.search)
                .add_page(number, &sections, &keywords, description);
        // A page that is shown in place of a missing translation is marked with its language, so that screen readers pronounce it.
        let is_own_language = language.tag == site.config.locales.get(page.locale).tag;
        self.pages.push(IndexedPage {
            url: Base::Folder(SitePath::root()).address(&page.output, ""),
            title: site.title(page.source).to_owned(),
            lang: if is_own_language {
                None
            } else {
                Some(language.tag.clone())
            },
            breadcrumbs: breadcrumbs(site, id),
            sections,
            words,
        });
    }

    fn lists_of(&mut self, language: &str) -> &mut PostingLists {
        let known = self.lists.iter().position(|(known, _)| known == language);
        let at = known.unwrap_or(self.lists.len());
        if known.is_none() {
            self.lists
                .push((language.to_owned(), PostingLists::default()));
        }
        &mut self.lists[at].1
    }
}

fn breadcrumbs(site: &Site, id: PageId) -> String {
    let Some((tree, Some(at))) = site.navigation(id) else {
        return String::new();
    };
    let mut titles: Vec<&str> = Vec::new();
    for above in tree.ancestors(at) {
        titles.push(&tree.entries[above].title);
    }
    titles.join(" › ")
}
