//! `fallback` of `hjelp.yml` -> what readers see where a page is missing in their language. Doesn't know which pages are missing.

use super::glob::Globs;
use super::reader::ConfigReader;
use crate::diagnostic::Code;
use crate::source::yaml::{YamlNode, YamlValue};

/// What is shown where certain pages are missing.
#[derive(Debug, Clone, Hash)]
pub struct FallbackRule {
    /// Which pages, by their path below the language folder.
    pub files: Globs,
    /// What is shown.
    pub show: FallbackMode,
}

/// What readers see where a page is missing in their language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FallbackMode {
    /// The page in a fallback language, within the reader's own navigation.
    Page,
    /// A link to the page in a fallback language.
    Link,
    /// Nothing: the page does not exist in this language.
    Nothing,
}

impl ConfigReader<'_> {
    /// Reads a list of rules, of which the first that matches a page applies to it.
    pub(super) fn read_fallback(&mut self, node: &YamlNode) -> Vec<FallbackRule> {
        if !matches!(node.value, YamlValue::List(_)) {
            self.misshapen(
                node,
                "`fallback`",
                "a list",
                "- {path: release-notes/**, show: link}",
            );
        }
        let mut rules = Vec::new();
        for item in node.items() {
            let [path, show] = self.table(item, "`fallback`", ["path", "show"]);
            let (Some(path), Some(show)) = (path, show) else {
                self.error(
                    Code::MissingKey,
                    item.span,
                    "this entry needs `path` and `show`",
                    "Write for example `{path: release-notes/**, show: link}`.",
                );
                continue;
            };
            // By the path below the language folder, so that one rule is about a page in all languages.
            let files = self.globs(path, "`path`");
            let modes = [
                ("page", FallbackMode::Page),
                ("link", FallbackMode::Link),
                ("nothing", FallbackMode::Nothing),
            ];
            if let Some(show) = self.choice(show, "`show`", modes) {
                rules.push(FallbackRule { files, show });
            }
        }
        rules
    }
}
