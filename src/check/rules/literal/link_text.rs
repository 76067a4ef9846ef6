//! Finds the bracket that opens the text of what was meant as a link, among the signs that are shown. Knows nothing of addresses.

use super::shown_text::{ShownBlock, ShownText};

/// How far back a bracket is looked for, in bytes: a text of nothing but brackets is not searched again for each of them.
const FARTHEST: usize = 600;

/// The bracket `open` that the one at byte `close` closes, in the same block.
pub(super) fn opening(
    text: &ShownText<'_>,
    block: &ShownBlock,
    close: usize,
    [open, shut]: [u8; 2],
) -> Option<usize> {
    let bytes = text.text().as_bytes();
    let mut depth = 0_usize;
    for piece in text.pieces_before(block, close).iter().rev() {
        if close - piece.span.start as usize > FARTHEST
            && piece.span.end as usize + FARTHEST < close
        {
            return None;
        }
        // Signs in the text of a link belong to that link.
        if piece.in_link {
            continue;
        }
        let end = close.min(piece.span.end as usize);
        for at in (piece.span.start as usize..end).rev() {
            if close - at > FARTHEST {
                return None;
            }
            let is_bracket = bytes[at] == shut || bytes[at] == open;
            if !is_bracket || text.is_escaped(at) {
                continue;
            }
            if bytes[at] == shut {
                depth += 1;
            } else if depth == 0 {
                return Some(at);
            } else {
                depth -= 1;
            }
        }
    }
    None
}
