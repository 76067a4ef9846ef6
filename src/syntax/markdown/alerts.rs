//! A quote with the markers of alerts -> alerts, videos and plain quotes.

use crate::syntax::tree::{Node, NodeKind};

use super::siblings::close;

/// Replaces the quote at `at`, the last subtree of `nodes`, by the alerts, videos and plain quotes its markers divide it into: a marker ends
/// what is before it (DocFX spec 4.1).
pub(super) fn divide_quote(nodes: &mut Vec<Node>, at: usize, markers: &[u32]) {
    let quote = nodes.split_off(at);
    let mut open: Option<usize> = None;
    let mut next = 1;
    while let Some(child) = quote.get(next) {
        let end = next + 1 + child.len as usize;
        // Alerts that are no markers are those of quotes within, which are divided already.
        let is_marker = markers.binary_search(&child.span.start).is_ok();
        match child.kind {
            NodeKind::Alert(_) | NodeKind::Div(_) if is_marker => {
                close(nodes, &mut open);
                open = Some(nodes.len());
                nodes.push(child.clone());
            }
            // A video is one line; what follows is a new quote (DocFX spec 4.3).
            NodeKind::VideoEmbed(_) if is_marker => {
                close(nodes, &mut open);
                nodes.push(child.clone());
            }
            _ => {
                if open.is_none() {
                    open = Some(nodes.len());
                    nodes.push(Node {
                        kind: NodeKind::BlockQuote,
                        span: child.span,
                        len: 0,
                    });
                }
                nodes.extend_from_slice(&quote[next..end]);
            }
        }
        next = end;
    }
    close(nodes, &mut open);
    // The first of them begins with the sign of the quote.
    if let (Some(first), Some(quote)) = (nodes.get_mut(at), quote.first()) {
        first.span.start = quote.span.start;
    }
}
