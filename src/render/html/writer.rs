//! Trees of nodes -> HTML: the state while an article is written, and the walk through the nodes. What one kind of node becomes is in the file
//! named after it.

use rustc_hash::FxHashMap;

use crate::highlight::Highlighter;
use crate::locale::{Catalog, LocaleId};
use crate::site::anchors::PageHeading;
use crate::site::href::Base;
use crate::site::scope::TextScope;
use crate::source::escape::escape;
use crate::source::{LineIndex, SourceId};
use crate::syntax::html::balance::balanced;
use crate::syntax::html::balance_check::BalanceCheck;
use crate::syntax::reference::Anchor;
use crate::syntax::slug::UniqueIds;
use crate::syntax::title::has_raw_heading;
use crate::syntax::tree::{NodeKind, plain_text};
use crate::syntax::{Reference, Tree};

use super::article_context::ArticleContext;
use super::docfx::DocFx;
use super::footnote_numbers::FootnoteNumbers;
use super::hjelp::Hjelp;
use super::markup::Markup;
use super::step_count::{StepCount, may_continue_steps};
use super::tab_choice::TabChoice;

/// Nodes nest no deeper than this; deeper ones are plain text. A limit, so that no content can exhaust the stack.
const MAX_DEPTH: usize = 100;

/// How many fragments are put in where circles of includes are cut. Without a limit, files that include each other twice would fill the memory.
const MAX_CUT_FRAGMENTS: usize = 1000;

/// Room for the HTML of most articles, in bytes.
const USUAL_SIZE: usize = 8 << 10;

/// A heading of an article, for "on this page".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleHeading {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// Writes the articles of one page.
pub struct ArticleWriter<'a> {
    pub(super) site: &'a TextScope<'a>,
    pub(super) catalog: &'a Catalog,
    pub(super) base: &'a Base,
    /// The language of the page: its links lead to the versions of pages in this language.
    pub(super) reader: LocaleId,
    /// The language of the text being written.
    pub(super) language: LocaleId,
    /// The HTML so far.
    pub out: String,
    /// The headings so far.
    pub headings: Vec<ArticleHeading>,
    /// The headings as the site knows them, if they have ids of an original as well.
    pub shared: Vec<PageHeading>,
    /// True once there is a heading of the first level in raw HTML.
    has_raw_title: bool,
    /// The text being written.
    pub(super) text: ArticleText<'a>,
    /// The files being written, each included by the one before.
    pub(super) stack: Vec<SourceId>,
    /// How many nodes the one being written is inside of.
    depth: usize,
    pub(super) ids: UniqueIds,
    /// The ids of footnotes, panels and descriptions. Apart from those of headings, which checks and links of other pages know without this
    /// writer.
    pub(super) generated_ids: UniqueIds,
    /// Raw `<xref>` elements that are open.
    pub(super) xrefs: Vec<OpenXref>,
    pub(super) tabs: TabChoice,
    pub(super) markup: &'a dyn Markup,
    pub(super) footnotes: FootnoteNumbers,
    /// The steps that a list or a fragment with nothing but steps may go on with.
    pub(super) steps: Option<StepCount>,
    /// Colours code; `None` if it stays plain.
    pub(super) highlighter: Option<&'a Highlighter>,
    /// How many images have been written.
    pub(super) images: usize,
    /// True once a player of DocFX's markup is in a line of text.
    pub(super) has_player_in_text: bool,
    /// How many links are open.
    pub(super) links: usize,
    /// True if raw HTML has opened a link that is not closed yet.
    pub(super) raw_link: bool,
    /// True once there is a diagram to draw.
    pub diagrams: bool,
    /// How many fragments may still be put in where a circle of includes is cut.
    pub(super) cut_fragments: usize,
    /// Finds out whether raw HTML may have been left open.
    pub(super) balance: BalanceCheck,
    /// True if elements have attributes with the file and line they come from, for the preview.
    pub(super) source_positions: bool,
    /// The lines of the files written so far, for those attributes.
    pub(super) lines: FxHashMap<SourceId, LineIndex>,
}

