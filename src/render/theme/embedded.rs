//! The templates, theme files and interface texts that are part of the program.

/// Text of a file of the project.
macro_rules! text {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $path))
    };
}

/// Templates by name.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("a-z.html", text!("templates/a-z.html")),
    ("article.html", text!("templates/article.html")),
    ("assets/article.css", text!("templates/assets/article.css")),
    ("assets/hjelp.css", text!("templates/assets/hjelp.css")),
    ("assets/landing.css", text!("templates/assets/landing.css")),
    ("assets/site.css", text!("templates/assets/site.css")),
    ("assets/styles.css", text!("templates/assets/styles.css")),
    ("base.html", text!("templates/base.html")),
    ("go.html", text!("templates/go.html")),
    (
        "language-choice.html",
        text!("templates/language-choice.html"),
    ),
    ("landing.html", text!("templates/landing.html")),
    ("gone.html", text!("templates/gone.html")),
    ("not-found.html", text!("templates/not-found.html")),
    ("search.html", text!("templates/search.html")),
    (
        "partials/badges.html",
        text!("templates/partials/badges.html"),
    ),
    (
        "partials/breadcrumbs.html",
        text!("templates/partials/breadcrumbs.html"),
    ),
    (
        "partials/footer.html",
        text!("templates/partials/footer.html"),
    ),
    (
        "partials/foreign.html",
        text!("templates/partials/foreign.html"),
    ),
    ("partials/head.html", text!("templates/partials/head.html")),
    (
        "partials/header.html",
        text!("templates/partials/header.html"),
    ),
    (
        "partials/headings.html",
        text!("templates/partials/headings.html"),
    ),
    ("partials/icon.html", text!("templates/partials/icon.html")),
    (
        "partials/landing-card.html",
        text!("templates/partials/landing-card.html"),
    ),
    (
        "partials/landing-highlights.html",
        text!("templates/partials/landing-highlights.html"),
    ),
    (
        "partials/landing-section.html",
        text!("templates/partials/landing-section.html"),
    ),
    (
        "partials/languages.html",
        text!("templates/partials/languages.html"),
    ),
    (
        "partials/moved.html",
        text!("templates/partials/moved.html"),
    ),
    (
        "partials/navigation.html",
        text!("templates/partials/navigation.html"),
    ),
    (
        "partials/notice.html",
        text!("templates/partials/notice.html"),
    ),
    (
        "partials/on-this-page-inline.html",
        text!("templates/partials/on-this-page-inline.html"),
    ),
    (
        "partials/on-this-page.html",
        text!("templates/partials/on-this-page.html"),
    ),
    (
        "partials/page-meta.html",
        text!("templates/partials/page-meta.html"),
    ),
    (
        "partials/previous-next.html",
        text!("templates/partials/previous-next.html"),
    ),
    (
        "partials/search.html",
        text!("templates/partials/search.html"),
    ),
    (
        "partials/sections.html",
        text!("templates/partials/sections.html"),
    ),
    (
        "partials/shortcuts.html",
        text!("templates/partials/shortcuts.html"),
    ),
    (
        "partials/steps.html",
        text!("templates/partials/steps.html"),
    ),
    (
        "partials/styles.html",
        text!("templates/partials/styles.html"),
    ),
    (
        "partials/theme-choice.html",
        text!("templates/partials/theme-choice.html"),
    ),
    ("print.html", text!("templates/print.html")),
    ("redirect.html", text!("templates/redirect.html")),
    ("translations.html", text!("templates/translations.html")),
    ("tutorial.html", text!("templates/tutorial.html")),
];

/// Grammars of code by the name of their language.
pub(super) const GRAMMARS: &[(&str, &str)] = &[
    ("bat", text!("templates/highlight/bat.yml")),
    ("csharp", text!("templates/highlight/csharp.yml")),
    ("css", text!("templates/highlight/css.yml")),
    ("ini", text!("templates/highlight/ini.yml")),
    ("java", text!("templates/highlight/java.yml")),
    ("javascript", text!("templates/highlight/javascript.yml")),
    ("json", text!("templates/highlight/json.yml")),
    ("powershell", text!("templates/highlight/powershell.yml")),
    ("python", text!("templates/highlight/python.yml")),
    ("sh", text!("templates/highlight/sh.yml")),
    ("sql", text!("templates/highlight/sql.yml")),
    ("typescript", text!("templates/highlight/typescript.yml")),
    ("vb", text!("templates/highlight/vb.yml")),
];

/// Theme files by name.
pub(super) const ASSETS: &[(&str, &[u8])] = &[
    (
        "alert-caution.svg",
        text!("templates/assets/alert-caution.svg").as_bytes(),
    ),
    (
        "alert-important.svg",
        text!("templates/assets/alert-important.svg").as_bytes(),
    ),
    (
        "alert-note.svg",
        text!("templates/assets/alert-note.svg").as_bytes(),
    ),
    (
        "alert-tip.svg",
        text!("templates/assets/alert-tip.svg").as_bytes(),
    ),
    (
        "alert-warning.svg",
        text!("templates/assets/alert-warning.svg").as_bytes(),
    ),
    (
        "diagrams.js",
        text!("templates/assets/diagrams.js").as_bytes(),
    ),
    (
        "favicon.svg",
        text!("templates/assets/favicon.svg").as_bytes(),
    ),
    ("go.js", text!("templates/assets/go.js").as_bytes()),
    (
        "language-choice.js",
        text!("templates/assets/language-choice.js").as_bytes(),
    ),
    ("hjelp.js", text!("templates/assets/hjelp.js").as_bytes()),
    (
        "search-core.js",
        text!("templates/assets/search-core.js").as_bytes(),
    ),
    (
        "search.css",
        text!("templates/assets/search.css").as_bytes(),
    ),
    ("search.js", text!("templates/assets/search.js").as_bytes()),
    (
        "redirect.js",
        text!("templates/assets/redirect.js").as_bytes(),
    ),
    ("theme.js", text!("templates/assets/theme.js").as_bytes()),
];

/// Interface texts by language tag.
pub(super) const MESSAGES: &[(&str, &str)] = &[
    ("da", text!("locales/da.ftl")),
    ("de", text!("locales/de.ftl")),
    ("en", text!("locales/en.ftl")),
    ("nb", text!("locales/nb.ftl")),
    ("nl", text!("locales/nl.ftl")),
    ("nn", text!("locales/nn.ftl")),
    ("sv", text!("locales/sv.ftl")),
];
