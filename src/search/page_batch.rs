//! Some pages of a language -> what the search shows of each, and the posting lists of their words.

use crate::site::href::Base;
use crate::site::{PageId, PageScope, Site};
use crate::source::SitePath;

use super::postings::{PostingLists, WordCount};
use super::sections::{self, TextSection};
use super::stop_words;

/// A page as the search knows it.
pub(super) struct IndexedPage {
    /// Its address, from the top of the site.
    pub url: String,
    pub title: String,
    /// The language tag of its text, if that is not the page's own language.
    pub lang: Option<String>,
    /// The titles of the entries above it in the table of contents.
    pub breadcrumbs: String,
    /// What readers can narrow their results to.
    pub area: String,
    /// In percent of what most pages weigh.
    pub weight: u32,
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
        let sections = sections::sections(&scope);
        let (mut keywords, mut description) = (Vec::new(), "");
        if let Some(linked) = scope.linked(page.source) {
            let front_matter = &linked.document.front_matter;
            keywords = front_matter.keywords();
            description = front_matter.text("description").unwrap_or_default();
        }
        let words =
            self.lists_of(&language.search)
                .add_page(number, &sections, &keywords, description);
        let words = WordCount {
            title: stop_words::count_others(site.title(page.source), &language.search),
            ..words
        };
        self.add_hidden_words(&scope, number);
        // A page that is shown in place of a missing translation is marked with its language, so that screen readers pronounce it.
        let is_own_language = language.tag == site.config.locales.get(page.locale).tag;
        let (area, weight) = area_and_weight(site, id);
        self.pages.push(IndexedPage {
            area,
            weight,
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

    /// Adds what readers look for that is not on the page: the words of its file name, and of a translation the title, keywords and headings of
    /// the original. Many know a program in English, or followed a link that they half remember.
    fn add_hidden_words(&mut self, scope: &PageScope<'_>, number: u32) {
        let page = scope.subject();
        let (site, source) = (scope.site(), page.source);
        let default = site.config.locales.default();
        let language = &site.config.locales.get(default).search;
        let mut hidden = Vec::new();
        let headings;
        if let Some(original) = site.original_of(source) {
            hidden.push(site.title(original));
            if let Some(linked) = scope.linked(original) {
                hidden.extend(linked.document.front_matter.keywords());
            }
            headings = sections::headings(scope, original);
            for heading in &headings {
                hidden.push(heading);
            }
        }
        hidden.push(file_name(site.path(source)));
        self.lists_of(language).add_keywords(number, &hidden);
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

/// What a file is called; for the index page of a folder, what the folder is called.
fn file_name(path: &SitePath) -> &str {
    if path.stem() != "index" {
        return path.stem();
    }
    let folder = path.as_str().rsplit('/').nth(1);
    folder.unwrap_or_default()
}

/// The area and the weight of a page: those of the configuration, else the outermost entry above it in the table of contents.
fn area_and_weight(site: &Site, id: PageId) -> (String, u32) {
    let page = site.page(id);
    let path = &site.translation_set(page.translation_set).path;
    let rule = site.config.search_rule(path);
    let name = match rule {
        Some(rule) => rule.name.for_locale(page.locale),
        None => None,
    };
    let area = match name {
        Some(name) => name.to_owned(),
        None => outermost_entry(site, id).unwrap_or_default().to_owned(),
    };
    (area, rule.map_or(100, |rule| rule.weight))
}

fn outermost_entry(site: &Site, id: PageId) -> Option<&str> {
    let (tree, at) = site.navigation(id)?;
    let at = at?;
    let outermost = tree.ancestors(at).into_iter().next().unwrap_or(at);
    Some(&tree.entries[outermost].title)
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
