//! Which of two texts comes first in the alphabet of a language: `æ ø å` stand at the end in Norwegian, and `aa` beside `å`. The rules are
//! CLDR's.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

/// The alphabet of one language.
pub(super) struct Alphabet(Option<CollatorBorrowed<'static>>);

impl Alphabet {
    /// That of the BCP 47 tag `tag`.
    pub(super) fn new(tag: &str) -> Self {
        let locale = Locale::try_from_str(tag).ok();
        Alphabet(locale.and_then(|locale| Collator::try_new((&locale).into(), CollatorOptions::default()).ok()))
    }

    /// How the texts stand to each other; texts that differ in signs that don't count, as their bytes do.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_alphabet = self.0.as_ref().map_or(Ordering::Equal, |collator| collator.compare(one, other));
        by_alphabet.then_with(|| one.cmp(other))
    }
}
