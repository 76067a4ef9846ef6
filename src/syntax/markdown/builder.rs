//! Events of pulldown-cmark -> nodes. This file opens and closes nodes; what is in them is added by the files of this room that give the
//! [`Builder`] further methods.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::directive::{Abbreviations, Mask, ParsedDirective, SyntaxProblem, unmasked};
use crate::syntax::html::joined::JoinedHtml;
use crate::syntax::reference::{RefId, RefKind};
use crate::syntax::tree::{Node, NodeKind, Tree};

use super::context::DocumentContext;
use super::directive_index::DirectiveIndex;
use super::pending_attributes::PendingAttributes;
use super::{alerts, containers, smarty_pants, table, tabs};

/// Parses a text of its own within the document.
pub(super) type Parse = fn(&str, usize, &mut DocumentContext) -> Tree;

/// What a tree is built from.
#[derive(Clone, Copy)]
pub(super) struct BuilderInput<'a> {
    /// The text as typed.
    pub source: &'a str,
    /// The text as CommonMark reads it; the same length.
    pub masked: &'a str,
    /// The first byte of the Markdown.
    pub from: usize,
    pub directives: DirectiveIndex<'a>,
    pub abbreviations: &'a Abbreviations,
    /// The parser, for the cells of drawn tables. Given as a value, as the parser itself uses this builder.
    pub parse: Parse,
}

pub(super) struct Builder<'a> {
    pub(super) input: BuilderInput<'a>,
    pub(super) source: &'a str,
    pub(super) dialect: Dialect,
    pub(super) context: &'a mut DocumentContext,
    pub(super) nodes: Vec<Node>,
    pub(super) open: Vec<OpenNode>,
    /// Text that isn't among the nodes yet: adjacent stretches of it become one node.
    pub(super) pending_text: Option<Range<usize>>,
    /// The lines of the block of HTML that is being read.
    html: Option<JoinedHtml>,
    /// How many code blocks and addresses in angle brackets are open: in them text is just text.
    pub(super) literal: usize,
    /// How many links and images are open: in them an address is text.
    pub(super) links: usize,
    /// True between `<a>` and `</a>` typed as HTML, where a bare address must not become a link in a link.
    pub(super) in_raw_link: bool,
    pub(super) pending_attributes: PendingAttributes,
    /// The inline that ended last.
    pub(super) last_inline: Option<usize>,
    top_level: Groups,
    /// Code and raw HTML, where directives mean nothing.
    pub(super) opaque: Vec<Span>,
    /// The end lines that CommonMark does not see, and that were not passed yet.
    hidden: VecDeque<&'a ParsedDirective>,
}

/// What among siblings has to be grouped when their parent ends.
#[derive(Clone, Copy, Default)]
pub(super) struct Groups {
    pub(super) tabs: bool,
    pub(super) containers: bool,
}

/// A node whose end hasn't come yet.
pub(super) struct OpenNode {
    pub(super) node: usize,
    groups: Groups,
    /// In a quote: where the markers of its alerts begin.
    pub(super) markers: Vec<u32>,
    role: OpenRole,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenRole {
    /// An ordinary node.
    Node,
    /// A masked inline: the mask's own content is dropped.
    Mask,
    /// `~x~` is no strikethrough for DocFX: its signs are text.
    LiteralSigns,
}

/// Finds the definition of a reference link by its label.
type Definition<'d> = &'d dyn Fn(&str) -> Option<Range<usize>>;

impl<'a> Builder<'a> {
    pub fn new(input: BuilderInput<'a>, context: &'a mut DocumentContext) -> Self {
        Builder {
            source: input.source,
            dialect: context.dialect,
            context,
            // A typical help text has a node for every 24 bytes: one allocation instead of a dozen.
            nodes: Vec::with_capacity((input.source.len() - input.from) / 24),
            open: Vec::new(),
            pending_text: None,
            html: None,
            literal: 0,
            links: 0,
            in_raw_link: false,
            pending_attributes: PendingAttributes::new(input.directives),
            last_inline: None,
            top_level: Groups::default(),
            opaque: Vec::new(),
            hidden: input.directives.hidden_ends(),
            input,
        }
    }

    /// Ends the tree. Of the `problems` those in code and raw HTML are none.
    pub fn finish(mut self, problems: Vec<SyntaxProblem>) -> Tree {
        self.flush();
        self.hidden_ends(self.source.len());
        self.group(self.top_level, 0);
        for problem in problems {
            // A fence that isn't closed is code by itself.
            let is_fence = problem.code == Code::UnclosedBlock;
            if is_fence || !self.is_opaque(problem.span) {
                self.context.problems.push(problem);
            }
        }
        Tree {
            nodes: exact(self.nodes),
        }
    }

    fn is_opaque(&self, span: Span) -> bool {
        let starts_before = |code: &Span| code.start <= span.start;
        let before = self.opaque.partition_point(starts_before);
        before > 0 && self.opaque[before - 1].end > span.start
    }

