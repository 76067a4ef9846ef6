//! `case-mismatch`: paths that differ from the name of the file in upper and lower case. They are resolved all the same.

use std::borrow::Cow;

use crate::check::address_fix::path_fix;
use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::check::typed_address::encoded;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::address::split_address;
use crate::source::percent;

pub(super) const RULE: Rule = Rule {
    code: Code::CaseMismatch,
    docs: include_str!("../docs/case-mismatch.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        for (number, real) in linked.case_mismatches {
            let Some(reference) = linked.document.refs.get(*number as usize) else {
                continue;
            };
            let source = checker.site.source(id);
            let (path, tail) = split_address(&reference.target);
            let correct = with_case_of(path, real.as_str());
            let message = format!("`{path}` differs from the file name `{real}` in case");
            let span = reference.target_span;
            let problem =
                Diagnostic::new(Code::CaseMismatch, &source.path, span, message).help(format!(
                    "Write `{correct}{tail}`: upper and lower case are different on most servers."
                ));
            // Safe, because the link already opens this very file: only the bytes in the text change.
            let problem = path_fix(problem, source, reference, &correct).with_safe_fix(true);
            checker.report_in(id, problem);
        }
    }
}

/// The typed path in the case of the real one, as far as both have the same names, from the file name up. Above that, `../` and the like
/// remain as typed.
fn with_case_of(typed: &str, real: &str) -> String {
    let mut names = real.rsplit('/');
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    let mut is_same = true;
    for part in typed.rsplit('/') {
        let name = names.next().unwrap_or("");
        let decoded = percent::decode_path(part);
        // Once one name differs, those above belong to another folder, even if they happen to be equal.
        is_same = is_same && name.to_lowercase() == decoded.to_lowercase();
        parts.push(if !is_same || decoded == name {
            Cow::Borrowed(part)
        } else if decoded == part {
            Cow::Borrowed(name)
        } else {
            // What was encoded stays so: a space would end the address.
            Cow::Owned(encoded(&percent::literal(name)))
        });
    }
    parts.reverse();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_file_change_their_case() {
        assert_eq!(
            with_case_of("../Media/A.PNG", "no/media/a.png"),
            "../media/a.png"
        );
        assert_eq!(with_case_of("~/NO/a.md", "no/A.md"), "~/no/A.md");
    }
}
