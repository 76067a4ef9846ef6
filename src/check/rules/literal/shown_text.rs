//! A tree -> the stretches of text that readers see as they were typed, by block. Code, formulas and raw code elements are left out: there,
//! signs mean themselves. Reports nothing.

use std::ops::Range;

use crate::check::content::code_depth;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::site::Site;
use crate::source::edit::Edit;
use crate::source::{FileSpan, Message, Source, SourceId, Span};
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{Document, Tree};

/// The text of one tree.
pub(super) struct ShownText<'a> {
    pub(super) document: &'a Document,
    pub(super) source: &'a Source,
    pub(super) nodes: &'a [Node],
    pub(super) tree: &'a Tree,
    pub(super) blocks: Vec<ShownBlock>,
    pub(super) pieces: Vec<Piece>,
}

/// A paragraph, a heading, the text of an item or a cell.
#[derive(Debug, Clone)]
pub(super) struct ShownBlock {
    /// The number of its node.
    pub(super) node: usize,
    pub(super) kind: BlockKind,
    pub(super) parent: ParentKind,
    /// Its text, by number.
    pub(super) pieces: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Paragraph,
    Heading,
    /// The text of an item of a tight list.
    Item,
    Cell,
    Other,
}

/// What a block is directly in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParentKind {
    Top,
    Quote,
    Item,
    Other,
}

/// Text that is shown as it was typed. It has no line break in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// Nothing of its block is before it in its line.
    pub(super) starts_line: bool,
    /// In the text of a link or image.
    pub(super) in_link: bool,
}

impl<'a> ShownText<'a> {
    pub(super) fn new(
        site: &'a Site,
        id: SourceId,
        document: &'a Document,
        tree: &'a Tree,
    ) -> ShownText<'a> {
        let mut walk = Walk::new(&site.source(id).text);
        for (at, node) in tree.nodes.iter().enumerate() {
            walk.node(at, node);
        }
        walk.end_block();
        ShownText {
            document,
            source: site.source(id),
            nodes: &tree.nodes,
            tree,
            blocks: walk.blocks,
            pieces: walk.pieces,
        }
    }

    /// The whole source.
    pub(super) fn text(&self) -> &'a str {
        &self.source.text
    }

    pub(super) fn pieces_of(&self, block: &ShownBlock) -> &[Piece] {
        &self.pieces[block.pieces.clone()]
    }

    pub(super) fn span_of(&self, block: &ShownBlock) -> Span {
        self.nodes[block.node].span
    }

    /// True if a backslash before byte `at` makes it an ordinary sign.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        let before = self.text().as_bytes()[..at].iter().rev();
        // Two backslashes are an escaped backslash (CommonMark 2.4), so only an odd number leaves
        // one for the sign.
        before.take_while(|byte| **byte == b'\\').count() % 2 == 1
    }

    /// Where the line of byte `at` ends.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.text().as_bytes()[at..];
        let len = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        at + len.unwrap_or(rest.len())
    }

    /// The same, but no further away than any link is long: a line of nothing but brackets is not read again for each of them.
    pub(super) fn near_line_end(&self, at: usize) -> usize {
        const FARTHEST: usize = 2_000;
        let text = self.text();
        let end = text.floor_char_boundary(at + FARTHEST);
        let rest = &text.as_bytes()[at..end];
        let len = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        at + len.unwrap_or(rest.len())
    }

    /// The pieces of a block that begin before byte `end`.
    pub(super) fn pieces_before(&self, block: &ShownBlock, end: usize) -> &[Piece] {
        let pieces = self.pieces_of(block);
        let count = pieces.partition_point(|piece| (piece.span.start as usize) < end);
        &pieces[..count]
    }

    /// The character before byte `at`.
    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        self.text()[..at].chars().next_back()
    }

    /// The character at byte `at`.
    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text()[at..].chars().next()
    }

    pub(super) fn problem(
        &self,
        code: Code,
        span: Span,
        message: impl Into<Message>,
    ) -> Diagnostic {
        Diagnostic::new(code, &self.source.path, span, message)
    }

    /// A fix that replaces these spans, in order.
    pub(super) fn fix(&self, title: Message, safe: bool, edits: &[(Span, &str)]) -> Option<Fix> {
        let mut all = Vec::new();
        for (span, replacement) in edits {
            all.push(Edit {
                location: FileSpan::new(&self.source.path, *span),
                replacement: (*replacement).to_owned(),
            });
        }
        Some(Fix {
            title,
            safe,
            edits: all,
        })
    }
}

