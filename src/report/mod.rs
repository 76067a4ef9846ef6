//! Comes in: problems, changes of files or the status of translations, and the sources they are about. Goes out: text for people and for
//! programs, one file per format. Must not know: how problems were found, what is printed where.

mod azure;
mod concise;
mod csv;
mod diff;
mod excerpt;
mod format;
mod github;
mod gitlab;
mod html;
mod human;
pub mod import;
mod json;
mod junit;
mod markdown;
pub mod numbers;
mod positions;
mod sarif;
mod summary;
mod translations;

#[cfg(test)]
mod tests;

pub use diff::diff;
pub use format::{Report, ReportFormat, ReportOptions};
pub use human::HUMAN;
pub use numbers::{counted, grouped};
pub use summary::{SummaryKey, summary};
pub use translations::{translation_json, translation_table};

/// All formats for problems, in the order of `--help`.
pub static FORMATS: &[&ReportFormat] = &[
    &human::HUMAN,
    &concise::CONCISE,
    &json::JSON,
    &sarif::SARIF,
    &github::GITHUB,
    &gitlab::GITLAB,
    &azure::AZURE,
    &junit::JUNIT,
    &markdown::MARKDOWN,
    &csv::CSV,
    &html::HTML,
];
