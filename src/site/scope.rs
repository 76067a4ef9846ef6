//! A page -> [`PageScope`]: what it may be rendered from. That is the graph, the page's own document, those of its translations (their anchors
//! are shared, and a page can be out of date), and what any of these include. No other document can be reached from here, so the hash of a
//! scope, together with that of the graph, is a complete cache key.

use std::hash::Hash;
use std::ops::Deref;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use crate::source::{Source, SourceId};
use crate::syntax::{RefId, Reference};

use super::graph::Graph;
use super::linked_site::{LinkedDocument, Site};
use super::pages::{Page, PageId};
use super::target::Target;

/// What a page may be rendered from. The fields and methods of the [`Graph`] are its own, too.
#[derive(Debug)]
pub struct PageScope<'s> {
    site: &'s Site,
    page: PageId,
    /// The documents and code files of the scope, the page's own first.
    files: Vec<SourceId>,
}

impl Deref for PageScope<'_> {
    type Target = Graph;

    fn deref(&self) -> &Graph {
        self.site
    }
}

impl<'s> PageScope<'s> {
    /// The scope of a page.
    pub fn new(site: &'s Site, page: PageId) -> Self {
        let subject = site.page(page);
        let variants = &site.translation_set(subject.translation_set).variants;
        let mut open: Vec<SourceId> = variants.iter().map(|(_, variant)| *variant).collect();
        // The last one is taken first.
        open.push(subject.source);
        let mut seen = FxHashSet::default();
        let mut files = Vec::new();
        while let Some(id) = open.pop() {
            // Two texts may include the same fragment.
            if !seen.insert(id) {
                continue;
            }
            files.push(id);
            let Some(linked) = site.linked(id) else {
                continue;
            };
            for target in linked.targets {
                if let Target::Fragment(id) | Target::Code(id) = target {
                    open.push(*id);
                }
            }
        }
        PageScope { site, page, files }
    }

    /// The page.
    pub fn subject(&self) -> &'s Page {
        self.site.page(self.page)
    }

    /// A text file of the scope; nothing for any other.
    pub fn source(&self, id: SourceId) -> Option<&'s Source> {
        if self.files.contains(&id) {
            Some(self.site.source(id))
        } else {
            None
        }
    }

    /// A document of the scope with its links; nothing for any other.
    pub fn linked(&self, id: SourceId) -> Option<LinkedDocument<'s>> {
        if self.files.contains(&id) {
            self.site.linked(id)
        } else {
            None
        }
    }

    /// A reference of a document of the scope, with its target.
    pub fn reference(&self, id: SourceId, reference: RefId) -> Option<(&'s Reference, &'s Target)> {
        if self.files.contains(&id) {
            self.site.reference(id, reference)
        } else {
            None
        }
    }

    /// Equal for equal scopes on equal graphs.
    pub fn hash(&self) -> u128 {
        // Two pages with the same sources differ in their address and in the language around the text.
        let page = self.subject();
        let mut hash = Xxh3::new();
        hash.update(page.output.as_str().as_bytes());
        hash.update(&page.locale.index().to_le_bytes());
        for id in &self.files {
            hash.update(&self.site.source(*id).content_hash().to_le_bytes());
            if let Some(linked) = self.site.linked(*id) {
                // Which includes are cut off, and what raw HTML points to that is resolved from the including pages, depends on more files
                // than those of the scope.
                linked.targets.hash(&mut hash);
            }
        }
        hash.digest128()
    }
}
