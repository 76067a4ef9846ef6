//! Everything a template may see for one file, and nothing else. Field names are the variables of the templates: they are documented
//! for theme authors, and a change here is a change there.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::source::SitePath;
use crate::source::yaml::{YamlNode, YamlValue};

/// What one file is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The template; empty if the body is the whole file.
    #[serde(skip)]
    pub template: std::borrow::Cow<'static, str>,
    /// Where the file is written.
    #[serde(skip)]
    pub output: SitePath,
    /// The number of the frame's language, for interface texts.
    pub(super) locale: usize,
    pub(super) frame: Frame,
    pub(super) page: Page,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Frame {
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
    pub languages: Vec<Language>,
    /// The navigation as HTML.
    pub menu: String,
    /// The same as data; empty unless a template asks for it.
    pub nav: Vec<Entry>,
    pub sections: Vec<Section>,
    pub search: Option<Search>,
    pub feed: Option<String>,
    /// Where it says how far the translations are.
    pub translations: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Search {
    pub page: String,
    pub files: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Language {
    pub lang: String,
    pub name: String,
    pub url: String,
    pub current: bool,
    pub translated: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Entry {
    pub title: String,
    pub url: Option<String>,
    pub lang: Option<String>,
    pub current: bool,
    pub open: bool,
    pub external: bool,
    pub more: bool,
    pub children: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Section {
    pub title: String,
    pub url: String,
    pub current: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Page {
    pub kind: &'static str,
    pub title: String,
    pub heading_shown: bool,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub author: Option<String>,
    pub lang: String,
    pub dir: &'static str,
    pub body: String,
    pub headings: Vec<Heading>,
    pub updated: Option<Updated>,
    pub edit_url: Option<String>,
    pub feedback_url: Option<String>,
    pub print_url: Option<String>,
    pub diagrams: Option<String>,
    pub notice: Option<Notice>,
    pub badges: Vec<Badge>,
    pub canonical: Option<String>,
    pub alternates: Vec<Alternate>,
    pub noindex: bool,
    pub breadcrumbs: Vec<Crumb>,
    pub previous: Option<Crumb>,
    pub next: Option<Crumb>,
    pub meta: Meta,
    pub landing: Option<Landing>,
    pub tutorial: Option<Tutorial>,
    pub data: Option<Data>,
    pub redirect: Option<Redirect>,
    pub letters: Vec<Letter>,
    pub dashboard: Option<Dashboard>,
    pub markdown: Option<String>,
    pub structured: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Letter {
    pub letter: String,
    pub entries: Vec<Listed>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Listed {
    pub text: String,
    pub keyword: bool,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Heading {
    pub id: String,
    pub text: String,
    pub level: u8,
    pub children: Vec<Heading>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Updated {
    pub iso: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Notice {
    pub kind: &'static str,
    pub language: String,
    pub original_url: String,
    pub original_lang: String,
    pub changed: Option<Updated>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Dashboard {
    pub states: Vec<String>,
    pub languages: Vec<DashboardLanguage>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct DashboardLanguage {
    pub name: String,
    pub lang: String,
    pub percent: String,
    pub counts: Vec<String>,
    pub words: [String; 2],
    pub pages: Vec<DashboardPage>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct DashboardPage {
    pub link: Link,
    pub file: String,
    pub state: String,
    pub words: Option<String>,
    pub sections: Vec<DashboardSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct DashboardSection {
    pub title: String,
    pub how: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Badge {
    pub kind: String,
    pub value: String,
    pub label: String,
    pub title: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Alternate {
    pub lang: String,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Crumb {
    pub title: String,
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Redirect {
    pub url: String,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Landing {
    pub summary: Option<String>,
    pub highlights: Vec<Card>,
    pub concept: Option<Group>,
    pub cards: Vec<Card>,
    pub more: Option<Group>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Group {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub items: Vec<Card>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Card {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub url: Option<String>,
    pub icon_url: Option<String>,
    pub kind: Option<&'static str>,
    pub label: Option<String>,
    pub lang: Option<String>,
    pub external: bool,
    pub lists: Vec<List>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct List {
    pub kind: Option<&'static str>,
    pub label: Option<String>,
    pub title: Option<String>,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Link {
    pub text: String,
    pub url: Option<String>,
    pub lang: Option<String>,
    pub external: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Tutorial {
    pub summary: Option<String>,
    pub minutes: Option<u32>,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Step {
    pub id: String,
    pub title: String,
    pub minutes: Option<u32>,
    pub body: String,
}

/// Metadata as the author wrote it: texts, lists and maps, never a number or a truth value that YAML guessed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meta(pub Vec<(String, YamlNode)>);

impl Meta {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, node)| node)
    }

    /// The value of `key` if it is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)
            .and_then(YamlNode::text)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// True or false if `key` says so, in whichever way.
    pub fn flag(&self, key: &str) -> Option<bool> {
        flag(self.text(key)?)
    }
}

/// True or false if a text says so, in whichever way.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

impl Serialize for Meta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, node) in &self.0 {
            map.serialize_entry(key, &Written(node))?;
        }
        map.end()
    }
}

/// A YAML page of a type that only the site's own template knows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Data(pub YamlNode);

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(&self.0).serialize(serializer)
    }
}

/// A value as the author wrote it.
pub(super) struct Written<'a>(pub &'a YamlNode);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            YamlValue::Scalar(_) if self.0.is_null() => serializer.serialize_none(),
            YamlValue::Scalar(scalar) => serializer.serialize_str(&scalar.text),
            YamlValue::List(items) => serializer.collect_seq(items.iter().map(Written)),
            YamlValue::Map(entries) => serializer.collect_map(
                entries
                    .iter()
                    .map(|entry| (&*entry.key, Written(&entry.value))),
            ),
        }
    }
}
