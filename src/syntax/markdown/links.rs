//! Links and images -> nodes with references.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use crate::source::Span;
use crate::syntax::directive::unmasked;
use crate::syntax::reference::{RefId, RefKind, after_xref};
use crate::syntax::tree::NodeKind;

use super::builder::Builder;
use super::link_destination;

/// What pulldown-cmark says of a link.
struct LinkSource<'l> {
    link_type: LinkType,
    range: &'l Range<usize>,
    /// The definition of a reference link.
    definition: Option<Range<usize>>,
}

impl Builder<'_> {
    /// The node of a link or image that begins.
    pub(super) fn start_link(
        &mut self,
        tag: &Tag<'_>,
        range: &Range<usize>,
        definition: &dyn Fn(&str) -> Option<Range<usize>>,
    ) -> NodeKind {
        let (Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }
        | Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) = tag
        else {
            return NodeKind::Paragraph;
        };
        match link_type {
            LinkType::Autolink | LinkType::Email => self.literal += 1,
            _ => self.links += 1,
        }
        // The title of a link that has none is the empty text; in the tree it is missing.
        let link = LinkSource {
            link_type: *link_type,
            range,
            definition: definition(id),
        };
        let dest_url = &*unmasked(dest_url);
        let title: Option<Box<str>> = (!title.is_empty()).then(|| unmasked(title).into());
        if matches!(tag, Tag::Image { .. }) {
            return NodeKind::Image(self.reference(RefKind::Image, dest_url, link), title);
        }
        match (link.link_type, after_xref(dest_url)) {
            (LinkType::Autolink, Some(uid)) => {
                let start = range.start + "<xref:".len();
                let target_span = Span::new(start, range.end.saturating_sub(1));
                // DocFX takes quotes around a uid, which may have spaces then (DocFX spec 9.1).
                let uid = uid.trim_matches(['"', '\'']);
                let span = Span::from(range.clone());
                NodeKind::Xref(self.refer(RefKind::Uid, uid, span, target_span))
            }
            (_, Some(uid)) => NodeKind::Link(self.reference(RefKind::Uid, uid, link), title),
            // pulldown-cmark gives `<a@b.no>` without its scheme; a link needs one.
            (LinkType::Email, None) => {
                let address = format!("mailto:{dest_url}");
                NodeKind::Link(self.reference(RefKind::Link, &address, link), None)
            }
            (_, None) => NodeKind::Link(self.reference(RefKind::Link, dest_url, link), title),
        }
    }

    /// For an inline link the bytes of its destination are known only when it ends: see [`Self::find_destination`].
    fn reference(&mut self, kind: RefKind, target: &str, link: LinkSource<'_>) -> RefId {
        let range = link.range;
        let target_span = match (link.link_type, link.definition) {
            (LinkType::Autolink | LinkType::Email, _) => {
                Span::new(range.start + 1, range.end.saturating_sub(1))
            }
            (LinkType::Inline, _) | (_, None) => Span::at(range.start),
            (_, Some(definition)) => {
                let address = link_destination::of_definition(self.source, &definition);
                self.target_span(kind, address)
            }
        };
        self.refer(kind, target, range.clone().into(), target_span)
    }

    /// Sets the bytes of the destination of the link `at`, which ends now.
    pub(super) fn find_destination(&mut self, at: usize, reference: RefId, range: &Range<usize>) {
        let text_end = match self.nodes[at + 1..].iter().map(|node| node.span.end).max() {
            Some(end) => end as usize,
            None => range.start,
        };
        let Some(known) = self.context.refs.get(reference as usize) else {
            return;
        };
        // Only inline links have no bytes yet. Those of reference links are in the definition,
        // which may be far away.
        if !known.target_span.is_empty() {
            return;
        }
        let address = link_destination::of_inline(self.source, range, text_end);
        let target_span = self.target_span(known.kind, address);
        self.context.refs[reference as usize].target_span = target_span;
    }

    /// The bytes of an address, but of `xref:uid` only those of the uid.
    fn target_span(&self, kind: RefKind, address: Span) -> Span {
        if kind == RefKind::Uid && after_xref(address.of(self.source)).is_some() {
            return Span {
                start: address.start + "xref:".len() as u32,
                ..address
            };
        }
        address
    }
}
