//! Who includes whom: fragments in pages, code in fragments, tocs in tocs. What comes back to itself, or multiplies beyond reason, is cut
//! here, so that nothing later can run for ever.

use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::{RefId, Reference};

use super::Linked;
use super::navigation::is_nested;
use super::resolve::{Target, Why};

/// A page of more bytes than this is a mistake: it would fill a shelf.
const LARGEST: usize = 16 * 1024 * 1024;

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
    Known(usize),
}

struct Walk<'a> {
    sources: &'a Sources,
    linked: &'a mut [Option<Linked>],
    sizes: Vec<Size>,
    stack: Vec<SourceId>,
}

impl Walk<'_> {
    /// How many bytes a file has with all it includes. The walk is as deep as includes are nested; a chain longer than this is cut too.
    fn size(&mut self, id: SourceId) -> usize {
        const DEEPEST: usize = 100;
        if let Size::Known(size) = self.sizes[id.index()] {
            return size;
        }
        let mut size = self.sources.get(id).text.len();
        let included = self.included(id);
        self.sizes[id.index()] = Size::Open;
        self.stack.push(id);
        for (number, other) in included {
            let why = match self.sizes[other.index()] {
                Size::Open => Some(Why::Cycle(self.chain(other))),
                _ if self.stack.len() >= DEEPEST => Some(Why::TooLarge),
                _ => {
                    let whole = size.saturating_add(self.size(other));
                    let fits = whole <= LARGEST;
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

    fn included(&self, id: SourceId) -> Vec<(usize, SourceId)> {
        let Some(linked) = &self.linked[id.index()] else { return Vec::new() };
        let pairs = linked.document.refs.iter().zip(&linked.targets).enumerate();
        let of = |(number, (reference, target)): (usize, (&Reference, &Target))| match target {
            Target::Fragment(file) | Target::Code(file) => Some((number, *file)),
            Target::Toc(toc) if is_nested(reference) => Some((number, *toc)),
            _ => None,
        };
        pairs.filter_map(of).collect()
    }

    fn chain(&self, back_to: SourceId) -> Vec<SitePath> {
        let start = self.stack.iter().position(|&id| id == back_to).unwrap_or(0);
        let ids = self.stack[start..].iter().chain([&back_to]);
        ids.map(|&id| self.sources.get(id).path.clone()).collect()
    }
}
