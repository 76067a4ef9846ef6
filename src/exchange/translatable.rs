//! One file -> its translatable units, and the blocks they stand in. Blocks say how a text is built, so that it can be held against another
//! text that is built the same way.

use xxhash_rust::xxh3::xxh3_64;

use crate::source::{Source, Span, yaml};
use crate::syntax::{self, Body, Dialect, Document};

use super::unit::{InlineContent, Notation, TranslationUnit};
use super::{markdown, yaml as yaml_values};

/// What is to be translated in one file.
#[derive(Debug, Default)]
pub(super) struct TranslatableText {
    /// In the order of their bytes.
    pub units: Vec<TranslationUnit>,
    /// The outermost blocks.
    pub blocks: Vec<TextBlock>,
}

/// A part of a file that other parts can be aligned with.
#[derive(Debug, Default)]
pub(super) struct TextBlock {
    /// Only blocks of one kind belong together.
    pub kind: String,
    /// Its bytes.
    pub span: Span,
    /// Its own text, by its number in [`TranslatableText::units`].
    pub unit: Option<usize>,
    /// What translations have in common with it: where it leads, what it shows.
    pub names: Vec<u64>,
    /// How much text it has, in bytes.
    pub size: usize,
    /// What is inside it.
    pub children: Vec<TextBlock>,
}

impl TextBlock {
    /// The same with what its children say of themselves.
    pub fn around(mut self, children: Vec<TextBlock>) -> TextBlock {
        for child in &children {
            self.names.extend(&child.names);
            self.size += child.size;
        }
        self.children = children;
        self
    }

    /// The numbers of all units in it.
    pub fn units(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.unit.into_iter().collect();
        found.extend(self.children.iter().flat_map(TextBlock::units));
        found
    }
}

/// A number for a name that translations share.
pub(super) fn name(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

impl TranslatableText {
    /// Adds a unit and returns its number. Texts without a letter need no translation.
    pub fn add(&mut self, unit: TranslationUnit) -> Option<usize> {
        unit.words().chars().any(char::is_alphabetic).then(|| {
            self.units.push(unit);
            self.units.len() - 1
        })
    }
}

/// Keys of front matter with words for readers.
const FRONT_MATTER: [&str; 4] = ["title", "description", "summary", "keywords"];

/// Keys of tables of contents with words for readers.
const TOC: [&str; 2] = ["name", "displayName"];

/// Keys of landing pages, tutorials and other YAML pages with words for readers.
const PAGE: [&str; 6] = [
    "title",
    "summary",
    "text",
    "description",
    "keywords",
    "name",
];

/// Reads a file again that [`syntax`] has read.
pub(super) fn read(source: &Source, document: &Document, dialect: Dialect) -> TranslatableText {
    let mut text = TranslatableText::default();
    if source.invalid.is_some() {
        return text;
    }
    match &document.body {
        Body::Article(tree) => {
            text.blocks = yaml_values::entries(
                &mut text,
                source,
                &document.front_matter.entries,
                &FRONT_MATTER,
            );
            let blocks = markdown::blocks(&mut text, &tree.nodes, source, &document.refs);
            text.blocks.extend(blocks);
        }
        Body::Toc(_) if source.path.has_extension("md") => {
            // Its entries are headings of links; read as a page they have words and codes.
            let path = source
                .path
                .parent()
                .join("entries.md")
                .unwrap_or_else(|_| source.path.clone());
            let page = source.clone().with_path(path);
            return read(&page, &syntax::parse_as(&page, dialect), dialect);
        }
        body => {
            let keys: &[&str] = if matches!(body, Body::Toc(_)) {
                &TOC
            } else {
                &PAGE
            };
            let Some(root) = yaml::parse(&source.text, 0).0 else {
                return text;
            };
            text.blocks = match body {
                Body::Tutorial(tutorial) => {
                    yaml_values::tutorial(&mut text, source, &root, tutorial, &document.refs, keys)
                }
                _ => yaml_values::blocks(&mut text, source, &root, keys),
            };
        }
    }
    text
}

/// Reads a file by its text alone.
pub(super) fn read_alone(source: &Source, dialect: Dialect) -> TranslatableText {
    read(source, &syntax::parse_as(source, dialect), dialect)
}

/// What stands before byte `at` on its line.
pub(super) fn before(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    &text[start..at]
}

/// What further lines of a block begin with, the first of which has `before` before its text: list markers become spaces.
pub(super) fn margin(before: &str) -> String {
    before
        .chars()
        .map(|sign| {
            if matches!(sign, '>' | '\t') {
                sign
            } else {
                ' '
            }
        })
        .collect()
}

/// A unit of Markdown.
pub(super) fn markdown_unit(
    span: Span,
    role: &str,
    content: InlineContent,
    codes: Vec<super::unit::InlineCode>,
    source: &str,
) -> TranslationUnit {
    let form = Notation::Markdown {
        cell: false,
        margin: margin(before(source, span.start as usize)),
        single: false,
    };
    TranslationUnit {
        span,
        role: role.to_owned(),
        content,
        codes,
        form,
    }
}
