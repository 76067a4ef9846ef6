//! One text -> what it is made of besides its words, with what every translation of it should say alike.

use std::borrow::Cow;
use std::ops::Range;

use crate::site::address::split_address;
use crate::site::{Site, Target};
use crate::source::{SourceId, Span};
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{Body, RefKind, Tree};

/// Kinds of things a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ElementKind {
    Headings,
    Steps,
    Items,
    Tables,
    Alerts,
    Labels,
    Pictures,
    Includes,
    Links,
    Anchors,
    Tabs,
    Code,
}

impl ElementKind {
    /// All kinds; headings first, as the others are counted below them.
    pub const ALL: [ElementKind; 12] = [
        ElementKind::Headings,
        ElementKind::Steps,
        ElementKind::Items,
        ElementKind::Tables,
        ElementKind::Alerts,
        ElementKind::Labels,
        ElementKind::Pictures,
        ElementKind::Includes,
        ElementKind::Links,
        ElementKind::Anchors,
        ElementKind::Tabs,
        ElementKind::Code,
    ];

    /// What one of the kind is called, and several.
    pub fn nouns(self) -> [&'static str; 2] {
        match self {
            ElementKind::Headings => ["heading", "headings"],
            ElementKind::Steps => ["step", "steps"],
            ElementKind::Items => ["list item", "list items"],
            ElementKind::Tables => ["table row", "table rows"],
            ElementKind::Alerts => ["alert", "alerts"],
            ElementKind::Labels => ["bold text", "bold texts"],
            ElementKind::Pictures => ["picture", "pictures"],
            ElementKind::Includes => ["include", "includes"],
            ElementKind::Links => ["link", "links"],
            ElementKind::Anchors => ["anchor", "anchors"],
            ElementKind::Tabs => ["tab", "tabs"],
            ElementKind::Code => ["code block", "code blocks"],
        }
    }

    /// True if each one has a name that translations share; the others can only be counted.
    pub fn is_named(self) -> bool {
        !matches!(
            self,
            ElementKind::Headings
                | ElementKind::Steps
                | ElementKind::Items
                | ElementKind::Tables
                | ElementKind::Labels
                | ElementKind::Code
        )
    }
}

/// One thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StructureElement<'a> {
    pub part: ElementKind,
    /// What translations share of it: a level, a file name, a page; empty if nothing.
    pub name: Cow<'a, str>,
    /// How many headings stand above it.
    pub section: usize,
    pub span: Span,
}

/// A text as a structure.
#[derive(Debug, Default)]
pub(super) struct TextStructure<'a> {
    pub items: Vec<StructureElement<'a>>,
    /// Paragraphs, headings, list items and cells, in order.
    pub blocks: Vec<StructureBlock>,
    /// The words between marks.
    pub texts: Vec<Span>,
    /// The words of the blocks, block by block.
    words: Vec<Span>,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StructureBlock {
    pub kind: std::mem::Discriminant<NodeKind>,
    pub span: Span,
    /// Which of the shape's words are its own.
    words: Range<usize>,
}

impl<'a> TextStructure<'a> {
    /// The shape of an article; other files have none, nor have pages that only send the reader on.
    pub fn of(site: &'a Site, id: SourceId) -> Option<TextStructure<'a>> {
        let linked = site.linked(id)?;
        let Body::Article(tree) = &linked.document.body else {
            return None;
        };
        if linked
            .document
            .refs
            .iter()
            .any(|reference| reference.kind == RefKind::RedirectTo)
        {
            return None;
        }
        let mut shape = TextStructure::default();
        shape.read(tree, &site.source(id).text);
        let headings: Vec<u32> = shape
            .items
            .iter()
            .filter(|item| item.part == ElementKind::Headings)
            .map(|item| item.span.start)
            .collect();
        let section = |span: Span| headings.partition_point(|start| *start <= span.start);
        for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
            let part = match reference.kind {
                RefKind::Image | RefKind::HtmlSrc => ElementKind::Pictures,
                RefKind::Include => ElementKind::Includes,
                // The address of a tab is its name.
                RefKind::Link if reference.target.starts_with("#tab/") => continue,
                RefKind::Link | RefKind::HtmlHref | RefKind::Uid => ElementKind::Links,
                _ => continue,
            };
            let name = name(site, &reference.target, target);
            shape.items.push(StructureElement {
                part,
                name,
                section: section(reference.span),
                span: reference.span,
            });
        }
        for anchor in linked
            .document
            .anchors
            .iter()
            .filter(|anchor| anchor.heading.is_none())
        {
            shape.items.push(StructureElement {
                part: ElementKind::Anchors,
                name: Cow::Borrowed(&anchor.id),
                section: section(anchor.span),
                span: anchor.span,
            });
        }
        Some(shape)
    }

