//! Nodes of a text -> hashes of its content: of the words, of the targets of links and images, and of the markup, each apart from the
//! others. White space is part of none of them. The hashes are in lock files: what goes into them must not change.

use xxhash_rust::xxh3::xxh3_64;

use crate::source::yaml::{YamlNode, YamlValue};
use crate::syntax::directive::SnippetSelector;
use crate::syntax::tree::{HtmlReplacement, NodeKind};
use crate::syntax::{Document, RefId, Tree};

/// Bits of the hashes of headings and words: short enough to read, and long enough as they are only compared within a page.
const WORDING_BITS: u32 = 48;

/// Bits of the hashes of blocks, of which there are many, and which are only compared within a page.
const BLOCK_BITS: u32 = 24;

/// The hashes of the content of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionHashes {
    /// The words of the heading.
    pub heading: u64,
    /// The words, and the code, below the heading.
    pub wording: u64,
    /// The targets of links and images, in order, with the number of words before each in its block.
    pub links: u32,
    /// The markup: paragraphs, lists, bold text ...; of metadata, the keys that readers don't see.
    pub markup: u32,
}

/// A paragraph, an item, a cell, a value or a block of code, in which words for a translator are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockHash {
    /// The hash of the words, and of the code.
    pub hash: u32,
    /// How many words for a translator there are; 0 for code alone.
    pub words: usize,
    /// The byte of the file at which it begins.
    pub start: u32,
}

/// The wording hash of a section without words.
pub(super) fn empty_wording() -> u64 {
    ContentHasher::default().hashes().wording
}

/// Collects the content of a section.
#[derive(Debug, Default)]
pub(super) struct ContentHasher {
    wording: String,
    links: String,
    markup: String,
    /// True if the text ends within a word, which the next text may continue.
    in_word: bool,
    /// How many words of the block there are so far: the position of a link or of bold text.
    position: usize,
    /// The index after the last node in the code that was entered last.
    code_end: usize,
    /// Where the label of the last tab ends.
    label_end: usize,
    /// The number of words for a translator.
    pub words: usize,
    /// The blocks that have ended.
    blocks: Vec<BlockHash>,
    /// The byte in `wording` at which the current block begins.
    block_start: usize,
    /// The number of `words` before the current block.
    words_before_block: usize,
    /// The byte of the file at which the current block begins.
    block_at: u32,
}

impl ContentHasher {
    /// Ends the last block and returns all, in order; those without words and code are left out.
    pub fn blocks(&mut self) -> Vec<BlockHash> {
        self.end_block();
        std::mem::take(&mut self.blocks)
    }

    fn end_block(&mut self) {
        let wording = &self.wording[self.block_start..];
        if !wording.trim().is_empty() {
            // The upper bits, as of the other hashes.
            let hash = words_hash(wording) >> (64 - BLOCK_BITS);
            self.blocks.push(BlockHash {
                hash: hash as u32,
                words: self.words - self.words_before_block,
                start: self.block_at,
            });
        }
        self.block_start = self.wording.len();
        self.words_before_block = self.words;
    }

    /// The hashes of the content so far, as that of a section without heading.
    pub fn hashes(&self) -> SectionHashes {
        SectionHashes {
            heading: 0,
            wording: words_hash(&self.wording) >> (64 - WORDING_BITS),
            links: short_hash(&self.links),
            markup: short_hash(&self.markup),
        }
    }

    /// Only the links and markup of this content.
    pub fn without_words(self) -> Self {
        ContentHasher {
            links: self.links,
            markup: self.markup,
            // The first link below the heading is counted from the heading on.
            position: self.position,
            ..ContentHasher::default()
        }
    }

    /// Adds words that don't continue the text before them.
    pub fn add_words(&mut self, words: &str) {
        self.end_word();
        self.wording.push_str(words);
        self.words += count_words(words);
        self.end_word();
    }

    /// Adds words that are a block of their own, which begins at byte `start` of the file.
    pub fn add_block(&mut self, words: &str, start: u32) {
        self.block_at = start;
        self.add_words(words);
        self.end_block();
    }

