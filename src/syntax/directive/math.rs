//! `$x$` and `$$` blocks (DocFX spec 2.3): where formulas are. What is in them is not Markdown.

use crate::source::Span;

use super::parsed::{Directive, Mask, ParsedDirective};
use super::source_line::LONGEST_DIRECTIVE;

/// Adds all formulas of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, found: &mut Vec<ParsedDirective>) {
    let mut start = from;
    let mut block: Option<usize> = None;
    for line in text[from..].split_inclusive(['\n', '\r']) {
        let end = start + line.len();
        if !line.contains('$') {
            start = end;
            continue;
        }
        let content = line.trim_start_matches([' ', '\t', '>']);
        let at = end - content.len();
        // Between the signs of a block nothing is Markdown, and no `$` within text is one of
        // its own.
        if content.trim_end() == "$$" {
            match block.take() {
                Some(open) => found.push(ParsedDirective {
                    span: Span::new(open, at + 2),
                    directive: Directive::MathBlock,
                    mask: Mask::Fence,
                }),
                None => block = Some(at),
            }
        } else if block.is_none() {
            let mut finder = InlineFinder {
                text,
                line: start,
                end: start + line.trim_end().len(),
            };
            finder.find(found);
        }
        start = end;
    }
}

/// Formulas in one line.
struct InlineFinder<'a> {
    text: &'a str,
    /// The first byte of the line.
    line: usize,
    /// The byte behind the line.
    end: usize,
}

impl InlineFinder<'_> {
    fn find(&mut self, found: &mut Vec<ParsedDirective>) {
        let mut at = self.line;
        while at < self.end {
            at = match self.text.as_bytes()[at] {
                b'\\' => at + 2,
                b'`' => self.skip_code(at),
                b'<' => self.skip_angle(at),
                b'$' => match self.formula(at) {
                    Ok((end, inner)) => {
                        found.push(ParsedDirective {
                            span: Span::new(at, end),
                            directive: Directive::Math(inner),
                            mask: self.mask(at, end),
                        });
                        end
                    }
                    Err(end) => end,
                },
                _ => at + 1,
            };
        }
    }

    /// A formula that is alone on its line is a paragraph: masked as a tag it would begin a block of HTML.
    fn mask(&self, start: usize, end: usize) -> Mask {
        let mut before = self.text[self.line..start].bytes();
        let is_first = before.all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
        if is_first && end == self.end {
            Mask::Code
        } else {
            Mask::Inline
        }
    }

    /// Behind the code that begins with the backticks at `at`, or behind the backticks if it doesn't end on this line.
    fn skip_code(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[..self.end];
        let run = run_len(bytes, at, b'`');
        let mut next = at + run;
        while next < bytes.len() {
            let len = run_len(bytes, next, b'`');
            if len == run {
                return next + len;
            }
            next += len.max(1);
        }
        at + run
    }

    /// Up to the `>` of a tag or an address in angle brackets.
    fn skip_angle(&self, at: usize) -> usize {
        let inside = &self.text[at + 1..self.end];
        let is_tag = inside.starts_with(|first: char| first.is_ascii_alphabetic());
        match inside.find('>') {
            Some(len) if is_tag => at + 1 + len,
            _ => at + 1,
        }
    }

    /// The formula that begins with the `$` at `at`: the byte behind it, and the bytes inside; else the byte to go on at.
    fn formula(&self, at: usize) -> Result<(usize, Span), usize> {
        // As with all directives: half formulas must not be searched to the end of a long line.
        let limit = self.end.min(at + LONGEST_DIRECTIVE);
        let text = &self.text[..self.text.floor_char_boundary(limit)];
        let bytes = text.as_bytes();
        let run = run_len(bytes, at, b'$');
        let sign = run.min(2);
        let no_formula = Err(at + run);
        if !is_edge(text[self.line..at].chars().next_back()) || text[at + run..].is_empty() {
            return no_formula;
        }
        let space_inside = text[at + sign..].starts_with([' ', '\t']);
        let mut close = at + run;
        while close < bytes.len() {
            match bytes[close] {
                b'\\' => close += 2,
                b'$' => {
                    let closing = run_len(bytes, close, b'$');
                    let end = close + closing;
                    // White space at both ends or at none: `costs $5 and $6` is no formula.
                    let space_before = text[..close].ends_with([' ', '\t']);
                    if closing < sign
                        || closing != run && closing != sign
                        || space_before != space_inside
                        || !is_edge(text[end..].chars().next())
                    {
                        // The next sign that could end the formula decides.
                        return no_formula;
                    }
                    // Signs beyond two belong to what is inside.
                    let inner = &text[at + sign..end - sign];
                    let start = at + sign + (inner.len() - inner.trim_start().len());
                    return Ok((end, Span::new(start, start + inner.trim().len())));
                }
                _ => close += 1,
            }
        }
        no_formula
    }
}

/// How many times `sign` is repeated from byte `at` on.
fn run_len(bytes: &[u8], at: usize, sign: u8) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == sign).count()
}

/// True for what may be before or after a formula: the end of the line, white space or punctuation.
fn is_edge(character: Option<char>) -> bool {
    match character {
        None => true,
        Some(character) if character.is_ascii() => {
            character.is_whitespace() || character.is_ascii_punctuation()
        }
        Some(character) => !character.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formulas(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        find(text, 0, &mut found);
        let mut formulas = Vec::new();
        for one in &found {
            formulas.push(match one.directive {
                Directive::Math(inner) => inner.of(text),
                _ => one.span.of(text),
            });
        }
        formulas
    }

    #[test]
    fn money_is_no_formula() {
        assert_eq!(formulas("costs $5 and $6"), Vec::<&str>::new());
        assert_eq!(formulas("$5 and x$."), ["5 and x"]);
        assert_eq!(formulas("is $ x $, `$y$` <a$b$> and $$z$$"), ["x", "z"]);
        assert_eq!(formulas("a$x$ $x$a \\$x$"), Vec::<&str>::new());
    }

    #[test]
    fn blocks_run_from_sign_to_sign() {
        assert_eq!(formulas("> $$\n> x\n> $$\n$$\ny"), ["$$\n> x\n> $$"]);
    }
}
