//! A Markdown text -> a [`Tree`] with the references and anchors in it. CommonMark is pulldown-cmark's; what DocFX adds is found in the
//! text before (directives), in the words (bare addresses, uids) and among siblings (alerts, tabs). Nothing is spliced or rewritten, so
//! every span counts bytes the author typed.

mod attributes;
mod builder;
mod containers;
mod directives;
mod grid_table;
mod heading;
mod link_destination;
mod smarty_pants;
mod table;
mod text;

use pulldown_cmark::{Options, Parser};

use super::dialect::{Dialect, Feature};
use super::directive::{self, ParsedDirective, SyntaxProblem};
use super::document::{Anchor, Reference};
use super::slug::UniqueIds;
use super::tree::Tree;

/// What the trees of one document share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub dialect: Dialect,
    pub refs: Vec<Reference>,
    pub anchors: Vec<Anchor>,
    pub ids: UniqueIds,
    /// What looks like a directive but is none.
    pub problems: Vec<SyntaxProblem>,
}

/// Reads the Markdown in `text` from byte `from` on.
pub(super) fn read(text: &str, from: usize, shared: &mut Shared) -> Tree {
    let dialect = shared.dialect;
    let search = directive::find(text, from, dialect);
    let masked = search.mask(text, from, dialect);
    let parser = Parser::new_ext(&masked[from..], options(dialect));
    let mut events = parser.into_offset_iter();
    let mut builder = builder::Builder::new(
        text,
        &masked,
        from,
        Directives(&search.found),
        &search.abbreviations,
        shared,
    );
    while let Some((event, range)) = events.next() {
        let span = from + range.start..from + range.end;
        builder.take(event, span, |label| {
            events
                .reference_definitions()
                .get(label)
                .map(|definition| from + definition.span.start..from + definition.span.end)
        });
    }
    builder.finish(search.problems)
}

fn options(dialect: Dialect) -> Options {
    let pairs = [
        (Feature::Strikethrough, Options::ENABLE_STRIKETHROUGH),
        (
            Feature::Subscript,
            Options::ENABLE_SUBSCRIPT | Options::ENABLE_STRIKETHROUGH,
        ),
        (Feature::Superscript, Options::ENABLE_SUPERSCRIPT),
        (Feature::Footnotes, Options::ENABLE_FOOTNOTES),
        (Feature::DefinitionLists, Options::ENABLE_DEFINITION_LIST),
    ];
    pairs
        .into_iter()
        .filter(|(feature, _)| dialect.has(*feature))
        .fold(Options::empty(), |all, (_, option)| all | option)
}

/// The directives of a text, by place.
#[derive(Clone, Copy)]
struct Directives<'a>(&'a [ParsedDirective]);

impl<'a> Directives<'a> {
    /// The directive that starts at byte `start`.
    fn at(self, start: usize) -> Option<&'a ParsedDirective> {
        let at = self
            .0
            .binary_search_by_key(&start, |found| found.span.start as usize)
            .ok()?;
        self.0.get(at)
    }

    /// The directives with all their bytes in `range`.
    fn within(self, range: &std::ops::Range<usize>) -> &'a [ParsedDirective] {
        let from = self
            .0
            .partition_point(|found| (found.span.start as usize) < range.start);
        let to = self
            .0
            .partition_point(|found| (found.span.end as usize) <= range.end);
        self.0.get(from..to).unwrap_or_default()
    }

    /// True if some directive has bytes in `range`.
    fn any_in(self, range: &std::ops::Range<usize>) -> bool {
        let at = self
            .0
            .partition_point(|found| (found.span.end as usize) <= range.start);
        self.0
            .get(at)
            .is_some_and(|found| (found.span.start as usize) < range.end)
    }
}
