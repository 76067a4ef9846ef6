//! Rules about `hjelp.yml` and `docfx.json`. With an error in the configuration nothing is built, so none of those can be switched off.

use super::{Rule, page};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    page(
        Code::UnknownKey,
        [
            "There is no such key.",
            STOPS,
            "Correct the spelling; the nearest key is suggested.",
            "titel: Help   wrong\ntitle: Help   right",
        ],
    ),
    page(
        Code::MissingKey,
        [
            "An entry lacks a key it needs.",
            STOPS,
            "Add it.",
            "fallback:\n- path: release-notes/**\n  show: link",
        ],
    ),
    page(
        Code::UnexpectedValue,
        [
            "A value has the wrong shape, or is none of those there are.",
            STOPS,
            "Write what the help says.",
            "",
        ],
    ),
    page(
        Code::BadGlob,
        [
            "A pattern can match nothing. In a `docfx.json` this is a warning.",
            "Files are missing that should be there, or there that should be missing.",
            "Correct the pattern.",
            "**/*.md takes all Markdown files",
        ],
    ),
    page(
        Code::OutsideSite,
        [
            "A path leads out of the folder that holds the configuration. In a `docfx.json` this is a warning, and what it is about is left out.",
            "What lies outside can't be linked to.",
            "Name a path inside, or move the configuration up.",
            "",
        ],
    ),
    page(
        Code::MissingFile,
        [
            "There is no such `docfx.json`. For a logo or a file of metadata this is a warning.",
            "What it would say is missing.",
            "Correct the name.",
            "",
        ],
    ),
    page(
        Code::InvalidSynonyms,
        [
            "A file of synonyms says something that can't be used, or is for a language the site doesn't have.",
            "Readers who use the other word don't find the page.",
            "Write words, one by one, in lists.",
            "- [møte, avtale]\n- sak: [henvendelse]",
        ],
    ),
    page(
        Code::NoContent,
        [
            "There is no folder to build a site from.",
            STOPS,
            "Say which one it is.",
            "content: docs",
        ],
    ),
    page(
        Code::EmptyContent,
        [
            "There is no file in a folder that is named.",
            "What should be built from it is missing.",
            "Correct the name.",
            "",
        ],
    ),
    page(
        Code::UnknownLocale,
        [
            "There is no language with this folder.",
            STOPS,
            "Correct the name, or add the language.",
            "default-locale: en",
        ],
    ),
    page(
        Code::UnknownLanguage,
        [
            "A folder in `locales` is not named like a language.",
            "Browsers and search engines have to be told which language a page is in.",
            "Add `tag:`.",
            "locales:\n- folder: norsk-enkel\n  tag: nb",
        ],
    ),
    page(
        Code::DuplicateLocale,
        ["A language is listed twice.", STOPS, "Remove one.", ""],
    ),
    page(
        Code::UnlistedLocale,
        [
            "A folder is named like a language, but `locales` doesn't list it.",
            "Its pages are built as if they were in the default language.",
            "List it, or exclude it.",
            "",
        ],
    ),
    page(
        Code::TooManyLocales,
        [
            "There are more than 255 languages.",
            STOPS,
            "Split the site.",
            "",
        ],
    ),
    page(
        Code::InvalidJson,
        [
            "The `docfx.json` cannot be read.",
            STOPS,
            "Look at the line.",
            "",
        ],
    ),
    page(
        Code::UnsupportedExtension,
        [
            "A `docfx.json` switches on an extension of Markdown that hjelp doesn't have.",
            "Its signs stay as they were typed.",
            "Look at the pages that use it, then take the entry away.",
            "",
        ],
    ),
    page(
        Code::StaleBaseline,
        [
            "A problem that is listed as known is mended.",
            "The list would hide the same mistake if it came back.",
            "Run `hjelp check --update-baseline`.",
            "",
        ],
    ),
];

const STOPS: &str = "Without a usable configuration there is no site, so nothing is built.";
