//! The content of a page: `page` in a template. There are several kinds of pages, but a template sees the same variables on all of them; those
//! that a kind doesn't have are empty, so that a template can ask for any.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::landing::{Landing, Link};
use super::metadata::{Metadata, Written};
use crate::source::yaml::YamlNode;

/// `page`: what all kinds of pages have.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::render) struct PageView {
    pub kind: &'static str,
    pub title: String,
    pub lang: String,
    pub dir: &'static str,
    pub noindex: bool,
    pub canonical: Option<String>,
    pub body: PageBody,
}

/// What only some kinds of pages have.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::render) enum PageBody {
    /// Nothing: the template has the text itself.
    #[default]
    None,
    /// A page of the content.
    Document(Box<DocumentPage>),
    /// An address to go on to.
    Redirect(RedirectView),
    /// A list by letters: all pages, or all uids.
    List(Vec<LetterGroup>),
    /// The state of the translations.
    Dashboard(Dashboard),
    /// Articles one after another, as HTML.
    Print(String),
}

/// A page of the content.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::render) struct DocumentPage {
    pub body: DocumentBody,
    pub heading_shown: bool,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub author: Option<String>,
    pub headings: Vec<Heading>,
    pub updated: Option<Updated>,
    pub edit_url: Option<String>,
    pub feedback_url: Option<String>,
    pub print_url: Option<String>,
    pub diagrams: Option<String>,
    pub notice: Option<Notice>,
    pub badges: Vec<Badge>,
    pub alternates: Vec<Alternate>,
    pub breadcrumbs: Vec<Crumb>,
    pub previous: Option<Crumb>,
    pub next: Option<Crumb>,
    pub meta: Metadata,
    pub markdown: Option<String>,
    pub structured: Option<String>,
    pub moved: Vec<MovedSection>,
}

/// What an author wrote.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::render) enum DocumentBody {
    /// Nothing.
    #[default]
    None,
    /// An article, as HTML.
    Article(String),
    Landing(Landing),
    Tutorial(Tutorial),
    /// A YAML page of a type that only a template of the site knows.
    Data(YamlNode),
}

/// Where a page sends its readers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct RedirectView {
    pub url: String,
    /// The sections of the page that was there, which are elsewhere.
    pub moved: Vec<MovedSection>,
    /// Their addresses by their ids, as JSON for the script.
    pub anchors: String,
}

/// A section that is on another page now.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct MovedSection {
    pub id: String,
    pub title: String,
    pub url: String,
}

impl PageView {
    /// The HTML that makes up most of the page.
    pub fn html(&self) -> &str {
        match &self.body {
            PageBody::Print(html) => html,
            PageBody::Document(document) => match &document.body {
                DocumentBody::Article(html) => html,
                _ => "",
            },
            _ => "",
        }
    }
}

impl Serialize for PageView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A template may ask any page for any field, and Tera fails at one that is not there.
        let empty = DocumentPage::default();
        let document = match &self.body {
            PageBody::Document(document) => document,
            _ => &empty,
        };
        let (landing, tutorial, data) = match &document.body {
            DocumentBody::Landing(landing) => (Some(landing), None, None),
            DocumentBody::Tutorial(tutorial) => (None, Some(tutorial), None),
            DocumentBody::Data(data) => (None, None, Some(Written(data))),
            _ => (None, None, None),
        };
        let (redirect, letters, dashboard) = match &self.body {
            PageBody::Redirect(redirect) => (Some(redirect), None, None),
            PageBody::List(letters) => (None, Some(letters.as_slice()), None),
            PageBody::Dashboard(dashboard) => (None, None, Some(dashboard)),
            _ => (None, None, None),
        };
        let mut page = serializer.serialize_struct("page", 33)?;
        page.serialize_field("kind", self.kind)?;
        page.serialize_field("title", &self.title)?;
        page.serialize_field("heading_shown", &document.heading_shown)?;
        page.serialize_field("description", &document.description)?;
        page.serialize_field("keywords", &document.keywords)?;
        page.serialize_field("author", &document.author)?;
        page.serialize_field("lang", &self.lang)?;
        page.serialize_field("dir", self.dir)?;
        page.serialize_field("body", self.html())?;
        page.serialize_field("headings", &document.headings)?;
        page.serialize_field("updated", &document.updated)?;
        page.serialize_field("edit_url", &document.edit_url)?;
        page.serialize_field("feedback_url", &document.feedback_url)?;
        page.serialize_field("print_url", &document.print_url)?;
        page.serialize_field("diagrams", &document.diagrams)?;
        page.serialize_field("notice", &document.notice)?;
        page.serialize_field("badges", &document.badges)?;
        page.serialize_field("canonical", &self.canonical)?;
        page.serialize_field("alternates", &document.alternates)?;
        page.serialize_field("noindex", &self.noindex)?;
        page.serialize_field("breadcrumbs", &document.breadcrumbs)?;
        page.serialize_field("previous", &document.previous)?;
        page.serialize_field("next", &document.next)?;
        page.serialize_field("meta", &document.meta)?;
        page.serialize_field("landing", &landing)?;
        page.serialize_field("tutorial", &tutorial)?;
        page.serialize_field("data", &data)?;
        page.serialize_field("redirect", &redirect)?;
        page.serialize_field("moved", &document.moved)?;
        page.serialize_field("letters", letters.unwrap_or_default())?;
        page.serialize_field("dashboard", &dashboard)?;
        page.serialize_field("markdown", &document.markdown)?;
        page.serialize_field("structured", &document.structured)?;
        page.end()
    }
}

/// Entries of a list that begin with one letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct LetterGroup {
    pub letter: String,
    pub entries: Vec<ListEntry>,
}

/// A title or keyword and the pages it is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct ListEntry {
    pub text: String,
    pub keyword: bool,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Heading {
    pub id: String,
    pub text: String,
    pub level: u8,
    pub children: Vec<Heading>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Updated {
    pub iso: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Notice {
    pub kind: &'static str,
    pub language: String,
    pub original_url: String,
    pub original_lang: String,
    pub changed: Option<Updated>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Dashboard {
    pub states: Vec<String>,
    pub languages: Vec<DashboardLanguage>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct DashboardLanguage {
    pub name: String,
    pub lang: String,
    pub percent: String,
    pub counts: Vec<String>,
    pub words: [String; 2],
    pub pages: Vec<DashboardPage>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct DashboardPage {
    pub link: Link,
    pub file: String,
    pub state: String,
    pub words: Option<String>,
    pub sections: Vec<DashboardSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct DashboardSection {
    pub title: String,
    pub how: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Badge {
    pub kind: String,
    pub value: String,
    pub label: String,
    pub title: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Alternate {
    pub lang: String,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Crumb {
    pub title: String,
    /// The language of the title, if it is another one than the page's.
    pub lang: Option<String>,
    pub url: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct Tutorial {
    pub summary: Option<String>,
    pub minutes: Option<u32>,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Step {
    pub id: String,
    pub title: String,
    pub minutes: Option<u32>,
    pub body: String,
}
