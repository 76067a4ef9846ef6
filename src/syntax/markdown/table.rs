//! Cells beyond those of the head row. GFM, and so the parser, drops them; DocFX shows them (spec 2.3), and so what an author wrote there
//! must not get lost. The rest of such a row is read as the only row of a table that is wide enough.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, RefDefs, Tag, TagEnd};

/// What stands in a row behind the last cell the head row has room for.
pub(super) struct Rest {
    text: String,
    /// How many bytes of `text` no author wrote.
    head: usize,
    /// Where in the source the others begin.
    at: usize,
}

impl Rest {
    /// The rest of a row that has been read up to `range.start`; nothing if there are no words in it.
    pub fn of(source: &str, range: Range<usize>) -> Option<Rest> {
        let rest = source.get(range.clone())?.trim_end();
        if rest.trim_matches(['|', ' ', '\t']).is_empty() {
            return None;
        }
        let columns = rest.matches('|').count() + 1;
        let head = format!("{}\n{}\n", "|a".repeat(columns), "|-".repeat(columns));
        Some(Rest { head: head.len(), text: head + rest, at: range.start })
    }

    /// The cells, with the places of the source they stand at.
    pub fn cells(&self, options: Options, definitions: &RefDefs<'_>, mut take: impl FnMut(Event<'_>, Range<usize>)) {
        let known = |link: BrokenLink<'_>| {
            let found = definitions.get(&link.reference)?;
            let title = found.title.clone().map_or(CowStr::Borrowed(""), CowStr::into_static);
            Some((found.dest.clone().into_static(), title))
        };
        let parser = Parser::new_with_broken_link_callback(&self.text, options, Some(known));
        let mut in_row = false;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::TableRow) => in_row = true,
                Event::End(TagEnd::TableRow) => in_row = false,
                // Cells at the very end only fill the row up.
                event if in_row && range.start < self.text.len() => {
                    take(event, self.at + range.start - self.head..self.at + range.end - self.head);
                }
                _ => {}
            }
        }
    }
}
