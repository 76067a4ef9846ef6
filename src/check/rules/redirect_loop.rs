//! `redirect-loop`: redirects that end where they started.

use crate::check::checker::Checker;
use crate::check::content::chain_of;
use crate::check::redirects::{
    RedirectEnd, RedirectEnds, first_pages, path_of, redirect_reference, redirects,
};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::SitePath;

pub(super) const RULE: Rule = Rule {
    code: Code::RedirectLoop,
    docs: include_str!("../docs/redirect-loop.md"),
    run: Some(run),
};

/// More pages of a loop than this are not printed.
const MOST_SHOWN: usize = 12;

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut ends = RedirectEnds::new(site);
    for id in redirects(site) {
        let Some(reference) = redirect_reference(site, id) else {
            continue;
        };
        // Each redirect of a loop is reported: any of them can be the one to change.
        if ends.of(id) != RedirectEnd::Loop {
            continue;
        }
        let (pages, is_whole) = first_pages(site, id, MOST_SHOWN);
        let paths: Vec<SitePath> = pages.iter().map(|id| path_of(site, *id).clone()).collect();
        let message = message!(
            "`{target}` starts a redirect loop: {chain_of}",
            target = reference.target,
            chain_of = chain_of(&paths)
        );
        let message = if is_whole {
            message
        } else {
            message!("{message} -> …", message)
        };
        let path = path_of(site, id);
        let problem = Diagnostic::new(Code::RedirectLoop, path, reference.target_span, message);
        checker.report(problem.help("Point one of these redirects to an existing page."));
    }
}
