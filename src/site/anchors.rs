//! The ids a link to a page can name: those the page gives, and those of all it includes.

use crate::source::SourceId;

use super::{Site, Target};

pub(super) fn of(site: &Site, id: SourceId) -> Vec<&str> {
    let mut ids = Vec::new();
    let mut seen = vec![id];
    let mut next = 0;
    while let Some(&id) = seen.get(next) {
        next += 1;
        let Some(linked) = site.linked(id) else { continue };
        ids.extend(linked.document.anchors.iter().map(|anchor| &*anchor.id));
        for target in &linked.targets {
            if let Target::Fragment(fragment) = target
                && !seen.contains(fragment)
            {
                seen.push(*fragment);
            }
        }
    }
    ids
}
