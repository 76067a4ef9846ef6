//! `unknown-alert`: quotes that start like an alert with a name that does not exist. They are shown as quotes, as DocFX does.

use crate::check::alert_name::alert_for;
use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::site::Site;
use crate::site::suggest::nearest;
use crate::source::edit::Edit;
use crate::source::{FileSpan, Source, Span};
use crate::syntax::directive::AlertKind;
use crate::syntax::tree::{Node, NodeKind};

pub(super) const RULE: Rule = Rule {
    code: Code::UnknownAlert,
    docs: include_str!("../docs/unknown-alert.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in checker.used_documents() {
        for tree in trees(&linked.document.body) {
            for node in &tree.nodes {
                let NodeKind::Alert(keyword) = &node.kind else {
                    continue;
                };
                let is_known = AlertKind::of(keyword).is_some()
                    || site.config.markdown.alert(keyword).is_some();
                if !is_known {
                    checker.report_in(id, problem_of(site, site.source(id), node, keyword));
                }
            }
        }
    }
}

fn problem_of(site: &Site, source: &Source, node: &Node, keyword: &str) -> Diagnostic {
    let marker = node.span.of(&source.text).find("[!").unwrap_or(0);
    let start = node.span.start as usize + marker + "[!".len();
    let span = Span::new(start, start + keyword.len());
    let message = message!("unknown alert `{keyword}`; it is shown as a quote", keyword);
    let problem = Diagnostic::new(Code::UnknownAlert, &source.path, span, message);
    if let Some(kind) = alert_for(keyword) {
        let right = kind.keyword();
        let mut problem = problem.help(message!(
            "Write `[!{right}]`; its title is in the language of the page.",
            right
        ));
        problem.fix = Some(Fix {
            title: message!("write `[!{alert}]`", alert = right),
            safe: true,
            edits: vec![Edit {
                location: FileSpan::new(&source.path, span),
                replacement: right.to_owned(),
            }],
        });
        return problem;
    }
    let mut known: Vec<&str> = AlertKind::ALL.iter().map(|kind| kind.keyword()).collect();
    for (keyword, _) in &site.config.markdown.alerts {
        known.push(keyword);
    }
    match nearest(keyword, known.iter().copied()) {
        Some(suggestion) => {
            problem.help(message!("Did you mean `[!{alert}]`?", alert = suggestion))
        }
        None => {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            problem.help(message!("Alerts are {names}.", names = names.join(", ")))
        }
    }
}
