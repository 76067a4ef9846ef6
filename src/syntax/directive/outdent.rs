//! Rows and columns are usually indented, and what is in them is indented further. CommonMark would take that for code, so the indentation
//! is moved to the end of the line before, where it means nothing: every other byte stays in its place.

/// Moves the indentation within the rows of `masked`, each given by the first byte of its opening and of its closing directive.
pub(super) fn outdent(text: &str, rows: &[(usize, usize)], masked: &mut [u8]) {
    for &(open, close) in rows {
        let line_start = |at: usize| {
            text[..at]
                .rfind(['\n', '\r'])
                .map_or(0, |newline| newline + 1)
        };
        let mut at = line_start(open);
        let own = open - at;
        let mut base: Option<usize> = None;
        let mut fence: Option<u8> = None;
        for line in text[at..].split_inclusive('\n') {
            let start = at;
            at += line.len();
            let content = line.trim_start_matches([' ', '\t']);
            if start <= open || content.trim_end().is_empty() {
                continue;
            }
            let indent = line.len() - content.len();
            let sign = content.as_bytes()[0];
            let is_fence = content.starts_with("```") || content.starts_with("~~~");
            let keep = if fence.is_none() && content.starts_with(":::") {
                base = None;
                indent
            } else {
                indent.min(*base.get_or_insert(indent))
            };
            if is_fence && fence.is_none_or(|open| open == sign) {
                fence = if fence.is_none() { Some(sign) } else { None };
            }
            shift(masked, start, keep.saturating_sub(own));
            if at > close {
                break;
            }
        }
    }
}

/// Puts `count` spaces that begin the line at `start` before its line break.
fn shift(masked: &mut [u8], start: usize, count: usize) {
    if count == 0 {
        return;
    }
    let crlf = start >= 2 && masked[start - 2] == b'\r';
    let newline = if crlf { start - 2 } else { start - 1 };
    let (end, sign): (usize, &[u8]) = (start + count, if crlf { b"\r\n" } else { b"\n" });
    masked[newline..end].fill(b' ');
    masked[end - sign.len()..end].copy_from_slice(sign);
}
