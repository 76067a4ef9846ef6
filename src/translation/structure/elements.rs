//! One text -> its structure: the elements it consists of besides its words, with the part of each that translations share.

use std::borrow::Cow;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;

use crate::site::address::split_address;
use crate::site::{Site, Target};
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{Body, RefKind, Reference, Tree};

/// The kinds of elements that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ElementKind {
    Headings,
    Steps,
    Items,
    Tables,
    Alerts,
    BoldTexts,
    Images,
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
        ElementKind::BoldTexts,
        ElementKind::Images,
        ElementKind::Includes,
        ElementKind::Links,
        ElementKind::Anchors,
        ElementKind::Tabs,
        ElementKind::Code,
    ];

    /// The name of `count` elements.
    pub fn noun(self, count: usize) -> &'static str {
        let [one, several] = match self {
            ElementKind::Headings => ["heading", "headings"],
            ElementKind::Steps => ["step", "steps"],
            ElementKind::Items => ["list item", "list items"],
            ElementKind::Tables => ["table row", "table rows"],
            ElementKind::Alerts => ["alert", "alerts"],
            ElementKind::BoldTexts => ["bold text", "bold texts"],
            ElementKind::Images => ["image", "images"],
            ElementKind::Includes => ["include", "includes"],
            ElementKind::Links => ["link", "links"],
            ElementKind::Anchors => ["anchor", "anchors"],
            ElementKind::Tabs => ["tab", "tabs"],
            ElementKind::Code => ["code block", "code blocks"],
        };
        if count == 1 { one } else { several }
    }

    /// True if each element has a name that translations share; the others can only be counted.
    pub fn is_named(self) -> bool {
        matches!(
            self,
            ElementKind::Alerts
                | ElementKind::Images
                | ElementKind::Includes
                | ElementKind::Links
                | ElementKind::Anchors
                | ElementKind::Tabs
        )
    }
}

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StructureElement<'a> {
    pub kind: ElementKind,
    /// What translations share of it: a level, a file name, a page; empty if nothing.
    pub name: Cow<'a, str>,
    /// How many headings are above it.
    pub section: usize,
    pub span: Span,
}

/// The structure of a text.
#[derive(Debug)]
pub(super) struct TextStructure<'a> {
    pub id: SourceId,
    pub source: &'a str,
    pub elements: Vec<StructureElement<'a>>,
    /// Paragraphs, headings, list items and cells, in order.
    pub blocks: Vec<StructureBlock>,
    /// The text between markup.
    pub texts: Vec<Span>,
    /// Code in the text, with its backticks.
    pub codes: Vec<Span>,
    /// Alerts without anything in them.
    pub empty_alerts: Vec<Span>,
    /// The rows of tables with the number of their cells that have words.
    pub rows: Vec<(Span, usize)>,
    /// The ids that headings have by their words.
    pub heading_ids: Vec<&'a str>,
    /// True if whole addresses are somewhere in the text.
    pub has_addresses: bool,
    /// The words of the blocks, block by block.
    words: Vec<Span>,
}

/// A block of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StructureBlock {
    pub kind: Discriminant<NodeKind>,
    pub span: Span,
    /// Its part of the words of the structure.
    words: Range<usize>,
}

impl<'a> TextStructure<'a> {
    /// The structure of an article. None for other files, and for pages that only redirect.
    pub fn of(site: &'a Site, id: SourceId) -> Option<TextStructure<'a>> {
        let linked = site.linked(id)?;
        let Body::Article(tree) = &linked.document.body else {
            return None;
        };
        let refs = &linked.document.refs;
        if refs
            .iter()
            .any(|reference| reference.kind == RefKind::RedirectTo)
        {
            return None;
        }
        let source: &str = &site.source(id).text;
        let mut structure = TextStructure {
            id,
            source,
            elements: Vec::new(),
            blocks: Vec::new(),
            texts: Vec::new(),
            codes: Vec::new(),
            empty_alerts: Vec::new(),
            rows: Vec::new(),
            heading_ids: Vec::new(),
            has_addresses: source.contains("http"),
            words: Vec::new(),
        };
        structure.add_nodes(tree);
        let headings: Vec<u32> = structure
            .of_kind(ElementKind::Headings)
            .map(|heading| heading.span.start)
            .collect();
        for (reference, target) in refs.iter().zip(linked.targets) {
            // References are listed in the document, with their targets, not only in the tree.
            if let Some(kind) = reference_kind(reference) {
                structure.elements.push(StructureElement {
                    kind,
                    name: shared_name(site, &reference.target, target),
                    section: section_of(&headings, reference.span),
                    span: reference.span,
                });
            }
        }
        for anchor in &linked.document.anchors {
            // The anchors of headings are made of translated words.
            if anchor.heading.is_some() {
                structure.heading_ids.push(&anchor.id);
            } else {
                structure.elements.push(StructureElement {
                    kind: ElementKind::Anchors,
                    name: Cow::Borrowed(&anchor.id),
                    section: section_of(&headings, anchor.span),
                    span: anchor.span,
                });
            }
        }
        Some(structure)
    }

    /// The elements of one kind.
    pub fn of_kind(&self, kind: ElementKind) -> impl Iterator<Item = &StructureElement<'a>> {
        self.elements
            .iter()
            .filter(move |element| element.kind == kind)
    }

