//! Turns problems into workflow commands, which GitHub shows as annotations beside the lines of a change.

use std::fmt::Write;

use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// A line for each problem; `base` stands before every path, so that it leads from the root of the repository.
pub fn github(problems: &[Diagnostic], sources: &Sources, base: &str) -> String {
    let mut positions = Positions::new(sources);
    let mut text = String::new();
    for problem in problems {
        let region = positions.region(&problem.location);
        let command = match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let file = property(&format!("{base}{}", problem.location.path));
        let _ = write!(
            text,
            "::{command} file={file},line={},endLine={},",
            region.line, region.end_line
        );
        // Columns only mean something within one line.
        if region.line == region.end_line {
            let _ = write!(
                text,
                "col={},endColumn={},",
                region.column, region.end_column
            );
        }
        let message = std::iter::once(&problem.message)
            .chain(&problem.help)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n");
        let _ = writeln!(
            text,
            "title={}::{}",
            property(problem.code.name()),
            data(&message)
        );
    }
    text
}

/// The text of a command: without the characters that would end it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value before the text, where more characters have a meaning.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
