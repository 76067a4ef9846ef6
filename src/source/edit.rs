//! Edits as values: lists of edits and the sources they are about -> the new bytes of files, in the encoding each file has, so that
//! nothing but the edited bytes changes. Writes nothing; what applies a [`FileChange`] to the disk is elsewhere.

use std::collections::BTreeMap;
use std::fmt;

use super::encoding::encode;
use super::{FileSpan, SitePath, Source, Sources, Span};

/// Replace these bytes of this file by this text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes of the file's text; an empty span inserts.
    pub location: FileSpan,
    /// The new text.
    pub replacement: String,
}

impl Edit {
    /// Replaces the bytes `span` of the file at `path`.
    pub fn new(path: &SitePath, span: Span, replacement: impl Into<String>) -> Self {
        Edit {
            location: FileSpan::new(path, span),
            replacement: replacement.into(),
        }
    }
}

/// Replace these bytes of a text that is known from the context.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextEdit {
    /// The bytes to replace; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// A change to the files of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// A new file; its folders are created as needed.
    Create {
        /// Where. Nothing may exist there yet.
        path: SitePath,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// New content of an existing file.
    Edit(FileEdit),
    /// A file gets another path.
    Move {
        /// Where it is.
        from: SitePath,
        /// Where it goes. Nothing may exist there yet.
        to: SitePath,
    },
    /// A file is removed.
    Delete {
        /// Where it is.
        path: SitePath,
        /// Its content. A file with other content was changed meanwhile and is not removed.
        before: Vec<u8>,
    },
}

impl FileChange {
    /// The bytes `after` for the file at `path`, which has the bytes `before`, or doesn't exist yet.
    pub fn write(path: SitePath, before: Option<Vec<u8>>, after: Vec<u8>) -> Self {
        match before {
            Some(before) => FileChange::Edit(FileEdit {
                path,
                before,
                after,
                edits: Vec::new(),
            }),
            None => FileChange::Create { path, bytes: after },
        }
    }
}

/// New content of one existing file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// The file.
    pub path: SitePath,
    /// Its content. A file with other content was changed meanwhile and is not written.
    pub before: Vec<u8>,
    /// The content it gets.
    pub after: Vec<u8>,
    /// What changes in its text, from top to bottom; empty where the content was made as a whole.
    pub edits: Vec<TextEdit>,
}

impl FileEdit {
    /// Applies `edits`, in any order, to the text of `source`.
    pub fn new(source: &Source, mut edits: Vec<TextEdit>) -> Result<Self, EditError> {
        // Undecodable bytes became U+FFFD in the text and could not be written back as they were.
        if source.invalid.is_some() {
            return Err(EditError::Undecodable);
        }
        // Edits come in the order of problems; the text is rebuilt from top to bottom.
        edits.sort();
        let text = apply_edits(&source.text, &edits)?;
        Ok(FileEdit {
            path: source.path.clone(),
            before: encode(&source.text, source.encoding),
            after: encode(&text, source.encoding),
            edits,
        })
    }
}

/// Why edits cannot be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditError {
    /// Two edits want the same bytes changed, or insert at the same position.
    Overlap,
    /// A span is not within the text, or not on character boundaries.
    OutOfText,
    /// The file has bytes that are not text in its encoding.
    Undecodable,
}

impl fmt::Display for EditError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            EditError::Overlap => "two edits overlap",
            EditError::OutOfText => "an edit is outside of the text",
            EditError::Undecodable => "the file has bytes that cannot be decoded",
        })
    }
}

impl std::error::Error for EditError {}