    /// The elements of one kind that `other` has to have, too: an anchor that a heading there is called like needs no tag of its own.
    pub fn expected_in(
        &self,
        kind: ElementKind,
        other: &TextStructure<'_>,
    ) -> Vec<&StructureElement<'a>> {
        let mut expected: Vec<&StructureElement<'a>> = Vec::new();
        for element in self.of_kind(kind) {
            let is_heading =
                kind == ElementKind::Anchors && other.heading_ids.contains(&&*element.name);
            let has_tag = || other.of_kind(kind).any(|tag| tag.name == element.name);
            if !is_heading || has_tag() {
                expected.push(element);
            }
        }
        expected
    }

    /// The words a block begins with, up to the first block in it, without code and addresses.
    pub fn words(&self, block: &StructureBlock) -> &[Span] {
        &self.words[block.words.clone()]
    }

    /// The words a block begins with, as one text.
    pub fn text_of(&self, block: &StructureBlock) -> String {
        let mut text = String::new();
        for span in self.words(block) {
            text.push_str(span.of(self.source));
            text.push(' ');
        }
        text
    }

    /// The code in a block, without its backticks.
    pub fn codes_of(&self, block: &StructureBlock) -> Vec<&'a str> {
        let mut codes = Vec::new();
        // They are in the order of the text.
        let first = self
            .codes
            .partition_point(|code| code.start < block.span.start);
        for span in &self.codes[first..] {
            if span.start >= block.span.end {
                break;
            }
            if block.span.contains(*span) {
                codes.push(span.of(self.source).trim_matches('`').trim());
            }
        }
        codes
    }

    /// The blocks below each heading, and those above the first one; a heading is the first block of its section.
    pub fn sections(&self) -> Vec<&[StructureBlock]> {
        let mut sections = Vec::new();
        let mut start = 0;
        let headings: Vec<u32> = self
            .of_kind(ElementKind::Headings)
            .map(|heading| heading.span.start)
            .collect();
        for (at, block) in self.blocks.iter().enumerate() {
            if headings.binary_search(&block.span.start).is_ok() {
                sections.push(&self.blocks[start..at]);
                start = at;
            }
        }
        sections.push(&self.blocks[start..]);
        sections
    }

    fn add_nodes(&mut self, tree: &'a Tree) {
        // The lists around a node: where they end, and the kind of their items.
        let mut lists: Vec<(usize, ElementKind)> = Vec::new();
        let mut section = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            let end = at + 1 + node.len as usize;
            while let Some((end, _)) = lists.last()
                && *end <= at
            {
                lists.pop();
            }
            match &node.kind {
                NodeKind::Heading(..) => section += 1,
                NodeKind::List(None) => lists.push((end, ElementKind::Items)),
                NodeKind::List(Some(_)) => lists.push((end, ElementKind::Steps)),
                NodeKind::Text(None) => self.texts.push(node.span),
                NodeKind::Code => self.codes.push(node.span),
                NodeKind::Alert(_) if node.len == 0 => self.empty_alerts.push(node.span),
                NodeKind::TableRow | NodeKind::TableHead => {
                    let cells = tree.nodes[at + 1..end].iter();
                    let filled =
                        cells.filter(|cell| cell.kind == NodeKind::TableCell && cell.len > 0);
                    self.rows.push((node.span, filled.count()));
                }
                _ => {}
            }
            if let Some((kind, name)) = element(&node.kind, &lists) {
                self.elements.push(StructureElement {
                    kind,
                    name,
                    section,
                    span: node.span,
                });
            }
            let inside = &tree.nodes[at + 1..end];
            if is_block_of_words(node, inside) {
                let start = self.words.len();
                self.add_words(inside);
                self.blocks.push(StructureBlock {
                    kind: discriminant(&node.kind),
                    span: node.span,
                    words: start..self.words.len(),
                });
            }
        }
    }

    fn add_words(&mut self, nodes: &[Node]) {
        let mut code_end = 0;
        for (at, node) in nodes.iter().enumerate() {
            match node.kind {
                // An item may contain further blocks, which are blocks of their own.
                ref kind if !kind.is_inline() => break,
                NodeKind::Code => code_end = at + 1 + node.len as usize,
                NodeKind::Text(_)
                    if at >= code_end && !node.span.of(self.source).contains("://") =>
                {
                    self.words.push(node.span);
                }
                _ => {}
            }
        }
    }
}

