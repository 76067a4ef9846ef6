//! Events of pulldown-cmark -> nodes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use crate::source::Span;
use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::directive::{Abbreviations, Mask, SyntaxProblem};
use crate::syntax::document::{RefId, RefKind, Reference};
use crate::syntax::html::joined::JoinedHtml;
use crate::syntax::tree::{Node, NodeKind, Tree};

use super::{
    Directives, Shared, attributes, containers, link_destination, smarty_pants, table, text,
};

pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) masked: &'a str,
    pub(super) directives: Directives<'a>,
    pub(super) shared: &'a mut Shared,
    pub(super) nodes: Vec<Node>,
    pub(super) open: Vec<Open>,
    /// Words not yet put among the nodes: adjacent stretches of them become one.
    pub(super) words: Option<Range<usize>>,
    pub(super) html: Option<JoinedHtml>,
    /// True inside links, pictures and code, where words are just words.
    pub(super) literal: usize,
    /// True between `<a>` and `</a>` typed as HTML.
    pub(super) in_raw_link: bool,
    /// Attributes on lines of their own, which wait for the block behind them.
    pub(super) waiting: attributes::Waiting,
    /// The inline that ended last.
    pub(super) last: Option<usize>,
    abbreviations: &'a Abbreviations,
    pub(super) root: Groups,
    pub(super) dialect: Dialect,
    /// What is code or raw HTML, where directives mean nothing.
    pub(super) opaque: Vec<Span>,
}

/// What among siblings is to be grouped.
#[derive(Clone, Copy, Default)]
pub(super) struct Groups {
    pub(super) tabs: bool,
    pub(super) containers: bool,
}

pub(super) struct Open {
    pub(super) node: usize,
    pub(super) groups: Groups,
    /// Where the markers of alerts in this quote begin.
    pub(super) markers: Vec<u32>,
    /// A masked word: what is inside it is nothing.
    pub(super) hidden: bool,
    /// `~x~` is no strikethrough for DocFX: its signs are words.
    pub(super) words_only: bool,
}

impl<'a> Builder<'a> {
    pub fn new(
        source: &'a str,
        masked: &'a str,
        from: usize,
        directives: Directives<'a>,
        abbreviations: &'a Abbreviations,
        shared: &'a mut Shared,
    ) -> Self {
        let nodes = Vec::with_capacity((source.len() - from) / 24);
        let dialect = shared.dialect;
        let (root, opaque) = (Groups::default(), Vec::new());
        Builder {
            source,
            masked,
            directives,
            shared,
            nodes,
            open: Vec::new(),
            words: None,
            html: None,
            literal: 0,
            in_raw_link: false,
            waiting: attributes::Waiting::new(directives),
            last: None,
            abbreviations,
            root,
            dialect,
            opaque,
        }
    }

    pub fn finish(mut self, problems: Vec<SyntaxProblem>) -> Tree {
        self.flush();
        self.group(self.root, 0);
        let in_code = |slip: &SyntaxProblem| {
            let before = self
                .opaque
                .partition_point(|code| code.start <= slip.span.start);
            before > 0 && self.opaque[before - 1].end > slip.span.start
        };
        let problems = problems.into_iter().filter(|slip| !in_code(slip));
        self.shared.problems.extend(problems);
        Tree {
            nodes: exactly(self.nodes),
        }
    }

    pub(super) fn group(&mut self, groups: Groups, from: usize) {
        if groups.containers {
            containers::gather_containers(&mut self.nodes, from);
        }
        if groups.tabs {
            containers::gather_tabs(&mut self.nodes, from);
        }
    }

