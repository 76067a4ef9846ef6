//! Turns `metadata:` of a configuration, and the metadata of a `docfx.json`, into the values every file gets. Doesn't know what any of
//! the keys means.

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
    fn fits(&self, path: &SitePath) -> bool {
        path.strip_prefix(&self.base)
            .is_some_and(|rest| self.files.matches(rest))
    }
}

impl Metadata {
    /// What the file at `path` gets, each key once.
    pub(super) fn of(&self, path: &SitePath) -> Vec<(&str, &YamlNode)> {
        let rules = self.rules.iter().filter(|rule| rule.fits(path));
        let mut values: Vec<(&str, &YamlNode)> = Vec::new();
        for entry in self
            .global
            .iter()
            .chain(rules.flat_map(|rule| &rule.values))
        {
            match values.iter_mut().find(|(key, _)| *key == &*entry.key) {
                Some((_, value)) => *value = &entry.value,
                None => values.push((&entry.key, &entry.value)),
            }
        }
        values
    }

    /// The value of `key` for the file at `path`: the same as among [`Metadata::of`], without a look at rules that say nothing of it.
    pub(super) fn value(&self, path: &SitePath, key: &str) -> Option<&YamlNode> {
        let said = |values: &'_ [YamlEntry]| values.iter().rposition(|entry| &*entry.key == key);
        let by_rule = self.rules.iter().rev().find_map(|rule| {
            said(&rule.values)
                .filter(|_| rule.fits(path))
                .map(|at| &rule.values[at].value)
        });
        by_rule.or_else(|| said(&self.global).map(|at| &self.global[at].value))
    }

    /// The text of `key` for the file at `path`.
    pub(super) fn text(&self, path: &SitePath, key: &str) -> Option<&str> {
        self.value(path, key).and_then(YamlNode::text)
    }

    /// Adds what `metadata:` says.
    pub(super) fn add(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        let [global, files] = reader.table(node, "`metadata`", ["global", "files"]);
        if let Some(global) = global {
            self.global.extend(values(reader, global, "`global`"));
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
                values: values(reader, set, "`set`"),
            };
            self.rules.push(rule);
        }
    }
}

fn values(reader: &mut ConfigReader, node: &YamlNode, what: &str) -> Vec<YamlEntry> {
    if !matches!(node.value, YamlValue::Map(_)) {
        reader.misshapen(node, what, "a map", "author: Ola");
    }
    node.entries().to_vec()
}
