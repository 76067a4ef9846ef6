//! A Markdown text -> a [`Tree`] with the references and anchors in it. CommonMark is pulldown-cmark's; what DocFX adds is found in the
//! text before (directives), in the words (bare addresses, uids) and among siblings (alerts, tabs). Nothing is spliced or rewritten, so
//! every span counts bytes the author typed.

mod address;
mod builder;
mod group;
mod table;
mod words;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::directive::{self, Found};
use super::document::{Anchor, Reference};
use super::slug::Ids;
use super::tree::Tree;

/// What the trees of one document share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub refs: Vec<Reference>,
    pub anchors: Vec<Anchor>,
    pub ids: Ids,
}

/// Reads the Markdown in `text` from byte `from` on.
pub(super) fn read(text: &str, from: usize, shared: &mut Shared) -> Tree {
    let found = directive::find(text, from);
    let masked = directive::mask(text, &found);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut events = Parser::new_ext(&masked[from..], options).into_offset_iter();
    let mut builder = builder::Builder::new(text, &masked, from, Directives(&found), shared);
    while let Some((event, range)) = events.next() {
        let span = from + range.start..from + range.end;
        let definitions = events.reference_definitions();
        let place = |label: &str| definitions.get(label).map(|definition| from + definition.span.start..from + definition.span.end);
        if matches!(event, Event::End(TagEnd::TableRow))
            && let Some(rest) = table::Rest::of(&masked, builder.cell_end()..span.end)
        {
            rest.cells(options, definitions, |event, span| builder.take(event, span, place));
        }
        builder.take(event, span, place);
    }
    builder.finish()
}

/// The directives of a text, by place.
#[derive(Clone, Copy)]
struct Directives<'a>(&'a [Found]);

impl<'a> Directives<'a> {
    /// The directive that starts at byte `start`.
    fn at(self, start: usize) -> Option<&'a Found> {
        let at = self.0.binary_search_by_key(&start, |found| found.span.start as usize).ok()?;
        self.0.get(at)
    }

    /// True if some directive has bytes in `range`.
    fn any_in(self, range: &std::ops::Range<usize>) -> bool {
        let at = self.0.partition_point(|found| (found.span.end as usize) <= range.start);
        self.0.get(at).is_some_and(|found| (found.span.start as usize) < range.end)
    }
}
