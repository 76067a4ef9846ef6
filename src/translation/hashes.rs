//! Nodes of a text -> prints of what they say: the words, the addresses of links and pictures, and the marks around them, each apart
//! from the others. White space counts in none of them.

use xxhash_rust::xxh3::xxh3_64;

use crate::source::yaml::{YamlNode, YamlValue};
use crate::syntax::directive::SnippetSelector;
use crate::syntax::tree::{HtmlReplacement, NodeKind};
use crate::syntax::{Document, RefId, Tree};

/// What a section says, as numbers that are equal if it says the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionHashes {
    /// The words of the heading.
    pub heading: u64,
    /// The words, and the code, below it.
    pub wording: u64,
    /// Where its links and pictures lead, in order.
    pub links: u32,
    /// What it is made of: paragraphs, lists, bold text ...; of metadata, the keys that are not shown as words.
    pub markup: u32,
}

/// What a translator translates in one piece: a paragraph, an item, a cell, a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockHash {
    /// A number that is the same if the words are: [`BLOCK_BITS`] of it.
    pub print: u32,
    /// How many words there are for a translator; never none.
    pub words: usize,
}

/// The print of no words.
pub(super) fn nothing() -> u64 {
    ContentHasher::default().print().wording
}

/// Prints are short enough to read, and long enough as they are only compared within a page.
const WORDING_BITS: u32 = 48;

/// Those of blocks only tell how many words have changed, and there are many of them.
const BLOCK_BITS: u32 = 24;

/// What has been read so far.
#[derive(Debug, Default)]
pub(super) struct ContentHasher {
    wording: String,
    links: String,
    markup: String,
    /// True after a word that the next one may continue.
    open: bool,
    /// How many words of the block there are so far: where a link or bold text begins.
    place: usize,
    /// The node of the tree behind the code that was entered last.
    code_end: usize,
    /// The words for a translator.
    pub words: usize,
    /// The blocks that have ended.
    blocks: Vec<BlockHash>,
    /// Where in `wording` the block begins that has not, and how many `words` there were before it.
    block: (usize, usize),
}

impl ContentHasher {
    /// The blocks of what was said, in order; those without a word for a translator are not among them.
    pub fn blocks(&mut self) -> Vec<BlockHash> {
        self.end_block();
        std::mem::take(&mut self.blocks)
    }

    fn end_block(&mut self) {
        let (start, words) = std::mem::replace(&mut self.block, (self.wording.len(), self.words));
        if self.words > words {
            let print = (words_print(&self.wording[start..]) >> (64 - BLOCK_BITS)) as u32;
            self.blocks.push(BlockHash {
                print,
                words: self.words - words,
            });
        }
    }

    pub fn print(&self) -> SectionHashes {
        let short = |text: &str| (xxh3_64(text.as_bytes()) >> 32) as u32;
        SectionHashes {
            heading: 0,
            wording: words_print(&self.wording) >> (64 - WORDING_BITS),
            links: short(&self.links),
            markup: short(&self.markup),
        }
    }

    /// The same without what was said.
    pub fn without_words(self) -> Self {
        ContentHasher {
            wording: String::new(),
            open: false,
            words: 0,
            code_end: 0,
            blocks: Vec::new(),
            block: (0, 0),
            ..self
        }
    }

    /// Takes in words that stand by themselves.
    pub fn say(&mut self, words: &str) {
        self.part();
        self.wording.push_str(words);
        self.words += count(words);
        self.part();
    }

    /// Takes in words that are a block of their own.
    pub fn value(&mut self, words: &str) {
        self.say(words);
        self.end_block();
    }

    fn part(&mut self) {
        self.wording.push(' ');
        self.open = false;
    }

    /// Takes in words that may go on in the middle of a word.
    fn go_on(&mut self, words: &str) {
        let continues = self.open && words.starts_with(char::is_alphanumeric);
        let new = count(words) - usize::from(continues && count(words) > 0);
        self.words += new;
        self.place += new;
        self.open = words.ends_with(char::is_alphanumeric);
        self.wording.push_str(words);
    }

    fn link(&mut self, document: &Document, reference: RefId) {
        if let Some(reference) = document.refs.get(reference as usize) {
            self.links.push_str(&reference.target);
        }
        self.links.push_str(&format!(" {}\n", self.place));
    }

    /// Takes in the address of a whole section.
    pub fn leads_to(&mut self, address: &str) {
        self.links.push_str(address);
        self.links.push('\n');
    }

    fn mark(&mut self, mark: &str) {
        self.markup.push_str(mark);
        self.markup.push('\n');
    }

