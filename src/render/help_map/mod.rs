//! Uids -> a map from ids to pages, for programs that open help for their F1 key. In: a linked site. Out: [`HelpMap`], as JSON or as constants
//! for TypeScript and C#. Doesn't know where any of these is written.

mod constants;

use std::collections::BTreeMap;

use serde::Serialize;

use super::inputs::SummarizedGraph;
use super::uid::{help_id, page_for};
use crate::locale::LocaleId;
use crate::site::PageId;
use crate::site::href::{Base, absolute};
use crate::site::suggest::nearest;
use crate::source::{SitePath, SourceId};

/// What a page takes as JSON, in most languages, in bytes.
const BYTES_PER_PAGE: usize = 600;

/// All ids of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HelpMap {
    /// By id, then by language tag.
    pub pages: BTreeMap<String, BTreeMap<String, HelpPage>>,
    /// Whole uids, and the id of each.
    pub uids: BTreeMap<String, String>,
}

/// A page in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelpPage {
    /// Its address: absolute if the site knows its own, else from the top of the site.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its description, or the beginning of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The language of its text, if it isn't the one it is listed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

impl HelpMap {
    /// All ids of a site, with their pages. Redirects are followed; an id whose pages all redirect to nothing is left out.
    pub fn of(graph: &SummarizedGraph<'_>) -> HelpMap {
        let mut builder = HelpMapBuilder {
            graph,
            map: HelpMap::default(),
            summaries: BTreeMap::new(),
        };
        for (uid, source) in graph.uids() {
            builder.add(uid, source);
        }
        let mut map = builder.map;
        // An id without a page is gone by now, and so must the uids be that lead to it.
        map.uids.retain(|_, id| map.pages.contains_key(id));
        map
    }

    /// True if a program may ask for this id.
    pub fn contains(&self, id: &str) -> bool {
        self.pages.contains_key(id) || self.uids.contains_key(id)
    }

    /// The id that was probably meant.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        let known = self.pages.keys().chain(self.uids.keys());
        nearest(id, known.map(String::as_str))
    }

    /// The content of `helpmap.json`.
    pub fn to_json(&self) -> String {
        let pages: usize = self.pages.values().map(BTreeMap::len).sum();
        let mut bytes = Vec::with_capacity(BYTES_PER_PAGE * pages);
        // Texts can be written to memory.
        let _ = serde_json::to_writer_pretty(&mut bytes, self);
        bytes.push(b'\n');
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// The ids as a TypeScript object.
    pub fn to_typescript(&self) -> String {
        constants::typescript(&self.titles())
    }

    /// The ids as a C# class.
    pub fn to_csharp(&self) -> String {
        constants::csharp(&self.titles())
    }

    /// The title of the page of each id: the English one, if there is one, as program code is in English.
    fn titles(&self) -> BTreeMap<&str, &str> {
        let mut titles = BTreeMap::new();
        for (id, pages) in &self.pages {
            let page = pages.get("en").or_else(|| pages.values().next());
            titles.insert(id.as_str(), page.map_or("", |page| &page.title));
        }
        titles
    }
}

struct HelpMapBuilder<'a> {
    graph: &'a SummarizedGraph<'a>,
    map: HelpMap,
    /// Each page is in several languages' lists, and to summarize one takes a while.
    summaries: BTreeMap<SourceId, Option<String>>,
}

impl HelpMapBuilder<'_> {
    fn add(&mut self, uid: &str, source: SourceId) {
        let id = help_id(self.graph, uid, source).into_owned();
        if uid != id {
            self.map.uids.insert(uid.to_owned(), id.clone());
        }
        // The first file with an id counts; those of other languages are its translations.
        if self.map.pages.contains_key(&id) {
            return;
        }
        let mut pages = BTreeMap::new();
        for locale in self.graph.config.locales.authored() {
            if let Some(page) = page_for(self.graph, source, locale) {
                let tag = self.graph.config.locales.get(locale).tag.clone();
                pages.insert(tag, self.page(page, locale));
            }
        }
        if !pages.is_empty() {
            self.map.pages.insert(id, pages);
        }
    }

    fn page(&mut self, id: PageId, locale: LocaleId) -> HelpPage {
        let graph = self.graph;
        let page = graph.page(id);
        let text_locale = graph.text_locale(page);
        let summary = self
            .summaries
            .entry(page.source)
            .or_insert_with(|| graph.summary(id));
        HelpPage {
            url: match &graph.config.base_url {
                Some(base_url) => absolute(base_url, &page.output),
                // Programs put the address of the site before it.
                None => Base::Folder(SitePath::root()).address(&page.output, ""),
            },
            title: graph.title(page.source).to_owned(),
            summary: summary.clone(),
            lang: if text_locale == locale {
                None
            } else {
                Some(graph.config.locales.get(text_locale).tag.clone())
            },
        }
    }
}
