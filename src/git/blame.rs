//! A file -> the day on which each of its lines was committed. Doesn't know what the lines mean.

use std::path::Path;

use super::command::git;
use crate::source::SitePath;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlamedLine {
    /// Its text.
    pub text: String,
    /// The day of its commit in UTC, `2026-03-14`; none if it is not committed yet.
    pub day: Option<String>,
}

/// The lines of a file; none if Git doesn't know the file.
pub fn blame(root: &Path, path: &SitePath) -> Vec<BlamedLine> {
    // `-w` and `-M`: a line that was indented, or moved within its file, is as old as before.
    let arguments = ["blame", "--line-porcelain", "-w", "-M", "--", path.as_str()];
    match git(root, &arguments, "") {
        Ok(output) => lines(&String::from_utf8_lossy(&output)),
        Err(_) => Vec::new(),
    }
}

/// Reads the format of `--line-porcelain`: headers, then the line behind a tab.
fn lines(output: &str) -> Vec<BlamedLine> {
    let mut lines = Vec::new();
    let (mut day, mut is_committed) = (None, true);
    for line in output.lines() {
        if let Some(seconds) = line.strip_prefix("committer-time ") {
            day = seconds.parse().ok().and_then(day_of);
        } else if line.starts_with("author ") {
            // Git gives lines that are not committed the time of the question.
            is_committed = line != "author Not Committed Yet";
        } else if let Some(text) = line.strip_prefix('\t') {
            lines.push(BlamedLine {
                text: text.to_owned(),
                day: day.take().filter(|_| is_committed),
            });
        }
    }
    lines
}

fn day_of(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(time).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_the_day_of_their_commit() {
        let output = "1f 1 1 1\nauthor Kari\ncommitter-time 1773446400\nsummary a\nfilename a.md\n\t---\n2f 2 2 1\nauthor Kari\ncommitter-time 0\nfilename a.md\n\tx: y\n";
        let expected = [("---", "2026-03-14"), ("x: y", "1970-01-01")];
        let found = lines(output);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|line| (line.text.as_str(), line.day.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(found, expected);
    }
}
