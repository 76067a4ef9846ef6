//! A text with directives -> the same with each of them replaced by bytes of the same length that CommonMark already treats as DocFX treats
//! the directive. Because lengths stay the same, no span needs translating afterwards.
//!
//! A directive alone on its line becomes a processing instruction `<?...?>`: an HTML block that interrupts a paragraph, never continues
//! one lazily, ends with its line, and works in lists and quotes. One amid other text becomes a tag `<iiii>`: inline HTML that starts no
//! block, and ends no comment around it. Where CommonMark then finds the mask in code or in a comment, the tree builder puts the author's
//! bytes back.

use std::borrow::Cow;

use crate::syntax::dialect::{Dialect, Feature};

use super::markdig_indents::LETTER;
use super::outdent::{OutdentedRow, outdent, shift};
use super::parsed::{DirectiveSearch, Mask};
use super::source_line::{LinePrefix, SourceLine};
use super::{emphasis_signs, list_extras, markdig_indents, table_signs};

impl DirectiveSearch {
    /// `text` with every directive masked, and with what CommonMark reads otherwise than Markdig.
    pub fn mask<'a>(&self, text: &'a str, from: usize, dialect: Dialect) -> Cow<'a, str> {
        let tables = dialect.has(Feature::PipeTables) && text[from..].contains("- |");
        let letters = dialect.has(Feature::ListExtras);
        let definitions = dialect.has(Feature::DefinitionLists);
        let signs = emphasis_signs::any(&text[from..]);
        // Most texts of most sites have nothing to mask, and need no copy.
        let indents = markdig_indents::any(&text[from..]);
        let cells = dialect.has(Feature::PipeTables) && table_signs::any(&text[from..]);
        if self.found.is_empty()
            && !tables
            && !cells
            && !letters
            && !definitions
            && !signs
            && !indents
        {
            return Cow::Borrowed(text);
        }
        let mut masked = text.as_bytes().to_vec();
        for found in &self.found {
            found.mask.fill(&mut masked[found.span.range()]);
        }
        self.outdent(text, &mut masked);
        if tables {
            mask_delimiter_rows(text, from, &mut masked);
        }
        if cells {
            table_signs::mask(text, from, &mut masked);
        }
        if letters {
            list_extras::mask(text, from, &mut masked);
        }
        if definitions {
            mask_narrow_definitions(text, from, &mut masked);
        }
        if indents {
            markdig_indents::mask(text, from, &mut masked);
        }
        if signs {
            emphasis_signs::mask(from, &mut masked);
        }
        // Only whole characters are replaced, by others of the same length or by ASCII.
        String::from_utf8(masked).map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

impl DirectiveSearch {
    /// Takes away the indentation that means nothing.
    fn outdent(&self, text: &str, masked: &mut [u8]) {
        let mut fence_ends = Vec::new();
        for found in &self.found {
            if matches!(found.mask, Mask::FenceEnd(..)) {
                fence_ends.push(found.span.start as usize);
            }
        }
        for (open, close) in &self.rows {
            let row = OutdentedRow {
                open: *open,
                close: *close,
                fence_ends: &fence_ends,
            };
            outdent(text, &row, masked);
        }
        for (end, kept) in &self.indented_ends {
            let line = SourceLine::around(text, *end);
            let prefix = LinePrefix::of(&text[line.start..line.end]);
            let count = prefix.indent().saturating_sub(*kept);
            shift(masked, line.start, prefix, count);
        }
    }
}

impl Mask {
    fn fill(self, bytes: &mut [u8]) {
        let (open, close): (&[u8], &[u8]) = match self {
            Mask::Block | Mask::Fence | Mask::Table => (b"<?", b"?>"),
            Mask::Inline => (b"<i", b">"),
            Mask::Autolink => (b"<im:", b">"),
            Mask::Code => (b"`", b"`"),
            Mask::Blank | Mask::Rule | Mask::FenceEnd(..) => (b"", b""),
        };
        // `$$` alone is shorter than its mask: it stays, and is text.
        if bytes.len() < open.len() + close.len() {
            return;
        }
        match self {
            Mask::Block => bytes.fill(LETTER),
            Mask::Inline | Mask::Autolink | Mask::Code => bytes.fill(b'i'),
            Mask::Blank => bytes.fill(b' '),
            Mask::Rule => bytes.fill(b'_'),
            Mask::FenceEnd(sign, len) => {
                bytes.fill(b' ');
                let len = len.min(bytes.len());
                bytes[..len].fill(sign);
            }
            Mask::Fence => {}
            Mask::Table => fill_lines(bytes),
        }
        let end = bytes.len() - close.len();
        bytes[..open.len()].copy_from_slice(open);
        bytes[end..].copy_from_slice(close);
    }
}

/// Fills all but line breaks and what is before each line: the markers of a quote have to stay for the block to stay in it.
fn fill_lines(bytes: &mut [u8]) {
    let mut before_line = false;
    for byte in bytes {
        match *byte {
            b'\n' | b'\r' => before_line = true,
            b' ' | b'\t' | b'>' if before_line => {}
            _ => {
                *byte = LETTER;
                before_line = false;
            }
        }
    }
}

/// `- | -` below the head of a table is no list: its first `-` is made a letter.
fn mask_delimiter_rows(text: &str, from: usize, masked: &mut [u8]) {
    for (offset, _) in text[from..].match_indices("- |") {
        let at = from + offset;
        let line = SourceLine::around(text, at);
        let mut rest = text[at..line.end].bytes();
        let mut before = text[line.start..at].bytes();
        if masked[at] == b'-'
            && follows_row(text, line.start)
            && rest.all(|byte| matches!(byte, b'-' | b'|' | b':' | b' ' | b'\t'))
            && before.all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
        {
            masked[at] = LETTER;
        }
    }
}

/// True if the line before that at byte `start` can be the head of a table: it has a `|`, and is no item of a list.
fn follows_row(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(['\n', '\r']);
    let has_blank_line = text[before.len()..start].matches('\n').count() > 1;
    let head = match before.rfind(['\n', '\r']) {
        Some(newline) => &before[newline + 1..],
        None => before,
    };
    let words = head.trim_start_matches([' ', '\t', '>']);
    !has_blank_line && head.contains('|') && !words.starts_with("- ")
}

/// For Markdig `:` begins a definition only if it takes four columns with the spaces around it; pulldown-cmark takes one space for enough.
/// Other `:` at the start of a line are made letters.
fn mask_narrow_definitions(text: &str, from: usize, masked: &mut [u8]) {
    for (offset, _) in text[from..].match_indices(':') {
        let at = from + offset;
        let (before, after) = (&text[..at], &text[at + 1..]);
        let begins_line = before.trim_end_matches([' ', '\t', '>']).ends_with('\n');
        if !begins_line || masked[at] != b':' || after.starts_with('\t') {
            continue;
        }
        let spaces_before = before.bytes().rev().take(3).take_while(is_space).count();
        let spaces_after = after.bytes().take(3).take_while(is_space).count();
        if spaces_before + spaces_after < 3 || spaces_after == 0 {
            masked[at] = LETTER;
        }
    }
}

fn is_space(byte: &u8) -> bool {
    *byte == b' '
}
