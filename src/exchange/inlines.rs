//! The inline nodes of a block -> words and protected codes. What is between nodes and is no escape becomes a code too, so that nothing an
//! author typed is ever lost.

use crate::site::address::split_address;
use crate::source::Span;
use crate::syntax::html::elements::is_void;
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{RefId, Reference};

use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent, LinkLabel, even};

/// Reads the nodes of one stretch of words, which begins at byte `start` of `source`. Nothing if the nodes don't stand in the order of
/// their bytes.
pub(super) fn read(
    nodes: &[Node],
    source: &str,
    refs: &[Reference],
    start: usize,
) -> Option<(InlineContent, Vec<InlineCode>)> {
    let mut reader = InlineExtractor {
        source,
        refs,
        at: start,
        content: Vec::new(),
        codes: Vec::new(),
        behind_break: false,
    };
    reader.walk(nodes)?;
    let (content, codes) = paired_tags(reader.content, reader.codes);
    Some(numbered(even(content), codes))
}

struct InlineExtractor<'a> {
    source: &'a str,
    refs: &'a [Reference],
    /// Everything before this byte is read.
    at: usize,
    content: InlineContent,
    codes: Vec<InlineCode>,
    /// True if nothing but the margin of a new line stands before the next node.
    behind_break: bool,
}

