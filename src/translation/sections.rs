//! A document -> its sections with hashes of their content: of the words apart from links and markup, so that a text with other line breaks,
//! or a link with another target, can be distinguished from a change that a translator has to follow. Knows one file alone: an included file
//! is another document with translations of its own.
//!
//! The hashes are in lock files and are compared by later versions of hjelp: what sections are made of must not change.

use crate::source::yaml::{self, YamlNode, YamlValue};
use crate::source::{Source, Span};
use crate::syntax::document::Tutorial;
use crate::syntax::slug::{UniqueIds, slug};
use crate::syntax::toc::TocEntry;
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Dialect, Document, FrontMatter, RefKind, Tree, parse_as};

use super::hashes::{BlockHash, ContentHasher, SectionHashes};

/// The id of the section of the front matter.
pub const METADATA: &str = "---";

/// The level of the deepest headings. Entries of tables of contents may be nested deeper; they get this level.
const MAX_LEVEL: u8 = 6;

/// A heading with the text below it, down to the next heading; or the front matter of a page, or the text before its first heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedSection {
    /// 1 to 6; 0 for the front matter and for the text before the first heading.
    pub level: u8,
    /// The id of the heading; [`METADATA`], or empty for the text before the first heading.
    pub id: String,
    /// The words of the heading.
    pub title: String,
    /// The hashes of the content.
    pub hashes: SectionHashes,
    /// How many words it has for a translator: those of its heading included, those of code not.
    pub words: usize,
    /// The blocks below its heading that have words or code.
    pub blocks: Vec<BlockHash>,
    /// Its bytes in the file.
    pub span: Span,
}

impl HashedSection {
    /// How many words its heading has.
    pub(super) fn heading_words(&self) -> usize {
        self.words - self.blocks.iter().map(|block| block.words).sum::<usize>()
    }

    /// True for the text before the first heading or the front matter, if they have no content.
    fn is_empty(&self) -> bool {
        let content = SectionHashes {
            heading: 0,
            ..self.hashes
        };
        self.level == 0 && content == ContentHasher::default().hashes()
    }
}

/// The sections of a document in reading order; of a table of contents, its entries. None for a page that only redirects.
pub fn sections(document: &Document, text: &str) -> Vec<HashedSection> {
    let is_redirect = document
        .refs
        .iter()
        .any(|reference| reference.kind == RefKind::RedirectTo);
    if is_redirect {
        return Vec::new();
    }
    let mut builder = SectionBuilder {
        document,
        text,
        sections: Vec::new(),
    };
    match &document.body {
        Body::Article(tree) => {
            builder.sections.extend(metadata(&document.front_matter));
            builder.add_tree(tree);
        }
        Body::Tutorial(tutorial) => {
            builder.sections.extend(metadata(&document.front_matter));
            builder.add_steps(tutorial);
        }
        Body::Landing(_) | Body::Structured(_) | Body::Data(_) => {
            // Parsed again, as documents of landing pages don't keep all values with their positions.
            if let (Some(root), _) = yaml::parse(text, 0) {
                builder.add_yaml(&root);
            }
        }
        Body::Toc(toc) => builder.add_entries(&toc.entries, 1),
        // Addresses are not translated.
        Body::Redirects(_) => {}
    }
    let mut sections = builder.sections;
    sections.retain(|section| !section.is_empty());
    extend_to_next(&mut sections, text.len());
    sections
}

/// Gives each section the bytes up to the start of the next one; so far it has those of its start.
fn extend_to_next(sections: &mut [HashedSection], text_end: usize) {
    let mut end = text_end;
    for section in sections.iter_mut().rev() {
        let start = section.span.start as usize;
        section.span = Span::new(start, end.max(start));
        end = start;
    }
}

/// The sections of a file that is not part of the site as it is; `dialect` is that of the site.
pub fn sections_of(source: &Source, dialect: Dialect) -> Vec<HashedSection> {
    sections(&parse_as(source, dialect), &source.text)
}

/// The hash of all words of a text: another one if a translator has edited it.
pub fn own_words_hash(source: &Source, dialect: Dialect) -> u64 {
    own_words_hash_of(&sections_of(source, dialect))
}

/// The same for its sections.
pub(super) fn own_words_hash_of(sections: &[HashedSection]) -> u64 {
    let mut all = ContentHasher::default();
    for section in sections {
        // Only words: a translator who fixes a link has not worked on the translation.
        all.add_words(&format!(
            "{:x} {:x}",
            section.hashes.heading, section.hashes.wording
        ));
    }
    all.hashes().wording
}

struct SectionBuilder<'a> {
    document: &'a Document,
    text: &'a str,
    sections: Vec<HashedSection>,
}

impl<'a> SectionBuilder<'a> {
    /// Begins a section with the words of its heading.
    fn begin(&mut self, level: u8, id: String, title: &str, start: u32) {
        let mut heading = ContentHasher::default();
        heading.add_words(title);
        self.sections.push(HashedSection {
            level,
            id,
            title: title.to_owned(),
            hashes: SectionHashes {
                heading: heading.hashes().wording,
                ..SectionHashes::default()
            },
            words: heading.words,
            blocks: Vec::new(),
            span: Span::at(start as usize),
        });
    }

