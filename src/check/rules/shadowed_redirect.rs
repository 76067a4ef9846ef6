//! `shadowed-redirect`: a `redirect_from` whose address belongs to a page, or to an earlier redirect.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::redirects::path_of;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::former::{MovedAnchor, Successor};
use crate::site::pages::Origin;
use crate::site::{PageId, Site};
use crate::source::{SitePath, SourceId};
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
    /// A redirect that is stated in this file.
    Former(SourceId),
}

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    report_foreign_addresses(checker);
    report_present_anchors(checker);
    let mut occupants: FxHashMap<SitePath, Occupant> = FxHashMap::default();
    // All pages first: a page keeps its address, wherever in the order a redirect asks for it.
    for id in site.page_ids() {
        occupants.insert(site.page(id).output.clone(), Occupant::Page(id));
    }
    for former in site.former_addresses().stated() {
        if former.is_implied {
            continue;
        }
        let Some(occupant) = occupants.get(&former.path).copied() else {
            occupants.insert(former.path.clone(), Occupant::Former(former.source));
            continue;
        };
        // Pages shown in place of a missing translation have the front matter of the original, where it is reported.
        if let Successor::Page(id, _) = former.to
            && (site.page(id).origin != Origin::Translated || leads_to(site, occupant, id))
        {
            continue;
        }
        let Some((reference, _)) = site.reference(former.source, former.reference) else {
            continue;
        };
        let path = site.path(former.source);
        let typed = &reference.target;
        let message = match occupant {
            Occupant::Page(other) if path_of(site, other) == path => {
                message!(
                    "`{typed}` is the address of this page, or is listed twice",
                    typed
                )
            }
            Occupant::Former(other) if site.path(other) == path => {
                message!(
                    "`{typed}` is the address of this page, or is listed twice",
                    typed
                )
            }
            Occupant::Page(other) => message!(
                "the redirect from `{typed}` is not created: this is the address of `{path_of}`",
                typed,
                path_of = path_of(site, other)
            ),
            Occupant::Former(other) => message!(
                "the redirect from `{typed}` is not created: it already redirects to `{other}`",
                typed,
                other = site.path(other)
            ),
        };
        let code = Code::ShadowedRedirect;
        let problem = Diagnostic::new(code, path, reference.target_span, message);
        checker.report(problem.help("Remove the line, or the other page or redirect."));
    }
}

/// Reports ids that are still where they are said to have been.
fn report_present_anchors(checker: &mut Checker<'_>) {
    let site = checker.site;
    let former = site.former_addresses();
    for id in site.page_ids() {
        let page = site.page(id);
        let elsewhere = former.moved_on(id).iter();
        let own = former.moved_from(&page.output).iter();
        let moved: Vec<&MovedAnchor> = elsewhere.chain(own.filter(|own| own.to == id)).collect();
        if page.origin != Origin::Translated || moved.is_empty() {
            continue;
        }
        let known = site.own_anchors(page.source);
        for moved in moved {
            let (source, reference) = moved.stated;
            let Some((reference, _)) = site.reference(source, reference) else {
                continue;
            };
            if !known.iter().any(|id| **id == *moved.id) {
                continue;
            }
            let message = message!(
                "`{target}` has not moved: `{path_of}` has the id `{id}`",
                target = reference.target,
                path_of = path_of(site, id),
                id = moved.id
            );
            let code = Code::ShadowedRedirect;
            let path = site.path(source);
            let problem = Diagnostic::new(code, path, reference.target_span, message);
            checker.report(problem.help("Remove the line, or the heading or id on that page."));
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
        for former in site.former_outputs(id) {
            used.insert(former.reference);
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
            let message = message!(
                "the redirect from `{target}` is not created: it is no address of this site",
                target = reference.target
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
