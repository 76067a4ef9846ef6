//! A text -> its nodes in reading order, with those of the fragments it includes in place. The only walk into includes.
//!
//! It ends, and needs no limit of its own: every include that closes a cycle, nests too deep or makes a page too large was cut off when the
//! site was linked, and has no fragment as its target.

use std::collections::BTreeSet;

use crate::source::SourceId;
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{Body, Document, RefId, Reference, Tree};

use super::linked_site::Site;
use super::target::Target;

/// An included fragment.
#[derive(Debug, Clone, Copy)]
pub struct Fragment<'s> {
    /// Its file.
    pub source: SourceId,
    /// What is in the file.
    pub document: &'s Document,
    /// Its text.
    pub tree: &'s Tree,
    /// The file that includes it.
    pub includer: SourceId,
    /// The reference that does.
    pub reference: &'s Reference,
    /// True if it is included within a line, or by a fragment that is: its blocks are only words there.
    pub inline: bool,
}

/// A step of the walk.
#[derive(Debug, Clone, Copy)]
pub enum Expanded<'s> {
    /// The nodes of a fragment follow.
    Enter(Fragment<'s>),
    /// A node.
    Node(ExpandedNode<'s>),
    /// The nodes of the fragment that was entered last end here.
    Leave,
}

/// A node of a text or of a fragment in it.
#[derive(Debug, Clone, Copy)]
pub struct ExpandedNode<'s> {
    /// The file it is in.
    pub source: SourceId,
    /// The tree it is in.
    pub tree: &'s Tree,
    /// Its place in that tree.
    pub at: usize,
    /// The node.
    pub node: &'s Node,
    /// True within a line: blocks are only words there.
    pub inline: bool,
}

/// See [`Site::expand`].
#[derive(Debug)]
pub struct Expand<'s> {
    site: &'s Site,
    /// The texts that have been entered, each with the place of its next node.
    open: Vec<(ExpandedText<'s>, usize)>,
}

#[derive(Debug, Clone, Copy)]
struct ExpandedText<'s> {
    source: SourceId,
    tree: &'s Tree,
    inline: bool,
}

impl Site {
    /// The nodes of `tree`, a text of the file `source`, and of what it includes.
    pub fn expand<'s>(&'s self, source: SourceId, tree: &'s Tree) -> Expand<'s> {
        let text = ExpandedText {
            source,
            tree,
            inline: false,
        };
        Expand {
            site: self,
            open: vec![(text, 0)],
        }
    }

    /// A file and all fragments that it includes, at any depth.
    pub fn fragments(&self, source: SourceId) -> BTreeSet<SourceId> {
        let mut found = BTreeSet::from([source]);
        let mut open = vec![source];
        while let Some(id) = open.pop() {
            let Some(linked) = self.linked(id) else {
                continue;
            };
            for target in linked.targets {
                if let Target::Fragment(fragment) = target
                    && found.insert(*fragment)
                {
                    open.push(*fragment);
                }
            }
        }
        found
    }

    /// The files that include a file, at any depth.
    pub fn including(&self, source: SourceId) -> BTreeSet<SourceId> {
        let mut found = BTreeSet::new();
        let mut open = vec![source];
        while let Some(id) = open.pop() {
            for (includer, _) in self.includers(id) {
                if found.insert(*includer) {
                    open.push(*includer);
                }
            }
        }
        found
    }

    /// The fragment that a reference includes; nothing if it includes none, or was cut off.
    pub fn included(&self, source: SourceId, reference: RefId) -> Option<Fragment<'_>> {
        let (reference, Target::Fragment(fragment)) = self.reference(source, reference)? else {
            return None;
        };
        let document = self.linked(*fragment)?.document;
        // The resolver accepts nothing else as a fragment; a toc or landing page has no nodes to show.
        let Body::Article(tree) = &document.body else {
            return None;
        };
        Some(Fragment {
            source: *fragment,
            document,
            tree,
            includer: source,
            reference,
            inline: false,
        })
    }
}

impl<'s> Iterator for Expand<'s> {
    type Item = Expanded<'s>;

    fn next(&mut self) -> Option<Expanded<'s>> {
        let (text, next) = self.open.last_mut()?;
        let (text, at) = (*text, *next);
        let Some(node) = text.tree.nodes.get(at) else {
            self.open.pop();
            // The text itself was not entered.
            return if self.open.is_empty() {
                None
            } else {
                Some(Expanded::Leave)
            };
        };
        *next += 1;
        if let NodeKind::Include { reference, block } = node.kind
            && let Some(mut fragment) = self.site.included(text.source, reference)
        {
            // A block fragment inside one that is part of a line is part of the line, too.
            fragment.inline = text.inline || !block;
            let inner = ExpandedText {
                source: fragment.source,
                tree: fragment.tree,
                inline: fragment.inline,
            };
            self.open.push((inner, 0));
            return Some(Expanded::Enter(fragment));
        }
        Some(Expanded::Node(ExpandedNode {
            source: text.source,
            tree: text.tree,
            at,
            node,
            inline: text.inline,
        }))
    }
}
