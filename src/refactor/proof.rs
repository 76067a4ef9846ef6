//! A site before and after a move -> the references that no longer lead to where they led. Knows nothing of how the move was planned, so that
//! it finds what the plan forgot.

use crate::site::{Site, Target};
use crate::source::{SitePath, SourceId};
use crate::syntax::RefKind;

use super::moves::Relocation;

/// The references that lead elsewhere in `after`, each as `file: address`.
pub fn lost_links(before: &Site, after: &Site, relocation: &Relocation) -> Vec<String> {
    let mut lost = Vec::new();
    for (id, _) in before.documents() {
        let path = relocation.path_after(before.path(id));
        let Some(new_id) = after.sources.find(path.as_str()) else {
            lost.push(format!("{path}: the file itself"));
            continue;
        };
        let old = MeaningfulTargets::of(before, id, |path| relocation.path_after(path).clone());
        let new = MeaningfulTargets::of(after, new_id, |path| path.clone());
        // Then the number of a reference no longer says which one it is.
        if old.0.len() != new.0.len() {
            lost.push(format!("{path}: some of its references"));
            continue;
        }
        for (number, (old, new)) in old.0.iter().zip(&new.0).enumerate() {
            // What led nowhere can only get better.
            if old.1 != new.1 && !old.1.is_empty() {
                let typed = &old.0;
                lost.push(format!("{path}: `{typed}` (reference {number})"));
            }
        }
    }
    lost
}

/// What the references of a file lead to, as paths of sources: numbers of pages differ from site to site.
struct MeaningfulTargets(Vec<(String, Vec<SitePath>)>);

impl MeaningfulTargets {
    fn of(site: &Site, id: SourceId, rename: impl Fn(&SitePath) -> SitePath) -> Self {
        let mut all = Vec::new();
        let Some(linked) = site.linked(id) else {
            return MeaningfulTargets(all);
        };
        for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
            // A page that moves gets one more of these.
            if reference.kind == RefKind::RedirectFrom {
                continue;
            }
            let mut paths = Vec::new();
            for path in paths_of(site, target) {
                paths.push(rename(&path));
            }
            paths.sort();
            all.push((reference.target.to_string(), paths));
        }
        MeaningfulTargets(all)
    }
}

/// The files of a target; none if it is broken, or not a file of the site.
fn paths_of(site: &Site, target: &Target) -> Vec<SitePath> {
    match target {
        Target::Page { set, .. } => {
            let variants = &site.translation_set(*set).variants;
            variants
                .iter()
                .map(|(_, id)| site.path(*id).clone())
                .collect()
        }
        Target::Fragment(id) | Target::Code(id) | Target::Toc(id) => vec![site.path(*id).clone()],
        Target::Asset(path) => vec![path.clone()],
        Target::SamePage
        | Target::ExternalUid(_)
        | Target::External
        | Target::PlainText
        | Target::Broken(_) => Vec::new(),
    }
}
