//! Events of pulldown-cmark -> nodes.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use crate::source::Span;
use crate::syntax::directive::{Directive, tab_of};
use crate::syntax::document::{Anchor, HeadingText, RefId, RefKind, Reference};
use crate::syntax::html::{self, Joined};
use crate::syntax::slug::slug;
use crate::syntax::tree::{Align, Kind, Node, Tree, plain_text};

use super::{Directives, Shared, address, group, words};

pub(super) struct Builder<'a> {
    source: &'a str,
    masked: &'a str,
    directives: Directives<'a>,
    shared: &'a mut Shared,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// Words not yet put among the nodes: adjacent stretches of them become one.
    words: Option<Range<usize>>,
    html: Option<Joined>,
    /// True inside links, pictures and code, where words are just words.
    literal: usize,
    tabs: bool,
    cell_end: usize,
}

struct Open {
    node: usize,
    has_tabs: bool,
    /// Where the alerts, divs and videos that divide a quote begin, in order.
    markers: Vec<u32>,
    /// `~x~` is no strikethrough for DocFX: its signs are words.
    words_only: bool,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str, masked: &'a str, from: usize, directives: Directives<'a>, shared: &'a mut Shared) -> Self {
        let nodes = Vec::with_capacity((source.len() - from) / 24);
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
            tabs: false,
            cell_end: 0,
        }
    }

    /// Where the last table cell ends.
    pub fn cell_end(&self) -> usize {
        self.cell_end
    }

    pub fn finish(mut self) -> Tree {
        self.flush();
        if self.tabs {
            group::gather_tabs(&mut self.nodes, 0);
        }
        self.nodes.shrink_to_fit();
        Tree { nodes: self.nodes }
    }

    pub fn take(&mut self, event: Event<'_>, range: Range<usize>, definition: impl Fn(&str) -> Option<Range<usize>>) {
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
                None => self.leaf(Kind::Html(Box::default()), range),
            },
            Event::InlineHtml(_) => self.inline_html(range),
            Event::SoftBreak => self.leaf(Kind::SoftBreak, range),
            Event::HardBreak => self.leaf(Kind::HardBreak, range),
            Event::Rule => self.leaf(Kind::Rule, range),
            // Switched off when the parser is made.
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn leaf(&mut self, kind: Kind, range: Range<usize>) {
        self.flush();
        self.nodes.push(Node { kind, span: range.into(), len: 0 });
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.masked.get(range.clone()) != Some(text) {
            self.leaf(Kind::Text(Some(text.into())), range);
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
    fn flush(&mut self) {
        let Some(range) = self.words.take() else { return };
        let mut at = range.start;
        if self.literal == 0 {
            for (hit, found) in words::find(self.source, range.clone()) {
                self.plain(at..hit.start);
                at = hit.end;
                let span = Span::from(hit.clone());
                match found {
                    words::Found::Address(target) => {
                        let reference = self.refer(RefKind::Link, &target, span, span);
                        self.nodes.push(Node { kind: Kind::Link(reference, None), span, len: 1 });
                        self.plain(hit);
                    }
                    words::Found::Uid(target) => {
                        let reference = self.refer(RefKind::UidShorthand, &target, span, span);
                        self.nodes.push(Node { kind: Kind::Xref(reference), span, len: 0 });
                    }
                }
            }
        }
        self.plain(at..range.end);
    }

    fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.nodes.push(Node { kind: Kind::Text(None), span: range.into(), len: 0 });
        }
    }

    fn refer(&mut self, kind: RefKind, target: &str, span: Span, target_span: Span) -> RefId {
        self.shared.refs.push(Reference { kind, target: target.into(), span, target_span });
        (self.shared.refs.len() - 1) as RefId
    }

    fn open(&mut self, kind: Kind, range: Range<usize>) {
        self.open.push(Open { node: self.nodes.len(), has_tabs: false, markers: Vec::new(), words_only: false });
        self.nodes.push(Node { kind, span: range.into(), len: 0 });
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, definition: impl Fn(&str) -> Option<Range<usize>>) {
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => Kind::Heading(level as u8, u32::MAX),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(info) => {
                self.literal += 1;
                Kind::CodeBlock(language(&info))
            }
            Tag::List(first) => Kind::List(first),
            Tag::Item => Kind::Item,
            Tag::Table(aligns) => Kind::Table(aligns.iter().map(|align| align_of(*align)).collect()),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough if self.source[range.start..].starts_with("~~") => Kind::Strikethrough,
            Tag::Strikethrough => {
                self.open.push(Open { node: self.nodes.len(), has_tabs: false, markers: Vec::new(), words_only: true });
                self.words = Some(range.start..range.start + 1);
                return;
            }
            Tag::HtmlBlock => {
                self.html = Some(Joined::default());
                return;
            }
            Tag::Link { link_type, dest_url, title, id } => self.link(link_type, &dest_url, &title, definition(&id), &range),
            Tag::Image { link_type, dest_url, title, id } => {
                self.literal += 1;
                let reference = self.reference(RefKind::Image, link_type, &dest_url, definition(&id), &range);
                Kind::Image(reference, words_of(&title))
            }
            // Switched off when the parser is made.
            _ => Kind::Paragraph,
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
    ) -> Kind {
        self.literal += 1;
        let uid = target.get(.."xref:".len()).filter(|scheme| scheme.eq_ignore_ascii_case("xref:")).map(|scheme| &target[scheme.len()..]);
        match (link_type, uid) {
            (LinkType::Autolink, Some(uid)) => {
                let target_span = Span::new(range.start + "<xref:".len(), range.end.saturating_sub(1));
                Kind::Xref(self.refer(RefKind::Uid, uid.trim_matches(['"', '\'']), range.clone().into(), target_span))
            }
            (_, Some(uid)) => Kind::Link(self.reference(RefKind::Uid, link_type, uid, definition, range), words_of(title)),
            (LinkType::Email, None) => {
                Kind::Link(self.reference(RefKind::Link, link_type, &format!("mailto:{target}"), definition, range), None)
            }
            (_, None) => Kind::Link(self.reference(RefKind::Link, link_type, target, definition, range), words_of(title)),
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
            (LinkType::Autolink | LinkType::Email, _) => Span::new(range.start + 1, range.end.saturating_sub(1)),
            (LinkType::Inline, _) => Span::at(range.start),
            (_, Some(definition)) => address::of_definition(self.source, &definition),
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
        if tag == TagEnd::TableCell {
            self.cell_end = range.end;
        }
        let at = open.node;
        self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
        match self.nodes[at].kind.clone() {
            Kind::Link(reference, _) | Kind::Image(reference, _) => {
                self.literal -= 1;
                self.find_address(at, reference, &range);
            }
            Kind::Xref(_) => {
                self.literal -= 1;
                self.nodes.truncate(at + 1);
                self.nodes[at].len = 0;
            }
            Kind::CodeBlock(_) => self.literal -= 1,
            Kind::Heading(level, _) => self.heading(at, level),
            Kind::Quote if !open.markers.is_empty() => {
                if open.has_tabs {
                    group::gather_tabs(&mut self.nodes, at + 1);
                }
                group::divide_quote(&mut self.nodes, at, &open.markers);
            }
            _ if open.has_tabs => {
                group::gather_tabs(&mut self.nodes, at + 1);
                self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
            }
            _ => {}
        }
    }

    fn find_address(&mut self, at: usize, reference: RefId, range: &Range<usize>) {
        let text_end = self.nodes[at + 1..].iter().map(|node| node.span.end as usize).max().unwrap_or(range.start);
        let source = self.source;
        if let Some(found) = self.shared.refs.get_mut(reference as usize)
            && found.target_span.is_empty()
        {
            found.target_span = address::of_inline(source, range, text_end);
            // `[text](xref:uid)`: the target is the uid alone.
            let typed = found.target_span.of(source);
            if found.kind == RefKind::Uid && typed.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("xref:")) {
                found.target_span.start += 5;
            }
        }
    }

    fn heading(&mut self, at: usize, level: u8) {
        let inside = &self.nodes[at + 1..];
        // A tab heading takes an id like any other, even though it shows none (DocFX spec 8.2).
        let automatic = self.shared.ids.take(slug(&plain_text(inside, self.source, "")));
        if let [Node { kind: Kind::Link(reference, _), len, .. }, label @ ..] = inside
            && *len as usize == label.len()
            && let Some(tab) =
                self.shared.refs.get(*reference as usize).and_then(|link| tab_of(&link.target, &plain_text(label, self.source, " ")))
        {
            self.nodes.truncate(at + 1);
            self.nodes[at] = Node { kind: Kind::Tab(Box::new(tab)), span: self.nodes[at].span, len: 0 };
            match self.open.last_mut() {
                Some(parent) => parent.has_tabs = true,
                None => self.tabs = true,
            }
            return;
        }
        let text = plain_text(inside, self.source, " ").trim().into();
        let id = match self.override_id(at) {
            Some(id) => {
                // The anchor the tag made is the heading's own now.
                self.shared.anchors.pop_if(|anchor| *anchor.id == *id);
                self.nodes.drain(at + 1..at + 3);
                self.nodes[at].len -= 2;
                id
            }
            None => automatic,
        };
        self.nodes[at].kind = Kind::Heading(level, self.shared.anchors.len() as u32);
        self.shared.anchors.push(Anchor { id: id.into(), span: self.nodes[at].span, heading: Some(HeadingText { level, text }) });
    }

    /// `## <a id="x"></a>Title`: the id the author gave instead of the automatic one (DocFX spec 8.3).
    fn override_id(&self, at: usize) -> Option<String> {
        let [first, second, _, ..] = &self.nodes[at + 1..] else { return None };
        if !matches!((&first.kind, &second.kind), (Kind::Html(_), Kind::Html(_))) || second.span.of(self.source) != "</a>" {
            return None;
        }
        let tag = first.span.of(self.source).strip_prefix("<a")?.strip_suffix('>')?.trim_end_matches(' ');
        let value = tag.strip_prefix(' ')?.trim_start_matches(' ');
        let id = value.strip_prefix("id=\"").or_else(|| value.strip_prefix("name=\""))?.strip_suffix('"')?;
        let sound = !id.is_empty() && id.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | ' ' | '-' | '.'));
        sound.then(|| id.to_owned())
    }

    fn code(&mut self, text: &str, range: Range<usize>) {
        self.flush();
        let typed = &self.source[range.clone()];
        let fence = typed.bytes().take_while(|&byte| byte == b'`').count();
        let inner = range.start + fence..range.end.saturating_sub(fence).max(range.start + fence);
        self.nodes.push(Node { kind: Kind::Code, span: range.clone().into(), len: 1 });
        let stripped = inner.start + 1..inner.end.saturating_sub(1).max(inner.start + 1);
        let same = [inner.clone(), stripped].into_iter().find(|span| self.masked.get(span.clone()) == Some(text));
        let node = match same {
            Some(span) => Node { kind: Kind::Text(None), span: span.into(), len: 0 },
            None if self.directives.any_in(&inner) => {
                let words = self.source[inner.clone()].replace(['\r', '\n'], " ");
                Node { kind: Kind::Text(Some(words.trim().into())), span: inner.into(), len: 0 }
            }
            None => Node { kind: Kind::Text(Some(text.into())), span: inner.into(), len: 0 },
        };
        self.nodes.push(node);
    }

    fn inline_html(&mut self, range: Range<usize>) {
        self.flush();
        if let Some(found) = self.directives.at(range.start) {
            match &found.directive {
                Directive::Include(include) => {
                    let reference = self.refer(RefKind::Include, &include.path, found.span, include.path_span);
                    self.leaf(Kind::Include { reference, block: false }, range);
                }
                // Only at the start of a line do these mean anything.
                _ => self.plain(range),
            }
            return;
        }
        let mut html = Joined::default();
        html.push(self.source, Span::from(range.clone()));
        let edits = self.read_html(&html);
        self.leaf(Kind::Html(edits.into()), range);
    }

    fn read_html(&mut self, html: &Joined) -> Vec<crate::syntax::tree::HtmlEdit> {
        let read = html::read(html, self.shared.refs.len() as RefId);
        self.shared.refs.extend(read.refs);
        self.shared.anchors.extend(read.anchors);
        read.edits
    }

    fn html_block(&mut self, html: &Joined) {
        let Some(first) = html.parts().next() else { return };
        let indent = first.of(self.masked).len() - first.of(self.masked).trim_start().len();
        if let Some(found) = self.directives.at(first.start as usize + indent).filter(|found| found.alone) {
            self.directive(found);
            return;
        }
        let edits = self.read_html(html);
        let mut edits = edits.as_slice();
        for part in html.parts() {
            let count = edits.iter().take_while(|edit| edit.span.start < part.end).count();
            let (own, rest) = edits.split_at(count);
            edits = rest;
            self.nodes.push(Node { kind: Kind::Html(own.into()), span: part, len: 0 });
        }
    }

    fn directive(&mut self, found: &super::Found) {
        let in_quote = self.open.last().is_some_and(|open| self.nodes[open.node].kind == Kind::Quote);
        let kind = match &found.directive {
            Directive::Include(include) => {
                Kind::Include { reference: self.refer(RefKind::Include, &include.path, found.span, include.path_span), block: true }
            }
            Directive::Snippet(snippet) => {
                Kind::Snippet(self.refer(RefKind::Snippet, &snippet.path, found.span, snippet.path_span), Box::new(snippet.clone()))
            }
            Directive::Alert(kind) if in_quote => Kind::Alert(*kind),
            Directive::Div(attributes) if in_quote => Kind::Div(attributes.clone()),
            Directive::Video(address) if in_quote => Kind::Video(address.clone()),
            _ => {
                self.nodes.push(Node { kind: Kind::Paragraph, span: found.span, len: 1 });
                self.plain(found.span.range());
                return;
            }
        };
        if matches!(kind, Kind::Alert(_) | Kind::Div(_) | Kind::Video(_))
            && let Some(quote) = self.open.last_mut()
        {
            quote.markers.push(found.span.start);
        }
        self.nodes.push(Node { kind, span: found.span, len: 0 });
    }
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

fn align_of(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
