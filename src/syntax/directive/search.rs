//! A text -> all its directives in order, from the files that read them.

use std::cmp::Reverse;

use crate::syntax::dialect::{Dialect, Feature};

use super::parsed::{Directive, DirectiveSearch, Mask, ParsedDirective};
use super::{abbreviation, attributes, brackets, grid_table, math, triple_colon, xref};

/// Reads the directives of `text` from byte `from` on.
pub fn find(text: &str, from: usize, dialect: Dialect) -> DirectiveSearch {
    let mut search = DirectiveSearch::default();
    let body = &text[from..];
    if dialect.has(Feature::DocFx) {
        // These two search for one rare byte each.
        brackets::find(text, from, &mut search);
        triple_colon::find(text, from, dialect, &mut search);
    }
    if dialect.has(Feature::DocFx) && body.contains("<xref:") {
        xref::find(text, from, &mut search.found);
    }
    // Each search is preceded by one for its rarest sign: most texts of most sites have none of these.
    if dialect.has(Feature::Math) && body.contains('$') {
        math::find(text, from, &mut search.found);
    }
    if dialect.has(Feature::Attributes) && body.contains('{') {
        for found in attributes::find(text, from) {
            // What ends a heading or stands alone is no part of the text CommonMark reads.
            let mask = if found.is_inline {
                Mask::Inline
            } else {
                Mask::Blank
            };
            search.found.push(ParsedDirective {
                span: found.span,
                directive: Directive::Attributes(found.attributes.into()),
                mask,
            });
        }
    }
    if dialect.has(Feature::Abbreviations) && body.contains("*[") {
        let (abbreviations, definitions) = abbreviation::find(text, from);
        search.abbreviations = abbreviations;
        for span in definitions {
            search.found.push(ParsedDirective {
                span,
                directive: Directive::Abbreviation,
                mask: Mask::Block,
            });
        }
    }
    if dialect.has(Feature::GridTables) && body.contains("+-") {
        for (span, grid) in grid_table::find(text, from) {
            search.found.push(ParsedDirective {
                span,
                directive: Directive::Grid(grid.into()),
                mask: Mask::Table,
            });
        }
    }
    search.sort();
    search
}

impl DirectiveSearch {
    /// Puts the directives in order and drops those within others. The first one wins, as in a parser that goes from left to right.
    fn sort(&mut self) {
        if !self.found.is_sorted_by_key(|found| found.span.start) {
            self.found
                .sort_by_key(|found| (found.span.start, Reverse(found.span.end)));
        }
        let mut end = 0;
        self.found.retain(|found| {
            let is_free = found.span.start >= end;
            if is_free {
                end = found.span.end;
            }
            is_free
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::directive::Mask;

    #[test]
    fn masks_keep_length_and_everything_else() {
        let text = "på [!include[x](a.md)] her\n\n> [!NOTE]\n> tekst\n* [!include[y|z](b.md)]  \n\\[!include[n](c.md)]\n[!NOTE]\n";
        let search = find(text, 0, Dialect::DOCFX);
        let masked = search.mask(text, 0, Dialect::DOCFX);
        assert_eq!(masked.len(), text.len());
        let mut found = Vec::new();
        for one in &search.found {
            found.push((one.span.of(text), one.mask));
        }
        assert_eq!(
            found,
            [
                ("[!include[x](a.md)]", Mask::Inline),
                ("[!NOTE]", Mask::Block),
                ("[!include[y|z](b.md)]", Mask::Block)
            ]
        );
        assert_eq!(masked.lines().next(), Some("på <iiiiiiiiiiiiiiiii> her"));
        assert_eq!(masked.lines().nth(2), Some("> <?\u{1}\u{1}\u{1}?>"));
    }

    #[test]
    fn directives_within_others_are_not_read() {
        let text = "[!include[$x$](a.md)] and $y$\n";
        let found = find(text, 0, Dialect::DOCFX).found;
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].span.of(text), "$y$");
    }
}
