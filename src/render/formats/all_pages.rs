//! All pages of a language by title, and their keywords, from A to Z: the fallback of the search without a script.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::locale::{Catalog, LocaleId};
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::paths;
use crate::render::view::{LetterGroup, Link, ListEntry, PageBody, PageView, View};
use crate::site::href::Base;
use crate::site::{Graph, PageId};

/// A keyword with more pages than this doesn't help to find one.
const MAX_PAGES_OF_KEYWORD: usize = 12;

pub(super) static ALL_PAGES: Format = Format {
    name: "all-pages",
    kind: FormatKind::Page,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in graph.config.locales.ids() {
        if let Some(path) = paths::all_pages(graph, locale) {
            outputs.push(Output::new(&ALL_PAGES, path, Subject::Locale(locale)));
        }
    }
    outputs
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let default = graph.config.locales.default();
    let locale = output.locale(graph).unwrap_or(default);
    let language = graph.config.locales.get(locale);
    let base = Base::Folder(output.path.parent());
    let list = PageList {
        graph,
        catalog: &context.catalog,
        locale,
        base: &base,
    };
    let title = context.catalog.text(locale, "all-pages", &[]);
    let view = View {
        template: "a-z.html".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "a-z",
            title: title.into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            // A list of links, which would compete with the pages themselves in search results.
            noindex: true,
            canonical: None,
            body: PageBody::List(list.letters()),
        },
    };
    view.into()
}

struct PageList<'a> {
    graph: &'a Graph,
    catalog: &'a Catalog,
    locale: LocaleId,
    base: &'a Base,
}

/// A keyword as an author first wrote it, and its pages.
struct Keyword<'a> {
    text: &'a str,
    pages: BTreeSet<PageId>,
}

impl<'a> PageList<'a> {
    fn letters(&self) -> Vec<LetterGroup> {
        let mut entries = Vec::new();
        // In lower case, so that *Diary* and *diary* are one.
        let mut keywords: BTreeMap<String, Keyword> = BTreeMap::new();
        for id in self.graph.page_ids() {
            let page = self.graph.page(id);
            if page.locale != self.locale || !self.graph.is_searchable(page) {
                continue;
            }
            let link = self.link(id);
            entries.push(ListEntry {
                text: link.text.clone(),
                keyword: false,
                links: vec![link],
            });
            for text in self.keywords_of(id) {
                let keyword = keywords.entry(text.to_lowercase()).or_insert(Keyword {
                    text,
                    pages: BTreeSet::new(),
                });
                keyword.pages.insert(id);
            }
        }
        for keyword in keywords.into_values() {
            entries.extend(self.keyword_entry(keyword));
        }
        entries.sort_by(|one, other| self.compare(one, other));
        self.by_letter(entries)
    }

    fn keywords_of(&self, id: PageId) -> Vec<&'a str> {
        self.graph.keywords(self.graph.page(id).source)
    }

    /// The entry of a keyword; `None` if it doesn't lead to more than the titles do.
    fn keyword_entry(&self, keyword: Keyword) -> Option<ListEntry> {
        if keyword.pages.len() > MAX_PAGES_OF_KEYWORD {
            return None;
        }
        let mut links: Vec<Link> = keyword.pages.into_iter().map(|id| self.link(id)).collect();
        if let [only] = links.as_slice()
            && only.text.to_lowercase() == keyword.text.to_lowercase()
        {
            return None;
        }
        links.sort_by(|one, other| {
            let order = self.catalog.compare(self.locale, &one.text, &other.text);
            order.then_with(|| one.url.cmp(&other.url))
        });
        Some(ListEntry {
            text: keyword.text.to_owned(),
            keyword: true,
            links,
        })
    }

    /// By the alphabet of the language. Equal texts are ordered by what else they differ in, so that every build has the same order.
    fn compare(&self, one: &ListEntry, other: &ListEntry) -> Ordering {
        let order = self.catalog.compare(self.locale, &one.text, &other.text);
        order.then_with(|| sort_key(one).cmp(&sort_key(other)))
    }

    fn by_letter(&self, entries: Vec<ListEntry>) -> Vec<LetterGroup> {
        let mut letters: Vec<LetterGroup> = Vec::new();
        for entry in entries {
            let letter = self.catalog.letter(self.locale, &entry.text).to_string();
            match letters.iter_mut().find(|known| known.letter == letter) {
                Some(known) => known.entries.push(entry),
                None => letters.push(LetterGroup {
                    letter,
                    entries: vec![entry],
                }),
            }
        }
        letters
    }

    fn link(&self, id: PageId) -> Link {
        let page = self.graph.page(id);
        let text_locale = self.graph.text_locale(page);
        let is_other_language =
            text_locale != self.locale || self.graph.is_original_for(page, self.locale);
        Link {
            text: self.graph.title(page.source).to_owned(),
            url: Some(self.base.address(&page.output, "")),
            // A screen reader has to pronounce the title in its own language (WCAG 3.1.2).
            lang: if is_other_language {
                Some(self.graph.config.locales.get(text_locale).tag.clone())
            } else {
                None
            },
            external: false,
        }
    }
}

fn sort_key(entry: &ListEntry) -> (bool, Option<&str>) {
    match entry.links.first() {
        Some(link) => (entry.keyword, link.url.as_deref()),
        None => (entry.keyword, None),
    }
}
