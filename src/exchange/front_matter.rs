//! What a file says of its own language -> what its translation says instead: the language in its front matter, and its uid where the
//! configuration says how uids name languages.

use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SourceId, Span};

/// Keys by which pages name their language.
const LANGUAGE: [&str; 3] = ["language", "lang", "locale"];

/// The changes that make of the file `original` one of `locale`, but for its translations.
pub(super) fn adapted(site: &Site, original: SourceId, locale: LocaleId) -> Vec<(Span, String)> {
    let locales = &site.config.locales;
    let default = locales.default();
    let (from, to) = (locales.get(default), locales.get(locale));
    let Some(linked) = site.linked(original) else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    for entry in &linked.document.front_matter.entries {
        let Some(value) = entry.value.text() else {
            continue;
        };
        let new = match &*entry.key {
            key if LANGUAGE.contains(&key) && value == from.folder => Some(to.folder.clone()),
            key if LANGUAGE.contains(&key) && value == from.tag => Some(to.tag.clone()),
            "uid" => uid(site, value, locale),
            _ => None,
        };
        edits.extend(new.map(|new| (entry.value.words_span(), new)));
    }
    edits
}

/// The uid of the translation: the one that has the same stem.
fn uid(site: &Site, uid: &str, locale: LocaleId) -> Option<String> {
    let locales = &site.config.locales;
    let (from, to) = (locales.get(locales.default()), locales.get(locale));
    let stem = site.config.translations.stem(locales.default(), uid)?;
    for (name, other) in [(&from.folder, &to.folder), (&from.tag, &to.tag)] {
        for (at, _) in uid.match_indices(name.as_str()) {
            let new = format!("{}{other}{}", &uid[..at], &uid[at + name.len()..]);
            if site.config.translations.stem(locale, &new).as_ref() == Some(&stem) {
                return Some(new);
            }
        }
    }
    None
}
