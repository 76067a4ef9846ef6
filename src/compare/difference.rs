//! Two articles that differ -> the places where they do, by shape: the names of tags stay, their values and the words go. A thousand pages with one
//! cause are one shape.

use std::collections::BTreeMap;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::article::Piece;

/// Articles of more pieces are not compared in detail: that takes quadratic time.
const MAX_PIECES: usize = 20_000;

/// How many places of one shape are shown.
const MAX_EXAMPLES: usize = 3;

/// How many pieces around a difference are shown.
const CONTEXT: usize = 2;

/// How many pieces of each side are part of a shape.
const SHAPE_PIECES: usize = 4;

/// Differences of one kind.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shape {
    /// What is there instead of what: `<em>  =>  TEXT`.
    pub pattern: String,
    /// How many differences.
    pub count: usize,
    /// On how many pages.
    pub pages: usize,
    /// The first places.
    pub examples: Vec<Example>,
}

/// A place where two articles differ, with a little around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The page.
    pub page: String,
    /// The old HTML.
    pub old: String,
    /// The new HTML.
    pub new: String,
}

/// Collects the differences of all pages.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    by_pattern: BTreeMap<String, Shape>,
}

impl Shapes {
    /// Adds the differences between the articles of a page; returns their patterns, each once.
    pub fn add(&mut self, page: &str, differences: Vec<(String, Example)>) -> Vec<String> {
        let mut patterns: Vec<String> = Vec::new();
        for (pattern, example) in differences {
            let shape = self.by_pattern.entry(pattern.clone()).or_default();
            shape.pattern.clone_from(&pattern);
            shape.count += 1;
            // A page counts once, however often it has a shape.
            if patterns.contains(&pattern) {
                continue;
            }
            shape.pages += 1;
            if shape.examples.len() < MAX_EXAMPLES {
                shape.examples.push(Example {
                    page: page.to_owned(),
                    ..example
                });
            }
            patterns.push(pattern);
        }
        patterns
    }

    /// The shapes, the most frequent first.
    pub fn sorted(self) -> Vec<Shape> {
        let mut shapes: Vec<Shape> = self.by_pattern.into_values().collect();
        // By the pattern as well, so that the order is always the same.
        shapes.sort_by(|one, other| {
            let by_count = other.count.cmp(&one.count);
            by_count.then_with(|| one.pattern.cmp(&other.pattern))
        });
        shapes
    }
}

/// Every difference between two articles, as its pattern and its place.
pub(super) fn differences(old: &[Piece], new: &[Piece]) -> Vec<(String, Example)> {
    if old.len().max(new.len()) > MAX_PIECES {
        let example = Example {
            page: String::new(),
            old: format!("{} pieces", old.len()),
            new: format!("{} pieces", new.len()),
        };
        return vec![("a long page".to_owned(), example)];
    }
    let mut differences = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, old, new) {
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let (old_range, new_range) = (operation.old_range(), operation.new_range());
        let pattern = format!(
            "{}  =>  {}",
            pattern_of(&old[old_range.clone()]),
            pattern_of(&new[new_range.clone()])
        );
        let example = Example {
            page: String::new(),
            old: around(old, old_range.start, old_range.end),
            new: around(new, new_range.start, new_range.end),
        };
        differences.push((pattern, example));
    }
    differences
}

fn pattern_of(pieces: &[Piece]) -> String {
    if pieces.is_empty() {
        return "-".to_owned();
    }
    let mut shown = Vec::new();
    for piece in pieces.iter().take(SHAPE_PIECES) {
        shown.push(piece.shown(false));
    }
    shown.join(" ")
}

fn around(pieces: &[Piece], start: usize, end: usize) -> String {
    let from = start.saturating_sub(CONTEXT);
    let to = (end + CONTEXT).min(pieces.len());
    let mut shown = Vec::new();
    for piece in &pieces[from..to] {
        shown.push(piece.shown(true));
    }
    let mut text = shown.join(" ");
    // A paragraph that is missing may be the rest of the page.
    if let Some((end, _)) = text.char_indices().nth(400) {
        text.truncate(end);
        text.push('…');
    }
    text
}
