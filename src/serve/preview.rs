//! A page of the site -> the same page with what a writer needs: style sheets, scripts, and the data for the scripts. Knows nothing of
//! problems: the scripts ask for them.

use serde_json::{Map, Value, json};

use super::page_links::PageLinks;
use super::publisher::Publisher;
use super::site_version::SiteVersion;
use crate::locale::LocaleId;
use crate::render;
use crate::site::{PageId, Site};
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

/// A version as a writer sees it.
pub(super) struct Preview<'a> {
    pub(super) publisher: &'a Publisher,
    pub(super) version: &'a SiteVersion,
}

impl Preview<'_> {
    /// The data for the script of a page, with words in the language of the page.
    pub(super) fn about(&self, page: Option<PageId>) -> Value {
        let Some(snapshot) = self.version.snapshot.as_deref() else {
            return self.about_with(Map::new());
        };
        let site = &snapshot.site;
        let locale = match page {
            Some(page) => site.page(page).locale,
            None => site.config.locales.default(),
        };
        self.about_with(self.words(locale))
    }

    fn about_with(&self, words: Map<String, Value>) -> Value {
        let run = self.publisher.signals().borrow().run;
        json!({ "token": self.publisher.token, "run": run, "version": self.version.number, "words": words })
    }

    fn words(&self, locale: LocaleId) -> Map<String, Value> {
        let mut words = Map::new();
        if let Some(snapshot) = self.version.snapshot.as_deref() {
            for (name, key) in WORDS {
                let text = snapshot.context.catalog.text(locale, key, &[]);
                words.insert((*name).to_owned(), text.into());
            }
        }
        words
    }

    /// Puts the preview into a page.
    pub(super) fn inject(&self, bytes: Vec<u8>, page: Option<PageId>) -> Vec<u8> {
        inject(bytes, &self.about(page))
    }

    /// A fragment by itself, as it looks in a page, with every page that shows it.
    pub(super) fn fragment(&self, path: &SitePath) -> Option<Vec<u8>> {
        let snapshot = self.version.snapshot.as_deref()?;
        let site = &snapshot.site;
        let id = site.sources.find(path.as_str())?;
        let article = render::html::fragment(site, &snapshot.context, id)?;
        let locale = match site.linked(id)?.locale {
            Some(locale) => locale,
            None => site.config.locales.default(),
        };
        let mut list = String::new();
        let links = PageLinks { site };
        for user in links.including(id) {
            // Fragments between the page and this one have no page of their own.
            if let Some(page) = links.page_of(user, locale) {
                list.push_str(&page_item(site, page, site.title(user)));
            }
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
        let about = self.about_with(self.words(locale));
        Some(inject(page.into_bytes(), &about))
    }
}

/// A link to a page in a list, in the page's own language.
fn page_item(site: &Site, page: PageId, title: &str) -> String {
    let language = site.config.locales.get(site.page(page).locale);
    format!(
        "<li><a href=\"{}\" lang=\"{}\">{}</a> – {}</li>\n",
        PageLinks { site }.url(page),
        language.tag,
        escaped(title),
        escaped(&language.name)
    )
}

fn inject(page: Vec<u8>, about: &Value) -> Vec<u8> {
    let body = format!(
        "<script type=\"application/json\" id=\"hjelp-preview-about\">{}</script>\n",
        embedded(about)
    );
    // First of all in `<head>`: the theme's styles come later, and win. Articles may contain `</body>` as text, so that the last one counts.
    let page = insert_after(page, b"<head>", HEAD);
    insert_before_last(page, b"</body>", &body)
}

/// Data for a script element: escaped, so that nothing in it ends the element.
pub(super) fn embedded(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

/// Puts `text` after the first `tag`; at the end if the page doesn't have it.
fn insert_after(mut page: Vec<u8>, tag: &[u8], text: &str) -> Vec<u8> {
    let found = page.windows(tag.len()).position(|window| window == tag);
    let at = match found {
        Some(at) => at + tag.len(),
        None => page.len(),
    };
    page.splice(at..at, text.bytes());
    page
}

/// Puts `text` before the last `tag`; at the end if the page doesn't have it.
fn insert_before_last(mut page: Vec<u8>, tag: &[u8], text: &str) -> Vec<u8> {
    let found = page.windows(tag.len()).rposition(|window| window == tag);
    let at = found.unwrap_or(page.len());
    page.splice(at..at, text.bytes());
    page
}

/// A page in place of one that can't be rendered. Its script shows why, and loads the page again when that is fixed.
pub(super) fn stand_in(title: &str) -> Vec<u8> {
    let title = escaped(title);
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body class=\"hjelp-preview-stand-in\">\n<main><h1>{title}</h1>\n</main>\n</body>\n</html>\n"
    );
    page.into_bytes()
}