    pub fn take(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        definition: impl Fn(&str) -> Option<Range<usize>>,
    ) {
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Start(tag) => {
                self.flush();
                self.start(tag, range, definition);
            }
            Event::End(tag) => {
                self.flush();
                self.end(tag, range);
            }
            Event::Code(text) => self.code(&text, range),
            Event::Html(_) => match &mut self.html {
                Some(html) => html.push(self.source, Span::from(range)),
                None => self.leaf(NodeKind::Html(Box::default()), range),
            },
            Event::InlineHtml(_) => self.inline_html(range),
            Event::SoftBreak if !self.dialect.has(Feature::HardBreaks) => {
                self.leaf(NodeKind::SoftBreak, range)
            }
            // Spaces that were only moved there do not break a line.
            Event::HardBreak if self.source[range.start..].starts_with(['\n', '\r']) => {
                self.leaf(NodeKind::SoftBreak, range)
            }
            Event::SoftBreak | Event::HardBreak => self.leaf(NodeKind::HardBreak, range),
            Event::Rule => self.leaf(NodeKind::ThematicBreak, range),
            Event::FootnoteReference(label) => {
                self.leaf(NodeKind::FootnoteRef(label.as_ref().into()), range)
            }
            // Switched off when the parser is made.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// True if indentation was moved away within `range`: line breaks then stand elsewhere than in the source.
    fn is_outdented(&self, range: &Range<usize>) -> bool {
        let breaks = |text: &str| {
            text[range.clone()]
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        breaks(self.masked) != breaks(self.source)
    }

    pub(super) fn leaf(&mut self, kind: NodeKind, range: Range<usize>) {
        self.flush();
        self.nodes.push(Node {
            kind,
            span: range.into(),
            len: 0,
        });
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.masked.get(range.clone()) != Some(text) {
            self.leaf(NodeKind::Text(Some(text.into())), range);
            return;
        }
        if self.literal > 0
            && self.source.get(range.clone()) != Some(text)
            && self.is_outdented(&range)
        {
            let lines = text.split_inclusive('\n').map(|line| {
                (
                    line.trim_end_matches([' ', '\n', '\r']),
                    line.ends_with('\n'),
                )
            });
            let text: String = lines
                .flat_map(|(line, ends)| [line, if ends { "\n" } else { "" }])
                .collect();
            self.leaf(NodeKind::Text(Some(text.into())), range);
            return;
        }
        match &mut self.words {
            Some(words) if words.end == range.start => words.end = range.end,
            _ => {
                self.flush();
                self.words = Some(range);
            }
        }
    }

    /// Puts the pending words among the nodes, with the addresses and uids in them.
    pub(super) fn flush(&mut self) {
        let Some(range) = self.words.take() else {
            return;
        };
        let mut at = range.start;
        if self.literal == 0 {
            let in_item = self.in_item();
            let dialect = if self.in_raw_link {
                self.dialect.without(Feature::AutoLinks)
            } else {
                self.dialect
            };
            for (hit, found) in text::find(
                self.source,
                range.clone(),
                dialect,
                in_item,
                self.abbreviations,
            ) {
                self.plain(at..hit.start);
                at = hit.end;
                let span = Span::from(hit.clone());
                match found {
                    text::Found::Address(target) => {
                        let reference = self.refer(RefKind::Link, &target, span, span);
                        self.nodes.push(Node {
                            kind: NodeKind::Link(reference, None),
                            span,
                            len: 1,
                        });
                        // `mailto:` and `tel:` are not shown.
                        let scheme = self.source[hit.clone()]
                            .split_once(':')
                            .map_or(0, |(scheme, _)| scheme.len() + 1);
                        let shown = if matches!(scheme, 4 | 7)
                            && target.len() == hit.len()
                            && !target.contains("//")
                        {
                            scheme
                        } else {
                            0
                        };
                        self.plain(hit.start + shown..hit.end);
                    }
                    text::Found::Emoji(sign) => self.nodes.push(Node {
                        kind: NodeKind::Text(Some(sign.into())),
                        span,
                        len: 0,
                    }),
                    text::Found::Smart(entity, pending) => {
                        self.nodes.push(Node {
                            kind: NodeKind::SmartPunctuation { entity, pending },
                            span,
                            len: 0,
                        });
                    }
                    text::Found::Task(done) => self.nodes.push(Node {
                        kind: NodeKind::TaskMarker(done),
                        span,
                        len: 0,
                    }),
                    text::Found::Marked(kind, inner) => {
                        self.nodes.push(Node { kind, span, len: 1 });
                        self.plain(inner);
                    }
                    text::Found::Abbreviation(meaning) => {
                        self.nodes.push(Node {
                            kind: NodeKind::Abbreviation(meaning),
                            span,
                            len: 1,
                        });
                        self.plain(hit);
                    }
                    text::Found::Uid(target) => {
                        let reference = self.refer(RefKind::UidShorthand, &target, span, span);
                        self.nodes.push(Node {
                            kind: NodeKind::Xref(reference),
                            span,
                            len: 0,
                        });
                    }
                }
            }
        }
        self.plain(at..range.end);
    }

    /// True in the words of an item, or of a paragraph of one.
    fn in_item(&self) -> bool {
        let mut blocks = self
            .open
            .iter()
            .rev()
            .filter_map(|open| self.nodes.get(open.node).map(|node| &node.kind))
            .filter(|kind| !kind.is_inline());
        match blocks.next() {
            Some(NodeKind::Paragraph) => blocks.next() == Some(&NodeKind::ListItem),
            inner => inner == Some(&NodeKind::ListItem),
        }
    }

    pub(super) fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.nodes.push(Node {
                kind: NodeKind::Text(None),
                span: range.into(),
                len: 0,
            });
        }
    }

