//! The tree of a Markdown text -> what its page is called: its first heading of the first level, in Markdown or raw HTML (DocFX spec 12.3), and
//! the words of a text that is short enough to be a part of such a heading. A title with an include in it is known only when the site is
//! linked, so titles are parts. Knows no other file.

use crate::source::escape::unescaped;

use super::reference::RefId;
use super::tree::{HtmlReplacement, Node, NodeKind};

/// A longer text is no part of a title, in bytes.
const LONGEST_WORDS: usize = 400;

/// A part of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TitlePart {
    /// Words.
    Text(Box<str>),
    /// The words of an included file.
    Include(RefId),
}

/// What a text gives for the title of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentTitle {
    /// The files included before the heading, which may have an earlier one; all included files if there is no heading.
    pub before: Box<[RefId]>,
    /// The first heading of the first level.
    pub heading: Option<Box<[TitlePart]>>,
    /// All words of a short text without headings, for a title that it is included in.
    pub words: Option<Box<[TitlePart]>>,
}

impl DocumentTitle {
    /// Reads the nodes of the text `source`.
    pub(super) fn of(nodes: &[Node], source: &str) -> DocumentTitle {
        let mut before = Vec::new();
        let mut heading = None;
        for (at, node) in nodes.iter().enumerate() {
            match &node.kind {
                NodeKind::Include { reference, .. } => before.push(*reference),
                NodeKind::Heading(1, _) => {
                    let mut parts = PartWriter::new(source);
                    parts.nodes(&nodes[at + 1..=at + node.len as usize]);
                    heading = Some(parts.finish());
                    break;
                }
                // Without comments: a heading that is commented out is not shown.
                NodeKind::Html(_) if begins_heading(&visible(node, source)).is_some() => {
                    heading = raw_heading(&nodes[at..], source);
                    break;
                }
                _ => {}
            }
        }
        DocumentTitle {
            before: before.into(),
            heading,
            words: words(nodes, source),
        }
    }
}

/// All words of a text without headings, unless they are too many.
fn words(nodes: &[Node], source: &str) -> Option<Box<[TitlePart]>> {
    let (first, last) = (nodes.first()?, nodes.last()?);
    if last.span.end.saturating_sub(first.span.start) as usize > LONGEST_WORDS {
        return None;
    }
    let is_heading = |node: &Node| matches!(node.kind, NodeKind::Heading(..) | NodeKind::Tab(_));
    if nodes.iter().any(is_heading) {
        return None;
    }
    let mut parts = PartWriter::new(source);
    parts.nodes(nodes);
    Some(parts.finish())
}

/// The words between `<h1>` in the first of `nodes` and `</h1>`; nothing if it has no end.
fn raw_heading(nodes: &[Node], source: &str) -> Option<Box<[TitlePart]>> {
    let mut parts = PartWriter::new(source);
    let mut state = HtmlState::Outside;
    for node in nodes {
        if !matches!(node.kind, NodeKind::Html(_)) {
            parts.nodes(std::slice::from_ref(node));
            continue;
        }
        state = parts.html(&visible(node, source), state);
        if state == HtmlState::Ended {
            return Some(parts.finish());
        }
    }
    None
}

/// Where raw HTML is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HtmlState {
    /// Before the heading.
    Outside,
    /// In a tag.
    Tag,
    /// Among the words of the heading.
    Words,
    /// Behind the heading.
    Ended,
}

/// The raw HTML of a node without its comments.
fn visible(node: &Node, source: &str) -> String {
    let typed = node.span.of(source);
    let mut out = String::with_capacity(typed.len());
    let mut at = node.span.start;
    if let NodeKind::Html(edits) = &node.kind {
        for edit in edits {
            if edit.with == HtmlReplacement::Comment {
                out.push_str(
                    source
                        .get(at as usize..edit.span.start as usize)
                        .unwrap_or(""),
                );
                at = edit.span.end;
            }
        }
    }
    out.push_str(
        source
            .get(at as usize..node.span.end as usize)
            .unwrap_or(""),
    );
    out
}

/// The byte behind `<h1` in raw HTML.
fn begins_heading(html: &str) -> Option<usize> {
    for (at, _) in html.match_indices('<') {
        let Some(name) = html.get(at + 1..at + 3) else {
            continue;
        };
        let after = html[at + 3..].chars().next();
        // Otherwise `<h10>` or `<h1-title>` would be a heading.
        let ends = after.is_none_or(|sign| sign.is_whitespace() || matches!(sign, '>' | '/'));
        if name.eq_ignore_ascii_case("h1") && ends {
            return Some(at + 3);
        }
    }
    None
}

/// True if raw HTML has a heading of the first level in it, comments left out.
pub fn has_raw_heading(node: &Node, source: &str) -> bool {
    begins_heading(node.span.of(source)).is_some()
        && begins_heading(&visible(node, source)).is_some()
}

/// Puts parts together.
struct PartWriter<'s> {
    source: &'s str,
    parts: Vec<TitlePart>,
    text: String,
}

impl<'s> PartWriter<'s> {
    fn new(source: &'s str) -> Self {
        PartWriter {
            source,
            parts: Vec::new(),
            text: String::new(),
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match &node.kind {
                NodeKind::Text(Some(words)) | NodeKind::NoLoc(words) => self.text.push_str(words),
                NodeKind::Text(None) | NodeKind::Math => {
                    self.text.push_str(node.span.of(self.source));
                }
                NodeKind::Include { reference, .. } => {
                    self.flush();
                    self.parts.push(TitlePart::Include(*reference));
                }
                NodeKind::SoftBreak | NodeKind::HardBreak => self.text.push(' '),
                kind if !kind.is_inline() => self.text.push(' '),
                _ => {}
            }
        }
    }

    /// Takes a piece of raw HTML; returns the state at its end.
    fn html(&mut self, html: &str, state: HtmlState) -> HtmlState {
        let (mut rest, mut state) = (html, state);
        loop {
            match state {
                HtmlState::Outside => {
                    let Some(at) = begins_heading(rest) else {
                        return state;
                    };
                    rest = &rest[at..];
                    state = HtmlState::Tag;
                }
                HtmlState::Tag => {
                    let Some((_, after)) = rest.split_once('>') else {
                        return state;
                    };
                    rest = after;
                    state = HtmlState::Words;
                }
                HtmlState::Words => {
                    let Some((words, after)) = rest.split_once('<') else {
                        self.text.push_str(&unescaped(rest));
                        return state;
                    };
                    self.text.push_str(&unescaped(words));
                    let name = after.get(..3).unwrap_or("");
                    if name.eq_ignore_ascii_case("/h1") {
                        return HtmlState::Ended;
                    }
                    rest = after;
                    state = HtmlState::Tag;
                }
                HtmlState::Ended => return state,
            }
        }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.parts.push(TitlePart::Text(text.into()));
        }
    }

    fn finish(mut self) -> Box<[TitlePart]> {
        self.flush();
        self.parts.into()
    }
}
