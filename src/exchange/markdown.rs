//! A Markdown tree -> blocks with the units in them: one for each heading, paragraph, item, cell, term and tab. Code, raw HTML and included
//! files are blocks without units.

use crate::source::{Source, Span};
use crate::syntax::Reference;
use crate::syntax::tree::{Node, NodeKind};

use super::inlines;
use super::translatable::{TextBlock, TranslatableText, markdown_unit, name};
use super::unit::{Inline, InlineCode, InlineCodeKind, Notation, TranslationUnit};

/// Reads the nodes of a tree, or of a part of it.
pub(super) fn blocks(
    text: &mut TranslatableText,
    nodes: &[Node],
    source: &Source,
    refs: &[Reference],
) -> Vec<TextBlock> {
    MarkdownExtractor {
        text,
        source: &source.text,
        refs,
    }
    .blocks(nodes, Span::new(0, source.text.len()), "paragraph")
}

struct MarkdownExtractor<'a> {
    text: &'a mut TranslatableText,
    source: &'a str,
    refs: &'a [Reference],
}

impl MarkdownExtractor<'_> {
    /// The blocks of siblings inside `around`; words among them have this role.
    fn blocks(&mut self, nodes: &[Node], around: Span, role: &str) -> Vec<TextBlock> {
        let mut blocks = Vec::new();
        let mut next = 0;
        while let Some(node) = nodes.get(next) {
            if node.kind.is_inline() {
                let start = next;
                while let Some(node) = nodes.get(next).filter(|node| node.kind.is_inline()) {
                    next += 1 + node.len as usize;
                }
                blocks.extend(self.words(
                    &nodes[start..next.min(nodes.len())],
                    around,
                    "paragraph",
                    role,
                    false,
                ));
            } else {
                let end = (next + 1 + node.len as usize).min(nodes.len());
                blocks.extend(self.block(node, &nodes[next + 1..end], role));
                next = end;
            }
        }
        blocks
    }

    fn block(&mut self, node: &Node, inside: &[Node], role: &str) -> Option<TextBlock> {
        let block = |kind: &str| TextBlock {
            kind: kind.to_owned(),
            span: node.span,
            ..TextBlock::default()
        };
        let (kind, role) = match &node.kind {
            NodeKind::Paragraph => return self.words(inside, node.span, "paragraph", role, false),
            NodeKind::Heading(level, _) => {
                return self.words(
                    inside,
                    node.span,
                    &format!("heading {level}"),
                    &format!("heading of level {level}"),
                    true,
                );
            }
            NodeKind::TableCell => {
                return Some(
                    self.words(inside, node.span, "cell", role, true)
                        .unwrap_or_else(|| block("cell")),
                );
            }
            NodeKind::Term => return self.words(inside, node.span, "term", "term", true),
            NodeKind::Tab(tab) => {
                let label = self.tab_label(node, &tab.label);
                let mut children: Vec<TextBlock> = label.into_iter().collect();
                children.extend(self.blocks(inside, node.span, "paragraph"));
                return Some(
                    TextBlock {
                        names: vec![name(&tab.id)],
                        ..block("tab")
                    }
                    .around(children),
                );
            }
            NodeKind::List(None) => ("list", "list item"),
            NodeKind::List(Some(_)) => ("steps", "step"),
            NodeKind::ListItem => ("item", role),
            NodeKind::BlockQuote => ("quote", "quotation"),
            NodeKind::Table(_) => ("table", "table cell"),
            NodeKind::TableHead => ("head", "column head"),
            NodeKind::TableRow => ("row", role),
            NodeKind::Alert(keyword) => {
                let children = self.blocks(
                    inside,
                    node.span,
                    &format!("paragraph of an alert ({keyword})"),
                );
                return Some(
                    block(&format!("alert {}", keyword.to_ascii_uppercase())).around(children),
                );
            }
            NodeKind::DefinitionList => ("definitions", "meaning of a term"),
            NodeKind::Definition => ("definition", role),
            NodeKind::Tabs => ("tabs", role),
            NodeKind::Container(container) => {
                let children = self.blocks(inside, node.span, role);
                return Some(block(&format!("container {}", container.name())).around(children));
            }
            NodeKind::Div(_) => ("div", role),
            NodeKind::FootnoteDefinition(label) => {
                let children = self.blocks(inside, node.span, "footnote");
                return Some(
                    TextBlock {
                        names: vec![name(label)],
                        ..block("footnote")
                    }
                    .around(children),
                );
            }
            // What has no words for readers, or none that could be told from the rest.
            _ => {
                return Some(TextBlock {
                    names: vec![name(node.span.of(self.source).trim_end())],
                    ..block("locked")
                });
            }
        };
        let children = self.blocks(inside, node.span, role);
        Some(block(kind).around(children))
    }

    /// A block of inline nodes.
    fn words(
        &mut self,
        nodes: &[Node],
        around: Span,
        kind: &str,
        role: &str,
        single: bool,
    ) -> Option<TextBlock> {
        let span = inlines::span_of(nodes, self.source, around)?;
        let cell = kind == "cell";
        let typed = span.of(self.source);
        let locked = || TextBlock {
            kind: kind.to_owned(),
            span,
            names: vec![name(typed)],
            ..TextBlock::default()
        };
        let Some((content, codes)) =
            inlines::read(nodes, self.source, self.refs, span.start as usize)
        else {
            return Some(locked());
        };
        let mut unit = markdown_unit(span, role, content, codes, self.source);
        if let Notation::Markdown {
            cell: in_cell,
            single: in_line,
            ..
        } = &mut unit.form
        {
            (*in_cell, *in_line) = (cell, single);
        }
        let (names, size) = (names(&unit.codes), unit.words().len());
        let unit = self.text.add(unit);
        let span = if kind == "paragraph" || cell {
            span
        } else {
            around
        };
        match unit {
            None if names.is_empty() => Some(locked()),
            unit => Some(TextBlock {
                kind: kind.to_owned(),
                span,
                unit,
                names,
                size,
                children: Vec::new(),
            }),
        }
    }

    /// `# [Label](#tab/id)`
    fn tab_label(&mut self, node: &Node, label: &str) -> Option<TextBlock> {
        let line = node.span.of(self.source).lines().next()?;
        let (open, close) = (line.find('[')? + 1, line.rfind("](#tab/")?);
        let start = node.span.start as usize;
        let span = Span::new(start + open, start + close);
        // With markup in it, it could not be told which sign is whose.
        let plain = unescaped(line.get(open..close)?) == label;
        let unit = TranslationUnit {
            span,
            role: "tab".to_owned(),
            content: vec![Inline::Text(label.to_owned())],
            codes: Vec::new(),
            form: Notation::Markdown {
                cell: false,
                margin: String::new(),
                single: true,
            },
        };
        let unit = if plain { self.text.add(unit) } else { None };
        Some(TextBlock {
            kind: "label".to_owned(),
            span,
            unit,
            size: label.len(),
            ..TextBlock::default()
        })
    }
}

/// What is typed without the signs of escapes.
fn unescaped(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut signs = typed.chars().peekable();
    while let Some(sign) = signs.next() {
        let escape = sign == '\\' && signs.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if escape { signs.next() } else { Some(sign) });
    }
    out
}

/// What the codes of a text have in common with those of its translations.
fn names(codes: &[InlineCode]) -> Vec<u64> {
    let shared = |code: &&InlineCode| {
        !matches!(
            code.kind,
            InlineCodeKind::Emphasis
                | InlineCodeKind::Strong
                | InlineCodeKind::Signs
                | InlineCodeKind::Break
        )
    };
    codes
        .iter()
        .filter(shared)
        .map(|code| {
            name(if code.name.is_empty() {
                &code.open
            } else {
                &code.name
            })
        })
        .collect()
}
