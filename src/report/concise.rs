//! Problems -> one line each, as compilers print them: editors and `grep` read it. Leaves out excerpts and second places.

use std::fmt::Write;

use super::format::{Report, ReportFormat};
use super::positions::Positions;

/// `file:line:column: level[code]: message`
pub(super) static CONCISE: ReportFormat = ReportFormat {
    name: "concise",
    about: "One line for each problem",
    is_for_terminals: false,
    write: concise,
};

fn concise(report: &Report<'_>) -> String {
    let mut positions = Positions::new(report.sources);
    let mut text = String::new();
    for problem in report.problems {
        let region = positions.region(&problem.location);
        // A message quotes the author, who may have typed a line break or an escape code.
        let message = problem.message.replace(char::is_control, " ");
        let _ = writeln!(
            text,
            "{}{}:{}:{}: {}[{}]: {message}",
            report.options.base,
            problem.location.path,
            region.line,
            region.column,
            problem.level.name(),
            problem.code
        );
    }
    text
}
