//! `output-collision`: two sources that produce the same file.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::OutputCollision,
    docs: include_str!("../docs/output-collision.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for collision in checker.site.collisions() {
        let message = format!(
            "the page would be written to `{}`, which is already used by `{}`",
            collision.output, collision.published
        );
        // The name of the file is wrong, not a place in its text.
        let file = Span::default();
        let problem = Diagnostic::new(Code::OutputCollision, &collision.dropped, file, message)
            .label(&collision.published, file, "this page is published")
            .help("Rename one of the files.");
        checker.report(problem);
    }
}