/// The text after `edits`, which are sorted by their spans.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Result<String, EditError> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut previous: Option<Span> = None;
    for (number, edit) in edits.iter().enumerate() {
        // A value that YAML refers to twice is changed twice, in the one place where it is written.
        if number > 0 && edits[number - 1] == *edit && !edit.span.is_empty() {
            continue;
        }
        if previous.is_some_and(|previous| overlap(previous, edit.span)) {
            return Err(EditError::Overlap);
        }
        let range = edit.span.range();
        // Not a slice: a span of another version of the text may end outside of it or within a character.
        if text.get(range.clone()).is_none() {
            return Err(EditError::OutOfText);
        }
        out.push_str(text.get(at..range.start).ok_or(EditError::Overlap)?);
        out.push_str(&edit.replacement);
        at = range.end;
        previous = Some(edit.span);
    }
    out.push_str(text.get(at..).ok_or(EditError::OutOfText)?);
    Ok(out)
}

/// Touching is not overlapping, unless both begin at one position: then their order would decide.
fn overlap(one: Span, other: Span) -> bool {
    // Two insertions at one position have no order that both fixes meant.
    (one.start < other.end && other.start < one.end) || one.start == other.start
}

/// What several groups of edits change together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CombinedEdits {
    /// The files that change, in path order.
    pub files: Vec<FileEdit>,
    /// How many groups are applied.
    pub applied: usize,
    /// How many groups are left out, because they overlap an earlier one or do not fit their files.
    pub skipped: usize,
}

/// Combines groups of edits, each of which is applied as a whole or not at all. Of two groups that want the same bytes changed the first
/// one wins, unless both want the same edit: then it is made once.
pub fn combine_edits<'e>(
    groups: impl IntoIterator<Item = &'e [Edit]>,
    sources: &Sources,
) -> CombinedEdits {
    let mut taken: BTreeMap<&SitePath, Vec<&Edit>> = BTreeMap::new();
    let mut combined = CombinedEdits::default();
    for group in groups {
        let Some(new) = new_edits(group, sources, &taken) else {
            combined.skipped += 1;
            continue;
        };
        combined.applied += 1;
        for edit in new {
            taken.entry(&edit.location.path).or_default().push(edit);
        }
    }
    for (path, edits) in taken {
        let Some(id) = sources.find(path.as_str()) else {
            continue;
        };
        let edits = edits
            .into_iter()
            .map(|edit| TextEdit {
                span: edit.location.span,
                replacement: edit.replacement.clone(),
            })
            .collect();
        match FileEdit::new(sources.get(id), edits) {
            // A file that would stay the same is not written: its time would change, and a watcher would build again.
            Ok(file) if file.before != file.after => combined.files.push(file),
            _ => {}
        }
    }
    combined
}

/// The edits of a group that earlier groups have not made already; nothing if the group cannot be applied together with them.
fn new_edits<'e>(
    group: &'e [Edit],
    sources: &Sources,
    taken: &BTreeMap<&SitePath, Vec<&Edit>>,
) -> Option<Vec<&'e Edit>> {
    let mut new: Vec<&Edit> = Vec::new();
    for edit in group {
        let path = &edit.location.path;
        let source = sources.get(sources.find(path.as_str())?);
        if !fits(edit, source) || overlaps_any(edit, &new) {
            return None;
        }
        let earlier = taken.get(path).map(Vec::as_slice).unwrap_or_default();
        if earlier.contains(&edit) {
            continue;
        }
        if overlaps_any(edit, earlier) {
            return None;
        }
        new.push(edit);
    }
    Some(new)
}

fn fits(edit: &Edit, source: &Source) -> bool {
    source.invalid.is_none() && source.text.get(edit.location.span.range()).is_some()
}

