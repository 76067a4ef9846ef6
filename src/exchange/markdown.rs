//! A Markdown tree -> blocks with the units in them: one for each heading, paragraph, item, cell, term and tab. Code, raw HTML and included
//! files are blocks without units.

use crate::source::{Source, Span};
use crate::syntax::Reference;
use crate::syntax::tree::{Node, NodeKind, Tab};

use super::features::BlockFeatures;
use super::inlines;
use super::translatable::{
    TextBlock, TranslatableText, has_letters, line_before, line_prefix, name_hash,
};
use super::unit::{Inline, InlineCode, InlineCodeKind, Notation, TranslationUnit};

/// Adds the units of Markdown to a text.
pub(super) struct MarkdownExtractor<'a> {
    text: &'a mut TranslatableText,
    source: &'a str,
    refs: &'a [Reference],
}

/// A block of inline nodes.
struct InlineBlock {
    /// The kind of the block.
    kind: String,
    /// What the unit is called in notes for translators.
    role: String,
    /// The node around the inline nodes.
    span: Span,
    /// True if the words can't continue on a second line.
    single_line: bool,
}

impl<'a> MarkdownExtractor<'a> {
    pub fn new(
        text: &'a mut TranslatableText,
        source: &'a Source,
        refs: &'a [Reference],
    ) -> MarkdownExtractor<'a> {
        MarkdownExtractor {
            text,
            source: &source.text,
            refs,
        }
    }

    /// The blocks of a tree, or of a part of it.
    pub fn blocks_of(&mut self, nodes: &[Node]) -> Vec<TextBlock> {
        self.blocks(nodes, Span::new(0, self.source.len()), "paragraph")
    }

    /// The blocks of the nodes inside `around`; units that have no role of their own have this one.
    fn blocks(&mut self, nodes: &[Node], around: Span, role: &str) -> Vec<TextBlock> {
        let mut blocks = Vec::new();
        let mut next = 0;
        while let Some(node) = nodes.get(next) {
            let start = next;
            if !node.kind.is_inline() {
                next = end_of(nodes, next);
                blocks.extend(self.block(node, &nodes[start + 1..next], role));
                continue;
            }
            // Items of tight lists have their words without a paragraph around them.
            while next < nodes.len() && nodes[next].kind.is_inline() {
                next = end_of(nodes, next);
            }
            let paragraph = InlineBlock {
                kind: "paragraph".to_owned(),
                role: role.to_owned(),
                span: around,
                single_line: false,
            };
            blocks.extend(self.inline_block(&nodes[start..next], paragraph));
        }
        blocks
    }

    /// The block of a node that isn't inline. None if it is for words and has no node with a place in the file.
    fn block(&mut self, node: &Node, inside: &[Node], role: &str) -> Option<TextBlock> {
        if let Some(words) = inline_block(node, role) {
            let block = self.inline_block(inside, words);
            // An empty cell still counts in its row.
            return match node.kind {
                NodeKind::TableCell => Some(block.unwrap_or_else(|| new_block("cell", node))),
                _ => block,
            };
        }
        if let NodeKind::Tab(tab) = &node.kind {
            return Some(self.tab(node, inside, tab));
        }
        if let NodeKind::FootnoteDefinition(label) = &node.kind {
            let children = self.blocks(inside, node.span, "footnote");
            let footnote = TextBlock {
                names: vec![name_hash(label)],
                ..new_block("footnote", node)
            };
            return Some(footnote.around(children));
        }
        let Some((kind, inner_role)) = container(node, role) else {
            // No words for readers, or none that can be separated from the markup: aligned by their source text.
            return Some(TextBlock {
                names: vec![name_hash(node.span.of(self.source).trim_end())],
                ..new_block("locked", node)
            });
        };
        let children = self.blocks(inside, node.span, &inner_role);
        Some(new_block(&kind, node).around(children))
    }

    /// The block of inline nodes, with their unit if there are words to translate.
    fn inline_block(&mut self, nodes: &[Node], block: InlineBlock) -> Option<TextBlock> {
        let span = inlines::span_of(nodes, self.source, block.span)?;
        let locked = TextBlock {
            kind: block.kind.clone(),
            span,
            names: vec![name_hash(span.of(self.source))],
            ..TextBlock::default()
        };
        let start = span.start as usize;
        let Some((content, codes)) = inlines::extract(nodes, self.source, self.refs, start) else {
            return Some(locked);
        };
        let is_cell = block.kind == "cell";
        let unit = TranslationUnit {
            span,
            role: block.role,
            content,
            codes,
            notation: Notation::Markdown {
                cell: is_cell,
                line_prefix: line_prefix(line_before(self.source, start)),
                single_line: block.single_line,
            },
        };
        let names = shared_names(&unit.codes);
        let size = unit.words().len();
        let features = BlockFeatures::of(&unit);
        let mut letterless = None;
        if !has_letters(&unit.content) && !unit.words().trim().is_empty() {
            letterless = Some(Box::new(unit.clone()));
        }
        // A block without words for translators still has its place and its links for the alignment.
        let number = self.text.add(unit);
        if number.is_none() && names.is_empty() {
            return Some(TextBlock {
                letterless,
                ..locked
            });
        }
        // A heading includes its `#`s, which are inserted with it; a paragraph ends with its words.
        let is_words_only = is_cell || block.kind == "paragraph";
        Some(TextBlock {
            span: if is_words_only { span } else { block.span },
            names,
            size,
            features,
            unit: number,
            letterless,
            ..locked
        })
    }

    fn tab(&mut self, node: &Node, inside: &[Node], tab: &Tab) -> TextBlock {
        let mut children = Vec::new();
        let mut panel = inside;
        if let Some((label, rest)) = inside.split_first()
            && label.kind == NodeKind::TabLabel
        {
            let (words, after) = rest.split_at(label.len as usize);
            panel = after;
            let block = InlineBlock {
                kind: "label".to_owned(),
                role: "tab".to_owned(),
                span: label.span,
                single_line: true,
            };
            children.extend(self.inline_block(words, block));
        } else {
            children.extend(self.tab_label(node, &tab.label));
        }
        children.extend(self.blocks(panel, node.span, "paragraph"));
        let block = TextBlock {
            // Tabs have the same ids in all languages; only their labels are translated.
            names: vec![name_hash(&tab.id)],
            ..new_block("tab", node)
        };
        block.around(children)
    }

    /// The label in `# [Label](#tab/id)`.
    fn tab_label(&mut self, node: &Node, label: &str) -> Option<TextBlock> {
        let line = node.span.of(self.source).lines().next()?;
        let open = line.find('[')? + 1;
        let close = line.rfind("](#tab/")?;
        let start = node.span.start as usize;
        let span = Span::new(start + open, start + close);
        // What the label isn't letter by letter, such as an entity, can't be written back.
        let is_plain = unescaped(line.get(open..close)?) == label;
        let unit = TranslationUnit {
            span,
            role: "tab".to_owned(),
            content: vec![Inline::Text(label.to_owned())],
            codes: Vec::new(),
            notation: Notation::Markdown {
                cell: false,
                line_prefix: String::new(),
                single_line: true,
            },
        };
        Some(TextBlock {
            kind: "label".to_owned(),
            span,
            features: BlockFeatures::of(&unit),
            unit: if is_plain { self.text.add(unit) } else { None },
            size: label.len(),
            ..TextBlock::default()
        })
    }
}

