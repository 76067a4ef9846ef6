//! Who includes whom. Includes that come back to themselves, or that multiply beyond reason, are cut here, so that nothing later can run
//! for ever.

use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::{Body, Document, RefId};

use super::Linked;
use super::resolve::{Target, Why};

/// A page of more nodes than this is a mistake: a hundred thousand paragraphs.
const MOST_NODES: u64 = 1_000_000;

/// Cuts bad includes in `linked`, and returns for each file who includes it.
pub(super) fn settle(sources: &Sources, linked: &mut [Option<Linked>]) -> Vec<Vec<(SourceId, RefId)>> {
    let mut walk = Walk { sources, linked, sizes: vec![Size::Unknown; sources.texts().len()], stack: Vec::new() };
    for id in sources.ids() {
        walk.size(id);
    }
    let mut includers = vec![Vec::new(); sources.texts().len()];
    for id in sources.ids() {
        let Some(linked) = &linked[id.index()] else { continue };
        for (number, target) in linked.targets.iter().enumerate() {
            if let Target::Fragment(fragment) = target {
                includers[fragment.index()].push((id, number as RefId));
            }
        }
    }
    includers
}

#[derive(Clone, Copy)]
enum Size {
    Unknown,
    Open,
    Known(u64),
}

struct Walk<'a> {
    sources: &'a Sources,
    linked: &'a mut [Option<Linked>],
    sizes: Vec<Size>,
    stack: Vec<SourceId>,
}

impl Walk<'_> {
    /// How many nodes a file has with all it includes. The walk is as deep as includes are nested; a chain longer than this is cut too.
    fn size(&mut self, id: SourceId) -> u64 {
        const DEEPEST: usize = 100;
        if let Size::Known(size) = self.sizes[id.index()] {
            return size;
        }
        let Some(linked) = &self.linked[id.index()] else { return 0 };
        let mut size = nodes(&linked.document);
        let fragments: Vec<(usize, SourceId)> = linked
            .targets
            .iter()
            .enumerate()
            .filter_map(|(number, target)| match target {
                Target::Fragment(fragment) => Some((number, *fragment)),
                _ => None,
            })
            .collect();
        self.sizes[id.index()] = Size::Open;
        self.stack.push(id);
        for (number, fragment) in fragments {
            let why = match self.sizes[fragment.index()] {
                Size::Open => Some(Why::Cycle(self.chain(fragment))),
                _ if self.stack.len() >= DEEPEST => Some(Why::TooLarge),
                _ => {
                    let whole = size.saturating_add(self.size(fragment));
                    let fits = whole <= MOST_NODES;
                    if fits {
                        size = whole;
                    }
                    (!fits).then_some(Why::TooLarge)
                }
            };
            if let (Some(why), Some(linked)) = (why, &mut self.linked[id.index()]) {
                linked.targets[number] = Target::Broken(why);
            }
        }
        self.stack.pop();
        self.sizes[id.index()] = Size::Known(size);
        size
    }

    fn chain(&self, back_to: SourceId) -> Vec<SitePath> {
        let start = self.stack.iter().position(|&id| id == back_to).unwrap_or(0);
        let ids = self.stack[start..].iter().chain([&back_to]);
        ids.map(|&id| self.sources.get(id).path.clone()).collect()
    }
}

fn nodes(document: &Document) -> u64 {
    let count = match &document.body {
        Body::Article(tree) => tree.nodes.len(),
        Body::Tutorial(tutorial) => tutorial.steps.iter().map(|step| step.tree.nodes.len()).sum(),
        _ => 0,
    };
    count as u64 + 1
}
