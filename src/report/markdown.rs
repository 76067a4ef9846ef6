//! Turns problems into a summary for a pull request: what there is in all, then file by file, as much as a comment holds.

use std::fmt::Write;

use super::numbers::counted;
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// A comment on GitHub holds 65,536 characters; other places hold more.
const LONGEST: usize = 60_000;

/// The summary; `base` stands before every path.
pub fn markdown(problems: &[Diagnostic], sources: &Sources, base: &str) -> String {
    let mut positions = Positions::new(sources);
    let mut text = format!("## hjelp: {}\n", heading(problems));
    let mut shown = 0;
    'files: for file in problems.chunk_by(|a, b| a.location.path == b.location.path) {
        let mut title = format!(
            "\n### {}\n\n",
            code(&format!("{base}{}", file[0].location.path))
        );
        for problem in file {
            let line = positions.region(&problem.location).line;
            let mut item = format!(
                "* **{}** `{}`, line {line}: {}\n",
                problem.level.name(),
                problem.code,
                prose(&problem.message)
            );
            for help in &problem.help {
                let _ = writeln!(item, "  {}", prose(help));
            }
            if text.len() + title.len() + item.len() > LONGEST {
                break 'files;
            }
            text.push_str(&std::mem::take(&mut title));
            text.push_str(&item);
            shown += 1;
        }
    }
    if shown < problems.len() {
        let _ = writeln!(
            text,
            "\n… and {} more",
            counted(problems.len() - shown, "problem")
        );
    }
    text
}

fn heading(problems: &[Diagnostic]) -> String {
    let count = |level: Level| {
        problems
            .iter()
            .filter(|problem| problem.level == level)
            .count()
    };
    let counts =
        [Level::Error, Level::Warning, Level::Note].map(|level| (count(level), level.name()));
    let parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(*count, noun))
        .collect();
    if parts.is_empty() {
        "no problems".into()
    } else {
        parts.join(", ")
    }
}

fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    format!("{fence}{text}{fence}")
}

/// A message in one line. What is in backticks is code in Markdown too; outside them nothing may act as markup.
fn prose(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        // Somebody's text holds a backtick itself: then nothing is code.
        return escaped(&text);
    }
    let part = |(at, part): (usize, &&str)| {
        if at % 2 == 0 {
            escaped(part)
        } else {
            format!("`{part}`")
        }
    };
    parts.iter().enumerate().map(part).collect()
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
