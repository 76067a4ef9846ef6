//! Repairs of addresses: the bytes an author typed for a path are replaced by those of another path.

use crate::diagnostic::{Diagnostic, Edit, Fix, Place};
use crate::site::split_address;
use crate::source::{Source, Span};
use crate::syntax::Reference;

/// `problem` with the repair that puts `path` in place of the path of `reference`. There is none where the address was not typed as it is
/// read: with escapes, or in a shape that can't be pointed at.
pub(super) fn address_fix(mut problem: Diagnostic, source: &Source, reference: &Reference, path: &str, safe: bool) -> Diagnostic {
    let old = split_address(&reference.target).0;
    let start = reference.target_span.start as usize;
    let span = Span::new(start, start + old.len());
    let plain = path.chars().all(|sign| !sign.is_whitespace() && !matches!(sign, '(' | ')' | '<' | '>' | '"' | '\'' | '%' | '#' | '?'));
    if reference.target_span.of(&source.text) == &*reference.target && plain && !old.is_empty() {
        let edit = Edit { place: Place { path: source.path.clone(), span }, replacement: path.to_owned() };
        problem.fix = Some(Fix { title: format!("write `{path}`"), safe, edits: vec![edit] });
    }
    problem
}

/// The same for the fragment of an address.
pub(super) fn fragment_fix(mut problem: Diagnostic, source: &Source, reference: &Reference, id: &str, safe: bool) -> Diagnostic {
    let plain = id.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'));
    if let Some(at) = reference.target.find('#')
        && plain
        && reference.target_span.of(&source.text) == &*reference.target
    {
        let start = reference.target_span.start as usize + at + 1;
        let span = Span::new(start, reference.target_span.end as usize);
        let edit = Edit { place: Place { path: source.path.clone(), span }, replacement: id.to_owned() };
        problem.fix = Some(Fix { title: format!("link to `#{id}`"), safe, edits: vec![edit] });
    }
    problem
}
