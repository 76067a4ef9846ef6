//! Problems -> lines of JSON, one object per problem. The manual describes the fields. A change of their meaning changes `version`; fields
//! may be added. Paths are relative to the root of the site, so it doesn't know where the reader is.

use serde::Serialize;

use super::format::{Report, ReportFormat};
use super::positions::{Positions, Region};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{FileSpan, Sources};

/// JSON lines.
pub(super) static JSON: ReportFormat = ReportFormat {
    name: "json",
    about: "One JSON object a line",
    is_for_terminals: false,
    write: json,
};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonProblem<'a> {
    version: u32,
    code: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    /// The text of the span.
    target: &'a str,
    help: Vec<&'a str>,
    labels: Vec<JsonLabel<'a>>,
    /// The includes from a page to the file, outermost first.
    via: Vec<JsonPlace<'a>>,
    /// The same problem in other languages.
    also_in: Vec<JsonPlace<'a>>,
    fixes: Vec<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    /// Relative to the root of the site, separated by `/`.
    file: &'a str,
    #[serde(flatten)]
    region: Region,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    #[serde(flatten)]
    place: JsonPlace<'a>,
    replacement: &'a str,
}

fn json(report: &Report<'_>) -> String {
    let mut positions = Positions::new(report.sources);
    let mut text = String::new();
    for problem in report.problems {
        let object = object(problem, report.sources, &mut positions);
        // Serialization of strings and numbers can't fail.
        text.push_str(&serde_json::to_string(&object).unwrap_or_default());
        text.push('\n');
    }
    text
}

fn object<'a>(
    problem: &'a Diagnostic,
    sources: &'a Sources,
    positions: &mut Positions<'_>,
) -> JsonProblem<'a> {
    let mut labels = Vec::with_capacity(problem.labels.len());
    for label in &problem.labels {
        labels.push(JsonLabel {
            place: place(positions, &label.location),
            text: &label.text,
        });
    }
    // A list, as a problem could have alternative fixes one day without a new version of the format.
    let mut fixes = Vec::new();
    if let Some(problem_fix) = &problem.fix {
        fixes.push(fix(positions, problem_fix));
    }
    JsonProblem {
        version: VERSION,
        code: problem.code.name(),
        level: problem.level.name(),
        message: &problem.message,
        place: place(positions, &problem.location),
        target: problem.target(sources),
        help: problem.help.iter().map(|help| &**help).collect(),
        labels,
        via: places(positions, &problem.includes),
        also_in: places(positions, &problem.also_in),
        fixes,
    }
}

fn place<'a>(positions: &mut Positions<'_>, place: &'a FileSpan) -> JsonPlace<'a> {
    JsonPlace {
        file: place.path.as_str(),
        region: positions.region(place),
    }
}

fn places<'a>(positions: &mut Positions<'_>, spans: &'a [FileSpan]) -> Vec<JsonPlace<'a>> {
    let mut places = Vec::with_capacity(spans.len());
    for span in spans {
        places.push(place(positions, span));
    }
    places
}

fn fix<'a>(positions: &mut Positions<'_>, fix: &'a Fix) -> JsonFix<'a> {
    let mut edits = Vec::with_capacity(fix.edits.len());
    for edit in &fix.edits {
        edits.push(JsonEdit {
            place: place(positions, &edit.location),
            replacement: &edit.replacement,
        });
    }
    JsonFix {
        title: &fix.title,
        safe: fix.safe,
        edits,
    }
}
