//! Directives that were masked while CommonMark was read -> nodes.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::directive::{
    Container, Directive, ImageAttributes, Include, Mask, ParsedDirective, Snippet, SpannedTarget,
    TripleColon, VideoDirective,
};
use crate::syntax::reference::{RefId, RefKind};
use crate::syntax::tree::{ImageDirective, Node, NodeKind};

use super::builder::Builder;

impl Builder<'_> {
    /// True if an inline directive that is alone on its line begins at byte `start`.
    pub(super) fn is_masked_inline(&self, start: usize) -> bool {
        match self.input.directives.at(start) {
            Some(found) => found.mask == Mask::Autolink,
            None => false,
        }
    }

    /// Adds the directive within text whose mask is at `range`.
    pub(super) fn inline_directive(&mut self, range: &Range<usize>) {
        let Some(found) = self.input.directives.at(range.start) else {
            return;
        };
        match &found.directive {
            Directive::Include(include) => {
                let kind = self.include(include, found.span, false);
                self.push(kind, found.span);
            }
            Directive::TripleColon(TripleColon::Image(image)) => {
                let kind = self.image_directive(image, found.span, false);
                self.push(kind, found.span);
            }
            Directive::TripleColon(TripleColon::Video(video)) => {
                let video = self.video_directive(video, found.span);
                self.push(NodeKind::VideoDirective(video), found.span);
            }
            Directive::TripleColon(TripleColon::NoLoc(words)) => {
                self.push(NodeKind::NoLoc(words.clone()), found.span);
            }
            Directive::Xref(uid) => {
                let reference = self.refer(RefKind::Uid, &uid.target, found.span, uid.span);
                self.push(NodeKind::Xref(reference), found.span);
            }
            Directive::Math(inner) => self.push(NodeKind::Math, *inner),
            Directive::Attributes(attributes) => {
                self.attach(found.span, (**attributes).clone());
            }
            // All others mean something only at the start of a line.
            _ => self.plain(range.clone()),
        }
    }

    /// Adds a directive that is alone on its line.
    pub(super) fn block_directive(&mut self, found: &ParsedDirective) {
        let span = found.span;
        let kind = match &found.directive {
            Directive::Include(include) => self.include(include, span, true),
            Directive::Snippet(snippet) => self.snippet(snippet, span),
            Directive::TripleColon(directive) => self.triple_colon(directive, span),
            Directive::Abbreviation => return,
            other => match quote_directive(other) {
                Some(kind) if self.begins_in_quote() => {
                    if let Some(quote) = self.open.last_mut() {
                        quote.markers.push(span.start);
                    }
                    kind
                }
                // The line before made it part of something else: it is text.
                _ => {
                    self.nodes.push(Node {
                        kind: NodeKind::Paragraph,
                        span,
                        len: 1,
                    });
                    self.plain(span.range());
                    return;
                }
            },
        };
        self.push(kind, span);
    }

    fn begins_in_quote(&self) -> bool {
        match self.open.last() {
            Some(open) => self.nodes[open.node].kind == NodeKind::BlockQuote,
            None => false,
        }
    }

    fn include(&mut self, include: &Include, span: Span, block: bool) -> NodeKind {
        NodeKind::Include {
            reference: self.refer(RefKind::Include, &include.path, span, include.path_span),
            block,
        }
    }

    fn snippet(&mut self, snippet: &Snippet, span: Span) -> NodeKind {
        let reference = self.refer(RefKind::Snippet, &snippet.path, span, snippet.path_span);
        NodeKind::Snippet(reference, Box::new(snippet.clone()))
    }

    fn triple_colon(&mut self, directive: &TripleColon, span: Span) -> NodeKind {
        match directive {
            TripleColon::Open(container) => {
                self.groups().containers = true;
                match container {
                    Container::Image(image) => self.image_directive(image, span, true),
                    Container::Video(video) => {
                        let video = self.video_directive(video, span);
                        NodeKind::Container(Box::new(Container::Video(video)))
                    }
                    other => NodeKind::Container(Box::new(other.clone())),
                }
            }
            TripleColon::Close(opener) => {
                self.groups().containers = true;
                NodeKind::ContainerEnd(*opener)
            }
            TripleColon::Code(snippet) => self.snippet(snippet, span),
            TripleColon::Form(form) => NodeKind::Form(Box::new(form.clone())),
            TripleColon::Image(image) => self.image_directive(image, span, false),
            TripleColon::Video(video) => {
                NodeKind::VideoDirective(self.video_directive(video, span))
            }
            TripleColon::NoLoc(words) => NodeKind::NoLoc(words.clone()),
        }
    }

    fn image_directive(
        &mut self,
        attributes: &ImageAttributes,
        span: Span,
        complex: bool,
    ) -> NodeKind {
        let source = &attributes.source;
        let source = self.refer(RefKind::Image, &source.target, span, source.span);
        let lightbox = self.link_of(&attributes.lightbox, span);
        let link = self.link_of(&attributes.link, span);
        NodeKind::ImageDirective(Box::new(ImageDirective {
            picture: attributes.clone(),
            source,
            lightbox,
            link,
            complex,
        }))
    }

    /// A video with the reference to its file, if it is one of the site.
    fn video_directive(&mut self, video: &VideoDirective, span: Span) -> Box<VideoDirective> {
        let mut video = Box::new(video.clone());
        let source = &video.source;
        // `//host/film` is an address, too.
        let is_file = !source.target.contains(':') && !source.target.starts_with("//");
        if is_file {
            video.file = Some(self.refer(RefKind::Link, &source.target, span, source.span));
        }
        video
    }

    fn link_of(&mut self, target: &Option<SpannedTarget>, span: Span) -> Option<RefId> {
        let target = target.as_ref()?;
        Some(self.refer(RefKind::Link, &target.target, span, target.span))
    }
}

/// The node of a directive that divides a quote.
fn quote_directive(directive: &Directive) -> Option<NodeKind> {
    match directive {
        Directive::Alert(keyword) => Some(NodeKind::Alert(keyword.clone())),
        Directive::Div(attributes) => Some(NodeKind::Div(attributes.clone())),
        Directive::Video(address) => Some(NodeKind::VideoEmbed(address.clone())),
        _ => None,
    }
}
