//! `different-tabs` and `hidden-tabs`: groups of tabs of one text that should move together and don't, or of which nothing can be seen
//! (DocFX spec 6). What is shown first depends on the groups before, so the groups of a text are read in order.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::{SitePath, Span};
use crate::syntax::Tree;
use crate::syntax::tree::{NodeKind, Tab};

use super::{Check, Suggestions, trees};

pub(super) const CHECK: Check = Check {
    codes: &[Code::DifferentTabs, Code::HiddenTabs],
    about: "Groups of tabs share some of their ids but not all, or none of a group's tabs can be seen.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        for tree in trees(&linked.document.body) {
            let mut found = Vec::new();
            read(&site.source(id).path, tree, &mut found);
            problems.extend(
                found
                    .into_iter()
                    .map(|problem| suggestions.reached(id, problem)),
            );
        }
    }
}

/// The tabs that an earlier group shows, and where it begins.
struct Shown<'a> {
    ids: Vec<&'a str>,
    span: Span,
}

fn read(path: &SitePath, tree: &Tree, found: &mut Vec<Diagnostic>) {
    let mut groups: Vec<Shown> = Vec::new();
    for at in (0..tree.nodes.len()).filter(|&at| tree.nodes[at].kind == NodeKind::Tabs) {
        let tabs: Vec<(&Tab, Span)> = tree
            .children(Some(at))
            .filter_map(|child| match &tree.nodes[child].kind {
                NodeKind::Tab(tab) => Some((&**tab, tree.nodes[child].span)),
                _ => None,
            })
            .collect();
        let Some(&(_, span)) = tabs.first() else {
            continue;
        };
        let chosen = |condition: &str| {
            groups
                .iter()
                .any(|group| group.ids.first() == Some(&condition))
        };
        let visible = tabs
            .iter()
            .filter(|(tab, _)| tab.condition.as_deref().is_none_or(chosen));
        let ids: Vec<&str> = visible.flat_map(|(tab, _)| tab.id.split('+')).collect();
        if ids.is_empty() {
            let help = "Give one of them no condition, or the first tab of a group before as its condition.";
            found.push(
                Diagnostic::new(
                    Code::HiddenTabs,
                    path,
                    span,
                    "no tab of this group can be seen at first",
                )
                .help(help),
            );
            continue;
        }
        match groups
            .iter()
            .find(|group| group.ids.iter().any(|id| ids.contains(id)))
        {
            Some(group) if !same(&group.ids, &ids) => {
                let list = |ids: &[&str]| {
                    ids.iter()
                        .map(|id| format!("`{id}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                let message = format!(
                    "this group has the tabs {}, an earlier one {}",
                    list(&ids),
                    list(&group.ids)
                );
                let help = "Groups with the same tabs change together; give these the same ids, or none in common.";
                found.push(
                    Diagnostic::new(Code::DifferentTabs, path, span, message)
                        .label(path, group.span, "the earlier one")
                        .help(help),
                );
            }
            Some(_) => {}
            None => groups.push(Shown { ids, span }),
        }
    }
}

fn same(one: &[&str], other: &[&str]) -> bool {
    let sorted = |ids: &[&str]| {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    sorted(one) == sorted(other)
}