    /// The things of one kind.
    pub fn of_part(&self, part: ElementKind) -> impl Iterator<Item = &StructureElement<'a>> {
        self.items.iter().filter(move |item| item.part == part)
    }

    /// The words a block begins with, up to the first block in it, without code and addresses.
    pub fn words(&self, block: &StructureBlock) -> &[Span] {
        &self.words[block.words.clone()]
    }

    fn read(&mut self, tree: &'a Tree, source: &str) {
        let mut lists: Vec<(usize, ElementKind)> = Vec::new();
        let mut section = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            let end = at + 1 + node.len as usize;
            while lists.last().is_some_and(|(end, _)| *end <= at) {
                lists.pop();
            }
            let found = match &node.kind {
                NodeKind::Heading(level, _) => {
                    section += 1;
                    Some((ElementKind::Headings, number(usize::from(*level))))
                }
                NodeKind::List(first) => {
                    lists.push((
                        end,
                        if first.is_some() {
                            ElementKind::Steps
                        } else {
                            ElementKind::Items
                        },
                    ));
                    None
                }
                NodeKind::ListItem => lists.last().map(|(_, part)| (*part, number(lists.len()))),
                NodeKind::TableRow => Some((ElementKind::Tables, Cow::Borrowed(""))),
                NodeKind::Alert(keyword) => Some((
                    ElementKind::Alerts,
                    Cow::Owned(keyword.to_ascii_uppercase()),
                )),
                NodeKind::Strong => Some((ElementKind::Labels, Cow::Borrowed(""))),
                NodeKind::Tab(tab) => Some((ElementKind::Tabs, Cow::Borrowed(&*tab.id))),
                NodeKind::CodeBlock(_) | NodeKind::Snippet(..) => {
                    Some((ElementKind::Code, Cow::Borrowed("")))
                }
                _ => None,
            };
            if let Some((part, name)) = found {
                self.items.push(StructureElement {
                    part,
                    name,
                    section,
                    span: node.span,
                });
            }
            if let NodeKind::Text(None) = node.kind {
                self.texts.push(node.span);
            }
            let holds_words = matches!(
                node.kind,
                NodeKind::Paragraph | NodeKind::Heading(..) | NodeKind::TableCell
            ) || node.kind == NodeKind::ListItem
                && tree
                    .nodes
                    .get(at + 1)
                    .is_some_and(|first| at + 1 < end && first.kind.is_inline());
            if holds_words {
                let from = self.words.len();
                self.add_words(&tree.nodes[at + 1..end], source);
                let words = from..self.words.len();
                self.blocks.push(StructureBlock {
                    kind: std::mem::discriminant(&node.kind),
                    span: node.span,
                    words,
                });
            }
        }
    }

    fn add_words(&mut self, nodes: &[Node], source: &str) {
        let mut code = 0;
        for (at, node) in nodes
            .iter()
            .enumerate()
            .take_while(|(_, node)| node.kind.is_inline())
        {
            match node.kind {
                NodeKind::Code => code = at + 1 + node.len as usize,
                NodeKind::Text(_) if at >= code && !node.span.of(source).contains("://") => {
                    self.words.push(node.span)
                }
                _ => {}
            }
        }
    }
}

/// A small number.
fn number(number: usize) -> Cow<'static, str> {
    const DIGITS: &str = "0123456789";
    DIGITS
        .get(number..=number)
        .map_or_else(|| Cow::Owned(number.to_string()), Cow::Borrowed)
}

/// What a reference leads to, in a form that is the same in every language.
fn name<'a>(site: &'a Site, typed: &'a str, target: &'a Target) -> Cow<'a, str> {
    match target {
        Target::Page { set, .. } => Cow::Borrowed(&site.translation_set(*set).path),
        Target::Asset(path) => Cow::Borrowed(path.file_name()),
        Target::Fragment(id) | Target::Code(id) | Target::Toc(id) => {
            let path = &site.source(*id).path;
            site.config
                .localized_path(path)
                .map_or(Cow::Borrowed(path.as_str()), |localized| {
                    Cow::Owned(localized.rest)
                })
        }
        Target::SamePage => Cow::Borrowed("#"),
        // Other sites have translations of their own.
        Target::External => Cow::Borrowed(
            typed
                .split("://")
                .nth(1)
                .and_then(|rest| rest.split(['/', '?', '#']).next())
                .unwrap_or(typed),
        ),
        _ => Cow::Borrowed(split_address(typed).0.rsplit('/').next().unwrap_or(typed)),
    }
}