/// The kind and role of a block whose nodes are words; None for others.
fn inline_block(node: &Node, role: &str) -> Option<InlineBlock> {
    let (kind, role, single_line) = match &node.kind {
        NodeKind::Paragraph => ("paragraph".to_owned(), role.to_owned(), false),
        NodeKind::Heading(level, _) => (
            format!("heading {level}"),
            format!("heading of level {level}"),
            true,
        ),
        NodeKind::TableCell => ("cell".to_owned(), role.to_owned(), true),
        NodeKind::Term => ("term".to_owned(), "term".to_owned(), true),
        _ => return None,
    };
    Some(InlineBlock {
        kind,
        role,
        span: node.span,
        single_line,
    })
}

/// The kind of a block of blocks, and the role of the units in it; None for other nodes.
fn container(node: &Node, role: &str) -> Option<(String, String)> {
    let (kind, inner_role) = match &node.kind {
        NodeKind::Alert(keyword) => {
            return Some((
                format!("alert {}", keyword.to_ascii_uppercase()),
                format!("paragraph of an alert ({keyword})"),
            ));
        }
        NodeKind::Container(container) => {
            return Some((format!("container {}", container.name()), role.to_owned()));
        }
        // Translators see roles, not markup: a step is worded as an instruction, an item as a phrase.
        NodeKind::List(None) => ("list", "list item"),
        NodeKind::List(Some(_)) => ("steps", "step"),
        NodeKind::ListItem => ("item", role),
        NodeKind::BlockQuote => ("quote", "quotation"),
        NodeKind::Table(_) => ("table", "table cell"),
        NodeKind::TableHead => ("head", "column head"),
        NodeKind::TableRow => ("row", role),
        NodeKind::DefinitionList => ("definitions", "meaning of a term"),
        NodeKind::Definition => ("definition", role),
        NodeKind::Tabs => ("tabs", role),
        NodeKind::Div(_) => ("div", role),
        _ => return None,
    };
    Some((kind.to_owned(), inner_role.to_owned()))
}

fn new_block(kind: &str, node: &Node) -> TextBlock {
    TextBlock {
        kind: kind.to_owned(),
        span: node.span,
        ..TextBlock::default()
    }
}

/// The index after node `at` and all nodes in it.
fn end_of(nodes: &[Node], at: usize) -> usize {
    (at + 1 + nodes[at].len as usize).min(nodes.len())
}

/// Source text without the backslashes of escapes.
fn unescaped(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut chars = typed.chars().peekable();
    while let Some(char) = chars.next() {
        match chars.peek() {
            Some(next) if char == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(char),
        }
    }
    out
}

/// The hashes of the codes that translations have in common: links, images, code; not bold text.
fn shared_names(codes: &[InlineCode]) -> Vec<u64> {
    let mut names = Vec::new();
    for code in codes {
        match code.kind {
            InlineCodeKind::Emphasis
            | InlineCodeKind::Strong
            | InlineCodeKind::OtherFormat
            | InlineCodeKind::LineBreak => {}
            _ if code.name.is_empty() => names.push(name_hash(&code.open)),
            _ => names.push(name_hash(&code.name)),
        }
    }
    names.sort_unstable();
    names
}
