//! The text of a document -> its tree: masks the directives, reads CommonMark, builds the nodes.

use pulldown_cmark::{Options, Parser};

use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::directive;
use crate::syntax::tree::Tree;

use super::builder::{Builder, BuilderInput};
use super::context::DocumentContext;
use super::directive_index::DirectiveIndex;

/// Parses the Markdown in `text` from byte `from` on.
pub(in crate::syntax) fn parse(text: &str, from: usize, context: &mut DocumentContext) -> Tree {
    let dialect = context.dialect;
    // Before CommonMark, as the markers of a directive mean other things there: `[!NOTE]` is a
    // link text, `:::` is text.
    let search = directive::find(text, from, dialect);
    let masked = search.mask(text, from, dialect);
    let parser = Parser::new_ext(&masked[from..], options(dialect));
    // An `Iterator::for_each` would borrow the parser, whose link definitions are needed while
    // it runs.
    let mut events = parser.into_offset_iter();
    let input = BuilderInput {
        source: text,
        masked: &masked,
        from,
        directives: DirectiveIndex(&search.found),
        abbreviations: &search.abbreviations,
        parse,
    };
    let mut builder = Builder::new(input, context);
    while let Some((event, range)) = events.next() {
        let span = from + range.start..from + range.end;
        builder.event(event, span, |label| {
            let definition = events.reference_definitions().get(label)?;
            Some(from + definition.span.start..from + definition.span.end)
        });
    }
    builder.finish(search.problems)
}

/// What pulldown-cmark reads itself. The rest is found by this program: its tables, tasks and math differ from Markdig's.
fn options(dialect: Dialect) -> Options {
    let features = [
        (Feature::Strikethrough, Options::ENABLE_STRIKETHROUGH),
        (
            Feature::Subscript,
            Options::ENABLE_SUBSCRIPT | Options::ENABLE_STRIKETHROUGH,
        ),
        (Feature::Superscript, Options::ENABLE_SUPERSCRIPT),
        (Feature::Footnotes, Options::ENABLE_FOOTNOTES),
        (Feature::DefinitionLists, Options::ENABLE_DEFINITION_LIST),
    ];
    let mut options = Options::empty();
    for (feature, option) in features {
        if dialect.has(feature) {
            options |= option;
        }
    }
    options
}
