//! A site and a file -> the other files a writer of this one wants to know about: what it includes, what includes it, what links to it, its
//! other languages; each as a link for the preview's script. Knows nothing of problems and editors.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::request_path::encoded;
use crate::locale::LocaleId;
use crate::site::pages::TranslationSetId;
use crate::site::{PageId, PageVersion, Site, Target};
use crate::source::{SourceId, percent};

/// The addresses of fragments' own pages begin so.
pub(super) const FRAGMENTS: &str = "/_hjelp/fragment/";

/// What an address names.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub(super) source: SourceId,
    /// Nothing for a fragment, which has no page of the site.
    pub(super) page: Option<PageId>,
}

/// Finds the files that a file is related to.
#[derive(Clone, Copy)]
pub(super) struct PageLinks<'a> {
    pub(super) site: &'a Site,
}

impl PageLinks<'_> {
    /// The address of a page.
    pub(super) fn url(&self, page: PageId) -> String {
        format!("/{}", encoded(&self.site.page(page).output))
    }

    /// A file and what it includes, however deep.
    pub(super) fn included(&self, id: SourceId) -> BTreeSet<SourceId> {
        self.site.fragments(id)
    }

    /// The files that include a file, however deep, in path order.
    pub(super) fn including(&self, id: SourceId) -> BTreeSet<SourceId> {
        self.site.including(id)
    }

    /// The page that a file is the source of, in its own language, or in `fallback` if it has none.
    pub(super) fn page_of(&self, id: SourceId, fallback: LocaleId) -> Option<PageId> {
        let set = self.site.translation_set_of(id)?;
        let locale = self.site.linked(id)?.locale.unwrap_or(fallback);
        Some(self.site.version_for(set, locale)?.page())
    }

    fn page_link(&self, id: SourceId) -> Option<Value> {
        let page = self.page_of(id, self.site.config.locales.default())?;
        let locale = self.site.config.locales.get(self.site.page(page).locale);
        Some(json!({
            "title": self.site.title(id),
            "url": self.url(page),
            "lang": locale.tag,
            "note": locale.name,
        }))
    }

    fn fragment_link(&self, id: SourceId) -> Value {
        let path = &self.site.source(id).path;
        json!({ "title": path.as_str(), "url": format!("{FRAGMENTS}{}", encoded(path)) })
    }

    /// Everything that a file includes, however deep.
    pub(super) fn fragments(&self, id: SourceId) -> Vec<Value> {
        let mut links = Vec::new();
        for fragment in self.included(id) {
            if fragment != id {
                links.push(self.fragment_link(fragment));
            }
        }
        links
    }

    /// Every page that shows a fragment, in every language.
    pub(super) fn users(&self, id: SourceId) -> Vec<Value> {
        let users = self.including(id).into_iter();
        users.flat_map(|user| self.page_link(user)).collect()
    }

    /// The pages and fragments that link to a page.
    pub(super) fn linking(&self, subject: Subject) -> Vec<Value> {
        let Some(set) = self.translation_set(subject) else {
            return Vec::new();
        };
        let mut links = Vec::new();
        for (id, linked) in self.site.documents() {
            if id == subject.source || !leads_to(linked.targets, set) {
                continue;
            }
            links.push(match self.page_link(id) {
                Some(link) => link,
                None => self.fragment_link(id),
            });
        }
        links
    }

    fn translation_set(&self, subject: Subject) -> Option<TranslationSetId> {
        if let Some(set) = self.site.translation_set_of(subject.source) {
            return Some(set);
        }
        Some(self.site.page(subject.page?).translation_set)
    }

    /// The versions of a page, with a comparison to each.
    pub(super) fn languages(&self, id: PageId) -> Vec<Value> {
        let page = self.site.page(id);
        if !self.site.translation_set(page.translation_set).localized {
            return Vec::new();
        }
        let locales = &self.site.config.locales;
        let own = &locales.get(page.locale).folder;
        // The whole address is the value of a query here: its `/` and `%` have to be encoded again.
        let url = self.url(id);
        let address = percent::encode(&url, percent::QUERY_VALUE);
        let mut languages = Vec::new();
        for locale in locales.ids() {
            // A fallback shows the text of another language: there is nothing to compare with.
            let Some(PageVersion::Localized(other)) =
                self.site.version_for(page.translation_set, locale)
            else {
                continue;
            };
            let language = locales.get(locale);
            languages.push(json!({
                "title": language.name,
                "lang": language.tag,
                "url": self.url(other),
                "current": other == id,
                "side": format!("/_hjelp/side?page={address}&left={own}&right={}", language.folder),
            }));
        }
        languages
    }
}

fn leads_to(targets: &[Target], set: TranslationSetId) -> bool {
    targets
        .iter()
        .any(|target| matches!(target, Target::Page { set: to, .. } if *to == set))
}
