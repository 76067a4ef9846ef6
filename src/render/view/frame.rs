//! What is around the content of every page: `frame` in a template.

use serde::Serialize;

/// `frame`
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct Frame {
    pub lang: String,
    pub dir: &'static str,
    pub folder: String,
    pub root: String,
    pub assets: String,
    pub site: String,
    pub home: String,
    pub logo: Option<String>,
    pub accent: Option<String>,
    pub footer: Option<String>,
    pub languages: Vec<LanguageLink>,
    /// The navigation as HTML.
    pub menu: String,
    /// The same as data; empty unless a template of the site uses it.
    pub nav: Vec<NavItem>,
    /// The file with the whole contents of the language.
    pub contents: Option<String>,
    pub sections: Vec<SectionLink>,
    pub search: Option<SearchUrls>,
    pub feed: Option<String>,
    /// The page with the state of the translations.
    pub translations: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct SearchUrls {
    /// The list of all pages.
    pub page: String,
    /// The page with results.
    pub results: String,
    pub files: String,
}

/// The page in another language, or the home page of that language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct LanguageLink {
    pub lang: String,
    pub name: String,
    pub url: String,
    pub current: bool,
    pub translated: bool,
    /// True if the address is that of another page, as this one has no version in the language.
    pub elsewhere: bool,
}

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct NavItem {
    pub title: String,
    pub url: Option<String>,
    pub lang: Option<String>,
    pub current: bool,
    pub open: bool,
    pub external: bool,
    pub more: bool,
    pub children: Vec<NavItem>,
}

/// An entry of the outermost level of the language's whole navigation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct SectionLink {
    pub title: String,
    /// The language of the title, if it is another one than the page's.
    pub lang: Option<String>,
    pub url: String,
    pub current: bool,
}
