//! A file of vectors -> how many of them pass, feature by feature. Every line counts: one that is not JSON, or of an unknown kind,
//! is a failure, never left out. Doesn't know what a vector means.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;

/// Passed, or what differs.
pub type Outcome = Result<(), String>;

/// The result of a file of vectors.
#[derive(Default)]
pub struct Score {
    by_feature: BTreeMap<String, (usize, usize)>,
    failures: Vec<String>,
    tabled: usize,
    stale: Vec<String>,
    total: usize,
}

/// The lines of the file `name`; nothing, said aloud, if there is no such file.
pub fn rows(name: &str) -> Option<Vec<Result<Value, String>>> {
    let beside = |path: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    // A second checkout may lie one folder deeper than the first.
    let folders = match std::env::var_os("HJELP_VECTORS") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![
            beside("../shared/vectors/docfx"),
            beside("../../shared/vectors/docfx"),
        ],
    };
    let text = folders
        .iter()
        .find_map(|folder| std::fs::read_to_string(folder.join(name)).ok());
    if text.is_none() {
        // Past the test harness, which keeps quiet about tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: there is no `{name}` in {folders:?} (HJELP_VECTORS names another folder)"
        );
    }
    let lines = text
        .as_deref()?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let row = |(number, line)| {
        serde_json::from_str(line).map_err(|problem| format!("line {}: {problem}", number + 1))
    };
    Some(lines.map(row).collect())
}

/// Runs every vector of the file `name`; nothing if there is no such file.
pub fn score(name: &str, run: impl Fn(&Value) -> Outcome) -> Option<Score> {
    let mut score = Score::default();
    for row in rows(name)? {
        match row {
            Ok(row) => score.add(name, &row, run(&row)),
            Err(problem) => score.broken(name, problem),
        }
    }
    Some(score)
}

/// The name of a vector, and what it is about.
fn names<'a>(file: &'a str, row: &'a Value) -> (&'a str, &'a str) {
    let text = |key: &str| row[key].as_str();
    let feature = text("feature")
        .or(text("op"))
        .unwrap_or(file.trim_end_matches(".jsonl"));
    (
        text("id").or(text("source_test")).unwrap_or(feature),
        feature,
    )
}

impl Score {
    /// Counts one vector. `HJELP_VECTORS_SHOW=all`, or a feature, or a part of an id, prints what differs.
    pub fn add(&mut self, file: &str, row: &Value, outcome: Outcome) {
        let (id, feature) = names(file, row);
        let (passed, total) = self.by_feature.entry(feature.to_owned()).or_default();
        *total += 1;
        *passed += usize::from(outcome.is_ok());
        self.total += 1;
        match (outcome, is_tabled(id)) {
            (Ok(()), false) => {}
            (Ok(()), true) => self.stale.push(id.to_owned()),
            (Err(_), true) => self.tabled += 1,
            (Err(message), false) => {
                let show = std::env::var("HJELP_VECTORS_SHOW").unwrap_or_default();
                if !show.is_empty() && (show == "all" || id.contains(&show) || feature == show) {
                    println!("### {id}\n{message}\n");
                }
                self.failures.push(format!("{id}\n{message}"));
            }
        }
    }

    fn broken(&mut self, file: &str, problem: String) {
        self.total += 1;
        self.by_feature.entry(file.to_owned()).or_default().1 += 1;
        self.failures.push(problem);
    }

    /// True if there was no vector at all.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Prints the score of what is called `what`; the share of all vectors that pass or are tabled, from 0 to 1.
    pub fn report(&self, what: &str) -> f64 {
        for (feature, (passed, total)) in &self.by_feature {
            println!(
                "{what} {feature}: {passed} passed, {} failed",
                total - passed
            );
        }
        let passed = self.total - self.failures.len();
        println!(
            "{what}: {passed} of {} pass, {} of them by the table of deviations",
            self.total, self.tabled
        );
        for failure in &self.failures {
            println!("  fails: {}", failure.lines().next().unwrap_or_default());
        }
        assert!(
            self.stale.is_empty(),
            "the table of deviations speaks of vectors that pass: {:?}",
            self.stale
        );
        passed as f64 / self.total.max(1) as f64
    }

    /// Reports, and wants all of them to pass.
    pub fn all(&self, what: &str) {
        self.report(what);
        assert!(
            self.failures.is_empty(),
            "{} vectors of {what} differ:\n\n{}",
            self.failures.len(),
            self.failures.join("\n\n")
        );
    }
}

/// The same value, or both of them.
pub fn same(found: &Value, expected: &Value) -> Outcome {
    if found == expected {
        Ok(())
    } else {
        Err(format!("found    {found}\nexpected {expected}"))
    }
}

/// True if hjelp deliberately does not follow the vector `id`.
fn is_tabled(id: &str) -> bool {
    deviations().iter().any(|(known, _)| *known == id)
}

/// The table of deviations: names of vectors, and reasons.
fn deviations() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("deviations.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| line.split_once(": ").unwrap_or((line, "")))
        .collect()
}

#[test]
fn every_deviation_has_a_reason_and_is_listed_once() {
    let mut seen = BTreeSet::new();
    for (id, reason) in deviations() {
        assert!(reason.trim().len() > 10, "why is `{id}` not followed?");
        assert!(seen.insert(id), "`{id}` is told twice");
    }
}
