//! Finds the `[!...]` directives in a Markdown text and hides each behind bytes of the same length that CommonMark already treats the way
//! DocFX treats the directive. Because lengths are kept, no span needs translating afterwards.
//!
//! A directive alone on its line becomes a processing instruction `<?...?>`: an HTML block that interrupts a paragraph, never continues
//! one lazily, ends with its line, and works in lists and quotes. One amid other text becomes a tag `<iiii>`: inline HTML that starts no block,
//! and ends no comment around it.
//! Where CommonMark then finds the mask in code or in a comment, the author's bytes are put back by the reader of the events.

mod alert;
mod include;
mod snippet;
mod tabs;
mod video;

use std::borrow::Cow;

use crate::source::Span;

pub use alert::AlertKind;
pub use include::Include;
pub use snippet::{Missing, Selector, Snippet, select};
pub(super) use tabs::tab_of;
pub use video::embed_address;

/// One directive as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// All its bytes, from `[!` to the last bracket.
    pub span: Span,
    /// What it says.
    pub directive: Directive,
    /// True if nothing else stands on its line but markers of lists and quotes.
    pub alone: bool,
}

/// What a directive says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directive {
    /// `[!include[title](path)]`
    Include(Include),
    /// `[!code-lang[name](path)]`
    Snippet(Snippet),
    /// `[!NOTE]` in a quote.
    Alert(AlertKind),
    /// `[!div attributes]` in a quote.
    Div(Box<str>),
    /// `[!Video address]` in a quote.
    Video(Box<str>),
}

/// No directive is longer. A hostile line of a thousand half directives is not searched to its end for each.
const LONGEST: usize = 4096;

/// All directives of `text` from byte `from` on, in order. Code and comments are not known here, so some may prove to be plain text.
pub fn find(text: &str, from: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = from;
    let mut line = Line::default();
    while let Some(start) = text[at..].find("[!").map(|offset| at + offset) {
        at = start + 2;
        if start >= line.end {
            line = Line::around(text, start);
        }
        if escaped(text, start) {
            continue;
        }
        if let Some((end, directive)) = read(text, start, &line) {
            let alone = start == line.content && text[end..line.end].trim().is_empty();
            found.push(Found { span: Span::new(start, end), directive, alone });
            at = end;
        }
    }
    found
}

/// `text` with every directive hidden.
pub fn mask<'a>(text: &'a str, found: &[Found]) -> Cow<'a, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for directive in found {
        masked.push_str(&text[at..directive.span.start as usize]);
        let (open, fill, close) = if directive.alone { ("<?", "\u{1}", "?>") } else { ("<i", "i", ">") };
        masked.push_str(open);
        for _ in open.len() + close.len()..directive.span.len() {
            masked.push_str(fill);
        }
        masked.push_str(close);
        at = directive.span.end as usize;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

fn read(text: &str, start: usize, line: &Line) -> Option<(usize, Directive)> {
    let rest = &text[start..text.floor_char_boundary(line.end.min(start + LONGEST))];
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
        .map(Directive::Alert)
        .or_else(|| video::read(inside).map(Directive::Video))
        .or_else(|| alert::read_div(inside).map(Directive::Div))?;
    Some((start + whole.len(), directive))
}

fn escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// The line a directive stands on.
#[derive(Default)]
struct Line {
    end: usize,
    /// Where its content begins, after markers of quotes and lists.
    content: usize,
    in_quote: bool,
}

impl Line {
    fn around(text: &str, at: usize) -> Line {
        let start = text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |offset| at + offset);
        let mut rest = text[start..end].trim_start_matches([' ', '\t']);
        let mut in_quote = false;
        while let Some((after, quote)) = marker(rest) {
            in_quote = quote;
            rest = after.trim_start_matches([' ', '\t']);
        }
        Line { end, content: end - rest.len(), in_quote }
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
    let marker = if digits > 0 { text[digits..].strip_prefix(['.', ')']) } else { text.strip_prefix(['-', '+', '*']) }?;
    marker.starts_with([' ', '\t']).then_some(marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_length_and_everything_else() {
        let text = "på [!include[x](a.md)] her\n\n> [!NOTE]\n> tekst\n* [!include[y|z](b.md)]  \n\\[!include[n](c.md)]\n[!NOTE]\n";
        let found = find(text, 0);
        let masked = mask(text, &found);
        assert_eq!(masked.len(), text.len());
        assert_eq!(
            found.iter().map(|one| (one.span.of(text), one.alone)).collect::<Vec<_>>(),
            [("[!include[x](a.md)]", false), ("[!NOTE]", true), ("[!include[y|z](b.md)]", true)]
        );
        assert_eq!(masked.lines().next(), Some("på <iiiiiiiiiiiiiiiii> her"));
        assert_eq!(masked.lines().nth(2), Some("> <?\u{1}\u{1}\u{1}?>"));
    }
}
