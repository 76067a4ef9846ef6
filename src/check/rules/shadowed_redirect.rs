//! `shadowed-redirect`: a `redirect_from` whose address belongs to a page, or to an earlier redirect.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::redirects::path_of;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::pages::Origin;
use crate::site::{PageId, Site};
use crate::source::SitePath;
use crate::syntax::{RefId, RefKind};

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
    report_foreign_addresses(checker);
    let mut occupants: FxHashMap<SitePath, Occupant> = FxHashMap::default();
    // All pages first: a page keeps its address, wherever in the order a redirect asks for it.
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
            if leads_to(site, occupant, id) {
                continue;
            }
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

/// Reports old addresses of other sites, where nothing can be written.
fn report_foreign_addresses(checker: &mut Checker<'_>) {
    let site = checker.site;
    for id in site.page_ids() {
        let page = site.page(id);
        let Some(linked) = site.linked(page.source) else {
            continue;
        };
        if page.origin != Origin::Translated {
            continue;
        }
        let mut used = BTreeSet::new();
        for (reference, _) in site.former_outputs(id) {
            used.insert(reference);
        }
        let end = linked.document.front_matter.span.end;
        for (number, reference) in linked.document.refs.iter().enumerate() {
            // References of the front matter come first, and articles have thousands of others.
            if reference.span.start >= end {
                break;
            }
            if reference.kind != RefKind::RedirectFrom || used.contains(&(number as RefId)) {
                continue;
            }
            let message = format!(
                "the redirect from `{}` is not created: it is no address of this site",
                reference.target
            );
            let code = Code::ShadowedRedirect;
            let problem = Diagnostic::new(code, path_of(site, id), reference.target_span, message);
            checker
                .report(problem.help("Write a path, like `old-name.md` or `/en/old-name.html`."));
        }
    }
}

/// True if what is at the address redirects to this page itself, as a page that was left behind for it does.
fn leads_to(site: &Site, occupant: Occupant, id: PageId) -> bool {
    let Occupant::Page(other) = occupant else {
        return false;
    };
    match site.redirect_target(other) {
        Some((_, target)) => site.page(target).translation_set == site.page(id).translation_set,
        None => false,
    }
}
