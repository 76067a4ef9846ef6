//! Finds the `[!...]` directives in a Markdown text and hides each behind bytes of the same length that CommonMark already treats the way
//! DocFX treats the directive. Because lengths are kept, no span needs translating afterwards.
//!
//! A directive alone on its line becomes a processing instruction `<?...?>`: an HTML block that interrupts a paragraph, never continues
//! one lazily, ends with its line, and works in lists and quotes. One amid other text becomes a tag `<iiii>`: inline HTML that starts no block,
//! and ends no comment around it.
//! Where CommonMark then finds the mask in code or in a comment, the author's bytes are put back by the reader of the events.

mod abbreviation;
mod alert;
mod attributes;
mod colon;
mod grid_table;
mod include;
mod list_extras;
mod math;
mod outdent;
mod snippet;
mod tabs;
mod video;

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::source::Span;

use super::dialect::{Dialect, Feature};

pub use abbreviation::Abbreviations;
pub use alert::AlertKind;
pub use attributes::Attributes;
pub use colon::{Address, Colon, Container, ImageAttributes, Slip, VideoDirective};
pub use grid_table::Grid;
pub use include::{Include, include_fallback_text};
pub use list_extras::list_marker_number;
pub use snippet::{Snippet, SnippetError, SnippetSelector, is_known_language, select_lines};
pub(super) use tabs::tab_of;
pub use video::video_embed_url;

/// One directive as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// All its bytes, from `[!` to the last bracket.
    pub span: Span,
    /// What it says.
    pub directive: Directive,
    /// Behind what it is hidden.
    pub hide: Hide,
}

/// Behind what a directive is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hide {
    /// `<?...?>`: nothing else stands on its line but markers of lists and quotes.
    Block,
    /// `<iiii>`: stands among other words.
    Tag,
    /// `<im:iii>`: stands alone, but is a word.
    Word,
    /// A word in backticks: a formula that stands alone.
    Code,
    /// `<?` and `?>`, and what is between them stays.
    Lines,
    /// Spaces.
    Blank,
    /// `<?...?>` over several lines.
    Drawn,
}

/// What a directive says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directive {
    /// `[!include[title](path)]`
    Include(Include),
    /// `[!code-lang[name](path)]`
    Snippet(Snippet),
    /// `[!NOTE]` in a quote, or any other word: sites can have alerts of their own.
    Alert(Box<str>),
    /// `[!div attributes]` in a quote.
    Div(Box<str>),
    /// `[!Video address]` in a quote.
    Video(Box<str>),
    /// `:::name:::`
    Colon(Colon),
    /// `$x$`; the bytes inside.
    Math(Span),
    /// `$$` ... `$$`
    MathBlock,
    /// `{#id .class key=value}`
    Attributes(Box<Attributes>),
    /// `*[label]: text`; nothing is shown where it stands.
    Abbreviation,
    /// A table drawn with `+---+`.
    Grid(Box<Grid>),
}

/// No directive is longer. A hostile line of a thousand half directives is not searched to its end for each.
const LONGEST: usize = 4096;

/// What the search for directives gives.
#[derive(Debug, Default)]
pub struct Search {
    /// All directives in order. Code and comments are not known here, so some may prove to be plain text.
    pub found: Vec<Found>,
    /// What looks like a directive but is none; the same holds.
    pub slips: Vec<Slip>,
    /// What words are short for.
    pub abbreviations: Abbreviations,
    rows: Vec<(usize, usize)>,
}