impl InlineExtractor<'_> {
    fn walk(&mut self, nodes: &[Node]) -> Option<()> {
        let mut next = 0;
        while let Some(node) = nodes.get(next) {
            let inside = nodes.get(next + 1..next + 1 + node.len as usize)?;
            next += 1 + node.len as usize;
            self.node(node, inside)?;
        }
        Some(())
    }

    fn node(&mut self, node: &Node, inside: &[Node]) -> Option<()> {
        let (start, end) = match node.kind {
            // Its bytes stand behind those of the nodes that follow; they are found there as what is between nodes.
            NodeKind::Attributes(_) => return Some(()),
            NodeKind::Math => {
                let signs = self.source[..node.span.start as usize]
                    .bytes()
                    .rev()
                    .take_while(|byte| *byte == b'$')
                    .count();
                (
                    node.span.start as usize - signs,
                    node.span.end as usize + signs,
                )
            }
            _ => (node.span.start as usize, node.span.end as usize),
        };
        let is_break = matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak);
        self.between(start, is_break)?;
        let typed = self.source.get(start..end)?;
        match &node.kind {
            NodeKind::Text(None) | NodeKind::SmartPunctuation { .. } => self.words(typed),
            NodeKind::Text(Some(_)) if typed.starts_with(':') && typed.len() > 1 => {
                self.mark(InlineCodeKind::Other, typed, typed)
            }
            NodeKind::Text(Some(words)) => self.words(words),
            NodeKind::SoftBreak => self.words(" "),
            NodeKind::HardBreak => self.mark(
                InlineCodeKind::Break,
                if typed.starts_with('\\') { "\\" } else { "  " },
                "",
            ),
            NodeKind::Abbreviation(_) => return self.walk(inside),
            NodeKind::Emphasis => {
                return self.pair(InlineCodeKind::Emphasis, start..end, 1, 1, inside);
            }
            NodeKind::Strong => return self.pair(InlineCodeKind::Strong, start..end, 2, 2, inside),
            NodeKind::Strikethrough
            | NodeKind::Inserted
            | NodeKind::Marked
            | NodeKind::Citation => {
                return self.pair(InlineCodeKind::Signs, start..end, 2, 2, inside);
            }
            NodeKind::Subscript | NodeKind::Superscript => {
                return self.pair(InlineCodeKind::Signs, start..end, 1, 1, inside);
            }
            NodeKind::Link(id, _) if typed.starts_with('[') => {
                return self.link(InlineCodeKind::Link, *id, start..end, inside);
            }
            NodeKind::Image(id, _) if typed.starts_with("![") => {
                return self.link(InlineCodeKind::Image, *id, start..end, inside);
            }
            NodeKind::Link(id, _) | NodeKind::Xref(id) | NodeKind::Image(id, _) => {
                let name = self.name(*id);
                self.mark(InlineCodeKind::Address, typed, &name);
            }
            NodeKind::Include { reference, .. } => {
                let name = self.name(*reference);
                self.mark(InlineCodeKind::Include, typed, &name);
            }
            NodeKind::Code | NodeKind::Math => self.mark(InlineCodeKind::Code, typed, typed),
            NodeKind::Html(_) => self.mark(InlineCodeKind::Html, typed, typed),
            _ => self.mark(InlineCodeKind::Other, typed, typed),
        }
        self.at = end;
        self.behind_break = is_break;
        Some(())
    }

    /// What stands between the last node and the one that starts at `start`: the sign of an escape, the margin of a line, or something that
    /// no node stands for.
    fn between(&mut self, start: usize, is_break: bool) -> Option<()> {
        let typed = self.source.get(self.at..start)?;
        let margin = self.behind_break
            && typed
                .chars()
                .all(|sign| sign.is_whitespace() || sign == '>');
        let means_nothing =
            typed.is_empty() || typed == "\\" || margin || is_break && typed.trim().is_empty();
        // A margin may be followed by an escape.
        let escape = self.behind_break
            && typed
                .strip_suffix('\\')
                .is_some_and(|rest| rest.trim_matches([' ', '\t', '>']).is_empty());
        if !means_nothing && !escape {
            self.mark(InlineCodeKind::Other, typed, typed);
        }
        self.at = start;
        Some(())
    }

    fn words(&mut self, words: &str) {
        self.content.push(Inline::Text(words.to_owned()));
    }

    fn mark(&mut self, kind: InlineCodeKind, open: &str, name: &str) {
        self.content.push(Inline::Placeholder(self.codes.len()));
        self.codes.push(InlineCode {
            kind,
            open: open.to_owned(),
            close: String::new(),
            name: name.to_owned(),
            label: None,
        });
    }

    /// A code around `inside`, with so many bytes at its beginning and end.
    fn pair(
        &mut self,
        kind: InlineCodeKind,
        span: std::ops::Range<usize>,
        open: usize,
        close: usize,
        inside: &[Node],
    ) -> Option<()> {
        let number = self.codes.len();
        let typed = |range| self.source.get(range).map(str::to_owned);
        let (open, close) = (
            typed(span.start..span.start + open)?,
            typed(span.end - close..span.end)?,
        );
        self.at = span.start + open.len();
        let inner_end = span.end - close.len();
        self.codes.push(InlineCode {
            kind,
            open,
            close,
            name: String::new(),
            label: None,
        });
        self.content.push(Inline::StartCode(number));
        self.behind_break = false;
        self.walk(inside)?;
        self.between(inner_end, false)?;
        self.content.push(Inline::EndCode(number));
        self.at = span.end;
        self.behind_break = false;
        Some(())
    }

    fn link(
        &mut self,
        kind: InlineCodeKind,
        id: RefId,
        span: std::ops::Range<usize>,
        inside: &[Node],
    ) -> Option<()> {
        let open = if kind == InlineCodeKind::Image { 2 } else { 1 };
        let inner_end = inside
            .iter()
            .map(|node| node.span.end as usize)
            .max()
            .unwrap_or(span.start + open);
        let behind = self.source.get(inner_end..span.end)?;
        let close = span.end - inner_end - behind.find(']')?;
        let number = self.codes.len();
        let name = self.name(id);
        self.pair(kind, span.clone(), open, close, inside)?;
        let typed = self.source.get(span.start + open..span.end - close)?;
        let target = self
            .refs
            .get(id as usize)
            .map_or("", |reference| &reference.target)
            .to_owned();
        let code = self.codes.get_mut(number)?;
        code.name = name;
        code.label = match code.close.as_str() {
            // `[label]` and `[label][]`
            "]" | "][]" => Some(LinkLabel {
                name: typed.to_owned(),
                target,
            }),
            close => close
                .strip_prefix("][")
                .and_then(|rest| rest.strip_suffix(']'))
                .map(|name| LinkLabel {
                    name: name.to_owned(),
                    target,
                }),
        };
        if let Some(label) = &code.label {
            // Other words would be another label.
            code.close = format!("][{}]", label.name);
        }
        Some(())
    }

    /// What a reference leads to without the folders, which differ from language to language.
    fn name(&self, id: RefId) -> String {
        let target = self
            .refs
            .get(id as usize)
            .map_or("", |reference| &*reference.target);
        // Anchors are made of translated words.
        let (path, _) = split_address(target);
        if path.contains("://") {
            target.to_owned()
        } else {
            path.rsplit('/').next().unwrap_or(path).to_owned()
        }
    }
}

