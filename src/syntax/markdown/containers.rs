//! The lines of `:::` blocks, among siblings -> containers with their content.

use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};

use super::siblings::close;
use super::tabs;

/// A container whose end hasn't come yet.
struct OpenContainer {
    node: usize,
    name: &'static str,
}

/// Puts into each container among the outermost of `nodes[from..]` what follows up to its end (DocFX spec 7). A container that isn't
/// closed runs to the end; an end without a start is text.
pub(super) fn gather(nodes: &mut Vec<Node>, from: usize) {
    let siblings = nodes.split_off(from);
    let mut open: Vec<OpenContainer> = Vec::new();
    let mut next = 0;
    while let Some(sibling) = siblings.get(next) {
        let end = next + 1 + sibling.len as usize;
        // Only siblings are looked at: a block can't begin in a list and end behind it.
        if let Some(name) = opened_name(&sibling.kind) {
            open.push(OpenContainer {
                node: nodes.len(),
                name,
            });
            nodes.push(sibling.clone());
        } else if let NodeKind::ContainerEnd(name) = sibling.kind {
            end_container(nodes, &mut open, name, sibling.span);
        } else {
            nodes.extend_from_slice(&siblings[next..end]);
        }
        next = end;
    }
    while let Some(container) = open.pop() {
        close_container(nodes, &container, None);
    }
}

fn opened_name(kind: &NodeKind) -> Option<&'static str> {
    match kind {
        NodeKind::Container(container) => Some(container.name()),
        NodeKind::ImageDirective(image) if image.complex => Some("image"),
        _ => None,
    }
}

fn end_container(nodes: &mut Vec<Node>, open: &mut Vec<OpenContainer>, name: &str, span: Span) {
    let Some(inner) = open.iter().rposition(|container| container.name == name) else {
        nodes.push(Node {
            kind: NodeKind::Paragraph,
            span,
            len: 1,
        });
        nodes.push(Node {
            kind: NodeKind::Text(None),
            span,
            len: 0,
        });
        return;
    };
    for container in open.drain(inner..).rev() {
        close_container(nodes, &container, Some(span));
    }
}

/// Ends a container; its end line, if it has one, is at `end`.
fn close_container(nodes: &mut Vec<Node>, container: &OpenContainer, end: Option<Span>) {
    let start = container.node;
    let is_tab = |node: &Node| matches!(node.kind, NodeKind::Tab(_));
    // Tabs are grouped when their parent ends, and the parent of these is this container only from now on.
    if nodes[start + 1..].iter().any(is_tab) {
        tabs::gather(nodes, start + 1);
    }
    close(nodes, &mut Some(start));
    if let Some(end) = end {
        nodes[start].span.end = end.end;
    }
}
