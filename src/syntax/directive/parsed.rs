//! What the search for directives finds: each directive with its bytes, and what looks like one but isn't.

use crate::diagnostic::Code;
use crate::source::{Message, Span};

use super::abbreviation::Abbreviations;
use super::attributes::Attributes;
use super::container::{Container, ImageAttributes, SpannedTarget, VideoDirective};
use super::grid_table::Grid;
use super::include::Include;
use super::snippet::Snippet;

/// What the search for directives finds in a text.
#[derive(Debug, Default)]
pub struct DirectiveSearch {
    /// All directives in order, none within another. Code and comments are not known here, so some may turn out to be plain text.
    pub found: Vec<ParsedDirective>,
    /// What looks like a directive but isn't; the same holds.
    pub problems: Vec<SyntaxProblem>,
    /// The abbreviations the text defines.
    pub abbreviations: Abbreviations,
    /// The outermost `:::row:::` blocks: the first byte of the opening and of the closing line.
    pub(super) rows: Vec<(usize, usize)>,
    /// The end lines outside of rows that are indented too far: their first bytes, and how much of their indentation counts.
    pub(super) indented_ends: Vec<(usize, usize)>,
}

/// One directive as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedDirective {
    /// All its bytes, from its first sign to its last.
    pub span: Span,
    /// What it is.
    pub directive: Directive,
    /// What CommonMark sees in its place.
    pub mask: Mask,
}

/// What CommonMark sees in place of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// `<?...?>`: the directive is alone on its line, but for markers of lists and quotes.
    Block,
    /// `<iiii>`: other text is on its line.
    Inline,
    /// `<im:iii>`: alone on its line, but an inline, so that it is in a paragraph.
    Autolink,
    /// Text in backticks: a formula that is alone on its line.
    Code,
    /// `<?` and `?>`; the lines between them stay.
    Fence,
    /// Spaces.
    Blank,
    /// `<?...?>` over several lines.
    Table,
    /// `___`: as [`Mask::Block`], where there is room for no more than three signs.
    Rule,
    /// So many of a sign: ends the code fence that is open, too.
    FenceEnd(u8, usize),
}

/// What a directive is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directive {
    /// `[!include[title](path)]`
    Include(Include),
    /// `[!code-lang[name](path)]`
    Snippet(Snippet),
    /// `[!NOTE]` in a quote, or any other keyword: sites can have alerts of their own.
    Alert(Box<str>),
    /// `[!div attributes]` in a quote.
    Div(Box<str>),
    /// `[!Video address]` in a quote.
    Video(Box<str>),
    /// `:::name:::`
    TripleColon(TripleColon),
    /// `<xref: uid >`
    Xref(SpannedTarget),
    /// `$x$`; the bytes of the formula.
    Math(Span),
    /// `$$` ... `$$`
    MathBlock,
    /// `{#id .class key=value}`
    Attributes(Box<Attributes>),
    /// `*[label]: text`; not rendered where it is.
    Abbreviation,
    /// A table drawn with `+---+`.
    Grid(Box<Grid>),
}

/// One line that begins with `:::`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TripleColon {
    /// Opens a block.
    Open(Container),
    /// `:::row-end:::`: closes the block whose opening line begins at this byte.
    Close(u32),
    /// `:::code source="":::`
    Code(Box<Snippet>),
    /// `:::form action="" submitText="":::`: model, action, text of the button.
    Form([Box<str>; 3]),
    /// `:::image source="":::` within text.
    Image(Box<ImageAttributes>),
    /// `:::video source="":::` within text.
    Video(Box<VideoDirective>),
    /// `:::no-loc text="":::`
    NoLoc(Box<str>),
}

impl TripleColon {
    /// True for what is part of a paragraph even if it is alone on its line.
    pub(super) fn is_inline(&self) -> bool {
        matches!(
            self,
            TripleColon::Image(_) | TripleColon::Video(_) | TripleColon::NoLoc(_)
        )
    }
}

/// Why some text is no directive although it looks like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// What kind of problem it is.
    pub code: Code,
    /// The bytes to blame.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What to type instead.
    pub help: Message,
}
