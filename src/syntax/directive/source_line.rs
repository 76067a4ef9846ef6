//! The line a directive is on: its ends, and where its content begins behind the markers of quotes and lists.

/// No directive is longer. Without a limit a hostile line of a thousand half directives is searched to its end for each of them.
pub(super) const LONGEST_DIRECTIVE: usize = 4096;

/// A line of the text.
#[derive(Default)]
pub(super) struct SourceLine {
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last, without the line break.
    pub end: usize,
    /// Where its content begins, behind markers of quotes and lists.
    pub content: usize,
    /// True if the innermost marker is that of a quote.
    pub in_quote: bool,
}

impl SourceLine {
    /// The line around byte `at`.
    pub fn around(text: &str, at: usize) -> SourceLine {
        let start = match text[..at].rfind(['\n', '\r']) {
            Some(newline) => newline + 1,
            None => 0,
        };
        let end = match text[at..].find(['\n', '\r']) {
            Some(offset) => at + offset,
            None => text.len(),
        };
        // Markers nest: `> * > text`. Whether they are markers or text is up to CommonMark; a
        // directive is a whole line in both cases.
        let mut rest = text[start..end].trim_start_matches([' ', '\t']);
        let mut in_quote = false;
        while let Some((after, quote)) = marker(rest) {
            in_quote = quote;
            rest = after.trim_start_matches([' ', '\t']);
        }
        SourceLine {
            start,
            end,
            content: end - rest.len(),
            in_quote,
        }
    }

    /// The text from byte `at` to the end of the line, or as far as a directive can reach.
    pub fn rest<'a>(&self, text: &'a str, at: usize) -> &'a str {
        let end = self.end.min(at + LONGEST_DIRECTIVE);
        &text[at..text.floor_char_boundary(end)]
    }

    /// True if `start..end` is all of the line's content.
    pub fn is_filled(&self, text: &str, start: usize, end: usize) -> bool {
        start == self.content && text[end..self.end].trim().is_empty()
    }

    /// How many spaces are right before byte `at`.
    pub fn indent_before(&self, text: &str, at: usize) -> usize {
        let before = &text[self.start..at];
        before.len() - before.trim_end_matches(' ').len()
    }
}

/// What is before the text of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LinePrefix {
    /// How many quotes it is in.
    pub quotes: usize,
    /// The byte behind the marker of the innermost quote and the space that belongs to it.
    pub behind_quotes: usize,
    /// The first byte that is neither space nor marker.
    pub content: usize,
}

impl LinePrefix {
    /// The markers of quotes and the spaces that `line` begins with.
    pub fn of(line: &str) -> LinePrefix {
        let mut prefix = LinePrefix::default();
        loop {
            let rest = &line[prefix.content..];
            let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            prefix.content += spaces;
            if !line[prefix.content..].starts_with('>') {
                return prefix;
            }
            prefix.quotes += 1;
            prefix.content += 1;
            prefix.behind_quotes = prefix.content;
            if line[prefix.content..].starts_with([' ', '\t']) {
                prefix.behind_quotes += 1;
            }
        }
    }

    /// What is before a directive, markers of lists included.
    pub fn before(directive: &str) -> LinePrefix {
        LinePrefix {
            quotes: directive.matches('>').count(),
            behind_quotes: match directive.rfind('>') {
                Some(marker) => directive.len().min(marker + 2),
                None => 0,
            },
            content: directive.len(),
        }
    }

    /// How far the content is indented, in its quote.
    pub fn indent(&self) -> usize {
        self.content.saturating_sub(self.behind_quotes)
    }
}

/// What follows the marker of a quote or list at the start of `text`, and whether it is a quote's.
fn marker(text: &str) -> Option<(&str, bool)> {
    if let Some(rest) = text.strip_prefix('>') {
        return Some((rest, true));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 {
        text[digits..].strip_prefix(['.', ')'])?
    } else {
        text.strip_prefix(['-', '+', '*'])?
    };
    rest.starts_with([' ', '\t']).then_some((rest, false))
}

/// True if an odd number of backslashes is before byte `at`.
pub(in crate::syntax) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text[..at].bytes().rev();
    // Two backslashes are an escaped one, and what follows them is not escaped.
    before.take_while(|byte| *byte == b'\\').count() % 2 == 1
}
