//! Problems -> a summary for a pull request in Markdown: the counts, then file by file as many problems as a comment can hold. Doesn't post
//! the comment.

use std::fmt::Write;

use super::format::{Report, ReportFormat};
use super::numbers::counted;
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};

/// A list of problems by file, in Markdown.
pub(super) static MARKDOWN: ReportFormat = ReportFormat {
    name: "markdown",
    about: "A summary for a pull request",
    is_for_terminals: false,
    write: markdown,
};

/// The longest report in bytes. A comment on GitHub holds 65,536 characters, the smallest limit of the usual code hosts.
const MAX_LENGTH: usize = 60_000;

fn markdown(report: &Report<'_>) -> String {
    let problems = report.problems;
    let mut positions = Positions::new(report.sources);
    let mut text = format!("## hjelp: {}\n", heading(problems));
    let mut shown = 0;
    'files: for file in problems.chunk_by(|a, b| a.location.path == b.location.path) {
        let path = format!("{}{}", report.options.base, file[0].location.path);
        let mut title = format!("\n### {}\n\n", code(&path));
        for problem in file {
            let item = item(problem, positions.region(&problem.location).line);
            if text.len() + title.len() + item.len() > MAX_LENGTH {
                break 'files;
            }
            // The title waits for the first problem that fits, so that no file is listed without one.
            text.push_str(&std::mem::take(&mut title));
            text.push_str(&item);
            shown += 1;
        }
    }
    if shown < problems.len() {
        let rest = counted(problems.len() - shown, "problem");
        let _ = writeln!(text, "\n… and {rest} more");
    }
    text
}

fn item(problem: &Diagnostic, line: usize) -> String {
    let mut item = format!(
        "* **{}** `{}`, line {line}: {}\n",
        problem.level.name(),
        problem.code,
        prose(&problem.message)
    );
    for help in &problem.help {
        let _ = writeln!(item, "  {}", prose(help));
    }
    item
}

/// The counts by level, for example `2 errors, 1 note`.
fn heading(problems: &[Diagnostic]) -> String {
    let mut counts = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let of_level = problems.iter().filter(|problem| problem.level == level);
        let count = of_level.count();
        if count > 0 {
            counts.push(counted(count, level.name()));
        }
    }
    if counts.is_empty() {
        return "no problems".into();
    }
    counts.join(", ")
}

/// Inline code. CommonMark 6.1: a longer fence lets the text contain a backtick.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    format!("{fence}{text}{fence}")
}

/// A message in one line. Text in backticks stays code; in the rest, nothing acts as markup: a quoted `@all` would notify a team, a quoted
/// `![](https://...)` load an image.
fn prose(text: &str) -> String {
    let text = text.replace(char::is_control, " ");
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        // An odd number of backticks: one is quoted from the page, so which ones delimit code is unknown.
        return escaped(&text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, piece) in pieces.iter().enumerate() {
        if at % 2 == 0 {
            out.push_str(&escaped(piece));
        } else {
            let _ = write!(out, "`{piece}`");
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(
            char,
            '<' | '>' | '[' | ']' | '*' | '_' | '`' | '\\' | '&' | '@' | '#'
        ) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}
