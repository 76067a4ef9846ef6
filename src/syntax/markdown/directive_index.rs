//! The directives of a text by place.

use std::collections::VecDeque;
use std::ops::Range;

use crate::syntax::directive::{Directive, Mask, ParsedDirective, TripleColon};

/// Directives in text order, none within another.
#[derive(Clone, Copy)]
pub(super) struct DirectiveIndex<'a>(pub &'a [ParsedDirective]);

impl<'a> DirectiveIndex<'a> {
    /// The directive that starts at byte `start`.
    pub fn at(self, start: usize) -> Option<&'a ParsedDirective> {
        let at = self
            .0
            .binary_search_by_key(&start, |found| found.span.start as usize)
            .ok()?;
        self.0.get(at)
    }

    /// The end lines of `:::` blocks that are masked by what ends a block of code or HTML.
    pub fn hidden_ends(self) -> VecDeque<&'a ParsedDirective> {
        let mut hidden = VecDeque::new();
        for found in self.0 {
            let is_end = matches!(
                found.directive,
                Directive::TripleColon(TripleColon::Close(_))
            );
            if is_end && matches!(found.mask, Mask::Blank | Mask::FenceEnd(..)) {
                hidden.push_back(found);
            }
        }
        hidden
    }

    /// The directives with all their bytes in `range`.
    pub fn within(self, range: &Range<usize>) -> &'a [ParsedDirective] {
        // Binary searches: a page with a thousand directives asks a thousand times.
        let starts_before = |found: &ParsedDirective| (found.span.start as usize) < range.start;
        let ends_within = |found: &ParsedDirective| (found.span.end as usize) <= range.end;
        let from = self.0.partition_point(starts_before);
        let to = self.0.partition_point(ends_within);
        self.0.get(from..to).unwrap_or_default()
    }

    /// True if some directive has bytes in `range`.
    pub fn any_in(self, range: &Range<usize>) -> bool {
        let ends_before = |found: &ParsedDirective| (found.span.end as usize) <= range.start;
        match self.0.get(self.0.partition_point(ends_before)) {
            Some(found) => (found.span.start as usize) < range.end,
            None => false,
        }
    }
}
