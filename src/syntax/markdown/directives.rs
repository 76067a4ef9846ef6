//! What was hidden before CommonMark was read, and raw HTML, in which directives hide -> nodes.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::directive::{Container, Directive, Mask, ParsedDirective, TripleColon};
use crate::syntax::document::{RefId, RefKind};
use crate::syntax::html::extract::extract;
use crate::syntax::html::joined::JoinedHtml;
use crate::syntax::tree::{HtmlEdit, ImageDirective, Node, NodeKind};

use super::builder::Builder;
use super::grid_table;

impl Builder<'_> {
    pub(super) fn inline_html(&mut self, range: Range<usize>) {
        self.flush();
        if self.directives.at(range.start).is_some() {
            self.word_directive(&range);
            return;
        }
        let mut html = JoinedHtml::default();
        html.push(self.source, Span::from(range.clone()));
        let edits = self.read_html(&html);
        let tag = self.source[range.clone()]
            .get(..3)
            .unwrap_or("")
            .to_ascii_lowercase();
        match tag.as_str() {
            "<a " | "<a>" => self.in_raw_link = !self.source[range.clone()].ends_with("/>"),
            "</a" => self.in_raw_link = false,
            _ => {}
        }
        self.leaf(NodeKind::Html(edits.into()), range);
    }

    pub(super) fn is_hidden_word(&self, start: usize) -> bool {
        self.directives
            .at(start)
            .is_some_and(|found| found.mask == Mask::Autolink)
    }

    /// A directive among words.
    pub(super) fn word_directive(&mut self, range: &Range<usize>) {
        let Some(found) = self.directives.at(range.start) else {
            return;
        };
        let kind = match &found.directive {
            Directive::Include(include) => {
                let reference = self.refer(
                    RefKind::Include,
                    &include.path,
                    found.span,
                    include.path_span,
                );
                NodeKind::Include {
                    reference,
                    block: false,
                }
            }
            Directive::TripleColon(TripleColon::Image(picture)) => {
                NodeKind::ImageDirective(Box::new(self.picture(picture, found.span, false)))
            }
            Directive::TripleColon(TripleColon::Video(film)) => {
                NodeKind::VideoDirective(film.clone())
            }
            Directive::TripleColon(TripleColon::NoLoc(words)) => NodeKind::NoLoc(words.clone()),
            Directive::Math(inner) => {
                self.nodes.push(Node {
                    kind: NodeKind::Math,
                    span: *inner,
                    len: 0,
                });
                return;
            }
            Directive::Attributes(attributes) => {
                self.attach(found.span, (**attributes).clone());
                return;
            }
            // Only at the start of a line do these mean anything.
            _ => {
                self.plain(range.clone());
                return;
            }
        };
        self.nodes.push(Node {
            kind,
            span: found.span,
            len: 0,
        });
    }

    pub(super) fn picture(
        &mut self,
        picture: &crate::syntax::directive::ImageAttributes,
        span: Span,
        complex: bool,
    ) -> ImageDirective {
        let source = self.refer(
            RefKind::Image,
            &picture.source.target,
            span,
            picture.source.span,
        );
        let mut refer = |address: &Option<crate::syntax::directive::SpannedTarget>| {
            address
                .as_ref()
                .map(|address| self.refer(RefKind::Link, &address.target, span, address.span))
        };
        let (lightbox, link) = (refer(&picture.lightbox), refer(&picture.link));
        ImageDirective {
            picture: picture.clone(),
            source,
            lightbox,
            link,
            complex,
        }
    }

    pub(super) fn read_html(&mut self, html: &JoinedHtml) -> Vec<HtmlEdit> {
        let read = extract(html, self.shared.refs.len() as RefId);
        self.shared.refs.extend(read.refs);
        self.shared.anchors.extend(read.anchors);
        read.edits
    }

    pub(super) fn html_block(&mut self, html: &JoinedHtml) {
        let Some(first) = html.pieces().next() else {
            return;
        };
        let indent = first.of(self.masked).len() - first.of(self.masked).trim_start().len();
        match self.directives.at(first.start as usize + indent) {
            Some(found) if found.mask == Mask::Fence => {
                let parts: Vec<Span> = html.pieces().collect();
                let lines = &parts[1..parts.len().saturating_sub(1).max(1)];
                self.nodes.push(Node {
                    kind: NodeKind::MathBlock,
                    span: found.span,
                    len: lines.len() as u32,
                });
                self.nodes.extend(lines.iter().map(|line| Node {
                    kind: NodeKind::Text(None),
                    span: *line,
                    len: 0,
                }));
                return;
            }
            Some(ParsedDirective {
                directive: Directive::Grid(drawn),
                span,
                ..
            }) => {
                grid_table::put(&mut self.nodes, self.source, *span, drawn, self.shared);
                return;
            }
            Some(found) if found.mask == Mask::Block => {
                self.directive(found);
                return;
            }
            _ => {}
        }
        self.opaque.extend(html.pieces());
        let edits = self.read_html(html);
        let mut edits = edits.as_slice();
        for part in html.pieces() {
            let count = edits
                .iter()
                .take_while(|edit| edit.span.start < part.end)
                .count();
            let (own, rest) = edits.split_at(count);
            edits = rest;
            self.nodes.push(Node {
                kind: NodeKind::Html(own.into()),
                span: part,
                len: 0,
            });
        }
    }

    pub(super) fn directive(&mut self, found: &ParsedDirective) {
        let in_quote = self
            .open
            .last()
            .is_some_and(|open| self.nodes[open.node].kind == NodeKind::BlockQuote);
        let kind = match &found.directive {
            Directive::Include(include) => NodeKind::Include {
                reference: self.refer(
                    RefKind::Include,
                    &include.path,
                    found.span,
                    include.path_span,
                ),
                block: true,
            },
            Directive::Snippet(snippet) => NodeKind::Snippet(
                self.refer(
                    RefKind::Snippet,
                    &snippet.path,
                    found.span,
                    snippet.path_span,
                ),
                Box::new(snippet.clone()),
            ),
            Directive::Alert(keyword) if in_quote => NodeKind::Alert(keyword.clone()),
            Directive::Div(attributes) if in_quote => NodeKind::Div(attributes.clone()),
            Directive::Video(address) if in_quote => NodeKind::VideoEmbed(address.clone()),
            Directive::Abbreviation => return,
            Directive::TripleColon(colon) => {
                let kind = self.colon(colon, found.span);
                self.nodes.push(Node {
                    kind,
                    span: found.span,
                    len: 0,
                });
                return;
            }
            _ => {
                self.nodes.push(Node {
                    kind: NodeKind::Paragraph,
                    span: found.span,
                    len: 1,
                });
                self.plain(found.span.range());
                return;
            }
        };
        if matches!(
            kind,
            NodeKind::Alert(_) | NodeKind::Div(_) | NodeKind::VideoEmbed(_)
        ) && let Some(quote) = self.open.last_mut()
        {
            quote.markers.push(found.span.start);
        }
        self.nodes.push(Node {
            kind,
            span: found.span,
            len: 0,
        });
    }

    /// A `:::` directive that stands alone.
    fn colon(&mut self, colon: &TripleColon, span: Span) -> NodeKind {
        match colon {
            TripleColon::Open(container) => {
                self.groups().containers = true;
                match container {
                    Container::Image(picture) => {
                        NodeKind::ImageDirective(Box::new(self.picture(picture, span, true)))
                    }
                    other => NodeKind::Container(Box::new(other.clone())),
                }
            }
            TripleColon::Close(name) => {
                self.groups().containers = true;
                NodeKind::ContainerEnd(name)
            }
            TripleColon::Code(snippet) => NodeKind::Snippet(
                self.refer(RefKind::Snippet, &snippet.path, span, snippet.path_span),
                snippet.clone(),
            ),
            TripleColon::Form(form) => NodeKind::Form(Box::new(form.clone())),
            TripleColon::Image(picture) => {
                NodeKind::ImageDirective(Box::new(self.picture(picture, span, false)))
            }
            TripleColon::Video(film) => NodeKind::VideoDirective(film.clone()),
            TripleColon::NoLoc(words) => NodeKind::NoLoc(words.clone()),
        }
    }
}
