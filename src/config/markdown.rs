//! `markdownEngineProperties` of a `docfx.json` -> the alerts a site defines and the Markdown extensions it turns on. Doesn't know what an
//! extension does.

use super::reader::ConfigReader;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// How Markdown is read and marked up.
#[derive(Debug, Clone, Default, Hash)]
pub struct MarkdownOptions {
    /// The site's own alerts: the keyword, and the classes of its box.
    pub alerts: Vec<(String, String)>,
    /// Extensions that are turned on.
    pub extensions: Vec<MarkdownExtension>,
    /// True if articles are marked up exactly as DocFX does it.
    pub docfx_markup: bool,
}

/// One extension, as `"name"` or `{ "name": options }`.
#[derive(Debug, Clone, Hash)]
pub struct MarkdownExtension {
    /// Its name.
    pub name: String,
    /// Options that are words: `"Inserted, Marked"`.
    pub words: Vec<String>,
    /// Options that have values.
    pub values: Vec<(String, String)>,
    /// The file that turns it on.
    pub file: SitePath,
    /// The bytes of its name.
    pub span: Span,
}

impl MarkdownOptions {
    /// The CSS classes of an alert that the site defines.
    pub fn alert(&self, keyword: &str) -> Option<&str> {
        value_of(&self.alerts, keyword)
    }

    /// The option `key` of the extension `name`.
    pub fn option(&self, name: &str, key: &str) -> Option<&str> {
        let mut extensions = self.extensions.iter().rev();
        let extension = extensions.find(|extension| extension.name.eq_ignore_ascii_case(name))?;
        value_of(&extension.values, key)
    }

    /// Reads the value of `markdownEngineProperties`.
    pub(super) fn read(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        for entry in node.entries() {
            // Other keys configure Markdig itself, which has no counterpart here.
            if entry.key.eq_ignore_ascii_case("alerts") {
                self.alerts = texts_of(&entry.value);
            } else if entry.key.eq_ignore_ascii_case("markdigExtensions") {
                for item in entry.value.items() {
                    self.read_extension(reader, item);
                }
            }
        }
    }

    /// One item of `markdigExtensions`: a name, or names with options.
    fn read_extension(&mut self, reader: &mut ConfigReader, item: &YamlNode) {
        match &item.value {
            YamlValue::Scalar(name) => {
                let extension = extension(reader, &name.text, item.span, None);
                self.extensions.push(extension);
            }
            YamlValue::Map(entries) => {
                for entry in entries {
                    let options = Some(&entry.value);
                    let extension = extension(reader, &entry.key, entry.key_span, options);
                    self.extensions.push(extension);
                }
            }
            YamlValue::List(_) => reader.misshapen(
                item,
                "an extension",
                "a name or `{ \"name\": options }`",
                "\"footnotes\"",
            ),
        }
    }
}

fn extension(
    reader: &ConfigReader,
    name: &str,
    span: Span,
    options: Option<&YamlNode>,
) -> MarkdownExtension {
    let mut extension = MarkdownExtension {
        name: name.to_owned(),
        words: Vec::new(),
        values: Vec::new(),
        file: reader.path.clone(),
        span,
    };
    let Some(options) = options else {
        return extension;
    };
    extension.values = texts_of(options);
    // Options are a .NET enumeration of flags, which is written as "Inserted, Marked".
    for word in options.text().unwrap_or("").split([',', ' ']) {
        if !word.is_empty() {
            extension.words.push(word.to_owned());
        }
    }
    extension
}

/// The keys of a map with the texts of their values; what is not a text counts as empty.
fn texts_of(node: &YamlNode) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in node.entries() {
        let text = entry.value.text().unwrap_or("");
        texts.push((entry.key.to_string(), text.to_owned()));
    }
    texts
}

/// The value of `key`, whose case doesn't matter to DocFX.
fn value_of<'p>(pairs: &'p [(String, String)], key: &str) -> Option<&'p str> {
    let mut pairs = pairs.iter();
    let (_, value) = pairs.find(|(known, _)| known.eq_ignore_ascii_case(key))?;
    Some(value)
}
