//! `duplicate-anchor`: two elements in one file with the same id, so that links to the second open the first.

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Source;
use crate::syntax::reference::Anchor;
use crate::syntax::slug::slug;

pub(super) const RULE: Rule = Rule {
    code: Code::DuplicateAnchor,
    docs: include_str!("../docs/duplicate-anchor.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        let source = checker.site.source(id);
        // Per file, not per page: an included file has ids of its own in every page, and a repeated heading in it is no mistake of the
        // including page (DocFX spec 3.2).
        let mut first: FxHashMap<&str, &Anchor> = FxHashMap::default();
        for anchor in &linked.document.anchors {
            let Some(earlier) = first.get(&*anchor.id) else {
                first.insert(&anchor.id, anchor);
                continue;
            };
            // `## <a id="x"></a>X` has the id of its link and one of its own for the heading. Both are at the same place, so links work.
            // In DocFX such a heading takes over the id of the link (DocFX spec 8.3).
            if is_same_element(source, anchor, earlier) || are_both_generated(anchor, earlier) {
                continue;
            }
            let message = message!("the id `{id}` is already used above", id = anchor.id);
            let code = Code::DuplicateAnchor;
            let problem = Diagnostic::new(code, &source.path, anchor.span, message)
                .label(&source.path, earlier.span, "first used here")
                .help("Give each element a unique id.");
            checker.report_in(id, problem);
        }
    }
}

/// The most bytes that are searched for text between two ids.
const MOST_BETWEEN: usize = 2000;

/// True if there is no text between the two ids: both are in one tag, or in tags one after the other.
fn is_same_element(source: &Source, anchor: &Anchor, earlier: &Anchor) -> bool {
    if anchor.span.contains(earlier.span) || earlier.span.contains(anchor.span) {
        return true;
    }
    let from = earlier.span.end.min(anchor.span.start) as usize;
    let to = anchor.span.start.max(earlier.span.end) as usize;
    // Nothing but tags for as long as this are not one place.
    if to - from > MOST_BETWEEN {
        return false;
    }
    let between = source.text.get(from..to).unwrap_or("");
    let mut in_tag = true;
    for char in between.chars() {
        match char {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag || char.is_whitespace() => {}
            // The markers of headings.
            '#' | '=' | '-' => {}
            _ => return false,
        }
    }
    true
}

/// Equal headings get numbers when the page is rendered, as on GitHub: `setup`, `setup-1`. So do those of a translation before which a tool
/// has put the ids of the original (`## <a name="setup"></a>Oppsett`): they are equal there, too.
fn are_both_generated(anchor: &Anchor, earlier: &Anchor) -> bool {
    if let (Some(heading), Some(other)) = (&anchor.heading, &earlier.heading)
        && heading.text == other.text
        && slug(&anchor.id) == *anchor.id
    {
        return true;
    }
    is_generated(anchor) && is_generated(earlier)
}

fn is_generated(anchor: &Anchor) -> bool {
    match &anchor.heading {
        Some(heading) => slug(&heading.text) == *anchor.id,
        None => false,
    }
}
