//! `{#id .class}` -> the block or inline it belongs to, as Markdig decides it: right behind an inline it is that inline's, behind words it is
//! that of the block around them, on a line of its own that of the block below.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::directive::{Attributes, Directive, Mask, ParsedDirective};
use crate::syntax::document::Anchor;
use crate::syntax::tree::{Node, NodeKind};

use super::Directives;
use super::builder::Builder;

/// Attributes on lines of their own and at the end of headings, in order: those that found no owner yet.
#[derive(Default)]
pub(super) struct Waiting {
    all: Vec<(Span, Attributes)>,
    next: usize,
}

impl Waiting {
    pub fn new(directives: Directives<'_>) -> Waiting {
        let hidden = |found: &ParsedDirective| match &found.directive {
            Directive::Attributes(attributes) if found.mask == Mask::Blank => {
                Some((found.span, (**attributes).clone()))
            }
            _ => None,
        };
        Waiting {
            all: directives.0.iter().filter_map(hidden).collect(),
            next: 0,
        }
    }
}

impl Builder<'_> {
    /// Attributes among words, at `span`.
    pub(super) fn attach(&mut self, span: Span, attributes: Attributes) {
        let owner = self.open.last().map(|open| open.node);
        let inside = |last: &usize| owner.is_none_or(|owner| *last > owner);
        let ended = |last: &usize| last + 1 + self.nodes[*last].len as usize == self.nodes.len();
        let behind = self
            .last
            .filter(inside)
            .filter(|last| *last < self.nodes.len())
            .filter(ended);
        let Some(owner) = behind.or(owner) else {
            return;
        };
        let added = self.give(owner, span, attributes);
        if behind == Some(owner) {
            self.nodes[owner].len += added;
        }
    }

    /// Gives the block that opens at byte `start`, the last node, what waits for it on the line above.
    pub(super) fn take_waiting(&mut self, start: usize) {
        let owner = self.nodes.len() - 1;
        while let Some((span, attributes)) = self
            .waiting
            .all
            .get(self.waiting.next)
            .filter(|(span, _)| span.end as usize <= start)
            .cloned()
        {
            self.waiting.next += 1;
            let in_code = self
                .opaque
                .iter()
                .rev()
                .take(1)
                .any(|code| code.contains(span));
            if !in_code {
                self.give(owner, span, attributes);
            }
        }
    }

    /// Gives a heading or a block of code that ends what stands behind it, or behind its fence.
    pub(super) fn take_behind(&mut self, at: usize, range: &Range<usize>) {
        let first_line = match &self.nodes[at].kind {
            NodeKind::Heading(..) => range.clone(),
            NodeKind::CodeBlock(_) => {
                range.start
                    ..range.start + self.source[range.clone()].find(['\n', '\r']).unwrap_or(0)
            }
            _ => return,
        };
        for found in self.directives.within(&first_line) {
            if let (Directive::Attributes(attributes), Mask::Blank) = (&found.directive, found.mask)
            {
                self.waiting.next = self
                    .waiting
                    .all
                    .partition_point(|(span, _)| span.start <= found.span.start)
                    .max(self.waiting.next);
                self.give(at, found.span, (**attributes).clone());
            }
        }
    }

    /// Puts attributes first inside the node `owner`. The answer is the number of nodes that are new.
    fn give(&mut self, owner: usize, span: Span, attributes: Attributes) -> u32 {
        let is_heading = matches!(self.nodes[owner].kind, NodeKind::Heading(..));
        if let Some(id) = attributes.id.as_ref().filter(|_| !is_heading) {
            self.shared.anchors.push(Anchor {
                id: id.clone(),
                span,
                heading: None,
            });
        }
        if let Some(Node {
            kind: NodeKind::Attributes(known),
            ..
        }) = self.nodes.get_mut(owner + 1)
        {
            known.merge(attributes);
            return 0;
        }
        // The nodes behind have other numbers now.
        self.last = None;
        self.nodes.insert(
            owner + 1,
            Node {
                kind: NodeKind::Attributes(attributes.into()),
                span,
                len: 0,
            },
        );
        1
    }
}
