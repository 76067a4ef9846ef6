//! Problems -> workflow commands, which GitHub Actions shows as annotations next to the changed lines. Knows the commands only, not which
//! lines were changed.

use std::fmt::Write;

use super::format::{Report, ReportFormat};
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};

/// Workflow commands, one line for each problem.
pub(super) static GITHUB: ReportFormat = ReportFormat {
    name: "github",
    about: "Annotations of GitHub Actions",
    is_for_terminals: false,
    write: github,
};

fn github(report: &Report<'_>) -> String {
    let mut positions = Positions::new(report.sources);
    let mut text = String::new();
    for problem in report.problems {
        let region = positions.region(&problem.location);
        let file = property(&format!("{}{}", report.options.base, problem.location.path));
        let _ = write!(
            text,
            "::{} file={file},line={},endLine={},",
            command(problem.level),
            region.line,
            region.end_line
        );
        // GitHub supports columns only in annotations of one line.
        if region.line == region.end_line {
            let _ = write!(
                text,
                "col={},endColumn={},",
                region.column, region.end_column
            );
        }
        let code = property(problem.code.name());
        let _ = writeln!(text, "title={code}::{}", data(&message(problem)));
    }
    text
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    }
}

/// Message and help, one per line.
fn message(problem: &Diagnostic) -> String {
    let mut text = problem.message.to_string();
    for help in &problem.help {
        text.push('\n');
        text.push_str(help);
    }
    text
}

/// The escaped text of a command. A message quotes the author: with a raw line end, a page could add commands of its own, such as
/// `::set-output`, to the log of the build.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        // The log shows colors, so an escape code could also hide what follows it.
        .replace(char::is_control, "\u{FFFD}")
}

/// The escaped value of a property: `:` and `,` would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