    /// Gives the last section the content below its heading.
    fn fill(&mut self, mut content: ContentHasher) {
        let Some(section) = self.sections.last_mut() else {
            return;
        };
        // A page without a heading right after its front matter has a section of its own for that text.
        if section.id == METADATA {
            return;
        }
        section.words += content.words;
        section.blocks = content.blocks();
        section.hashes = SectionHashes {
            heading: section.hashes.heading,
            ..content.hashes()
        };
    }

    fn add_tree(&mut self, tree: &Tree) {
        let is_after_metadata = match self.sections.last() {
            Some(section) => section.id == METADATA,
            None => true,
        };
        if let Some(first) = tree.nodes.first()
            && is_after_metadata
            && !matches!(first.kind, NodeKind::Heading(..))
        {
            self.begin(0, String::new(), "", first.span.start);
        }
        let mut content = ContentHasher::default();
        let mut at = 0;
        while let Some(node) = tree.nodes.get(at) {
            let NodeKind::Heading(level, anchor) = node.kind else {
                content.add_node(self.document, self.text, tree, at);
                at += 1;
                continue;
            };
            self.fill(std::mem::take(&mut content));
            let end = at + 1 + node.len as usize;
            let mut heading = ContentHasher::default();
            for inside in at + 1..end {
                heading.add_node(self.document, self.text, tree, inside);
            }
            let (id, title) = self.heading_names(anchor as usize);
            self.begin(level, id, title, node.span.start);
            if let Some(section) = self.sections.last_mut() {
                section.hashes.heading = heading.hashes().wording;
            }
            // Links and markup of a heading count with those below it; its words don't.
            content = heading.without_words();
            at = end;
        }
        self.fill(content);
    }

    /// The id and the words of a heading.
    fn heading_names(&self, anchor: usize) -> (String, &'a str) {
        let Some(anchor) = self.document.anchors.get(anchor) else {
            return (String::new(), "");
        };
        let title = match &anchor.heading {
            Some(heading) => &*heading.text,
            None => "",
        };
        (anchor.id.to_string(), title)
    }

    fn add_steps(&mut self, tutorial: &Tutorial) {
        for (number, step) in tutorial.steps.iter().enumerate() {
            let id = format!("step-{}", number + 1);
            // By number: steps have no ids, and titles are words that may change.
            self.begin(2, id, &step.title, step.span.start);
            self.add_tree(&step.tree);
        }
    }

    /// The entries of a table of contents: each is a section, identified by its target, with its name as heading.
    fn add_entries(&mut self, entries: &[TocEntry], level: u8) {
        for entry in entries {
            let mut addresses: Vec<&str> = Vec::new();
            for id in [entry.href, entry.toc_href, entry.topic(), entry.uid] {
                if let Some(id) = id
                    && let Some(reference) = self.document.refs.get(id as usize)
                {
                    addresses.push(&reference.target);
                }
            }
            let name = entry.name.as_deref().unwrap_or_default();
            let id = match addresses.first() {
                // The lock file separates ids by spaces.
                Some(address) => address.split_whitespace().collect(),
                None => slug(name),
            };
            self.begin(level, id, name, entry.span.start);
            let mut content = ContentHasher::default();
            for address in addresses {
                content.add_address(address);
            }
            if let Some(words) = &entry.display {
                content.add_block(words, entry.span.start);
            }
            // Other keys of an entry, for templates.
            for extra in &entry.extra {
                content.add_hidden_value(&extra.key, &extra.value);
            }
            self.fill(content);
            self.add_entries(&entry.children, (level + 1).min(MAX_LEVEL));
        }
    }

    /// A YAML page: each item of its lists is a section.
    fn add_yaml(&mut self, root: &YamlNode) {
        let mut head = ContentHasher::default();
        for entry in root.entries() {
            if !matches!(entry.value.value, YamlValue::List(_)) {
                head.add_value(&entry.key, &entry.value);
            }
        }
        // What is outside of lists has no heading, like the text before the first one of a page.
        self.begin(0, String::new(), "", 0);
        self.fill(head);
        let mut ids = UniqueIds::default();
        for entry in root.entries() {
            for item in entry.value.items() {
                let title = item_title(item);
                // Ids are unique in a page, as lock files find sections by them.
                self.begin(2, ids.take(slug(title)), title, item.span.start);
                let mut content = ContentHasher::default();
                content.add_value(&entry.key, item);
                self.fill(content);
            }
        }
    }
}

/// The words by which readers know an item of a YAML page.
fn item_title(item: &YamlNode) -> &str {
    for key in ["title", "name", "header", "text"] {
        if let Some(value) = item.get(key)
            && let Some(words) = value.text()
        {
            return words;
        }
    }
    ""
}

/// The section of the front matter: title and description are words that readers see, all other keys are not.
fn metadata(front_matter: &FrontMatter) -> Option<HashedSection> {
    if front_matter.entries.is_empty() {
        return None;
    }
    // The order of keys has no meaning.
    let mut entries: Vec<_> = front_matter.entries.iter().collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let mut content = ContentHasher::default();
    for entry in entries {
        match (&*entry.key, entry.value.text()) {
            ("title" | "description", Some(words)) => {
                content.add_block(words, entry.value.span.start);
            }
            _ => content.add_hidden_value(&entry.key, &entry.value),
        }
    }
    Some(HashedSection {
        level: 0,
        id: METADATA.to_owned(),
        title: String::new(),
        words: content.words,
        hashes: content.hashes(),
        blocks: content.blocks(),
        span: front_matter.span,
    })
}
