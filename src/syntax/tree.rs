//! The content of one Markdown text as a flat list of nodes in reading order. Each node has the number of those behind it that are inside
//! it, so visiting all is a loop and a subtree is a slice. Text is a span of the source wherever it is there literally.

use crate::source::Span;

use super::directive::{Attributes, Container, ImageAttributes, Snippet, VideoDirective};
use super::reference::RefId;

/// Nodes in reading order.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// All nodes; each is followed by its descendants.
    pub nodes: Vec<Node>,
}

/// One block or inline.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// The bytes it was typed with.
    pub span: Span,
    /// How many of the nodes that follow are inside this one.
    pub len: u32,
}

/// Text that differs from the node's own bytes; nothing if it is those bytes.
pub type Words = Option<Box<str>>;

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// A paragraph.
    Paragraph,
    /// A heading with its level and the number of its anchor in [`super::Document::anchors`].
    Heading(u8, u32),
    /// `> text`
    BlockQuote,
    /// `> [!NOTE]` with its keyword as typed.
    Alert(Box<str>),
    /// `> [!div class="x"]` with its attributes as typed.
    Div(Box<str>),
    /// `> [!Video https://...]` with its address.
    VideoEmbed(Box<str>),
    /// A list; a number if it counts. Loose lists have paragraphs in their items.
    List(Option<u64>),
    /// An item of a list.
    ListItem,
    /// A code block with the first word of its info string.
    CodeBlock(Option<Box<str>>),
    /// `---`
    ThematicBreak,
    /// A table with the alignment of its columns.
    Table(Box<[ColumnAlignment]>),
    /// The head row of a table.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell of a table.
    TableCell,
    /// A table drawn with `+---+`: the alignment of its columns, and how wide they are drawn. Its cells are [`Self::GridCell`]s.
    GridTable(Box<[(ColumnAlignment, usize)]>),
    /// A cell of such a table: how many columns and rows it takes.
    GridCell(usize, usize),
    /// A block between `:::name` and `:::name-end`.
    Container(Box<Container>),
    /// `:::name-end` of the block whose opening line begins at this byte; never left in a finished tree.
    ContainerEnd(u32),
    /// `:::image:::`; its description is inside it, if it has one.
    ImageDirective(Box<ImageDirective>),
    /// `:::video:::`; its description is inside it, if it has one.
    VideoDirective(Box<VideoDirective>),
    /// `:::form:::`: model, action and text of the button.
    Form(Box<[Box<str>; 3]>),
    /// `$$` ... `$$`; its lines are inside it.
    MathBlock,
    /// Terms and their definitions.
    DefinitionList,
    /// A term.
    Term,
    /// The definition of a term.
    Definition,
    /// `[^label]: text`
    FootnoteDefinition(Box<str>),
    /// A group of tabs.
    Tabs,
    /// One tab: its panel is inside it, after its [`Self::TabLabel`] if it has one.
    Tab(Box<Tab>),
    /// The text of a tab's button, if there is more in it than words: bold text, code, images, included files.
    TabLabel,
    /// An included file: block if alone on its line.
    Include {
        /// The file.
        reference: RefId,
        /// Alone on its line.
        block: bool,
    },
    /// Code taken from a file.
    Snippet(RefId, Box<Snippet>),
    /// Text.
    Text(Words),
    /// `` `code` ``; its text is inside it.
    Code,
    /// `*emphasis*`
    Emphasis,
    /// `**strong**`
    Strong,
    /// `~~struck~~`
    Strikethrough,
    /// `++inserted++`
    Inserted,
    /// `==marked==`
    Marked,
    /// `""quoted work""`
    Citation,
    /// `~sub~`
    Subscript,
    /// `^super^`
    Superscript,
    /// `$formula$`
    Math,
    /// `:::no-loc text="word":::`
    NoLoc(Box<str>),
    /// A word with what it is short for; the word is inside it.
    Abbreviation(Box<str>),
    /// `{#id .class key=value}`: always the first node inside what it belongs to.
    Attributes(Box<Attributes>),
    /// `[ ]` or `[x]` at the start of an item.
    TaskMarker(bool),
    /// A typographic sign: the name HTML has for it, and whether it still looks for its partner, which none does in a finished tree.
    SmartPunctuation {
        /// `ldquo`
        entity: &'static str,
        /// True until its partner is found.
        pending: bool,
    },
    /// `[^label]`
    FootnoteRef(Box<str>),
    /// A link with its title.
    Link(RefId, Words),
    /// An image with its title; the alternative text is inside it.
    Image(RefId, Words),
    /// `<xref:uid>` or `@uid`; its text is the title of the page with that uid.
    Xref(RefId),
    /// Raw HTML: the node's bytes with these changes.
    Html(Box<[HtmlEdit]>),
    /// A line break that is white space.
    SoftBreak,
    /// A line break that is rendered as one.
    HardBreak,
}

