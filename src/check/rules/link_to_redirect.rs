//! `link-to-redirect`: links to a page that has moved.

use crate::check::checker::Checker;
use crate::check::redirects::{RedirectEnd, RedirectEnds, path_of, reached_page};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::{PageId, PageKind, Site, Target};
use crate::source::{SitePath, SourceId};
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::LinkToRedirect,
    docs: include_str!("../docs/link-to-redirect.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut ends = RedirectEnds::new(site);
    for resolved in checker.references() {
        let reference = resolved.reference;
        if !matches!(
            reference.kind,
            RefKind::Link | RefKind::HtmlHref | RefKind::Landing | RefKind::Toc | RefKind::Uid
        ) {
            continue;
        }
        let Some(redirect) = redirect_of(site, resolved.id, resolved.target) else {
            continue;
        };
        let path = &site.source(resolved.id).path;
        let message = message!(
            "`{target}` links to a page that has moved",
            target = reference.target
        );
        let span = reference.target_span;
        let problem = Diagnostic::new(Code::LinkToRedirect, path, span, message);
        let problem = match new_address(site, ends.of(redirect), path) {
            Some(address) => {
                problem.help(message!("Link to its new location: `{address}`.", address))
            }
            None => problem,
        };
        checker.report_in(resolved.id, problem);
    }
}

/// The redirect that a reader of the file `from` meets at this target.
fn redirect_of(site: &Site, from: SourceId, target: &Target) -> Option<PageId> {
    let page = reached_page(site, from, target)?;
    (site.page(page).kind == PageKind::Redirect).then_some(page)
}

/// Where redirects end: a path relative to the file `from`, or an address outside the site.
fn new_address(site: &Site, end: RedirectEnd, from: &SitePath) -> Option<String> {
    let RedirectEnd::Page(last) = end else {
        return None;
    };
    let page = site.page(last);
    // Chains are followed to their end, so that the suggested address is not another redirect.
    if page.kind != PageKind::Redirect {
        return Some(path_of(site, last).relative_to(&from.parent()));
    }
    let front_matter = &site.linked(page.source)?.document.front_matter;
    front_matter.text("redirect_url").map(str::to_owned)
}