    /// Takes an event with its bytes.
    pub fn event(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        definition: impl Fn(&str) -> Option<Range<usize>>,
    ) {
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Start(tag) => {
                self.flush();
                self.hidden_ends(range.start);
                self.start(tag, range, &definition);
            }
            Event::End(tag) => {
                self.flush();
                if matches!(tag, TagEnd::Item | TagEnd::BlockQuote(_)) {
                    self.hidden_ends(range.end);
                }
                self.end(tag, range);
            }
            Event::Code(text) => self.code(&text, range),
            Event::Html(_) => match &mut self.html {
                Some(html) => html.push(self.source, Span::from(range)),
                None => self.leaf(NodeKind::Html(Box::default()), range),
            },
            Event::InlineHtml(_) => self.inline_html(range),
            Event::SoftBreak | Event::HardBreak => {
                let kind = self.line_break(event == Event::HardBreak, range.start);
                self.leaf(kind, range);
            }
            Event::Rule => self.rule(range),
            Event::FootnoteReference(label) => {
                self.leaf(NodeKind::FootnoteRef(unmasked(&label).into()), range)
            }
            // Switched off when the parser is made.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// A thematic break, or the mask of a directive that is too short for another one.
    fn rule(&mut self, range: Range<usize>) {
        self.flush();
        self.hidden_ends(range.start);
        match self.input.directives.at(range.start) {
            Some(found) if found.mask == Mask::Rule => self.block_directive(found),
            _ => self.leaf(NodeKind::ThematicBreak, range),
        }
    }

    /// Adds the end lines before byte `before` that CommonMark has not seen, as they are masked by what ends a block of code or HTML.
    fn hidden_ends(&mut self, before: usize) {
        while let Some(found) = self.hidden.front().copied()
            && (found.span.start as usize) < before
        {
            self.hidden.pop_front();
            self.block_directive(found);
        }
    }

    fn line_break(&self, hard: bool, at: usize) -> NodeKind {
        // Spaces that were only moved there (see `outdent`) don't break a line: in the source the line break comes at once.
        let is_moved = self.source[at..].starts_with(['\n', '\r']);
        // For Markdig two spaces break a line, tabs don't.
        let before = &self.source.as_bytes()[..self.line_end(at)];
        let ends_with_tab = before.ends_with(b"\t") || before.ends_with(b"\t ");
        match hard {
            true if is_moved || ends_with_tab => NodeKind::SoftBreak,
            false if !self.dialect.has(Feature::HardBreaks) => NodeKind::SoftBreak,
            _ => NodeKind::HardBreak,
        }
    }

    /// The end of the line that byte `at` is on, or before it if it is the line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.source[at..];
        at + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    /// Adds a node without content.
    pub(super) fn leaf(&mut self, kind: NodeKind, range: Range<usize>) {
        self.flush();
        self.push(kind, range.into());
    }

    /// Adds a node without content behind all others.
    pub(super) fn push(&mut self, kind: NodeKind, span: Span) {
        self.nodes.push(Node { kind, span, len: 0 });
    }

    pub(super) fn refer(
        &mut self,
        kind: RefKind,
        target: &str,
        span: Span,
        target_span: Span,
    ) -> RefId {
        self.context.refer(kind, target, span, target_span)
    }

    fn open(&mut self, kind: NodeKind, range: Range<usize>) {
        self.open_as(OpenRole::Node);
        let start = range.start;
        let is_block = !kind.is_inline();
        self.push(kind, range.into());
        if is_block {
            self.take_pending(start);
        }
    }

    fn open_as(&mut self, role: OpenRole) {
        self.open.push(OpenNode {
            node: self.nodes.len(),
            groups: Groups::default(),
            markers: Vec::new(),
            role,
        });
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, definition: Definition<'_>) {
        let kind = match tag {
            Tag::HtmlBlock => {
                self.html = Some(JoinedHtml::default());
                return;
            }
            Tag::Strikethrough if !self.source[range.start..].starts_with("~~") => {
                self.open_as(OpenRole::LiteralSigns);
                self.pending_text = Some(range.start..range.start + 1);
                return;
            }
            Tag::Link {
                link_type: LinkType::Autolink,
                ..
            } if self.is_masked_inline(range.start) => {
                self.inline_directive(&range);
                self.open_as(OpenRole::Mask);
                return;
            }
            Tag::Link { .. } | Tag::Image { .. } => self.start_link(&tag, &range, definition),
            Tag::CodeBlock(info) => {
                self.literal += 1;
                self.opaque.push(range.clone().into());
                NodeKind::CodeBlock(language(&info))
            }
            other => node_kind(other),
        };
        self.open(kind, range);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::HtmlBlock {
            let html = self.html.take().unwrap_or_default();
            self.html_block(&html);
            return;
        }
        // Ends without starts don't come from the parser; a lost one must not bring down the
        // build.
        let Some(open) = self.open.pop() else { return };
        let at = open.node;
        match open.role {
            OpenRole::Node => {}
            OpenRole::LiteralSigns => {
                self.pending_text = Some(range.end - 1..range.end);
                return;
            }
            OpenRole::Mask => {
                self.nodes.truncate(at);
                return;
            }
        }
        if self.dialect.has(Feature::Attributes) {
            self.take_behind(at, &range);
        }
        self.set_len(at);
        // Quotes pair within a block: those of two paragraphs have nothing to do with each
        // other.
        if self.dialect.has(Feature::SmartyPants) && !self.nodes[at].kind.is_inline() {
            smarty_pants::pair(&mut self.nodes[at + 1..]);
        }
        self.end_node(&open, &range);
    }

    /// Does what is to be done when all that is inside a node is known.
    fn end_node(&mut self, open: &OpenNode, range: &Range<usize>) {
        let at = open.node;
        match self.nodes[at].kind {
            NodeKind::Link(reference, _) | NodeKind::Image(reference, _) => {
                self.last_inline = Some(at);
                if self.source[range.start..].starts_with('<') {
                    self.literal -= 1;
                } else {
                    self.links -= 1;
                }
                self.find_destination(at, reference, range);
            }
            NodeKind::Paragraph => {
                // Between the tags of a raw link `|` is in HTML, which separates no cells.
                let has_raw_link = std::mem::take(&mut self.in_raw_link);
                if self.has_pipes(range) {
                    table::divide_paragraph(&mut self.nodes, at, self.source, self.dialect);
                } else if !has_raw_link {
                    self.end_parent(open);
                }
            }
            NodeKind::Xref(_) => {
                self.literal -= 1;
                self.nodes.truncate(at + 1);
                self.nodes[at].len = 0;
            }
            NodeKind::CodeBlock(_) => self.literal -= 1,
            NodeKind::Heading(level, _) => {
                self.in_raw_link = false;
                self.heading(at, level);
            }
            NodeKind::ListItem if self.has_pipes(range) => {
                table::divide_item(&mut self.nodes, at, self.source, self.dialect);
                self.group(open.groups, at + 1);
                self.set_len(at);
            }
            _ => self.end_parent(open),
        }
    }

    /// Groups the siblings in a node.
    fn end_parent(&mut self, open: &OpenNode) {
        let at = open.node;
        if self.nodes[at].kind.is_inline() {
            self.last_inline = Some(at);
        }
        self.group(open.groups, at + 1);
        self.set_len(at);
        if self.nodes[at].kind == NodeKind::BlockQuote && !open.markers.is_empty() {
            alerts::divide_quote(&mut self.nodes, at, &open.markers);
        }
    }

    /// Everything behind the node is in it.
    pub(super) fn set_len(&mut self, at: usize) {
        self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
    }

    fn group(&mut self, groups: Groups, from: usize) {
        if groups.containers {
            let unclosed = containers::gather(&mut self.nodes, from);
            self.context.problems.extend(unclosed);
        }
        if groups.tabs {
            tabs::gather(&mut self.nodes, from);
        }
    }

    /// What has to be grouped in the innermost open node.
    pub(super) fn groups(&mut self) -> &mut Groups {
        match self.open.last_mut() {
            Some(parent) => &mut parent.groups,
            None => &mut self.top_level,
        }
    }

    fn has_pipes(&self, range: &Range<usize>) -> bool {
        let text = &self.source[range.clone()];
        self.dialect.has(Feature::PipeTables) && text.contains('|') && text.contains('-')
    }
}

/// The node of a tag that needs nothing but itself.
fn node_kind(tag: Tag<'_>) -> NodeKind {
    match tag {
        // The number of its anchor is known when the heading ends.
        Tag::Heading { level, .. } => NodeKind::Heading(level as u8, u32::MAX),
        Tag::BlockQuote(_) => NodeKind::BlockQuote,
        Tag::List(first) => NodeKind::List(first),
        Tag::Item => NodeKind::ListItem,
        Tag::Emphasis => NodeKind::Emphasis,
        Tag::Strong => NodeKind::Strong,
        Tag::Strikethrough => NodeKind::Strikethrough,
        Tag::Subscript => NodeKind::Subscript,
        Tag::Superscript => NodeKind::Superscript,
        Tag::DefinitionList => NodeKind::DefinitionList,
        Tag::DefinitionListTitle => NodeKind::Term,
        Tag::DefinitionListDefinition => NodeKind::Definition,
        Tag::FootnoteDefinition(label) => NodeKind::FootnoteDefinition(unmasked(&label).into()),
        // All others are switched off when the parser is made.
        _ => NodeKind::Paragraph,
    }
}

/// The same nodes in no more memory than they need: a tree lives as long as its site, while what it was put together in is used again for the
/// next one.
fn exact<T>(mut items: Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(items.len());
    exact.append(&mut items);
    exact
}

fn language(kind: &CodeBlockKind<'_>) -> Option<Box<str>> {
    match kind {
        CodeBlockKind::Fenced(info) => {
            let word = info.split_whitespace().next()?;
            Some(unmasked(word).into())
        }
        CodeBlockKind::Indented => None,
    }
}