/// A raw `<xref>` element that is open.
pub(super) struct OpenXref {
    /// The element it is written as.
    pub tag: &'static str,
    /// Where its content begins, in bytes of the HTML.
    pub start: usize,
    /// Its text if the author gives it none.
    pub text: String,
}

/// The text being written: one file of the content, or a part of one.
#[derive(Clone, Copy)]
pub(super) struct ArticleText<'a> {
    pub id: SourceId,
    pub source: &'a str,
    pub tree: &'a Tree,
    pub anchors: &'a [Anchor],
    pub references: &'a [Reference],
    /// True inside a paragraph: only the text of blocks is written.
    pub inline: bool,
}

/// The tree of a writer that has no text yet.
static NO_TREE: Tree = Tree { nodes: Vec::new() };

impl<'a> ArticleWriter<'a> {
    pub fn new(context: ArticleContext<'a>) -> Self {
        let site = context.site;
        let markup: &dyn Markup = if site.config.markdown.docfx_markup {
            &DocFx
        } else {
            &Hjelp
        };
        ArticleWriter {
            site,
            catalog: context.catalog,
            base: context.base,
            reader: context.reader,
            language: context.language,
            out: String::with_capacity(USUAL_SIZE),
            headings: Vec::new(),
            shared: Vec::new(),
            has_raw_title: false,
            text: ArticleText {
                id: context.source,
                source: "",
                tree: &NO_TREE,
                anchors: &[],
                references: &[],
                inline: false,
            },
            stack: Vec::new(),
            depth: 0,
            ids: UniqueIds::default(),
            generated_ids: UniqueIds::default(),
            xrefs: Vec::new(),
            tabs: TabChoice::default(),
            markup,
            footnotes: FootnoteNumbers::default(),
            steps: None,
            highlighter: context.highlighter,
            images: 0,
            has_player_in_text: false,
            links: 0,
            raw_link: false,
            diagrams: false,
            cut_fragments: MAX_CUT_FRAGMENTS,
            balance: BalanceCheck::default(),
            source_positions: context.source_positions,
            lines: FxHashMap::default(),
        }
    }

    /// Writes a tree of the file `id`.
    pub fn tree(&mut self, id: SourceId, tree: &'a Tree) {
        self.write(id, tree, false);
    }

    /// True if the article has a heading of the first level anywhere, in Markdown or raw HTML: its page needs no other title (DocFX spec
    /// 12.3).
    pub fn has_title(&self) -> bool {
        self.has_raw_title || self.headings.iter().any(|heading| heading.level == 1)
    }

    /// Takes what was written so far, with all its elements closed.
    pub fn take(&mut self) -> String {
        let html = std::mem::take(&mut self.out);
        let balance = std::mem::take(&mut self.balance);
        if self.markup.keeps_typed() {
            return html;
        }
        let bare = self.markup.drops_void_slashes();
        // Only raw HTML can be unbalanced, and most articles have none or a few simple tags, which were counted while they were written: the whole
        // article is read a second time only if they don't add up.
        let is_doubtful = !balance.is_surely_balanced() || bare && html.contains("/>");
        // DocFX's player is a `div` in a paragraph, which a browser ends before it; the page is that of DocFX, byte for byte.
        let is_known = is_doubtful || self.has_player_in_text;
        debug_assert!(is_known || balanced(&html, bare).is_none(), "{html}");
        if is_doubtful && let Some(closed) = balanced(&html, bare) {
            return closed;
        }
        html
    }

