//! `[!...]`: which directive begins at such a sign. The readers of all of them are listed here.

use crate::source::Span;

use super::parsed::{Directive, DirectiveSearch, Mask, ParsedDirective};
use super::source_line::{SourceLine, is_escaped};
use super::{alert, div, include, snippet, video_embed};

/// Reads what is between `[!` and `]` on a line of a quote.
type QuoteDirective = fn(&str) -> Option<Directive>;

/// Directives that are a whole line of a quote; the first that fits wins.
const QUOTE_DIRECTIVES: [QuoteDirective; 3] = [alert::read, video_embed::read, div::read];

/// Adds all `[!...]` directives of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, search: &mut DirectiveSearch) {
    let mut at = from;
    let mut line = SourceLine::default();
    while let Some(offset) = opening(&text[at..]) {
        let start = at + offset;
        at = start + 2;
        if start >= line.end {
            line = SourceLine::around(text, start);
        }
        // With a backslash before it an author writes about a directive.
        if is_escaped(text, start) {
            continue;
        }
        let Some((end, directive)) = read(text, start, &line) else {
            let looks_like = alert::near_miss(line.rest(text, start), start, &line);
            search.problems.extend(looks_like);
            continue;
        };
        let mask = if line.is_filled(text, start, end) {
            Mask::Block
        } else {
            Mask::Inline
        };
        search.found.push(ParsedDirective {
            span: Span::new(start, end),
            directive,
            mask,
        });
        at = end;
    }
}

/// Where the first `[!` is. All texts are searched, and a single rare byte is found several times faster than two bytes are.
fn opening(text: &str) -> Option<usize> {
    for (at, _) in text.match_indices('!') {
        if text[..at].ends_with('[') {
            return Some(at - 1);
        }
    }
    None
}

/// The directive at byte `start`, and the byte behind it.
fn read(text: &str, start: usize, line: &SourceLine) -> Option<(usize, Directive)> {
    let rest = line.rest(text, start);
    // Only an include can be amid other text.
    if let Some((len, include)) = include::read(rest, start) {
        return Some((start + len, Directive::Include(include)));
    }
    if start != line.content {
        return None;
    }
    let whole = rest.trim_end();
    let end = start + whole.len();
    if let Some(snippet) = snippet::read(whole, start) {
        return Some((end, Directive::Snippet(snippet)));
    }
    if !line.in_quote {
        return None;
    }
    // DocFX allows nothing but white space behind the bracket (DocFX spec 4.1).
    let inside = whole.strip_prefix("[!")?.strip_suffix(']')?;
    for read in QUOTE_DIRECTIVES {
        if let Some(directive) = read(inside) {
            return Some((end, directive));
        }
    }
    None
}
