//! The summary and the printed problems of a build <-> JSON, stored with the state of the output folder: a build for which nothing has
//! changed prints them again and renders nothing. Doesn't decide whether anything has changed.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::summary::BuildSummary;
use crate::disk::{self, BuildCache, FinishedState};

/// What a build printed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CachedBuild {
    /// The report of problems, with its terminal colors.
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

    /// What the last build printed, if nothing has changed since.
    pub(super) fn recall(cache: &BuildCache) -> Option<CachedBuild> {
        // A summary in another format comes from another version, and that version's cache has another key; a damaged one is ignored.
        serde_json::from_str(&cache.read()?).ok()
    }

    /// Stores this with the state that the build left in its output folder.
    pub(super) fn write(&self, cache: &BuildCache, finished: FinishedState) {
        // JSON on one line, as the state file needs it.
        if let Ok(text) = serde_json::to_string(self) {
            cache.write(finished, &text);
        }
    }

    /// The report and the summary of a build that wrote nothing and took this long.
    pub(super) fn repeated(
        self,
        time: Duration,
        most_warnings: Option<usize>,
    ) -> (String, BuildSummary) {
        let disk::WriteSummary {
            written, unchanged, ..
        } = self.summary.files;
        // What was written then is there now.
        let files = disk::WriteSummary {
            written: 0,
            unchanged: written + unchanged,
            removed: 0,
        };
        let summary = BuildSummary {
            files,
            outcome: self.summary.outcome.with_most_warnings(most_warnings),
            time,
            ..self.summary
        };
        (self.problems, summary)
    }
}
