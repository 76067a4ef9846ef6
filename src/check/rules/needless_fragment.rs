//! `needless-fragment`: entries of a table of contents that add `?` or `#` to the path of another table of contents.

use crate::check::checker::Checker;
use crate::check::content::{toc_entries, toc_target};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Target;
use crate::site::address::split_address;

pub(super) const RULE: Rule = Rule {
    code: Code::NeedlessFragment,
    docs: include_str!("../docs/needless-fragment.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in checker.used_documents() {
        for entry in toc_entries(&linked.document.body) {
            let Some((reference, Target::Toc(_))) = toc_target(site, id, entry) else {
                continue;
            };
            let (path, tail) = split_address(&reference.target);
            if tail.is_empty() {
                continue;
            }
            let file = &site.source(id).path;
            let message = message!(
                "`{tail}` after the path of a table of contents has no effect",
                tail
            );
            let span = reference.target_span;
            let problem = Diagnostic::new(Code::NeedlessFragment, file, span, message);
            checker.report(problem.help(message!("Write only `{path}`.", path)));
        }
    }
}
