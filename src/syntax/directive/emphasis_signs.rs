//! Signs next to emphasis: for Markdig `-`, `+`, `−`, `†`, `‡` and the two line separators of Unicode are no punctuation where `*` and `~~` look
//! whether they open or close, so `**Legg til-**knappen` is bold (DocFX spec 2.3). CommonMark counts them as punctuation: there such a sign is
//! replaced by a character of the same length that is taken for a letter. Knows nothing of blocks: no marker of a list, no underline and
//! no rule has one of these signs right next to a star.

use std::borrow::Cow;
use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Each sign, and what CommonMark sees instead: control characters and noncharacters, which no author types.
const SIGNS: [(&[u8], &[u8]); 7] = [
    (b"-", b"\x02"),
    (b"+", b"\x03"),
    ("−".as_bytes(), "\u{FDD0}".as_bytes()),
    ("†".as_bytes(), "\u{FDD1}".as_bytes()),
    ("‡".as_bytes(), "\u{FDD2}".as_bytes()),
    ("\u{2028}".as_bytes(), "\u{FDD3}".as_bytes()),
    ("\u{2029}".as_bytes(), "\u{FDD4}".as_bytes()),
];

/// What CommonMark sees instead of the backslash before such a sign.
pub const MASKED_BACKSLASH: char = '\u{4}';

/// True if there is something to mask in `text`.
pub(super) fn any(text: &str) -> bool {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(byte, b'*' | b'~')
            && (sign_before(bytes, at).is_some() || sign_at(bytes, at + 1).is_some())
        {
            return true;
        }
    }
    false
}

/// Replaces the signs next to emphasis in `masked` from byte `from` on.
pub(super) fn mask(from: usize, masked: &mut [u8]) {
    let mut context = TextContext::default();
    let mut at = from;
    while at < masked.len() {
        let byte = masked[at];
        if !matches!(byte, b'*' | b'~') {
            context.pass(masked, at);
            at += 1;
            continue;
        }
        let run = masked[at..].iter().take_while(|next| **next == byte);
        let end = at + run.count();
        let is_emphasis = byte == b'*' || end - at == 2;
        if is_emphasis && !context.is_address() {
            mask_around(from, at..end, masked);
        }
        at = end;
    }
}

/// Replaces the signs next to the stars at `run`. Next to other punctuation on their other side CommonMark and Markdig agree.
fn mask_around(from: usize, run: Range<usize>, masked: &mut [u8]) {
    let before = sign_before(&masked[from..run.start], run.start - from);
    let after = sign_at(masked, run.end);
    if let Some((start, sign)) = before
        && (after.is_some() || !begins_with_punctuation(&masked[run.end..]))
    {
        replace(masked, from + start, sign);
    }
    if let Some(sign) = after
        && (before.is_some() || !ends_with_punctuation(&masked[from..run.start]))
    {
        replace(masked, run.end, sign);
    }
}

fn begins_with_punctuation(bytes: &[u8]) -> bool {
    // No character is longer: the rest of the text is not looked at.
    let first = bytes.get(..4).unwrap_or(bytes);
    let Some(chunk) = first.utf8_chunks().next() else {
        return false;
    };
    chunk.valid().chars().next().is_some_and(is_punctuation)
}

fn ends_with_punctuation(bytes: &[u8]) -> bool {
    let start = bytes.len().saturating_sub(4);
    let last = bytes[start..].utf8_chunks().last();
    let character = last.and_then(|chunk| chunk.valid().chars().next_back());
    character.is_some_and(is_punctuation)
}

/// Punctuation as CommonMark has it: signs are among it (CommonMark 0.31, 2.1).
fn is_punctuation(character: char) -> bool {
    let categories = GeneralCategoryGroup::Punctuation.union(GeneralCategoryGroup::Symbol);
    categories.contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

/// `text` with the signs that `mask` replaced.
pub fn unmasked(text: &str) -> Cow<'_, str> {
    let is_masked = |character| matches!(character, '\x02'..='\x04' | '\u{FDD0}'..='\u{FDD4}');
    if !text.contains(is_masked) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        out.push(match character {
            '\x02' => '-',
            '\x03' => '+',
            MASKED_BACKSLASH => '\\',
            '\u{FDD0}' => '−',
            '\u{FDD1}' => '†',
            '\u{FDD2}' => '‡',
            '\u{FDD3}' => '\u{2028}',
            '\u{FDD4}' => '\u{2029}',
            other => other,
        });
    }
    Cow::Owned(out)
}

