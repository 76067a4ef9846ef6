//! What one file says: a [`Document`] is the value every later room reads. It mentions other files only as text in its references.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::source::yaml::YamlNode;

use super::front_matter::FrontMatter;
use super::landing::Landing;
use super::toc::Toc;
use super::tree::Tree;

/// One parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The metadata above a Markdown text, or of a YAML page.
    pub front_matter: FrontMatter,
    /// The content.
    pub body: Body,
    /// Every mention of another file, page, uid or address, in source order.
    pub refs: Vec<Reference>,
    /// Every place a link can lead to, in source order.
    pub anchors: Vec<Anchor>,
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
    /// A YAML file that is neither.
    Data(DataPage),
}

/// A YAML file whose keys mean nothing here; a template of the site may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPage {
    /// Its `YamlMime`, if it states one.
    pub mime: Option<Box<str>>,
    /// What it says.
    pub root: YamlNode,
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
    /// Where the step stands.
    pub span: Span,
}

/// The number of a reference in [`Document::refs`].
pub type RefId = u32;

/// A mention of something outside the file, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is for.
    pub kind: RefKind,
    /// What it points at: a path with query and fragment, an address, or a uid; Markdown, HTML and YAML escapes are undone.
    pub target: Box<str>,
    /// The whole construct, where it is used.
    pub span: Span,
    /// The bytes that say `target`; for a reference link they stand in its definition.
    pub target_span: Span,
}

impl Reference {
    /// The same without its position.
    pub fn outgoing(&self) -> Outgoing<'_> {
        Outgoing {
            kind: self.kind,
            target: &self.target,
        }
    }
}

/// A reference without its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outgoing<'a> {
    /// What it is for.
    pub kind: RefKind,
    /// What it points at, as typed.
    pub target: &'a str,
}

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefKind {
    /// A Markdown link.
    Link,
    /// A Markdown picture.
    Image,
    /// `[!include[..](..)]`, alone on its line or within one.
    Include,
    /// `[!code-x[..](..)]`
    Snippet,
    /// `<xref:uid>` or `[text](xref:uid)`: a uid that must exist.
    Uid,
    /// `@uid`: a uid if there is one, else plain text.
    UidShorthand,
    /// `href` in raw HTML.
    HtmlHref,
    /// `src` in raw HTML.
    HtmlSrc,
    /// `href` or `topicHref` in a toc.
    Toc,
    /// `tocHref` in a toc: another toc, which is not unfolded.
    TocLink,
    /// A `uid` in a toc.
    TocUid,
    /// A link on a landing page.
    Landing,
    /// A picture on a landing page.
    LandingImage,
    /// `redirect_url`: where the page went.
    RedirectTo,
    /// `redirect_from`: where the page used to be.
    RedirectFrom,
}

/// A place a link can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id as it stands in the page.
    pub id: Box<str>,
    /// Where it is given: the heading, the tag or the attribute.
    pub span: Span,
    /// Set if it is a heading's.
    pub heading: Option<HeadingText>,
}

/// A heading as a table of contents shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingText {
    /// 1 to 6.
    pub level: u8,
    /// Its words without markup.
    pub text: Box<str>,
}
