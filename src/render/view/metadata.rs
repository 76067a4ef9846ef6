//! Metadata and YAML data: `page.meta` and `page.data` in a template. Values are as the author wrote them: texts, lists and maps, never a
//! number or a boolean that YAML guessed.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::source::yaml::{YamlNode, YamlValue};
use crate::syntax::front_matter::parse_flag;

/// `page.meta`: the keys of the front matter, and of the metadata of the configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::render) struct Metadata(pub Vec<(String, YamlNode)>);

impl Metadata {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        for (known, node) in &self.0 {
            if known == key {
                return Some(node);
            }
        }
        None
    }

    /// The value of `key` if it is a text with more than blanks in it, without blanks around it.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)?.text()?.trim() {
            "" => None,
            text => Some(text),
        }
    }

    /// True if the value of `key` says so.
    pub fn is_set(&self, key: &str) -> bool {
        match self.text(key) {
            Some(text) => parse_flag(text) == Some(true),
            None => false,
        }
    }
}

impl Serialize for Metadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, node) in &self.0 {
            map.serialize_entry(key, &Written(node))?;
        }
        map.end()
    }
}

/// A value as the author wrote it.
pub(in crate::render) struct Written<'a>(pub &'a YamlNode);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            YamlValue::Scalar(_) if self.0.is_null() => serializer.serialize_none(),
            YamlValue::Scalar(scalar) => serializer.serialize_str(&scalar.text),
            YamlValue::List(items) => serializer.collect_seq(items.iter().map(Written)),
            YamlValue::Map(entries) => serializer.collect_map(
                entries
                    .iter()
                    .map(|entry| (&*entry.key, Written(&entry.value))),
            ),
        }
    }
}
