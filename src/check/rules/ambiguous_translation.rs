//! `ambiguous-translation`: two pages in one language that are both declared to be the translation of one page.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::site::pairing::PairingConflict;
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::AmbiguousTranslation,
    docs: include_str!("../docs/ambiguous-translation.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for conflict in site.pairing_conflicts() {
        let key = conflict.key;
        let original = &site.source(conflict.original).path;
        let is_same_language = conflict.original == conflict.other;
        let message = if is_same_language {
            message!(
                "`{key}` declares this page a translation of `{original}` in the same language",
                key,
                original
            )
        } else {
            message!(
                "`{key}` declares this page a translation of `{original}`, which already has one",
                key,
                original
            )
        };
        let path = &site.source(conflict.source).path;
        let code = Code::AmbiguousTranslation;
        let mut problem = Diagnostic::new(code, path, key_span(site, conflict), message);
        if !is_same_language {
            let other = &site.source(conflict.other).path;
            problem = problem.label(other, Span::default(), label_of(conflict));
        }
        checker.report(problem.help(message!("Change `{key}`, or move one of the pages.", key)));
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

/// What the other page has to do with it.
fn label_of(conflict: &PairingConflict) -> &'static str {
    if conflict.displaced {
        "this page is no longer its translation"
    } else if conflict.key == "uid" {
        "this page is its translation because of its path"
    } else {
        "this page is its translation"
    }
}