    pub(super) fn refer(
        &mut self,
        kind: RefKind,
        target: &str,
        span: Span,
        target_span: Span,
    ) -> RefId {
        self.shared.refs.push(Reference {
            kind,
            target: target.into(),
            span,
            target_span,
        });
        (self.shared.refs.len() - 1) as RefId
    }

    fn open(&mut self, kind: NodeKind, range: Range<usize>) {
        self.open.push(Open {
            node: self.nodes.len(),
            groups: Groups::default(),
            markers: Vec::new(),
            hidden: false,
            words_only: false,
        });
        let start = range.start;
        let is_block = !kind.is_inline();
        self.nodes.push(Node {
            kind,
            span: range.into(),
            len: 0,
        });
        if is_block {
            self.take_waiting(start);
        }
    }

    fn start(
        &mut self,
        tag: Tag<'_>,
        range: Range<usize>,
        definition: impl Fn(&str) -> Option<Range<usize>>,
    ) {
        let kind = match tag {
            Tag::Paragraph => NodeKind::Paragraph,
            Tag::Heading { level, .. } => NodeKind::Heading(level as u8, u32::MAX),
            Tag::BlockQuote(_) => NodeKind::BlockQuote,
            Tag::CodeBlock(info) => {
                self.literal += 1;
                self.opaque.push(range.clone().into());
                NodeKind::CodeBlock(language(&info))
            }
            Tag::List(first) => NodeKind::List(first),
            Tag::Item => NodeKind::ListItem,
            Tag::Emphasis => NodeKind::Emphasis,
            Tag::Strong => NodeKind::Strong,
            Tag::Subscript => NodeKind::Subscript,
            Tag::Superscript => NodeKind::Superscript,
            Tag::DefinitionList => NodeKind::DefinitionList,
            Tag::DefinitionListTitle => NodeKind::Term,
            Tag::DefinitionListDefinition => NodeKind::Definition,
            Tag::FootnoteDefinition(label) => NodeKind::FootnoteDefinition(label.as_ref().into()),
            Tag::Strikethrough if self.source[range.start..].starts_with("~~") => {
                NodeKind::Strikethrough
            }
            Tag::Strikethrough => {
                self.open.push(Open {
                    node: self.nodes.len(),
                    groups: Groups::default(),
                    markers: Vec::new(),
                    hidden: false,
                    words_only: true,
                });
                self.words = Some(range.start..range.start + 1);
                return;
            }
            Tag::HtmlBlock => {
                self.html = Some(JoinedHtml::default());
                return;
            }
            Tag::Link {
                link_type: LinkType::Autolink,
                ..
            } if self.is_hidden_word(range.start) => {
                self.word_directive(&range);
                self.open.push(Open {
                    node: self.nodes.len(),
                    groups: Groups::default(),
                    markers: Vec::new(),
                    hidden: true,
                    words_only: false,
                });
                return;
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => self.link(link_type, &dest_url, &title, definition(&id), &range),
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.literal += 1;
                let reference = self.reference(
                    RefKind::Image,
                    link_type,
                    &dest_url,
                    definition(&id),
                    &range,
                );
                NodeKind::Image(reference, words_of(&title))
            }
            // Switched off when the parser is made.
            _ => NodeKind::Paragraph,
        };
        self.open(kind, range);
    }

