//! The codes of a translation that came back, compared with those of its original: none may be lost, added or turned into something else.

use std::collections::BTreeSet;

use super::unit::{Inline, InlineCode, TranslationUnit, closing, code_numbers, opening};

/// Why a translation isn't accepted.
pub(super) struct Rejection {
    /// In lower case and without a full stop.
    pub message: String,
    pub help: &'static str,
}

/// Fails unless every code of the original is in `target` once. Codes that only the translation so far has, `before`, are optional; what it
/// lacked already is not required now. `codes` are those of the original and of `before`, by number.
pub(super) fn check_codes(
    original: &TranslationUnit,
    before: &[Inline],
    target: &[Inline],
    codes: &[InlineCode],
) -> Result<(), Rejection> {
    let required = code_numbers(&original.content);
    let present = code_numbers(target);
    let present_before = code_numbers(before);
    let mut lost = Vec::new();
    for number in &required {
        // What the translation lacks already was left out on purpose, or before anyone checked.
        let was_there = before.is_empty() || present_before.contains(number);
        if was_there && !present.contains(number) {
            lost.push(source_text(codes, *number));
        }
    }
    if !lost.is_empty() {
        return Err(rejection(format!("it has lost `{}`", lost.join("`, `"))));
    }
    // A link twice would show the same words or image twice, and tools copy codes by accident.
    let mut seen = BTreeSet::new();
    for number in present {
        if !seen.insert(number) {
            let code = source_text(codes, number);
            return Err(rejection(format!("it has `{code}` twice")));
        }
        if number >= codes.len() {
            return Err(rejection(format!(
                "it has a code {} that the original doesn't have",
                number + 1
            )));
        }
        // A code that spans words can't become a placeholder, nor the other way round.
        let known = if required.contains(&number) {
            &original.content
        } else {
            before
        };
        if spans_words(known, number) != spans_words(target, number) {
            let code = source_text(codes, number);
            return Err(rejection(format!(
                "`{code}` is no longer the kind of code it was"
            )));
        }
    }
    Ok(())
}

fn rejection(message: String) -> Rejection {
    Rejection {
        message,
        help: "Put every code of the original into the translation once, around or between its words.",
    }
}

fn spans_words(content: &[Inline], number: usize) -> bool {
    content.contains(&Inline::StartCode(number))
}

/// The source text of a code, for messages: `**…**`.
fn source_text(codes: &[InlineCode], number: usize) -> String {
    let (open, close) = (opening(codes, number), closing(codes, number));
    let words = if close.is_empty() { "" } else { "…" };
    format!("{open}{words}{close}")
}
