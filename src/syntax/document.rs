//! One parsed file: a [`Document`] is the value every later room reads. Other files are in it only as text in its references.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::source::yaml::YamlNode;

use super::front_matter::FrontMatter;
use super::landing::Landing;
use super::redirect_list::RedirectList;
use super::reference::{Anchor, Reference};
use super::title::DocumentTitle;
use super::toc::Toc;
use super::tree::Tree;

/// One parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The metadata above a Markdown text, or of a YAML page.
    pub front_matter: FrontMatter,
    /// The content.
    pub body: Body,
    /// Every reference to another file, page, uid or address, in source order.
    pub refs: Vec<Reference>,
    /// Every place a link can lead to, in source order.
    pub anchors: Vec<Anchor>,
    /// What it gives for the title of its page.
    pub title: DocumentTitle,
    /// What is wrong with the file in itself.
    pub problems: Vec<Diagnostic>,
    /// What its [`super::interface::Interface`] hashes to.
    pub interface: InterfaceHashes,
}

/// Hashes of the parts of an interface, each of which is asked for by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct InterfaceHashes {
    /// Kind, uid, translation key, redirect and output name: on these it depends which pages exist and what they are called.
    pub identity: u128,
    /// Everything that is shown of the file elsewhere, except its dates: front matter and first heading; the whole text if it is no article.
    pub metadata: u128,
    /// The outgoing references.
    pub references: u128,
    /// The dates in the front matter.
    pub dates: u128,
}

/// The kinds of content.
#[derive(Debug, Clone)]
pub enum Body {
    /// A Markdown file: a page or a fragment.
    Article(Tree),
    /// A `toc.yml` or `toc.md`.
    Toc(Toc),
    /// A landing page (`YamlMime:Category`, `SubCategory`, `Landing`, `Hub`).
    Landing(Landing),
    /// A tutorial (`YamlMime:Tutorial`).
    Tutorial(Tutorial),
    /// `redirects.yml` at the top of the site.
    Redirects(RedirectList),
    /// A page of questions, a unit or another YAML page whose keys hold Markdown.
    Structured(StructuredPage),
    /// A YAML file that is none of these.
    Data(DataPage),
}

impl Body {
    /// The text of a page that is one text.
    pub fn tree(&self) -> Option<&Tree> {
        match self {
            Body::Article(tree) => Some(tree),
            Body::Structured(page) => Some(&page.tree),
            _ => None,
        }
    }
}

/// A YAML page whose keys hold Markdown.
#[derive(Debug, Clone)]
pub struct StructuredPage {
    /// Its `YamlMime`.
    pub mime: Box<str>,
    /// All its texts, with headings for the keys that name a part.
    pub tree: Tree,
    /// The ids of the headings that are questions.
    pub questions: Vec<Box<str>>,
    /// Its content, for a template of the site.
    pub root: YamlNode,
}

/// A YAML file whose keys have no meaning here; a template of the site may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPage {
    /// Its `YamlMime`, if it states one.
    pub mime: Option<Box<str>>,
    /// Its content; empty for generated reference.
    pub root: YamlNode,
    /// The uids in generated reference, of which nothing else is read; nothing for other files.
    pub reference: Option<Vec<Box<str>>>,
}

/// A tutorial: steps of Markdown.
#[derive(Debug, Clone, Default)]
pub struct Tutorial {
    /// What the reader will learn.
    pub summary: Option<Box<str>>,
    /// The steps in order.
    pub steps: Vec<TutorialStep>,
}

/// One step of a tutorial.
#[derive(Debug, Clone)]
pub struct TutorialStep {
    /// Its heading.
    pub title: Box<str>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Its text.
    pub tree: Tree,
    /// The bytes of the step.
    pub span: Span,
}
