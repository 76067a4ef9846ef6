//! A comparison -> a text for the terminal: counts first, then each kind with its first places.

use std::fmt::Write;

use super::by_design::Reason;
use super::place::Place;
use super::site::Comparison;

/// How many places of a kind are listed.
const MAX_PLACES: usize = 10;

/// How many shapes are listed.
const MAX_SHAPES: usize = 20;

/// The comparison as a text. With `all`, nothing is left out.
pub fn text_report(comparison: &Comparison, all: bool) -> String {
    let (shapes, most) = if all {
        (usize::MAX, usize::MAX)
    } else {
        (MAX_SHAPES, MAX_PLACES)
    };
    let mut out = String::new();
    push_shapes(comparison, shapes, &mut out);
    for (title, places) in kinds(comparison) {
        push_places(title, places, most, &mut out);
    }
    push_summary(comparison, &mut out);
    out
}

/// What is listed by place, with its title.
pub(super) fn kinds(comparison: &Comparison) -> [(&'static str, &[Place]); 5] {
    [
        ("Lost addresses", &comparison.lost_addresses),
        ("Lost anchors", &comparison.lost_anchors),
        ("Titles", &comparison.titles),
        ("Tables of contents", &comparison.toc_entries),
        ("Uids", &comparison.uids),
    ]
}

/// The counts that a team asks for first, each with its label.
pub(super) fn counts(comparison: &Comparison) -> Vec<(String, usize)> {
    let mut counts = vec![
        ("pages compared".to_owned(), comparison.pages),
        ("articles that are the same".to_owned(), comparison.same),
        (
            "the same but for what is by design".to_owned(),
            comparison.same_by_design,
        ),
        (
            "articles that differ".to_owned(),
            comparison.differing.len(),
        ),
    ];
    for (title, places) in kinds(comparison) {
        counts.push((title.to_lowercase(), places.len()));
    }
    counts.push((
        "entries of tables of contents compared".to_owned(),
        comparison.compared_toc_entries,
    ));
    counts.push(("uids compared".to_owned(), comparison.compared_uids));
    counts
}

// Writing to a string cannot fail, so the results are not looked at.
fn push_shapes(comparison: &Comparison, most: usize, out: &mut String) {
    if comparison.shapes.is_empty() {
        return;
    }
    out.push_str("Differences in articles, old  =>  new\n");
    for shape in comparison.shapes.iter().take(most) {
        let _ = writeln!(
            out,
            "{:6} on {} pages  {}",
            shape.count, shape.pages, shape.pattern
        );
        for example in &shape.examples {
            let _ = writeln!(out, "         {}", example.page);
            let _ = writeln!(out, "           old {}", example.old);
            let _ = writeln!(out, "           new {}", example.new);
        }
    }
    push_rest(comparison.shapes.len(), most, out);
    out.push('\n');
}

fn push_places(title: &str, places: &[Place], most: usize, out: &mut String) {
    if places.is_empty() {
        return;
    }
    let _ = writeln!(out, "{title}");
    for place in places.iter().take(most) {
        let _ = writeln!(out, "  {}: {}", place.page, place.what);
    }
    push_rest(places.len(), most, out);
    out.push('\n');
}

fn push_rest(all: usize, shown: usize, out: &mut String) {
    if all > shown {
        let _ = writeln!(out, "  ... and {} more", all - shown);
    }
}

fn push_summary(comparison: &Comparison, out: &mut String) {
    for (label, count) in counts(comparison) {
        let _ = writeln!(out, "{count:8} {label}");
    }
    if comparison.by_design.is_empty() {
        return;
    }
    out.push_str("By design\n");
    for (reason, count) in &comparison.by_design {
        let _ = writeln!(out, "{count:8} {}", Reason::words(*reason));
    }
}
