//! `metadata` of `hjelp.yml` and the metadata of a `docfx.json` -> the values each file gets. Doesn't know what any of the keys means.

use super::glob::Globs;
use super::reader::ConfigReader;
use crate::diagnostic::Code;
use crate::source::SitePath;
use crate::source::yaml::{YamlEntry, YamlNode, YamlValue};

/// Values for the pages' metadata.
#[derive(Debug, Clone, Default, Hash)]
pub struct Metadata {
    /// For every file.
    pub(super) global: Vec<YamlEntry>,
    /// For some files; later rules win.
    pub(super) rules: Vec<Rule>,
}

/// Values for some files.
#[derive(Debug, Clone, Hash)]
pub(super) struct Rule {
    /// The folder the patterns start from.
    pub(super) base: SitePath,
    pub(super) files: Globs,
    pub(super) values: Vec<YamlEntry>,
}

impl Rule {
    fn matches(&self, path: &SitePath) -> bool {
        match path.strip_prefix(&self.base) {
            Some(rest) => self.files.matches(rest),
            None => false,
        }
    }
}

impl Metadata {
    /// The values for the file at `path`, each key once.
    pub(super) fn of(&self, path: &SitePath) -> Vec<(&str, &YamlNode)> {
        let mut values = Vec::new();
        for entry in &self.global {
            set(&mut values, entry);
        }
        for rule in &self.rules {
            if rule.matches(path) {
                rule.values.iter().for_each(|entry| set(&mut values, entry));
            }
        }
        values
    }

    /// The value of `key` for the file at `path`: the same as in [`Metadata::of`], but matching only the patterns of rules with that key,
    /// which are few.
    pub(super) fn value(&self, path: &SitePath, key: &str) -> Option<&YamlNode> {
        // The last rule that matches a file wins for each key (DocFX spec 13.4).
        for rule in self.rules.iter().rev() {
            if let Some(value) = last_value(&rule.values, key)
                && rule.matches(path)
            {
                return Some(value);
            }
        }
        last_value(&self.global, key)
    }

    /// The text of `key` for the file at `path`.
    pub(super) fn text(&self, path: &SitePath, key: &str) -> Option<&str> {
        self.value(path, key)?.text()
    }

    /// The text of `key` for files that no rule matches.
    pub(super) fn global_text(&self, key: &str) -> Option<&str> {
        last_value(&self.global, key)?.text()
    }

    /// Adds the values of `metadata`.
    pub(super) fn add(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        let [global, files] = reader.table(node, "`metadata`", ["global", "files"]);
        if let Some(global) = global {
            self.global
                .extend(reader.metadata_values(global, "`global`"));
        }
        let Some(files) = files else { return };
        if !matches!(files.value, YamlValue::List(_)) {
            reader.misshapen(files, "`files`", "a list", "- path: release-notes/**");
        }
        for item in files.items() {
            let [path, set] = reader.table(item, "`files`", ["path", "set"]);
            let (Some(path), Some(set)) = (path, set) else {
                reader.error(
                    Code::MissingKey,
                    item.span,
                    "this entry needs `path` and `set`",
                    "Write for example `{path: old/**, set: {obsolete: true}}`.",
                );
                continue;
            };
            let rule = Rule {
                base: SitePath::root(),
                files: reader.globs(path, "`path`"),
                values: reader.metadata_values(set, "`set`"),
            };
            self.rules.push(rule);
        }
    }
}

impl ConfigReader<'_> {
    fn metadata_values(&mut self, node: &YamlNode, what: &str) -> Vec<YamlEntry> {
        if !matches!(node.value, YamlValue::Map(_)) {
            self.misshapen(node, what, "a map", "author: Ola");
        }
        node.entries().to_vec()
    }
}

fn last_value<'e>(entries: &'e [YamlEntry], key: &str) -> Option<&'e YamlNode> {
    let entry = entries.iter().rev().find(|entry| &*entry.key == key)?;
    Some(&entry.value)
}

/// Replaces the value of the entry's key, or adds it.
fn set<'e>(values: &mut Vec<(&'e str, &'e YamlNode)>, entry: &'e YamlEntry) {
    match values.iter_mut().find(|(key, _)| *key == &*entry.key) {
        Some((_, value)) => *value = &entry.value,
        None => values.push((&entry.key, &entry.value)),
    }
}
