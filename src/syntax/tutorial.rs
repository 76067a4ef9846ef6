//! A tutorial (`YamlMime:Tutorial`) -> steps of Markdown.

use crate::source::yaml::YamlNode;

use super::document::{Tutorial, TutorialStep};
use super::embedded_markdown;
use super::markdown::DocumentContext;

/// Reads the tutorial `root` of the file `source`.
pub(super) fn tutorial(source: &str, root: &YamlNode, context: &mut DocumentContext) -> Tutorial {
    let mut steps = Vec::new();
    if let Some(items) = root.get("items") {
        for item in items.items() {
            steps.push(step(source, item, context));
        }
    }
    Tutorial {
        steps,
        summary: root.trimmed_text("summary").map(Into::into),
    }
}

fn step(source: &str, item: &YamlNode, context: &mut DocumentContext) -> TutorialStep {
    let tree = match item.get("content") {
        Some(content) => embedded_markdown::parse(source, content, context),
        None => Default::default(),
    };
    // What isn't a number is left out: a time that is wrong would be rendered.
    let minutes = item.trimmed_text("durationInMinutes");
    TutorialStep {
        title: item.trimmed_text("title").unwrap_or_default().into(),
        minutes: minutes.and_then(|minutes| minutes.parse().ok()),
        tree,
        span: item.span,
    }
}
