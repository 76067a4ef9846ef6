//! The data of `:::` directives: blocks between `:::name` and `:::name-end`, images and videos.

use crate::source::Span;
use crate::syntax::reference::RefId;

use super::attributes::Attributes;

/// A block that is opened by one line and closed by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Container {
    /// A block that is nothing but its attributes and its content: `:::row:::`, `::: zone target="docs"` ...
    Block(BlockContainer),
    /// `:::name` ... `:::`, with any name, where a site switches such blocks on.
    Custom(Box<CustomContainer>),
    /// `:::image type="complex":::`, whose description follows.
    Image(Box<ImageAttributes>),
    /// `:::video type="complex":::`, whose description follows.
    Video(Box<VideoDirective>),
}

/// The name and attributes of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockContainer {
    /// `row`, `column`, `zone` ...
    pub name: &'static str,
    /// The attributes with their values, in the order in which its own file lists them; without empty ones.
    pub attributes: Vec<(&'static str, Box<str>)>,
}

/// A block that a site styles itself (Markdig's custom containers).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomContainer {
    /// Its class; empty if it has none.
    pub name: Box<str>,
    /// What is in braces behind it.
    pub attributes: Attributes,
}

impl Container {
    /// The name before `-end`; empty if it ends with `:::` alone.
    pub fn name(&self) -> &'static str {
        match self {
            Container::Block(block) => block.name,
            Container::Custom(_) => "",
            Container::Image(_) => "image",
            Container::Video(_) => "video",
        }
    }
}

impl BlockContainer {
    /// The value of an attribute that isn't empty.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }
}

/// `:::image source="" alt-text="":::`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageAttributes {
    /// The image.
    pub source: SpannedTarget,
    /// What it shows, in words.
    pub alt: Box<str>,
    /// True for `type="icon"`: it only decorates, and has no alternative text.
    pub icon: bool,
    /// True if it has a border.
    pub border: bool,
    /// A larger image to open.
    pub lightbox: Option<SpannedTarget>,
    /// The address a click leads to.
    pub link: Option<SpannedTarget>,
}

/// `:::video source="":::`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VideoDirective {
    /// The address of the video.
    pub source: SpannedTarget,
    /// The reference to a video that is a file of the site.
    pub file: Option<RefId>,
    /// The attributes of its player as HTML names them, in order.
    pub attributes: Vec<(&'static str, Box<str>)>,
}

/// Something an attribute of a directive points at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpannedTarget {
    /// The address or path as typed.
    pub target: Box<str>,
    /// Its bytes.
    pub span: Span,
}
