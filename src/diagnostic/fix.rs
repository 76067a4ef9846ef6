//! Turns repairs into the new bytes of files: edits of exact bytes in the encoding a file has, so that nothing else in it changes.
//! Writes nothing.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit, Fix};
use crate::source::encoding::encode;
use crate::source::{SitePath, Source, Sources, Span};

/// What repairing does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppliedFixes {
    /// The files that change, in path order.
    pub files: Vec<FileEdit>,
    /// How many problems are repaired.
    pub applied: usize,
    /// How many wait: their repair would change bytes that another one changes already.
    pub skipped: usize,
}

/// What repairing does to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// The file.
    pub path: SitePath,
    /// The bytes it has; one with others has changed meanwhile.
    pub before: Vec<u8>,
    /// The bytes it gets.
    pub after: Vec<u8>,
    /// What changes in its text, from top to bottom.
    pub edits: Vec<(Span, String)>,
}

/// Applies the repairs of `problems`: the safe ones, with `all` also the others. Of two that want the same bytes changed only the first is
/// applied, and an edit that doesn't fit its file spoils its whole repair.
pub fn apply_fixes(problems: &[Diagnostic], sources: &Sources, all: bool) -> AppliedFixes {
    applied_to(
        problems
            .iter()
            .filter_map(|problem| problem.fix.as_ref())
            .filter(|fix| fix.safe || all),
        sources,
    )
}

/// The same for repairs that no problem asks for.
pub fn apply_all(fixes: &[Fix], sources: &Sources) -> AppliedFixes {
    applied_to(fixes.iter(), sources)
}

fn applied_to<'f>(fixes: impl Iterator<Item = &'f Fix>, sources: &Sources) -> AppliedFixes {
    let mut edits: BTreeMap<&SitePath, Vec<&Edit>> = BTreeMap::new();
    let mut repairs = AppliedFixes::default();
    for fix in fixes {
        match new_edits(fix, sources, &edits) {
            Some(new) => {
                repairs.applied += 1;
                for edit in new {
                    edits.entry(&edit.location.path).or_default().push(edit);
                }
            }
            None => repairs.skipped += 1,
        }
    }
    for (path, mut edits) in edits {
        let Some(source) = sources.find(path.as_str()).map(|id| sources.get(id)) else {
            continue;
        };
        edits.sort();
        let edits: Vec<(Span, String)> = edits
            .iter()
            .map(|edit| (edit.location.span, edit.replacement.clone()))
            .collect();
        let before = encode(&source.text, source.encoding);
        let after = encode(&applied(&source.text, &edits), source.encoding);
        if before != after {
            repairs.files.push(FileEdit {
                path: path.clone(),
                before,
                after,
                edits,
            });
        }
    }
    repairs
}

/// The edits of a repair that others haven't brought already; nothing if it can't be applied together with them.
fn new_edits<'f>(
    fix: &'f Fix,
    sources: &Sources,
    taken: &BTreeMap<&SitePath, Vec<&Edit>>,
) -> Option<Vec<&'f Edit>> {
    let mut new: Vec<&Edit> = Vec::new();
    for edit in &fix.edits {
        let source = sources
            .find(edit.location.path.as_str())
            .map(|id| sources.get(id))?;
        if !fits(edit, source) || new.iter().any(|other| collide(edit, other)) {
            return None;
        }
        let others = taken
            .get(&edit.location.path)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if others.contains(&edit) {
            continue;
        }
        if others.iter().any(|other| collide(edit, other)) {
            return None;
        }
        new.push(edit);
    }
    Some(new)
}

/// A file with unreadable bytes can't be written as it was.
fn fits(edit: &Edit, source: &Source) -> bool {
    source.invalid.is_none() && source.text.get(edit.location.span.range()).is_some()
}

/// Touching is no collision, unless both insert at one place.
fn collide(one: &Edit, other: &Edit) -> bool {
    let (a, b) = (one.location.span, other.location.span);
    one.location.path == other.location.path
        && ((a.start < b.end && b.start < a.end) || a.start == b.start)
}

