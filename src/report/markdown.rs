//! Problems -> a summary for a pull request in Markdown: the counts, then file by file as many problems as a comment can hold. Doesn't post
//! the comment.

use std::fmt::Write;

use super::format::{Report, ReportFormat};
use super::numbers::{counted_by_level, grouped};
use super::positions::Positions;
use crate::diagnostic::Diagnostic;
use crate::locale::problem_texts::MessageLanguage;
use crate::message;

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
    let language = report.options.language;
    let mut positions = Positions::new(report.sources);
    let mut text = format!("## hjelp: {}\n", heading(problems, language));
    let mut shown = 0;
    'files: for file in problems.chunk_by(|a, b| a.location.path == b.location.path) {
        let path = format!("{}{}", report.options.base, file[0].location.path);
        let mut title = format!("\n### {}\n\n", code(&path));
        for problem in file {
            let line = positions.region(&problem.location).line;
            let item = item(problem, line, language);
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
        let rest = match problems.len() - shown {
            1 => message!("… and 1 problem more"),
            rest => message!("… and {rest} problems more", rest = grouped(rest)),
        };
        let _ = writeln!(text, "\n{}", language.words(&rest));
    }
    text
}

fn item(problem: &Diagnostic, line: usize, language: MessageLanguage) -> String {
    let line = message!("line {line}", line);
    let mut item = format!(
        "* **{}** `{}`, {}: {}\n",
        language.words(&problem.level.name().into()),
        problem.code,
        language.words(&line),
        prose(&language.words(&problem.message))
    );
    for help in &problem.help {
        let _ = writeln!(item, "  {}", prose(&language.words(help)));
    }
    item
}

fn heading(problems: &[Diagnostic], language: MessageLanguage) -> String {
    match problems.is_empty() {
        true => language.words(&"no problems".into()).into_owned(),
        false => counted_by_level(problems, language),
    }
}

/// Inline code. CommonMark 6.1: a fence that is longer than any in the text lets it contain backticks.
fn code(text: &str) -> String {
    let runs = text.split(|char| char != '`');
    let fence = "`".repeat(runs.map(str::len).max().unwrap_or(0) + 1);
    // Next to the fence a backtick would be part of it; the space between them is not shown.
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
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
