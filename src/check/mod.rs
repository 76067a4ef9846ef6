//! A [`Site`] -> what is wrong with it, in words an author can act on. One file per check; each is a pure reading of the linked site.

mod baseline;
mod broken_anchor;
mod broken_include;
mod broken_link;
mod broken_toc_entry;
mod broken_xref;
mod collision;
mod dialect;
mod duplicate_uid;
mod fix;
mod missing_snippet;
mod page_type;
mod places;
mod rules;
mod toc_entry;
mod verdict;

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::site::Site;
use crate::source::SitePath;

pub use baseline::Baseline;
use places::Places;
pub use rules::{Rule, nearest_code, rule, rules};
pub use verdict::with_levels;

/// One check.
#[derive(Clone, Copy)]
pub struct Check {
    /// The codes it may report.
    pub codes: &'static [Code],
    /// What it looks for, in a sentence.
    pub about: &'static str,
    run: fn(&Site, &Places, &mut Vec<Diagnostic>),
}

/// All checks.
pub const ALL: &[Check] = &[
    broken_link::CHECK,
    broken_anchor::CHECK,
    broken_include::CHECK,
    broken_xref::CHECK,
    broken_toc_entry::CHECK,
    toc_entry::CHECK,
    missing_snippet::CHECK,
    dialect::CHECK,
    duplicate_uid::CHECK,
    collision::CHECK,
    page_type::CHECK,
    verdict::CHECK,
];

/// Everything wrong with the content of a site: what its files say of themselves, then what the checks find, in reading order; without
/// what comments disable, and as loud as the configuration wants it.
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let places = Places::new(site);
    let mut problems = site.config.problems.clone();
    for (id, linked) in site.documents() {
        if site.is_used(id) {
            problems.extend(linked.document.problems.iter().cloned().map(|problem| places.reached(id, problem)));
        }
    }
    for (path, reason) in site.sources.unreadable() {
        let span = crate::source::Span::default();
        problems.push(Diagnostic::error("unreadable-file", path, span, format!("the file cannot be read: {reason}")));
    }
    for check in ALL {
        (check.run)(site, &places, &mut problems);
    }
    let mut problems = verdict::with_levels(site, verdict::without_disabled(site, problems));
    sort(&mut problems);
    problems
}

/// Files that lead from one to the next, as a message says them.
fn chain_of(paths: &[SitePath]) -> String {
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(" -> ")
}
