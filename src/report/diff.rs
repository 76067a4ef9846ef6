//! Turns repairs into a unified diff, as `git apply` and `patch` read it.

use crate::source::edit::{FileEdit, TextEdit};
use std::fmt::Write;
use std::ops::Range;

use crate::source::Sources;

/// How many lines are shown around a change.
const CONTEXT: usize = 3;

/// Lines that change, and by which edits.
type Change<'e> = (Range<usize>, Vec<&'e TextEdit>);

/// What the repairs change. Paths are relative to the root of the site.
pub fn diff(repairs: &[FileEdit], sources: &Sources) -> String {
    let mut text = String::new();
    for repair in repairs {
        let Some(id) = sources.find(repair.path.as_str()) else {
            continue;
        };
        let _ = writeln!(text, "--- a/{0}\n+++ b/{0}", repair.path);
        file(&mut text, &sources.get(id).text, &repair.edits);
    }
    text
}

/// The hunks of one file. Its lines are those of diffs, which only end with LF; a CR stays what it is.
fn file(out: &mut String, text: &str, edits: &[TextEdit]) {
    let lines: Vec<Range<usize>> = lines(text);
    let line_of = |at: usize| {
        lines
            .partition_point(|line| line.end <= at)
            .min(lines.len().saturating_sub(1))
    };
    // What changes: whole lines, with their new text.
    let mut changes: Vec<Change> = Vec::new();
    for edit in edits {
        let first = line_of(edit.span.range().start);
        // An edit that takes a line's end away changes the next line too.
        let end = edit.span.range().end;
        let keeps_end = !edit.span.is_empty()
            && edit.replacement.ends_with('\n')
            && text.get(..end).is_some_and(|before| before.ends_with('\n'));
        let last = line_of(if keeps_end { end - 1 } else { end }).max(first);
        match changes.last_mut() {
            Some((range, edits)) if first < range.end => {
                range.end = range.end.max(last + 1);
                edits.push(edit);
            }
            _ => changes.push((first..last + 1, vec![edit])),
        }
    }
    let mut moved = 0_isize;
    for hunk in changes.chunk_by(|a, b| b.0.start < a.0.end + 2 * CONTEXT + 1) {
        let (Some(head), Some(tail)) = (hunk.first(), hunk.last()) else {
            continue;
        };
        let shown = head.0.start.saturating_sub(CONTEXT)..(tail.0.end + CONTEXT).min(lines.len());
        let mut body = String::new();
        let (mut at, mut new_lines) = (shown.start, 0);
        for (range, edits) in hunk {
            new_lines += range.start - at;
            lines[at..range.start]
                .iter()
                .for_each(|line| push(&mut body, ' ', &text[line.clone()]));
            lines[range.clone()]
                .iter()
                .for_each(|line| push(&mut body, '-', &text[line.clone()]));
            let bytes = lines.get(range.start).map_or(0, |line| line.start)
                ..lines.get(range.end - 1).map_or(0, |line| line.end);
            let new = edited(text, bytes, edits);
            for line in self::lines(&new) {
                push(&mut body, '+', &new[line]);
                new_lines += 1;
            }
            at = range.end;
        }
        new_lines += shown.end - at;
        lines[at..shown.end]
            .iter()
            .for_each(|line| push(&mut body, ' ', &text[line.clone()]));
        let start = shown.start.saturating_add_signed(moved) + 1;
        let _ = writeln!(
            out,
            "@@ -{},{} +{start},{new_lines} @@",
            shown.start + 1,
            shown.len()
        );
        out.push_str(&body);
        moved += new_lines as isize - shown.len() as isize;
    }
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let next = |line: &str| {
        at += line.len();
        at - line.len()..at
    };
    text.split_inclusive('\n').map(next).collect()
}

fn push(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

fn edited(text: &str, bytes: Range<usize>, edits: &[&TextEdit]) -> String {
    let mut out = String::new();
    let mut at = bytes.start;
    for TextEdit { span, replacement } in edits {
        out.push_str(text.get(at..span.range().start).unwrap_or(""));
        out.push_str(replacement);
        at = span.range().end;
    }
    out.push_str(text.get(at..bytes.end).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, Source, Span};

    #[test]
    fn changes_are_shown_with_the_lines_around_them() {
        let text: String = (1..=20)
            .map(|number| format!("line {number}\r\n"))
            .collect::<String>()
            + "end";
        let span =
            |needle: &str| Span::from(text.find(needle).map(|at| at..at + needle.len()).unwrap());
        let path = SitePath::new("no/a.md").unwrap();
        let edits = vec![
            TextEdit {
                span: span("2\r\n"),
                replacement: "two\r\n".to_owned(),
            },
            TextEdit {
                span: span("5\r"),
                replacement: "five\r".to_owned(),
            },
            TextEdit {
                span: span("end"),
                replacement: "slutt\n".to_owned(),
            },
        ];
        let repair = FileEdit {
            path: path.clone(),
            before: Vec::new(),
            after: Vec::new(),
            edits,
        };
        let sources = Sources::new(vec![Source::from_text(path, text.as_str())], [], []);
        let expected = "--- a/no/a.md\n+++ b/no/a.md\n@@ -1,8 +1,8 @@\n line 1\r\n-line 2\r\n+line two\r\n line 3\r\n line 4\r\n-line 5\r\n+line five\r\n line 6\r\n line 7\r\n line 8\r\n@@ -18,4 +18,4 @@\n line 18\r\n line 19\r\n line 20\r\n-end\n\\ No newline at end of file\n+slutt\n";
        assert_eq!(diff(&[repair], &sources), expected);
    }
}
