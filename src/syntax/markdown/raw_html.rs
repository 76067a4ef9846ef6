//! Raw HTML -> nodes. Masked directives come as raw HTML, too: their places tell them apart.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::directive::{Directive, Mask};
use crate::syntax::html::extract::extract;
use crate::syntax::html::joined::JoinedHtml;
use crate::syntax::reference::RefId;
use crate::syntax::tree::{HtmlEdit, Node, NodeKind};

use super::builder::Builder;

impl Builder<'_> {
    /// Takes a tag or a comment within text.
    pub(super) fn inline_html(&mut self, range: Range<usize>) {
        self.flush();
        if self.input.directives.at(range.start).is_some() {
            self.inline_directive(&range);
            return;
        }
        let mut html = JoinedHtml::default();
        html.push(self.source, Span::from(range.clone()));
        let edits = self.extract(&html);
        let typed = &self.source[range.clone()];
        let start = typed.get(..3).unwrap_or("").to_ascii_lowercase();
        match start.as_str() {
            // Enough for what authors type; an anchor without `href` is taken for a link, too,
            // which only leaves addresses as text.
            "<a " | "<a>" => self.in_raw_link = !typed.ends_with("/>"),
            "</a" => self.in_raw_link = false,
            // An author keeps old directives in comments.
            "<!-" => self.opaque.push(range.clone().into()),
            _ => {}
        }
        self.leaf(NodeKind::Html(edits.into()), range);
    }

    fn extract(&mut self, html: &JoinedHtml) -> Vec<HtmlEdit> {
        let found = extract(html, self.context.refs.len() as RefId);
        self.context.refs.extend(found.refs);
        self.context.anchors.extend(found.anchors);
        found.edits
    }

    /// Takes a block of HTML, line by line.
    pub(super) fn html_block(&mut self, html: &JoinedHtml) {
        let Some(first) = html.pieces().next() else {
            return;
        };
        let masked = first.of(self.input.masked);
        let indent = masked.len() - masked.trim_start().len();
        if let Some(found) = self.input.directives.at(first.start as usize + indent) {
            match (&found.directive, found.mask) {
                (_, Mask::Fence) => return self.math_block(found.span, html),
                (Directive::Grid(grid), _) => return self.grid_table(found.span, grid),
                (_, Mask::Block) => return self.block_directive(found),
                _ => {}
            }
        }
        // What looks like a directive in raw HTML is text, and nothing is reported about it.
        self.opaque.extend(html.pieces());
        let edits = self.extract(html);
        let mut edits = edits.as_slice();
        // A node for each line: the markers of a quote are between them.
        for piece in html.pieces() {
            let is_in_piece = |edit: &HtmlEdit| edit.span.start < piece.end;
            let (own, rest) =
                edits.split_at(edits.iter().take_while(|edit| is_in_piece(edit)).count());
            edits = rest;
            self.push(NodeKind::Html(own.into()), piece);
        }
    }

    /// The lines between the first and the last of a `$$` block.
    fn math_block(&mut self, span: Span, html: &JoinedHtml) {
        let lines: Vec<Span> = html.pieces().collect();
        let inner = &lines[1..lines.len().saturating_sub(1).max(1)];
        self.nodes.push(Node {
            kind: NodeKind::MathBlock,
            span,
            len: inner.len() as u32,
        });
        for line in inner {
            self.push(NodeKind::Text(None), *line);
        }
    }
}
