//! A document -> its sections, each with prints of what it says: its words apart from its links and its markup, so that a text flowing over
//! other lines, or a link that leads elsewhere, can be told from a change that a translator has to follow. Knows one file alone: what
//! it includes is another document with translations of its own.
//!
//! Prints are kept in files and compared with those of later versions of hjelp: what they are made from must not change.

use crate::source::yaml::{self, YamlNode, YamlValue};
use crate::source::{Source, Span};
use crate::syntax::slug::{UniqueIds, slug};
use crate::syntax::toc::TocEntry;
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Dialect, Document, FrontMatter, RefKind, Tree, parse_as};

use super::hashes::{BlockHash, ContentHasher, SectionHashes};

/// The id of the metadata above a text.
pub const METADATA: &str = "---";

/// As deep as headings go; entries of tables of contents below that count as if they stood there.
const DEEPEST: u8 = 6;

/// A heading with the text below it, down to the next heading; or the metadata of a page, or what stands before its first heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedSection {
    /// 1 to 6; 0 for the metadata and for what stands before the first heading.
    pub level: u8,
    /// The id of the heading; [`METADATA`], or empty for what stands before the first heading.
    pub id: String,
    /// The words of the heading.
    pub title: String,
    /// What it says.
    pub print: SectionHashes,
    /// How many words it has for a translator: those of its heading among them, those of code not.
    pub words: usize,
    /// What stands below its heading, piece by piece, as far as there are words for a translator.
    pub blocks: Vec<BlockHash>,
    /// Its bytes in the file.
    pub span: Span,
}

impl HashedSection {
    /// How many words its heading has.
    pub(super) fn heading_words(&self) -> usize {
        self.words - self.blocks.iter().map(|block| block.words).sum::<usize>()
    }
}

/// The sections of a document in reading order: of a table of contents, its entries. None for one that nobody translates: a page that only
/// sends its readers on.
pub fn sections(document: &Document, text: &str) -> Vec<HashedSection> {
    if document
        .refs
        .iter()
        .any(|reference| reference.kind == RefKind::RedirectTo)
    {
        return Vec::new();
    }
    let mut outline = SectionBuilder {
        document,
        text,
        sections: Vec::new(),
    };
    match &document.body {
        Body::Article(tree) => {
            outline.sections.extend(metadata(&document.front_matter));
            outline.tree(tree);
        }
        Body::Tutorial(tutorial) => {
            outline.sections.extend(metadata(&document.front_matter));
            for (number, step) in tutorial.steps.iter().enumerate() {
                outline.begin(
                    2,
                    format!("step-{}", number + 1),
                    &step.title,
                    step.span.start,
                );
                outline.tree(&step.tree);
            }
        }
        Body::Landing(_) | Body::Data(_) => {
            if let (Some(root), _) = yaml::parse(text, 0) {
                outline.data(&root);
            }
        }
        Body::Toc(toc) => outline.entries(&toc.entries, 1),
    }
    let end = text.len();
    let mut sections = outline.sections;
    sections.retain(|section| {
        section.level > 0
            || SectionHashes {
                heading: 0,
                ..section.print
            } != ContentHasher::default().print()
    });
    let starts: Vec<usize> = sections
        .iter()
        .skip(1)
        .map(|section| section.span.start as usize)
        .chain([end])
        .collect();
    for (section, end) in sections.iter_mut().zip(starts) {
        section.span = Span::new(
            section.span.start as usize,
            end.max(section.span.start as usize),
        );
    }
    sections
}

/// The sections of a file that is no part of the site as it is now; `dialect` is what the site's Markdown is read with.
pub fn sections_of(source: &Source, dialect: Dialect) -> Vec<HashedSection> {
    sections(&parse_as(source, dialect), &source.text)
}

/// The print of all words of a text: another one if a translator has worked on it.
pub fn own_print(source: &Source, dialect: Dialect) -> u64 {
    own_print_of(&sections_of(source, dialect))
}

/// The same for its sections.
pub(super) fn own_print_of(sections: &[HashedSection]) -> u64 {
    let mut all = ContentHasher::default();
    for section in sections {
        all.say(&format!(
            "{:x} {:x}",
            section.print.heading, section.print.wording
        ));
    }
    all.print().wording
}

struct SectionBuilder<'a> {
    document: &'a Document,
    text: &'a str,
    sections: Vec<HashedSection>,
}

