//! `redirect-chain`: redirects to a page that redirects in turn. Loops have a code of their own.

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::redirects::{RedirectEnd, RedirectEnds, path_of, redirect_reference, redirects};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, sort};
use crate::message;
use crate::site::address::split_address;
use crate::site::former::Successor;
use crate::site::{PageKind, Site, Target};
use crate::source::{SitePath, SourceId};
use crate::syntax::RefId;

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
    report_former_addresses(checker);
}

/// Reports redirects to addresses that are no page's, but redirect in turn; those that lead back to themselves are loops.
fn report_former_addresses(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut links: FxHashMap<SitePath, FormerLink> = FxHashMap::default();
    for former in site.former_addresses().stated() {
        let next = match &former.to {
            Successor::Page(id, _) if site.page(*id).kind == PageKind::Redirect => {
                site.page(*id).output.clone()
            }
            Successor::Url(url) => match own_path(site, former.source, url) {
                Some(path) => path,
                None => continue,
            },
            _ => continue,
        };
        links.entry(former.path.clone()).or_insert(FormerLink {
            source: former.source,
            reference: former.reference,
            next,
        });
    }
    for id in redirects(site) {
        let page = site.page(id);
        // Redirects to pages are reported above.
        if let Some((reference, typed, Target::External)) = site.redirect_url(page.source)
            && let Some(next) = own_path(site, page.source, typed.target)
        {
            let source = page.source;
            let link = FormerLink {
                source,
                reference,
                next,
            };
            links.insert(page.output.clone(), link);
        } else if let Some((reference, next)) = site.redirect_target(id) {
            let link = FormerLink {
                source: page.source,
                reference,
                next: site.page(next).output.clone(),
            };
            links.insert(page.output.clone(), link);
        }
    }
    let mut problems = Vec::new();
    for (path, link) in &links {
        let is_between_pages =
            site.any_page_at(path).is_some() && site.any_page_at(&link.next).is_some();
        if is_between_pages {
            continue;
        }
        let leads_on = links.contains_key(&link.next)
            || site.former_addresses().get(&link.next).is_some()
                && site.any_page_at(&link.next).is_none();
        if leads_on && let Some((reference, _)) = site.reference(link.source, link.reference) {
            let typed = &*reference.target;
            let (code, message, help) = match is_loop(&links, path) {
                true => (
                    Code::RedirectLoop,
                    message!("`{typed}` is in a loop of redirects", typed),
                    "Point one of these redirects to an existing page.",
                ),
                false => (
                    Code::RedirectChain,
                    message!("`{typed}` points to another redirect", typed),
                    "Point to where the other redirect points.",
                ),
            };
            let place = site.path(link.source);
            let problem = Diagnostic::new(code, place, reference.target_span, message);
            problems.push(problem.help(help));
        }
    }
    // A hash map has no fixed order.
    sort(&mut problems);
    checker.problems.extend(problems);
}

/// A redirect, and the path it leads to.
struct FormerLink {
    source: SourceId,
    reference: RefId,
    next: SitePath,
}

/// The path below the site of an address that begins with `/` or with the address of the site, where there is no page.
fn own_path(site: &Site, source: SourceId, typed: &str) -> Option<SitePath> {
    let typed = split_address(typed).0;
    let is_elsewhere = !typed.starts_with('/') && !typed.contains("://");
    if is_elsewhere {
        return None;
    }
    site.former_path(source, typed)
}

/// True if who starts at `path` comes back to it. Longer loops than this are found from their other redirects as chains.
fn is_loop(links: &FxHashMap<SitePath, FormerLink>, path: &SitePath) -> bool {
    let mut at = path;
    for _ in 0..MOST_HOPS {
        match links.get(at) {
            Some(link) => at = &link.next,
            None => return false,
        }
        if at == path {
            return true;
        }
    }
    false
}

/// How far a loop is followed, so that a chain of thousands takes linear time.
const MOST_HOPS: usize = 20;
