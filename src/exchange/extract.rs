//! One file -> its translation units and their blocks: those of Markdown, of front matter and of YAML files.

use crate::source::{Source, yaml};
use crate::syntax::{self, Body, Dialect, Document};

use super::markdown::MarkdownExtractor;
use super::translatable::TranslatableText;
use super::yaml::YamlExtractor;

/// Keys of front matter with words for readers.
const FRONT_MATTER_KEYS: [&str; 4] = ["title", "description", "summary", "keywords"];

/// Keys of tables of contents with words for readers.
const TOC_KEYS: [&str; 2] = ["name", "displayName"];

/// Keys of landing pages, tutorials and other YAML pages with words for readers.
const PAGE_KEYS: [&str; 6] = [
    "title",
    "summary",
    "text",
    "description",
    "keywords",
    "name",
];

/// How the files of a site are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub dialect: Dialect,
    /// Keys of front matter that the site names, whose values are translated as well.
    pub keys: &'a [String],
}

/// The units of a file that is parsed as `document`. None if it has bytes that are not UTF-8, as it couldn't be written back.
pub(super) fn extract(
    source: &Source,
    document: &Document,
    reading: Reading<'_>,
) -> TranslatableText {
    if source.invalid.is_some() {
        return TranslatableText::default();
    }
    match &document.body {
        Body::Article(tree) => {
            let mut text = TranslatableText::default();
            // In the order of their bytes: front matter comes first.
            let mut keys = FRONT_MATTER_KEYS.to_vec();
            keys.extend(reading.keys.iter().map(String::as_str));
            let mut front_matter = YamlExtractor::new(&mut text, source, &keys);
            let mut blocks = front_matter.entries(&document.front_matter.entries);
            let mut markdown = MarkdownExtractor::new(&mut text, source, &document.refs);
            blocks.extend(markdown.blocks_of(&tree.nodes));
            text.blocks = blocks;
            text
        }
        Body::Toc(_) if source.path.has_extension("md") => extract_markdown_toc(source, reading),
        body => extract_yaml(source, document, body),
    }
}

/// The units of a file that is not part of the site as it is.
pub(super) fn extract_source(source: &Source, reading: Reading<'_>) -> TranslatableText {
    extract(source, &syntax::parse_as(source, reading.dialect), reading)
}

/// The entries of a `toc.md` are headings with links (DocFX's older form). Parsed as a page, which is decided by its name, it has their words
/// and codes.
fn extract_markdown_toc(source: &Source, reading: Reading<'_>) -> TranslatableText {
    let Ok(path) = source.path.parent().join("entries.md") else {
        return TranslatableText::default();
    };
    let page = source.clone().with_path(path);
    extract_source(&page, reading)
}

fn extract_yaml(source: &Source, document: &Document, body: &Body) -> TranslatableText {
    let mut text = TranslatableText::default();
    // Parsed again, as documents of tables of contents and landing pages don't keep the positions of all values.
    let Some(root) = yaml::parse(&source.text, 0).0 else {
        return text;
    };
    let keys: &[&str] = if matches!(body, Body::Toc(_)) {
        &TOC_KEYS
    } else {
        &PAGE_KEYS
    };
    let mut extractor = YamlExtractor::new(&mut text, source, keys);
    if let Body::Tutorial(tutorial) = body {
        extractor = extractor.with_steps(tutorial, &document.refs);
    }
    let blocks = extractor.root(&root);
    text.blocks = blocks;
    text
}
