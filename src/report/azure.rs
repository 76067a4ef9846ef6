//! Problems -> logging commands of Azure Pipelines, which shows them on the page of the run. It knows errors and warnings only.

use std::fmt::Write;

use super::format::{Report, ReportFormat};
use super::positions::Positions;
use crate::diagnostic::Level;

/// One command for each error and each warning.
pub(super) static AZURE: ReportFormat = ReportFormat {
    name: "azure",
    about: "Logging commands of Azure Pipelines",
    is_for_terminals: false,
    write: azure,
};

fn azure(report: &Report<'_>) -> String {
    let mut positions = Positions::new(report.sources);
    let mut text = String::new();
    for problem in report.problems {
        let level = match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => continue,
        };
        let region = positions.region(&problem.location);
        let path = format!("{}{}", report.options.base, problem.location.path);
        let _ = writeln!(
            text,
            "##vso[task.logissue type={level};sourcepath={};linenumber={};columnnumber={};code={}]{}",
            property(&path),
            region.line,
            region.column,
            problem.code,
            data(&problem.message)
        );
    }
    text
}

/// Text that cannot end the command and begin another one.
fn data(text: &str) -> String {
    // Not `%25`: that is how Azure Pipelines escapes the sign ("Logging commands", formatting).
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}
