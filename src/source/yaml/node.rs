//! The tree that YAML text is read into: values with their positions and their spelling. It doesn't know how they are read.

use crate::source::{Message, Span};

/// A value and its position.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct YamlNode {
    /// The bytes of the value, without its key.
    pub span: Span,
    /// The value.
    pub value: YamlValue,
}

/// The three shapes of YAML.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum YamlValue {
    /// A text, number, date ... exactly as written, quotes and escapes undone.
    Scalar(Scalar),
    /// `- a` or `[a]`
    List(Vec<YamlNode>),
    /// `a: b` or `{a: b}`, in source order, keys unique.
    Map(Vec<YamlEntry>),
}

/// A value without parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scalar {
    /// The text.
    pub text: Box<str>,
    /// How it was written.
    pub style: ScalarStyle,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// After `|`: line breaks are part of the text.
    Literal,
    /// After `>`: line breaks are folded into spaces.
    Folded,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct YamlEntry {
    /// The key's text.
    pub key: Box<str>,
    /// The key's bytes.
    pub key_span: Span,
    /// The value.
    pub value: YamlNode,
}

/// Something the YAML rules forbid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// Where.
    pub span: Span,
    /// What, in lower case and without a full stop.
    pub message: Message,
    /// What to type instead, if it is known.
    pub help: Option<Message>,
    /// An earlier place that matters too: the first of two equal keys.
    pub earlier: Option<Span>,
}

impl YamlNode {
    /// The text, unless this is a list, a map or nothing.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            YamlValue::Scalar(scalar) if !self.is_null() => Some(&scalar.text),
            _ => None,
        }
    }

    /// True for an empty value, `~` and `null`.
    pub fn is_null(&self) -> bool {
        // Only plain scalars: in quotes, `null` and `~` are texts. Nothing else is resolved, because YAML 1.1 reads the language `no` as
        // false and the version 12.10 as 12.1.
        matches!(&self.value, YamlValue::Scalar(Scalar { text, style: ScalarStyle::Plain }) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The bytes of a value without the quotes around it.
    pub fn words_span(&self) -> Span {
        match &self.value {
            YamlValue::Scalar(Scalar {
                style: ScalarStyle::Quoted,
                ..
            }) if self.span.len() >= 2 => Span {
                start: self.span.start + 1,
                end: self.span.end - 1,
            },
            _ => self.span,
        }
    }

    /// The text of `key` in a map without white space around it, unless it is missing or blank.
    pub fn trimmed_text(&self, key: &str) -> Option<&str> {
        let text = self.get(key)?.text()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[YamlNode] {
        match &self.value {
            YamlValue::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a list; anything else is its own only item.
    pub fn one_or_many(&self) -> &[YamlNode] {
        match &self.value {
            YamlValue::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a map; empty for anything else.
    pub fn entries(&self) -> &[YamlEntry] {
        match &self.value {
            YamlValue::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of `key` in a map.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        self.entries()
            .iter()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.value)
    }
}
