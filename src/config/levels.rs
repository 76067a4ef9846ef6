//! Turns `checks` of `hjelp.yml` into [`LevelOverrides`]: how bad which problems are, everywhere or in some files. Doesn't know which codes there are.

use super::glob::Globs;
use super::reader::ConfigReader;
use crate::diagnostic::{Code, Level};
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// How bad problems are, rule by rule; the last one that says something about a problem counts.
#[derive(Debug, Clone, Default, Hash)]
pub struct LevelOverrides(pub Vec<LevelRule>);

/// How bad some problems are in some files.
#[derive(Debug, Clone, Hash)]
pub struct LevelRule {
    /// Which files, by their path below the site root; all, if there is nothing.
    pub files: Option<Globs>,
    /// The code, as it was typed.
    pub code: String,
    /// Where.
    pub span: Span,
    /// The level, or nothing for what shall not be told.
    pub level: Option<Level>,
}

impl LevelOverrides {
    /// What is said about problems of this code in this file: the level, if they are to be told at all. Nothing if nothing is said.
    pub fn of(&self, code: &str, path: &SitePath) -> Option<Option<Level>> {
        let fits = |rule: &&LevelRule| {
            rule.code == code
                && rule
                    .files
                    .as_ref()
                    .is_none_or(|files| files.matches(path.as_str()))
        };
        self.0.iter().rev().find(fits).map(|rule| rule.level)
    }
}

/// A map of codes, or a list of maps with a `path`.
pub(super) fn read(reader: &mut ConfigReader, node: &YamlNode) -> LevelOverrides {
    let mut rules = Vec::new();
    match &node.value {
        YamlValue::List(items) => {
            for item in items {
                let [path, checks] = reader.table(item, "`checks`", ["path", "checks"]);
                let Some(checks) = checks else {
                    let example = "Write for example `{path: \"**/old/**\", checks: {broken-link: warning}}`.";
                    reader.error(
                        Code::MissingKey,
                        item.span,
                        "this entry needs `checks`",
                        example,
                    );
                    continue;
                };
                let files = path.map(|path| reader.globs(path, "`path`"));
                codes(reader, checks, files, &mut rules);
            }
        }
        _ => codes(reader, node, None, &mut rules),
    }
    LevelOverrides(rules)
}

fn codes(
    reader: &mut ConfigReader,
    node: &YamlNode,
    files: Option<Globs>,
    rules: &mut Vec<LevelRule>,
) {
    if !matches!(node.value, YamlValue::Map(_)) {
        reader.misshapen(node, "`checks`", "a map", "broken-link: warning");
    }
    let words = [
        ("error", Some(Level::Error)),
        ("warning", Some(Level::Warning)),
        ("note", Some(Level::Note)),
        ("off", None),
    ];
    for entry in node.entries() {
        if let Some(level) = reader.choice(&entry.value, &format!("`{}`", entry.key), words) {
            rules.push(LevelRule {
                files: files.clone(),
                code: entry.key.to_string(),
                span: entry.key_span,
                level,
            });
        }
    }
}
