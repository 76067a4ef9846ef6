//! The inline nodes of a block -> words and inline codes. What is between nodes and isn't an escape becomes a code too, so that no byte an
//! author typed is lost.

use std::ops::Range;

use crate::site::address::split_address;
use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{RefId, Reference};

use super::labels::{self, HtmlPart, element_of};
use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent, LinkLabel, normalize};

/// The words and codes of the nodes of one run of words, which begins at byte `start` of `source`. None if the nodes aren't in the order of
/// their bytes: such a block can't be taken apart and is left as it is.
pub(super) fn extract(
    nodes: &[Node],
    source: &str,
    refs: &[Reference],
    start: usize,
) -> Option<(InlineContent, Vec<InlineCode>)> {
    let mut extractor = InlineExtractor {
        source,
        refs,
        at: start,
        content: Vec::new(),
        codes: Vec::new(),
        after_break: false,
    };
    extractor.nodes(nodes)?;
    let (mut content, mut codes) = (extractor.content, extractor.codes);
    // Tags are separate nodes; to translators `<b>` and `</b>` must be one code around words, like `**`.
    pair_tags(&mut content, &mut codes);
    name_emphasis(&mut codes);
    let content = merge_empty_elements(content, &mut codes);
    let content = labels::pair_labelled_tags(content, &mut codes);
    Some(number_in_order(normalize(content), codes))
}

/// The bytes of a run of words inside `block`: an escape may be before its first node, and formulas have dollar signs around them.
pub(super) fn span_of(nodes: &[Node], source: &str, block: Span) -> Option<Span> {
    let mut first: Option<&Node> = None;
    let mut last: Option<&Node> = None;
    for node in nodes {
        if matches!(node.kind, NodeKind::Attributes(_)) {
            continue;
        }
        first = first.or(Some(node));
        // Nodes inside a link end before the link does, so the last node need not end last.
        if last.is_none_or(|last| node.span.end >= last.span.end) {
            last = Some(node);
        }
    }
    let (first, last) = (first?, last?);
    let start = outer_range(first, source).start;
    let before = source.get((block.start as usize).min(start)..start)?;
    // An even number of backslashes is backslashes.
    let escape = (before.len() - before.trim_end_matches('\\').len()) % 2;
    Some(Span::new(start - escape, outer_range(last, source).end))
}

/// The bytes of a node. The span of a formula is without its dollar signs.
fn outer_range(node: &Node, source: &str) -> Range<usize> {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    if node.kind != NodeKind::Math {
        return start..end;
    }
    let before = &source[..start];
    let signs = before.len() - before.trim_end_matches('$').len();
    start - signs..end + signs
}

struct InlineExtractor<'a> {
    source: &'a str,
    refs: &'a [Reference],
    /// Everything before this byte is read.
    at: usize,
    content: InlineContent,
    codes: Vec<InlineCode>,
    /// True if the last node was a line break, so that the next one may have the prefix of a line before it.
    after_break: bool,
}

/// A node whose words are inside markup: `**words**`.
struct SpanningCode {
    kind: InlineCodeKind,
    span: Range<usize>,
    /// The length of the markup before the words, in bytes.
    open: usize,
    /// The length of the markup after them.
    close: usize,
}

