//! Turns `front-matter:` into rules for the metadata of pages. Doesn't know what any page says; `check` holds the pages against them.

use super::Globs;
use super::reader::{ConfigReader, Spanned};
use super::regex::RegexPattern;
use crate::diagnostic::Code;
use crate::source::SitePath;
use crate::source::yaml::{YamlNode, YamlValue};

/// What the front matter of certain pages must look like.
#[derive(Debug, Clone, Default, Hash)]
pub struct FrontMatterRule {
    files: Globs,
    /// Keys that must be there.
    pub required: Vec<String>,
    /// What kind of value a key takes.
    pub types: Vec<(String, ValueType)>,
    /// The only values a key takes.
    pub values: Vec<(String, Vec<String>)>,
    /// What a value must look like as a whole.
    pub patterns: Vec<(String, RegexPattern)>,
    /// The order of keys.
    pub order: Vec<String>,
    /// Keys that are called otherwise now: the old and the new name.
    pub renamed: Vec<(String, String)>,
    /// True if `language` must be that of the folder.
    pub language: bool,
    /// True if `title` must be what the first heading says.
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
    /// What a value of this kind is called.
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
    /// True if the rule is about the page made from `path`, which lies at `rest` below its language folder, if it lies in one.
    pub fn fits(&self, path: &SitePath, rest: Option<&str>) -> bool {
        self.files.matches(rest.unwrap_or(path.as_str()))
    }
}

/// All rules: one, or a list of them.
pub(super) fn rules(reader: &mut ConfigReader, node: &YamlNode) -> Vec<FrontMatterRule> {
    match &node.value {
        YamlValue::List(items) => items.iter().map(|item| rule(reader, item)).collect(),
        _ => vec![rule(reader, node)],
    }
}

fn rule(reader: &mut ConfigReader, node: &YamlNode) -> FrontMatterRule {
    let keys = [
        "path", "required", "types", "values", "patterns", "order", "renamed", "language", "title",
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
    ] = reader.table(node, "`front-matter`", keys);
    let files = match path {
        Some(path) => reader.globs(path, "`path`"),
        None => Globs::new(&["**"]).unwrap_or_default(),
    };
    let mut rule = FrontMatterRule {
        files,
        ..FrontMatterRule::default()
    };
    rule.required = required
        .map(|node| owned(reader.texts(node, "`required`", "[title, description]")))
        .unwrap_or_default();
    rule.order = order
        .map(|node| owned(reader.texts(node, "`order`", "[title, description]")))
        .unwrap_or_default();
    rule.types = each(reader, types, "`types`", "date: date", |reader, node| {
        let kinds = [
            ("text", ValueType::Text),
            ("date", ValueType::Date),
            ("flag", ValueType::Flag),
            ("list", ValueType::List),
        ];
        reader.choice(node, "`types`", kinds)
    });
    rule.values = each(
        reader,
        values,
        "`values`",
        "topic: [concept, howto]",
        |reader, node| Some(owned(reader.texts(node, "`values`", "[concept, howto]"))),
    );
    rule.patterns = each(reader, patterns, "`patterns`", "uid: '[a-z-]+'", pattern);
    rule.renamed = each(
        reader,
        renamed,
        "`renamed`",
        "so.date: date",
        |reader, node| reader.text(node, "`renamed`", "date").map(str::to_owned),
    );
    let mut flag = |node: Option<&YamlNode>, what: &str| {
        node.and_then(|node| reader.choice(node, what, [("true", true), ("false", false)]))
    };
    rule.language = flag(language, "`language`").unwrap_or(false);
    rule.title = flag(title, "`title`").unwrap_or(false);
    rule
}

/// The keys of a map, each with what its value is read as.
fn each<T>(
    reader: &mut ConfigReader,
    node: Option<&YamlNode>,
    what: &str,
    example: &str,
    mut read: impl FnMut(&mut ConfigReader, &YamlNode) -> Option<T>,
) -> Vec<(String, T)> {
    let Some(node) = node else { return Vec::new() };
    if !matches!(node.value, YamlValue::Map(_)) {
        reader.misshapen(node, what, "a map", example);
    }
    node.entries()
        .iter()
        .filter_map(|entry| Some((entry.key.to_string(), read(reader, &entry.value)?)))
        .collect()
}

fn pattern(reader: &mut ConfigReader, node: &YamlNode) -> Option<RegexPattern> {
    let text = reader.text(node, "`patterns`", "[a-z-]+")?;
    match RegexPattern::new(text) {
        Ok(pattern) => Some(pattern),
        Err(_) => {
            let message = format!("`{text}` is no regular expression");
            reader.error(
                Code::UnexpectedValue,
                node.span,
                message,
                "Write for example `'[a-z0-9-]+'`; it must fit the whole value.",
            );
            None
        }
    }
}

fn owned(texts: Vec<Spanned<'_>>) -> Vec<String> {
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}
