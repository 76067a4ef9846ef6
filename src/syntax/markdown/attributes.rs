//! `{#id .class}` -> the block or inline it belongs to, as Markdig decides it: right behind an inline it is that inline's, behind text it is
//! that of the block around it, on a line of its own that of the block below.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::directive::{Attributes, Directive, Mask};
use crate::syntax::reference::Anchor;
use crate::syntax::tree::{Node, NodeKind};

use super::builder::Builder;

impl Builder<'_> {
    /// Attributes within text, at `span`.
    pub(super) fn attach(&mut self, span: Span, attributes: Attributes) {
        let around = self.open.last().map(|open| open.node);
        // Only without a space between: `*a* {.x}` gives the paragraph its class.
        if let Some(inline) = self.inline_before(around) {
            let added = self.give(inline, span, attributes);
            self.nodes[inline].len += added;
        } else if let Some(block) = around {
            self.give(block, span, attributes);
        }
    }

    /// The inline that ends with the last node, if it is inside `around`.
    fn inline_before(&self, around: Option<usize>) -> Option<usize> {
        let last = self.last_inline?;
        if let Some(around) = around
            && last <= around
        {
            return None;
        }
        let node = self.nodes.get(last)?;
        (last + 1 + node.len as usize == self.nodes.len()).then_some(last)
    }

    /// Gives the block that opens at byte `start`, the last node, the attributes on the line above it.
    pub(super) fn take_pending(&mut self, start: usize) {
        let owner = self.nodes.len() - 1;
        while let Some((span, attributes)) = self.pending_attributes.take_before(start) {
            let is_in_code = match self.opaque.last() {
                Some(code) => code.contains(span),
                None => false,
            };
            if !is_in_code {
                self.give(owner, span, attributes);
            }
        }
    }

    /// Gives a heading or a block of code that ends the attributes behind it, or behind its fence.
    pub(super) fn take_behind(&mut self, at: usize, range: &Range<usize>) {
        let first_line = match &self.nodes[at].kind {
            NodeKind::Heading(..) => range.clone(),
            NodeKind::CodeBlock(_) => {
                let len = self.source[range.clone()].find(['\n', '\r']).unwrap_or(0);
                range.start..range.start + len
            }
            _ => return,
        };
        for found in self.input.directives.within(&first_line) {
            if let Directive::Attributes(attributes) = &found.directive
                && found.mask == Mask::Blank
            {
                self.pending_attributes.drop_through(found.span);
                self.give(at, found.span, (**attributes).clone());
            }
        }
    }

    /// Puts attributes first inside the node `owner`. Returns the number of nodes that are new.
    fn give(&mut self, owner: usize, span: Span, attributes: Attributes) -> u32 {
        // The id of a heading becomes its anchor when the heading ends.
        if let Some(id) = &attributes.id
            && !matches!(self.nodes[owner].kind, NodeKind::Heading(..))
        {
            self.context.anchors.push(Anchor {
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
        self.last_inline = None;
        let kind = NodeKind::Attributes(attributes.into());
        self.nodes.insert(owner + 1, Node { kind, span, len: 0 });
        1
    }
}
