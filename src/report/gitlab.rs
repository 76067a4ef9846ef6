//! Problems -> a Code Quality report, which GitLab shows in merge requests. A fingerprint is the same while the problem is, wherever its line
//! moves to.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::format::{Report, ReportFormat};
use super::positions::Positions;
use crate::diagnostic::{Diagnostic, Level};

/// A JSON list.
pub(super) static GITLAB: ReportFormat = ReportFormat {
    name: "gitlab",
    about: "A Code Quality report of GitLab",
    is_for_terminals: false,
    write: gitlab,
};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

fn gitlab(report: &Report<'_>) -> String {
    let mut positions = Positions::new(report.sources);
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut issues = Vec::with_capacity(report.problems.len());
    for problem in report.problems {
        let identity = format!(
            "{}\n{}\n{}",
            problem.code, problem.location.path, problem.message
        );
        // Equal problems of one file are numbered, because a fingerprint has to be unique in its
        // report.
        let times = seen.entry(identity.clone()).or_default();
        *times += 1;
        issues.push(Issue {
            description: description(problem),
            check_name: problem.code.name(),
            fingerprint: fingerprint(&format!("{identity}\n{times}")),
            severity: severity(problem.level),
            location: Location {
                path: format!("{}{}", report.options.base, problem.location.path),
                lines: Lines {
                    begin: positions.region(&problem.location).line,
                },
            },
        });
    }
    let mut text = serde_json::to_string_pretty(&issues).unwrap_or_else(|_| "[]".to_owned());
    text.push('\n');
    text
}

fn description(problem: &Diagnostic) -> String {
    let mut text = problem.message.to_string();
    for help in &problem.help {
        text.push_str(". ");
        text.push_str(help.trim_end_matches('.'));
    }
    text
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note => "info",
    }
}

/// FNV-1a of 128 bits: the same on every machine, and no two problems of a site share it by accident.
fn fingerprint(text: &str) -> String {
    let mut hash: u128 = 0x6c62272e07bb014262b821756295c58d;
    for byte in text.bytes() {
        hash ^= u128::from(byte);
        hash = hash.wrapping_mul(0x0000000001000000000000000000013b);
    }
    format!("{hash:032x}")
}
