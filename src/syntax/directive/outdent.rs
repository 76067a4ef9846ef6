//! Rows and columns are usually indented, and what is in them is indented further. CommonMark would take that for code, so the indentation
//! is moved to the end of the line before, where it means nothing: every other byte stays in its place.

/// Moves the indentation in `masked` within the row whose opening line has its directive at byte `open` and whose closing line at `close`.
pub(super) fn outdent(text: &str, open: usize, close: usize, masked: &mut [u8]) {
    let mut at = match text[..open].rfind(['\n', '\r']) {
        Some(newline) => newline + 1,
        None => 0,
    };
    let row_indent = open - at;
    // The indentation of the first line behind the last `:::`: what the author's own begins at.
    let mut base: Option<usize> = None;
    // The sign of the code fence that is open.
    let mut fence: Option<u8> = None;
    for line in text[at..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_start_matches([' ', '\t']);
        if start <= open || content.trim_end().is_empty() {
            continue;
        }
        let indent = line.len() - content.len();
        let removed = if fence.is_none() && content.starts_with(":::") {
            base = None;
            indent
        } else {
            indent.min(*base.get_or_insert(indent))
        };
        let sign = content.as_bytes()[0];
        if content.starts_with("```") || content.starts_with("~~~") {
            match fence {
                None => fence = Some(sign),
                Some(open) if open == sign => fence = None,
                Some(_) => {}
            }
        }
        // The row itself may be in an item of a list: its own indentation stays.
        shift(masked, start, removed.saturating_sub(row_indent));
        if at > close {
            break;
        }
    }
}

/// Puts `count` spaces that begin the line at `start` before its line break.
fn shift(masked: &mut [u8], start: usize, count: usize) {
    if count == 0 {
        return;
    }
    let line_break: &[u8] = if start >= 2 && masked[start - 2] == b'\r' {
        b"\r\n"
    } else {
        b"\n"
    };
    let end = start + count;
    masked[start - line_break.len()..end].fill(b' ');
    masked[end - line_break.len()..end].copy_from_slice(line_break);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_moves_to_the_line_before() {
        let text = ":::row:::\r\n    :::column:::\r\n        a\r\n          b\r\n:::row-end:::";
        let mut masked = text.as_bytes().to_vec();
        outdent(text, 0, text.len() - 13, &mut masked);
        let masked = String::from_utf8(masked).unwrap();
        assert_eq!(masked.len(), text.len());
        let mut lines = Vec::new();
        for line in masked.lines() {
            lines.push(line.trim_end());
        }
        assert_eq!(
            lines,
            [":::row:::", ":::column:::", "a", "  b", ":::row-end:::"]
        );
    }
}
