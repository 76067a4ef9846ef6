//! `duplicate-anchor`: two suggestions in one file with the same id, so that links to the second lead to the first.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::syntax::reference::Anchor;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::DuplicateAnchor],
    about: "Two suggestions in a file have the same id, so that links lead to the first only.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        let mut first: FxHashMap<&str, &Anchor> = FxHashMap::default();
        for anchor in &linked.document.anchors {
            let Some(earlier) = first.get(&*anchor.id) else {
                first.insert(&anchor.id, anchor);
                continue;
            };
            let (from, to) = (
                earlier.span.end.min(anchor.span.start) as usize,
                anchor.span.start.max(earlier.span.end) as usize,
            );
            let between = source.text.get(from..to).unwrap_or("");
            let nested = anchor.span.contains(earlier.span) || earlier.span.contains(anchor.span);
            if nested || is_one_place(between) || is_heading_number(&anchor.id, anchor, earlier) {
                continue;
            }
            let message = format!(
                "the id `{}` is given above already, and links lead there",
                anchor.id
            );
            let problem =
                Diagnostic::new(Code::DuplicateAnchor, &source.path, anchor.span, message)
                    .label(&source.path, earlier.span, "first given here")
                    .help("Give each place an id of its own.");
            problems.push(suggestions.reached(id, problem));
        }
    }
}

/// True if no word stands between two ids: both are in one tag, or in tags one after the other.
fn is_one_place(between: &str) -> bool {
    let mut in_tag = true;
    between.chars().all(|sign| {
        match sign {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ => return in_tag || sign.is_whitespace() || matches!(sign, '#' | '=' | '-'),
        }
        true
    })
}

/// Headings with the same words get numbers by themselves when the page is written.
fn is_heading_number(id: &str, later: &Anchor, earlier: &Anchor) -> bool {
    let automatic = |anchor: &Anchor| {
        anchor
            .heading
            .as_ref()
            .is_some_and(|heading| crate::syntax::slug::slug(&heading.text) == id)
    };
    automatic(later) && automatic(earlier)
}
