//! Problems -> JUnit XML, which most CI servers show as a list of tests: each problem is a test case of its file. Doesn't know which level
//! fails a run except through the options.

use std::fmt::Write;

use quick_xml::escape::escape;

use super::format::{Report, ReportFormat, ReportOptions};
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};

/// JUnit XML: a suite for each file with problems. Errors fail, and warnings if they fail the run; the others pass with their text as
/// output.
pub(super) static JUNIT: ReportFormat = ReportFormat {
    name: "junit",
    about: "JUnit XML, for CI servers",
    is_for_terminals: false,
    write: junit,
};

// CI servers treat a report without test cases as a failed run, so a clean site has one that passes.
const NO_PROBLEMS: &str = "  <testsuite name=\"hjelp\" tests=\"1\" failures=\"0\">
    <testcase classname=\"hjelp\" name=\"no problems\"/>
  </testsuite>
";

fn junit(report: &Report<'_>) -> String {
    let problems = report.problems;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hjelp\" tests=\"{}\" failures=\"{}\">\n",
        problems.len().max(1),
        failures(problems, report.options)
    );
    if problems.is_empty() {
        text.push_str(NO_PROBLEMS);
    }
    let mut positions = Positions::new(report.sources);
    for problems in problems.chunk_by(|a, b| a.location.path == b.location.path) {
        let file = xml(&format!(
            "{}{}",
            report.options.base, problems[0].location.path
        ));
        let _ = writeln!(
            text,
            "  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{}\">",
            problems.len(),
            failures(problems, report.options)
        );
        for problem in problems {
            let region = positions.region(&problem.location);
            let at = (region.line, region.column);
            let case = test_case(problem, &file, at, fails(problem, report.options));
            text.push_str(&case);
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

/// One problem at (line, column) of `file`, an escaped path.
fn test_case(
    problem: &Diagnostic,
    file: &str,
    (line, column): (usize, usize),
    fails: bool,
) -> String {
    let code = problem.code;
    let message = xml(&problem.message);
    let mut body = format!(
        "{file}:{line}:{column}: {}: {message}",
        problem.level.name()
    );
    for help in &problem.help {
        body.push('\n');
        body.push_str(&xml(help));
    }
    let result = if fails {
        format!("<failure type=\"{code}\" message=\"{message}\">{body}</failure>")
    } else {
        format!("<system-out>{body}</system-out>")
    };
    format!(
        "    <testcase classname=\"{file}\" name=\"{code} {line}:{column}\" file=\"{file}\" line=\"{line}\">\n      {result}\n    </testcase>\n"
    )
}

fn failures(problems: &[Diagnostic], options: &ReportOptions) -> usize {
    let mut count = 0;
    for problem in problems {
        count += usize::from(fails(problem, options));
    }
    count
}

fn fails(problem: &Diagnostic, options: &ReportOptions) -> bool {
    match problem.level {
        Level::Error => true,
        Level::Warning => options.warnings_fail,
        Level::Note => false,
    }
}

/// Text escaped for XML, in one line.
fn xml(text: &str) -> String {
    let mut allowed = String::with_capacity(text.len());
    for char in text.chars() {
        allowed.push(match char {
            '\t' | '\n' | '\r' => ' ',
            // XML 1.0 (2.2) has no control characters, not even escaped. One in a quoted text would make the whole report unreadable.
            '\0'..' ' | '\u{FFFE}' | '\u{FFFF}' => char::REPLACEMENT_CHARACTER,
            char => char,
        });
    }
    escape(&*allowed).into_owned()
}
