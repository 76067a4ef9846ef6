//! Repairs of addresses: the bytes an author typed for a path are replaced by those of another path.
use crate::source::edit::Edit;

use crate::diagnostic::{Diagnostic, Fix};
use crate::site::address::split_address;
use crate::source::{FileSpan, SitePath, Source, Span};
use crate::syntax::Reference;

/// `problem` with the repair that puts `path` in place of the path of `reference`. There is none where the address was not typed as it is
/// read: with escapes, or in a shape that can't be pointed at.
pub(super) fn address_fix(
    mut problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    path: &str,
    safe: bool,
) -> Diagnostic {
    let old = split_address(&reference.target).0;
    let start = reference.target_span.start as usize;
    let span = Span::new(start, start + old.len());
    let plain = path.chars().all(|sign| {
        !sign.is_whitespace()
            && !matches!(sign, '(' | ')' | '<' | '>' | '"' | '\'' | '%' | '#' | '?')
    });
    if reference.target_span.of(&source.text) == &*reference.target && plain && !old.is_empty() {
        let edit = Edit {
            location: FileSpan {
                path: source.path.clone(),
                span,
            },
            replacement: path.to_owned(),
        };
        problem.fix = Some(Fix {
            title: format!("write `{path}`"),
            safe,
            edits: vec![edit],
        });
    }
    problem
}

/// The same for the fragment of an address.
pub(super) fn fragment_fix(
    mut problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    id: &str,
    safe: bool,
) -> Diagnostic {
    let plain = id
        .chars()
        .all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'));
    if let Some(at) = reference.target.find('#')
        && plain
        && reference.target_span.of(&source.text) == &*reference.target
    {
        let start = reference.target_span.start as usize + at + 1;
        let span = Span::new(start, reference.target_span.end as usize);
        let edit = Edit {
            location: FileSpan {
                path: source.path.clone(),
                span,
            },
            replacement: id.to_owned(),
        };
        problem.fix = Some(Fix {
            title: format!("link to `#{id}`"),
            safe,
            edits: vec![edit],
        });
    }
    problem
}

/// The repair of a path that leads to no file, when it is certain enough what was meant: the page behind an `.html`, or, less certainly,
/// the only file of the same name.
pub(super) fn missing_fix(
    problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    missing: &SitePath,
    meant: &str,
) -> Diagnostic {
    let Ok(found) = source.path.parent().join(meant) else {
        return problem;
    };
    let is_page = missing.has_extension("html")
        && found.stem() == missing.stem()
        && found.parent() == missing.parent();
    let is_moved = found.file_name() == missing.file_name();
    if is_page || is_moved {
        address_fix(problem, source, reference, meant, is_page)
    } else {
        problem
    }
}
