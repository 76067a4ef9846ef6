//! `shadowed-redirect`: a `redirect_from` whose address belongs to a page, or to an earlier redirect.

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::redirects::path_of;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::PageId;
use crate::site::pages::Origin;
use crate::source::SitePath;

pub(super) const RULE: Rule = Rule {
    code: Code::ShadowedRedirect,
    docs: include_str!("../docs/shadowed-redirect.md"),
    run: Some(run),
};

/// What is at an address.
#[derive(Clone, Copy)]
enum Occupant {
    Page(PageId),
    RedirectTo(PageId),
}

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut occupants: FxHashMap<SitePath, Occupant> = FxHashMap::default();
    for id in site.page_ids() {
        occupants.insert(site.page(id).output.clone(), Occupant::Page(id));
    }
    for id in site.page_ids() {
        for (reference, old) in site.former_outputs(id) {
            let Some(occupant) = occupants.get(&old).copied() else {
                occupants.insert(old, Occupant::RedirectTo(id));
                continue;
            };
            let page = site.page(id);
            // Pages shown in place of a missing translation have the front matter of the original, where it is reported.
            if page.origin != Origin::Translated {
                continue;
            }
            let Some((reference, _)) = site.reference(page.source, reference) else {
                continue;
            };
            let path = path_of(site, id);
            let typed = &reference.target;
            let message = match occupant {
                Occupant::Page(other) | Occupant::RedirectTo(other)
                    if path_of(site, other) == path =>
                {
                    format!("`{typed}` is the address of this page, or is listed twice")
                }
                Occupant::Page(other) => format!(
                    "the redirect from `{typed}` is not created: this is the address of `{}`",
                    path_of(site, other)
                ),
                Occupant::RedirectTo(other) => format!(
                    "the redirect from `{typed}` is not created: it already redirects to `{}`",
                    path_of(site, other)
                ),
            };
            let code = Code::ShadowedRedirect;
            let problem = Diagnostic::new(code, path, reference.target_span, message);
            checker.report(problem.help("Remove the line, or the other page or redirect."));
        }
    }
}
