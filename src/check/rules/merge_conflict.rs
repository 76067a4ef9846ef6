//! `merge-conflict`: the marks of a conflict that Git could not merge, left in a text. Code that shows such marks is none.

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::syntax::Body;
use crate::syntax::tree::NodeKind;

pub(super) const RULE: Rule = Rule {
    code: Code::MergeConflict,
    docs: include_str!("../docs/merge-conflict.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        let source = checker.site.source(id);
        for (start, end) in conflicts(&source.text) {
            if !is_code(&linked.document.body, start) {
                checker.report_in(id, problem_of(source, start, end));
            }
        }
    }
}

/// The lines `<<<<<<< ours` and `>>>>>>> theirs` of each conflict.
fn conflicts(text: &str) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    // Nearly no text has the sign seven times in a row.
    if !text.contains("<<<<<<< ") {
        return found;
    }
    let (mut open, mut at) = (None, 0);
    // The line `=======` is not looked for: below a text it makes a heading of it (CommonMark 4.3),
    // so it is in many files without a conflict.
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if line.starts_with("<<<<<<< ") {
            open = Some(span);
        } else if line.starts_with(">>>>>>> ")
            && let Some(start) = open.take()
        {
            found.push((start, span));
        }
    }
    found
}

fn problem_of(source: &Source, start: Span, end: Span) -> Diagnostic {
    let message = "a merge conflict was left in the text: both versions are published";
    Diagnostic::new(Code::MergeConflict, &source.path, start, message)
        .label(&source.path, end, "it ends here")
        .help("Choose one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`.")
}

/// True if the whole mark is in a block of code.
fn is_code(body: &Body, span: Span) -> bool {
    for tree in trees(body) {
        for node in &tree.nodes {
            if matches!(node.kind, NodeKind::CodeBlock(_)) && node.span.contains(span) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_has_two_marks() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x/y\n";
        assert_eq!(conflicts(text), [(Span::new(2, 14), Span::new(27, 38))]);
        assert_eq!(conflicts("<<<<<<< HEAD\nb\n"), []);
        assert_eq!(conflicts("x <<<<<<< y\n>>>>>>> z\n"), []);
    }
}
