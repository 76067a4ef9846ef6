//! Headings that are tabs, among siblings -> groups of tabs.

use crate::syntax::tree::{Node, NodeKind};

use super::siblings::close;

/// Groups the tabs among the outermost of `nodes[from..]`: each runs to the next tab or to a thematic break, which ends the group and is
/// dropped (DocFX spec 6).
pub(super) fn gather(nodes: &mut Vec<Node>, from: usize) {
    let siblings = nodes.split_off(from);
    let (mut group, mut tab) = (None, None);
    let mut next = 0;
    while let Some(sibling) = siblings.get(next) {
        let end = next + 1 + sibling.len as usize;
        match sibling.kind {
            NodeKind::Tab(_) => {
                close(nodes, &mut tab);
                // The first tab opens the group; ordinary headings between tabs are content
                // (DocFX spec 6).
                if group.is_none() {
                    group = Some(nodes.len());
                    nodes.push(Node {
                        kind: NodeKind::Tabs,
                        span: sibling.span,
                        len: 0,
                    });
                }
                tab = Some(nodes.len());
                // With its label, which is inside it before its panel is.
                nodes.extend_from_slice(&siblings[next..end]);
            }
            // A thematic break outside of a group is an ordinary one.
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
