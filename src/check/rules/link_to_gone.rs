//! `link-to-gone`: links and redirects to a page that was removed on purpose.

use crate::check::checker::Checker;
use crate::check::redirects::reached_page;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::PageKind;
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::LinkToGone,
    docs: include_str!("../docs/link-to-gone.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for resolved in checker.references() {
        let reference = resolved.reference;
        // Includes and pictures don't lead to pages.
        let Some(page) = reached_page(site, resolved.id, resolved.target) else {
            continue;
        };
        if site.page(page).kind != PageKind::Gone {
            continue;
        }
        let (verb, help) = match reference.kind {
            RefKind::RedirectTo => ("redirects", "Write `gone: true` here, too."),
            _ => (
                "links",
                "Remove the link, or link to what replaces the page.",
            ),
        };
        let message = message!(
            "`{target}` {verb} to a page that is gone",
            target = reference.target,
            verb
        );
        let path = &site.source(resolved.id).path;
        let span = reference.target_span;
        let problem = Diagnostic::new(Code::LinkToGone, path, span, message);
        checker.report_in(resolved.id, problem.help(help));
    }
}
