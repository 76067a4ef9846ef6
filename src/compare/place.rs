//! A difference between two sites as text: where it is, and what. Every part of the comparison makes these.

use serde::Serialize;

/// A difference that is no matter of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path of the page or map.
    pub page: String,
    /// What is otherwise.
    pub what: String,
}
