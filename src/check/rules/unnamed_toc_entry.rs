//! `unnamed-toc-entry`: entries of a table of contents without a name, and without a page to take it from.

use crate::check::checker::Checker;
use crate::check::content::{toc_entries, toc_target};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Target;

pub(super) const RULE: Rule = Rule {
    code: Code::UnnamedTocEntry,
    docs: include_str!("../docs/unnamed-toc-entry.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in checker.used_documents() {
        for entry in toc_entries(&linked.document.body) {
            if entry.name.is_some() || entry.display.is_some() {
                continue;
            }
            let target = toc_target(site, id, entry).map(|(_, target)| target);
            if matches!(
                target,
                None | Some(Target::External | Target::SamePage | Target::Asset(_))
            ) {
                let path = &site.source(id).path;
                let message = "the entry has no name, and no page to take it from";
                let problem = Diagnostic::new(Code::UnnamedTocEntry, path, entry.span, message);
                checker.report(problem.help("Add `name:` with the text of the entry."));
            }
        }
    }
}