    /// Writes a tree of the file `id`; `inline` within a line of text.
    pub(super) fn write(&mut self, id: SourceId, tree: &'a Tree, inline: bool) {
        let Some(linked) = self.site.linked(id) else {
            return;
        };
        let text = ArticleText {
            id,
            source: self.site.text(id),
            tree,
            anchors: &linked.document.anchors,
            references: &linked.document.refs,
            inline,
        };
        let including = std::mem::replace(&mut self.text, text);
        let footnotes = std::mem::take(&mut self.footnotes);
        let open = self.xrefs.len();
        self.stack.push(id);
        self.range(0, tree.nodes.len());
        // An `<xref>` that is never closed must not take in the rest of the page.
        while self.xrefs.len() > open {
            self.xref_end();
        }
        // Footnotes belong to the file they are in (DocFX spec 3.2), so a fragment has its own at its end.
        self.footnotes();
        self.stack.pop();
        self.footnotes = footnotes;
        self.text = including;
    }

    /// Writes the nodes `from..to` and what is inside them.
    pub(super) fn range(&mut self, from: usize, to: usize) {
        let mut at = from;
        let level = self.balance.level();
        while at < to {
            if !may_continue_steps(&self.text.tree.nodes[at].kind) {
                self.steps = None;
            }
            self.node(at);
            at = self.after(at);
        }
        self.balance.leave(level);
    }

    /// The node after `at` and all that is inside it.
    pub(super) fn after(&self, at: usize) -> usize {
        at + 1 + self.text.tree.nodes[at].len as usize
    }

    /// Writes what is inside node `at`.
    pub(super) fn inside(&mut self, at: usize) {
        let (from, to) = (at + 1, self.after(at));
        if self.depth == MAX_DEPTH {
            let text = plain_text(&self.text.tree.nodes[from..to], self.text.source, " ");
            return escape(&text, &mut self.out);
        }
        self.depth += 1;
        let steps = self.steps.take();
        self.range(from, to);
        self.steps = steps;
        self.depth -= 1;
    }

    /// Writes node `at` and what is inside it.
    pub(super) fn node(&mut self, at: usize) {
        let node = &self.text.tree.nodes[at];
        match &node.kind {
            NodeKind::Text(Some(words)) => escape(words, &mut self.out),
            NodeKind::Text(None) => escape(node.span.of(self.text.source), &mut self.out),
            NodeKind::SoftBreak => self.out.push('\n'),
            NodeKind::HardBreak => self.hard_break(),
            NodeKind::Code => self.code_span(at),
            NodeKind::Emphasis => self.mark(at, "em"),
            NodeKind::Strong => self.mark(at, "strong"),
            NodeKind::Strikethrough => self.mark(at, "del"),
            NodeKind::Inserted => self.mark(at, "ins"),
            NodeKind::Marked => self.mark(at, "mark"),
            NodeKind::Citation => self.mark(at, "cite"),
            NodeKind::Subscript => self.mark(at, "sub"),
            NodeKind::Superscript => self.mark(at, "sup"),
            NodeKind::Math => self.inline_math(node.span),
            NodeKind::NoLoc(words) => self.protected_text(words),
            NodeKind::Abbreviation(meaning) => self.abbreviation(at, meaning),
            // Written with what they belong to.
            NodeKind::Attributes(_) => {}
            NodeKind::Link(reference, title) => self.link(at, *reference, title.as_deref()),
            NodeKind::Image(reference, title) => self.image(at, *reference, title.as_deref()),
            NodeKind::Xref(reference) => self.xref(*reference, node.span),
            NodeKind::ImageDirective(image) if !image.complex => self.image_directive(at, image),
            NodeKind::VideoDirective(video) => self.video_directive(video),
            NodeKind::SmartPunctuation { entity, .. } => self.smart_punctuation(entity),
            NodeKind::TaskMarker(done) => self.task_marker(*done),
            NodeKind::FootnoteRef(label) => self.footnote_ref(label),
            NodeKind::Html(edits) => {
                self.has_raw_title |= has_raw_heading(node, self.text.source);
                self.html(node.span, edits);
            }
            NodeKind::Include { reference, block } => {
                self.include(*reference, *block && !self.text.inline, node.span)
            }
            _ if !self.text.inline => self.block(at),
            _ if self.markup.shows_inlined_blocks_as_typed() => self.block_as_typed(at),
            _ => self.inlined_block(at),
        }
    }
}