    fn link(
        &mut self,
        link_type: LinkType,
        target: &CowStr<'_>,
        title: &CowStr<'_>,
        definition: Option<Range<usize>>,
        range: &Range<usize>,
    ) -> NodeKind {
        self.literal += 1;
        let uid = target
            .get(.."xref:".len())
            .filter(|scheme| scheme.eq_ignore_ascii_case("xref:"))
            .map(|scheme| &target[scheme.len()..]);
        match (link_type, uid) {
            (LinkType::Autolink, Some(uid)) => {
                let target_span =
                    Span::new(range.start + "<xref:".len(), range.end.saturating_sub(1));
                NodeKind::Xref(self.refer(
                    RefKind::Uid,
                    uid.trim_matches(['"', '\'']),
                    range.clone().into(),
                    target_span,
                ))
            }
            (_, Some(uid)) => NodeKind::Link(
                self.reference(RefKind::Uid, link_type, uid, definition, range),
                words_of(title),
            ),
            (LinkType::Email, None) => NodeKind::Link(
                self.reference(
                    RefKind::Link,
                    link_type,
                    &format!("mailto:{target}"),
                    definition,
                    range,
                ),
                None,
            ),
            (_, None) => NodeKind::Link(
                self.reference(RefKind::Link, link_type, target, definition, range),
                words_of(title),
            ),
        }
    }