/// Looks for directives in `text` from byte `from` on.
pub fn find(text: &str, from: usize, dialect: Dialect) -> Search {
    let mut search = Search::default();
    if dialect.has(Feature::DocFx) {
        search.brackets(text, from);
        if colons(&text[from..]).is_some() {
            search.colons(text, from);
        }
    }
    if dialect.has(Feature::Math) && text[from..].contains('$') {
        math::find(text, from, &mut search.found);
    }
    if dialect.has(Feature::Attributes) && text[from..].contains('{') {
        attributes::find(text, from, &mut search.found);
    }
    if dialect.has(Feature::Abbreviations) && text[from..].contains("*[") {
        search.abbreviations = abbreviation::find(text, from, &mut search.found);
    }
    if dialect.has(Feature::GridTables) && text[from..].contains("+-") {
        grid_table::find(text, from, &mut search.found);
    }
    if !search.found.is_sorted_by_key(|found| found.span.start) {
        search
            .found
            .sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    }
    let mut end = 0;
    search.found.retain(|found| {
        let free = found.span.start >= end;
        if free {
            end = found.span.end;
        }
        free
    });
    search
}

impl Search {
    fn brackets(&mut self, text: &str, from: usize) {
        let mut at = from;
        let mut line = Line::default();
        while let Some(start) = opening(&text[at..]).map(|offset| at + offset) {
            at = start + 2;
            if start >= line.end {
                line = Line::around(text, start);
            }
            if escaped(text, start) {
                continue;
            }
            match read(text, start, &line) {
                Some((end, directive)) => {
                    let alone = start == line.content && text[end..line.end].trim().is_empty();
                    let hide = if alone { Hide::Block } else { Hide::Tag };
                    self.found.push(Found {
                        span: Span::new(start, end),
                        directive,
                        hide,
                    });
                    at = end;
                }
                None => self.slips.extend(alert::slip(
                    line.from(text, start),
                    start,
                    line.in_quote,
                    start == line.content,
                )),
            }
        }
    }

    fn colons(&mut self, text: &str, from: usize) {
        let mut open: Vec<(Container, Span)> = Vec::new();
        let mut at = from;
        let mut line = Line::default();
        while let Some(start) = colons(&text[at..]).map(|offset| at + offset) {
            if start >= line.end {
                line = Line::around(text, start);
            }
            let rest = line.from(text, start);
            at = start + rest.bytes().take_while(|&byte| byte == b':').count();
            if escaped(text, start) {
                continue;
            }
            let (len, colon) = match colon::read(rest, start, start == line.content) {
                Ok(Some(read)) => read,
                Ok(None) => continue,
                Err(slip) => {
                    self.slips.push(slip);
                    continue;
                }
            };
            let span = Span::new(start, start + len);
            match &colon {
                Colon::Open(container) => {
                    if matches!(container, Container::Zone { .. })
                        && open.iter().any(|(outer, _)| outer.name() == "zone")
                    {
                        let help = "End the first zone with `::: zone-end` before.".to_owned();
                        self.slips.push(Slip {
                            code: Code::InvalidDirective,
                            span,
                            message: "a zone cannot stand in a zone".to_owned(),
                            help,
                        });
                        continue;
                    }
                    open.push((container.clone(), span));
                }
                Colon::Close(name) => {
                    let Some(opener) = open
                        .iter()
                        .rposition(|(container, _)| container.name() == *name)
                    else {
                        continue;
                    };
                    self.unclosed(open.drain(opener + 1..));
                    if let Some((_, opening)) = open
                        .pop()
                        .filter(|(container, _)| container.name() == "row")
                        && !open.iter().any(|(container, _)| container.name() == "row")
                    {
                        self.rows.push((opening.start as usize, start));
                    }
                }
                _ => {}
            }
            let word = matches!(colon, Colon::Image(_) | Colon::Video(_) | Colon::NoLoc(_));
            let alone = start == line.content && text[start + len..line.end].trim().is_empty();
            let hide = match (alone, word) {
                (true, true) => Hide::Word,
                (true, false) => Hide::Block,
                (false, _) => Hide::Tag,
            };
            self.found.push(Found {
                span,
                directive: Directive::Colon(colon),
                hide,
            });
            at = start + len;
        }
        if let Some((_, opening)) = open.iter().find(|(container, _)| container.name() == "row") {
            self.rows.push((opening.start as usize, text.len()));
        }
        self.unclosed(open.drain(..));
    }