fn overlaps_any(edit: &Edit, others: &[&Edit]) -> bool {
    others.iter().any(|other| {
        edit.location.path == other.location.path
            && overlap(edit.location.span, other.location.span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Encoding;
    use crate::source::encoding::decode;

    const TEXT: &str = "På\r\n[a](x.md) 😀 [b](y.md)\r\n";

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn sources(encoding: Encoding) -> Sources {
        let source = Source::from_bytes(path("a.md"), encode(TEXT, encoding));
        Sources::new(vec![source], [], [])
    }

    /// A group that replaces each needle.
    fn group(edits: &[(&str, &str)]) -> Vec<Edit> {
        let mut group = Vec::new();
        for (needle, replacement) in edits {
            let start = TEXT.find(needle).unwrap();
            let span = Span::new(start, start + needle.len());
            group.push(Edit::new(&path("a.md"), span, *replacement));
        }
        group
    }

    fn combine(groups: &[Vec<Edit>], sources: &Sources) -> CombinedEdits {
        combine_edits(groups.iter().map(Vec::as_slice), sources)
    }

    fn text(combined: &CombinedEdits) -> String {
        decode(combined.files[0].after.clone()).text
    }

    #[test]
    fn only_edited_bytes_change_in_any_encoding() {
        for encoding in [
            Encoding::Utf8,
            Encoding::Utf8Bom,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ] {
            let groups = [group(&[("y.md", "ø.md")]), group(&[("x.md", "../z.md")])];
            let combined = combine(&groups, &sources(encoding));
            assert_eq!(combined.files[0].before, encode(TEXT, encoding));
            assert_eq!(
                combined.files[0].after,
                encode("På\r\n[a](../z.md) 😀 [b](ø.md)\r\n", encoding)
            );
            assert_eq!((combined.applied, combined.skipped), (2, 0));
        }
    }

    #[test]
    fn overlapping_groups_are_never_both_applied_and_never_in_part() {
        let groups = [
            group(&[("x.md", "z.md")]),
            group(&[("y.md", "w.md"), ("(x.md)", "")]),
        ];
        let combined = combine(&groups, &sources(Encoding::Utf8));
        assert_eq!((combined.applied, combined.skipped), (1, 1));
        assert_eq!(text(&combined), "På\r\n[a](z.md) 😀 [b](y.md)\r\n");
    }

    #[test]
    fn an_edit_two_groups_share_is_made_once() {
        let groups = [
            group(&[("x.md", "z.md")]),
            group(&[("x.md", "z.md"), ("y.md", "w.md")]),
        ];
        let combined = combine(&groups, &sources(Encoding::Utf8));
        assert_eq!(combined.applied, 2);
        assert_eq!(text(&combined), "På\r\n[a](z.md) 😀 [b](w.md)\r\n");
    }

    #[test]
    fn groups_that_do_not_fit_are_skipped() {
        let outside = vec![Edit::new(&path("a.md"), Span::new(1, 2), "x")];
        let missing = vec![Edit::new(&path("b.md"), Span::at(0), "x")];
        let combined = combine(&[outside, missing], &sources(Encoding::Utf8));
        assert_eq!((combined.applied, combined.skipped), (0, 2));
        let bytes = [TEXT.as_bytes(), b"\xE5"].concat();
        let undecodable = Sources::new(vec![Source::from_bytes(path("a.md"), bytes)], [], []);
        assert_eq!(
            combine(&[group(&[("x.md", "z.md")])], &undecodable).skipped,
            1
        );
        let unchanged = combine(&[group(&[("x.md", "x.md")])], &sources(Encoding::Utf8));
        assert!(unchanged.files.is_empty());
    }

    #[test]
    fn edits_of_a_text_are_checked() {
        let edit = |start, end| TextEdit {
            span: Span::new(start, end),
            replacement: "x".into(),
        };
        assert_eq!(
            apply_edits("abcd", &[edit(0, 1), edit(1, 1), edit(2, 4)]),
            Ok("xxbx".into())
        );
        for edits in [[edit(0, 2), edit(1, 3)], [edit(1, 1), edit(1, 2)]] {
            assert_eq!(apply_edits("abcd", &edits), Err(EditError::Overlap));
        }
        assert_eq!(apply_edits("å", &[edit(0, 1)]), Err(EditError::OutOfText));
        assert_eq!(apply_edits("a", &[edit(1, 3)]), Err(EditError::OutOfText));
    }
}
