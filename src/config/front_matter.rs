//! `front-matter` of `hjelp.yml` -> rules for the front matter of pages. Doesn't know any page: `check` compares them.

use super::glob::Globs;
use super::reader::{ConfigReader, Spanned};
use super::regex::RegexPattern;
use crate::diagnostic::Code;
use crate::message;
use crate::source::SitePath;
use crate::source::yaml::{YamlNode, YamlValue};

/// Rules for the front matter of certain pages.
#[derive(Debug, Clone, Default, Hash)]
pub struct FrontMatterRule {
    files: Globs,
    /// Keys that must be there.
    pub required: Vec<String>,
    /// What kind of value a key takes.
    pub types: Vec<(String, ValueType)>,
    /// The only values a key takes.
    pub values: Vec<(String, Vec<String>)>,
    /// What the whole value must match.
    pub patterns: Vec<(String, RegexPattern)>,
    /// The order of keys.
    pub order: Vec<String>,
    /// Renamed keys: the old and the new name.
    pub renamed: Vec<(String, String)>,
    /// True if `language` must be that of the folder.
    pub language: bool,
    /// True if `title` must be the text of the first heading.
    pub title: bool,
}

/// Kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Any text.
    Text,
    /// A day.
    Date,
    /// `true` or `false`.
    Flag,
    /// A list, or texts with commas between them.
    List,
}

impl ValueType {
    /// The name of the type in messages, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            ValueType::Text => "a text",
            ValueType::Date => "a date",
            ValueType::Flag => "`true` or `false`",
            ValueType::List => "a list",
        }
    }
}

impl FrontMatterRule {
    /// True if the rule applies to the page made from `path`; `rest` is its path below its language folder, if it is in one.
    pub fn fits(&self, path: &SitePath, rest: Option<&str>) -> bool {
        self.files.matches(rest.unwrap_or(path.as_str()))
    }
}

impl ConfigReader<'_> {
    /// Reads `front-matter`: one rule, or a list of them.
    pub(super) fn read_front_matter(&mut self, node: &YamlNode) -> Vec<FrontMatterRule> {
        let mut rules = Vec::new();
        for item in node.one_or_many() {
            rules.push(self.front_matter_rule(item));
        }
        rules
    }

    fn front_matter_rule(&mut self, node: &YamlNode) -> FrontMatterRule {
        let keys = [
            "path", "required", "types", "values", "patterns", "order", "renamed", "language",
            "title",
        ];
        let [
            path,
            required,
            types,
            values,
            patterns,
            order,
            renamed,
            language,
            title,
        ] = self.table(node, "`front-matter`", keys);
        FrontMatterRule {
            // Without a pattern the rule is about all pages.
            files: match path {
                Some(path) => self.globs(path, "`path`"),
                None => Globs::new(&["**"]).unwrap_or_default(),
            },
            required: self.key_list(required, "`required`"),
            types: self.read_each(types, "`types`", "date: date", Self::value_type),
            values: self.read_each(
                values,
                "`values`",
                "topic: [concept, howto]",
                Self::allowed_values,
            ),
            patterns: self.read_each(
                patterns,
                "`patterns`",
                "uid: '[a-z-]+'",
                Self::value_pattern,
            ),
            order: self.key_list(order, "`order`"),
            renamed: self.read_each(renamed, "`renamed`", "so.date: date", Self::new_name),
            language: self.flag(language, "`language`").unwrap_or(false),
            title: self.flag(title, "`title`").unwrap_or(false),
        }
    }

    fn key_list(&mut self, node: Option<&YamlNode>, what: &str) -> Vec<String> {
        match node {
            Some(node) => owned(self.texts(node, what, "[title, description]")),
            None => Vec::new(),
        }
    }

    /// The keys of a map, each with its value as `read` gives it.
    fn read_each<T>(
        &mut self,
        node: Option<&YamlNode>,
        what: &str,
        example: &str,
        read: fn(&mut Self, &YamlNode) -> Option<T>,
    ) -> Vec<(String, T)> {
        let Some(node) = node else { return Vec::new() };
        if !matches!(node.value, YamlValue::Map(_)) {
            self.misshapen(node, what, "a map", example);
        }
        let mut values = Vec::new();
        for entry in node.entries() {
            if let Some(value) = read(self, &entry.value) {
                values.push((entry.key.to_string(), value));
            }
        }
        values
    }

    fn value_type(&mut self, node: &YamlNode) -> Option<ValueType> {
        let types = [
            ("text", ValueType::Text),
            ("date", ValueType::Date),
            ("flag", ValueType::Flag),
            ("list", ValueType::List),
        ];
        self.choice(node, "`types`", types)
    }

    fn allowed_values(&mut self, node: &YamlNode) -> Option<Vec<String>> {
        Some(owned(self.texts(node, "`values`", "[concept, howto]")))
    }

    fn new_name(&mut self, node: &YamlNode) -> Option<String> {
        Some(self.text(node, "`renamed`", "date")?.to_owned())
    }

    fn value_pattern(&mut self, node: &YamlNode) -> Option<RegexPattern> {
        let text = self.text(node, "`patterns`", "[a-z-]+")?;
        // A regular expression of an author may not compile.
        let pattern = RegexPattern::new(text);
        if pattern.is_err() {
            self.error(
                Code::UnexpectedValue,
                node.span,
                message!("`{text}` is not a regular expression", text),
                "Write for example `'[a-z0-9-]+'`; it must fit the whole value.",
            );
        }
        pattern.ok()
    }
}

fn owned(texts: Vec<Spanned<'_>>) -> Vec<String> {
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}
