//! One text -> what it is made of besides its words, with what every translation of it should say alike.

use crate::site::{Site, Target, split_address};
use crate::source::{SourceId, Span};
use crate::syntax::{Body, Kind, Node, RefKind, Tree};

/// Kinds of things a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
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

impl Part {
    /// All kinds; headings first, as the others are counted below them.
    pub const ALL: [Part; 12] = [
        Part::Headings,
        Part::Steps,
        Part::Items,
        Part::Tables,
        Part::Alerts,
        Part::Labels,
        Part::Pictures,
        Part::Includes,
        Part::Links,
        Part::Anchors,
        Part::Tabs,
        Part::Code,
    ];

    /// What one of the kind is called, and several.
    pub fn nouns(self) -> [&'static str; 2] {
        match self {
            Part::Headings => ["heading", "headings"],
            Part::Steps => ["step", "steps"],
            Part::Items => ["list item", "list items"],
            Part::Tables => ["table row", "table rows"],
            Part::Alerts => ["alert", "alerts"],
            Part::Labels => ["bold text", "bold texts"],
            Part::Pictures => ["picture", "pictures"],
            Part::Includes => ["include", "includes"],
            Part::Links => ["link", "links"],
            Part::Anchors => ["anchor", "anchors"],
            Part::Tabs => ["tab", "tabs"],
            Part::Code => ["code block", "code blocks"],
        }
    }

    /// True if each one has a name that translations share; the others can only be counted.
    pub fn is_named(self) -> bool {
        !matches!(self, Part::Headings | Part::Steps | Part::Items | Part::Tables | Part::Labels | Part::Code)
    }
}

/// One thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub part: Part,
    /// What translations share of it: a level, a file name, a page; empty if nothing.
    pub name: String,
    /// How many headings stand above it.
    pub section: usize,
    pub span: Span,
}

/// A text as a structure.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub items: Vec<Item>,
    /// Paragraphs, headings, list items and cells with their words, in order.
    pub blocks: Vec<Block>,
    /// The words between marks.
    pub texts: Vec<Span>,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub kind: std::mem::Discriminant<Kind>,
    pub span: Span,
    pub words: String,
}

impl Shape {
    /// The shape of an article; other files have none, nor have pages that only send the reader on.
    pub fn of(site: &Site, id: SourceId) -> Option<Shape> {
        let linked = site.linked(id)?;
        let Body::Article(tree) = &linked.document.body else { return None };
        if linked.document.refs.iter().any(|reference| reference.kind == RefKind::RedirectTo) {
            return None;
        }
        let mut shape = Shape::default();
        shape.read(tree, &site.source(id).text);
        let headings: Vec<u32> = shape.items.iter().filter(|item| item.part == Part::Headings).map(|item| item.span.start).collect();
        let section = |span: Span| headings.partition_point(|start| *start <= span.start);
        for (reference, target) in linked.document.refs.iter().zip(&linked.targets) {
            let part = match reference.kind {
                RefKind::Image | RefKind::HtmlSrc => Part::Pictures,
                RefKind::Include => Part::Includes,
                // The address of a tab is its name.
                RefKind::Link if reference.target.starts_with("#tab/") => continue,
                RefKind::Link | RefKind::HtmlHref | RefKind::Uid => Part::Links,
                _ => continue,
            };
            let name = name(site, &reference.target, target);
            shape.items.push(Item { part, name, section: section(reference.span), span: reference.span });
        }
        for anchor in linked.document.anchors.iter().filter(|anchor| anchor.heading.is_none()) {
            shape.items.push(Item { part: Part::Anchors, name: anchor.id.to_string(), section: section(anchor.span), span: anchor.span });
        }
        Some(shape)
    }

    /// The things of one kind.
    pub fn of_part(&self, part: Part) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.part == part)
    }

    fn read(&mut self, tree: &Tree, source: &str) {
        let mut lists: Vec<(usize, Part)> = Vec::new();
        let mut section = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            let end = at + 1 + node.len as usize;
            while lists.last().is_some_and(|(end, _)| *end <= at) {
                lists.pop();
            }
            let found = match &node.kind {
                Kind::Heading(level, _) => {
                    section += 1;
                    Some((Part::Headings, level.to_string()))
                }
                Kind::List(first) => {
                    lists.push((end, if first.is_some() { Part::Steps } else { Part::Items }));
                    None
                }
                Kind::Item => lists.last().map(|(_, part)| (*part, lists.len().to_string())),
                Kind::TableRow => Some((Part::Tables, String::new())),
                Kind::Alert(keyword) => Some((Part::Alerts, keyword.to_ascii_uppercase())),
                Kind::Strong => Some((Part::Labels, String::new())),
                Kind::Tab(tab) => Some((Part::Tabs, tab.id.to_string())),
                Kind::CodeBlock(_) | Kind::Snippet(..) => Some((Part::Code, String::new())),
                _ => None,
            };
            if let Some((part, name)) = found {
                self.items.push(Item { part, name, section, span: node.span });
            }
            if let Kind::Text(None) = node.kind {
                self.texts.push(node.span);
            }
            let holds_words = matches!(node.kind, Kind::Paragraph | Kind::Heading(..) | Kind::TableCell)
                || node.kind == Kind::Item && tree.nodes.get(at + 1).is_some_and(|first| at + 1 < end && first.kind.is_inline());
            if holds_words {
                self.blocks.push(Block {
                    kind: std::mem::discriminant(&node.kind),
                    span: node.span,
                    words: words(&tree.nodes[at + 1..end], source),
                });
            }
        }
    }
}

/// The words a block begins with, up to the first block in it, without code and addresses.
fn words(nodes: &[Node], source: &str) -> String {
    let (mut words, mut code) = (Vec::new(), 0);
    for (at, node) in nodes.iter().enumerate().take_while(|(_, node)| node.kind.is_inline()) {
        match node.kind {
            Kind::Code => code = at + 1 + node.len as usize,
            Kind::Text(_) if at >= code => words.push(node.span.of(source)),
            _ => {}
        }
    }
    words.retain(|words| !words.contains("://"));
    words.join(" ")
}

/// What a reference leads to, in a form that is the same in every language.
fn name(site: &Site, typed: &str, target: &Target) -> String {
    match target {
        Target::Page { key, .. } => site.key(*key).path.clone(),
        Target::Asset(path) => path.file_name().to_owned(),
        Target::Fragment(id) | Target::Code(id) | Target::Toc(id) => {
            let path = &site.source(*id).path;
            site.config.split(path).localized.map_or_else(|| path.to_string(), |(_, _, rest)| rest)
        }
        Target::Here => "#".to_owned(),
        // Other sites have translations of their own.
        Target::External => typed.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or(typed).to_owned(),
        _ => split_address(typed).0.rsplit('/').next().unwrap_or(typed).to_owned(),
    }
}
