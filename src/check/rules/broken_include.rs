//! `broken-include`, `include-cycle` and `include-too-large`: directives whose file can't be included. One pass; the reason decides the code.

use crate::check::address_fix::missing_file_fix;
use crate::check::checker::{Checker, ResolvedReference};
use crate::check::content::chain_of;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::{BrokenReason, Target};
use crate::source::Message;
use crate::syntax::{RefKind, Reference};

use super::missing_repository::repository_of;

pub(super) const RULE: Rule = Rule {
    code: Code::BrokenInclude,
    docs: include_str!("../docs/broken-include.md"),
    run: Some(run),
};

pub(super) const INCLUDE_CYCLE: Rule =
    Rule::reported_elsewhere(Code::IncludeCycle, include_str!("../docs/include-cycle.md"));

pub(super) const INCLUDE_TOO_LARGE: Rule = Rule::reported_elsewhere(
    Code::IncludeTooLarge,
    include_str!("../docs/include-too-large.md"),
);

fn run(checker: &mut Checker<'_>) {
    for resolved in checker.references() {
        // DocFX logs a failed include and shows the directive as typed, a failed snippet as nothing (DocFX spec 3.5, 5.1).
        if !matches!(resolved.reference.kind, RefKind::Include | RefKind::Snippet) {
            continue;
        }
        if let Some(problem) = problem_of(checker, resolved) {
            checker.report_in(resolved.id, problem);
        }
    }
}

fn problem_of(checker: &Checker<'_>, resolved: ResolvedReference<'_>) -> Option<Diagnostic> {
    let ResolvedReference { id, reference, .. } = resolved;
    let Target::Broken(reason) = resolved.target else {
        return None;
    };
    // Reported by `missing-repository`, once for all files of that repository.
    if repository_of(checker.site, reason).is_some() {
        return None;
    }
    let source = checker.site.source(id);
    let (code, message) = code_and_message(reference, reason)?;
    let problem = Diagnostic::new(code, &source.path, reference.target_span, message);
    if let BrokenReason::Missing(missing) = reason
        && let Some(suggestion) = checker.suggestions.path(id, missing)
    {
        let problem = problem.help(message!("Did you mean `{suggestion}`?", suggestion));
        return Some(missing_file_fix(
            problem,
            source,
            reference,
            missing,
            &suggestion,
        ));
    }
    if let BrokenReason::Missing(missing) = reason
        && !missing.parent().is_root()
        && !checker.site.is_folder(&missing.parent())
    {
        let folder = missing.parent();
        return Some(problem.help(message!(
            "There is no folder `{folder}`: correct the path, which is relative to this file, or add the file.",
            folder
        )));
    }
    Some(problem.help(match reason {
        BrokenReason::Cycle(_) => "Remove one of these includes.",
        BrokenReason::TooLarge => "Include less, or split the page.",
        BrokenReason::LeavesRoot => {
            "Files are read within the site and its Git repository. To read more, name the folder above in `hjelp.yml`: `root: ..`"
        }
        _ => "Correct the path, which is relative to this file, or remove the directive.",
    }))
}

fn code_and_message(reference: &Reference, reason: &BrokenReason) -> Option<(Code, Message)> {
    let typed = &reference.target;
    let message = match reason {
        BrokenReason::Missing(missing) => message!("included file not found: `{missing}`", missing),
        BrokenReason::LeavesRoot => message!("included file is outside the site: `{typed}`", typed),
        BrokenReason::Unreadable(found) => {
            message!("included file cannot be read: `{found}`", found)
        }
        BrokenReason::NotPublished(found) | BrokenReason::Folder(found) => {
            let kind = match reference.kind {
                RefKind::Include => "Markdown",
                _ => "text",
            };
            message!(
                "included file is not a {format} file: `{found}`",
                format = kind,
                found
            )
        }
        BrokenReason::NotAPath if typed.is_empty() => "the directive names no file".into(),
        BrokenReason::NotAPath => message!("not a path relative to this file: `{typed}`", typed),
        BrokenReason::Cycle(chain) => {
            let message = message!(
                "the file includes itself: {chain_of}",
                chain_of = chain_of(chain)
            );
            return Some((Code::IncludeCycle, message));
        }
        BrokenReason::TooLarge => {
            let message = message!(
                "`{typed}` with its own includes is too large for a page",
                typed
            );
            return Some((Code::IncludeTooLarge, message));
        }
        // Includes have no uid.
        BrokenReason::UnknownUid => return None,
    };
    Some((Code::BrokenInclude, message))
}
