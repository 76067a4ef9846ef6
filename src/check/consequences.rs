//! Drops problems that follow from others: what a cause explains is not reported again. Knows which codes are consequences of which, not how
//! either is found.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SitePath, Sources, Span};

/// Markup that is text in one language is no link, list or alert there, so that the structures differ.
const CAUSES: [Code; 12] = [
    Code::InvalidTab,
    Code::InvalidYaml,
    Code::ListRestarts,
    Code::LiteralAlert,
    Code::LiteralEmphasis,
    Code::LiteralHeading,
    Code::LiteralLink,
    Code::LiteralList,
    Code::LiteralTable,
    Code::MergeConflict,
    Code::UnclosedFence,
    Code::UnclosedHtml,
];

/// The problems that explain others.
#[derive(Default)]
struct Causes {
    /// Where they are in each file.
    spans: FxHashMap<SitePath, Vec<Span>>,
    /// Where a block between `:::` ends code that is open.
    blocks: FxHashMap<SitePath, Vec<Span>>,
    /// What was meant as links and images, as typed.
    links: String,
}

/// The same problems without those that others explain.
pub(super) fn without_consequences(
    sources: &Sources,
    problems: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut causes = Causes::default();
    for problem in &problems {
        if problem.code == Code::UnclosedBlock {
            let spans = causes.blocks.entry(problem.location.path.clone());
            spans.or_default().push(problem.location.span);
        }
        if !CAUSES.contains(&problem.code) {
            continue;
        }
        let spans = causes.spans.entry(problem.location.path.clone());
        spans.or_default().push(problem.location.span);
        if problem.code == Code::LiteralLink
            && let Some(id) = sources.find(problem.location.path.as_str())
        {
            causes
                .links
                .push_str(problem.location.span.of(&sources.get(id).text));
            causes.links.push('\n');
        }
    }
    if causes.spans.is_empty() {
        return problems;
    }
    let mut kept = Vec::with_capacity(problems.len());
    for problem in problems {
        if !is_explained(&problem, &causes) {
            kept.push(problem);
        }
    }
    kept
}

fn is_explained(problem: &Diagnostic, causes: &Causes) -> bool {
    let spans = causes.spans.get(&problem.location.path);
    match problem.code {
        // An image that only needs a working link is not to be removed.
        Code::UnusedImage => causes.links.contains(problem.location.path.file_name()),
        // The same stars or the same marker, found by comparing with the original.
        Code::DamagedTranslation | Code::BrokenAnchor => overlaps_any(problem, spans),
        Code::UnclosedFence => overlaps_any(problem, causes.blocks.get(&problem.location.path)),
        // Also a slip of the original: the translation is not to blame for it.
        Code::StructureDiffers => {
            let mut files: FxHashSet<&SitePath> = FxHashSet::default();
            files.insert(&problem.location.path);
            for label in &problem.labels {
                files.insert(&label.location.path);
            }
            files
                .into_iter()
                .any(|path| causes.spans.contains_key(path))
        }
        _ => false,
    }
}

fn overlaps_any(problem: &Diagnostic, spans: Option<&Vec<Span>>) -> bool {
    let Some(spans) = spans else {
        return false;
    };
    let mut spans = spans.iter();
    spans.any(|span| overlap(*span, problem.location.span))
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: Code, path: &str, start: usize) -> Diagnostic {
        let path = SitePath::new(path).unwrap();
        Diagnostic::new(code, &path, Span::new(start, start + 4), "x")
    }

    #[test]
    fn a_cause_explains_what_is_found_at_its_place() {
        let problems = vec![
            problem(Code::LiteralEmphasis, "no/a.md", 10),
            problem(Code::DamagedTranslation, "no/a.md", 12),
            problem(Code::DamagedTranslation, "no/a.md", 20),
            problem(Code::DamagedTranslation, "no/b.md", 10),
            problem(Code::StructureDiffers, "no/a.md", 90),
            problem(Code::StructureDiffers, "no/b.md", 90),
        ];
        let left = without_consequences(&Sources::default(), problems.clone());
        assert_eq!(left, [0, 2, 3, 5].map(|at| problems[at].clone()));
    }
}
