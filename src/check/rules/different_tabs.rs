//! `different-tabs` and `hidden-tabs`: groups of tabs that share some ids but not all, and groups of which no tab is visible at first
//! (DocFX spec 6). Which tabs are visible depends on the groups above, so the groups of a text are read in order.

use std::collections::BTreeMap;

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::Tree;
use crate::syntax::tree::{NodeKind, Tab};

pub(super) const RULE: Rule = Rule {
    code: Code::DifferentTabs,
    docs: include_str!("../docs/different-tabs.md"),
    run: Some(run),
};

pub(super) const HIDDEN_TABS: Rule =
    Rule::reported_elsewhere(Code::HiddenTabs, include_str!("../docs/hidden-tabs.md"));

fn run(checker: &mut Checker<'_>) {
    report_lone_ids(checker);
    for (id, linked) in checker.used_documents() {
        let path = &checker.site.source(id).path;
        for tree in trees(&linked.document.body) {
            for problem in problems_of_text(path, tree) {
                checker.report_in(id, problem);
            }
        }
    }
}

/// Reports ids of tabs that only one tab of the site has, and that are nearly one that many have.
fn report_lone_ids(checker: &mut Checker<'_>) {
    let mut tabs: BTreeMap<&str, Vec<(SourceId, Span)>> = BTreeMap::new();
    for (id, linked) in checker.used_documents() {
        for tree in trees(&linked.document.body) {
            for node in &tree.nodes {
                if let NodeKind::Tab(tab) = &node.kind {
                    tabs.entry(&tab.id).or_default().push((id, node.span));
                }
            }
        }
    }
    let shared: Vec<&str> = tabs
        .iter()
        .filter(|(_, places)| places.len() > 1)
        .map(|(id, _)| *id)
        .collect();
    for (name, places) in &tabs {
        let ([(id, span)], Some(meant)) = (places.as_slice(), mistyped(name, &shared)) else {
            continue;
        };
        let source = checker.site.source(*id);
        let line = source.text[span.range()].lines().next().unwrap_or("");
        let start = span.start as usize;
        let place = Span::new(start, start + line.trim_end().len());
        let message = message!("no other tab has the id `{name}`", name);
        let problem = Diagnostic::new(Code::DifferentTabs, &source.path, place, message);
        checker.report_in(
            *id,
            problem.help(message!("Did you mean `#tab/{tab}`?", tab = meant)),
        );
    }
}

/// The id that `name` was probably meant to be: a letter more, less or exchanged. Numbers at the end are no mistakes: `v1` and `v2`.
fn mistyped<'a>(name: &str, shared: &[&'a str]) -> Option<&'a str> {
    let stem = |id: &str| {
        id.trim_end_matches(|char: char| char.is_ascii_digit())
            .to_owned()
    };
    for id in shared {
        let is_long = id.chars().count() > 3;
        if is_long && stem(id) != stem(name) && strsim::osa_distance(id, name) == 1 {
            return Some(id);
        }
    }
    None
}

/// The tabs of a group that are visible when the page opens.
struct VisibleTabs<'a> {
    ids: Vec<&'a str>,
    /// The first tab of the group.
    span: Span,
}

fn problems_of_text(path: &SitePath, tree: &Tree) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut groups: Vec<VisibleTabs> = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        if node.kind != NodeKind::Tabs {
            continue;
        }
        let Some(group) = visible_tabs(tree, at, &groups) else {
            continue;
        };
        if group.ids.is_empty() {
            let message = "no tab of this group is visible when the page opens";
            let problem = Diagnostic::new(Code::HiddenTabs, path, group.span, message);
            problems.push(problem.help("Give one tab no condition, or use the first tab of an earlier group as its condition."));
            continue;
        }
        // DocFX compares visible ids only, with the first recorded set that shares an id (DocFX spec 6), and records no set that differs from it.
        let mut earlier_groups = groups.iter();
        let earlier = earlier_groups.find(|earlier| has_common_id(&earlier.ids, &group.ids));
        match earlier {
            Some(earlier) if !is_same_set(&earlier.ids, &group.ids) => {
                problems.push(difference(path, earlier, &group));
            }
            Some(_) => {}
            None => groups.push(group),
        }
    }
    problems
}

/// The visible tabs of the group at node `at`; `None` if it has no tabs. `a+b` is one tab with two ids.
fn visible_tabs<'a>(
    tree: &'a Tree,
    at: usize,
    earlier: &[VisibleTabs<'_>],
) -> Option<VisibleTabs<'a>> {
    let mut span = None;
    let mut ids = Vec::new();
    for child in tree.children(Some(at)) {
        let node = &tree.nodes[child];
        if let NodeKind::Tab(tab) = &node.kind {
            span.get_or_insert(node.span);
            if is_visible(tab, earlier) {
                ids.extend(tab.id.split('+'));
            }
        }
    }
    Some(VisibleTabs { ids, span: span? })
}

/// True if the tab has no condition, or if its condition is the first tab of an earlier group, which is the selected one at first.
fn is_visible(tab: &Tab, earlier: &[VisibleTabs<'_>]) -> bool {
    let Some(condition) = tab.condition.as_deref() else {
        return true;
    };
    let mut groups = earlier.iter();
    groups.any(|group| group.ids.first() == Some(&condition))
}

fn difference(path: &SitePath, earlier: &VisibleTabs<'_>, group: &VisibleTabs<'_>) -> Diagnostic {
    let message = message!(
        "this group has the tabs {quoted}, an earlier one has {quoted2}",
        quoted = quoted(&group.ids),
        quoted2 = quoted(&earlier.ids)
    );
    Diagnostic::new(Code::DifferentTabs, path, group.span, message)
        .label(path, earlier.span, "the earlier group")
        .help("Groups with the same tabs switch together. Use the same ids, or no ids in common.")
}

fn quoted(ids: &[&str]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    ids.join(", ")
}

fn has_common_id(one: &[&str], other: &[&str]) -> bool {
    one.iter().any(|id| other.contains(id))
}

fn is_same_set(one: &[&str], other: &[&str]) -> bool {
    one.iter().all(|id| other.contains(id)) && other.iter().all(|id| one.contains(id))
}
