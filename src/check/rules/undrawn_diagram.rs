//! `undrawn-diagram`: PlantUML code blocks. DocFX draws them with a Java program or a server; here they are shown as code.

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::tree::NodeKind;

pub(super) const RULE: Rule = Rule {
    code: Code::UndrawnDiagram,
    docs: include_str!("../docs/undrawn-diagram.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        for tree in trees(&linked.document.body) {
            for node in &tree.nodes {
                let NodeKind::CodeBlock(Some(language)) = &node.kind else {
                    continue;
                };
                if !language.eq_ignore_ascii_case("plantuml") {
                    continue;
                }
                let start = node.span.start as usize;
                let first_line = Span::new(start, start + "```".len() + language.len());
                let path = &checker.site.source(id).path;
                let message = "PlantUML diagrams are shown as code";
                let problem = Diagnostic::new(Code::UndrawnDiagram, path, first_line, message);
                checker.report_in(id, problem.help("Include an image of the diagram instead."));
            }
        }
    }
}
