//! The values of a YAML file, or of front matter -> blocks with the units in them: one for each value whose key says that readers see it.

use crate::source::yaml::{Scalar, ScalarStyle, YamlEntry, YamlNode, YamlValue};
use crate::source::{Source, Span};
use crate::syntax::Reference;
use crate::syntax::document::Tutorial;
use crate::syntax::tree::NodeKind;

use super::features::BlockFeatures;
use super::markdown::MarkdownExtractor;
use super::translatable::{TextBlock, TranslatableText, line_before, line_prefix, name_hash};
use super::unit::{Inline, Notation, TranslationUnit, normalize};

/// Keys whose values identify an item of a list in every language.
const NAME_KEYS: [&str; 8] = [
    "href",
    "url",
    "tocHref",
    "topicHref",
    "homepage",
    "uid",
    "topicUid",
    "imageSrc",
];

/// Adds the units of a YAML file to a text.
pub(super) struct YamlExtractor<'a> {
    text: &'a mut TranslatableText,
    source: &'a Source,
    /// The values of these keys are translated.
    keys: &'a [&'a str],
    /// The steps of a tutorial, which hold Markdown, with the references in it.
    steps: Option<(&'a Tutorial, &'a [Reference])>,
}

/// A value that is a unit.
struct ScalarUnit {
    number: usize,
    /// The length of its words in bytes.
    size: usize,
    features: BlockFeatures,
}

impl<'a> YamlExtractor<'a> {
    pub fn new(text: &'a mut TranslatableText, source: &'a Source, keys: &'a [&'a str]) -> Self {
        YamlExtractor {
            text,
            source,
            keys,
            steps: None,
        }
    }

    /// The same for a file that is read as this tutorial.
    pub fn with_steps(self, tutorial: &'a Tutorial, refs: &'a [Reference]) -> Self {
        YamlExtractor {
            steps: Some((tutorial, refs)),
            ..self
        }
    }

    /// The blocks of a whole file.
    pub fn root(&mut self, root: &YamlNode) -> Vec<TextBlock> {
        self.inside(root, "")
    }

    /// The blocks of front matter.
    pub fn entries(&mut self, entries: &[YamlEntry]) -> Vec<TextBlock> {
        entries.iter().map(|entry| self.entry(entry)).collect()
    }

    /// The blocks in the value of `key`.
    fn inside(&mut self, node: &YamlNode, key: &str) -> Vec<TextBlock> {
        match &node.value {
            YamlValue::Map(entries) => self.entries(entries),
            YamlValue::List(items) => items.iter().map(|item| self.item(item, key)).collect(),
            YamlValue::Scalar(_) => Vec::new(),
        }
    }

    fn entry(&mut self, entry: &YamlEntry) -> TextBlock {
        let span = Span {
            // From the key on, so that a missing entry is inserted with its key.
            start: entry.key_span.start,
            end: entry.value.span.end.max(entry.key_span.end),
        };
        let block = TextBlock {
            kind: format!("key {}", entry.key),
            span,
            ..TextBlock::default()
        };
        // The Markdown of a tutorial is in a scalar, which would otherwise be one unit.
        if let Some(children) = self.step(&entry.key, &entry.value) {
            return block.around(children);
        }
        self.value(block, &entry.value, &entry.key, &entry.key)
    }

    fn item(&mut self, node: &YamlNode, key: &str) -> TextBlock {
        let mut names = Vec::new();
        for key in NAME_KEYS {
            if let Some(value) = node.get(key)
                && let Some(name) = value.text()
            {
                names.push(name_hash(name.trim()));
            }
        }
        names.sort_unstable();
        let block = TextBlock {
            kind: "item".to_owned(),
            span: Span::new(self.item_start(node), node.span.end as usize),
            names,
            ..TextBlock::default()
        };
        self.value(block, node, key, "")
    }

    /// Where an item begins: with its dash, if that is all there is before it on its line.
    fn item_start(&self, node: &YamlNode) -> usize {
        let start = node.span.start as usize;
        let before = line_before(&self.source.text, start);
        match before.find('-') {
            Some(dash) if before.trim() == "-" => start - before.len() + dash,
            _ => start,
        }
    }

    /// The block with the value of `key` in it, as a unit or as blocks; scalars among the latter have the key `inner_key`.
    fn value(
        &mut self,
        block: TextBlock,
        node: &YamlNode,
        key: &str,
        inner_key: &str,
    ) -> TextBlock {
        match self.unit(node, key) {
            Some(unit) => TextBlock {
                unit: Some(unit.number),
                size: unit.size,
                features: unit.features,
                ..block
            },
            // The items of `keywords: [a, b]` have the key of their list.
            None => block.around(self.inside(node, inner_key)),
        }
    }

    /// The blocks of a tutorial's step, if this is its text.
    fn step(&mut self, key: &str, value: &YamlNode) -> Option<Vec<TextBlock>> {
        let (tutorial, refs) = self.steps?;
        if key != "content" {
            return None;
        }
        let step = tutorial
            .steps
            .iter()
            .find(|step| step.span.contains(value.span))?;
        let is_literal = matches!(
            value.value,
            YamlValue::Scalar(Scalar {
                style: ScalarStyle::Literal,
                ..
            })
        );
        // In other scalars the bytes of the file are not those of the Markdown, so nothing could be written back.
        let has_places =
            step.tree.nodes.iter().all(|node| {
                !matches!(node.kind, NodeKind::Text(Some(_))) || node.span != value.span
            });
        if !is_literal || !has_places {
            return Some(Vec::new());
        }
        let mut markdown = MarkdownExtractor::new(self.text, self.source, refs);
        Some(markdown.blocks_of(&step.tree.nodes))
    }

    fn unit(&mut self, node: &YamlNode, key: &str) -> Option<ScalarUnit> {
        let YamlValue::Scalar(scalar) = &node.value else {
            return None;
        };
        if !self.keys.contains(&key) {
            return None;
        }
        let words = node.text()?;
        // The span of a block scalar ends with its last line break, which is not part of the words.
        let typed = node.span.of(&self.source.text);
        let start = node.span.start as usize;
        let span = Span::new(
            start,
            start + typed.trim_end_matches(['\r', '\n', ' ']).len(),
        );
        let unit = TranslationUnit {
            span,
            role: format!("`{key}`"),
            content: normalize(vec![Inline::Text(words.to_owned())]),
            codes: Vec::new(),
            notation: Notation::Yaml {
                style: scalar.style,
                line_prefix: line_prefix(line_before(&self.source.text, start)),
            },
        };
        let features = BlockFeatures::of(&unit);
        Some(ScalarUnit {
            number: self.text.add(unit)?,
            size: words.len(),
            features,
        })
    }
}
