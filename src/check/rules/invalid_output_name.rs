//! `invalid-output-name`: an `outputFileName` in the front matter that is a path.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;

pub(super) const RULE: Rule = Rule {
    code: Code::InvalidOutputName,
    docs: include_str!("../docs/invalid-output-name.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in site.documents() {
        if site.translation_set_of(id).is_none() {
            continue;
        }
        let Some(node) = linked.document.front_matter.get("outputFileName") else {
            continue;
        };
        let Some(name) = node.text() else {
            continue;
        };
        // With `\` too: DocFX on Windows reads it as a separator, and a site must not depend on the system it is built on.
        if name.contains(['/', '\\']) {
            let path = &site.source(id).path;
            let message = message!("`{name}` is a path, not a file name", name);
            let problem = Diagnostic::new(Code::InvalidOutputName, path, node.span, message);
            checker.report(problem.help(
                "Pages stay in the folder of their file. Use a file name, for example `page.html`.",
            ));
        }
    }
}
