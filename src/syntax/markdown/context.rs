//! What the trees of one document share: a tutorial has one for each step, a drawn table one for each cell.

use crate::diagnostic::Code;
use crate::source::yaml::YamlNode;
use crate::source::{Message, Span};
use crate::syntax::dialect::Dialect;
use crate::syntax::directive::SyntaxProblem;
use crate::syntax::reference::{Anchor, RefId, RefKind, Reference};
use crate::syntax::slug::UniqueIds;

/// The parts of a document that are collected while its trees are built.
#[derive(Debug, Default)]
pub(in crate::syntax) struct DocumentContext {
    pub dialect: Dialect,
    pub refs: Vec<Reference>,
    pub anchors: Vec<Anchor>,
    pub ids: UniqueIds,
    /// What looks like a directive but isn't.
    pub problems: Vec<SyntaxProblem>,
}

impl DocumentContext {
    /// Adds a reference; returns its number.
    pub fn refer(&mut self, kind: RefKind, target: &str, span: Span, target_span: Span) -> RefId {
        self.refs.push(Reference {
            kind,
            target: target.into(),
            span,
            target_span,
        });
        (self.refs.len() - 1) as RefId
    }

    /// Adds a reference to what a YAML value names, unless it is blank.
    pub fn refer_to_value(&mut self, kind: RefKind, value: &YamlNode) -> Option<RefId> {
        let target = value.text()?.trim();
        if target.is_empty() {
            return None;
        }
        Some(self.refer(kind, target, value.span, value.words_span()))
    }

    /// Adds a problem.
    pub fn problem(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) {
        self.problems.push(SyntaxProblem {
            code,
            span,
            message: message.into(),
            help: help.into(),
        });
    }

    /// How much was collected, to be given to [`Self::map_spans_from`].
    pub fn mark(&self) -> ContextMark {
        ContextMark {
            refs: self.refs.len(),
            anchors: self.anchors.len(),
            problems: self.problems.len(),
        }
    }

    /// Translates the spans of what was collected since `mark`, for a text that was read apart from its source.
    pub fn map_spans_from(&mut self, mark: ContextMark, map: impl Fn(Span) -> Span) {
        for reference in &mut self.refs[mark.refs..] {
            reference.span = map(reference.span);
            reference.target_span = map(reference.target_span);
        }
        for anchor in &mut self.anchors[mark.anchors..] {
            anchor.span = map(anchor.span);
        }
        for problem in &mut self.problems[mark.problems..] {
            problem.span = map(problem.span);
        }
    }
}

/// A state of a [`DocumentContext`].
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct ContextMark {
    refs: usize,
    anchors: usize,
    problems: usize,
}
