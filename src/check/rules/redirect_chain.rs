//! `redirect-chain`: redirects to a page that redirects in turn. Loops have a code of their own.

use crate::check::checker::Checker;
use crate::check::redirects::{RedirectEnd, RedirectEnds, path_of, redirect_reference, redirects};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::PageKind;

pub(super) const RULE: Rule = Rule {
    code: Code::RedirectChain,
    docs: include_str!("../docs/redirect-chain.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut ends = RedirectEnds::new(site);
    for id in redirects(site) {
        let Some(reference) = redirect_reference(site, id) else {
            continue;
        };
        let next_redirects = match site.redirect_target(id) {
            Some((_, next)) => site.page(next).kind == PageKind::Redirect,
            None => false,
        };
        let RedirectEnd::Page(end) = ends.of(id) else {
            continue;
        };
        if !next_redirects {
            continue;
        }
        let path = path_of(site, id);
        let message = message!(
            "`{target}` points to another redirect",
            target = reference.target
        );
        let span = reference.target_span;
        let problem = Diagnostic::new(Code::RedirectChain, path, span, message);
        checker.report(if site.page(end).kind == PageKind::Redirect {
            // The chain ends at an address outside the site.
            problem.help("Point to where the other redirect points.")
        } else {
            let end = path_of(site, end).relative_to(&path.parent());
            problem.help(message!("Point to the final page: `{end}`.", end))
        });
    }
}
