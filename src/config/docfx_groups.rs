//! `groups` of a `docfx.json`, and `versions` as they used to be called -> the folder in which each version of a docset is published. Two
//! versions that would be written to one folder are separated: the newest has the plain address, each other one a folder of its own.

use super::reader::value_of_any_case;
use crate::source::yaml::YamlNode;

/// The groups of a docset, and which of its files are in them.
pub(super) struct Groups<'n> {
    /// What `groups` and `versions` say.
    nodes: Vec<&'n YamlNode>,
    /// The items of `content` and `resource`.
    items: Vec<&'n YamlNode>,
}

impl<'n> Groups<'n> {
    /// Reads the groups of `build`.
    pub(super) fn of(build: &'n YamlNode) -> Self {
        let keys = ["groups", "versions"];
        let nodes = keys.iter().filter_map(|key| value_of_any_case(build, key));
        let mut items = Vec::new();
        for key in ["content", "resource"] {
            if let Some(node) = value_of_any_case(build, key) {
                items.extend(node.one_or_many());
            }
        }
        Groups {
            nodes: nodes.collect(),
            items,
        }
    }

    /// Each group.
    pub(super) fn entries(&self) -> Vec<&'n YamlNode> {
        let mut entries = Vec::new();
        for node in &self.nodes {
            entries.extend(node.entries().iter().map(|entry| &entry.value));
        }
        entries
    }

    /// The `dest` of the group that an item names.
    pub(super) fn dest(&self, item: &YamlNode) -> Option<&'n YamlNode> {
        value_of_any_case(self.find(group_of(item)?)?, "dest")
    }

    /// The folder that keeps an item apart from a newer version of it; nothing for the newest, and for one that has a place of its own.
    pub(super) fn version_folder(&self, item: &YamlNode) -> Option<String> {
        let own = group_of(item)?;
        if self.dest(item).is_some() {
            return None;
        }
        let (mut newest, mut at) = (own, self.version(own));
        for other in &self.items {
            let Some(name) = group_of(other) else {
                continue;
            };
            let shares_place = folder_of(other) == folder_of(item) && self.dest(other).is_none();
            let version = self.version(name);
            // Without numbers, the later one is newer.
            if shares_place && name != newest && version >= at {
                (newest, at) = (name, version);
            }
        }
        if newest == own {
            return None;
        }
        // `acme-1.0` says more to readers than the name of a group, but a range is no name.
        let monikers = self.find(own).and_then(|group| {
            value_of_any_case(group, "moniker_range").or(value_of_any_case(group, "monikerRange"))
        });
        let name = monikers
            .and_then(YamlNode::text)
            .filter(|text| is_name(text));
        Some(name.unwrap_or(own).to_owned())
    }

    fn find(&self, name: &str) -> Option<&'n YamlNode> {
        let mut nodes = self.nodes.iter();
        nodes.find_map(|node| value_of_any_case(node, name))
    }

    /// The numbers in the moniker of a group, or in its name: `acme-10.2` is newer than `acme-9`.
    fn version(&self, group: &str) -> Vec<u64> {
        let moniker = self.find(group).and_then(|node| {
            value_of_any_case(node, "moniker_range").or(value_of_any_case(node, "monikerRange"))
        });
        let text = moniker.and_then(YamlNode::text).unwrap_or(group);
        let mut numbers = Vec::new();
        for digits in text.split(|char: char| !char.is_ascii_digit()) {
            numbers.extend(digits.parse::<u64>());
        }
        numbers
    }
}

/// The group that an item of `content` or `resource` names.
pub(super) fn group_of(item: &YamlNode) -> Option<&str> {
    value_of_any_case(item, "group")
        .or(value_of_any_case(item, "version"))?
        .text()
}

fn folder_of(item: &YamlNode) -> &str {
    let dest = value_of_any_case(item, "dest").and_then(YamlNode::text);
    dest.unwrap_or_default().trim_end_matches('/')
}

/// True for a moniker that can be the name of a folder.
fn is_name(text: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_');
    !text.is_empty() && !text.starts_with('.') && text.chars().all(is_part)
}
