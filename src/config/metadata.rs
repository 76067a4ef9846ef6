//! Turns `metadata:` of a configuration, and the metadata of a `docfx.json`, into the values every file gets. Doesn't know what any of
//! the keys means.

use super::glob::Globs;
use super::shape::Reader;
use crate::source::SitePath;
use crate::source::yaml::{Entry, Node, Value};

/// Values for the pages' metadata.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// For every file.
    pub(super) global: Vec<Entry>,
    /// For some files; later rules win.
    pub(super) rules: Vec<Rule>,
}

/// Values for some files.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// The folder the patterns start from.
    pub(super) base: SitePath,
    pub(super) files: Globs,
    pub(super) values: Vec<Entry>,
}

impl Metadata {
    /// What the file at `path` gets, each key once.
    pub(super) fn of(&self, path: &SitePath) -> Vec<(&str, &Node)> {
        let rules = self.rules.iter().filter(|rule| path.below(&rule.base).is_some_and(|rest| rule.files.matches(rest)));
        let mut values: Vec<(&str, &Node)> = Vec::new();
        for entry in self.global.iter().chain(rules.flat_map(|rule| &rule.values)) {
            match values.iter_mut().find(|(key, _)| *key == &*entry.key) {
                Some((_, value)) => *value = &entry.value,
                None => values.push((&entry.key, &entry.value)),
            }
        }
        values
    }

    /// The text of `key` for the file at `path`.
    pub(super) fn text(&self, path: &SitePath, key: &str) -> Option<&str> {
        // Patterns are dear to match, and most sites say little.
        let has_key = |values: &[Entry]| values.iter().any(|entry| &*entry.key == key);
        if !has_key(&self.global) && !self.rules.iter().any(|rule| has_key(&rule.values)) {
            return None;
        }
        self.of(path).into_iter().find(|(known, _)| *known == key).and_then(|(_, value)| value.text())
    }

    /// Adds what `metadata:` says.
    pub(super) fn add(&mut self, reader: &mut Reader, node: &Node) {
        let [global, files] = reader.table(node, "`metadata`", ["global", "files"]);
        if let Some(global) = global {
            self.global.extend(values(reader, global, "`global`"));
        }
        let Some(files) = files else { return };
        if !matches!(files.value, Value::List(_)) {
            reader.misshapen(files, "`files`", "a list", "- path: release-notes/**");
        }
        for item in files.items() {
            let [path, set] = reader.table(item, "`files`", ["path", "set"]);
            let (Some(path), Some(set)) = (path, set) else {
                reader.error(
                    "missing-key",
                    item.span,
                    "this entry needs `path` and `set`",
                    "Write for example `{path: old/**, set: {obsolete: true}}`.",
                );
                continue;
            };
            let rule = Rule { base: SitePath::root(), files: reader.globs(path, "`path`"), values: values(reader, set, "`set`") };
            self.rules.push(rule);
        }
    }
}

fn values(reader: &mut Reader, node: &Node, what: &str) -> Vec<Entry> {
    if !matches!(node.value, Value::Map(_)) {
        reader.misshapen(node, what, "a map", "author: Ola");
    }
    node.entries().to_vec()
}
