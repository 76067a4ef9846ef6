//! Heading text -> id, exactly as DocFX makes it (spec 8.1), so that deep links keep working.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
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
                out.extend(lower(character))
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

/// As .NET's `Char.IsLetterOrDigit`: letters and decimal digits. The vowel signs of Thai, Hindi or Arabic are marks, `½` and `²` other numbers.
fn is_letter_or_digit(character: char) -> bool {
    let categories = GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::DecimalNumber);
    categories.contains(CodePointMapData::<GeneralCategory>::new().get(character))
}

/// As .NET's `Char.ToLowerInvariant`, which leaves `İ` alone: its small letter is an `i` with a dot above, two characters.
fn lower(character: char) -> impl Iterator<Item = char> {
    let (itself, small) = match character {
        'İ' => (Some(character), None),
        other => (None, Some(other.to_lowercase())),
    };
    itself.into_iter().chain(small.into_iter().flatten())
}

fn is_sign(character: char) -> bool {
    matches!(character, '-' | '_' | '.')
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
            ("ตั้งค่า", "ตงคา"),
            ("सेटिंग्स", "सटगस"),
            ("إعدادات مُتقدِّمة", "إعدادات-متقدمة"),
            ("הַגְדָּרוֹת", "הגדרות"),
            ("İstanbul ve Iğdır", "İstanbul-ve-iğdır"),
            ("ΑΣ ΟΔΟΣ", "ασ-οδοσ"),
            ("a ௰ b ㊿ c Ⅻ ٣", "a--b--c--٣"),
            ("ⓐ e\u{301} ª º ʰ", "-e-ª-º-ʰ"),
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