/// The number of the sign that ends right before byte `at`, and where it begins.
fn sign_before(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let before = &bytes[..at];
    // Letters and blanks are before nearly all stars, and comparing them with seven signs took 2 % of the time of a check.
    if before
        .last()
        .is_some_and(|last| last.is_ascii_alphanumeric() || *last == b' ')
    {
        return None;
    }
    for (number, (sign, _)) in SIGNS.iter().enumerate() {
        if before.ends_with(sign) {
            return Some((at - sign.len(), number));
        }
    }
    None
}

/// The number of the sign that begins at byte `at`.
fn sign_at(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if rest
        .first()
        .is_some_and(|first| first.is_ascii_alphanumeric() || *first == b' ')
    {
        return None;
    }
    SIGNS.iter().position(|(sign, _)| rest.starts_with(sign))
}

fn replace(masked: &mut [u8], start: usize, sign: usize) {
    let (typed, mask) = SIGNS[sign];
    let end = start + typed.len();
    // `_` goes by the rules of CommonMark, and a comment ends as in HTML.
    let beside_underscore = masked[..start].ends_with(b"_") || masked[end..].starts_with(b"_");
    let in_comment_end = masked[..start].ends_with(b"<!-")
        || masked[start..].starts_with(b"-->")
        || masked[start..].starts_with(b"->") && masked[..start].ends_with(b"-");
    if beside_underscore || in_comment_end {
        return;
    }
    masked[start..end].copy_from_slice(mask);
    let backslashes = masked[..start].iter().rev();
    let backslashes = backslashes.take_while(|byte| **byte == b'\\').count();
    if backslashes % 2 == 1 {
        masked[start - 1] = MASKED_BACKSLASH as u8;
    }
}

/// What is around a byte while a text is read from its beginning: an address must stay as it is.
#[derive(Default)]
struct TextContext {
    in_destination: bool,
    in_angles: bool,
    /// On a line that defines a reference.
    in_definition: bool,
    /// Behind the `[` that begins a line.
    in_label: bool,
    behind_words: bool,
}

impl TextContext {
    fn is_address(&self) -> bool {
        self.in_destination || self.in_angles || self.in_definition
    }

    /// Takes the byte `at`.
    fn pass(&mut self, bytes: &[u8], at: usize) {
        let next = bytes.get(at + 1);
        match bytes[at] {
            b'\n' | b'\r' => *self = TextContext::default(),
            b' ' | b'\t' => {
                self.in_destination = false;
                self.in_angles = false;
            }
            b'>' if !self.behind_words => {}
            byte => {
                match byte {
                    b'[' if !self.behind_words => self.in_label = true,
                    b']' if next == Some(&b'(') => self.in_destination = true,
                    b']' if self.in_label && next == Some(&b':') => self.in_definition = true,
                    b')' => self.in_destination = false,
                    b'<' => self.in_angles = next.is_some_and(u8::is_ascii_alphabetic),
                    b'>' => self.in_angles = false,
                    _ => {}
                }
                self.behind_words = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with a `¤` for every sign that CommonMark takes for a letter.
    fn masks(text: &str) -> String {
        let mut masked = text.as_bytes().to_vec();
        mask(0, &mut masked);
        let masked = String::from_utf8(masked).unwrap();
        assert_eq!(unmasked(&masked), text);
        let mut shown = String::new();
        for character in masked.chars() {
            shown.push(match character {
                '\x02' | '\x03' | '\u{FDD0}'..='\u{FDD4}' => '¤',
                other => other,
            });
        }
        shown
    }

    #[test]
    fn signs_next_to_stars_are_letters() {
        for (text, expected) in [
            ("**Legg til-**knappen", "**Legg til¤**knappen"),
            ("kunde**-ID** og ~~ny+~~", "kunde**¤ID** og ~~ny¤~~"),
            ("**a−**b **c†**", "**a¤**b **c¤**"),
            ("**a\\-**b", "**a\u{4}¤**b"),
            ("[x](y*-z) [t-*u*-](v) **-**", "[x](y*-z) [t¤*u*¤](v) **¤**"),
        ] {
            assert!(any(text));
            assert_eq!(masks(text), expected, "{text}");
        }
        for text in [
            "_Legg til-_knappen",
            "**25 %**-sats",
            "a-**(b)**",
            "- * x\n* - y",
            "~a-~",
            "<!--*** x ***-->",
            "<xref:a*-b>",
            "[a]: b*-c",
            "**-_x_**",
        ] {
            assert_eq!(masks(text), text);
        }
    }
}
