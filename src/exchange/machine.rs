//! A page with translations of a machine -> the same page with `translation_type: MT` in its front matter, by which its readers and the status
//! of translations know. Doesn't know who translates.

use crate::source::edit::{TextEdit, apply_edits};
use crate::source::{Source, Span};

use super::merge::{MergedText, joined};

/// The key of front matter that says who has translated a page.
const KEY: &str = "translation_type";

/// Marks a page that is machine-translated from now on. `translation` is the page before; None if it is new. A page that says already how it
/// was translated keeps that: somebody has decided it.
pub(super) fn mark_machine(merged: &mut MergedText, translation: Option<&Source>) {
    let Some(edit) = mark(&merged.text) else {
        return;
    };
    if let Ok(text) = apply_edits(&merged.text, std::slice::from_ref(&edit)) {
        merged.text = text;
    }
    // The edits are those of the page before, in which the mark has the same place: nothing is translated above it.
    if translation.is_some() {
        merged.edits.insert(0, edit);
        merged.edits = joined(std::mem::take(&mut merged.edits));
    }
}

/// The edit that marks a page; None for files that aren't Markdown with front matter or text, and for marked ones.
fn mark(text: &str) -> Option<TextEdit> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
    let Some(first) = text[start..].strip_prefix("---") else {
        return Some(insertion(
            start,
            format!("---{newline}{KEY}: MT{newline}---{newline}{newline}"),
        ));
    };
    let line_end = first.find('\n')?;
    if !first[..line_end].trim().is_empty() {
        return None;
    }
    for line in first[line_end + 1..].lines() {
        if line.starts_with("---") {
            break;
        }
        if line
            .strip_prefix(KEY)
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
        {
            return None;
        }
    }
    let place = start + "---".len() + line_end + 1;
    Some(insertion(place, format!("{KEY}: MT{newline}")))
}

fn insertion(place: usize, words: String) -> TextEdit {
    TextEdit {
        span: Span::new(place, place),
        replacement: words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_marked_once() {
        for (text, expected) in [
            ("# A\n", "---\ntranslation_type: MT\n---\n\n# A\n"),
            (
                "---\ntitle: A\n---\n\nB\n",
                "---\ntranslation_type: MT\ntitle: A\n---\n\nB\n",
            ),
            (
                "---\r\ntitle: A\r\n---\r\n",
                "---\r\ntranslation_type: MT\r\ntitle: A\r\n---\r\n",
            ),
        ] {
            let edit = mark(text).unwrap();
            let marked = apply_edits(text, &[edit]).unwrap();
            assert_eq!(marked, expected);
            assert_eq!(mark(&marked), None);
        }
        assert_eq!(mark("---\ntranslation_type: HT\n---\n"), None);
        assert_eq!(mark("--- x\n"), None);
    }
}
