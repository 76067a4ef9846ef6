//! Lists that count with letters or Roman numerals, where a site switches them on: each marker becomes a number of the same length, which
//! CommonMark takes for a list. What was typed is read again where the list is written.

use super::Line;

/// How a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counting {
    upper: bool,
    roman: bool,
}

/// The number that a marker of letters stands for, and whether it is a Roman one; nothing if it is none. A single letter is Roman if it
/// can be, unless it `goes_on` after other letters.
pub fn list_marker_number(letters: &str, goes_on: bool) -> Option<(u32, bool)> {
    let lower = letters.to_ascii_lowercase();
    let mixed = letters != lower && letters != letters.to_ascii_uppercase();
    let first = *lower.as_bytes().first().filter(|_| !mixed)?;
    if lower.bytes().all(|sign| matches!(sign, b'i' | b'v' | b'x'))
        && lower.len() <= LONGEST
        && !(goes_on && lower.len() == 1)
    {
        return Some((roman(&lower), true));
    }
    (lower.len() == 1 && first.is_ascii_lowercase()).then(|| (u32::from(first - b'a') + 1, false))
}

/// No numeral that anybody writes is longer: CommonMark stops at nine digits, too.
const LONGEST: usize = 9;

fn roman(lower: &str) -> u32 {
    let value = |sign: u8| match sign {
        b'i' => 1,
        b'v' => 5,
        _ => 10,
    };
    let signs = lower.as_bytes();
    let smaller = |at: usize| {
        signs
            .get(at + 1)
            .is_some_and(|next| value(*next) > value(signs[at]))
    };
    let (plus, minus) = (0..signs.len()).partition::<Vec<_>, _>(|&at| !smaller(at));
    let sum = |places: Vec<usize>| places.into_iter().map(|at| value(signs[at])).sum::<u32>();
    sum(plus).saturating_sub(sum(minus))
}

/// Replaces the markers in `masked`, which has the bytes of `text` in their places.
pub(super) fn hide(text: &str, from: usize, masked: &mut [u8]) {
    let mut last: Option<(Counting, u8)> = None;
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let place = Line::around(text, start);
        start += line.len();
        let content = text.get(place.content..place.end).unwrap_or("");
        let len = content
            .bytes()
            .take(LONGEST + 1)
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let mut behind = content.bytes().skip(len);
        let (Some(sign @ (b'.' | b')')), Some(b' ' | b'\t')) = (behind.next(), behind.next())
        else {
            continue;
        };
        let goes_on = last.is_some_and(|(counting, _)| !counting.roman);
        let Some((number, roman)) = list_marker_number(&content[..len], goes_on) else {
            continue;
        };
        let counting = Counting {
            upper: content.starts_with(|first: char| first.is_ascii_uppercase()),
            roman,
        };
        // Lists that count in different ways are different lists, so they get different signs.
        let sign = match last {
            Some((before, sign)) if before != counting => {
                if sign == b'.' {
                    b')'
                } else {
                    b'.'
                }
            }
            _ => sign,
        };
        last = Some((counting, sign));
        masked[place.content..place.content + len].fill(b'0');
        masked[place.content + len - 1] = b'0' + number.min(9) as u8;
        masked[place.content + len] = sign;
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
}
