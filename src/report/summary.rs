//! Problems -> how many there are of each kind, in each file or in each folder, the most first. For sites with more problems than anybody reads.

use std::collections::BTreeMap;

use super::numbers::{counted, grouped};
use crate::diagnostic::{Diagnostic, Level};

/// What problems are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryKey {
    /// Their code.
    Code,
    /// Their file.
    File,
    /// The folder of their file.
    Folder,
    /// What they name: the first text in backticks of their message.
    Target,
}

/// How many problems of each level there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts([usize; 3]);

impl Counts {
    fn of(level: Level) -> usize {
        match level {
            Level::Error => 0,
            Level::Warning => 1,
            Level::Note => 2,
        }
    }
}

/// The `top` keys with the most problems, each with its counts; errors count before warnings, and these before notes.
pub fn summary(problems: &[Diagnostic], key: SummaryKey, top: usize) -> String {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for problem in problems {
        let count = counts.entry(key_of(problem, key)).or_default();
        count.0[Counts::of(problem.level)] += 1;
    }
    let mut rows: Vec<(String, Counts)> = counts.into_iter().collect();
    // A stable sort: equal counts stay in the order of their names.
    rows.sort_by_key(|row| std::cmp::Reverse(row.1.0));
    let mut text = format!(
        "{:>8}  {:>8}  {:>8}  {}\n",
        "errors",
        "warnings",
        "notes",
        title(key)
    );
    for (name, Counts(count)) in rows.iter().take(top) {
        let [errors, warnings, notes] = count.map(shown);
        // The name of a file may have escape codes in it, which a terminal would obey.
        let name = name.replace(char::is_control, " ");
        text.push_str(&format!("{errors:>8}  {warnings:>8}  {notes:>8}  {name}\n"));
    }
    if rows.len() > top {
        let rest = counted(rows.len() - top, "row");
        text.push_str(&format!(
            "… and {rest} more; `--top` sets how many are shown\n"
        ));
    }
    text
}

/// A count, or nothing instead of zero.
fn shown(count: usize) -> String {
    match count {
        0 => String::new(),
        count => grouped(count),
    }
}

fn title(key: SummaryKey) -> &'static str {
    match key {
        SummaryKey::Code => "code",
        SummaryKey::File => "file",
        SummaryKey::Folder => "folder",
        SummaryKey::Target => "target",
    }
}

fn key_of(problem: &Diagnostic, key: SummaryKey) -> String {
    let path = &problem.location.path;
    match key {
        SummaryKey::Code => problem.code.name().to_owned(),
        SummaryKey::File => path.to_string(),
        SummaryKey::Folder => match path.folder() {
            "" => ".".to_owned(),
            folder => folder.to_owned(),
        },
        SummaryKey::Target => {
            // What a problem is about is the first thing that its message has in backticks.
            let quoted = problem.message.split('`').nth(1);
            quoted.unwrap_or(&problem.message).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{SitePath, Span};

    #[test]
    fn errors_come_first_and_the_rest_is_counted() {
        let problem = |code: Code, path: &str| {
            Diagnostic::new(
                code,
                &SitePath::new(path).unwrap(),
                Span::default(),
                "`x` is wrong",
            )
        };
        let problems = [
            problem(Code::OrphanPage, "no/a.md"),
            problem(Code::OrphanPage, "no/b.md"),
            problem(Code::BrokenLink, "no/c/d.md"),
        ];
        let text = summary(&problems, SummaryKey::Code, 1);
        assert!(
            text.contains("       1                      broken-link"),
            "{text}"
        );
        assert!(text.contains("and 1 row more"), "{text}");
        assert!(summary(&problems, SummaryKey::Folder, 9).contains("2  no\n"));
        assert!(summary(&problems, SummaryKey::Target, 9).ends_with("2  x\n"));
    }
}