/// A `:::image:::` and its references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageDirective {
    /// Its attributes.
    pub picture: ImageAttributes,
    /// The image.
    pub source: RefId,
    /// A larger image.
    pub lightbox: Option<RefId>,
    /// The target of a click.
    pub link: Option<RefId>,
    /// True if it has a description.
    pub complex: bool,
}

/// The label and identity of a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its ids: what follows `#tab/`, split at `+`.
    pub id: Box<str>,
    /// The tab of another group it depends on.
    pub condition: Option<Box<str>>,
    /// The words of its button, without those of included files.
    pub label: Box<str>,
}

/// How the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnAlignment {
    /// As the text runs.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

impl ColumnAlignment {
    /// The alignment of `---`, `:--`, `:-:` or `--:`; nothing if it is something else.
    pub(super) fn of_delimiter(cell: &str) -> Option<ColumnAlignment> {
        let dashes = cell.trim_start_matches(':').trim_end_matches(':');
        // A single `-` is enough, as in GFM.
        let is_line = !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-');
        if !is_line || cell.len() > dashes.len() + 2 {
            return None;
        }
        Some(match (cell.starts_with(':'), cell.ends_with(':')) {
            (true, true) => ColumnAlignment::Center,
            (true, false) => ColumnAlignment::Left,
            (false, true) => ColumnAlignment::Right,
            (false, false) => ColumnAlignment::None,
        })
    }
}

/// A change to raw HTML when it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlEdit {
    /// The bytes to replace.
    pub span: Span,
    /// What replaces them.
    pub with: HtmlReplacement,
}

/// What replaces bytes of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlReplacement {
    /// This text.
    Text(Box<str>),
    /// The address a reference resolves to, with this quote mark around it if the author wrote none.
    Address(RefId, Option<char>),
    /// A comment: left out of published pages.
    Comment,
    /// `<xref>`: a link to a page by its uid; true if it has no content, so that its text is that of the page.
    Xref(RefId, bool),
    /// `</xref>`
    XrefEnd,
}

impl NodeKind {
    /// True for what is part of a line of text.
    pub fn is_inline(&self) -> bool {
        use NodeKind::*;
        match self {
            Text(_)
            | Code
            | Emphasis
            | Strong
            | Strikethrough
            | Inserted
            | Marked
            | Citation
            | Subscript
            | Superscript
            | Math
            | NoLoc(_)
            | Abbreviation(_)
            | Attributes(_)
            | SmartPunctuation { .. } => true,
            TaskMarker(_) | FootnoteRef(_) | Link(..) | Image(..) | Xref(_) | SoftBreak
            | HardBreak => true,
            Include { block, .. } => !block,
            ImageDirective(picture) => !picture.complex,
            VideoDirective(_) | Html(_) => true,
            _ => false,
        }
    }
}

impl Tree {
    /// The attributes an author gave to the node `at`.
    pub fn attributes(&self, at: usize) -> Option<&Attributes> {
        match &self
            .nodes
            .get(at + 1)
            .filter(|_| self.nodes[at].len > 0)?
            .kind
        {
            NodeKind::Attributes(attributes) => Some(attributes),
            _ => None,
        }
    }

    /// The numbers of the nodes directly inside node `parent`, or of the outermost nodes.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        // A subtree is skipped by its length: only the children are visited.
        let (mut next, end) = match parent {
            Some(at) => (at + 1, at + 1 + self.nodes[at].len as usize),
            None => (0, self.nodes.len()),
        };
        std::iter::from_fn(move || {
            let at = next;
            if at >= end {
                return None;
            }
            next = at + 1 + self.nodes[at].len as usize;
            Some(at)
        })
    }
}

/// The text of `nodes` without markup, for the id of a heading or the alternative text of an image. `source` is the text the spans
/// count in, `line_break` what a line break becomes. Raw HTML, includes and uids have no text here (DocFX spec 8.1).
pub fn plain_text(nodes: &[Node], source: &str, line_break: &str) -> String {
    let mut out = String::new();
    for node in nodes {
        match &node.kind {
            NodeKind::Text(Some(words)) => out.push_str(words),
            NodeKind::Text(None) => out.push_str(node.span.of(source)),
            NodeKind::SoftBreak | NodeKind::HardBreak => out.push_str(line_break),
            _ => {}
        }
    }
    out
}
