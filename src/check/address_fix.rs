//! Fixes of addresses: replace the path or the fragment an author typed. There is no fix for an address that was not typed as it is read
//! (with escapes, or in a form without a span of its own), because the bytes to replace are unknown then.

use crate::diagnostic::{Diagnostic, Fix};
use crate::message;
use crate::site::address::split_address;
use crate::source::edit::Edit;
use crate::source::{FileSpan, Message, SitePath, Source, Span};
use crate::syntax::Reference;

/// `problem` with a fix that replaces the path of `reference` by `path`.
pub(super) fn path_fix(
    problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    path: &str,
) -> Diagnostic {
    let old = split_address(&reference.target).0;
    // A safe edit replaces exactly the bytes of the path. With `%20` or `&amp;` in it, the number of bytes is not that of the target.
    if old.is_empty() || !is_typed_as_read(source, reference) || !is_plain_path(path) {
        return problem;
    }
    let start = reference.target_span.start as usize;
    let span = Span::new(start, start + old.len());
    with_fix(
        problem,
        source,
        span,
        path,
        message!("write `{path}`", path),
    )
}

/// `problem` with a fix that replaces the fragment of `reference` by `id`.
pub(super) fn fragment_fix(
    problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    id: &str,
) -> Diagnostic {
    let Some(at) = reference.target.find('#') else {
        return problem;
    };
    if !is_typed_as_read(source, reference) || !is_plain_id(id) {
        return problem;
    }
    let start = reference.target_span.start as usize + at + 1;
    let span = Span::new(start, reference.target_span.end as usize);
    with_fix(problem, source, span, id, message!("link to `#{id}`", id))
}

/// `problem` with a fix of a path that names the missing file `missing`, if `suggestion` is certain enough: the page for an `.html`
/// address, or, as an unsafe fix, a file of the same name.
pub(super) fn missing_file_fix(
    problem: Diagnostic,
    source: &Source,
    reference: &Reference,
    missing: &SitePath,
    suggestion: &str,
) -> Diagnostic {
    let Ok(found) = source.path.parent().join(suggestion) else {
        return problem;
    };
    let is_page_of_address = (missing.has_extension("html") || missing.extension().is_empty())
        && found.stem() == missing.stem()
        && found.parent() == missing.parent();
    if is_page_of_address {
        // The address of the built page was copied from a browser, or its `.md` forgotten; its source is certain.
        return path_fix(problem, source, reference, suggestion).with_safe_fix(true);
    }
    if found.file_name() == missing.file_name() {
        return path_fix(problem, source, reference, suggestion);
    }
    problem
}

/// An unsafe fix that replaces one span.
fn with_fix(
    problem: Diagnostic,
    source: &Source,
    span: Span,
    replacement: &str,
    title: Message,
) -> Diagnostic {
    let path = source.path.clone();
    let edit = Edit {
        location: FileSpan { path, span },
        replacement: replacement.to_owned(),
    };
    let fix = Fix {
        title,
        safe: false,
        edits: vec![edit],
    };
    Diagnostic {
        fix: Some(fix),
        ..problem
    }
}

fn is_typed_as_read(source: &Source, reference: &Reference) -> bool {
    reference.target_span.of(&source.text) == &*reference.target
}

/// True if the path needs no escapes in Markdown, HTML and YAML.
fn is_plain_path(path: &str) -> bool {
    let has_meaning = |char: char| {
        char.is_whitespace() || matches!(char, '(' | ')' | '<' | '>' | '"' | '\'' | '%' | '#' | '?')
    };
    !path.contains(has_meaning)
}

fn is_plain_id(id: &str) -> bool {
    id.chars()
        .all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.'))
}
