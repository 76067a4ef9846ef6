//! `checks` of `hjelp.yml` -> [`LevelOverrides`]: the levels of problems, everywhere or in some files. Doesn't know which codes there are:
//! `check` reports unknown ones.

use super::glob::Globs;
use super::reader::ConfigReader;
use crate::diagnostic::{Code, Level};
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// The levels of problems, rule by rule; the last rule that matches a problem applies.
#[derive(Debug, Clone, Default, Hash)]
pub struct LevelOverrides(pub Vec<LevelRule>);

/// The level of a code in some files.
#[derive(Debug, Clone, Hash)]
pub struct LevelRule {
    /// Which files, by their path below the site root; all if there are no patterns.
    pub files: Option<Globs>,
    /// The code, as it was typed.
    pub code: String,
    /// The position of the code in the configuration.
    pub span: Span,
    /// The level; nothing if the code is off.
    pub level: Option<Level>,
}

impl LevelRule {
    fn matches(&self, code: &str, path: &SitePath) -> bool {
        if self.code != code {
            return false;
        }
        match &self.files {
            Some(files) => files.matches(path.as_str()),
            None => true,
        }
    }
}

impl LevelOverrides {
    /// The level of problems of this code in this file: `None` if no rule matches, `Some(None)` if the code is off.
    pub fn of(&self, code: &str, path: &SitePath) -> Option<Option<Level>> {
        // A rule for some files comes after one for all, and replaces it.
        let mut rules = self.0.iter().rev();
        Some(rules.find(|rule| rule.matches(code, path))?.level)
    }
}

impl ConfigReader<'_> {
    /// Reads `checks`: a map of codes, or a list of maps with a `path`.
    pub(super) fn read_checks(&mut self, node: &YamlNode) -> LevelOverrides {
        // The short form: levels that are the same in all files.
        let YamlValue::List(items) = &node.value else {
            return LevelOverrides(self.level_rules(node, None));
        };
        let mut rules = Vec::new();
        for item in items {
            let [path, checks] = self.table(item, "`checks`", ["path", "checks"]);
            let Some(checks) = checks else {
                self.error(
                    Code::MissingKey,
                    item.span,
                    "this entry needs `checks`",
                    "Write for example `{path: \"**/old/**\", checks: {broken-link: warning}}`.",
                );
                continue;
            };
            let files = path.map(|path| self.globs(path, "`path`"));
            rules.append(&mut self.level_rules(checks, files));
        }
        LevelOverrides(rules)
    }

    fn level_rules(&mut self, node: &YamlNode, files: Option<Globs>) -> Vec<LevelRule> {
        let mut rules = Vec::new();
        if !matches!(node.value, YamlValue::Map(_)) {
            self.misshapen(node, "`checks`", "a map", "broken-link: warning");
        }
        let words = [
            ("error", Some(Level::Error)),
            ("warning", Some(Level::Warning)),
            ("note", Some(Level::Note)),
            ("off", None),
        ];
        for entry in node.entries() {
            if let Some(level) = self.choice(&entry.value, &format!("`{}`", entry.key), words) {
                rules.push(LevelRule {
                    files: files.clone(),
                    code: entry.key.to_string(),
                    span: entry.key_span,
                    level,
                });
            }
        }
        rules
    }
}
