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
    if locale_of(locales, &returned.source_language) != Some(default) {
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
    let locale = match locale_of(locales, &returned.target_language) {
        Some(locale) if locale != default => locale,
        _ => return Err(unknown_language(locales, &returned.target_language)),
    };
    check_site(site, returned)?;
    Ok(locale)
}

/// The only locale that a tool can mean by `name`: tools add regions to tags (`nb-NO` for `nb`), take them away, and write `_` for `-`.
fn locale_of(locales: &Locales, name: &str) -> Option<LocaleId> {
    let name = name.replace('_', "-");
    for id in locales.ids() {
        let locale = locales.get(id);
        if locale.tag.eq_ignore_ascii_case(&name) || locale.folder.eq_ignore_ascii_case(&name) {
            return Some(id);
        }
    }
    let name = LanguageTag::read(&name)?;
    let mut same = Vec::new();
    let mut tags = Vec::new();
    for id in locales.ids() {
        let own = LanguageTag::read(&locales.get(id).tag);
        if let Some(own) = own {
            if own.language == name.language && own.has_same_form(&name) {
                same.push(id);
            }
            tags.push((id, own));
        }
    }
    // `no` is the macrolanguage, and what is called so is Bokmål, unless it could be Nynorsk of the same site.
    let has_nynorsk = tags.iter().any(|(_, tag)| tag.language == "nn");
    if same.is_empty() && !(name.language == "no" && has_nynorsk) {
        for (id, tag) in &tags {
            if is_bokmal(&tag.language) && is_bokmal(&name.language) && tag.has_same_form(&name) {
                same.push(*id);
            }
        }
    }
    // Of two that it can be, none is taken: a text in the wrong language is worse than a question.
    match same.as_slice() {
        [id] => Some(*id),
        _ => None,
    }
}

fn is_bokmal(language: &str) -> bool {
    matches!(language, "no" | "nb")
}

/// A tag of language, script and region, in lower case; each of the latter is empty if it isn't in it.
#[derive(Debug, PartialEq, Eq)]
struct LanguageTag {
    language: String,
    script: String,
    region: String,
}

impl LanguageTag {
    fn read(tag: &str) -> Option<LanguageTag> {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let mut read = LanguageTag {
            language: parts.next()?.to_owned(),
            script: String::new(),
            region: String::new(),
        };
        for part in parts {
            match part.len() {
                4 => part.clone_into(&mut read.script),
                2 | 3 => part.clone_into(&mut read.region),
                // Variants make another language of it than any region does.
                _ => return None,
            }
        }
        // The region of a tag without a script says how Chinese is written (CLDR, likely subtags).
        if read.language == "zh" && read.script.is_empty() {
            let script = match read.region.as_str() {
                "cn" | "sg" | "my" => "hans",
                "tw" | "hk" | "mo" => "hant",
                _ => "",
            };
            script.clone_into(&mut read.script);
        }
        Some(read)
    }

    /// True if neither script nor region contradict each other.
    fn has_same_form(&self, name: &LanguageTag) -> bool {
        is_compatible(&self.script, &name.script) && is_compatible(&self.region, &name.region)
    }
}

/// True if two parts of tags don't contradict each other.
fn is_compatible(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one == other
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Direction, Locale};

    fn meant(tags: &[&str], name: &str) -> Option<String> {
        let mut list = Vec::new();
        for tag in tags {
            list.push(Locale {
                folder: if *tag == "nb/no" { "no" } else { tag }.to_owned(),
                tag: if *tag == "nb/no" { "nb" } else { tag }.to_owned(),
                search: String::new(),
                name: String::new(),
                direction: Direction::Ltr,
                fallback: Vec::new(),
            });
        }
        let locales = Locales::new(list, LocaleId::new(0));
        Some(locales.get(locale_of(&locales, name)?).tag.clone())
    }

    #[test]
    fn tags_of_tools_mean_a_language_of_the_site() {
        for (tags, name, expected) in [
            (&["en", "nb/no"][..], "nb-NO", Some("nb")),
            (&["en", "nb/no"], "nb_NO", Some("nb")),
            (&["en", "nb/no"], "no-NO", Some("nb")),
            (&["en", "nb/no"], "NO", Some("nb")),
            (&["en", "nb/no"], "nn-NO", None),
            (&["en", "nn"], "no-NO", None),
            (&["en", "nn"], "nb", None),
            (&["en", "nb", "nn"], "nn_no", Some("nn")),
            (&["en", "nb", "nn"], "nb-no", Some("nb")),
            (&["en", "nb", "no"], "nb-NO", Some("nb")),
            (&["en", "nb", "no"], "no-NO", Some("no")),
            (&["en", "nb"], "no-NO", Some("nb")),
            (&["en", "nb", "nn"], "no-NO", None),
            (&["en", "de"], "de-DE", Some("de")),
            (&["en", "de", "de-AT"], "de-AT", Some("de-AT")),
            (&["en", "de", "de-AT"], "de-CH", Some("de")),
            (&["en", "pt-BR"], "pt", Some("pt-BR")),
            (&["en", "pt-BR"], "pt-PT", None),
            (&["en", "pt-BR", "pt-PT"], "pt", None),
            (&["en", "zh-Hans", "zh-Hant"], "zh-CN", Some("zh-Hans")),
            (&["en", "zh-Hans", "zh-Hant"], "zh_TW", Some("zh-Hant")),
            (&["en", "zh-Hans", "zh-Hant"], "zh", None),
            (&["en", "de"], "en-US", Some("en")),
            (&["en", "de"], "", None),
        ] {
            assert_eq!(meant(tags, name).as_deref(), expected, "{tags:?} {name}");
        }
    }
}
