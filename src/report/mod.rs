//! Turns problems into text for people and for programs: one file per format, each a function from values to a `String`.
//! Knows how problems look; doesn't know how they were found, and never prints.

mod diff;
mod excerpt;
mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod numbers;
mod positions;
mod sarif;
mod translations;

#[cfg(test)]
mod formats;
#[cfg(test)]
mod tests;

pub use diff::diff;
pub use github::github;
pub use human::{HumanOptions, human};
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use numbers::{counted, grouped};
pub use sarif::sarif;
pub use translations::{translation_json, translation_table};
