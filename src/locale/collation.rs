//! Texts -> their alphabetical order in a language, and the letter under which an index lists them: `æ ø å` are at the end in Norwegian,
//! and `aa` is sorted as `å`. The rules are CLDR's.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

/// The alphabet of one language.
pub(super) struct Alphabet {
    /// Missing for a tag that is no locale.
    texts: Option<CollatorBorrowed<'static>>,
    /// Takes `a`, `A` and `á` for the same letter.
    letters: Option<CollatorBorrowed<'static>>,
    /// The capital letters that texts are listed under.
    capitals: Vec<char>,
}

impl Alphabet {
    /// The alphabet of the language with this BCP 47 tag.
    pub(super) fn new(tag: &str) -> Self {
        // CLDR's collation data does not list the letters of an alphabet, so those beyond A to Z are given here.
        let more = match tag.split('-').next().unwrap_or("") {
            "nb" | "nn" | "no" | "da" => "ÆØÅ",
            "sv" | "fi" => "ÅÄÖ",
            _ => "",
        };
        Alphabet {
            texts: collator(tag, None),
            letters: collator(tag, Some(Strength::Primary)),
            capitals: ('A'..='Z').chain(more.chars()).collect(),
        }
    }

    /// The order of two texts. Texts the language sorts alike are ordered by their bytes, so that the order is total.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_alphabet = match &self.texts {
            Some(collator) => collator.compare(one, other),
            None => Ordering::Equal,
        };
        // A collator takes composed and decomposed letters for equal, and then the order would depend on that of the input.
        by_alphabet.then_with(|| one.cmp(other))
    }

    /// The letter a text is listed under: one of the alphabet, `#` for digits and symbols, or the first letter of another script.
    pub(super) fn letter(&self, text: &str) -> char {
        let text = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let Some(first) = text.chars().next() else {
            return '#';
        };
        if !first.is_alphabetic() {
            return '#';
        }
        // A page in the index may be in another script than its language.
        if is_latin(first) {
            // Going backwards, the first letter that does not come after the text is its own: `aa` is after `Å`, but `ab` after `A`.
            for capital in self.capitals.iter().rev() {
                if self.is_not_after(*capital, text, first) {
                    return *capital;
                }
            }
        }
        first.to_uppercase().next().unwrap_or(first)
    }

    fn is_not_after(&self, capital: char, text: &str, first: char) -> bool {
        match &self.letters {
            Some(collator) => {
                collator.compare(capital.encode_utf8(&mut [0; 4]), text) != Ordering::Greater
            }
            None => capital == first.to_ascii_uppercase(),
        }
    }
}

fn collator(tag: &str, strength: Option<Strength>) -> Option<CollatorBorrowed<'static>> {
    let locale = Locale::try_from_str(tag).ok()?;
    let mut options = CollatorOptions::default();
    // Primary strength compares letters only. Accents and case are of lower levels (UTS 10, section 1.1).
    options.strength = strength;
    Collator::try_new(locale.into(), options).ok()
}

/// True for letters of the Latin blocks; the collator puts those of other scripts after Z, where no letter of the alphabet fits.
fn is_latin(letter: char) -> bool {
    letter.is_ascii()
        || ('\u{c0}'..'\u{250}').contains(&letter)
        || ('\u{1e00}'..'\u{1f00}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_own_order() {
        let sorted = |tag: &str| {
            let order = Alphabet::new(tag);
            let mut words = [
                "Øl", "åpen", "zebra", "Ærlig", "aapen", "öl", "Anna", "äpple",
            ];
            words.sort_by(|a, b| order.compare(a, b));
            words
                .map(|word| format!("{}{word}", order.letter(word)))
                .join(" ")
        };
        assert_eq!(
            sorted("nb"),
            "AAnna Zzebra Æäpple ÆÆrlig ØØl Øöl Ååpen Åaapen"
        );
        assert_eq!(
            sorted("sv"),
            "Aaapen AAnna Zzebra Ååpen Ääpple ÄÆrlig Ööl ÖØl"
        );
        let german = Alphabet::new("de");
        assert_eq!(
            ["äpfel", "Öl", "Zoo", "10", "Ωmega"].map(|word| german.letter(word)),
            ['A', 'O', 'Z', '#', 'Ω']
        );
        assert_eq!(
            (
                german.compare("äpfel", "apfel"),
                german.compare("äpfel", "b")
            ),
            (Ordering::Greater, Ordering::Less)
        );
    }
}