impl InlineExtractor<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> Option<()> {
        let mut next = 0;
        while let Some(node) = nodes.get(next) {
            let end = next + 1 + node.len as usize;
            self.node(node, nodes.get(next + 1..end)?)?;
            next = end;
        }
        Some(())
    }

    fn node(&mut self, node: &Node, inside: &[Node]) -> Option<()> {
        if matches!(node.kind, NodeKind::Attributes(_)) {
            // Its bytes are after those of the nodes that follow, and are found there between nodes.
            return Some(());
        }
        let range = outer_range(node, self.source);
        let is_break = matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak);
        self.between_nodes(range.start, is_break)?;
        let typed = self.source.get(range.clone())?;
        if let Some(code) = spanning_code(&node.kind, &range) {
            return self.spanning(code, inside);
        }
        match &node.kind {
            NodeKind::Abbreviation(_) => return self.nodes(inside),
            NodeKind::Link(id, title) if typed.starts_with('[') => {
                self.link(InlineCodeKind::Link, *id, range, inside)?;
                self.link_title(title.as_deref());
                return Some(());
            }
            NodeKind::Image(id, title) if typed.starts_with("![") => {
                self.link(InlineCodeKind::Image, *id, range, inside)?;
                self.link_title(title.as_deref());
                return Some(());
            }
            kind => self.leaf(kind, typed),
        }
        self.at = range.end;
        self.after_break = is_break;
        Some(())
    }

    /// A node that is words, or one code whatever is in it.
    fn leaf(&mut self, kind: &NodeKind, typed: &str) {
        match kind {
            NodeKind::Text(None) | NodeKind::SmartPunctuation { .. } => self.text(typed),
            // An emoji: translators get its name, not the character.
            NodeKind::Text(Some(words)) if is_emoji(typed, words) => {
                self.placeholder(InlineCodeKind::Other, typed, typed);
            }
            NodeKind::Text(Some(words)) => self.text(words),
            NodeKind::SoftBreak => self.text(" "),
            NodeKind::HardBreak => {
                // The line break itself is written with the prefix of the next line, which may be another one in the translation.
                let open = if typed.starts_with('\\') { "\\" } else { "  " };
                self.placeholder(InlineCodeKind::LineBreak, open, "");
            }
            NodeKind::Link(id, _) | NodeKind::Xref(id) | NodeKind::Image(id, _) => {
                let name = self.shared_name(*id);
                self.placeholder(InlineCodeKind::Autolink, typed, &name);
            }
            NodeKind::Include { reference, .. } => {
                let name = self.shared_name(*reference);
                self.placeholder(InlineCodeKind::Include, typed, &name);
            }
            NodeKind::Code | NodeKind::Math => {
                self.placeholder(InlineCodeKind::Code, typed, typed);
            }
            NodeKind::Html(_) => self.html(typed),
            _ => self.placeholder(InlineCodeKind::Other, typed, typed),
        }
    }

    /// The bytes between the last node and the one that starts at `start`: the backslash of an escape, the prefix of a line, or something
    /// that has no node, which becomes a code.
    fn between_nodes(&mut self, start: usize, before_break: bool) -> Option<()> {
        let typed = self.source.get(self.at..start)?;
        if !self.is_without_meaning(typed, before_break) {
            self.placeholder(InlineCodeKind::Other, typed, typed);
        }
        self.at = start;
        Some(())
    }

    fn is_without_meaning(&self, typed: &str, before_break: bool) -> bool {
        if typed.is_empty() || typed == "\\" || before_break && typed.trim().is_empty() {
            return true;
        }
        if !self.after_break {
            return false;
        }
        if typed
            .chars()
            .all(|char| char.is_whitespace() || char == '>')
        {
            return true;
        }
        // An escape may follow the prefix of a line.
        match typed.strip_suffix('\\') {
            Some(prefix) => prefix.trim_matches([' ', '\t', '>']).is_empty(),
            None => false,
        }
    }

    fn text(&mut self, words: &str) {
        self.content.push(Inline::Text(words.to_owned()));
    }

    fn placeholder(&mut self, kind: InlineCodeKind, open: &str, name: &str) {
        self.content.push(Inline::Placeholder(self.codes.len()));
        self.codes.push(InlineCode {
            kind,
            open: open.to_owned(),
            close: String::new(),
            name: name.to_owned(),
            label: None,
        });
    }

    /// A code around the words `inside`.
    fn spanning(&mut self, code: SpanningCode, inside: &[Node]) -> Option<()> {
        let SpanningCode { kind, span, .. } = code;
        let words = span.start + code.open..span.end - code.close;
        let number = self.codes.len();
        // Pushed before its words are read, so that codes are numbered by their beginnings.
        self.codes.push(InlineCode {
            kind,
            open: self.source.get(span.start..words.start)?.to_owned(),
            close: self.source.get(words.end..span.end)?.to_owned(),
            name: String::new(),
            label: None,
        });
        self.content.push(Inline::StartCode(number));
        self.at = words.start;
        self.after_break = false;
        self.nodes(inside)?;
        self.between_nodes(words.end, false)?;
        self.content.push(Inline::EndCode(number));
        self.at = span.end;
        self.after_break = false;
        Some(())
    }

    fn link(
        &mut self,
        kind: InlineCodeKind,
        id: RefId,
        span: Range<usize>,
        inside: &[Node],
    ) -> Option<()> {
        let open = if kind == InlineCodeKind::Image { 2 } else { 1 };
        let mut words_end = 0;
        for node in inside {
            words_end = words_end.max(node.span.end as usize);
        }
        if inside.is_empty() {
            words_end = span.start + open;
        }
        // The tree has no position for `](`: it is the first bracket after the last node of the words.
        let after_words = self.source.get(words_end..span.end)?;
        let close = span.end - words_end - after_words.find(']')?;
        let words = span.start + open..span.end - close;
        let number = self.codes.len();
        let code = SpanningCode {
            kind,
            span,
            open,
            close,
        };
        self.spanning(code, inside)?;
        let name = self.shared_name(id);
        let target = self.target(id).to_owned();
        let typed = self.source.get(words)?;
        let code = self.codes.get_mut(number)?;
        code.name = name;
        if let Some(label) = link_label(&code.close, typed) {
            let label = label.to_owned();
            // `[label]` and `[label][]` name the definition by their words, and translated words would name another one.
            code.close = format!("][{label}]");
            code.label = Some(LinkLabel {
                name: label,
                target,
            });
        }
        Some(())
    }

    /// Raw HTML: what readers hear or see of its attributes is words.
    fn html(&mut self, typed: &str) {
        for part in labels::html_parts(typed) {
            match part {
                HtmlPart::Code(typed) => self.placeholder(InlineCodeKind::Html, &typed, &typed),
                HtmlPart::Start { open, close } => {
                    self.content.push(Inline::StartCode(self.codes.len()));
                    self.codes.push(label_code(open, close));
                }
                HtmlPart::Words(words) => self.content.push(Inline::Text(words)),
                HtmlPart::End(back) => {
                    let number = self.codes.len() - back;
                    self.content.push(Inline::EndCode(number));
                }
            }
        }
    }

    /// Makes words of the title of the link or image that was read last: `[words](address "title")`.
    fn link_title(&mut self, title: Option<&str>) {
        let Some(Inline::EndCode(number)) = self.content.last().cloned() else {
            return;
        };
        let Some(code) = self.codes.get_mut(number) else {
            return;
        };
        let Some(place) = title.and_then(|title| labels::title_place(&code.close, title)) else {
            return;
        };
        let close = std::mem::take(&mut code.close);
        close[place.end + 1..].clone_into(&mut code.close);
        let name = format!("title {}", code.name);
        // Inside of the link, behind its words: moved elsewhere, it could not be read as a title.
        self.content.pop();
        self.content.push(Inline::StartCode(self.codes.len()));
        self.content
            .push(Inline::Text(title.unwrap_or("").to_owned()));
        self.content.push(Inline::EndCode(self.codes.len()));
        self.content.push(Inline::EndCode(number));
        self.codes.push(InlineCode {
            name,
            ..label_code(
                close[..place.start].to_owned(),
                close[place.end..place.end + 1].to_owned(),
            )
        });
    }

    fn target(&self, id: RefId) -> &str {
        match self.refs.get(id as usize) {
            Some(reference) => &reference.target,
            None => "",
        }
    }

    /// The part of a target that translations share: folders differ from language to language, and anchors are made of translated words.
    fn shared_name(&self, id: RefId) -> String {
        let target = self.target(id);
        let (path, _) = split_address(target);
        if path.contains("://") {
            return target.to_owned();
        }
        match path.rsplit_once('/') {
            Some((_, file)) => file.to_owned(),
            None => path.to_owned(),
        }
    }
}

