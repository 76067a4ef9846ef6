//! The files of a built site: the text of pages and maps, the paths of all others.

use std::collections::{BTreeMap, BTreeSet};

use super::page::BuiltPage;

/// The files of a built site, by their paths with `/`.
#[derive(Debug, Clone, Default)]
pub struct BuiltSite {
    files: BTreeMap<String, Option<String>>,
}

impl BuiltSite {
    /// True for a file whose text is compared.
    pub fn is_compared(path: &str) -> bool {
        is_page(path) || is_toc(path) || is_xref_map(path)
    }

    /// Adds a file; its text matters only if [`BuiltSite::is_compared`].
    pub fn add(&mut self, path: String, text: Option<String>) {
        self.files.insert(path, text);
    }

    /// All paths in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// The pages in order, with their HTML.
    pub(super) fn pages(&self) -> Vec<(&str, &str)> {
        let mut pages = Vec::new();
        for (path, text) in &self.files {
            if let Some(text) = text
                && is_page(path)
            {
                pages.push((path.as_str(), text.as_str()));
            }
        }
        pages
    }

    /// The pages with the ids of their articles, but for those of their titles: without them, a link comes to the same place. Pages that only lead
    /// to another one have none.
    pub fn page_anchors(&self) -> Vec<(&str, BTreeSet<String>)> {
        let mut pages = Vec::new();
        for (path, html) in self.pages() {
            let page = BuiltPage::read(html);
            let mut anchors = page.anchors;
            if page.is_redirect {
                anchors.clear();
            }
            if let Some(anchor) = &page.title_anchor {
                anchors.remove(anchor);
            }
            pages.push((path, anchors));
        }
        pages
    }

    /// The same without the folder that `dest` in `docfx.json` adds, if this site has all of its files in one folder that `other` doesn't have.
    pub(super) fn without_dest(&self, other: &BuiltSite) -> Option<BuiltSite> {
        let (first, _) = self.files.first_key_value()?.0.split_once('/')?;
        let folder = format!("{first}/");
        let is_dest = self.paths().all(|path| path.starts_with(&folder));
        if !is_dest || other.paths().any(|path| path.starts_with(&folder)) {
            return None;
        }
        let mut site = BuiltSite::default();
        for (path, text) in &self.files {
            site.add(path[folder.len()..].to_owned(), text.clone());
        }
        Some(site)
    }
}

/// True for an HTML file that is a page of its own: DocFX's `toc.html` is a part of other pages.
fn is_page(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    (name.ends_with(".html") || name.ends_with(".htm")) && name != "toc.html"
}

pub(super) fn is_toc(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.eq_ignore_ascii_case("toc.json")
}

pub(super) fn is_xref_map(path: &str) -> bool {
    path.ends_with("xrefmap.yml")
}
