//! `ambiguous-translation`: two pages in one language that would both be the translation of one page.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::site::pairing::PairingConflict;
use crate::source::Span;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::AmbiguousTranslation],
    about: "Two pages in one language would both be the translation of one page, by what their front matter says and where they lie.",
    run,
};

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for conflict in site.pairing_conflicts() {
        let path = |id| &site.source(id).path;
        let same = conflict.original == conflict.other;
        let message = match same {
            true => format!(
                "`{}` says that this page is a translation of `{}`, which is in the same language",
                conflict.key,
                path(conflict.original)
            ),
            false => {
                format!(
                    "`{}` says that this page is a translation of `{}`, which has another one",
                    conflict.key,
                    path(conflict.original)
                )
            }
        };
        let label = match (conflict.displaced, conflict.key) {
            (true, _) => "this page is no translation of it now",
            (false, "uid") => "this page is, by its path",
            (false, _) => "this page is its translation",
        };
        let problem = Diagnostic::new(
            Code::AmbiguousTranslation,
            path(conflict.source),
            key_span(site, conflict),
            message,
        );
        let problem = if same {
            problem
        } else {
            problem.label(path(conflict.other), Span::default(), label)
        };
        problems.push(problem.help(format!(
            "Change `{}`, or move one of the pages.",
            conflict.key
        )));
    }
}

/// The value of the front matter key that names the other page.
fn key_span(site: &Site, conflict: &PairingConflict) -> Span {
    let Some(linked) = site.linked(conflict.source) else {
        return Span::default();
    };
    match linked.document.front_matter.get(conflict.key) {
        Some(value) => value.span,
        None => Span::default(),
    }
}
