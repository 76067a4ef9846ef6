//! What a check works with: the linked site, the suggestions that are computed once for all checks, and the list of problems found so far.
//! Doesn't know which checks there are.

use crate::check::suggestions::Suggestions;
use crate::diagnostic::Diagnostic;
use crate::site::{LinkedDocument, Site, Target};
use crate::source::{FileSpan, SourceId};
use crate::syntax::Reference;

/// The input and output of one check.
pub(super) struct Checker<'a> {
    pub(super) site: &'a Site,
    pub(super) suggestions: &'a Suggestions<'a>,
    pub(super) problems: Vec<Diagnostic>,
}

/// A reference, the file that contains it, and what it resolves to.
#[derive(Clone, Copy)]
pub(super) struct ResolvedReference<'a> {
    pub(super) id: SourceId,
    pub(super) reference: &'a Reference,
    pub(super) target: &'a Target,
}

impl<'a> Checker<'a> {
    pub(super) fn new(suggestions: &'a Suggestions<'a>) -> Self {
        Checker {
            site: suggestions.site,
            suggestions,
            problems: Vec::new(),
        }
    }

    /// Reports a problem of a file that is not included anywhere.
    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Reports a problem of any file. If it is an included file, the includes on the way from the first page are added.
    pub(super) fn report_in(&mut self, id: SourceId, problem: Diagnostic) {
        let includes = self.includes_of(id);
        self.problems.push(Diagnostic {
            includes,
            ..problem
        });
    }

    /// The documents that readers can reach. Problems in others are not reported.
    pub(super) fn used_documents(
        &self,
    ) -> impl Iterator<Item = (SourceId, LinkedDocument<'a>)> + use<'a> {
        let site = self.site;
        site.documents().filter(|(id, _)| site.is_used(*id))
    }

    /// The references in the documents that readers can reach.
    pub(super) fn references(&self) -> impl Iterator<Item = ResolvedReference<'a>> + use<'a> {
        self.used_documents().flat_map(|(id, linked)| {
            let references = linked.document.refs.iter().enumerate();
            // Documents have one target for each reference.
            references.map(move |(number, reference)| ResolvedReference {
                id,
                reference,
                target: &linked.targets[number],
            })
        })
    }

    /// The include directives on the way from the first page to this file, outermost first; none if it is a page itself.
    fn includes_of(&self, id: SourceId) -> Vec<FileSpan> {
        let mut includes = Vec::new();
        let mut seen = vec![id];
        let mut at = id;
        while self.site.translation_set_of(at).is_none() {
            let includers = self.site.includers(at);
            // Fragments may include each other in a circle.
            // The first includer only: a fragment in many pages has many ways to it, and one is enough to find it.
            let Some(&(includer, reference)) = includers.iter().find(|(id, _)| !seen.contains(id))
            else {
                break;
            };
            if let Some((reference, _)) = self.site.reference(includer, reference) {
                let path = self.site.source(includer).path.clone();
                let span = reference.span;
                includes.push(FileSpan { path, span });
            }
            seen.push(includer);
            at = includer;
        }
        includes.reverse();
        includes
    }
}
