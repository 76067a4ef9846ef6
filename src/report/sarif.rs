//! Turns problems into SARIF 2.1.0, which code hosts and editors read. The structures are those parts of the standard that say something
//! here; their names are the standard's.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::positions::{self, Positions};
use crate::check;
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::source::percent;
use crate::source::{FileSpan, Sources};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    semantic_version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Words,
    full_description: Words,
    help: Help<'a>,
    default_configuration: Configuration,
}

/// The documentation of a rule: plain for viewers that show no Markdown.
#[derive(Serialize)]
struct Help<'a> {
    text: String,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Words {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Words,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'a str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Words>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize, Clone, PartialEq)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair {
    description: Words,
    artifact_changes: Vec<Change>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Words,
}

/// One log with one run; `base` stands before every path, so that it leads from the root of the repository.
pub fn sarif(problems: &[Diagnostic], sources: &Sources, base: &str) -> String {
    let rules: Vec<Rule> = check::RULES.iter().map(rule).collect();
    let numbers: FxHashMap<&str, usize> = rules
        .iter()
        .enumerate()
        .map(|(at, rule)| (rule.id, at))
        .collect();
    let mut desk = Desk {
        sources,
        base,
        positions: Positions::new(sources),
        seen: FxHashMap::default(),
    };
    let results = problems
        .iter()
        .map(|problem| desk.outcome(problem, numbers.get(problem.code.name()).copied()))
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver {
        name: "hjelp",
        version,
        semantic_version: version,
        rules,
    };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        results,
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    };
    // Texts and numbers always are JSON.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(rule: &'static check::Rule) -> Rule<'static> {
    Rule {
        id: rule.code.name(),
        short_description: words(check::without_links(rule.about())),
        full_description: words(check::without_links(&format!(
            "{} {}",
            rule.about(),
            rule.why()
        ))),
        help: Help {
            text: check::without_links(rule.fix()),
            markdown: rule.docs,
        },
        default_configuration: Configuration {
            level: rule.level().name(),
        },
    }
}

fn words(text: impl Into<String>) -> Words {
    Words { text: text.into() }
}

struct Desk<'a> {
    sources: &'a Sources,
    base: &'a str,
    positions: Positions<'a>,
    /// How often each fingerprint was given.
    seen: FxHashMap<(Code, &'a str, &'a str), usize>,
}

impl<'a> Desk<'a> {
    fn outcome(&mut self, problem: &'a Diagnostic, rule_index: Option<usize>) -> Outcome<'a> {
        let mut message = problem.message.clone();
        for help in &problem.help {
            message.push_str(". ");
            message.push_str(help.trim_end_matches('.'));
        }
        let labels = problem
            .labels
            .iter()
            .map(|label| (&label.location, label.text.clone()));
        let includes = problem
            .includes
            .iter()
            .map(|place| (place, "included here".to_owned()));
        let others = problem
            .also_in
            .iter()
            .map(|place| (place, "also in this language".to_owned()));
        let related = labels.chain(includes).chain(others).enumerate();
        let related_locations = related
            .map(|(at, (place, text))| Location {
                id: Some(at + 1),
                message: Some(words(text)),
                ..self.location(place)
            })
            .collect();
        Outcome {
            rule_id: problem.code.name(),
            rule_index,
            level: match problem.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "note",
            },
            message: words(message),
            locations: [self.location(&problem.location)],
            related_locations,
            partial_fingerprints: BTreeMap::from([("hjelp/v1", self.fingerprint(problem))]),
            fixes: problem.fix.iter().map(|fix| self.repair(fix)).collect(),
        }
    }

    /// Code, file and target, but no line: it stays when text above is added. Of several alike, each has its number.
    fn fingerprint(&mut self, problem: &'a Diagnostic) -> String {
        let key = (
            problem.code,
            problem.location.path.as_str(),
            problem.target(self.sources),
        );
        let number = self.seen.entry(key).or_default();
        *number += 1;
        format!(
            "{:016x}:{number}",
            xxh3_64([key.0.name(), key.1, key.2].join("\n").as_bytes())
        )
    }

    fn location(&mut self, place: &FileSpan) -> Location {
        Location {
            id: None,
            physical_location: Physical {
                artifact_location: self.artifact(place),
                region: self.region(place),
            },
            message: None,
        }
    }

    fn artifact(&self, place: &FileSpan) -> Artifact {
        Artifact {
            uri: percent::encode(&format!("{}{}", self.base, place.path), percent::PATH)
                .into_owned(),
        }
    }

    fn region(&mut self, place: &FileSpan) -> Region {
        let positions::Region {
            line,
            column,
            end_line,
            end_column,
        } = self.positions.region(place);
        Region {
            start_line: line,
            start_column: column,
            end_line,
            end_column,
        }
    }

    fn repair(&mut self, fix: &Fix) -> Repair {
        let mut changes: Vec<Change> = Vec::new();
        for edit in &fix.edits {
            let replacement = Replacement {
                deleted_region: self.region(&edit.location),
                inserted_content: words(edit.replacement.as_str()),
            };
            let artifact = self.artifact(&edit.location);
            match changes
                .iter_mut()
                .find(|change| change.artifact_location == artifact)
            {
                Some(change) => change.replacements.push(replacement),
                None => changes.push(Change {
                    artifact_location: artifact,
                    replacements: vec![replacement],
                }),
            }
        }
        Repair {
            description: words(fix.title.as_str()),
            artifact_changes: changes,
        }
    }
}
