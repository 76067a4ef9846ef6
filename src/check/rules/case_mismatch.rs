//! `case-mismatch`: paths that differ from the name of the file in upper and lower case. They are resolved all the same.

use std::borrow::Cow;

use crate::check::address_fix::path_fix;
use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::check::typed_address::encoded;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::address::split_address;
use crate::source::SitePath;
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
            let message = message!(
                "`{path}` differs from the file name `{real}` in case",
                path,
                real
            );
            let span = reference.target_span;
            if is_odd_extension(path, real) {
                let name = real.file_name().to_owned();
                let right = format!("{}.{}", real.stem(), real.extension().to_lowercase());
                let problem = Diagnostic::new(Code::CaseMismatch, &source.path, span, message);
                checker.report_in(
                    id,
                    problem.help(message!(
                        "Rename the file `{name}` to `{right}`: programs look for extensions in lower case.",
                        name,
                        right
                    )),
                );
                continue;
            }
            let problem =
                Diagnostic::new(Code::CaseMismatch, &source.path, span, message).help(message!(
                    "Write `{correct}{tail}`: upper and lower case are different on most servers.",
                    correct,
                    tail
                ));
            // Safe, because the link already opens this very file: only the bytes in the text change.
            let problem = path_fix(problem, source, reference, &correct).with_safe_fix(true);
            checker.report_in(id, problem);
        }
    }
}

/// True if only the extension of the file is in another case than typed, and not in the usual one: then the file is to change.
fn is_odd_extension(typed: &str, real: &SitePath) -> bool {
    let extension = real.extension();
    let lower = extension.to_lowercase();
    let Some(stem) = typed.strip_suffix(&*lower) else {
        return false;
    };
    extension != lower
        && real
            .file_name()
            .starts_with(stem.rsplit('/').next().unwrap_or(stem))
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