    /// For an inline link the bytes of its address are known only when it ends: see [`Self::end`].
    fn reference(
        &mut self,
        kind: RefKind,
        link_type: LinkType,
        target: &str,
        definition: Option<Range<usize>>,
        range: &Range<usize>,
    ) -> RefId {
        let target_span = match (link_type, definition) {
            (LinkType::Autolink | LinkType::Email, _) => {
                Span::new(range.start + 1, range.end.saturating_sub(1))
            }
            (LinkType::Inline, _) => Span::at(range.start),
            (_, Some(definition)) => uid_alone(
                kind,
                self.source,
                link_destination::of_definition(self.source, &definition),
            ),
            _ => Span::at(range.start),
        };
        self.refer(kind, target, range.clone().into(), target_span)
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::HtmlBlock {
            let html = self.html.take().unwrap_or_default();
            self.html_block(&html);
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if open.words_only {
            self.words = Some(range.end - 1..range.end);
            return;
        }
        let at = open.node;
        if open.hidden {
            self.nodes.truncate(at);
            return;
        }
        if self.dialect.has(Feature::Attributes) {
            self.take_behind(at, &range);
        }
        self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
        if self.dialect.has(Feature::SmartyPants) && !self.nodes[at].kind.is_inline() {
            smarty_pants::pair(&mut self.nodes[at + 1..]);
        }
        match self.nodes[at].kind.clone() {
            NodeKind::Link(reference, _) | NodeKind::Image(reference, _) => {
                self.last = Some(at);
                self.literal -= 1;
                self.find_address(at, reference, &range);
            }
            NodeKind::Paragraph
                if std::mem::take(&mut self.in_raw_link) && !self.has_pipes(&range) => {}
            NodeKind::Paragraph if self.has_pipes(&range) => {
                table::divide_paragraph(&mut self.nodes, at, self.source, self.dialect)
            }
            NodeKind::Xref(_) => {
                self.literal -= 1;
                self.nodes.truncate(at + 1);
                self.nodes[at].len = 0;
            }
            NodeKind::CodeBlock(_) => self.literal -= 1,
            NodeKind::Heading(level, _) => {
                self.in_raw_link = false;
                self.heading(at, level);
            }
            NodeKind::ListItem if self.has_pipes(&range) => {
                table::divide_item(&mut self.nodes, at, self.source, self.dialect);
                self.group(open.groups, at + 1);
                self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
            }
            kind => {
                if kind.is_inline() {
                    self.last = Some(at);
                }
                self.group(open.groups, at + 1);
                self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
                if kind == NodeKind::BlockQuote && !open.markers.is_empty() {
                    containers::divide_quote(&mut self.nodes, at, &open.markers);
                }
            }
        }
    }

    fn has_pipes(&self, range: &Range<usize>) -> bool {
        let text = &self.source[range.clone()];
        self.dialect.has(Feature::PipeTables) && text.contains('|') && text.contains('-')
    }

    pub(super) fn groups(&mut self) -> &mut Groups {
        match self.open.last_mut() {
            Some(parent) => &mut parent.groups,
            None => &mut self.root,
        }
    }

    fn find_address(&mut self, at: usize, reference: RefId, range: &Range<usize>) {
        let text_end = self.nodes[at + 1..]
            .iter()
            .map(|node| node.span.end as usize)
            .max()
            .unwrap_or(range.start);
        let source = self.source;
        if let Some(found) = self.shared.refs.get_mut(reference as usize)
            && found.target_span.is_empty()
        {
            found.target_span = uid_alone(
                found.kind,
                source,
                link_destination::of_inline(source, range, text_end),
            );
        }
    }

    fn code(&mut self, text: &str, range: Range<usize>) {
        self.flush();
        if self
            .directives
            .at(range.start)
            .is_some_and(|found| found.mask == Mask::Code)
        {
            return self.word_directive(&range);
        }
        let typed = &self.source[range.clone()];
        let fence = typed.bytes().take_while(|&byte| byte == b'`').count();
        let inner = range.start + fence..range.end.saturating_sub(fence).max(range.start + fence);
        self.opaque.push(range.clone().into());
        self.last = Some(self.nodes.len());
        self.nodes.push(Node {
            kind: NodeKind::Code,
            span: range.clone().into(),
            len: 1,
        });
        let stripped = inner.start + 1..inner.end.saturating_sub(1).max(inner.start + 1);
        let same = [inner.clone(), stripped]
            .into_iter()
            .find(|span| self.masked.get(span.clone()) == Some(text));
        let node = match same {
            Some(span) => Node {
                kind: NodeKind::Text(None),
                span: span.into(),
                len: 0,
            },
            None if self.directives.any_in(&inner) => {
                let words = self.source[inner.clone()].replace(['\r', '\n'], " ");
                Node {
                    kind: NodeKind::Text(Some(words.trim().into())),
                    span: inner.into(),
                    len: 0,
                }
            }
            None => Node {
                kind: NodeKind::Text(Some(text.into())),
                span: inner.into(),
                len: 0,
            },
        };
        self.nodes.push(node);
    }
}

/// The same in no more memory than it needs: a tree is kept for as long as its site. What it was put together in is used for the next one.
fn exactly<T>(mut parts: Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(parts.len());
    exact.append(&mut parts);
    exact
}

fn words_of(text: &str) -> Option<Box<str>> {
    (!text.is_empty()).then(|| text.into())
}

fn language(kind: &CodeBlockKind<'_>) -> Option<Box<str>> {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(Into::into),
        CodeBlockKind::Indented => None,
    }
}

/// The bytes of an address, but of `xref:uid` only those of the uid.
fn uid_alone(kind: RefKind, source: &str, address: Span) -> Span {
    let is_uid = kind == RefKind::Uid
        && address
            .of(source)
            .get(..5)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("xref:"));
    if is_uid {
        Span {
            start: address.start + 5,
            ..address
        }
    } else {
        address
    }
}
