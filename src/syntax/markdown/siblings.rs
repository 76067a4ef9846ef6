//! Nodes that get the siblings behind them as their content.

use crate::source::Span;
use crate::syntax::tree::Node;

/// Ends the node `open`, if there is one: everything behind it is in it.
pub(super) fn close(nodes: &mut [Node], open: &mut Option<usize>) {
    let Some(start) = open.take() else {
        return;
    };
    nodes[start].len = (nodes.len() - start - 1) as u32;
    // A node that gets no content has its own span as the last one.
    let last = nodes[nodes.len() - 1].span;
    nodes[start].span = Span {
        start: nodes[start].span.start,
        end: last.end.max(nodes[start].span.end),
    };
}
