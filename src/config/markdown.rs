//! `markdownEngineProperties` of a `docfx.json` -> which alerts a site has of its own, and which extensions of Markdown it switches on.
//! What an extension means is not known here.

use super::reader::ConfigReader;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// How a site writes Markdown.
#[derive(Debug, Clone, Default, Hash)]
pub struct MarkdownOptions {
    /// The site's own alerts: the keyword, and the classes of its box.
    pub alerts: Vec<(String, String)>,
    /// Extensions that are switched on.
    pub extensions: Vec<MarkdownExtension>,
    /// True if articles are to be marked up exactly as DocFX does it.
    pub docfx_markup: bool,
}

/// One extension, as `"name"` or `{ "name": options }`.
#[derive(Debug, Clone, Hash)]
pub struct MarkdownExtension {
    /// What it is called.
    pub name: String,
    /// Options that are words: `"Inserted, Marked"`.
    pub words: Vec<String>,
    /// Options that have values.
    pub values: Vec<(String, String)>,
    /// Where it is asked for.
    pub file: SitePath,
    /// The bytes of its name.
    pub span: Span,
}

impl MarkdownOptions {
    /// The classes of an alert the site has defined itself.
    pub fn alert(&self, keyword: &str) -> Option<&str> {
        self.alerts
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(keyword))
            .map(|(_, classes)| classes.as_str())
    }

    /// The option `key` of extension `name`.
    pub fn option(&self, name: &str, key: &str) -> Option<&str> {
        let extension = self
            .extensions
            .iter()
            .rev()
            .find(|extension| extension.name.eq_ignore_ascii_case(name))?;
        extension
            .values
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(key))
            .map(|(_, value)| value.as_str())
    }

    /// Reads the value of `markdownEngineProperties`.
    pub(super) fn read(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        for entry in node.entries() {
            match entry.key.to_ascii_lowercase().as_str() {
                "alerts" => {
                    let text = |value: &YamlNode| value.text().unwrap_or("").to_owned();
                    self.alerts = entry
                        .value
                        .entries()
                        .iter()
                        .map(|alert| (alert.key.to_string(), text(&alert.value)))
                        .collect();
                }
                "markdigextensions" => {
                    for item in entry.value.items() {
                        match &item.value {
                            YamlValue::Scalar(name) => self
                                .extensions
                                .push(extension(reader, &name.text, item.span, None)),
                            YamlValue::Map(entries) => {
                                self.extensions.extend(entries.iter().map(|entry| {
                                    extension(
                                        reader,
                                        &entry.key,
                                        entry.key_span,
                                        Some(&entry.value),
                                    )
                                }))
                            }
                            YamlValue::List(_) => {
                                reader.misshapen(
                                    item,
                                    "an extension",
                                    "a name or `{ \"name\": options }`",
                                    "\"footnotes\"",
                                );
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn extension(
    reader: &ConfigReader,
    name: &str,
    span: Span,
    options: Option<&YamlNode>,
) -> MarkdownExtension {
    let words = options.and_then(YamlNode::text).map(|text| {
        text.split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    });
    let values = options.into_iter().flat_map(YamlNode::entries);
    let values = values
        .map(|entry| {
            (
                entry.key.to_string(),
                entry.value.text().unwrap_or("").to_owned(),
            )
        })
        .collect();
    MarkdownExtension {
        name: name.to_owned(),
        words: words.unwrap_or_default(),
        values,
        file: reader.path.clone(),
        span,
    }
}
