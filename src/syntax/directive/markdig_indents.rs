//! Indented markers that Markdig reads otherwise than CommonMark: the marker of an item that stands at four columns, but not as far as the
//! words of the indented item above it, begins an item (of a list of its own, if its sign is another); a `>` behind a tab goes on with no
//! quote. Both are put right in the text that CommonMark reads, without a change of length.

/// A byte that is neither white space nor punctuation and in no text that an author types: CommonMark takes it for a letter.
pub(super) const LETTER: u8 = 1;

/// True if `text` may have such a marker.
pub(super) fn any(text: &str) -> bool {
    text.contains("\n    ") || text.contains("\n\t")
}

/// Changes the bytes of `masked`, which has those of `text` in their places, from byte `from` on.
pub(super) fn mask(text: &str, from: usize, masked: &mut [u8]) {
    // The column of the words of the item on the line above.
    let mut item: Option<usize> = None;
    let mut in_quote = false;
    // The sign of the code fence that is open: code stays as it is.
    let mut fence: Option<u8> = None;
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.trim_start_matches([' ', '\t']);
        let indent = columns(&line[..line.len() - content.len()]);
        let content_at = at + line.len() - content.len();
        if content.starts_with("```") || content.starts_with("~~~") {
            let sign = content.as_bytes()[0];
            fence = match fence {
                None => Some(sign),
                Some(open) => Some(open).filter(|open| *open != sign),
            };
            item = None;
            in_quote = false;
            continue;
        }
        if fence.is_some() {
            continue;
        }
        if in_quote && indent >= 4 && content.starts_with('>') {
            if masked[content_at] == b'>' {
                masked[content_at] = LETTER;
            }
            continue;
        }
        in_quote = indent < 4 && content.starts_with('>');
        let marker = marker_len(content);
        let Some(words) = item.filter(|words| indent >= 4 && indent < *words) else {
            item = marker
                .filter(|_| (1..4).contains(&indent))
                .map(|len| indent + len + 1);
            continue;
        };
        if marker.is_some() && masked[at] == b'\t' {
            masked[at] = b' ';
        } else if marker.is_some() && at > from && masked[at - 1] == b'\n' {
            // One space less: it is put before the line break.
            let break_start = if masked[..at].ends_with(b"\r\n") {
                at - 2
            } else {
                at - 1
            };
            masked.copy_within(break_start..at, break_start + 1);
            masked[break_start] = b' ';
        }
        item = marker.map(|_| words);
    }
}

/// How many columns white space takes: a tab reaches to the next multiple of four (CommonMark 0.31, 2.2).
fn columns(space: &str) -> usize {
    let mut column = 0;
    for sign in space.bytes() {
        column += if sign == b'\t' { 4 - column % 4 } else { 1 };
    }
    column
}

/// The length of the marker of an item.
fn marker_len(content: &str) -> Option<usize> {
    let digits = content
        .bytes()
        .take(10)
        .take_while(u8::is_ascii_digit)
        .count();
    let rest = &content[digits..];
    let is_marker = if (1..10).contains(&digits) {
        rest.starts_with(['.', ')'])
    } else {
        digits == 0 && rest.starts_with(['-', '+', '*'])
    };
    let after = rest.get(1..)?;
    let ends = after.is_empty() || after.starts_with([' ', '\t', '\n', '\r']);
    (is_marker && ends).then_some(digits + 1)
}
