//! `unused-include`: files in a folder for includes that no file includes.

use rustc_hash::FxHashSet;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::{SitePath, Span};
use crate::syntax::Body;

pub(super) const RULE: Rule = Rule {
    code: Code::UnusedInclude,
    docs: include_str!("../docs/unused-include.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut include_folders: FxHashSet<SitePath> = FxHashSet::default();
    for (id, _) in site.documents() {
        if !site.includers(id).is_empty() {
            include_folders.insert(site.source(id).path.parent());
        }
    }
    for (id, linked) in site.documents() {
        let path = &site.source(id).path;
        let is_markdown = matches!(linked.document.body, Body::Article(_));
        // A draft that is excluded for now still needs what it includes.
        let is_included = site.is_used(id) || !site.includers(id).is_empty();
        if !is_markdown || is_included || site.placed(path).is_some() {
            continue;
        }
        let is_meant = has_include_folder(path) || include_folders.contains(&path.parent());
        if is_meant && is_in_content(site, path) {
            let message = "no page includes this file";
            let problem = Diagnostic::new(Code::UnusedInclude, path, Span::default(), message);
            checker.report(problem.help("Remove it, or include it."));
        }
    }
}

fn has_include_folder(path: &SitePath) -> bool {
    path.segments()
        .any(|name| matches!(name, "includes" | "_includes" | "include"))
}

/// True if the file is in one of the folders the site is built from.
fn is_in_content(site: &Site, path: &SitePath) -> bool {
    let mut mappings = site.config.mappings.iter();
    mappings.any(|mapping| path.starts_with(&mapping.from))
}