    fn unclosed(&mut self, open: impl Iterator<Item = (Container, Span)>) {
        for (container, span) in open {
            let name = container.name();
            let end = if matches!(name, "zone" | "moniker") {
                format!("::: {name}-end")
            } else {
                format!(":::{name}-end:::")
            };
            self.slips.push(Slip {
                code: Code::UnclosedBlock,
                span,
                message: format!("`:::{name}` is not closed"),
                help: format!("Write `{end}` where it ends."),
            });
        }
    }

    /// `text` with every directive hidden.
    pub fn mask<'a>(&self, text: &'a str, from: usize, dialect: Dialect) -> Cow<'a, str> {
        let tables = dialect.has(Feature::PipeTables) && text[from..].contains("- |");
        let (letters, definitions) = (
            dialect.has(Feature::ListExtras),
            dialect.has(Feature::DefinitionLists),
        );
        if self.found.is_empty() && !tables && !letters && !definitions {
            return Cow::Borrowed(text);
        }
        let mut masked = text.as_bytes().to_vec();
        for found in &self.found {
            let (open, fill, close): (&[u8], u8, &[u8]) = match found.hide {
                Hide::Block => (b"<?", 1, b"?>"),
                Hide::Tag => (b"<i", b'i', b">"),
                Hide::Word => (b"<im:", b'i', b">"),
                Hide::Code => (b"`", b'i', b"`"),
                Hide::Lines => (b"<?", 0, b"?>"),
                Hide::Drawn => (b"<?", 1, b"?>"),
                Hide::Blank => (b"", b' ', b""),
            };
            let span = &mut masked[found.span.range()];
            if span.len() < open.len() + close.len() {
                continue;
            }
            match found.hide {
                Hide::Lines => {}
                Hide::Drawn => fill_lines(span, fill),
                _ => span.fill(fill),
            }
            let end = span.len() - close.len();
            span[..open.len()].copy_from_slice(open);
            span[end..].copy_from_slice(close);
        }
        outdent::outdent(text, &self.rows, &mut masked);
        if tables {
            hide_dashes(text, from, &mut masked);
        }
        if letters {
            list_extras::hide(text, from, &mut masked);
        }
        if definitions {
            hide_narrow_definitions(text, from, &mut masked);
        }
        // Only whole characters are replaced, and by ASCII.
        String::from_utf8(masked).map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

/// Fills all but the line breaks, and what stands before the lines.
fn fill_lines(bytes: &mut [u8], fill: u8) {
    let mut begins = false;
    for byte in bytes {
        begins = match *byte {
            b'\n' | b'\r' => true,
            b' ' | b'\t' | b'>' if begins => true,
            _ => {
                *byte = fill;
                false
            }
        };
    }
}

/// `- | -` below the head of a table is no list: its first sign is made a word.
fn hide_dashes(text: &str, from: usize, masked: &mut [u8]) {
    for (offset, _) in text[from..].match_indices("- |") {
        let at = from + offset;
        let line = Line::around(text, at);
        let delimiters = text[at..line.end]
            .bytes()
            .all(|byte| matches!(byte, b'-' | b'|' | b':' | b' ' | b'\t'));
        let first = text[line.start..at]
            .bytes()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
        if delimiters && first && masked[at] == b'-' {
            masked[at] = 1;
        }
    }
}

/// `:` defines something only if it takes four columns with the spaces around it; otherwise it is made a word.
fn hide_narrow_definitions(text: &str, from: usize, masked: &mut [u8]) {
    for (offset, _) in text[from..].match_indices(':') {
        let at = from + offset;
        let begins_line = text[..at]
            .trim_end_matches([' ', '\t', '>'])
            .ends_with('\n');
        let before = text[..at]
            .bytes()
            .rev()
            .take(3)
            .take_while(|byte| *byte == b' ')
            .count();
        let behind = text[at + 1..]
            .bytes()
            .take(3)
            .take_while(|byte| *byte == b' ')
            .count();
        if begins_line
            && masked[at] == b':'
            && (before + behind < 3 || behind == 0)
            && !text[at + 1..].starts_with('\t')
        {
            masked[at] = 1;
        }
    }
}

