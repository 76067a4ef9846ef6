//! `*[HTML]: Hypertext Markup Language`: what a word is short for, where a site switches abbreviations on. The lines say nothing by
//! themselves; wherever the word stands in the text, before or after, it gets its explanation.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::source::Span;

use super::{Directive, Found, Hide, Line};

/// The abbreviations of one text.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations(BTreeMap<Box<str>, Box<str>>);

impl Abbreviations {
    /// True if the text has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The longest abbreviation that `rest` starts with, and what it means. As in Markdig only punctuation may follow in its word.
    pub fn at(&self, rest: &str) -> Option<(usize, &str)> {
        let bound = &rest[..rest.floor_char_boundary(super::LONGEST)];
        let first = bound.chars().next()?;
        let from = first.to_string();
        // What sorts between the first character and the text itself are all candidates; the longest that fits sorts last.
        let candidates = self
            .0
            .range::<str, _>((Bound::Included(from.as_str()), Bound::Included(bound)));
        let (label, meaning) = candidates
            .rev()
            .take(MOST_TRIED)
            .find(|(label, _)| bound.starts_with(&***label))?;
        let after = &rest[label.len()..];
        let word = after
            .find(char::is_whitespace)
            .map_or(after, |end| &after[..end]);
        word.chars()
            .all(|sign| sign.is_ascii_punctuation())
            .then_some((label.len(), meaning))
    }
}

/// How many labels with the same beginning are tried at one place.
const MOST_TRIED: usize = 256;

/// All definitions of `text` from byte `from` on. The last one of a label counts.
pub(super) fn find(text: &str, from: usize, found: &mut Vec<Found>) -> Abbreviations {
    let mut all = Abbreviations::default();
    for (offset, _) in text[from..].match_indices("*[") {
        let start = from + offset;
        let line = Line::around(text, start);
        let indent = text[line.start..start]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b' ')
            .count();
        if start != line.content || indent > 3 {
            continue;
        }
        let Some((label, meaning)) = line.from(text, start)[2..].split_once("]:") else {
            continue;
        };
        if label.is_empty() || label.contains(['[', ']']) {
            continue;
        }
        all.0.insert(label.into(), meaning.trim().into());
        let end = start + text[start..line.end].trim_end().len();
        found.push(Found {
            span: Span::new(start, end),
            directive: Directive::Abbreviation,
            hide: Hide::Block,
        });
    }
    all
}