/// The code of a node whose markup has a fixed length; None for other nodes.
fn spanning_code(kind: &NodeKind, span: &Range<usize>) -> Option<SpanningCode> {
    let (kind, length) = match kind {
        NodeKind::Emphasis => (InlineCodeKind::Emphasis, 1),
        NodeKind::Strong => (InlineCodeKind::Strong, 2),
        NodeKind::Strikethrough | NodeKind::Inserted | NodeKind::Marked | NodeKind::Citation => {
            (InlineCodeKind::OtherFormat, 2)
        }
        NodeKind::Subscript | NodeKind::Superscript => (InlineCodeKind::OtherFormat, 1),
        _ => return None,
    };
    Some(SpanningCode {
        kind,
        span: span.clone(),
        open: length,
        close: length,
    })
}

fn label_code(open: String, close: String) -> InlineCode {
    InlineCode {
        kind: InlineCodeKind::Label,
        name: format!("{open}{close}"),
        open,
        close,
        label: None,
    }
}

/// Calls bold and italic text by one name however it is written: where stars are not possible, translations have elements.
fn name_emphasis(codes: &mut [InlineCode]) {
    for code in codes {
        let kind = match code.open.as_str() {
            "<strong>" => InlineCodeKind::Strong,
            "<em>" => InlineCodeKind::Emphasis,
            _ => continue,
        };
        if code.kind == InlineCodeKind::Html && !code.close.is_empty() {
            code.kind = kind;
            code.name.clear();
        }
    }
}

