//! `unknown-alert`, `duplicate-tab` and `undrawn-diagram`: constructs that are well written and still don't show what was meant.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::site::suggest::nearest;
use crate::source::{SitePath, Source, Span};
use crate::syntax::directive::AlertKind;
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Tree};

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::UnknownAlert, Code::DuplicateTab, Code::UndrawnDiagram],
    about: "An alert has a name nobody knows, a tab exists twice in its group, or a diagram is shown as code.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        let mut found = Vec::new();
        match &linked.document.body {
            Body::Article(tree) => tree_problems(site, source, tree, &mut found),
            Body::Tutorial(tutorial) => tutorial
                .steps
                .iter()
                .for_each(|step| tree_problems(site, source, &step.tree, &mut found)),
            _ => {}
        }
        problems.extend(
            found
                .into_iter()
                .map(|problem| suggestions.reached(id, problem)),
        );
    }
}

fn tree_problems(site: &Site, source: &Source, tree: &Tree, found: &mut Vec<Diagnostic>) {
    let path = &source.path;
    for (at, node) in tree.nodes.iter().enumerate() {
        match &node.kind {
            NodeKind::Alert(keyword)
                if AlertKind::of(keyword).is_none()
                    && site.config.markdown.alert(keyword).is_none() =>
            {
                let own = site
                    .config
                    .markdown
                    .alerts
                    .iter()
                    .map(|(keyword, _)| keyword.as_str());
                let known: Vec<&str> = AlertKind::ALL
                    .iter()
                    .map(|kind| kind.keyword())
                    .chain(own)
                    .collect();
                let marker = node.span.of(&source.text).find("[!").unwrap_or(0);
                let start = node.span.start as usize + marker + "[!".len();
                let span = Span::new(start, start + keyword.len());
                let problem = Diagnostic::new(
                    Code::UnknownAlert,
                    path,
                    span,
                    format!("there is no alert `{keyword}`, so this is a quote"),
                );
                found.push(match nearest(keyword, known.iter().copied()) {
                    Some(meant) => problem.help(format!("Did you mean `[!{meant}]`?")),
                    None => problem.help(format!(
                        "Alerts are {}.",
                        known
                            .iter()
                            .map(|name| format!("`{name}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    )),
                });
            }
            NodeKind::Tabs => duplicate_tabs(path, tree, at, found),
            NodeKind::CodeBlock(Some(language)) if language.eq_ignore_ascii_case("plantuml") => {
                let first_line = Span::new(
                    node.span.start as usize,
                    node.span.start as usize + "```".len() + language.len(),
                );
                found.push(
                    Diagnostic::new(
                        Code::UndrawnDiagram,
                        path,
                        first_line,
                        "a PlantUML diagram is shown as code",
                    )
                    .help(
                        "Drawing it takes a program or a server; include a picture of it instead.",
                    ),
                );
            }
            _ => {}
        }
    }
}

fn duplicate_tabs(path: &SitePath, tree: &Tree, group: usize, found: &mut Vec<Diagnostic>) {
    let mut seen: Vec<(&str, Option<&str>, Span)> = Vec::new();
    for child in tree.children(Some(group)) {
        let NodeKind::Tab(tab) = &tree.nodes[child].kind else {
            continue;
        };
        let heading = Span {
            start: tree.nodes[child].span.start,
            ..tree.nodes[child].span
        };
        let identity = (&*tab.id, tab.condition.as_deref());
        match seen
            .iter()
            .find(|(id, condition, _)| (*id, *condition) == identity)
        {
            Some((.., first)) => found.push(
                Diagnostic::new(
                    Code::DuplicateTab,
                    path,
                    heading,
                    format!("the tab `{}` is in this group already", tab.id),
                )
                .label(path, *first, "the first one")
                .help("Give each tab an id of its own, after `#tab/`."),
            ),
            None => seen.push((identity.0, identity.1, heading)),
        }
    }
}
