//! Lists and fragments next to each other -> the number that the steps of the next list begin with. Readers see one procedure, although a step
//! in a file of its own ends the list around it. Doesn't know how lists are written.

use crate::syntax::Tree;
use crate::syntax::tree::NodeKind;

/// How far the steps have come at the end of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StepCount {
    /// The number of the next step, with those of fragments counted.
    pub next: u64,
    /// The number of the next step of the file's own, as an author counts who leaves out those of fragments.
    pub own: u64,
    /// True once a fragment with steps came after the list.
    pub after_fragment: bool,
}

impl StepCount {
    /// The number for a list that is typed with `first`. A number that continues neither count was chosen by the author.
    pub fn number(self, first: u64) -> u64 {
        // Two lists without a fragment between them are two procedures.
        if self.after_fragment && (first == 1 || first == self.own) {
            return self.next;
        }
        first
    }
}

/// True for what is between the steps of one procedure: lists with numbers, and fragments.
pub(super) fn may_continue_steps(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::List(Some(_)) | NodeKind::Include { block: true, .. }
    )
}

/// True if there is nothing in a fragment but lists with numbers, the first of which begins with 1.
pub(super) fn has_only_steps(tree: &Tree) -> bool {
    let mut first = None;
    for block in tree.children(None) {
        match tree.nodes[block].kind {
            NodeKind::List(Some(number)) => first = first.or(Some(number)),
            _ => return false,
        }
    }
    first == Some(1)
}
