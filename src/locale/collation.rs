//! Which of two texts comes first in the alphabet of a language, and under which letter a text is looked up: `æ ø å` stand at the end in
//! Norwegian, and `aa` beside `å`. The rules are CLDR's.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

/// The alphabet of one language.
pub(super) struct Alphabet {
    whole: Option<CollatorBorrowed<'static>>,
    /// Takes `a`, `A` and `á` for one.
    letters: Option<CollatorBorrowed<'static>>,
    /// The capital letters that texts are listed under.
    capitals: Vec<char>,
}

impl Alphabet {
    /// That of the BCP 47 tag `tag`.
    pub(super) fn new(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).ok();
        let collator = |strength: Option<Strength>| {
            let mut options = CollatorOptions::default();
            options.strength = strength;
            Collator::try_new(locale.as_ref()?.into(), options).ok()
        };
        let more = match tag.split('-').next().unwrap_or("") {
            "nb" | "nn" | "no" | "da" => "ÆØÅ",
            "sv" | "fi" => "ÅÄÖ",
            _ => "",
        };
        Alphabet {
            whole: collator(None),
            letters: collator(Some(Strength::Primary)),
            capitals: ('A'..='Z').chain(more.chars()).collect(),
        }
    }

    /// How the texts stand to each other; texts that differ in signs that don't count, as their bytes do.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_alphabet = self
            .whole
            .as_ref()
            .map_or(Ordering::Equal, |collator| collator.compare(one, other));
        by_alphabet.then_with(|| one.cmp(other))
    }

    /// The letter a text is looked up under: one of the alphabet, `#` for digits and signs, or the first letter of another script.
    pub(super) fn letter(&self, text: &str) -> char {
        let text = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let Some(first) = text.chars().next().filter(|first| first.is_alphabetic()) else {
            return '#';
        };
        let is_latin = first.is_ascii()
            || ('\u{c0}'..'\u{250}').contains(&first)
            || ('\u{1e00}'..'\u{1f00}').contains(&first);
        let not_after = |letter: &&char| match &self.letters {
            Some(order) => {
                order.compare(letter.encode_utf8(&mut [0; 4]), text) != Ordering::Greater
            }
            None => **letter == first.to_ascii_uppercase(),
        };
        let found = self
            .capitals
            .iter()
            .rev()
            .find(not_after)
            .filter(|_| is_latin);
        found
            .copied()
            .unwrap_or_else(|| first.to_uppercase().next().unwrap_or(first))
    }
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
