//! The values of a YAML file -> blocks with the units in them: one for each value that has words for readers, which its key says.

use crate::source::yaml::{Scalar, ScalarStyle, YamlEntry, YamlNode, YamlValue};
use crate::source::{Source, Span};
use crate::syntax::Reference;
use crate::syntax::document::Tutorial;
use crate::syntax::tree::NodeKind;

use super::markdown;
use super::translatable::{TextBlock, TranslatableText, before, margin, name};
use super::unit::{Inline, Notation, TranslationUnit, even};

/// Keys that say what an item of a list is about, whatever its words.
const NAMES: [&str; 8] = [
    "href",
    "url",
    "tocHref",
    "topicHref",
    "homepage",
    "uid",
    "topicUid",
    "imageSrc",
];

/// Reads a value with all that is in it. The values of `keys` are to be translated.
pub(super) fn blocks(
    text: &mut TranslatableText,
    source: &Source,
    node: &YamlNode,
    keys: &[&str],
) -> Vec<TextBlock> {
    YamlExtractor {
        text,
        source,
        keys,
        tutorial: None,
    }
    .inside(node, "")
}

/// Reads the entries of front matter.
pub(super) fn entries(
    text: &mut TranslatableText,
    source: &Source,
    entries: &[YamlEntry],
    keys: &[&str],
) -> Vec<TextBlock> {
    let mut reader = YamlExtractor {
        text,
        source,
        keys,
        tutorial: None,
    };
    entries.iter().map(|entry| reader.entry(entry)).collect()
}

/// Reads a tutorial, whose steps hold Markdown.
pub(super) fn tutorial(
    text: &mut TranslatableText,
    source: &Source,
    root: &YamlNode,
    tutorial: &Tutorial,
    refs: &[Reference],
    keys: &[&str],
) -> Vec<TextBlock> {
    YamlExtractor {
        text,
        source,
        keys,
        tutorial: Some((tutorial, refs)),
    }
    .inside(root, "")
}

struct YamlExtractor<'a> {
    text: &'a mut TranslatableText,
    source: &'a Source,
    keys: &'a [&'a str],
    tutorial: Option<(&'a Tutorial, &'a [Reference])>,
}

impl YamlExtractor<'_> {
    /// What is in the value of `key`.
    fn inside(&mut self, node: &YamlNode, key: &str) -> Vec<TextBlock> {
        match &node.value {
            YamlValue::Map(entries) => entries.iter().map(|entry| self.entry(entry)).collect(),
            YamlValue::List(items) => items.iter().map(|item| self.item(item, key)).collect(),
            YamlValue::Scalar(_) => Vec::new(),
        }
    }

    fn entry(&mut self, entry: &YamlEntry) -> TextBlock {
        let span = Span {
            start: entry.key_span.start,
            end: entry.value.span.end.max(entry.key_span.end),
        };
        let block = TextBlock {
            kind: format!("key {}", entry.key),
            span,
            ..TextBlock::default()
        };
        if let Some(children) = self.step(&entry.key, &entry.value) {
            return block.around(children);
        }
        match self.unit(&entry.value, &entry.key) {
            Some((unit, size)) => TextBlock {
                unit: Some(unit),
                size,
                ..block
            },
            None => block.around(self.inside(&entry.value, &entry.key)),
        }
    }

    fn item(&mut self, node: &YamlNode, key: &str) -> TextBlock {
        let start = node.span.start as usize;
        let dash = before(&self.source.text, start);
        let start = if dash.trim() == "-" {
            start - (dash.len() - dash.find('-').unwrap_or(0))
        } else {
            start
        };
        let names = NAMES
            .iter()
            .filter_map(|key| node.get(key)?.text())
            .map(|text| name(text.trim()))
            .collect();
        let block = TextBlock {
            kind: "item".to_owned(),
            span: Span::new(start, node.span.end as usize),
            names,
            ..TextBlock::default()
        };
        match self.unit(node, key) {
            Some((unit, size)) => TextBlock {
                unit: Some(unit),
                size,
                ..block
            },
            None => block.around(self.inside(node, "")),
        }
    }

    /// The blocks of a tutorial's step, if this is its text.
    fn step(&mut self, key: &str, value: &YamlNode) -> Option<Vec<TextBlock>> {
        let (tutorial, refs) = self.tutorial.filter(|_| key == "content")?;
        let step = tutorial
            .steps
            .iter()
            .find(|step| step.span.contains(value.span))?;
        // Words that don't stand in the file as they are read have no place of their own there.
        let placed =
            step.tree.nodes.iter().all(|node| {
                !matches!(node.kind, NodeKind::Text(Some(_))) || node.span != value.span
            });
        let literal = matches!(
            value.value,
            YamlValue::Scalar(Scalar {
                style: ScalarStyle::Literal,
                ..
            })
        );
        Some(if literal && placed {
            markdown::blocks(self.text, &step.tree.nodes, self.source, refs)
        } else {
            Vec::new()
        })
    }

    /// The unit of a value and the length of its words.
    fn unit(&mut self, node: &YamlNode, key: &str) -> Option<(usize, usize)> {
        let YamlValue::Scalar(scalar) = &node.value else {
            return None;
        };
        let words = node.text().filter(|_| self.keys.contains(&key))?;
        let content = even(vec![Inline::Text(words.to_owned())]);
        let typed = node.span.of(&self.source.text);
        // What ends with its line has the line break in its bytes.
        let span = Span::new(
            node.span.start as usize,
            node.span.start as usize + typed.trim_end_matches(['\r', '\n', ' ']).len(),
        );
        let margin = margin(before(&self.source.text, span.start as usize));
        let form = Notation::Yaml {
            style: scalar.style,
            margin,
        };
        let size = words.len();
        let unit = TranslationUnit {
            span,
            role: format!("`{key}`"),
            content,
            codes: Vec::new(),
            form,
        };
        Some((self.text.add(unit)?, size))
    }
}
