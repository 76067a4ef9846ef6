//! A page that goes -> the includes, snippets and pictures that nothing else uses. Files that nothing used before are not its matter.

use std::collections::BTreeSet;

use crate::site::{Site, Target};
use crate::source::{SitePath, SourceId};

use super::retired::Retired;

/// The files that only the page uses, directly or through its includes.
pub(super) fn orphans(site: &Site, retired: &Retired) -> BTreeSet<SitePath> {
    let mut gone: BTreeSet<SourceId> = retired.versions.iter().copied().collect();
    let mut orphans = BTreeSet::new();
    loop {
        let mut used = BTreeSet::new();
        let mut candidates = BTreeSet::new();
        for (id, linked) in site.documents() {
            let files = match gone.contains(&id) {
                true => &mut candidates,
                false => &mut used,
            };
            for target in linked.targets {
                files.extend(file_of(site, target));
            }
        }
        let before = gone.len();
        for path in candidates.difference(&used) {
            if let Some(id) = site.sources.find(path.as_str()) {
                gone.insert(id);
            }
            orphans.insert(path.clone());
        }
        // An include that goes may have been the last to use another one.
        if gone.len() == before {
            return orphans;
        }
    }
}

fn file_of(site: &Site, target: &Target) -> Option<SitePath> {
    match target {
        Target::Fragment(id) | Target::Code(id) => Some(site.path(*id).clone()),
        Target::Asset(path) => Some(path.clone()),
        _ => None,
    }
}