/// Where the first `[!` is. All texts are looked through, and a single rare sign is found several times faster than two are.
fn opening(text: &str) -> Option<usize> {
    text.match_indices('!')
        .find(|(at, _)| text[..*at].ends_with('['))
        .map(|(at, _)| at - 1)
}

/// Where the first `:::` is.
fn colons(text: &str) -> Option<usize> {
    text.match_indices(':')
        .find(|(at, _)| text[*at..].starts_with(":::"))
        .map(|(at, _)| at)
}

fn read(text: &str, start: usize, line: &Line) -> Option<(usize, Directive)> {
    let rest = line.from(text, start);
    if let Some((len, include)) = include::read(rest, start) {
        return Some((start + len, Directive::Include(include)));
    }
    if start != line.content {
        return None;
    }
    let whole = rest.trim_end();
    if let Some(snippet) = snippet::read(whole, start) {
        return Some((start + whole.len(), Directive::Snippet(snippet)));
    }
    if !line.in_quote {
        return None;
    }
    let inside = whole.strip_prefix("[!")?.strip_suffix(']')?;
    let directive = alert::read(inside)
        .map(|keyword| Directive::Alert(keyword.into()))
        .or_else(|| video::read(inside).map(Directive::Video))
        .or_else(|| alert::read_div(inside).map(Directive::Div))?;
    Some((start + whole.len(), directive))
}

fn escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'\\')
        .count()
        % 2
        == 1
}

/// The line a directive stands on.
#[derive(Default)]
struct Line {
    start: usize,
    end: usize,
    /// Where its content begins, after markers of quotes and lists.
    content: usize,
    in_quote: bool,
}

impl Line {
    fn around(text: &str, at: usize) -> Line {
        let start = text[..at]
            .rfind(['\n', '\r'])
            .map_or(0, |newline| newline + 1);
        let end = text[at..]
            .find(['\n', '\r'])
            .map_or(text.len(), |offset| at + offset);
        let mut rest = text[start..end].trim_start_matches([' ', '\t']);
        let mut in_quote = false;
        while let Some((after, quote)) = marker(rest) {
            in_quote = quote;
            rest = after.trim_start_matches([' ', '\t']);
        }
        Line {
            start,
            end,
            content: end - rest.len(),
            in_quote,
        }
    }

    /// What stands on the line from byte `at` on, as far as a directive can reach.
    fn from<'a>(&self, text: &'a str, at: usize) -> &'a str {
        &text[at..text.floor_char_boundary(self.end.min(at + LONGEST))]
    }
}

/// What follows the marker of a quote or list at the start of `text`, and whether it is a quote's.
fn marker(text: &str) -> Option<(&str, bool)> {
    match text.strip_prefix('>') {
        Some(rest) => Some((rest, true)),
        None => list_marker(text).map(|rest| (rest, false)),
    }
}

fn list_marker(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker = if digits > 0 {
        text[digits..].strip_prefix(['.', ')'])
    } else {
        text.strip_prefix(['-', '+', '*'])
    }?;
    marker.starts_with([' ', '\t']).then_some(marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_length_and_everything_else() {
        let text = "på [!include[x](a.md)] her\n\n> [!NOTE]\n> tekst\n* [!include[y|z](b.md)]  \n\\[!include[n](c.md)]\n[!NOTE]\n";
        let search = find(text, 0, Dialect::DOCFX);
        let (found, masked) = (&search.found, search.mask(text, 0, Dialect::DOCFX));
        assert_eq!(masked.len(), text.len());
        assert_eq!(
            found
                .iter()
                .map(|one| (one.span.of(text), one.hide == Hide::Block))
                .collect::<Vec<_>>(),
            [
                ("[!include[x](a.md)]", false),
                ("[!NOTE]", true),
                ("[!include[y|z](b.md)]", true)
            ]
        );
        assert_eq!(masked.lines().next(), Some("på <iiiiiiiiiiiiiiiii> her"));
        assert_eq!(masked.lines().nth(2), Some("> <?\u{1}\u{1}\u{1}?>"));
    }
}