/// How many of the headings, by their starts, are above a span.
fn section_of(headings: &[u32], span: Span) -> usize {
    headings.partition_point(|start| *start <= span.start)
}

fn reference_kind(reference: &Reference) -> Option<ElementKind> {
    match reference.kind {
        RefKind::Image | RefKind::HtmlSrc => Some(ElementKind::Images),
        RefKind::Include => Some(ElementKind::Includes),
        // Tabs are compared by their ids.
        RefKind::Link if reference.target.starts_with("#tab/") => None,
        RefKind::Link | RefKind::HtmlHref | RefKind::Uid => Some(ElementKind::Links),
        _ => None,
    }
}

/// The kind and shared name of a node inside these lists; None for nodes that are not compared.
fn element<'a>(
    kind: &'a NodeKind,
    lists: &[(usize, ElementKind)],
) -> Option<(ElementKind, Cow<'a, str>)> {
    Some(match kind {
        NodeKind::Heading(level, _) => (ElementKind::Headings, small_number(usize::from(*level))),
        // Nested items differ by their depth.
        NodeKind::ListItem => (lists.last()?.1, small_number(lists.len())),
        NodeKind::TableRow => (ElementKind::Tables, Cow::Borrowed("")),
        NodeKind::Alert(keyword) => (
            ElementKind::Alerts,
            Cow::Owned(keyword.to_ascii_uppercase()),
        ),
        NodeKind::Strong => (ElementKind::BoldTexts, Cow::Borrowed("")),
        NodeKind::Tab(tab) => (ElementKind::Tabs, Cow::Borrowed(&*tab.id)),
        NodeKind::CodeBlock(_) | NodeKind::Snippet(..) => (ElementKind::Code, Cow::Borrowed("")),
        _ => return None,
    })
}

/// True for blocks whose words are right inside them. Items of tight lists have no paragraph around their words.
fn is_block_of_words(node: &Node, inside: &[Node]) -> bool {
    match node.kind {
        NodeKind::Paragraph | NodeKind::Heading(..) | NodeKind::TableCell => true,
        NodeKind::ListItem => match inside.first() {
            Some(first) => first.kind.is_inline(),
            None => false,
        },
        _ => false,
    }
}

/// A number as text. Nearly all are digits, for which nothing is allocated.
fn small_number(number: usize) -> Cow<'static, str> {
    const DIGITS: &str = "0123456789";
    match DIGITS.get(number..=number) {
        Some(digit) => Cow::Borrowed(digit),
        None => Cow::Owned(number.to_string()),
    }
}

/// The target of a reference in a form that is the same in every language.
fn shared_name<'a>(site: &'a Site, typed: &'a str, target: &'a Target) -> Cow<'a, str> {
    match target {
        Target::Page { set, .. } => Cow::Borrowed(&site.translation_set(*set).path),
        // A translated screenshot has the name of the original one, in a folder of its language.
        Target::Asset(path) => Cow::Borrowed(path.file_name()),
        Target::Fragment(id) | Target::Code(id) | Target::Toc(id) => {
            path_in_language(site, &site.source(*id).path)
        }
        Target::SamePage => Cow::Borrowed("#"),
        // Other sites have translations of their own: only the host is compared.
        Target::External => Cow::Borrowed(host(typed)),
        _ => {
            let (path, _) = split_address(typed);
            Cow::Borrowed(match path.rsplit_once('/') {
                Some((_, file)) => file,
                None => path,
            })
        }
    }
}

/// The path below the language folder; outside of those, the whole path.
fn path_in_language<'a>(site: &Site, path: &'a SitePath) -> Cow<'a, str> {
    match site.config.localized_path(path) {
        Some(localized) => Cow::Owned(localized.rest),
        None => Cow::Borrowed(path.as_str()),
    }
}

fn host(address: &str) -> &str {
    let Some(rest) = address.split("://").nth(1) else {
        return address;
    };
    match rest.find(['/', '?', '#']) {
        Some(end) => &rest[..end],
        None => rest,
    }
}
