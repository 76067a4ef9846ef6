//! `broken-link`, `missing-image`, `broken-landing-link` and `broken-redirect`: references whose target is missing or not published. One
//! pass over all references; the kind of the reference decides the code.

use crate::check::address_fix::{missing_file_fix, path_fix};
use crate::check::checker::{Checker, ResolvedReference};
use crate::check::link_target::code_and_noun;
use crate::check::rooted_link;
use crate::check::rule::Rule;
use crate::check::typed_address::encoded;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::site::address::split_address;
use crate::site::{BrokenReason, Target};
use crate::source::edit::Edit;
use crate::source::{FileSpan, Message, SitePath, Source};
use crate::syntax::{RefKind, Reference};

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
    // Reported by `missing-repository`, once for all files of that repository.
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
    // Before the files with a similar name: an address without its scheme is no misspelled path.
    if let Some(right) = with_scheme(typed_path) {
        problem = problem.help(message!(
            "Write `{right}{tail}`: without its beginning it is the path of a file.",
            right,
            tail
        ));
        return Some(path_fix(problem, source, reference, &right).with_safe_fix(true));
    }
    // Before other suggestions: "Did you mean" with two names that look the same would help no
    // reader.
    if let (Some(found), BrokenReason::Missing(missing)) = (&suggestion, reason)
        && looks_alike(&source.path.parent(), found, missing)
    {
        let right = as_typed(reference.kind, found);
        problem = problem.help(message!("The name has a sign that is not seen, or one that only looks the same. Write `{right}{tail}`.", right, tail));
        return Some(look_alike_fix(
            problem,
            source,
            reference,
            &format!("{right}{tail}"),
        ));
    }
    match suggestion.filter(|suggestion| !is_same_file(source, reason, suggestion)) {
        Some(suggestion) => {
            let shown = as_typed(reference.kind, &suggestion);
            problem = problem.help(message!("Did you mean `{shown}{tail}`?", shown, tail));
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

/// A mail address or the name of a website with the scheme it needs.
fn with_scheme(typed: &str) -> Option<String> {
    if let Some((name, host)) = typed.split_once('@')
        && !name.is_empty()
        && host.contains('.')
        // A path may have an `@` in it, and an address with a colon has its scheme already.
        && !typed.contains(['/', ' ', ':'])
    {
        return Some(format!("mailto:{typed}"));
    }
    let is_host = typed.len() > 8
        && typed
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("www."));
    is_host.then(|| format!("https://{typed}"))
}

/// True if the two paths look the same: they differ in invisible characters or in Unicode normalization (NFC and NFD) only.
fn looks_alike(folder: &SitePath, found: &str, missing: &SitePath) -> bool {
    let Ok(found) = folder.join(found) else {
        return false;
    };
    found != *missing && visible(found.as_str()) == visible(missing.as_str())
}

/// The text in composed letters (Unicode NFC) without signs that take no room.
fn visible(text: &str) -> String {
    let is_invisible = |char: char| {
        matches!(
            char,
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
        )
    };
    let text: String = text.chars().filter(|char| !is_invisible(*char)).collect();
    let composed = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
    // NFC keeps the no-break space; only NFKC makes an ordinary one of it, and with it changes
    // letters that look different.
    composed.normalize(&text).replace('\u{A0}', " ")
}

fn look_alike_fix(
    problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    right: &str,
) -> Diagnostic {
    // With escapes or character references in it, the typed text is not the target, and which of
    // its bytes are wrong is not certain.
    if reference.target_span.of(&source.text) != &*reference.target {
        return problem;
    }
    let fix = Fix {
        title: message!("write `{right}`", right),
        safe: true,
        edits: vec![Edit {
            location: FileSpan::new(&source.path, reference.target_span),
            replacement: right.to_owned(),
        }],
    };
    Diagnostic {
        fix: Some(fix),
        ..problem
    }
}

/// The path as it is typed in this kind of reference: in Markdown and HTML a space ends an address.
fn as_typed(kind: RefKind, path: &str) -> String {
    match kind {
        RefKind::Link | RefKind::Image | RefKind::HtmlHref | RefKind::HtmlSrc => encoded(path),
        _ => path.to_owned(),
    }
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

fn message_of(noun: &str, typed: &str, reason: &BrokenReason) -> Option<Message> {
    match reason {
        BrokenReason::Missing(missing) => {
            Some(message!("{noun} not found: `{missing}`", noun, missing))
        }
        BrokenReason::NotPublished(found) => {
            Some(message!("{noun} is not published: `{found}`", noun, found))
        }
        BrokenReason::Folder(folder) => Some(message!(
            "{noun} is a folder without an index page: `{folder}`",
            noun,
            folder
        )),
        BrokenReason::LeavesRoot => Some(message!(
            "{noun} is outside the site: `{typed}`",
            noun,
            typed
        )),
        BrokenReason::Unreadable(found) => {
            Some(message!("{noun} cannot be read: `{found}`", noun, found))
        }
        BrokenReason::UnknownUid if noun == "redirect target" => Some(message!(
            "{noun} not found: no page has the uid of `{typed}`",
            noun,
            typed
        )),
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
