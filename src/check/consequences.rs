//! Drops problems that follow from others: what a cause explains is not reported again. Knows which codes are consequences of which, not how
//! either is found.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileSpan, SitePath, Sources, Span};

/// Markup that is text in one language is no link, list or alert there, so that the structures differ.
const CAUSES: [Code; 14] = [
    Code::InvalidAddress,
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
    Code::UnclosedBlock,
    Code::UnclosedFence,
    Code::UnclosedHtml,
];

/// Problems that are another view of a cause at their place: the same stars found by comparing with the original, the same address as a path.
const AT_THE_SAME_PLACE: [(Code, &[Code]); 5] = [
    (
        Code::DamagedTranslation,
        &[Code::LiteralAlert, Code::LiteralEmphasis],
    ),
    (Code::BrokenAnchor, &[Code::InvalidTab]),
    (Code::BrokenLink, &[Code::InvalidAddress]),
    (Code::UnknownDirective, &[Code::LiteralAlert]),
    (Code::UnclosedFence, &[Code::UnclosedBlock]),
];

/// Mistakes that change what one element is: they explain a difference in structure at their own place only.
const LOCAL_CAUSES: [Code; 13] = [
    Code::BrokenInclude,
    Code::BrokenLink,
    Code::BrokenXref,
    Code::CaseMismatch,
    Code::DuplicateTab,
    Code::DuplicateUid,
    Code::HeadingSkip,
    Code::InvalidDirective,
    Code::InvalidFrontMatter,
    Code::MissingImage,
    Code::TextAfterAlert,
    Code::UnknownAlert,
    Code::UnknownDirective,
];

/// Directives that are none. Their content is no link, and is included nowhere.
const DIRECTIVES: [Code; 2] = [Code::InvalidDirective, Code::UnknownDirective];

/// The problems that explain others.
#[derive(Default)]
struct Causes {
    /// Where they are in each file.
    spans: FxHashMap<SitePath, Vec<(Code, Span)>>,
    /// The files with merge conflicts.
    conflicts: FxHashSet<SitePath>,
    /// What was meant as links, images and includes, as typed.
    links: String,
    /// Where single elements are wrong.
    local: FxHashMap<SitePath, Vec<Span>>,
    /// The directives that are none, with the rest of their line.
    directives: FxHashMap<SitePath, Vec<Span>>,
    /// The YAML files that nothing says to be pages.
    untyped: FxHashSet<SitePath>,
}

/// The same problems without those that others explain.
pub(super) fn without_consequences(
    sources: &Sources,
    problems: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut causes = Causes::default();
    for problem in &problems {
        causes.add_local(sources, problem);
        if !CAUSES.contains(&problem.code) {
            continue;
        }
        let spans = causes.spans.entry(problem.location.path.clone());
        spans
            .or_default()
            .push((problem.code, problem.location.span));
        if problem.code == Code::MergeConflict {
            causes.conflicts.insert(problem.location.path.clone());
        }
        if problem.code == Code::LiteralLink
            && let Some(id) = sources.find(problem.location.path.as_str())
        {
            causes
                .links
                .push_str(problem.location.span.of(&sources.get(id).text));
            causes.links.push('\n');
        }
    }
    let mut kept = Vec::with_capacity(problems.len());
    for problem in problems {
        if !is_explained(&problem, &causes) {
            kept.push(problem);
        }
    }
    kept
}

impl Causes {
    fn add_local(&mut self, sources: &Sources, problem: &Diagnostic) {
        let FileSpan { path, span } = &problem.location;
        if LOCAL_CAUSES.contains(&problem.code) {
            self.local.entry(path.clone()).or_default().push(*span);
        }
        // Only files without a type are reported at their first byte.
        if problem.code == Code::UnknownPageType
            || problem.code == Code::MisspelledKey && span.is_empty()
        {
            self.untyped.insert(path.clone());
        }
        if DIRECTIVES.contains(&problem.code)
            && let Some(id) = sources.find(path.as_str())
        {
            let text = &sources.get(id).text;
            let rest = text.get(span.start as usize..).unwrap_or("");
            let line = rest.lines().next().unwrap_or("");
            self.links.push_str(line);
            self.links.push('\n');
            let start = span.start as usize;
            let lines = self.directives.entry(path.clone()).or_default();
            lines.push(Span::new(start, start + line.len()));
        }
    }

    /// True if an element at one of the places of the problem is known to be wrong.
    fn has_local(&self, problem: &Diagnostic) -> bool {
        let labels = problem.labels.iter().map(|label| &label.location);
        for place in labels.chain([&problem.location]) {
            let spans = self.local.get(&place.path).map_or(&[][..], Vec::as_slice);
            if spans.iter().any(|span| overlap(*span, place.span)) {
                return true;
            }
        }
        false
    }
}

fn is_explained(problem: &Diagnostic, causes: &Causes) -> bool {
    let spans = causes.spans.get(&problem.location.path);
    match problem.code {
        // An image that only needs a working link is not to be removed.
        Code::UnusedImage | Code::UnusedInclude => {
            causes.links.contains(problem.location.path.file_name())
        }
        // The file is reported itself, with what makes it a page.
        Code::BrokenTocEntry => {
            let mut files = causes.untyped.iter();
            files.any(|path| problem.message.contains(&format!("`{path}`")))
        }
        Code::BrokenLink if is_in_directive(problem, causes) => true,
        // The parser stops at the marks.
        Code::InvalidYaml => causes.conflicts.contains(&problem.location.path),
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
                || causes.has_local(problem)
        }
        _ => has_cause_at(problem, spans.map_or(&[], Vec::as_slice)),
    }
}

fn is_in_directive(problem: &Diagnostic, causes: &Causes) -> bool {
    let FileSpan { path, span } = &problem.location;
    let lines = causes.directives.get(path);
    let mut lines = lines.map_or(&[][..], Vec::as_slice).iter();
    lines.any(|line| line.contains(*span))
}

/// True if one of `spans` is at the place of the problem and explains it.
fn has_cause_at(problem: &Diagnostic, spans: &[(Code, Span)]) -> bool {
    let Some((_, causes)) = AT_THE_SAME_PLACE
        .iter()
        .find(|(code, _)| *code == problem.code)
    else {
        return false;
    };
    let mut spans = spans.iter();
    spans.any(|(code, span)| causes.contains(code) && overlap(*span, problem.location.span))
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
