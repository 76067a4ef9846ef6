//! What a document has in common with others: references to them, and anchors that they can refer to.

use crate::source::Span;

/// The number of a reference in [`Document::refs`](super::Document::refs).
pub type RefId = u32;

/// A reference to something outside the file, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is for.
    pub kind: RefKind,
    /// Its target: a path with query and fragment, an address, or a uid; Markdown, HTML and YAML escapes are undone.
    pub target: Box<str>,
    /// The whole construct, where it is used.
    pub span: Span,
    /// The bytes of `target`; those of a reference link are in its definition.
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
    /// `tocHref` in a toc: another toc, which is not expanded.
    TocLink,
    /// A `uid` in a toc.
    TocUid,
    /// A link on a landing page.
    Landing,
    /// A picture on a landing page.
    LandingImage,
    /// `redirect_url`: the new address of the page.
    RedirectTo,
    /// `redirect_from`: an old address of the page.
    RedirectFrom,
    /// Where on the page the old address in front of it leads: `#send`.
    RedirectAnchor,
}

/// What follows `xref:` in an address, with its query and fragment; nothing for any other address. The scheme is read in any case, as the
/// schemes of all addresses are (RFC 3986, 3.1).
pub fn after_xref(address: &str) -> Option<&str> {
    let (scheme, uid) = address.split_at_checked("xref:".len())?;
    scheme.eq_ignore_ascii_case("xref:").then_some(uid)
}

/// A place that a link can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id in the page.
    pub id: Box<str>,
    /// The heading, the tag or the attribute that gives it.
    pub span: Span,
    /// Set if it is a heading's.
    pub heading: Option<HeadingText>,
}

/// A heading as a table of contents shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingText {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: Box<str>,
}
