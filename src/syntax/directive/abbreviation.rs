//! `*[HTML]: Hypertext Markup Language`: what a word is short for (Markdig's abbreviations). The lines are not rendered; wherever the word
//! is in the text, before or after, it gets its explanation.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::source::Span;

use super::source_line::{LONGEST_DIRECTIVE, SourceLine};

/// The abbreviations of one text.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations(BTreeMap<Box<str>, Box<str>>);

/// How many labels with the same first letter are tried at one place: a hostile text defines thousands.
const MOST_TRIED: usize = 256;

impl Abbreviations {
    /// True if the text has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The longest abbreviation that `rest` starts with: its length, and what it means. As in Markdig only punctuation may follow in its
    /// word.
    pub fn at(&self, rest: &str) -> Option<(usize, &str)> {
        let bound = &rest[..rest.floor_char_boundary(LONGEST_DIRECTIVE)];
        let first = bound.chars().next()?.to_string();
        // What sorts between the first letter and the text itself are all candidates; the longest that fits sorts last.
        let range = (Bound::Included(first.as_str()), Bound::Included(bound));
        for (label, meaning) in self.0.range::<str, _>(range).rev().take(MOST_TRIED) {
            if !bound.starts_with(&**label) {
                continue;
            }
            let after = &rest[label.len()..];
            let word_end = after.find(char::is_whitespace).unwrap_or(after.len());
            let mut tail = after[..word_end].chars();
            if tail.all(|sign| sign.is_ascii_punctuation()) {
                return Some((label.len(), meaning));
            }
            return None;
        }
        None
    }
}

/// The abbreviations of `text` from byte `from` on, and the bytes of each definition. The last definition of a label counts.
pub(super) fn find(text: &str, from: usize) -> (Abbreviations, Vec<Span>) {
    let mut all = Abbreviations::default();
    let mut definitions = Vec::new();
    for (offset, _) in text[from..].match_indices("*[") {
        let start = from + offset;
        let line = SourceLine::around(text, start);
        // Four spaces make it code.
        if start != line.content || line.indent_before(text, start) > 3 {
            continue;
        }
        // The first `]:` ends the label; a meaning may have brackets.
        let Some((label, meaning)) = line.rest(text, start)[2..].split_once("]:") else {
            continue;
        };
        if label.is_empty() || label.contains(['[', ']']) {
            continue;
        }
        all.0.insert(label.into(), meaning.trim().into());
        let end = start + text[start..line.end].trim_end().len();
        definitions.push(Span::new(start, end));
    }
    (all, definitions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_label_at_a_place_wins() {
        let text = "*[HTML]: Markup\n*[HTML5]: Newer markup\n    *[X]: code\n";
        let (all, definitions) = find(text, 0);
        assert_eq!(definitions.len(), 2);
        assert_eq!(all.at("HTML5 and"), Some((5, "Newer markup")));
        assert_eq!(all.at("HTML, and"), Some((4, "Markup")));
        assert_eq!(all.at("HTMLs"), None);
        assert_eq!(all.at("X"), None);
    }
}
