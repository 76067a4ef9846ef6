//! Missing files that history knows: problems that say where the file went, with the repair that follows it there. Doesn't know where the
//! history comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::site::address::split_address;
use crate::site::{BrokenReason, Site, Target};
use crate::source::{FileSpan, SitePath, SourceId};
use crate::syntax::Reference;

use super::fix::address_fix;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHistory {
    /// Where it lies now, if it was moved and lies there still.
    pub now: Option<SitePath>,
    /// The commit that moved or removed it, as short as people write it.
    pub commit: String,
}

/// The paths that references name and at which there is no file.
pub fn missing_files(site: &Site) -> BTreeSet<SitePath> {
    references(site)
        .map(|(_, _, missing)| missing.clone())
        .collect()
}

/// The problems, those about missing files with what became of them.
pub fn with_file_histories(
    site: &Site,
    mut problems: Vec<Diagnostic>,
    histories: &BTreeMap<SitePath, FileHistory>,
) -> Vec<Diagnostic> {
    let known = references(site).filter_map(|(id, reference, missing)| {
        let location = FileSpan {
            path: site.source(id).path.clone(),
            span: reference.target_span,
        };
        Some((location, (id, reference, histories.get(missing)?)))
    });
    let known: BTreeMap<FileSpan, (SourceId, &Reference, &FileHistory)> = known.collect();
    for problem in &mut problems {
        let Some((id, reference, history)) = known
            .get(&problem.location)
            .filter(|_| CODES.contains(&problem.code))
        else {
            continue;
        };
        let now = history
            .now
            .as_ref()
            .filter(|now| site.sources.contains(now.as_str()));
        let Some(now) = now else {
            problem
                .help
                .push(format!("It was removed in commit {}.", history.commit));
            continue;
        };
        let source = site.source(*id);
        let right = now.relative_to(&source.path.parent());
        // What happened is worth more than what looks alike.
        problem.help = vec![format!(
            "It was moved to `{right}{}` in commit {}.",
            split_address(&reference.target).1,
            history.commit
        )];
        problem.fix = None;
        *problem = address_fix(problem.clone(), source, reference, &right, false);
    }
    problems
}

const CODES: [Code; 6] = [
    Code::BrokenLink,
    Code::MissingImage,
    Code::BrokenLandingLink,
    Code::BrokenRedirect,
    Code::BrokenInclude,
    Code::BrokenTocEntry,
];

fn references(site: &Site) -> impl Iterator<Item = (SourceId, &Reference, &SitePath)> {
    let used = site.documents().filter(|(id, _)| site.is_used(*id));
    used.flat_map(|(id, linked)| {
        let pairs = linked.document.refs.iter().zip(linked.targets);
        pairs.filter_map(move |(reference, target)| match target {
            Target::Broken(BrokenReason::Missing(missing)) => Some((id, reference, missing)),
            _ => None,
        })
    })
}
