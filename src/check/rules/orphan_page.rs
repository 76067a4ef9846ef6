//! `orphan-page`: pages whose folder has a table of contents that does not list them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::navigation::NavLink;
use crate::site::pages::{Origin, TranslationSetId};
use crate::site::{PageId, PageKind, Site, Target};
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::Body;

pub(super) const RULE: Rule = Rule {
    code: Code::OrphanPage,
    docs: include_str!("../docs/orphan-page.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let listed = Listed::of(site);
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
        if is_unlisted_on_purpose(site, page.source) {
            continue;
        }
        let is_listed = listed.sets.contains(&page.translation_set);
        if is_listed && !listed.forgotten.contains(&id) {
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
        if !site.includers(page.source).is_empty() {
            checker.report(included_page(path));
            continue;
        }
        let message = match is_listed {
            true => "the page is in no table of contents of its language",
            false => "the page is not in any table of contents",
        };
        let problem = Diagnostic::new(Code::OrphanPage, path, Span::default(), message);
        let own = toc_of_folder(site, path);
        let toc = own.as_ref().unwrap_or(&site.source(tree.toc).path);
        checker.report(problem.help(message!("Add it to `{toc}`, or remove it.", toc)));
    }
}

/// A page that is shown in others, and is stored among the pages.
fn included_page(path: &SitePath) -> Diagnostic {
    let message = "this file is included in pages, and is published as a page, too";
    let problem = Diagnostic::new(Code::OrphanPage, path, Span::default(), message);
    problem.help("Move it to a folder that no page is made from, like `includes`.")
}

/// The table of contents in the folder of the page, which is where readers of its folder look.
fn toc_of_folder(site: &Site, page: &SitePath) -> Option<SitePath> {
    for name in ["toc.yml", "toc.md"] {
        let path = page.parent().join(name).ok()?;
        if site.sources.find(path.as_str()).is_some() {
            return Some(path);
        }
    }
    None
}

/// What tables of contents list.
#[derive(Default)]
struct Listed {
    /// In any language: tables of contents are often translated later than the pages they list.
    sets: FxHashSet<TranslationSetId>,
    /// The pages that the table of contents of their folder has forgotten.
    forgotten: FxHashSet<PageId>,
}

impl Listed {
    fn of(site: &Site) -> Listed {
        let mut listed = Listed::default();
        for tree in site.navigations() {
            for entry in &tree.entries {
                if let Some(NavLink::Page(version, _)) = &entry.link {
                    let set = site.page(version.page()).translation_set;
                    listed.sets.insert(set);
                }
            }
        }
        listed.add_forgotten(site);
        listed
    }

    /// Adds the single pages of a folder that its table of contents lacks. One that is translated later lacks several pages.
    fn add_forgotten(&mut self, site: &Site) {
        let mut missing: FxHashMap<SourceId, Vec<PageId>> = FxHashMap::default();
        let entries = entries_by_toc(site);
        for id in site.page_ids() {
            let page = site.page(id);
            if page.origin != Origin::Translated || !self.sets.contains(&page.translation_set) {
                continue;
            }
            let path = &site.source(page.source).path;
            let toc = toc_of_folder(site, path).and_then(|toc| site.sources.find(toc.as_str()));
            if let Some(toc) = toc
                && let Some(entries) = entries.get(&toc)
                && entries.len() > 1
                && !entries.contains(&page.translation_set)
            {
                missing.entry(toc).or_default().push(id);
            }
        }
        for pages in missing.into_values() {
            if let [page] = pages[..] {
                self.forgotten.insert(page);
            }
        }
    }
}

/// The pages that each table of contents names itself.
fn entries_by_toc(site: &Site) -> FxHashMap<SourceId, FxHashSet<TranslationSetId>> {
    let mut entries: FxHashMap<SourceId, FxHashSet<TranslationSetId>> = FxHashMap::default();
    for (id, linked) in site.documents() {
        if !matches!(linked.document.body, Body::Toc(_)) {
            continue;
        }
        for target in linked.targets {
            if let Target::Page { set, .. } = target {
                entries.entry(id).or_default().insert(*set);
            }
        }
    }
    entries
}

/// True for pages that are excluded from search results, too.
fn is_unlisted_on_purpose(site: &Site, id: SourceId) -> bool {
    let Some(linked) = site.linked(id) else {
        return false;
    };
    let front_matter = &linked.document.front_matter;
    front_matter.flag("index") == Some(false) || front_matter.flag("_noindex") == Some(true)
}