    fn end_word(&mut self) {
        // White space is folded before hashing, so more than one does no harm.
        self.wording.push(' ');
        self.in_word = false;
    }

    /// Adds words that may begin in the middle of a word: `**bold**ly` is one.
    fn continue_text(&mut self, words: &str) {
        let mut count = count_words(words);
        if self.in_word && count > 0 && words.starts_with(char::is_alphanumeric) {
            count -= 1;
        }
        self.words += count;
        self.position += count;
        self.in_word = words.ends_with(char::is_alphanumeric);
        self.wording.push_str(words);
    }

    fn add_link(&mut self, document: &Document, reference: RefId) {
        if let Some(reference) = document.refs.get(reference as usize) {
            self.links.push_str(&reference.target);
        }
        // With its position, so that two links that swap places count as a change.
        self.links.push_str(&format!(" {}\n", self.position));
    }

    /// Adds the address of a whole section.
    pub fn add_address(&mut self, address: &str) {
        self.links.push_str(address);
        self.links.push('\n');
    }

    fn add_markup(&mut self, name: &str) {
        self.markup.push_str(name);
        self.markup.push('\n');
    }

    /// Adds node `at` of a tree, without those inside it.
    pub fn add_node(&mut self, document: &Document, text: &str, tree: &Tree, at: usize) {
        let node = &tree.nodes[at];
        // The words of a tab are those in it. Its markup has never counted, and recorded hashes have to stay valid.
        if at == 0 {
            // Another tree of the same file.
            self.label_end = 0;
        }
        if at < self.label_end {
            return;
        }
        if node.kind == NodeKind::TabLabel {
            self.label_end = at + 1 + node.len as usize;
            return;
        }
        // Positions are counted within a block, so that a change in one block doesn't reach those below it.
        if !node.kind.is_inline() {
            self.end_word();
            self.end_block();
            self.block_at = node.span.start;
            self.position = 0;
        }
        if is_code(&node.kind) {
            self.code_end = at + 1 + node.len as usize;
        }
        match &node.kind {
            NodeKind::Text(words) => {
                let words = match words {
                    Some(words) => words,
                    None => node.span.of(text),
                };
                if at < self.code_end {
                    // Code is compared, but it is no work for a translator.
                    self.wording.push_str(words);
                } else {
                    self.continue_text(words);
                }
            }
            NodeKind::SmartPunctuation { .. } => self.continue_text(node.span.of(text)),
            // `:::no-loc` words stay as they are in all languages: no work for a translator.
            NodeKind::NoLoc(word) => self.wording.push_str(word),
            NodeKind::SoftBreak => self.end_word(),
            NodeKind::HardBreak => {
                self.end_word();
                self.add_markup("break");
            }
            NodeKind::Html(replacements) => {
                self.add_html(node.span.of(text));
                // The addresses in raw HTML are links like others.
                for replacement in replacements {
                    if let HtmlReplacement::Address(reference, _)
                    | HtmlReplacement::Xref(reference, _) = replacement.with
                    {
                        self.add_link(document, reference);
                    }
                }
            }
            NodeKind::Abbreviation(meaning) => self.add_words(meaning),
            kind => {
                if !self.add_reference(document, kind) && !self.add_media(document, kind) {
                    self.add_formatting(kind);
                }
            }
        }
    }

    fn add_formatting(&mut self, kind: &NodeKind) {
        let name = markup_name(kind);
        if kind.is_inline() {
            self.add_markup(&format!("{name} {}", self.position));
        } else {
            self.add_markup(&name);
        }
    }

