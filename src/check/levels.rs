//! The levels of problems as the configuration sets them: `checks` of `hjelp.yml`, or `rules` of a `docfx.json`.

use crate::diagnostic::{Diagnostic, Level};
use crate::site::Site;

/// The problems at the level the configuration sets for them, without those it switches off.
pub(super) fn with_configured_levels(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left = Vec::with_capacity(problems.len());
    for problem in problems {
        match configured_level(site, &problem) {
            Some(Some(level)) => left.push(problem.with_level(level)),
            // Switched off. Exit codes and fixes don't see the problem either.
            Some(None) => {}
            None => left.push(problem),
        }
    }
    left
}

/// `None` if the configuration does not mention the problem, `Some(None)` if it switches it off.
fn configured_level(site: &Site, problem: &Diagnostic) -> Option<Option<Level>> {
    let config = &site.config;
    // `checks` is more specific than the `rules` of a `docfx.json`, which have no paths (DocFX spec 16).
    let own = config
        .levels
        .of(problem.code.name(), &problem.location.path);
    own.or_else(|| config.publish.level(problem.code))
}
