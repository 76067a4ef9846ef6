//! `broken-link`, `missing-image`, `broken-landing-link` and `broken-redirect`: references whose target is missing or not published. One
//! pass over all references; the kind of the reference decides the code.

use crate::check::address_fix::missing_file_fix;
use crate::check::checker::{Checker, ResolvedReference};
use crate::check::link_target::code_and_noun;
use crate::check::rooted_link;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::address::split_address;
use crate::site::{BrokenReason, Target};
use crate::source::Source;

use super::missing_repository::repository_of;

pub(super) const RULE: Rule = Rule {
    code: Code::BrokenLink,
    docs: include_str!("../docs/broken-link.md"),
    run: Some(run),
};

pub(super) const MISSING_IMAGE: Rule =
    Rule::reported_elsewhere(Code::MissingImage, include_str!("../docs/missing-image.md"));

pub(super) const BROKEN_LANDING_LINK: Rule = Rule::reported_elsewhere(
    Code::BrokenLandingLink,
    include_str!("../docs/broken-landing-link.md"),
);

pub(super) const BROKEN_REDIRECT: Rule = Rule::reported_elsewhere(
    Code::BrokenRedirect,
    include_str!("../docs/broken-redirect.md"),
);

fn run(checker: &mut Checker<'_>) {
    for resolved in checker.references() {
        if let Some(problem) = problem_of(checker, resolved) {
            checker.report_in(resolved.id, problem);
        }
    }
    // Part of this rule, so that a page has one code for a broken link, however its address is written.
    rooted_link::run(checker);
}

fn problem_of(checker: &Checker<'_>, resolved: ResolvedReference<'_>) -> Option<Diagnostic> {
    let ResolvedReference {
        id,
        reference,
        target: Target::Broken(reason),
    } = resolved
    else {
        return None;
    };
    if repository_of(checker.site, reason).is_some() {
        return None;
    }
    let (code, noun) = code_and_noun(reference.kind)?;
    let message = message_of(noun, &reference.target, reason)?;
    let source = checker.site.source(id);
    let mut problem = Diagnostic::new(code, &source.path, reference.target_span, message);
    let (typed_path, tail) = split_address(&reference.target);
    let suggestions = checker.suggestions;
    let suggestion = match reason {
        BrokenReason::Missing(missing) | BrokenReason::NotPublished(missing) => {
            suggestions.path(id, missing)
        }
        BrokenReason::LeavesRoot => suggestions.path_inside(id, typed_path),
        _ => None,
    };
    match suggestion.filter(|suggestion| !is_same_file(source, reason, suggestion)) {
        Some(suggestion) => {
            problem = problem.help(format!("Did you mean `{suggestion}{tail}`?"));
            if let BrokenReason::Missing(missing) | BrokenReason::NotPublished(missing) = reason {
                problem = missing_file_fix(problem, source, reference, missing, &suggestion);
            }
        }
        None => {
            if let Some(advice) = advice_for(reason, code) {
                problem = problem.help(advice);
            }
        }
    }
    // The target of `[text][label]` is in the definition, which may be far from the link.
    let is_used_elsewhere = !reference.span.contains(reference.target_span)
        && reference.span.start < reference.target_span.start;
    if is_used_elsewhere {
        problem = problem.label(&source.path, reference.span, "used here");
    }
    Some(problem)
}

/// True if `suggestion` is the very file that was typed, in another spelling: it exists, but is not published.
fn is_same_file(source: &Source, reason: &BrokenReason, suggestion: &str) -> bool {
    match reason {
        BrokenReason::Missing(wanted) | BrokenReason::NotPublished(wanted) => {
            source.path.parent().join(suggestion).as_ref() == Ok(wanted)
        }
        _ => false,
    }
}

fn message_of(noun: &str, typed: &str, reason: &BrokenReason) -> Option<String> {
    match reason {
        BrokenReason::Missing(missing) => Some(format!("{noun} not found: `{missing}`")),
        BrokenReason::NotPublished(found) => Some(format!("{noun} is not published: `{found}`")),
        BrokenReason::Folder(folder) => Some(format!(
            "{noun} is a folder without an index page: `{folder}`"
        )),
        BrokenReason::LeavesRoot => Some(format!("{noun} is outside the site: `{typed}`")),
        BrokenReason::Unreadable(found) => Some(format!("{noun} cannot be read: `{found}`")),
        // Reported by the checks of references by uid, of includes and of tables of contents.
        BrokenReason::UnknownUid
        | BrokenReason::Cycle(_)
        | BrokenReason::TooLarge
        | BrokenReason::NotAPath => None,
    }
}

/// What to do if no file has a similar path.
fn advice_for(reason: &BrokenReason, code: Code) -> Option<&'static str> {
    match reason {
        BrokenReason::Missing(_) if code == Code::MissingImage => {
            Some("Correct the path, which is relative to this file, or add the image.")
        }
        BrokenReason::Missing(_) => {
            Some("Correct the path, which is relative to this file, or remove the link.")
        }
        BrokenReason::NotPublished(_) => {
            Some("Use a published file, or add this one to `content` in the configuration.")
        }
        BrokenReason::Folder(_) => Some("Use a page in the folder, or add an `index.md` to it."),
        BrokenReason::LeavesRoot => {
            Some("Paths are relative to the file that contains them; there is one `../` too many.")
        }
        _ => None,
    }
}
