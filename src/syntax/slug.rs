//! Heading text -> id, exactly as DocFX makes it (spec 8.1), so that deep links keep working.

use rustc_hash::FxHashMap;

/// The id of a heading with this text: letters, digits, `-` and `_` in lower case, spaces as `-`, everything else dropped.
/// Characters beyond the basic plane are dropped, as .NET looks at UTF-16 units.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' => out.push('-'),
            '-' | '_' => out.push(character),
            // Most characters of most headings: without the tables below.
            _ if character.is_ascii_alphanumeric() => out.push(character.to_ascii_lowercase()),
            _ if character.is_ascii() => {}
            _ if (character as u32) < 0x1_0000 && is_letter_or_digit(character) => {
                out.extend(character.to_lowercase())
            }
            _ => {}
        }
    }
    if out.is_empty() {
        "section".to_owned()
    } else {
        out
    }
}

/// The id in Markdig's own way, for sites that switch off GitHub's: ASCII alone, and no two signs next to each other.
pub fn plain_slug(text: &str) -> String {
    let mut out = String::new();
    let mut after_space = false;
    for character in text.chars().filter(char::is_ascii) {
        match character {
            _ if character.is_ascii_alphabetic() => out.push(character.to_ascii_lowercase()),
            _ if out.is_empty() => continue,
            _ if character.is_ascii_digit() => out.push(character),
            _ if is_sign(character) => {
                if after_space && out.ends_with('-') {
                    out.pop();
                }
                if !out.ends_with(character) {
                    out.push(character);
                }
            }
            ' ' | '\t' if !after_space => {
                if !out.ends_with(is_sign) {
                    out.push('-');
                }
                after_space = true;
                continue;
            }
            _ => continue,
        }
        after_space = false;
    }
    let len = out.trim_end_matches(is_sign).len();
    out.truncate(len);
    if out.is_empty() {
        "section".to_owned()
    } else {
        out
    }
}

/// As .NET's `Char.IsLetterOrDigit`: letters and decimal digits, but no other numerals such as `½` or `²`.
fn is_letter_or_digit(character: char) -> bool {
    character.is_alphabetic() && !is_letter_number(character)
        || character.is_numeric() && is_decimal(character)
}

fn is_sign(character: char) -> bool {
    matches!(character, '-' | '_' | '.')
}

// Rust knows these as alphabetic or numeric, and has no table of general categories: the ranges of category Nl.
fn is_letter_number(character: char) -> bool {
    matches!(character as u32, 0x16EE..=0x16F0 | 0x2160..=0x2188 | 0x24B6..=0x24E9 | 0x3007 | 0x3021..=0x3029 | 0x3038..=0x303A | 0xA6E6..=0xA6EF)
}

// The ranges of category No within the basic plane, and those of Nl that are numeric: what is left is category Nd.
fn is_decimal(character: char) -> bool {
    !matches!(character as u32, 0xB2 | 0xB3 | 0xB9 | 0xBC..=0xBE | 0x2070..=0x218B | 0x2460..=0x249B | 0x24EA..=0x24FF | 0x2776..=0x2793 | 0x3007 | 0x3021..=0x3029 | 0x3192..=0x3195 | 0x3220..=0x32B0)
}

/// The ids taken in one text, each with the last number that was put behind it.
#[derive(Debug, Default)]
pub struct UniqueIds(FxHashMap<String, u32>);

impl UniqueIds {
    /// `id` itself if it is free, else with the first free of `-1`, `-2` ... behind it.
    pub fn take(&mut self, id: String) -> String {
        // Most ids are free: they are not formatted a second time.
        let Some(&last) = self.0.get(&id) else {
            self.0.insert(id.clone(), 0);
            return id;
        };
        let mut number = last + 1;
        // A heading may be called `foo-1` itself.
        while self.0.contains_key(&format!("{id}-{number}")) {
            number += 1;
        }
        let next = format!("{id}-{number}");
        self.0.insert(next.clone(), 0);
        self.0.insert(id, number);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_as_docfx() {
        for (text, expected) in [
            ("A & B", "a--b"),
            (" C#", "-c"),
            ("1.2 Foo", "12-foo"),
            ("Hvor kan avtaler vises?", "hvor-kan-avtaler-vises"),
            ("Ærlig ØL på åpen", "ærlig-øl-på-åpen"),
            ("½ og 😀", "-og-"),
            ("!", "section"),
        ] {
            assert_eq!(slug(text), expected);
        }
        let mut ids = UniqueIds::default();
        assert_eq!(
            ["foo", "foo-1", "foo", "foo"].map(|id| ids.take(id.into())),
            ["foo", "foo-1", "foo-2", "foo-3"]
        );
    }
}
