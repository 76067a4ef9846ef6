//! `empty-page`: Markdown files among the pages that hold nothing.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::Body;

pub(super) const RULE: Rule = Rule {
    code: Code::EmptyPage,
    docs: include_str!("../docs/empty-page.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in site.documents() {
        let source = site.source(id);
        let is_page = site.translation_set_of(id).is_some();
        let is_article = matches!(linked.document.body, Body::Article(_));
        // A page with front matter alone may be a redirect, or filled by a template.
        if !is_page || !is_article || !source.text.trim().is_empty() {
            continue;
        }
        let message = "the page is empty";
        let problem = Diagnostic::new(Code::EmptyPage, &source.path, Span::default(), message);
        checker.report(problem.help("Write its text, or remove the file and what links to it."));
    }
}