fn applied(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, replacement) in edits {
        out.push_str(text.get(at..span.range().start).unwrap_or(""));
        out.push_str(replacement);
        at = span.range().end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, FileSpan};
    use crate::source::Encoding;
    use crate::source::encoding::decode;

    const TEXT: &str = "På\r\n[a](x.md) 😀 [b](y.md)\r\n";

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn sources(encoding: Encoding) -> Sources {
        Sources::new(
            vec![Source::from_bytes(path("a.md"), encode(TEXT, encoding))],
            [],
            [],
        )
    }

    /// A repair that replaces each needle.
    fn fix(safe: bool, edits: &[(&str, &str)]) -> Diagnostic {
        let edit = |(needle, replacement): &(&str, &str)| {
            let start = TEXT.find(needle).unwrap();
            let location = FileSpan {
                path: path("a.md"),
                span: Span::new(start, start + needle.len()),
            };
            Edit {
                location,
                replacement: (*replacement).to_owned(),
            }
        };
        let fix = Fix {
            title: "x".into(),
            safe,
            edits: edits.iter().map(edit).collect(),
        };
        Diagnostic {
            fix: Some(fix),
            ..Diagnostic::new(Code::BrokenLink, &path("a.md"), Span::at(0), "y")
        }
    }

    fn text(repairs: &AppliedFixes) -> String {
        decode(repairs.files[0].after.clone()).text
    }

    #[test]
    fn nothing_but_the_edits_changes_in_any_encoding() {
        for encoding in [
            Encoding::Utf8,
            Encoding::Utf8Bom,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ] {
            let problems = [
                fix(true, &[("y.md", "ø.md")]),
                fix(true, &[("x.md", "../z.md")]),
            ];
            let repairs = apply_fixes(&problems, &sources(encoding), false);
            assert_eq!(repairs.files[0].before, encode(TEXT, encoding));
            assert_eq!(
                repairs.files[0].after,
                encode("På\r\n[a](../z.md) 😀 [b](ø.md)\r\n", encoding)
            );
            assert_eq!((repairs.applied, repairs.skipped), (2, 0));
        }
    }

    #[test]
    fn unsafe_ones_wait_to_be_asked_for() {
        let problems = [fix(false, &[("x.md", "z.md")])];
        assert_eq!(
            apply_fixes(&problems, &sources(Encoding::Utf8), false),
            AppliedFixes::default()
        );
        assert_eq!(
            apply_fixes(&problems, &sources(Encoding::Utf8), true).applied,
            1
        );
    }

    #[test]
    fn overlapping_repairs_are_never_both_applied_and_halves_never_at_all() {
        let problems = [
            fix(true, &[("x.md", "z.md")]),
            fix(true, &[("y.md", "w.md"), ("(x.md)", "")]),
        ];
        let repairs = apply_fixes(&problems, &sources(Encoding::Utf8), false);
        assert_eq!((repairs.applied, repairs.skipped), (1, 1));
        assert_eq!(text(&repairs), "På\r\n[a](z.md) 😀 [b](y.md)\r\n");
        // Two problems with one and the same repair are both applied.
        let twins = [
            fix(true, &[("x.md", "z.md")]),
            fix(true, &[("x.md", "z.md"), ("y.md", "w.md")]),
        ];
        let repairs = apply_fixes(&twins, &sources(Encoding::Utf8), false);
        assert_eq!(
            (repairs.applied, text(&repairs).as_str()),
            (2, "På\r\n[a](z.md) 😀 [b](w.md)\r\n")
        );
    }

    #[test]
    fn what_does_not_fit_is_left_alone() {
        let mut outside = fix(true, &[("x.md", "z.md")]);
        outside.fix.as_mut().unwrap().edits[0].location.span = Span::new(1, 2);
        assert_eq!(
            apply_fixes(&[outside], &sources(Encoding::Utf8), true).skipped,
            1
        );
        let broken = Sources::new(
            vec![Source::from_bytes(
                path("a.md"),
                [TEXT.as_bytes(), b"\xE5"].concat(),
            )],
            [],
            [],
        );
        assert!(
            apply_fixes(&[fix(true, &[("x.md", "z.md")])], &broken, true)
                .files
                .is_empty()
        );
        assert!(
            apply_fixes(
                &[fix(true, &[("x.md", "x.md")])],
                &sources(Encoding::Utf8),
                true
            )
            .files
            .is_empty()
        );
    }
}
