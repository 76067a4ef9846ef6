//! Turns YAML nodes into the shapes a configuration is made of: texts, lists, folders, patterns, tables with known keys. What has
//! another shape becomes a problem that says what to type instead. Doesn't know which keys there are.

use super::glob::Globs;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// Reads one configuration file and collects what is wrong with it.
pub(super) struct ConfigReader<'a> {
    pub(super) path: &'a SitePath,
    pub(super) problems: Vec<Diagnostic>,
}

/// A text and where it stands.
pub(super) type Spanned<'n> = (&'n str, Span);

impl<'a> ConfigReader<'a> {
    pub(super) fn new(path: &'a SitePath) -> Self {
        ConfigReader {
            path,
            problems: Vec::new(),
        }
    }

    /// Reads YAML; what it forbids is an error.
    pub(super) fn parse(&mut self, text: &str) -> Option<YamlNode> {
        let (node, problems) = crate::source::yaml::parse(text, 0);
        let json = self.path.has_extension("json");
        for problem in problems {
            self.problems.push(match problem.earlier {
                // Programs that read JSON don't mind.
                Some(earlier) => {
                    Diagnostic::new(Code::DuplicateKey, self.path, problem.span, problem.message)
                        .with_level(if json { Level::Warning } else { Level::Error })
                        .label(self.path, earlier, "first given here")
                }
                None => {
                    let code = if json {
                        Code::InvalidJson
                    } else {
                        Code::InvalidYaml
                    };
                    Diagnostic::new(code, self.path, problem.span, problem.message)
                }
            });
        }
        node
    }

    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(
            Diagnostic::new(code, self.path, span, message)
                .with_level(Level::Error)
                .help(help),
        );
    }

    pub(super) fn warning(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(
            Diagnostic::new(code, self.path, span, message)
                .with_level(Level::Warning)
                .help(help),
        );
    }

    /// The value has another shape than `wanted`.
    pub(super) fn misshapen(&mut self, node: &YamlNode, what: &str, wanted: &str, example: &str) {
        let found = match &node.value {
            YamlValue::Scalar(_) if node.is_null() => "nothing",
            YamlValue::Scalar(_) => "a text",
            YamlValue::List(_) => "a list",
            YamlValue::Map(_) => "a map",
        };
        self.error(
            Code::UnexpectedValue,
            node.span,
            format!("{what} takes {wanted}, not {found}"),
            format!("Write for example `{example}`."),
        );
    }

    /// The values of `keys` in a map, in their order; any other key is an error, and an empty value is none.
    pub(super) fn table<'n, const N: usize>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        keys: [&str; N],
    ) -> [Option<&'n YamlNode>; N] {
        if !matches!(node.value, YamlValue::Map(_)) && !node.is_null() {
            self.misshapen(node, what, "a map", &format!("{}: ...", keys[0]));
        }
        for entry in node
            .entries()
            .iter()
            .filter(|entry| !keys.contains(&&*entry.key))
        {
            let all = || {
                format!(
                    "The keys here are {}.",
                    keys.map(|key| format!("`{key}`")).join(", ")
                )
            };
            let help =
                nearest(&entry.key, keys).map_or_else(all, |key| format!("Did you mean `{key}`?"));
            self.error(
                Code::UnknownKey,
                entry.key_span,
                format!("`{}` is no key of {what}", entry.key),
                help,
            );
        }
        keys.map(|key| node.get(key).filter(|value| !value.is_null()))
    }

    pub(super) fn text<'n>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        example: &str,
    ) -> Option<&'n str> {
        if node.text().is_none() {
            self.misshapen(node, what, "a text", example);
        }
        node.text()
    }

    /// One text, or a list of texts.
    pub(super) fn texts<'n>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        example: &str,
    ) -> Vec<Spanned<'n>> {
        let nodes = match &node.value {
            YamlValue::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        nodes
            .iter()
            .filter_map(|node| Some((self.text(node, what, example)?, node.span)))
            .collect()
    }

    /// A file or folder within the site.
    pub(super) fn path(&mut self, node: &YamlNode, what: &str, example: &str) -> Option<SitePath> {
        let text = self.text(node, what, example)?;
        let path = SitePath::new(text).ok();
        if path.is_none() {
            let message = format!(
                "`{text}` leads out of the folder that holds `{}`",
                self.path
            );
            self.error(
                Code::OutsideSite,
                node.span,
                message,
                "Name a path inside that folder.",
            );
        }
        path
    }

    /// One pattern, or a list of them; none if one is bad.
    pub(super) fn patterns<'n>(&mut self, node: &'n YamlNode, what: &str) -> Vec<&'n str> {
        let patterns = self.texts(node, what, "**/*.md");
        let texts: Vec<&str> = patterns.iter().map(|pattern| pattern.0).collect();
        let Err(bad) = Globs::new(&texts) else {
            return texts;
        };
        let (text, span) = patterns[bad.index];
        self.error(
            Code::BadGlob,
            span,
            format!("`{text}` matches nothing: {bad}"),
            bad.help,
        );
        Vec::new()
    }

    /// The same, ready to match.
    pub(super) fn globs(&mut self, node: &YamlNode, what: &str) -> Globs {
        Globs::new(&self.patterns(node, what)).unwrap_or_default()
    }

    /// The address a site is published at, with a `/` at its end.
    pub(super) fn address(&mut self, node: &YamlNode, what: &str) -> Option<String> {
        let example = "https://help.example.com/";
        let text = self.text(node, what, example)?;
        let whole = ["https://", "http://"].iter().any(|scheme| {
            text.strip_prefix(scheme)
                .is_some_and(|rest| !rest.is_empty())
        });
        if !whole || text.contains(['?', '#', ' ']) {
            self.error(
                Code::UnexpectedValue,
                node.span,
                format!("`{text}` is no address of a site"),
                format!("Write for example `{example}`."),
            );
            return None;
        }
        Some(format!("{}/", text.trim_end_matches('/')))
    }

    /// One of several words.
    pub(super) fn choice<T: Copy, const N: usize>(
        &mut self,
        node: &YamlNode,
        what: &str,
        words: [(&str, T); N],
    ) -> Option<T> {
        let names = words.map(|word| word.0);
        let text = self.text(node, what, names[0])?;
        let found = words.iter().find(|word| word.0 == text).map(|word| word.1);
        if found.is_none() {
            let all = || {
                format!(
                    "Write {}.",
                    names.map(|name| format!("`{name}`")).join(" or ")
                )
            };
            let help =
                nearest(text, names).map_or_else(all, |name| format!("Did you mean `{name}`?"));
            self.error(
                Code::UnexpectedValue,
                node.span,
                format!("`{text}` is no value of {what}"),
                help,
            );
        }
        found
    }
}

/// The candidate that was probably meant: the same but for case and hyphens, or else a slip or two away.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let plain = |text: &str| {
        text.chars()
            .filter(|char| char.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let word = plain(word);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&word, &plain(candidate)),
                candidate,
            )
        })
        .filter(|(distance, candidate)| {
            *distance * 3 <= candidate.chars().count().max(word.chars().count())
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
