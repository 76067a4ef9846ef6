//! Posting lists -> short texts. Numbers are variable-length, as in source maps: five bits a character, the sixth bit tells that more follow.
//!
//! ```text
//! page   = how many pages further, sections * 8 + description * 4 + keyword * 2 + title, section ...
//! section = how many sections further, positions * 2 + heading, how many words further ...
//! ```

use super::postings::Posting;

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number that is no less than 0.
pub(super) fn number(mut value: u32, out: &mut String) {
    loop {
        let more = if value >= 32 { 32 } else { 0 };
        out.push(char::from(SIGNS[(value & 31 | more) as usize]));
        value >>= 5;
        if more == 0 {
            return;
        }
    }
}

pub(super) fn write<'a>(places: impl IntoIterator<Item = (u32, Posting<'a>)>, out: &mut String) {
    // Differences are small numbers, and most small numbers take one character.
    let mut last_page = 0;
    for (page, hit) in places {
        number(page - last_page, out);
        last_page = page;
        // Three bits say what of the page has the word, the others how many sections have it.
        number((hit.sections().count() as u32) << 3 | hit.facts(), out);
        let mut last_section = 0;
        for place in hit.sections() {
            number(place.section - last_section, out);
            last_section = place.section;
            number(
                (place.positions.len() as u32) << 1 | u32::from(place.heading),
                out,
            );
            let mut last = 0;
            for position in place.positions {
                number(position - last, out);
                last = *position;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |value| {
            let mut out = String::new();
            number(value, &mut out);
            out
        };
        assert_eq!(
            [0, 31, 32, 1023, 1024].map(written),
            ["A", "f", "gB", "_f", "ggB"]
        );
    }
}
