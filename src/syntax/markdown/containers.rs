//! The lines of `:::` blocks, among siblings -> containers with their content.

use crate::diagnostic::Code;
use crate::message;
use crate::source::Span;
use crate::syntax::directive::{Container, SyntaxProblem};
use crate::syntax::tree::{Node, NodeKind};

use super::siblings::close;
use super::tabs;

/// Puts into each container among the outermost of `nodes[from..]` what follows up to its end (DocFX spec 7). A container that isn't
/// closed runs to the end, and is reported; an end without a start is text.
pub(super) fn gather(nodes: &mut Vec<Node>, from: usize) -> Vec<SyntaxProblem> {
    let siblings = nodes.split_off(from);
    let mut unclosed = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    while let Some(sibling) = siblings.get(next) {
        let end = next + 1 + sibling.len as usize;
        // Only siblings are looked at: a block can't begin in a list and end behind it.
        if opened_name(&sibling.kind).is_some() {
            open.push(nodes.len());
            nodes.push(sibling.clone());
        } else if let NodeKind::ContainerEnd(opener) = sibling.kind {
            let is_opener = |at: &usize| nodes[*at].span.start == opener;
            match open.iter().rposition(is_opener) {
                Some(at) => {
                    // What the author forgot to close ends here, too; otherwise one missing line would take the rest of the page.
                    let inner = open.split_off(at + 1);
                    end_unclosed(nodes, inner, &mut unclosed);
                    close_container(nodes, open.pop(), Some(sibling.span));
                }
                None => end_without_start(nodes, sibling.span),
            }
        } else {
            nodes.extend_from_slice(&siblings[next..end]);
        }
        next = end;
    }
    end_unclosed(nodes, open, &mut unclosed);
    unclosed
}

/// The words in the opening line of a container that name it.
fn opened_name(kind: &NodeKind) -> Option<&str> {
    match kind {
        NodeKind::Container(container) => Some(match &**container {
            Container::Custom(custom) => &custom.name,
            other => other.name(),
        }),
        NodeKind::ImageDirective(image) if image.complex => Some("image"),
        _ => None,
    }
}

fn end_unclosed(nodes: &mut Vec<Node>, open: Vec<usize>, problems: &mut Vec<SyntaxProblem>) {
    for at in open.into_iter().rev() {
        let name = opened_name(&nodes[at].kind).unwrap_or_default();
        let end = match (&nodes[at].kind, name) {
            (NodeKind::Container(container), _) if container.name().is_empty() => ":::".to_owned(),
            (_, "zone" | "moniker") => format!("::: {name}-end"),
            _ => format!(":::{name}-end:::"),
        };
        problems.push(SyntaxProblem {
            code: Code::UnclosedBlock,
            span: nodes[at].span,
            message: message!("`:::{name}` is not closed", name),
            help: message!("Write `{end}` where it ends.", end),
        });
        close_container(nodes, Some(at), None);
    }
}

fn end_without_start(nodes: &mut Vec<Node>, span: Span) {
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
}

/// Ends the container at `open`; its end line, if it has one, is at `end`.
fn close_container(nodes: &mut Vec<Node>, open: Option<usize>, end: Option<Span>) {
    let Some(start) = open else {
        return;
    };
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
