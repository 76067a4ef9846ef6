//! `redirect-loop`: redirects that end where they started.

use crate::check::checker::Checker;
use crate::check::content::chain_of;
use crate::check::redirects::{is_loop, path_of, redirect_path, redirect_reference, redirects};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SitePath;

pub(super) const RULE: Rule = Rule {
    code: Code::RedirectLoop,
    docs: include_str!("../docs/redirect-loop.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for id in redirects(site) {
        let Some(reference) = redirect_reference(site, id) else {
            continue;
        };
        let pages = redirect_path(site, id);
        // Each redirect of a loop is reported: any of them can be the one to change.
        if !is_loop(&pages) {
            continue;
        }
        let paths: Vec<SitePath> = pages.iter().map(|id| path_of(site, *id).clone()).collect();
        let message = format!(
            "`{}` starts a redirect loop: {}",
            reference.target,
            chain_of(&paths)
        );
        let path = path_of(site, id);
        let problem = Diagnostic::new(Code::RedirectLoop, path, reference.target_span, message);
        checker.report(problem.help("Point one of these redirects to an existing page."));
    }
}
