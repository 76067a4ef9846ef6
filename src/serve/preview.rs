//! A page of the site -> the same page with what a writer needs: style sheets, scripts, and the data for the scripts.

use serde_json::{Value, json};

use super::page_info::{including, url};
use super::publisher::Publisher;
use super::site_version::SiteVersion;
use crate::locale::LocaleId;
use crate::render;
use crate::site::{PageId, PageVersion};
use crate::source::SitePath;
use crate::source::escape::escaped;

const HEAD: &str = "<link rel=\"stylesheet\" href=\"/_hjelp/preview.css\">\
    <script src=\"/_hjelp/morph.js\" defer></script><script src=\"/_hjelp/preview.js\" defer></script>\n";

/// The texts of the preview, by the names its script has for them.
const WORDS: &[(&str, &str)] = &[
    ("title", "preview-title"),
    ("badge", "preview-badge"),
    ("none", "preview-none"),
    ("why", "preview-why"),
    ("fix", "preview-fix"),
    ("open", "preview-open"),
    ("touches", "preview-touches"),
    ("includes", "preview-includes"),
    ("users", "preview-users"),
    ("linked", "preview-linked"),
    ("beside", "preview-beside"),
    ("keys", "preview-keys"),
    ("keysList", "preview-keys-list"),
    ("close", "close"),
];

/// The data for the script of a page.
pub(super) fn about(publisher: &Publisher, version: &SiteVersion, page: Option<PageId>) -> Value {
    let run = publisher.signals().borrow().run;
    let mut words = serde_json::Map::new();
    if let Some(snapshot) = version.snapshot.as_deref() {
        let locale = page.map_or(snapshot.site.config.locales.default(), |page| {
            snapshot.site.page(page).locale
        });
        let said = |(name, key): &(&str, &str)| {
            (
                (*name).to_owned(),
                snapshot.context.catalog.text(locale, key, &[]).into(),
            )
        };
        words.extend(WORDS.iter().map(said));
    }
    json!({ "token": publisher.token, "run": run, "version": version.number, "words": words })
}

/// Puts the preview into a page.
pub(super) fn inject(page: Vec<u8>, about: &Value) -> Vec<u8> {
    let body = format!(
        "<script type=\"application/json\" id=\"hjelp-preview-about\">{}</script>\n",
        embedded(about)
    );
    let page = insert(page, b"<head>", HEAD, true);
    insert(page, b"</body>", &body, false)
}

/// Data for a script element: escaped, so that nothing in it ends the element.
pub(super) fn embedded(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

/// Puts `text` behind or before `tag`; at the end if the page doesn't have it.
fn insert(mut page: Vec<u8>, tag: &[u8], text: &str, behind: bool) -> Vec<u8> {
    let found = match behind {
        true => page
            .windows(tag.len())
            .position(|window| window == tag)
            .map(|at| at + tag.len()),
        false => page.windows(tag.len()).rposition(|window| window == tag),
    };
    let at = found.unwrap_or(page.len());
    page.splice(at..at, text.bytes());
    page
}

/// A page in place of one that can't be rendered. `content` is HTML.
pub(super) fn stand_in(title: &str, content: &str) -> Vec<u8> {
    let title = escaped(title);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body class=\"hjelp-preview-stand-in\">\n<main><h1>{title}</h1>\n{content}</main>\n</body>\n</html>\n"
    );
    page.into_bytes()
}

/// A fragment by itself, as it looks in a page, with every page that shows it.
pub(super) fn fragment(
    publisher: &Publisher,
    version: &SiteVersion,
    path: &SitePath,
) -> Option<Vec<u8>> {
    let snapshot = version.snapshot.as_deref()?;
    let site = &snapshot.site;
    let id = site.sources.find(path.as_str())?;
    let article = render::html::fragment(site, &snapshot.context, id)?;
    let locale: LocaleId = site
        .linked(id)?
        .locale
        .unwrap_or_else(|| site.config.locales.default());
    let mut list = String::new();
    for user in including(site, id) {
        let Some(page) = site
            .translation_set_of(user)
            .and_then(|set| site.version_for(set, site.linked(user)?.locale.unwrap_or(locale)))
            .map(PageVersion::page)
        else {
            continue;
        };
        let language = site.config.locales.get(site.page(page).locale);
        let (title, name) = (escaped(site.title(user)), escaped(&language.name));
        list.push_str(&format!(
            "<li><a href=\"{}\" lang=\"{}\">{title}</a> – {name}</li>\n",
            url(site, page),
            language.tag
        ));
    }
    let language = site.config.locales.get(locale);
    let (lang, dir) = (&language.tag, language.direction.as_str());
    let users = escaped(&snapshot.context.catalog.text(locale, "preview-users", &[]));
    let title = escaped(path.as_str());
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/hjelp-assets/styles.css\">\n<script src=\"/hjelp-assets/hjelp.js\" defer></script>\n</head>\n\
         <body class=\"hjelp-preview-fragment\">\n<main id=\"hjelp-content\" class=\"content\">\n<p><code>{title}</code></p>\n\
         <article class=\"article\">\n{article}</article>\n<hr>\n<h2>{users}</h2>\n<ul>\n{list}</ul>\n</main>\n</body>\n</html>\n"
    );
    let mut about = about(publisher, version, None);
    let said = |(name, key): &(&str, &str)| {
        (
            (*name).to_owned(),
            snapshot.context.catalog.text(locale, key, &[]).into(),
        )
    };
    about["words"] = Value::Object(WORDS.iter().map(said).collect());
    Some(inject(page.into_bytes(), &about))
}
