//! `duplicate-tab`: two tabs of one group with the same id and condition.

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SitePath, Span};
use crate::syntax::Tree;
use crate::syntax::tree::{NodeKind, Tab};

pub(super) const RULE: Rule = Rule {
    code: Code::DuplicateTab,
    docs: include_str!("../docs/duplicate-tab.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        let path = &checker.site.source(id).path;
        for tree in trees(&linked.document.body) {
            for (at, node) in tree.nodes.iter().enumerate() {
                if node.kind == NodeKind::Tabs {
                    for problem in problems_of_group(path, tree, at) {
                        checker.report_in(id, problem);
                    }
                }
            }
        }
    }
}

fn problems_of_group(path: &SitePath, tree: &Tree, group: usize) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen: Vec<(&Tab, Span)> = Vec::new();
    for child in tree.children(Some(group)) {
        let node = &tree.nodes[child];
        let NodeKind::Tab(tab) = &node.kind else {
            continue;
        };
        // Tabs with the same id and different conditions are never shown at the same time.
        let first = seen
            .iter()
            .find(|(other, _)| other.id == tab.id && other.condition == tab.condition);
        let Some((_, first)) = first else {
            seen.push((tab, node.span));
            continue;
        };
        let message = message!("this group already has a tab `{id}`", id = tab.id);
        let problem = Diagnostic::new(Code::DuplicateTab, path, node.span, message)
            .label(path, *first, "first tab with this id")
            .help("Give each tab a unique id after `#tab/`.");
        problems.push(problem);
    }
    problems
}
