//! Who includes whom: fragments in pages, code in fragments, tocs in tocs. What comes back to itself, or multiplies beyond reason, is cut
//! here, so that nothing later can run for ever.

use std::sync::Arc;

use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::{RefId, Reference};

use super::LinkedDocument;
use super::navigation::is_nested;
use super::resolve::{BrokenReason, Target};

/// A page of more bytes than this is a mistake: it would fill a shelf.
const LARGEST: usize = 16 * 1024 * 1024;

/// The references by which a document shows other files, each with where it leads if nothing stands in the way.
pub(super) fn shown(references: &[Reference], targets: &[Target]) -> Vec<(RefId, Target)> {
    let is_shown = |reference: &Reference, target: &Target| match target {
        Target::Fragment(_) | Target::Code(_) => true,
        Target::Toc(_) => is_nested(reference),
        _ => false,
    };
    let pairs = references.iter().zip(targets).enumerate();
    pairs
        .filter(|(_, (reference, target))| is_shown(reference, target))
        .map(|(number, (_, target))| (number as RefId, target.clone()))
        .collect()
}

/// Cuts bad includes in `linked`, and mends those that were bad before. Returns for each file who includes it, and the files that are
/// linked otherwise than before.
pub(super) fn settle(
    sources: &Sources,
    linked: &mut [Option<Arc<LinkedDocument>>],
) -> (Vec<Vec<(SourceId, RefId)>>, Vec<SourceId>) {
    let mut walk = Walk {
        sources,
        linked,
        sizes: vec![Size::Unknown; sources.texts().len()],
        stack: Vec::new(),
        verdicts: Vec::new(),
    };
    for id in sources.ids() {
        walk.size(id);
    }
    let verdicts = walk.verdicts;
    let mut changed = Vec::new();
    for (id, number, target) in verdicts {
        if let Some(linked) = &mut linked[id.index()]
            && linked.targets[number as usize] != target
        {
            Arc::make_mut(linked).targets[number as usize] = target;
            changed.push(id);
        }
    }
    let mut includers = vec![Vec::new(); sources.texts().len()];
    for id in sources.ids() {
        let Some(linked) = &linked[id.index()] else {
            continue;
        };
        for (number, _) in &linked.shown {
            if let Target::Fragment(fragment) = &linked.targets[*number as usize] {
                includers[fragment.index()].push((id, *number));
            }
        }
    }
    (includers, changed)
}

#[derive(Clone, Copy)]
enum Size {
    Unknown,
    Open,
    Known(usize),
}

struct Walk<'a> {
    sources: &'a Sources,
    linked: &'a [Option<Arc<LinkedDocument>>],
    sizes: Vec<Size>,
    stack: Vec<SourceId>,
    /// Where each reference that shows another file really leads.
    verdicts: Vec<(SourceId, RefId, Target)>,
}

impl Walk<'_> {
    /// How many bytes a file has with all it includes. The walk is as deep as includes are nested; a chain longer than this is cut too.
    fn size(&mut self, id: SourceId) -> usize {
        const DEEPEST: usize = 100;
        if let Size::Known(size) = self.sizes[id.index()] {
            return size;
        }
        let mut size = self.sources.get(id).text.len();
        self.sizes[id.index()] = Size::Open;
        self.stack.push(id);
        let linked = self.linked;
        for (number, target) in linked[id.index()].iter().flat_map(|linked| &linked.shown) {
            let (Target::Fragment(other) | Target::Code(other) | Target::Toc(other)) = target
            else {
                continue;
            };
            let why = match self.sizes[other.index()] {
                Size::Open => Some(BrokenReason::Cycle(self.chain(*other))),
                _ if self.stack.len() >= DEEPEST => Some(BrokenReason::TooLarge),
                _ => {
                    let whole = size.saturating_add(self.size(*other));
                    let fits = whole <= LARGEST;
                    if fits {
                        size = whole;
                    }
                    (!fits).then_some(BrokenReason::TooLarge)
                }
            };
            self.verdicts.push((
                id,
                *number,
                why.map_or_else(|| target.clone(), Target::Broken),
            ));
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
