//! `redirect-chain`: redirects to a page that redirects in turn. Loops have a code of their own.

use crate::check::checker::Checker;
use crate::check::redirects::{is_loop, path_of, redirect_path, redirect_reference, redirects};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::PageKind;

pub(super) const RULE: Rule = Rule {
    code: Code::RedirectChain,
    docs: include_str!("../docs/redirect-chain.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for id in redirects(site) {
        let Some(reference) = redirect_reference(site, id) else {
            continue;
        };
        let pages = redirect_path(site, id);
        let next_redirects = match pages.get(1) {
            Some(next) => site.page(*next).kind == PageKind::Redirect,
            None => false,
        };
        if is_loop(&pages) || !next_redirects {
            continue;
        }
        let path = path_of(site, id);
        let message = format!("`{}` points to another redirect", reference.target);
        let span = reference.target_span;
        let problem = Diagnostic::new(Code::RedirectChain, path, span, message);
        let mut reversed = pages.iter().rev();
        let end = reversed.find(|id| site.page(**id).kind != PageKind::Redirect);
        checker.report(match end {
            Some(end) => {
                let end = path_of(site, *end).relative_to(&path.parent());
                problem.help(format!("Point to the final page: `{end}`."))
            }
            // The chain ends at an address outside the site.
            None => problem.help("Point to where the other redirect points."),
        });
    }
}
