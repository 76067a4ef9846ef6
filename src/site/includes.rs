//! Links of all documents -> who includes whom: fragments in pages, code in fragments, tocs in tocs. An include that closes a cycle, or makes
//! a page too large, is cut off here, so every later walk into includes ends.

use std::sync::Arc;

use crate::source::{SitePath, SourceId};
use crate::syntax::RefId;
use crate::syntax::reference::Outgoing;

use super::document_links::DocumentLinks;
use super::input::LinkInput;
use super::target::{BrokenReason, Target};
use super::toc_reference::is_nested;

/// The most bytes of text a page may have with all it includes. Files that include each other twice double with each level, so a few small
/// files could otherwise fill the memory.
const MAX_PAGE_SIZE: usize = 16 * 1024 * 1024;

/// Includes nest no deeper than this: walks into them are recursive.
pub(super) const MAX_DEPTH: usize = 100;

/// True for a reference that shows another file in its place.
pub(super) fn is_embedded(reference: Outgoing<'_>, target: &Target) -> bool {
    match target {
        Target::Fragment(_) | Target::Code(_) => true,
        Target::Toc(_) => is_nested(reference),
        _ => false,
    }
}

/// For each file the files that include it, each with the reference that does.
pub(super) type Includers = Vec<Vec<(SourceId, RefId)>>;

/// Cuts off bad includes in `links`, and restores those that are good again.
pub(super) fn settle(input: LinkInput<'_>, links: &mut [Option<Arc<DocumentLinks>>]) -> Includers {
    let mut walk = IncludeWalk {
        input,
        links,
        sizes: vec![Size::Unknown; links.len()],
        stack: Vec::new(),
        targets: Vec::new(),
    };
    // In path order, so that it does not depend on chance which include of a cycle is cut off.
    for id in input.layout.ids() {
        walk.size(id);
    }
    // Only what is different is written: links are shared with the graph before, and writing copies them.
    for (id, number, target) in walk.targets {
        if let Some(links) = &mut links[id.index()]
            && links.targets[number as usize] != target
        {
            Arc::make_mut(links).targets[number as usize] = target;
        }
    }
    includers(input, links)
}

fn includers(input: LinkInput<'_>, links: &[Option<Arc<DocumentLinks>>]) -> Includers {
    let mut includers = vec![Vec::new(); links.len()];
    for id in input.layout.ids() {
        let Some(links) = &links[id.index()] else {
            continue;
        };
        for (number, _) in &links.embeds {
            if let Target::Fragment(fragment) = &links.targets[*number as usize] {
                includers[fragment.index()].push((id, *number));
            }
        }
    }
    includers
}

#[derive(Clone, Copy)]
enum Size {
    Unknown,
    /// The file is on the way down to the one being looked at.
    Open,
    Known(usize),
}

struct IncludeWalk<'a> {
    input: LinkInput<'a>,
    links: &'a [Option<Arc<DocumentLinks>>],
    sizes: Vec<Size>,
    stack: Vec<SourceId>,
    /// The target each embedding reference has in the end.
    targets: Vec<(SourceId, RefId, Target)>,
}

impl IncludeWalk<'_> {
    /// Roughly how many bytes a file has with all it includes.
    fn size(&mut self, id: SourceId) -> usize {
        if let Size::Known(size) = self.sizes[id.index()] {
            return size;
        }
        let mut size = self.input.rough_sizes[id.index()];
        self.sizes[id.index()] = Size::Open;
        self.stack.push(id);
        let links = self.links;
        if let Some(own) = &links[id.index()] {
            for (number, target) in &own.embeds {
                let target = match self.embed(target, &mut size) {
                    Some(reason) => Target::Broken(reason),
                    None => target.clone(),
                };
                self.targets.push((id, *number, target));
            }
        }
        self.stack.pop();
        self.sizes[id.index()] = Size::Known(size);
        size
    }

    /// Adds what `target` is large to `size`, or gives the reason why it can't be embedded.
    fn embed(&mut self, target: &Target, size: &mut usize) -> Option<BrokenReason> {
        let (Target::Fragment(other) | Target::Code(other) | Target::Toc(other)) = target else {
            return None;
        };
        // The other file is on the way down to this one.
        if matches!(self.sizes[other.index()], Size::Open) {
            return Some(BrokenReason::Cycle(self.cycle(*other)));
        }
        // This walk is recursive, as are those of rendering: a deep chain of files must not overflow the stack.
        if self.stack.len() >= MAX_DEPTH {
            return Some(BrokenReason::TooLarge);
        }
        let whole = size.saturating_add(self.size(*other));
        // The include that crosses the limit is cut off, those before it stay: authors see where it happens.
        if whole > MAX_PAGE_SIZE {
            return Some(BrokenReason::TooLarge);
        }
        *size = whole;
        None
    }

    /// The files from `first` down to the current one, and `first` again.
    fn cycle(&self, first: SourceId) -> Vec<SitePath> {
        let start = self.stack.iter().position(|&id| id == first).unwrap_or(0);
        let mut paths = Vec::new();
        for &id in self.stack[start..].iter().chain([&first]) {
            paths.push(self.input.path(id).clone());
        }
        paths
    }
}
