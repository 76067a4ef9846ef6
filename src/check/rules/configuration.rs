//! Rules about `hjelp.yml` and `docfx.json`. With an error in the configuration nothing is built, so none of those can be switched off.

use super::{Rule, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    error(
        "unknown-key",
        [
            "There is no such key.",
            STOPS,
            "Correct the spelling; the nearest key is suggested.",
            "titel: Help   wrong\ntitle: Help   right",
        ],
    ),
    error(
        "missing-key",
        [
            "An entry lacks a key it needs.",
            STOPS,
            "Add it.",
            "fallback:\n- path: release-notes/**\n  show: link",
        ],
    ),
    error(
        "unexpected-value",
        [
            "A value has the wrong shape, or is none of those there are.",
            STOPS,
            "Write what the help says.",
            "",
        ],
    ),
    error(
        "bad-glob",
        [
            "A pattern can match nothing. In a `docfx.json` this is a warning.",
            "Files are missing that should be there, or there that should be missing.",
            "Correct the pattern.",
            "**/*.md takes all Markdown files",
        ],
    ),
    error(
        "outside-site",
        [
            "A path leads out of the folder that holds the configuration. In a `docfx.json` this is a warning, and what it is about is left out.",
            "What lies outside can't be linked to.",
            "Name a path inside, or move the configuration up.",
            "",
        ],
    ),
    error(
        "missing-file",
        [
            "There is no such `docfx.json`. For a logo or a file of metadata this is a warning.",
            "What it would say is missing.",
            "Correct the name.",
            "",
        ],
    ),
    warning(
        "invalid-synonyms",
        [
            "A file of synonyms says something that can't be used, or is for a language the site doesn't have.",
            "Readers who use the other word don't find the page.",
            "Write words, one by one, in lists.",
            "- [møte, avtale]\n- sak: [henvendelse]",
        ],
    ),
    error(
        "no-content",
        [
            "There is no folder to build a site from.",
            STOPS,
            "Say which one it is.",
            "content: docs",
        ],
    ),
    warning(
        "empty-content",
        [
            "There is no file in a folder that is named.",
            "What should be built from it is missing.",
            "Correct the name.",
            "",
        ],
    ),
    error(
        "unknown-locale",
        [
            "There is no language with this folder.",
            STOPS,
            "Correct the name, or add the language.",
            "default-locale: en",
        ],
    ),
    error(
        "unknown-language",
        [
            "A folder in `locales` is not named like a language.",
            "Browsers and search engines have to be told which language a page is in.",
            "Add `tag:`.",
            "locales:\n- folder: norsk-enkel\n  tag: nb",
        ],
    ),
    error(
        "duplicate-locale",
        ["A language is listed twice.", STOPS, "Remove one.", ""],
    ),
    warning(
        "unlisted-locale",
        [
            "A folder is named like a language, but `locales` doesn't list it.",
            "Its pages are built as if they were in the default language.",
            "List it, or exclude it.",
            "",
        ],
    ),
    error(
        "too-many-locales",
        [
            "There are more than 255 languages.",
            STOPS,
            "Split the site.",
            "",
        ],
    ),
    error(
        "invalid-json",
        [
            "The `docfx.json` cannot be read.",
            STOPS,
            "Look at the line.",
            "",
        ],
    ),
    note(
        "unsupported-extension",
        [
            "A `docfx.json` switches on an extension of Markdown that hjelp doesn't have.",
            "Its signs stay as they were typed.",
            "Look at the pages that use it, then take the entry away.",
            "",
        ],
    ),
    note(
        "stale-baseline",
        [
            "A problem that is listed as known is mended.",
            "The list would hide the same mistake if it came back.",
            "Run `hjelp check --update-baseline`.",
            "",
        ],
    ),
];

const STOPS: &str = "Without a usable configuration there is no site, so nothing is built.";