/// True if `typed` is the name or smiley of the emoji `words`, and no character that was escaped or written as a reference.
fn is_emoji(typed: &str, words: &str) -> bool {
    !typed.starts_with(['\\', '&']) && typed.is_ascii() && !words.is_ascii()
}

/// The label of a reference link that ends with `close` and whose words are `typed`; None for one with an address of its own.
fn link_label<'a>(close: &'a str, typed: &'a str) -> Option<&'a str> {
    match close {
        "]" | "][]" => Some(typed),
        _ => close.strip_prefix("][")?.strip_suffix(']'),
    }
}

/// A code or an HTML element that is open while a content is read.
enum OpenCode {
    Code,
    Element { at: usize, name: String },
}

/// Makes one code of the tags around words, `<b>` and `</b>`. A tag whose other end is outside of the code it is in stays alone.
fn pair_tags(content: &mut InlineContent, codes: &mut [InlineCode]) {
    let mut open: Vec<OpenCode> = Vec::new();
    for at in 0..content.len() {
        match content[at] {
            Inline::StartCode(_) => open.push(OpenCode::Code),
            Inline::EndCode(_) => {
                let last = open.iter().rposition(|open| matches!(open, OpenCode::Code));
                // Tags that were opened inside the code can't be closed outside of it.
                open.truncate(last.unwrap_or(0));
            }
            Inline::Placeholder(number) if codes[number].kind == InlineCodeKind::Html => {
                let Some(tag) = element_of(&codes[number].open) else {
                    continue;
                };
                if !tag.is_end {
                    open.push(OpenCode::Element { at, name: tag.name });
                    continue;
                }
                let Some(OpenCode::Element { at: first, name }) = open.last() else {
                    continue;
                };
                if *name != tag.name {
                    continue;
                }
                if let Inline::Placeholder(opening) = content[*first] {
                    // The code of the end tag is left without a place, and falls out when codes are numbered.
                    codes[opening].close = codes[number].open.clone();
                    codes[opening].name = codes[opening].open.clone();
                    content[*first] = Inline::StartCode(opening);
                    content[at] = Inline::EndCode(opening);
                }
                open.pop();
            }
            _ => {}
        }
    }
}

/// Makes placeholders of elements with nothing in them: `<a id="x"></a>`.
fn merge_empty_elements(content: InlineContent, codes: &mut [InlineCode]) -> InlineContent {
    let mut merged: InlineContent = Vec::with_capacity(content.len());
    for inline in content {
        if let Inline::EndCode(end) = inline
            && merged.last() == Some(&Inline::StartCode(end))
            && codes[end].kind == InlineCodeKind::Html
        {
            let close = std::mem::take(&mut codes[end].close);
            codes[end].open.push_str(&close);
            merged.pop();
            merged.push(Inline::Placeholder(end));
            continue;
        }
        merged.push(inline);
    }
    merged
}

/// The content with its codes numbered in its order; codes that aren't in it are left out.
fn number_in_order(
    mut content: InlineContent,
    codes: Vec<InlineCode>,
) -> (InlineContent, Vec<InlineCode>) {
    let mut new_numbers = vec![0; codes.len()];
    let mut ordered = Vec::new();
    for inline in &mut content {
        match inline {
            Inline::StartCode(number) | Inline::Placeholder(number) => {
                new_numbers[*number] = ordered.len();
                ordered.push(codes[*number].clone());
                *number = new_numbers[*number];
            }
            Inline::EndCode(number) => *number = new_numbers[*number],
            Inline::Text(_) => {}
        }
    }
    (content, ordered)
}
