//! `orphan-page`: pages whose folder has a table of contents that does not list them.

use rustc_hash::FxHashSet;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::navigation::NavLink;
use crate::site::pages::{Origin, TranslationSetId};
use crate::site::{PageId, PageKind, Site};
use crate::source::{SourceId, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::OrphanPage,
    docs: include_str!("../docs/orphan-page.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let listed = listed_pages(site);
    let mut homes: FxHashSet<PageId> = FxHashSet::default();
    for locale in site.config.locales.ids() {
        homes.extend(site.home(locale));
    }
    for id in site.page_ids() {
        let page = site.page(id);
        // Landing pages are entrances to a part of the site; other pages link to them.
        let is_text = matches!(page.kind, PageKind::Article | PageKind::Tutorial);
        if page.origin != Origin::Translated || !is_text || homes.contains(&id) {
            continue;
        }
        if listed.contains(&page.translation_set) || is_unlisted_on_purpose(site, page.source) {
            continue;
        }
        // The navigation shown on the page, without an entry for the page itself.
        let Some((tree, None)) = site.navigation(id) else {
            continue;
        };
        if tree.entries.is_empty() {
            continue;
        }
        let path = &site.source(page.source).path;
        let message = "the page is not in any table of contents";
        let problem = Diagnostic::new(Code::OrphanPage, path, Span::default(), message);
        let toc = &site.source(tree.toc).path;
        checker.report(problem.help(format!("Add it to `{toc}`, or remove it.")));
    }
}

/// The pages that a table of contents lists, in any language.
fn listed_pages(site: &Site) -> FxHashSet<TranslationSetId> {
    let mut listed = FxHashSet::default();
    for tree in site.navigations() {
        for entry in &tree.entries {
            if let Some(NavLink::Page(version, _)) = &entry.link {
                // In any language: tables of contents are often translated later than the pages they list.
                listed.insert(site.page(version.page()).translation_set);
            }
        }
    }
    listed
}

/// True for pages that are excluded from search results, too.
fn is_unlisted_on_purpose(site: &Site, id: SourceId) -> bool {
    let Some(linked) = site.linked(id) else {
        return false;
    };
    let front_matter = &linked.document.front_matter;
    front_matter.flag("index") == Some(false) || front_matter.flag("_noindex") == Some(true)
}
