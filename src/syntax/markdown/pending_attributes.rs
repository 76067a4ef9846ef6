//! `{#id .class}` on lines of their own and at the end of headings and fences: in text order, until the block they belong to opens.

use crate::source::Span;
use crate::syntax::directive::{Attributes, Directive, Mask};

use super::directive_index::DirectiveIndex;

/// Attributes that found no owner yet.
#[derive(Default)]
pub(super) struct PendingAttributes {
    all: Vec<(Span, Attributes)>,
    next: usize,
}

impl PendingAttributes {
    pub fn new(directives: DirectiveIndex<'_>) -> PendingAttributes {
        let mut all = Vec::new();
        for found in directives.0 {
            if let Directive::Attributes(attributes) = &found.directive
                && found.mask == Mask::Blank
            {
                all.push((found.span, (**attributes).clone()));
            }
        }
        PendingAttributes { all, next: 0 }
    }

    /// Takes the next attributes that end at byte `end` or before.
    pub fn take_before(&mut self, end: usize) -> Option<(Span, Attributes)> {
        let (span, attributes) = self.all.get(self.next)?;
        // In text order: the rest waits for later blocks.
        if span.end as usize > end {
            return None;
        }
        self.next += 1;
        Some((*span, attributes.clone()))
    }

    /// Drops all attributes up to those at `span`, which found their owner in another way.
    pub fn drop_through(&mut self, span: Span) {
        let behind = self
            .all
            .partition_point(|(known, _)| known.start <= span.start);
        self.next = self.next.max(behind);
    }
}
