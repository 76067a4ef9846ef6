//! The language and uid in the front matter of a file -> those of a new translation of it.

use crate::source::SourceId;
use crate::source::edit::TextEdit;

use super::context::ExchangeContext;

/// Keys by which pages name their language.
const LANGUAGE_KEYS: [&str; 3] = ["language", "lang", "locale"];

/// The edits of the values in the front matter of `original` that are different in a translation.
pub(super) fn localized_values(context: ExchangeContext<'_>, original: SourceId) -> Vec<TextEdit> {
    let ExchangeContext { site, locale, .. } = context;
    let locales = &site.config.locales;
    let (from, to) = (locales.get(locales.default()), locales.get(locale));
    let Some(linked) = site.linked(original) else {
        return Vec::new();
    };
    let mut values = Vec::new();
    for entry in &linked.document.front_matter.entries {
        let Some(value) = entry.value.text() else {
            continue;
        };
        let localized = match &*entry.key {
            // Sites name languages by folder or by tag; each keeps its way.
            key if LANGUAGE_KEYS.contains(&key) && value == from.folder => Some(to.folder.clone()),
            key if LANGUAGE_KEYS.contains(&key) && value == from.tag => Some(to.tag.clone()),
            "uid" => localized_uid(context, value),
            _ => None,
        };
        if let Some(replacement) = localized {
            values.push(TextEdit {
                span: entry.value.words_span(),
                replacement,
            });
        }
    }
    values
}

/// The uid of the translation: the one with the same stem, where the configuration says how uids name languages.
fn localized_uid(context: ExchangeContext<'_>, uid: &str) -> Option<String> {
    let ExchangeContext { site, locale, .. } = context;
    let locales = &site.config.locales;
    let translations = &site.config.translations;
    let (from, to) = (locales.get(locales.default()), locales.get(locale));
    let stem = translations.stem(locales.default(), uid)?;
    for (name, other) in [(&from.folder, &to.folder), (&from.tag, &to.tag)] {
        // `en` may be in the middle of a word as well: each place is tried.
        for (at, _) in uid.match_indices(name.as_str()) {
            let localized = format!("{}{other}{}", &uid[..at], &uid[at + name.len()..]);
            if translations.stem(locale, &localized).as_ref() == Some(&stem) {
                return Some(localized);
            }
        }
    }
    None
}