    /// Adds a link, an image, an include or a snippet; false for other nodes.
    fn add_reference(&mut self, document: &Document, kind: &NodeKind) -> bool {
        match kind {
            NodeKind::Link(reference, title) | NodeKind::Image(reference, title) => {
                self.add_link(document, *reference);
                if let Some(title) = title {
                    self.add_words(title);
                }
                let is_link = matches!(kind, NodeKind::Link(..));
                self.add_markup(if is_link { "link" } else { "image" });
            }
            NodeKind::Include { reference, .. } | NodeKind::Xref(reference) => {
                self.add_link(document, *reference);
                self.add_markup("include");
            }
            NodeKind::Snippet(reference, snippet) => {
                self.add_link(document, *reference);
                self.add_markup(&format!("snippet {}", selector_name(&snippet.selector)));
                if let Some(title) = &snippet.title {
                    self.add_words(title);
                }
            }
            _ => return false,
        }
        true
    }

    /// Adds an image, a video, a form or a tab that a directive makes; false for other nodes.
    fn add_media(&mut self, document: &Document, kind: &NodeKind) -> bool {
        match kind {
            NodeKind::ImageDirective(image) => {
                self.add_link(document, image.source);
                for link in [image.lightbox, image.link].into_iter().flatten() {
                    self.add_link(document, link);
                }
                self.add_words(&image.picture.alt);
                self.add_markup("image");
            }
            // Without a line end after the address, unlike other links: existing hashes have it so.
            NodeKind::VideoDirective(video) => {
                self.links.push_str(&video.source.target);
                self.add_markup("video");
            }
            NodeKind::VideoEmbed(address) => {
                self.links.push_str(address);
                self.add_markup("video");
            }
            NodeKind::Form(fields) => {
                self.add_words(&fields[2]);
                self.add_markup("form");
            }
            NodeKind::Tab(tab) => {
                self.add_words(&tab.label);
                let condition = tab.condition.as_deref().unwrap_or_default();
                self.add_markup(&format!("tab {} {condition}", tab.id));
            }
            _ => return false,
        }
        true
    }

    /// Adds raw HTML: text between tags is words, tags are markup, comments are nothing.
    fn add_html(&mut self, html: &str) {
        let mut rest = html;
        // Not a tokenizer: words have only to be counted the same way each time.
        while let Some((text, after)) = rest.split_once('<') {
            self.continue_text(text);
            if let Some(comment) = after.strip_prefix("!--") {
                rest = match comment.split_once("-->") {
                    Some((_, after)) => after,
                    None => "",
                };
                continue;
            }
            let (tag, after) = after.split_once('>').unwrap_or((after, ""));
            rest = after;
            if tag.is_empty() {
                continue;
            }
            self.add_markup(&with_single_spaces(tag));
            for start in ["alt=\"", "title=\""] {
                if let Some((_, value)) = tag.split_once(start)
                    && let Some((words, _)) = value.split_once('"')
                {
                    self.add_words(words);
                }
            }
        }
        self.continue_text(rest);
    }

    /// Adds the value of a key of a YAML page.
    pub fn add_value(&mut self, key: &str, value: &YamlNode) {
        match &value.value {
            YamlValue::Scalar(scalar) if is_address(key) => self.add_address(&scalar.text),
            YamlValue::Scalar(scalar) if is_shown(key) => {
                self.add_block(&scalar.text, value.span.start);
            }
            YamlValue::Scalar(_) => self.add_hidden_value(key, value),
            YamlValue::List(items) => {
                for item in items {
                    self.add_value(key, item);
                }
            }
            YamlValue::Map(entries) => {
                for entry in entries {
                    // The metadata of YAML pages has keys like `title` and `description` that end up in the head of the page only.
                    if key == "metadata" {
                        self.add_hidden_value(&entry.key, &entry.value);
                    } else {
                        self.add_value(&entry.key, &entry.value);
                    }
                }
            }
        }
    }

    /// Adds a value that readers don't see.
    pub fn add_hidden_value(&mut self, key: &str, value: &YamlNode) {
        match &value.value {
            YamlValue::Scalar(scalar) => self.add_markup(&format!("{key}: {}", scalar.text)),
            YamlValue::List(items) => {
                for item in items {
                    self.add_hidden_value(key, item);
                }
            }
            YamlValue::Map(entries) => {
                for entry in entries {
                    self.add_hidden_value(&entry.key, &entry.value);
                }
            }
        }
    }
}

