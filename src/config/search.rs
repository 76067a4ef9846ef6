//! `search` of `hjelp.yml` -> how much certain pages weigh in the search, and what readers can narrow their results to. Knows no page.

use super::glob::Globs;
use super::localized_text::LocalizedText;
use super::reader::ConfigReader;
use crate::diagnostic::Code;
use crate::locale::Locales;
use crate::source::yaml::{YamlNode, YamlValue};

/// How certain pages are searched.
#[derive(Debug, Clone, Hash)]
pub struct SearchRule {
    /// Which pages, by their path below the language folder.
    pub files: Globs,
    /// What readers can narrow their results to. Pages without a name of their own have that of their part of the table of contents.
    pub name: LocalizedText,
    /// In percent of what a page weighs elsewhere.
    pub weight: u32,
}

/// A weight of 1, in percent.
const WHOLE: u32 = 100;
/// What is ten times as much or as little as others is never, or always, on top.
const WEIGHTS: std::ops::RangeInclusive<f64> = 0.1..=10.0;

impl ConfigReader<'_> {
    /// Reads a list of rules, of which the first that matches a page applies to it.
    pub(super) fn read_search(&mut self, node: &YamlNode, locales: &Locales) -> Vec<SearchRule> {
        if !matches!(node.value, YamlValue::List(_)) {
            self.misshapen(
                node,
                "`search`",
                "a list",
                "- {path: release-notes/**, weight: 0.5}",
            );
        }
        let mut rules = Vec::new();
        for item in node.items() {
            let [path, name, weight] = self.table(item, "`search`", ["path", "name", "weight"]);
            let Some(path) = path else {
                self.error(
                    Code::MissingKey,
                    item.span,
                    "this entry needs `path`",
                    "Write for example `{path: release-notes/**, weight: 0.5}`.",
                );
                continue;
            };
            rules.push(SearchRule {
                files: self.globs(path, "`path`"),
                name: match name {
                    Some(node) => self.localized_text(node, "`name`", locales),
                    None => LocalizedText::default(),
                },
                weight: match weight {
                    Some(node) => self.read_weight(node),
                    None => WHOLE,
                },
            });
        }
        rules
    }

    fn read_weight(&mut self, node: &YamlNode) -> u32 {
        let Some(text) = self.text(node, "`weight`", "0.5") else {
            return WHOLE;
        };
        match text.parse::<f64>() {
            Ok(weight) if WEIGHTS.contains(&weight) => (weight * f64::from(WHOLE)).round() as u32,
            _ => {
                self.error(
                    Code::UnexpectedValue,
                    node.span,
                    format!("`{text}` is no weight"),
                    "Write a number from 0.1 to 10: 0.5 is half as much as other pages, 2 is twice as much.",
                );
                WHOLE
            }
        }
    }
}
