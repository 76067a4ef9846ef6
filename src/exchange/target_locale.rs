//! The languages and files of a returned document -> the locale of the site it is for.

use crate::locale::{LocaleId, Locales};
use crate::site::Site;

use super::document::ReturnedDocument;
use super::xliff::XliffError;

/// The locale whose translations came back. Fails for texts that weren't translated from the default language, for a language the site
/// doesn't have, and for the texts of another site.
pub fn target_locale(site: &Site, returned: &ReturnedDocument) -> Result<LocaleId, XliffError> {
    let locales = &site.config.locales;
    let default = locales.default();
    if !has_name(locales, default, &returned.source_language) {
        return Err(XliffError {
            line: 1,
            message: format!(
                "the texts are translated from `{}`",
                returned.source_language.escape_debug()
            ),
            help: format!(
                "The originals of this site are in `{}`; give a file that was exported from it.",
                locales.get(default).tag
            ),
        });
    }
    let mut others = locales.ids().filter(|id| *id != default);
    let Some(locale) = others.find(|id| has_name(locales, *id, &returned.target_language)) else {
        return Err(unknown_language(locales, &returned.target_language));
    };
    check_site(site, returned)?;
    Ok(locale)
}

/// True for the tag and for the folder of a locale, in any case as BCP 47 has it.
fn has_name(locales: &Locales, id: LocaleId, name: &str) -> bool {
    let locale = locales.get(id);
    locale.tag.eq_ignore_ascii_case(name) || locale.folder.eq_ignore_ascii_case(name)
}

fn unknown_language(locales: &Locales, language: &str) -> XliffError {
    let default = locales.default();
    let mut known = Vec::new();
    for id in locales.ids() {
        if id != default {
            known.push(format!("`{}`", locales.get(id).tag));
        }
    }
    XliffError {
        line: 1,
        message: format!(
            "this site has no translation into `{}`",
            language.escape_debug()
        ),
        help: format!(
            "Its languages are {}; set the target language of the file to one of them.",
            known.join(", ")
        ),
    }
}

/// Fails if none of the files is in this site.
fn check_site(site: &Site, returned: &ReturnedDocument) -> Result<(), XliffError> {
    let Some(first) = returned.files.first() else {
        return Ok(());
    };
    // One known file is enough: others may have been deleted or moved since the export.
    let is_known = returned
        .files
        .iter()
        .any(|file| site.sources.find(&file.original).is_some());
    if is_known {
        return Ok(());
    }
    Err(XliffError {
        line: 1,
        message: format!(
            "the texts are from another site: `{}` and its other files are not in this one",
            first.original.escape_debug()
        ),
        help: "Run hjelp in the folder of the site they were exported from.".to_owned(),
    })
}
