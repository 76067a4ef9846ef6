//! The name of a folder -> the language it is the code of. Knows the languages that help sites are written in, and those of smaller peoples.
//! A folder called `ms` or `se` is more often something else, so guesses ask for its pages too ([`is_usual_language`]); `locales` in
//! the configuration can name any language.

use Direction::{Ltr, Rtl};

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// As HTML spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// What follows from the code of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageInfo {
    /// The BCP 47 tag: `nb`, `pt-BR`, `zh-Hans`.
    pub tag: String,
    /// The English name of the language in lower case.
    pub search: &'static str,
    /// Its name in the language itself.
    pub name: String,
    /// Which way it is written.
    pub direction: Direction,
}

/// Code, English name, own name, direction.
type Language = (&'static str, &'static str, &'static str, Direction);

/// Sorted by code.
const LANGUAGES: &[Language] = &[
    ("ar", "arabic", "العربية", Rtl),
    ("bg", "bulgarian", "Български", Ltr),
    ("bn", "bengali", "বাংলা", Ltr),
    ("bs", "bosnian", "Bosanski", Ltr),
    ("ca", "catalan", "Català", Ltr),
    ("cs", "czech", "Čeština", Ltr),
    ("cy", "welsh", "Cymraeg", Ltr),
    ("da", "danish", "Dansk", Ltr),
    ("de", "german", "Deutsch", Ltr),
    ("el", "greek", "Ελληνικά", Ltr),
    ("en", "english", "English", Ltr),
    ("es", "spanish", "Español", Ltr),
    ("et", "estonian", "Eesti", Ltr),
    ("eu", "basque", "Euskara", Ltr),
    ("fa", "persian", "فارسی", Rtl),
    ("fi", "finnish", "Suomi", Ltr),
    ("fo", "faroese", "Føroyskt", Ltr),
    ("fr", "french", "Français", Ltr),
    ("ga", "irish", "Gaeilge", Ltr),
    ("gl", "galician", "Galego", Ltr),
    ("he", "hebrew", "עברית", Rtl),
    ("hi", "hindi", "हिन्दी", Ltr),
    ("hr", "croatian", "Hrvatski", Ltr),
    ("hu", "hungarian", "Magyar", Ltr),
    ("id", "indonesian", "Bahasa Indonesia", Ltr),
    ("is", "icelandic", "Íslenska", Ltr),
    ("it", "italian", "Italiano", Ltr),
    ("ja", "japanese", "日本語", Ltr),
    ("ko", "korean", "한국어", Ltr),
    ("lt", "lithuanian", "Lietuvių", Ltr),
    ("lv", "latvian", "Latviešu", Ltr),
    ("mk", "macedonian", "Македонски", Ltr),
    ("nb", "norwegian", "Norsk bokmål", Ltr),
    ("nl", "dutch", "Nederlands", Ltr),
    ("nn", "norwegian", "Norsk nynorsk", Ltr),
    ("no", "norwegian", "Norsk", Ltr),
    ("pl", "polish", "Polski", Ltr),
    ("pt", "portuguese", "Português", Ltr),
    ("ro", "romanian", "Română", Ltr),
    ("ru", "russian", "Русский", Ltr),
    ("sk", "slovak", "Slovenčina", Ltr),
    ("sl", "slovenian", "Slovenščina", Ltr),
    ("sq", "albanian", "Shqip", Ltr),
    ("sr", "serbian", "Српски", Ltr),
    ("sv", "swedish", "Svenska", Ltr),
    ("th", "thai", "ไทย", Ltr),
    ("tr", "turkish", "Türkçe", Ltr),
    ("uk", "ukrainian", "Українська", Ltr),
    ("ur", "urdu", "اردو", Rtl),
    ("vi", "vietnamese", "Tiếng Việt", Ltr),
    ("zh", "chinese", "中文", Ltr),
];

/// Codes that are more often the name of a product or a department than of a language, sorted.
const RARE_LANGUAGES: &[Language] = &[
    ("af", "afrikaans", "Afrikaans", Ltr),
    ("am", "amharic", "አማርኛ", Ltr),
    ("az", "azerbaijani", "Azərbaycan", Ltr),
    ("be", "belarusian", "Беларуская", Ltr),
    ("br", "breton", "Brezhoneg", Ltr),
    ("ckb", "kurdish", "کوردیی ناوەندی", Rtl),
    ("eo", "esperanto", "Esperanto", Ltr),
    ("fil", "filipino", "Filipino", Ltr),
    ("fkv", "kven", "Kvääni", Ltr),
    ("fy", "frisian", "Frysk", Ltr),
    ("gd", "gaelic", "Gàidhlig", Ltr),
    ("gu", "gujarati", "ગુજરાતી", Ltr),
    ("hsb", "sorbian", "Hornjoserbšćina", Ltr),
    ("hy", "armenian", "Հայերեն", Ltr),
    ("ka", "georgian", "ქართული", Ltr),
    ("kk", "kazakh", "Қазақ тілі", Ltr),
    ("kl", "greenlandic", "Kalaallisut", Ltr),
    ("km", "khmer", "ខ្មែរ", Ltr),
    ("kn", "kannada", "ಕನ್ನಡ", Ltr),
    ("ku", "kurdish", "Kurdî", Ltr),
    ("ky", "kyrgyz", "Кыргызча", Ltr),
    ("lb", "luxembourgish", "Lëtzebuergesch", Ltr),
    ("lo", "lao", "ລາວ", Ltr),
    ("ml", "malayalam", "മലയാളം", Ltr),
    ("mn", "mongolian", "Монгол", Ltr),
    ("mr", "marathi", "मराठी", Ltr),
    ("ms", "malay", "Melayu", Ltr),
    ("mt", "maltese", "Malti", Ltr),
    ("my", "burmese", "မြန်မာ", Ltr),
    ("ne", "nepali", "नेपाली", Ltr),
    ("oc", "occitan", "Occitan", Ltr),
    ("pa", "punjabi", "ਪੰਜਾਬੀ", Ltr),
    ("ps", "pashto", "پښتو", Rtl),
    ("rm", "romansh", "Rumantsch", Ltr),
    ("sc", "sardinian", "Sardu", Ltr),
    ("se", "northern sami", "Davvisámegiella", Ltr),
    ("si", "sinhala", "සිංහල", Ltr),
    ("sma", "southern sami", "Åarjelsaemien gïele", Ltr),
    ("smj", "lule sami", "Julevsámegiella", Ltr),
    ("smn", "inari sami", "Anarâškielâ", Ltr),
    ("sms", "skolt sami", "Nuõrttsääʹmǩiõll", Ltr),
    ("so", "somali", "Soomaali", Ltr),
    ("sw", "swahili", "Kiswahili", Ltr),
    ("ta", "tamil", "தமிழ்", Ltr),
    ("te", "telugu", "తెలుగు", Ltr),
    ("tg", "tajik", "Тоҷикӣ", Ltr),
    ("ti", "tigrinya", "ትግርኛ", Ltr),
    ("tk", "turkmen", "Türkmen dili", Ltr),
    ("tt", "tatar", "Татар", Ltr),
    ("uz", "uzbek", "O‘zbek", Ltr),
    ("xh", "xhosa", "IsiXhosa", Ltr),
    ("yi", "yiddish", "ייִדיש", Rtl),
    ("zu", "zulu", "IsiZulu", Ltr),
];

/// Tags with a name of their own, because that of the language is ambiguous.
const FORMS: &[(&str, &str)] = &[
    ("de-AT", "Deutsch (Österreich)"),
    ("de-CH", "Deutsch (Schweiz)"),
    ("en-AU", "English (Australia)"),
    ("en-GB", "English (UK)"),
    ("en-US", "English (US)"),
    ("es-MX", "Español (México)"),
    ("fr-BE", "Français (Belgique)"),
    ("fr-CA", "Français (Canada)"),
    ("fr-CH", "Français (Suisse)"),
    ("nl-BE", "Nederlands (België)"),
    ("pt-BR", "Português (Brasil)"),
    ("pt-PT", "Português (Portugal)"),
    ("sr-Latn", "Srpski"),
    ("zh-CN", "简体中文"),
    ("zh-HK", "繁體中文（香港）"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
    ("zh-TW", "繁體中文"),
];

/// The language whose code `folder` is, alone (`no`, `EN`) or with a script or region (`pt-br`, `zh_Hans`, `nb-NO`).
pub fn language_info(folder: &str) -> Option<LanguageInfo> {
    let mut parts = folder.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let known = find(LANGUAGES, &language).or_else(|| find(RARE_LANGUAGES, &language));
    let &(code, search, own_name, direction) = known?;
    // Browsers ask for `nb` or `nn`; `no` is the macrolanguage, and pages in a folder of that name are Bokmål.
    let mut tag = String::from(if code == "no" { "nb" } else { code });
    let mut last = 0;
    for part in parts {
        let rank = rank(part)?;
        // Script before region, each once (BCP 47, section 2.2): `en-us-us` is an ordinary folder.
        if rank <= last {
            return None;
        }
        last = rank;
        tag.push('-');
        match rank {
            1 => {
                // BCP 47 ignores case and recommends this spelling (section 2.1.1). All of the program compares tags as texts.
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_uppercase()),
        }
    }
    let name = FORMS
        .iter()
        .find(|form| form.0 == tag)
        .map_or(own_name, |form| form.1);
    Some(LanguageInfo {
        tag,
        search,
        name: name.into(),
        direction,
    })
}

fn find(languages: &'static [Language], code: &str) -> Option<&'static Language> {
    let found = languages.binary_search_by(|entry| entry.0.cmp(code)).ok()?;
    languages.get(found)
}

/// True if a folder of this name is more often a language than something else.
pub fn is_usual_language(folder: &str) -> bool {
    let code = folder.split(['-', '_']).next().unwrap_or_default();
    language_info(folder).is_some() && find(LANGUAGES, &code.to_ascii_lowercase()).is_some()
}

/// The canonical spelling of a BCP 47 tag of language, script, region and variants; nothing if it is not a valid tag.
pub fn canonical_tag(tag: &str) -> Option<String> {
    let tag = icu_locale_core::LanguageIdentifier::try_from_str(tag).ok()?;
    if tag.is_unknown() {
        return None;
    }
    Some(tag.to_string())
}

/// 1 for a script (`Hans`), 2 for a region (`BR`, `419`); nothing else may follow a language here.
fn rank(part: &str) -> Option<u8> {
    let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match part.len() {
        4 if letters => Some(1),
        2 if letters => Some(2),
        3 if part.bytes().all(|byte| byte.is_ascii_digit()) => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn folders_that_are_codes() {
        for (folder, tag, search, name) in [
            ("no", "nb", "norwegian", "Norsk"),
            ("nb", "nb", "norwegian", "Norsk bokmål"),
            ("nb-NO", "nb-NO", "norwegian", "Norsk bokmål"),
            ("no-no", "nb-NO", "norwegian", "Norsk"),
            ("nn", "nn", "norwegian", "Norsk nynorsk"),
            ("EN", "en", "english", "English"),
            ("en-us", "en-US", "english", "English (US)"),
            ("pt-br", "pt-BR", "portuguese", "Português (Brasil)"),
            ("pt_BR", "pt-BR", "portuguese", "Português (Brasil)"),
            ("zh-hans", "zh-Hans", "chinese", "简体中文"),
            ("zh-Hant-tw", "zh-Hant-TW", "chinese", "中文"),
            ("es-419", "es-419", "spanish", "Español"),
        ] {
            let found = language_info(folder).unwrap();
            assert_eq!(
                (found.tag.as_str(), found.search, found.name.as_str()),
                (tag, search, name),
                "{folder}"
            );
        }
        assert_eq!(language_info("he").unwrap().direction.as_str(), "rtl");
    }

    #[test]
    fn folders_that_are_not() {
        for folder in [
            "",
            "-",
            "n",
            "nor",
            "api",
            "en-",
            "en-learn",
            "en-us-x",
            "en-us-hans",
            "en-us-us",
            "no/diary",
            "på",
            "en-åå",
            "it-support",
        ] {
            assert_eq!(language_info(folder), None, "{folder}");
        }
    }

    #[test]
    fn the_tables_are_sorted_and_have_no_language_twice() {
        for table in [LANGUAGES, RARE_LANGUAGES] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        for (code, ..) in RARE_LANGUAGES {
            assert!(find(LANGUAGES, code).is_none(), "{code}");
        }
    }

    #[test]
    fn codes_of_rare_languages_are_languages_where_someone_says_so() {
        for (folder, tag, name) in [
            ("se", "se", "Davvisámegiella"),
            ("se-NO", "se-NO", "Davvisámegiella"),
            ("sma", "sma", "Åarjelsaemien gïele"),
            ("kl", "kl", "Kalaallisut"),
            ("LB", "lb", "Lëtzebuergesch"),
        ] {
            let found = language_info(folder).unwrap();
            assert_eq!((found.tag.as_str(), found.name.as_str()), (tag, name));
            assert!(!is_usual_language(folder), "{folder}");
        }
        assert!(is_usual_language("no") && is_usual_language("pt-br"));
        assert!(!is_usual_language("api"));
    }
}
