//! Turns problems into lines of JSON, one object per problem. The fields are described in the manual; their meaning only changes together
//! with `version`, fields may be added.

use serde::Serialize;

use super::positions::{Positions, Region};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{FileSpan, Sources};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    code: &'a str,
    level: &'a str,
    message: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
    /// What was typed there.
    target: &'a str,
    help: &'a [String],
    labels: Vec<Label<'a>>,
    /// The includes on the way from a page, outermost first.
    via: Vec<Spot<'a>>,
    /// The same mistake in other languages.
    also_in: Vec<Spot<'a>>,
    fixes: Vec<Repair<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    /// Relative to the site root, separated by `/`.
    file: &'a str,
    #[serde(flatten)]
    region: Region,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    spot: Spot<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(flatten)]
    spot: Spot<'a>,
    replacement: &'a str,
}

/// All problems, a line each.
pub fn json(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut positions = Positions::new(sources);
    let mut text = String::new();
    for problem in problems {
        let line = Line {
            version: VERSION,
            code: problem.code.name(),
            level: problem.level.name(),
            message: &problem.message,
            spot: spot(&mut positions, &problem.location),
            target: problem.target(sources),
            help: &problem.help,
            labels: problem
                .labels
                .iter()
                .map(|label| Label {
                    spot: spot(&mut positions, &label.location),
                    text: &label.text,
                })
                .collect(),
            via: problem
                .includes
                .iter()
                .map(|place| spot(&mut positions, place))
                .collect(),
            also_in: problem
                .also_in
                .iter()
                .map(|place| spot(&mut positions, place))
                .collect(),
            fixes: problem
                .fix
                .iter()
                .map(|fix| repair(&mut positions, fix))
                .collect(),
        };
        // Texts and numbers always are JSON.
        text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        text.push('\n');
    }
    text
}

fn spot<'a>(positions: &mut Positions<'_>, place: &'a FileSpan) -> Spot<'a> {
    Spot {
        file: place.path.as_str(),
        region: positions.region(place),
    }
}

fn repair<'a>(positions: &mut Positions<'_>, fix: &'a Fix) -> Repair<'a> {
    let edits = fix
        .edits
        .iter()
        .map(|edit| Change {
            spot: spot(positions, &edit.location),
            replacement: &edit.replacement,
        })
        .collect();
    Repair {
        title: &fix.title,
        safe: fix.safe,
        edits,
    }
}
