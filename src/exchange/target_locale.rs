//! What came back -> the language of the site it is for.

use crate::locale::LocaleId;
use crate::site::Site;

use super::document::ReturnedDocument;
use super::xliff::XliffError;

/// The locale whose texts came back. Refused are texts from another language than the site's own, in a language it doesn't have, and those
/// of another site.
pub fn target_locale(site: &Site, returned: &ReturnedDocument) -> Result<LocaleId, XliffError> {
    let locales = &site.config.locales;
    let default = locales.default();
    let names = |id: LocaleId| {
        [
            locales.get(id).tag.as_str(),
            locales.get(id).folder.as_str(),
        ]
    };
    let is = |id: LocaleId, tag: &str| names(id).iter().any(|name| name.eq_ignore_ascii_case(tag));
    let refuse = |message: String, help: String| {
        Err(XliffError {
            line: 1,
            message,
            help,
        })
    };
    if !is(default, &returned.from) {
        let message = format!(
            "the texts are translated from `{}`",
            returned.from.escape_debug()
        );
        return refuse(
            message,
            format!(
                "The originals of this site are in `{}`; give a file that was exported from it.",
                names(default)[0]
            ),
        );
    }
    let Some(locale) = locales
        .ids()
        .find(|id| *id != default && is(*id, &returned.to))
    else {
        let known: Vec<String> = locales
            .ids()
            .filter(|id| *id != default)
            .map(|id| format!("`{}`", names(id)[0]))
            .collect();
        let message = format!(
            "this site has no translation into `{}`",
            returned.to.escape_debug()
        );
        return refuse(
            message,
            format!(
                "Its languages are {}; the file names the one it is for.",
                known.join(", ")
            ),
        );
    };
    let known = |original: &str| site.sources.find(original).is_some();
    if !returned.files.is_empty() && !returned.files.iter().any(|file| known(&file.original)) {
        let first = returned.files.first().map_or("", |file| &file.original);
        let message = format!(
            "the texts are from another site: there is no `{}` here, nor any other of its files",
            first.escape_debug()
        );
        return refuse(
            message,
            "Run hjelp in the folder of the site they were exported from.".to_owned(),
        );
    }
    Ok(locale)
}
