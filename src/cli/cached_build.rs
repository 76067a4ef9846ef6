//! A build for which nothing has changed since the last one: what that one said is said again, and nothing is made.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::exit_status::ExitStatus;
use super::summary::BuildSummary;
use crate::disk::{self, BuildCache};

/// What a build has to say, as it is kept for the next one.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CachedBuild {
    /// The problems, as they were shown.
    problems: String,
    summary: BuildSummary,
}

impl CachedBuild {
    pub(super) fn new(problems: &str, summary: &BuildSummary) -> Self {
        CachedBuild {
            problems: problems.to_owned(),
            summary: summary.clone(),
        }
    }

    /// What the last build said, if it would say the same now.
    pub(super) fn recall(cache: &BuildCache) -> Option<CachedBuild> {
        serde_json::from_str(&cache.recall()?).ok()
    }

    pub(super) fn keep(&self, cache: &BuildCache) {
        if let Ok(note) = serde_json::to_string(self) {
            cache.remember(&note);
        }
    }

    /// The problems and the summary of a build that wrote nothing and took this long.
    pub(super) fn again(
        self,
        time: std::time::Duration,
        most_warnings: Option<usize>,
    ) -> (String, BuildSummary) {
        let disk::WriteSummary {
            written, unchanged, ..
        } = self.summary.files;
        let files = disk::WriteSummary {
            written: 0,
            unchanged: written + unchanged,
            removed: 0,
        };
        let outcome = ExitStatus {
            most_warnings,
            ..self.summary.outcome
        };
        (
            self.problems,
            BuildSummary {
                files,
                outcome,
                time,
                ..self.summary
            },
        )
    }
}

/// What a build is told besides its sources, as part of the key.
pub(super) fn settings(parts: &[&dyn std::fmt::Debug]) -> String {
    let mut text = String::new();
    for part in parts {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{part:?}");
    }
    text
}
