//! Lists that count with letters or Roman numerals, where a site switches them on (Markdig's list extras): each marker becomes a number of
//! the same length, which CommonMark takes for a list. What was typed is read again where the list is rendered.

use super::source_line::SourceLine;

/// How a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counting {
    upper: bool,
    roman: bool,
}

/// No numeral that an author writes is longer, and CommonMark's numbers end at nine digits, too.
const LONGEST_NUMERAL: usize = 9;

/// The number that a marker of letters is, and true if it is a Roman one; nothing if it is neither. A single letter is Roman if it can be,
/// unless the list `goes_on` after other letters.
pub fn list_marker_number(letters: &str, goes_on: bool) -> Option<(u32, bool)> {
    let lower = letters.to_ascii_lowercase();
    // `Iv.` begins a sentence, not a list.
    if letters != lower && letters != letters.to_ascii_uppercase() {
        return None;
    }
    let first = *lower.as_bytes().first()?;
    let mut signs = lower.bytes();
    let may_be_roman = lower.len() <= LONGEST_NUMERAL && !(goes_on && lower.len() == 1);
    if may_be_roman && signs.all(|sign| matches!(sign, b'i' | b'v' | b'x')) {
        return Some((roman(&lower), true));
    }
    if lower.len() == 1 && first.is_ascii_lowercase() {
        return Some((u32::from(first - b'a') + 1, false));
    }
    None
}

fn roman(lower: &str) -> u32 {
    let (mut plus, mut minus) = (0_u32, 0);
    let mut next = 0;
    for sign in lower.bytes().rev() {
        let value = match sign {
            b'i' => 1,
            b'v' => 5,
            _ => 10,
        };
        // A smaller numeral before a larger one is subtracted from it.
        if value < next {
            minus += value;
        } else {
            plus += value;
        }
        next = value;
    }
    plus.saturating_sub(minus)
}

/// Replaces the markers in `masked`, which has the bytes of `text` in their places.
pub(super) fn mask(text: &str, from: usize, masked: &mut [u8]) {
    let mut last: Option<(Counting, u8)> = None;
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let place = SourceLine::around(text, start);
        start += line.len();
        let content = text.get(place.content..place.end).unwrap_or("");
        // `i.` behind `h.` is the ninth letter, not a Roman numeral.
        let goes_on = match last {
            Some((counting, _)) => !counting.roman,
            None => false,
        };
        let Some(marker) = LetterMarker::read(content, goes_on) else {
            continue;
        };
        // Lists that count in different ways are different lists, so they get different signs.
        let sign = match last {
            Some((before, b'.')) if before != marker.counting => b')',
            Some((before, _)) if before != marker.counting => b'.',
            _ => marker.sign,
        };
        last = Some((marker.counting, sign));
        let end = place.content + marker.len;
        // Leading zeros keep the length, so that everything behind the marker stays in its place.
        masked[place.content..end].fill(b'0');
        // The real number is read again when the list is rendered: here it only must be a
        // number.
        masked[end - 1] = b'0' + marker.number.min(9) as u8;
        masked[end] = sign;
    }
}

/// `a.` or `iv)` at the start of a line.
struct LetterMarker {
    len: usize,
    number: u32,
    counting: Counting,
    /// `.` or `)`
    sign: u8,
}

impl LetterMarker {
    fn read(content: &str, goes_on: bool) -> Option<LetterMarker> {
        let letters = content.bytes().take(LONGEST_NUMERAL + 1);
        let len = letters.take_while(u8::is_ascii_alphabetic).count();
        let sign = match content.as_bytes().get(len..len + 2)? {
            [sign @ (b'.' | b')'), b' ' | b'\t'] => *sign,
            _ => return None,
        };
        let (number, roman) = list_marker_number(&content[..len], goes_on)?;
        let upper = content.starts_with(|first: char| first.is_ascii_uppercase());
        Some(LetterMarker {
            len,
            number,
            counting: Counting { upper, roman },
            sign,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_numbers() {
        let read = |letters| list_marker_number(letters, false).map(|(number, _)| number);
        assert_eq!(
            [read("a"), read("Z"), read("iv"), read("XIX"), read("i")],
            [Some(1), Some(26), Some(4), Some(19), Some(1)]
        );
        assert_eq!([read("ab"), read("Iv"), read(""), read("mm")], [None; 4]);
        assert_eq!(list_marker_number("i", true), Some((9, false)));
    }

    #[test]
    fn lists_that_count_differently_get_different_signs() {
        let text = "a. x\nb. x\n\niv. x\n";
        let mut masked = text.as_bytes().to_vec();
        mask(text, 0, &mut masked);
        assert_eq!(String::from_utf8(masked).unwrap(), "1. x\n2. x\n\n04) x\n");
    }
}
