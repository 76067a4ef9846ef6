//! Problems -> SARIF 2.1.0, which code hosts and editors read. The structures are the parts of the standard that are used here, under the
//! names of the standard. Doesn't know who uploads the log.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::format::{Report, ReportFormat};
use super::positions::Positions;
use crate::check;
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::source::percent;
use crate::source::{FileSpan, Sources};

/// A SARIF log with one run.
pub(super) static SARIF: ReportFormat = ReportFormat {
    name: "sarif",
    about: "SARIF 2.1.0, for code hosts and editors",
    is_for_terminals: false,
    write: sarif,
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct SarifLog<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [SarifRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<'a> {
    tool: SarifTool<'a>,
    column_kind: &'a str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct SarifTool<'a> {
    driver: SarifDriver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifDriver<'a> {
    name: &'a str,
    version: &'a str,
    semantic_version: &'a str,
    rules: Vec<ReportingDescriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor<'a> {
    id: &'a str,
    short_description: SarifMessage,
    full_description: SarifMessage,
    help: MultiformatMessage<'a>,
    default_configuration: ReportingConfiguration,
}

/// The documentation of a rule, also as plain text for viewers without Markdown.
#[derive(Serialize)]
struct MultiformatMessage<'a> {
    text: String,
    markdown: &'a str,
}

#[derive(Serialize)]
struct ReportingConfiguration {
    level: &'static str,
}

#[derive(Serialize)]
struct SarifMessage {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: SarifMessage,
    locations: [SarifLocation; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<SarifLocation>,
    partial_fingerprints: BTreeMap<&'a str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<SarifMessage>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: SarifRegion,
}

#[derive(Serialize, Clone, PartialEq)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRegion {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix {
    description: SarifMessage,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<SarifReplacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifReplacement {
    deleted_region: SarifRegion,
    inserted_content: SarifMessage,
}

fn sarif(report: &Report<'_>) -> String {
    let mut rules = Vec::with_capacity(check::RULES.len());
    let mut rule_indexes = FxHashMap::default();
    for (at, rule) in check::RULES.iter().enumerate() {
        rules.push(descriptor(rule));
        rule_indexes.insert(rule.code, at);
    }
    let mut writer = ResultWriter {
        sources: report.sources,
        base: &report.options.base,
        rule_indexes,
        positions: Positions::new(report.sources),
        fingerprints: FxHashMap::default(),
    };
    let mut results = Vec::with_capacity(report.problems.len());
    for problem in report.problems {
        results.push(writer.result(problem));
    }
    let version = env!("CARGO_PKG_VERSION");
    let driver = SarifDriver {
        name: "hjelp",
        version,
        semantic_version: version,
        rules,
    };
    let run = SarifRun {
        tool: SarifTool { driver },
        // Without it, a viewer may count UTF-16 code units, and underline the wrong characters after an emoji.
        column_kind: "unicodeCodePoints",
        results,
    };
    let log = SarifLog {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    };
    // Serialization of strings and numbers can't fail.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn descriptor(rule: &'static check::Rule) -> ReportingDescriptor<'static> {
    let about = check::without_links(rule.about());
    let why = check::without_links(rule.why());
    ReportingDescriptor {
        id: rule.code.name(),
        full_description: message(format!("{about} {why}")),
        short_description: message(about),
        help: MultiformatMessage {
            text: check::without_links(rule.fix()),
            markdown: rule.docs,
        },
        default_configuration: ReportingConfiguration {
            level: sarif_level(rule.level()),
        },
    }
}

fn message(text: impl Into<String>) -> SarifMessage {
    SarifMessage { text: text.into() }
}

/// The levels of the standard (3.27.10), which could have other names than those of this program.
fn sarif_level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// What the results of a run need.
struct ResultWriter<'a> {
    sources: &'a Sources,
    base: &'a str,
    /// Where each rule is in the list of rules.
    rule_indexes: FxHashMap<Code, usize>,
    positions: Positions<'a>,
    /// How many results have each fingerprint so far.
    fingerprints: FxHashMap<(Code, &'a str, &'a str), usize>,
}

impl<'a> ResultWriter<'a> {
    fn result(&mut self, problem: &'a Diagnostic) -> SarifResult<'a> {
        // One sentence after the other: viewers show results in a list, where line ends are lost.
        let mut text = problem.message.to_string();
        for help in &problem.help {
            text.push_str(". ");
            text.push_str(help.trim_end_matches('.'));
        }
        let mut fixes = Vec::new();
        if let Some(fix) = &problem.fix {
            fixes.push(self.fix(fix));
        }
        SarifResult {
            rule_id: problem.code.name(),
            rule_index: self.rule_indexes.get(&problem.code).copied(),
            level: sarif_level(problem.level),
            message: message(text),
            locations: [self.location(&problem.location)],
            related_locations: self.related_locations(problem),
            // The name has a version, so that fingerprints that are computed otherwise are never
            // compared (SARIF 2.1.0, 3.27.17).
            partial_fingerprints: BTreeMap::from([("hjelp/v1", self.fingerprint(problem))]),
            fixes,
        }
    }

    /// The labels, the includes and the other languages, numbered from 1.
    fn related_locations(&mut self, problem: &Diagnostic) -> Vec<SarifLocation> {
        let mut related = Vec::new();
        for label in &problem.labels {
            related.push(self.related(&label.location, &label.text));
        }
        for place in &problem.includes {
            related.push(self.related(place, "included here"));
        }
        for place in &problem.also_in {
            related.push(self.related(place, "also in this language"));
        }
        for (at, location) in related.iter_mut().enumerate() {
            location.id = Some(at + 1);
        }
        related
    }

    /// The identity of a result across runs: code, file and target, but no line, so that it survives text inserted above. Equal ones are
    /// numbered.
    fn fingerprint(&mut self, problem: &'a Diagnostic) -> String {
        let key = (
            problem.code,
            problem.location.path.as_str(),
            problem.target(self.sources),
        );
        let number = self.fingerprints.entry(key).or_default();
        // Code hosts take results with the same fingerprint for one, so equal ones are numbered.
        *number += 1;
        let text = [key.0.name(), key.1, key.2].join("\n");
        format!("{:016x}:{number}", xxh3_64(text.as_bytes()))
    }

    fn location(&mut self, place: &FileSpan) -> SarifLocation {
        SarifLocation {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(place),
                region: self.region(place),
            },
            message: None,
        }
    }

    fn related(&mut self, place: &FileSpan, text: &str) -> SarifLocation {
        SarifLocation {
            message: Some(message(text)),
            ..self.location(place)
        }
    }

    fn artifact(&self, place: &FileSpan) -> ArtifactLocation {
        let path = format!("{}{}", self.base, place.path);
        ArtifactLocation {
            uri: percent::encode(&path, percent::PATH).into_owned(),
        }
    }

    fn region(&mut self, place: &FileSpan) -> SarifRegion {
        let region = self.positions.region(place);
        SarifRegion {
            start_line: region.line,
            start_column: region.column,
            end_line: region.end_line,
            end_column: region.end_column,
        }
    }

    /// A fix. An `artifactChange` holds all edits of one file.
    fn fix(&mut self, fix: &Fix) -> SarifFix {
        let mut changes: Vec<ArtifactChange> = Vec::new();
        for edit in &fix.edits {
            let replacement = SarifReplacement {
                deleted_region: self.region(&edit.location),
                inserted_content: message(edit.replacement.as_str()),
            };
            let artifact = self.artifact(&edit.location);
            // The standard groups replacements by file (SARIF 2.1.0, 3.56).
            let of_file = changes
                .iter_mut()
                .find(|change| change.artifact_location == artifact);
            match of_file {
                Some(change) => change.replacements.push(replacement),
                None => changes.push(ArtifactChange {
                    artifact_location: artifact,
                    replacements: vec![replacement],
                }),
            }
        }
        SarifFix {
            description: message(fix.title.english()),
            artifact_changes: changes,
        }
    }
}
