//! Changes of files -> a unified diff for `git apply` and `patch`. Paths are relative to the root of the site. Doesn't read or write files.

use std::fmt::Write;

use similar::TextDiff;

use crate::source::SitePath;
use crate::source::edit::FileChange;
use crate::source::encoding::decode;

/// The diff of all changes, in their order.
pub fn diff(changes: &[FileChange]) -> String {
    let mut out = String::new();
    for change in changes {
        match change {
            FileChange::Create { path, bytes } => file(&mut out, None, Some(path), [&[], bytes]),
            FileChange::Edit(edit) => {
                let path = Some(&edit.path);
                file(&mut out, path, path, [&edit.before, &edit.after]);
            }
            FileChange::Delete { path, before } => file(&mut out, Some(path), None, [before, &[]]),
            FileChange::Move { from, to } => {
                // Headers of Git: the unified format has none for a file that is only moved.
                let _ = write!(
                    out,
                    "diff --git a/{from} b/{to}\nsimilarity index 100%\nrename from {from}\nrename to {to}\n"
                );
            }
        }
    }
    out
}

/// One file: its path and its bytes before and after.
fn file(out: &mut String, from: Option<&SitePath>, to: Option<&SitePath>, bytes: [&[u8]; 2]) {
    // A diff is text, so files in UTF-16 are compared as text too, without their byte order mark.
    let [before, after] = bytes.map(|bytes| decode(bytes.to_vec()).text);
    let diff = TextDiff::from_lines(before.as_str(), after.as_str());
    // A CR is part of its line, as in the diffs of other tools: `git apply` compares lines byte for byte.
    let _ = write!(
        out,
        "{}",
        diff.unified_diff()
            .context_radius(3)
            .header(&header("a", from), &header("b", to))
    );
}

fn header(side: &str, path: Option<&SitePath>) -> String {
    match path {
        Some(path) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn an_edited_file_is_shown_with_the_lines_around_the_changes() {
        let before: String = (1..=20)
            .map(|number| format!("line {number}\r\n"))
            .collect::<String>()
            + "end";
        let after = before
            .replace("line 2\r", "line two\r")
            .replace("line 5\r", "line five\r")
            .replace("end", "slutt\n");
        let change = FileChange::write(path("no/a.md"), Some(before.into()), after.into());
        let expected = "--- a/no/a.md\n+++ b/no/a.md\n@@ -1,8 +1,8 @@\n line 1\r\n-line 2\r\n+line two\r\n line 3\r\n line 4\r\n-line 5\r\n+line five\r\n line 6\r\n line 7\r\n line 8\r\n@@ -18,4 +18,4 @@\n line 18\r\n line 19\r\n line 20\r\n-end\n\\ No newline at end of file\n+slutt\n";
        assert_eq!(diff(&[change]), expected);
    }

    #[test]
    fn new_moved_and_deleted_files_have_headers_of_their_own() {
        let changes = [
            FileChange::write(path("a.md"), None, b"a\n".into()),
            FileChange::Delete {
                path: path("b.md"),
                before: b"b\n".into(),
            },
            FileChange::Move {
                from: path("c.md"),
                to: path("d.md"),
            },
        ];
        assert_eq!(
            diff(&changes),
            "--- /dev/null\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\n--- a/b.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\ndiff --git a/c.md b/d.md\nsimilarity index 100%\nrename from c.md\nrename to d.md\n"
        );
    }
}
