//! [`Site`]: the graph and the documents it was built from.

use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::locale::LocaleId;
use crate::source::{SitePath, Source, SourceId, Sources};
use crate::syntax::interface::DocumentKind;
use crate::syntax::{Document, RefId, Reference};

use super::graph::Graph;
use super::paths::Paths;
use super::target::Target;

/// A document with the targets of its references.
#[derive(Debug, Clone, Copy)]
pub struct LinkedDocument<'s> {
    /// What is in the file.
    pub document: &'s Document,
    /// Parallel to [`Document::refs`].
    pub targets: &'s [Target],
    /// References that spell a file in another case than it has, with that file.
    pub case_mismatches: &'s [(RefId, SitePath)],
    /// The language of the folder the file is in, if it is in one.
    pub locale: Option<LocaleId>,
}

/// All documents and the graph they make up. Its fields and methods are those of the [`Graph`], too.
#[derive(Debug)]
pub struct Site {
    /// The files it was made from.
    pub sources: Arc<Sources>,
    pub(super) graph: Arc<Graph>,
    /// Parallel to the text files.
    pub(super) documents: Vec<Option<Arc<Document>>>,
}

impl Deref for Site {
    type Target = Graph;

    fn deref(&self) -> &Graph {
        &self.graph
    }
}

impl Site {
    /// True if `sources` has the same files as this site, with the same text or not.
    pub fn has_same_paths(&self, sources: &Sources) -> bool {
        // Comparing hashes reads each path once, and does not need those of the sources before.
        self.graph.layout().hash == Paths::of(sources).hash()
    }

    /// The text file with this number.
    pub fn source(&self, id: SourceId) -> &Source {
        self.sources.get(id)
    }

    /// A document, to be shared with the next site; nothing for a file that is not one.
    pub fn document(&self, id: SourceId) -> Option<&Arc<Document>> {
        self.documents.get(id.index())?.as_ref()
    }

    /// A document with its links; nothing for a file that is not one.
    pub fn linked(&self, id: SourceId) -> Option<LinkedDocument<'_>> {
        // The graph may be older than the document, but was built from an equal interface: references have the same numbers.
        let links = self.graph.links(id)?;
        Some(LinkedDocument {
            document: self.document(id)?,
            targets: &links.targets,
            case_mismatches: &links.case_mismatches,
            locale: links.locale,
        })
    }

    /// All documents, in path order.
    pub fn documents(&self) -> impl Iterator<Item = (SourceId, LinkedDocument<'_>)> {
        self.sources
            .ids()
            .flat_map(|id| Some((id, self.linked(id)?)))
    }

    /// The files that include this one, each with the reference that does.
    pub fn includers(&self, id: SourceId) -> &[(SourceId, RefId)] {
        self.graph.included_by(id)
    }

    /// True if readers can get to see this file: it is a page or a toc of the site, or is included by one, at any depth.
    pub fn is_used(&self, id: SourceId) -> bool {
        let mut seen = FxHashSet::from_iter([id]);
        let mut open = vec![id];
        while let Some(at) = open.pop() {
            let is_listed =
                self.graph.is_toc(at) || self.graph.kind(at) == Some(DocumentKind::Redirects);
            if self.translation_set_of(at).is_some() || is_listed {
                return true;
            }
            // A file that only excluded ones include is shown nowhere.
            for (includer, _) in self.includers(at) {
                if seen.insert(*includer) {
                    open.push(*includer);
                }
            }
        }
        false
    }

    /// A reference of a document, with its target.
    pub fn reference(&self, id: SourceId, reference: RefId) -> Option<(&Reference, &Target)> {
        let linked = self.linked(id)?;
        Some((
            linked.document.refs.get(reference as usize)?,
            linked.targets.get(reference as usize)?,
        ))
    }
}