impl SectionBuilder<'_> {
    fn begin(&mut self, level: u8, id: String, title: &str, start: u32) {
        let mut writing = ContentHasher::default();
        writing.say(title);
        let (print, span) = (SectionHashes::default(), Span::at(start as usize));
        let mut section = HashedSection {
            level,
            id,
            title: title.to_owned(),
            print,
            words: 0,
            blocks: Vec::new(),
            span,
        };
        section.print.heading = writing.print().wording;
        section.words = writing.words;
        self.sections.push(section);
    }

    /// Gives the section that was begun last what stands below its heading.
    fn fill(&mut self, mut writing: ContentHasher) {
        if let Some(section) = self
            .sections
            .last_mut()
            .filter(|section| section.id != METADATA)
        {
            section.words += writing.words;
            section.blocks = writing.blocks();
            section.print = SectionHashes {
                heading: section.print.heading,
                ..writing.print()
            };
        }
    }

    fn tree(&mut self, tree: &Tree) {
        let (mut writing, mut at) = (ContentHasher::default(), 0);
        let first = |at: usize| matches!(tree.nodes[at].kind, NodeKind::Heading(..));
        if self
            .sections
            .last()
            .is_none_or(|section| section.id == METADATA)
            && !tree.nodes.is_empty()
            && !first(0)
        {
            self.begin(0, String::new(), "", tree.nodes[0].span.start);
        }
        while let Some(node) = tree.nodes.get(at) {
            let end = at + 1 + node.len as usize;
            let NodeKind::Heading(level, anchor) = node.kind else {
                writing.node(self.document, self.text, tree, at);
                at += 1;
                continue;
            };
            self.fill(std::mem::take(&mut writing));
            let mut heading = ContentHasher::default();
            (at + 1..end).for_each(|inside| heading.node(self.document, self.text, tree, inside));
            let anchor = self.document.anchors.get(anchor as usize);
            let id = anchor.map_or_else(String::new, |anchor| anchor.id.to_string());
            let title = anchor
                .and_then(|anchor| anchor.heading.as_ref())
                .map_or("", |heading| &heading.text);
            self.begin(level, id, title, node.span.start);
            if let Some(section) = self.sections.last_mut() {
                section.print.heading = heading.print().wording;
            }
            // Links and marks of a heading count with those below it; its words don't.
            writing = heading.without_words();
            at = end;
        }
        self.fill(writing);
    }

    /// A table of contents: each entry is a section, known by where it leads; its name is the heading.
    fn entries(&mut self, entries: &[TocEntry], level: u8) {
        for entry in entries {
            let addresses = [entry.href, entry.toc_href, entry.topic(), entry.uid]
                .into_iter()
                .flatten();
            let addresses: Vec<&str> = addresses
                .filter_map(|id| Some(&*self.document.refs.get(id as usize)?.target))
                .collect();
            let name = entry.name.as_deref().unwrap_or_default();
            let id = addresses.first().map_or_else(
                || slug(name),
                |address| address.split_whitespace().collect(),
            );
            self.begin(level, id, name, entry.span.start);
            let mut writing = ContentHasher::default();
            addresses
                .iter()
                .for_each(|address| writing.leads_to(address));
            entry.display.iter().for_each(|words| writing.value(words));
            entry
                .extra
                .iter()
                .for_each(|extra| writing.mark_data(&extra.key, &extra.value));
            self.fill(writing);
            self.entries(&entry.children, (level + 1).min(DEEPEST));
        }
    }

    /// A page of data: each item of its lists that has a title is a section.
    fn data(&mut self, root: &YamlNode) {
        let entries = root
            .entries()
            .iter()
            .filter(|entry| !matches!(entry.value.value, YamlValue::List(_)));
        let mut head = ContentHasher::default();
        entries.for_each(|entry| head.data(&entry.key, &entry.value));
        self.begin(0, String::new(), "", 0);
        self.fill(head);
        let mut ids = UniqueIds::default();
        for entry in root.entries() {
            for item in entry.value.items() {
                let title = ["title", "name", "header", "text"]
                    .iter()
                    .find_map(|key| item.get(key)?.text())
                    .unwrap_or_default();
                self.begin(2, ids.take(slug(title)), title, item.span.start);
                let mut writing = ContentHasher::default();
                writing.data(&entry.key, item);
                self.fill(writing);
            }
        }
    }
}

/// The metadata of a page: title and description are words that readers see, all other keys aren't.
fn metadata(front_matter: &FrontMatter) -> Option<HashedSection> {
    let mut entries: Vec<_> = front_matter.entries.iter().collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let mut writing = ContentHasher::default();
    for entry in entries {
        match (&*entry.key, entry.value.text()) {
            ("title" | "description", Some(words)) => writing.value(words),
            _ => writing.mark_data(&entry.key, &entry.value),
        }
    }
    let span = front_matter.span;
    (!front_matter.entries.is_empty()).then(|| HashedSection {
        level: 0,
        id: METADATA.to_owned(),
        title: String::new(),
        words: writing.words,
        print: writing.print(),
        blocks: writing.blocks(),
        span,
    })
}
