//! A text of the configuration that can differ from language to language.

use crate::locale::LocaleId;

/// A text for each locale, with fallbacks already applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LocalizedText(pub(super) Vec<Option<String>>);

impl LocalizedText {
    /// These texts, or if there is none in any language, the others.
    pub(super) fn or(self, others: LocalizedText) -> LocalizedText {
        // As a whole, not language by language: half of the languages with another title would be
        // no choice of the author.
        if self.0.iter().all(Option::is_none) {
            return others;
        }
        self
    }

    /// The text in `locale`, or in a fallback of it.
    pub fn for_locale(&self, locale: LocaleId) -> Option<&str> {
        self.0.get(locale.index())?.as_deref()
    }
}