/// The hash of words, independent of the white space between them.
fn words_hash(words: &str) -> u64 {
    xxh3_64(with_single_spaces(words).as_bytes())
}

fn short_hash(text: &str) -> u32 {
    (xxh3_64(text.as_bytes()) >> 32) as u32
}

fn with_single_spaces(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn count_words(text: &str) -> usize {
    let mut count = 0;
    for word in text.split_whitespace() {
        count += usize::from(word.contains(char::is_alphanumeric));
    }
    count
}

fn is_code(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::CodeBlock(_) | NodeKind::Code | NodeKind::Math | NodeKind::MathBlock
    )
}

/// True for the keys of YAML pages whose values are addresses.
fn is_address(key: &str) -> bool {
    has_ending(key, &["url", "href", "src", "uid", "image", "icon"])
}

/// True for the keys of YAML pages whose values readers see.
fn is_shown(key: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "title",
        "name",
        "text",
        "summary",
        "description",
        "label",
        "header",
        "content",
        "note",
        "caption",
    ];
    has_ending(key, &ENDINGS)
}

fn has_ending(key: &str, endings: &[&str]) -> bool {
    let key = key.to_ascii_lowercase();
    endings.iter().any(|ending| key.ends_with(ending))
}

/// The part of a file that a snippet shows.
fn selector_name(selector: &SnippetSelector) -> String {
    match selector {
        SnippetSelector::Whole => "Whole".to_owned(),
        SnippetSelector::Region(name) => format!("Region(\"{name}\")"),
        SnippetSelector::Lines(ranges) => {
            let mut names = Vec::new();
            for (first, last) in ranges {
                names.push(match last {
                    Some(last) => format!("({first}, Some({last}))"),
                    None => format!("({first}, None)"),
                });
            }
            format!("Lines([{}])", names.join(", "))
        }
    }
}

/// The name of an element of the markup.
fn markup_name(kind: &NodeKind) -> String {
    let name = match kind {
        NodeKind::Paragraph => "paragraph",
        NodeKind::BlockQuote => "quote",
        NodeKind::Alert(keyword) => return format!("alert {}", keyword.to_ascii_uppercase()),
        NodeKind::Div(attributes) => return format!("div {attributes}"),
        NodeKind::List(None) => "bullets",
        NodeKind::List(Some(_)) => "numbers",
        NodeKind::ListItem => "item",
        NodeKind::CodeBlock(language) => {
            return format!("code {}", language.as_deref().unwrap_or_default());
        }
        NodeKind::ThematicBreak => "rule",
        NodeKind::Table(_) => "table",
        NodeKind::TableHead => "head",
        NodeKind::TableRow => "row",
        NodeKind::TableCell => "cell",
        NodeKind::Container(_) | NodeKind::ContainerEnd(_) => "container",
        NodeKind::MathBlock | NodeKind::Math => "math",
        NodeKind::DefinitionList => "definitions",
        NodeKind::Term => "term",
        NodeKind::Definition => "definition",
        NodeKind::FootnoteDefinition(_) => "footnote",
        NodeKind::Tabs => "tabs",
        NodeKind::Code => "code",
        NodeKind::Emphasis => "emphasis",
        NodeKind::Strong => "strong",
        NodeKind::Strikethrough => "strikethrough",
        NodeKind::Inserted => "inserted",
        NodeKind::Marked => "marked",
        NodeKind::Citation => "citation",
        NodeKind::Subscript => "subscript",
        NodeKind::Superscript => "superscript",
        NodeKind::Attributes(attributes) => {
            return format!(
                "attributes {} {}",
                attributes.id.as_deref().unwrap_or_default(),
                attributes.classes.join(" ")
            );
        }
        NodeKind::TaskMarker(true) => "done",
        NodeKind::TaskMarker(false) => "open",
        NodeKind::FootnoteRef(_) => "footnote-ref",
        _ => "",
    };
    name.to_owned()
}
