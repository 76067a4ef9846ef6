//! Rows of tables -> the same with stray backticks and stars made letters. DocFX divides a table into cells before it reads what is in them; for
//! CommonMark the rows are one paragraph, in which a star of one cell pairs with that of another. Doesn't build tables.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::markdig_indents::LETTER;
use super::source_line::SourceLine;

/// True if the text may have a table with such signs in it.
pub(super) fn any(text: &str) -> bool {
    text.contains('|') && text.contains(['*', '`'])
}

/// Masks the stray signs in the tables of `text` from byte `from` on.
pub(super) fn mask(text: &str, from: usize, masked: &mut [u8]) {
    let mut at = from;
    let mut head: Option<SourceLine> = None;
    while at < text.len() {
        let line = SourceLine::around(text, at);
        let next = next_line(text, line.end);
        if let Some(head_line) = head.take()
            && is_delimiter_row(&text[line.start..line.end])
        {
            at = mask_table(text, (head_line, next), masked);
            continue;
        }
        head = text[line.start..line.end].contains('|').then_some(line);
        at = next;
    }
}

/// Masks the rows of a table: its head, and the lines from byte `body` to the next blank one. Returns where they end.
fn mask_table(text: &str, (head, body): (SourceLine, usize), masked: &mut [u8]) -> usize {
    mask_row(text, head.start, head.end, masked);
    let mut at = body;
    while at < text.len() {
        let line = SourceLine::around(text, at);
        let content = text[line.start..line.end].trim_matches([' ', '\t', '>']);
        // A line of backticks ends the code that shows a table, or begins another one.
        if content.is_empty() || content.starts_with("```") || content.starts_with("~~~") {
            break;
        }
        mask_row(text, line.start, line.end, masked);
        at = next_line(text, line.end);
    }
    at.max(body)
}

fn next_line(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let line_break = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    };
    // Always a step forward, so that a loop over lines ends.
    (end + line_break).max(end + usize::from(!rest.is_empty()))
}

fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '>']);
    let is_sign = |byte: u8| matches!(byte, b'-' | b'|' | b':' | b' ' | b'\t');
    line.contains('|') && line.contains('-') && line.bytes().all(is_sign)
}

fn mask_row(text: &str, start: usize, end: usize, masked: &mut [u8]) {
    let mut start = start;
    let line = &text[start..end];
    let content = line.trim_start_matches([' ', '\t', '>']);
    start += line.len() - content.len();
    // The marker of an item, in which the table is.
    if content.starts_with("* ") {
        start += 1;
    }
    let mut in_code = Vec::new();
    mask_backticks(&text[start..end], start, &mut in_code, masked);
    let mut cell = start;
    for (offset, _) in text[start..end].match_indices('|') {
        let at = start + offset;
        let is_code = in_code
            .iter()
            .any(|(open, close)| (*open..*close).contains(&at));
        if is_code || is_escaped(text.as_bytes(), at) {
            continue;
        }
        mask_stars(cell, at, masked);
        cell = at + 1;
    }
    mask_stars(cell, end, masked);
}

/// Masks the runs of backticks of a row that no run of the same length closes, and notes the code between the others.
fn mask_backticks(row: &str, start: usize, code: &mut Vec<(usize, usize)>, masked: &mut [u8]) {
    let bytes = row.as_bytes();
    let mut at = 0;
    while let Some(offset) = row[at..].find('`') {
        let open = at + offset;
        // A backtick in the address of a link is part of it: `[Tuple](xref:System.Tuple`2)`.
        if let Some(end) = address_end(row, at, open) {
            at = end;
            continue;
        }
        let len = run_len(bytes, open);
        at = open + len;
        if is_escaped(bytes, open) {
            continue;
        }
        match closing_run(bytes, at, len) {
            Some(close) => {
                code.push((start + open, start + close + len));
                at = close + len;
            }
            None => {
                // Directives are masked already, and their backticks are none of the row's.
                for byte in &mut masked[start + open..start + open + len] {
                    if *byte == b'`' {
                        *byte = LETTER;
                    }
                }
            }
        }
    }
}

/// Where the address ends that begins between `from` and byte `at` and goes on behind it.
fn address_end(row: &str, from: usize, at: usize) -> Option<usize> {
    let open = from + row[from..at].rfind("](")?;
    let end = row[open..].find([')', ' '])? + open;
    (end > at).then_some(end)
}

fn run_len(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == b'`').count()
}

fn closing_run(bytes: &[u8], from: usize, len: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let run = run_len(bytes, at);
        if run == len {
            return Some(at);
        }
        at += run.max(1);
    }
    None
}

fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Masks the stars of a cell that are no emphasis within it.
fn mask_stars(start: usize, end: usize, masked: &mut [u8]) {
    let cell = &masked[start..end];
    // An even number is nearly always pairs, and a cell needs no reading of its own then.
    if cell.iter().filter(|byte| **byte == b'*').count() % 2 == 0 {
        return;
    }
    let Ok(cell) = std::str::from_utf8(cell) else {
        return;
    };
    let mut stray = Vec::new();
    for (event, range) in Parser::new_ext(cell, Options::empty()).into_offset_iter() {
        match event {
            // The cell is no block: a list in it is none.
            Event::Start(Tag::List(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => return,
            Event::Text(_) => {
                for (offset, _) in cell[range.clone()].match_indices('*') {
                    let at = range.start + offset;
                    if !is_escaped(cell.as_bytes(), at) {
                        stray.push(start + at);
                    }
                }
            }
            _ => {}
        }
    }
    for at in stray {
        masked[at] = LETTER;
    }
}
