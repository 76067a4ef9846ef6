//! `case-mismatch`: paths that name a file in other upper and lower case letters than it has. Readers get there all the same.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::site::address::split_address;

use super::fix::address_fix;
use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::CaseMismatch],
    about: "A path differs from the file's own name in upper and lower case letters; other servers and tools will not find it.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        for (number, real) in linked.case_mismatches {
            let Some(reference) = linked.document.refs.get(*number as usize) else {
                continue;
            };
            let source = site.source(id);
            let (path, tail) = split_address(&reference.target);
            let right = in_letters_of(path, real.as_str());
            let message = format!("`{path}` is written in other letters than the file `{real}`");
            let problem = Diagnostic::new(
                Code::CaseMismatch,
                &source.path,
                reference.target_span,
                message,
            )
            .help(format!(
                "Write `{right}{tail}`: upper and lower case letters differ on most servers."
            ));
            problems.push(
                suggestions.reached(id, address_fix(problem, source, reference, &right, true)),
            );
        }
    }
}

/// The typed path with the letters of the real one, as far as both name the same folders from the end.
fn in_letters_of(typed: &str, real: &str) -> String {
    let mut names = real.rsplit('/');
    let mut parts: Vec<&str> = Vec::new();
    let mut same = true;
    for part in typed.rsplit('/') {
        let name = names
            .next()
            .filter(|name| same && name.to_lowercase() == part.to_lowercase());
        same = name.is_some();
        parts.push(name.unwrap_or(part));
    }
    parts.reverse();
    parts.join("/")
}
