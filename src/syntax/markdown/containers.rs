//! Siblings that belong together: a quote with alert markers becomes alerts, headings that are tabs become tab groups.

use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};

/// Replaces the quote at `at`, the last subtree of `nodes`, by the alerts, videos and plain quotes its markers divide it into
/// (DocFX spec 4: a marker closes what stands before it).
pub(super) fn divide_quote(nodes: &mut Vec<Node>, at: usize, markers: &[u32]) {
    let quote = nodes.split_off(at);
    let mut open: Option<usize> = None;
    let mut next = 1;
    while let Some(child) = quote.get(next) {
        let end = next + 1 + child.len as usize;
        // Those of quotes within are grouped already.
        let is_marker = markers.binary_search(&child.span.start).is_ok();
        match child.kind {
            NodeKind::Alert(_) | NodeKind::Div(_) if is_marker => {
                close(nodes, &mut open);
                open = Some(nodes.len());
                nodes.push(child.clone());
            }
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

/// Puts into each container among the outermost of `nodes[from..]` what follows up to its end (DocFX spec 7). A container that isn't
/// closed runs to the end; an end of nothing is a word.
pub(super) fn gather_containers(nodes: &mut Vec<Node>, from: usize) {
    let siblings = nodes.split_off(from);
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    let mut next = 0;
    while let Some(sibling) = siblings.get(next) {
        let end = next + 1 + sibling.len as usize;
        let name = match &sibling.kind {
            NodeKind::Container(container) => Some(container.name()),
            NodeKind::ImageDirective(picture) if picture.complex => Some("image"),
            _ => None,
        };
        match (&sibling.kind, name) {
            (_, Some(name)) => {
                open.push((nodes.len(), name));
                nodes.push(sibling.clone());
            }
            (NodeKind::ContainerEnd(name), _) => {
                match open.iter().rposition(|(_, opened)| opened == name) {
                    Some(inner) => {
                        while open.len() > inner {
                            close_container(nodes, open.pop(), Some(sibling.span));
                        }
                    }
                    None => {
                        nodes.push(Node {
                            kind: NodeKind::Paragraph,
                            span: sibling.span,
                            len: 1,
                        });
                        nodes.push(Node {
                            kind: NodeKind::Text(None),
                            span: sibling.span,
                            len: 0,
                        });
                    }
                }
            }
            _ => nodes.extend_from_slice(&siblings[next..end]),
        }
        next = end;
    }
    while let Some(last) = open.pop() {
        close_container(nodes, Some(last), None);
    }
}

fn close_container(nodes: &mut Vec<Node>, open: Option<(usize, &'static str)>, end: Option<Span>) {
    let Some((start, _)) = open else { return };
    if nodes[start + 1..]
        .iter()
        .any(|node| matches!(node.kind, NodeKind::Tab(_)))
    {
        gather_tabs(nodes, start + 1);
    }
    close(nodes, &mut Some(start));
    if let Some(end) = end {
        nodes[start].span.end = end.end;
    }
}

/// Groups the tabs among the outermost of `nodes[from..]`: each runs to the next tab or to a rule, which ends the group and goes (spec 6).
pub(super) fn gather_tabs(nodes: &mut Vec<Node>, from: usize) {
    let siblings = nodes.split_off(from);
    let (mut group, mut tab) = (None, None);
    let mut next = 0;
    while let Some(sibling) = siblings.get(next) {
        let end = next + 1 + sibling.len as usize;
        match sibling.kind {
            NodeKind::Tab(_) => {
                close(nodes, &mut tab);
                if group.is_none() {
                    group = Some(nodes.len());
                    nodes.push(Node {
                        kind: NodeKind::Tabs,
                        span: sibling.span,
                        len: 0,
                    });
                }
                tab = Some(nodes.len());
                nodes.push(sibling.clone());
            }
            NodeKind::ThematicBreak if group.is_some() => {
                close(nodes, &mut tab);
                close(nodes, &mut group);
            }
            _ => nodes.extend_from_slice(&siblings[next..end]),
        }
        next = end;
    }
    close(nodes, &mut tab);
    close(nodes, &mut group);
}

fn close(nodes: &mut [Node], open: &mut Option<usize>) {
    if let Some(start) = open.take() {
        nodes[start].len = (nodes.len() - start - 1) as u32;
        let last = nodes[nodes.len() - 1].span;
        nodes[start].span = Span {
            start: nodes[start].span.start,
            end: last.end.max(nodes[start].span.end),
        };
    }
}
