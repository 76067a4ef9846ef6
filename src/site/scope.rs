//! Texts -> what they may be rendered from: the graph, the files of these texts, and what those include. No other file can be reached from
//! here, so the hash of a scope, together with what the graph hashes to, is a complete cache key.

use std::hash::Hash;
use std::ops::Deref;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use crate::source::{Dimensions, SitePath, SourceId};
use crate::syntax::{RefId, Reference, Tree};

use super::anchors::PageHeading;
use super::expand::Fragment;
use super::graph::Graph;
use super::linked_site::{LinkedDocument, Site};
use super::pages::{Page, PageId};
use super::target::Target;

/// What a text may be rendered from. The methods of the [`Graph`] are its own, too.
#[derive(Debug)]
pub struct TextScope<'s> {
    site: &'s Site,
    /// The documents and code files of the scope, the text's own first.
    files: Vec<SourceId>,
}

/// What a page may be rendered from: its own text, and those of its translations, because their anchors are shared and a page can be out of
/// date.
#[derive(Debug)]
pub struct PageScope<'s> {
    text: TextScope<'s>,
    page: PageId,
}

impl Deref for TextScope<'_> {
    type Target = Graph;

    fn deref(&self) -> &Graph {
        self.site
    }
}

impl<'s> Deref for PageScope<'s> {
    type Target = TextScope<'s>;

    fn deref(&self) -> &TextScope<'s> {
        &self.text
    }
}

impl<'s> TextScope<'s> {
    /// The scope of a text that need not be part of a page.
    pub fn new(site: &'s Site, text: SourceId) -> Self {
        TextScope::of(site, vec![text])
    }

    /// The scope of several texts; the last one is the first of its files.
    fn of(site: &'s Site, mut open: Vec<SourceId>) -> Self {
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
                match target {
                    Target::Fragment(id) | Target::Code(id) => open.push(*id),
                    // A page that enters a cycle of includes elsewhere shows what is cut off here.
                    _ => open.extend(site.cut_fragment(target)),
                }
            }
        }
        TextScope { site, files }
    }

    /// The text of a file of the scope; empty for any other.
    pub fn text(&self, id: SourceId) -> &'s str {
        if self.files.contains(&id) {
            &self.site.source(id).text
        } else {
            ""
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

    /// The nodes of a document of the scope, if it is Markdown.
    pub fn tree(&self, id: SourceId) -> Option<&'s Tree> {
        self.linked(id)?.document.body.tree()
    }

    /// A reference of a document of the scope, with its target.
    pub fn reference(&self, id: SourceId, reference: RefId) -> Option<(&'s Reference, &'s Target)> {
        if self.files.contains(&id) {
            self.site.reference(id, reference)
        } else {
            None
        }
    }

    /// The fragment that a reference of a document of the scope includes; see [`Site::included`].
    pub fn included(&self, id: SourceId, reference: RefId) -> Option<Fragment<'s>> {
        if self.files.contains(&id) {
            self.site.included(id, reference)
        } else {
            None
        }
    }

    /// The size of a picture. Those of all pictures are part of every cache key.
    pub fn dimensions(&self, picture: &SitePath) -> Option<Dimensions> {
        self.site.sources.dimensions(picture)
    }
}

impl<'s> PageScope<'s> {
    /// The scope of a page.
    pub fn new(site: &'s Site, page: PageId) -> Self {
        let subject = site.page(page);
        let mut texts = Vec::new();
        for (_, variant) in &site.translation_set(subject.translation_set).variants {
            texts.push(*variant);
        }
        texts.push(subject.source);
        PageScope {
            text: TextScope::of(site, texts),
            page,
        }
    }

    /// The number of the page.
    pub fn id(&self) -> PageId {
        self.page
    }

    /// The page.
    pub fn subject(&self) -> &'s Page {
        self.text.site.page(self.page)
    }

    /// The graph and all documents, of which only what is in the scope may be read.
    pub fn site(&self) -> &'s Site {
        self.text.site
    }

    /// The headings of the page: see [`Site::headings`], which reads the page, its original and what they include.
    pub fn headings(&self) -> Vec<PageHeading> {
        self.text.site.headings(self.subject().source)
    }

    /// Every id of the page: see [`Site::anchors`].
    pub fn anchors(&self) -> Vec<String> {
        self.text.site.anchors(self.subject().source)
    }

    /// The former ids of the page that name its top.
    pub fn top_anchors(&self) -> Vec<String> {
        self.text.site.top_anchors(self.subject().source)
    }

    /// Equal for equal scopes on equal graphs.
    pub fn hash(&self) -> u128 {
        // Two pages with the same sources differ in their address and in the language around the text.
        let (page, site) = (self.subject(), self.text.site);
        let mut hash = Xxh3::new();
        hash.update(page.output.as_str().as_bytes());
        hash.update(&page.locale.index().to_le_bytes());
        for id in &self.text.files {
            hash.update(&site.source(*id).content_hash().to_le_bytes());
            if let Some(linked) = site.linked(*id) {
                // Which includes are cut off, and what raw HTML points to that is resolved from the including pages, depends on more files
                // than those of the scope.
                linked.targets.hash(&mut hash);
            }
        }
        hash.digest128()
    }
}
