//! Turns problems into JUnit XML, which most CI servers show as a list of tests: each problem is a test case of its file.

use std::fmt::Write;

use quick_xml::escape::escape;

use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// A suite for each file with problems. Errors fail, with `strict` warnings too; the others pass and say what they are about. Without a
/// problem there is one test, which passes: a report without tests looks like a run that went wrong.
pub fn junit(problems: &[Diagnostic], sources: &Sources, base: &str, strict: bool) -> String {
    let fails = |problem: &Diagnostic| {
        problem.level == Level::Error || (strict && problem.level == Level::Warning)
    };
    let count = |problems: &[Diagnostic]| {
        (
            problems.len(),
            problems.iter().filter(|problem| fails(problem)).count(),
        )
    };
    let mut positions = Positions::new(sources);
    let (tests, failures) = count(problems);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hjelp\" tests=\"{}\" failures=\"{failures}\">\n",
        tests.max(1)
    );
    if problems.is_empty() {
        text.push_str(
            "  <testsuite name=\"hjelp\" tests=\"1\" failures=\"0\">\n    <testcase classname=\"hjelp\" name=\"no problems\"/>\n  </testsuite>\n",
        );
    }
    for suite in problems.chunk_by(|a, b| a.location.path == b.location.path) {
        let (tests, failures) = count(suite);
        let file = xml(&format!("{base}{}", suite[0].location.path));
        let _ = writeln!(
            text,
            "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\">"
        );
        for problem in suite {
            let region = positions.region(&problem.location);
            let (line, column) = (region.line, region.column);
            let _ = writeln!(
                text,
                "    <testcase classname=\"{file}\" name=\"{} {line}:{column}\" file=\"{file}\" line=\"{line}\">",
                problem.code
            );
            let message = xml(&problem.message);
            let helps: String = problem
                .help
                .iter()
                .map(|help| format!("\n{}", xml(help)))
                .collect();
            let body = format!(
                "{file}:{line}:{column}: {}: {message}{helps}",
                problem.level.name()
            );
            let _ = if fails(problem) {
                writeln!(
                    text,
                    "      <failure type=\"{}\" message=\"{message}\">{body}</failure>",
                    problem.code
                )
            } else {
                writeln!(text, "      <system-out>{body}</system-out>")
            };
            text.push_str("    </testcase>\n");
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

/// Text as XML holds it; the few characters it can't hold at all become `\u{FFFD}`.
fn xml(text: &str) -> String {
    let fit = |char: char| match char {
        '\t' | '\n' | '\r' => ' ',
        char if char < ' ' || matches!(char, '\u{FFFE}' | '\u{FFFF}') => {
            char::REPLACEMENT_CHARACTER
        }
        char => char,
    };
    escape(&*text.chars().map(fit).collect::<String>()).into_owned()
}