/// Makes one code of the tags around words, `<b>` and `</b>`, and of tags with nothing between them.
fn paired_tags(content: InlineContent, codes: Vec<InlineCode>) -> (InlineContent, Vec<InlineCode>) {
    let (mut content, mut codes) = (content, codes);
    // The codes and tags that are open, each with its place.
    let mut open: Vec<(usize, Option<String>)> = Vec::new();
    for at in 0..content.len() {
        match content[at] {
            Inline::StartCode(_) => open.push((at, None)),
            Inline::EndCode(_) => {
                let last = open.iter().rposition(|(_, tag)| tag.is_none());
                open.truncate(last.unwrap_or(0));
            }
            Inline::Placeholder(number) if codes[number].kind == InlineCodeKind::Html => {
                match tag(&codes[number].open) {
                    Some((name, false)) => open.push((at, Some(name))),
                    Some((name, true)) => {
                        if let Some((first, _)) =
                            open.pop_if(|(_, tag)| tag.as_ref() == Some(&name))
                            && let Inline::Placeholder(opening) = content[first]
                        {
                            codes[opening].close = codes[number].open.clone();
                            codes[opening].name = codes[opening].open.clone();
                            content[first] = Inline::StartCode(opening);
                            content[at] = Inline::EndCode(opening);
                        }
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
    let mut kept: InlineContent = Vec::with_capacity(content.len());
    for piece in content {
        match (&piece, kept.last()) {
            (Inline::EndCode(end), Some(Inline::StartCode(start)))
                if end == start && codes[*end].kind == InlineCodeKind::Html =>
            {
                let code = &mut codes[*end];
                code.open.push_str(&std::mem::take(&mut code.close));
                kept.pop();
                kept.push(Inline::Placeholder(*end));
            }
            _ => kept.push(piece),
        }
    }
    (kept, codes)
}

/// The name of a tag, and true if it ends an element; nothing for comments and for elements without content.
fn tag(typed: &str) -> Option<(String, bool)> {
    let inside = typed.strip_prefix('<')?.strip_suffix('>')?;
    let (inside, ends) = inside
        .strip_prefix('/')
        .map_or((inside, false), |inside| (inside, true));
    let name: String = inside
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .flat_map(char::to_lowercase)
        .collect();
    (!name.is_empty() && !inside.ends_with('/') && !is_void(&name)).then_some((name, ends))
}

/// The codes that the content has, in its order, with new numbers.
fn numbered(content: InlineContent, codes: Vec<InlineCode>) -> (InlineContent, Vec<InlineCode>) {
    let mut order: Vec<usize> = Vec::new();
    let mut new = vec![0; codes.len()];
    let mut number = |old: usize, first: bool| {
        if first {
            new[old] = order.len();
            order.push(old);
        }
        new[old]
    };
    let content = content
        .into_iter()
        .map(|piece| match piece {
            Inline::StartCode(old) => Inline::StartCode(number(old, true)),
            Inline::Placeholder(old) => Inline::Placeholder(number(old, true)),
            Inline::EndCode(old) => Inline::EndCode(number(old, false)),
            words => words,
        })
        .collect();
    (
        content,
        order.into_iter().map(|old| codes[old].clone()).collect(),
    )
}

/// The bytes of a stretch of words inside `block`: an escape may stand before its first node, and formulas have signs around them.
pub(super) fn span_of(nodes: &[Node], source: &str, block: Span) -> Option<Span> {
    let bytes = |node: &&Node| !matches!(node.kind, NodeKind::Attributes(_));
    let signs = |node: &Node| {
        let before = source[..node.span.start as usize]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'$')
            .count();
        if node.kind == NodeKind::Math {
            before
        } else {
            0
        }
    };
    let first = nodes.iter().find(bytes)?;
    let last = nodes
        .iter()
        .filter(bytes)
        .max_by_key(|node| node.span.end)?;
    let start = first.span.start as usize - signs(first);
    let escapes = source
        .get((block.start as usize).min(start)..start)?
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count();
    Some(Span::new(
        start - escapes % 2,
        last.span.end as usize + signs(last),
    ))
}
