//! Problems that have a fix -> the new bytes of files. Decides which fixes are applied; how edits are combined, [`crate::source::edit`]
//! knows.

use super::problem::Diagnostic;
use crate::source::Sources;
use crate::source::edit::{CombinedEdits, combine_edits};

/// Applies the fixes of `problems` in their order: the safe ones, and with `include_unsafe` the others as well.
pub fn apply_fixes(
    problems: &[Diagnostic],
    sources: &Sources,
    include_unsafe: bool,
) -> CombinedEdits {
    // A fix is applied as a whole or not at all: half of a renamed anchor would break the links to it.
    let mut groups = Vec::new();
    for problem in problems {
        match &problem.fix {
            // What is around the site belongs to others.
            Some(fix) if fix.edits.iter().any(|edit| edit.location.path.is_outside()) => {}
            Some(fix) if fix.safe || include_unsafe => groups.push(fix.edits.as_slice()),
            _ => {}
        }
    }
    combine_edits(groups, sources)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Fix};
    use crate::source::edit::Edit;
    use crate::source::{SitePath, Source, Span};

    #[test]
    fn unsafe_fixes_are_applied_only_on_request() {
        let path = SitePath::new("a.md").unwrap();
        let sources = Sources::new(vec![Source::from_text(path.clone(), "x.md")], [], []);
        let mut problem = Diagnostic::new(Code::BrokenLink, &path, Span::at(0), "y");
        problem.fix = Some(Fix {
            title: "write `z.md`".into(),
            safe: false,
            edits: vec![Edit::new(&path, Span::new(0, 4), "z.md")],
        });
        let problems = [problem];
        assert_eq!(
            apply_fixes(&problems, &sources, false),
            CombinedEdits::default()
        );
        let applied = apply_fixes(&problems, &sources, true);
        assert_eq!(applied.files[0].after, b"z.md");
    }
}