/// Collects blocks and pieces while the nodes are visited in order.
struct Walk<'a> {
    source: &'a str,
    blocks: Vec<ShownBlock>,
    pieces: Vec<Piece>,
    /// The containers around the current node: where each ends, and what it is.
    around: Vec<(usize, ParentKind)>,
    block: Option<ShownBlock>,
    starts_line: bool,
    literal_until: usize,
    link_until: usize,
    open_code_elements: usize,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str) -> Walk<'a> {
        Walk {
            source,
            blocks: Vec::new(),
            pieces: Vec::new(),
            around: Vec::new(),
            block: None,
            starts_line: true,
            literal_until: 0,
            link_until: 0,
            open_code_elements: 0,
        }
    }

    fn node(&mut self, at: usize, node: &Node) {
        if at < self.literal_until {
            return;
        }
        let end = at + 1 + node.len as usize;
        match &node.kind {
            NodeKind::Text(None) => {
                if self.open_code_elements == 0 {
                    self.pieces.push(Piece {
                        span: node.span,
                        starts_line: self.starts_line,
                        in_link: at < self.link_until,
                    });
                }
                self.starts_line = false;
            }
            NodeKind::SoftBreak | NodeKind::HardBreak => self.starts_line = true,
            NodeKind::Code | NodeKind::Math | NodeKind::MathBlock | NodeKind::CodeBlock(_) => {
                self.literal_until = end;
                self.starts_line = false;
            }
            NodeKind::Link(..) | NodeKind::Image(..) => {
                self.link_until = self.link_until.max(end);
                self.starts_line = false;
            }
            NodeKind::Html(_) => {
                let html = node.span.of(self.source);
                self.open_code_elements = code_depth(self.open_code_elements, html);
                self.starts_line = false;
            }
            kind if kind.is_inline() => self.starts_line = false,
            kind => self.block(at, end, kind),
        }
    }

    fn block(&mut self, at: usize, end: usize, kind: &NodeKind) {
        self.end_block();
        while self.around.last().is_some_and(|(until, _)| at >= *until) {
            self.around.pop();
        }
        let parent = self
            .around
            .last()
            .map_or(ParentKind::Top, |(_, kind)| *kind);
        // A `<code>` without an end must not hide the rest of the page.
        self.open_code_elements = 0;
        self.starts_line = true;
        let container = match kind {
            NodeKind::ListItem => Some(ParentKind::Item),
            NodeKind::BlockQuote | NodeKind::Alert(_) => Some(ParentKind::Quote),
            NodeKind::Paragraph | NodeKind::Heading(..) | NodeKind::List(_) => None,
            _ => Some(ParentKind::Other),
        };
        if let Some(container) = container {
            self.around.push((end, container));
        }
        let kind = match kind {
            NodeKind::Paragraph => BlockKind::Paragraph,
            NodeKind::Heading(..) => BlockKind::Heading,
            NodeKind::ListItem => BlockKind::Item,
            NodeKind::TableCell | NodeKind::GridCell(..) => BlockKind::Cell,
            _ => BlockKind::Other,
        };
        self.block = Some(ShownBlock {
            node: at,
            kind,
            parent,
            pieces: self.pieces.len()..self.pieces.len(),
        });
    }

    fn end_block(&mut self) {
        if let Some(mut block) = self.block.take() {
            block.pieces.end = self.pieces.len();
            if !block.pieces.is_empty() {
                self.blocks.push(block);
            }
        }
    }
}
