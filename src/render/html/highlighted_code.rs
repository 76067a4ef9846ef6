//! Code and its tokens -> HTML. The text of the HTML is the code, byte for byte.

use crate::highlight::{Token, TokenKind, Tokens};

use crate::source::escape::escape;

/// Lines of a code block to highlight: a first and a last one, counted from 1.
pub(super) type LineRange = (usize, usize);

/// The opening tag of a token. Themes know these classes; they are documented in the manual.
fn tag(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Attribute => "<span class=\"hl-a\">",
        TokenKind::Comment => "<span class=\"hl-c\">",
        TokenKind::Function => "<span class=\"hl-f\">",
        TokenKind::Keyword => "<span class=\"hl-k\">",
        TokenKind::Literal => "<span class=\"hl-l\">",
        TokenKind::Meta => "<span class=\"hl-m\">",
        TokenKind::Number => "<span class=\"hl-n\">",
        TokenKind::Text => "<span class=\"hl-s\">",
        TokenKind::Type => "<span class=\"hl-t\">",
        TokenKind::Variable => "<span class=\"hl-v\">",
    }
}

/// Lines to highlight, as authors write them: `1-3,5,7-`. An open end runs to the last line; what is no range is ignored.
pub(super) fn line_ranges(ranges: &str) -> Vec<LineRange> {
    let mut lines = Vec::new();
    for range in ranges.split([',', ' ']) {
        let (first, last) = match range.split_once('-') {
            // The end is not known here, and lines beyond it do no harm.
            Some((first, "")) => (line_number(first), Some(usize::MAX)),
            Some((first, last)) => (line_number(first), line_number(last)),
            None => (line_number(range), line_number(range)),
        };
        if let (Some(first), Some(last)) = (first, last) {
            lines.push((first, last));
        }
    }
    lines
}

/// `5` or `L5`.
fn line_number(text: &str) -> Option<usize> {
    text.trim().trim_start_matches(['L', 'l']).parse().ok()
}

/// Appends `code` with its tokens as elements. Each of the `highlighted` lines is in an element of its own, so a token that runs over several
/// lines is split at their ends.
pub(super) fn write(code: &str, tokens: &Tokens, highlighted: &[LineRange], out: &mut String) {
    let mut writer = CodeWriter {
        code,
        tokens: tokens.as_slice(),
        at: 0,
        out,
    };
    if highlighted.is_empty() {
        return writer.write_to(code.len());
    }
    for (index, line) in code.split_inclusive('\n').enumerate() {
        let end = writer.at + line.len();
        if is_highlighted(index + 1, highlighted) {
            writer.out.push_str("<mark class=\"hl-line\">");
            writer.write_to(end);
            writer.out.push_str("</mark>");
        } else {
            writer.write_to(end);
        }
    }
}

fn is_highlighted(line: usize, ranges: &[LineRange]) -> bool {
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&line))
}

struct CodeWriter<'a> {
    code: &'a str,
    /// The tokens that end after `at`.
    tokens: &'a [Token],
    /// Everything before is written.
    at: usize,
    out: &'a mut String,
}

impl CodeWriter<'_> {
    /// Writes the code up to `end`. A token that goes on after it stays the next one.
    fn write_to(&mut self, end: usize) {
        while let [token, rest @ ..] = self.tokens {
            if token.start >= end {
                break;
            }
            let (from, to) = (token.start.max(self.at), token.end.min(end));
            escape(&self.code[self.at..from], self.out);
            self.out.push_str(tag(token.kind));
            escape(&self.code[from..to], self.out);
            self.out.push_str("</span>");
            self.at = to;
            // The rest of the token begins the next line, with an element of its own.
            if token.end > end {
                break;
            }
            self.tokens = rest;
        }
        escape(&self.code[self.at..end], self.out);
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_may_be_open_or_nonsense() {
        assert_eq!(line_ranges("1-3, 5,L7-"), [(1, 3), (5, 5), (7, usize::MAX)]);
        assert_eq!(line_ranges("x,-,3-y"), []);
    }
}