    /// Takes in node `at` of a tree, without those inside it.
    pub fn node(&mut self, document: &Document, text: &str, tree: &Tree, at: usize) {
        let node = &tree.nodes[at];
        if !node.kind.is_inline() {
            self.part();
            self.end_block();
            self.place = 0;
        }
        if is_code(&node.kind) {
            self.code_end = at + 1 + node.len as usize;
        }
        match &node.kind {
            NodeKind::Text(words) => {
                let words = words.as_deref().unwrap_or_else(|| node.span.of(text));
                if at < self.code_end {
                    self.wording.push_str(words)
                } else {
                    self.go_on(words)
                }
            }
            NodeKind::SoftBreak => self.part(),
            NodeKind::HardBreak => {
                self.part();
                self.mark("break");
            }
            NodeKind::SmartPunctuation { .. } => self.go_on(node.span.of(text)),
            NodeKind::NoLoc(word) => self.wording.push_str(word),
            NodeKind::Html(edits) => {
                self.html(node.span.of(text));
                for edit in edits {
                    if let HtmlReplacement::Address(reference, _)
                    | HtmlReplacement::Xref(reference, _) = edit.with
                    {
                        self.link(document, reference);
                    }
                }
            }
            NodeKind::Link(reference, title) | NodeKind::Image(reference, title) => {
                self.link(document, *reference);
                title.iter().for_each(|title| self.say(title));
                self.mark(if matches!(node.kind, NodeKind::Link(..)) {
                    "link"
                } else {
                    "image"
                });
            }
            NodeKind::Include { reference, .. } | NodeKind::Xref(reference) => {
                self.link(document, *reference);
                self.mark("include");
            }
            NodeKind::Snippet(reference, snippet) => {
                self.link(document, *reference);
                self.mark(&format!("snippet {}", selector_text(&snippet.selector)));
                snippet.title.iter().for_each(|title| self.say(title));
            }
            NodeKind::ImageDirective(picture) => {
                [Some(picture.source), picture.lightbox, picture.link]
                    .into_iter()
                    .flatten()
                    .for_each(|one| self.link(document, one));
                self.say(&picture.picture.alt);
                self.mark("image");
            }
            NodeKind::VideoDirective(film) => {
                self.links.push_str(&film.source);
                self.mark("video");
            }
            NodeKind::VideoEmbed(address) => {
                self.links.push_str(address);
                self.mark("video");
            }
            NodeKind::Form(parts) => {
                self.say(&parts[2]);
                self.mark("form");
            }
            NodeKind::Tab(tab) => {
                self.say(&tab.label);
                self.mark(&format!(
                    "tab {} {}",
                    tab.id,
                    tab.condition.as_deref().unwrap_or_default()
                ));
            }
            NodeKind::Abbreviation(meaning) => self.say(meaning),
            kind if kind.is_inline() => self.mark(&format!("{} {}", mark(kind), self.place)),
            kind => self.mark(&mark(kind)),
        }
    }

    /// Takes in raw HTML: what stands between tags is words, tags are marks, comments are nothing.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            self.go_on(&rest[..start]);
            let (tag, after) = match rest[start..].strip_prefix("<!--") {
                Some(comment) => ("", comment.split_once("-->").map_or("", |(_, after)| after)),
                None => rest[start + 1..]
                    .split_once('>')
                    .unwrap_or((&rest[start + 1..], "")),
            };
            if !tag.is_empty() {
                self.mark(&tag.split_whitespace().collect::<Vec<_>>().join(" "));
                shown_attributes(tag).for_each(|words| self.say(words));
            }
            rest = after;
        }
        self.go_on(rest);
    }

    /// Takes in a value of a page of data.
    pub fn data(&mut self, key: &str, value: &YamlNode) {
        match &value.value {
            YamlValue::Scalar(scalar) if is_address(key) => self.leads_to(&scalar.text),
            YamlValue::Scalar(scalar) if is_shown(key) => self.value(&scalar.text),
            YamlValue::Scalar(_) => self.mark_data(key, value),
            YamlValue::List(items) => items.iter().for_each(|item| self.data(key, item)),
            YamlValue::Map(entries) if key == "metadata" => entries
                .iter()
                .for_each(|entry| self.mark_data(&entry.key, &entry.value)),
            YamlValue::Map(entries) => entries
                .iter()
                .for_each(|entry| self.data(&entry.key, &entry.value)),
        }
    }

    /// Takes in a value that readers don't see.
    pub fn mark_data(&mut self, key: &str, value: &YamlNode) {
        match &value.value {
            YamlValue::Scalar(scalar) => self.mark(&format!("{key}: {}", scalar.text)),
            YamlValue::List(items) => items.iter().for_each(|item| self.mark_data(key, item)),
            YamlValue::Map(entries) => entries
                .iter()
                .for_each(|entry| self.mark_data(&entry.key, &entry.value)),
        }
    }
}

/// The print of words, whatever white space there is between them.
fn words_print(words: &str) -> u64 {
    xxh3_64(
        words
            .split_whitespace()
            .collect::<Vec<&str>>()
            .join(" ")
            .as_bytes(),
    )
}

fn count(words: &str) -> usize {
    words
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// The words that the attributes of a tag show to readers.
fn shown_attributes(tag: &str) -> impl Iterator<Item = &str> {
    ["alt=\"", "title=\""]
        .into_iter()
        .filter_map(move |start| Some(tag.split_once(start)?.1.split_once('"')?.0))
}

fn is_code(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::CodeBlock(_) | NodeKind::Code | NodeKind::Math | NodeKind::MathBlock
    )
}

/// True for the keys of data whose values are addresses.
fn is_address(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["url", "href", "src", "uid", "image", "icon"]
        .iter()
        .any(|end| key.ends_with(end))
}

/// True for the keys of data whose values are read by people.
fn is_shown(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    [
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
    ]
    .iter()
    .any(|end| key.ends_with(end))
}

/// What a mark is called; these names are part of prints.
fn mark(kind: &NodeKind) -> String {
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

/// The spelling of a selector in hashes. It is part of what lock files hold, so it must stay as it is: with another one every translation
/// with a snippet would be out of date.
fn selector_text(selector: &SnippetSelector) -> String {
    match selector {
        SnippetSelector::Whole => "Whole".to_owned(),
        SnippetSelector::Region(name) => format!("Region(\"{name}\")"),
        SnippetSelector::Lines(ranges) => {
            let mut texts = Vec::new();
            for (first, last) in ranges {
                texts.push(match last {
                    Some(last) => format!("({first}, Some({last}))"),
                    None => format!("({first}, None)"),
                });
            }
            format!("Lines([{}])", texts.join(", "))
        }
    }
}
