//! YAML nodes -> the shapes a configuration is made of: texts, lists, folders, patterns, tables with known keys. A node of another shape
//! becomes a problem with an example of what to write instead. Doesn't know which keys there are.

use super::glob::Globs;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::message;
use crate::source::yaml::{self, YamlError, YamlNode, YamlValue};
use crate::source::{Message, SitePath, Sources, Span};

/// Reads one configuration file and collects its problems.
pub(super) struct ConfigReader<'a> {
    /// The files of the site, to tell whether a file that is named exists.
    pub(super) sources: &'a Sources,
    pub(super) path: &'a SitePath,
    pub(super) problems: Vec<Diagnostic>,
}

/// A text and its position in the file.
pub(super) type Spanned<'n> = (&'n str, Span);

impl<'a> ConfigReader<'a> {
    pub(super) fn new(path: &'a SitePath, sources: &'a Sources) -> Self {
        ConfigReader {
            sources,
            path,
            problems: Vec::new(),
        }
    }

    /// Parses YAML; syntax errors become problems.
    pub(super) fn parse(&mut self, text: &str) -> Option<YamlNode> {
        let (node, errors) = yaml::parse(text, 0);
        for error in errors {
            let problem = self.syntax_problem(error);
            self.problems.push(problem);
        }
        node
    }

    fn syntax_problem(&self, error: YamlError) -> Diagnostic {
        // JSON is parsed as YAML, of which it is a part: both then have positions for every value.
        let is_json = self.path.has_extension("json");
        let Some(earlier) = error.earlier else {
            let code = if is_json {
                Code::InvalidJson
            } else {
                Code::InvalidYaml
            };
            let problem = Diagnostic::new(code, self.path, error.span, error.message);
            return match error.help {
                Some(help) => problem.help(help),
                None => problem,
            };
        };
        // JSON parsers accept duplicate keys, DocFX's among them, so a `docfx.json` with one has to go on working.
        let level = if is_json {
            Level::Warning
        } else {
            Level::Error
        };
        Diagnostic::new(Code::DuplicateKey, self.path, error.span, error.message)
            .with_level(level)
            .label(self.path, earlier, "first given here")
    }

    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) {
        let problem = Diagnostic::new(code, self.path, span, message).with_level(Level::Error);
        self.problems.push(problem.help(help));
    }

    pub(super) fn warning(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) {
        let problem = Diagnostic::new(code, self.path, span, message).with_level(Level::Warning);
        self.problems.push(problem.help(help));
    }

    /// Reports that the value has another shape than `wanted`.
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
            message!(
                "{what} takes {shape}, not {found_shape}",
                what,
                shape = wanted,
                found_shape = found
            ),
            message!("Write for example `{example}`.", example),
        );
    }

    /// The values of `keys` in a map, in the order of `keys`. Any other key is an error; an empty value counts as missing.
    pub(super) fn table<'n, const N: usize>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        keys: [&str; N],
    ) -> [Option<&'n YamlNode>; N] {
        self.check_keys(node, what, &keys);
        keys.map(|key| value_of(node, key))
    }

    /// Reports keys of a map that are none of `keys`.
    pub(super) fn check_keys(&mut self, node: &YamlNode, what: &str, keys: &[&str]) {
        if !matches!(node.value, YamlValue::Map(_)) && !node.is_null() {
            let first = keys.first().copied().unwrap_or_default();
            self.misshapen(node, what, "a map", &format!("{first}: ..."));
        }
        // A key with a typo would silently have no effect.
        for entry in node.entries() {
            if keys.contains(&&*entry.key) {
                continue;
            }
            let help = match nearest(&entry.key, keys.iter().copied()) {
                Some(key) => message!("Did you mean `{key}`?", key),
                None => message!("The keys here are {quoted}.", quoted = quoted(keys, ", ")),
            };
            self.error(
                Code::UnknownKey,
                entry.key_span,
                message!("unknown key `{key}` in {what}", key = entry.key, what),
                help,
            );
        }
    }

    pub(super) fn text<'n>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        example: &str,
    ) -> Option<&'n str> {
        let text = node.text();
        if text.is_none() {
            self.misshapen(node, what, "a text", example);
        }
        text
    }

    /// One text, or a list of texts.
    pub(super) fn texts<'n>(
        &mut self,
        node: &'n YamlNode,
        what: &str,
        example: &str,
    ) -> Vec<Spanned<'n>> {
        let mut texts = Vec::new();
        for item in node.one_or_many() {
            if let Some(text) = self.text(item, what, example) {
                texts.push((text, item.span));
            }
        }
        texts
    }

    /// The path of a file or folder within the site.
    pub(super) fn path(&mut self, node: &YamlNode, what: &str, example: &str) -> Option<SitePath> {
        // A path out of the folder could publish any file of the machine that builds the site.
        let text = self.text(node, what, example)?;
        if let Ok(path) = SitePath::new(text) {
            return Some(path);
        }
        self.error(
            Code::OutsideSite,
            node.span,
            message!(
                "`{text}` is outside the folder that holds `{path}`",
                text,
                path = self.path
            ),
            "Name a path inside that folder.",
        );
        None
    }

    /// The same for what may also be around the site, in its repository: a source of files, or the output.
    pub(super) fn path_around(
        &mut self,
        base: &SitePath,
        node: &YamlNode,
        what: &str,
    ) -> Option<SitePath> {
        let text = self.text(node, what, "articles")?;
        match self.sources.surroundings().join(base, text) {
            Ok(path) => Some(path),
            // A folder that `hjelp.yml` names itself.
            Err(_) if base.is_root() && self.path.has_extension("yml") => {
                self.path(node, what, "docs")
            }
            Err(_) => self.path_from(base, node, what),
        }
    }

    /// The path of a file or folder as seen from the folder `base`. DocFX can leave the folder of its configuration, a site cannot.
    pub(super) fn path_from(
        &mut self,
        base: &SitePath,
        node: &YamlNode,
        what: &str,
    ) -> Option<SitePath> {
        let text = self.text(node, what, "articles")?;
        if let Ok(path) = base.join(text) {
            return Some(path);
        }
        let help = message!(
            "Move `{file_name}` up to a folder that holds all of the site.",
            file_name = self.path.file_name()
        );
        self.warning(
            Code::OutsideSite,
            node.span,
            message!("`{text}` is outside the site and is ignored", text),
            help,
        );
        None
    }

    /// One pattern, or a list of them; empty if one of them is invalid.
    pub(super) fn patterns<'n>(&mut self, node: &'n YamlNode, what: &str) -> Vec<&'n str> {
        let patterns = self.texts(node, what, "**/*.md");
        let texts: Vec<&str> = patterns.iter().map(|pattern| pattern.0).collect();
        // All at once: `Globs` knows which of them it could not compile.
        let Err(bad) = Globs::new(&texts) else {
            return texts;
        };
        let (text, span) = patterns[bad.index];
        self.error(
            Code::BadGlob,
            span,
            message!(
                "`{text}` matches nothing: {bad}",
                text,
                bad = bad.to_string()
            ),
            bad.help,
        );
        // Not the valid ones only: without one of its exclusions a list would publish what its author wants to keep private.
        Vec::new()
    }

    /// One pattern, or a list of them, compiled.
    pub(super) fn globs(&mut self, node: &YamlNode, what: &str) -> Globs {
        Globs::new(&self.patterns(node, what)).unwrap_or_default()
    }

    /// The address a site is published at. The answer ends with `/`.
    pub(super) fn address(&mut self, node: &YamlNode, what: &str) -> Option<String> {
        const EXAMPLE: &str = "https://help.example.com/";
        let text = self.text(node, what, EXAMPLE)?;
        if is_site_address(text) {
            // Exactly one slash, so that a path can be appended by everyone who has the address.
            return Some(format!("{}/", text.trim_end_matches('/')));
        }
        self.error(
            Code::UnexpectedValue,
            node.span,
            message!("`{text}` is not the address of a site", text),
            message!("Write for example `{example}`.", example = EXAMPLE),
        );
        None
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
        for (name, value) in words {
            if name == text {
                return Some(value);
            }
        }
        let help = match nearest(text, names) {
            Some(name) => message!("Did you mean `{name}`?", name),
            None => message!("Write {quoted}.", quoted = quoted(&names, " or ")),
        };
        self.error(
            Code::UnexpectedValue,
            node.span,
            message!("`{text}` is not a valid value for {what}", text, what),
            help,
        );
        None
    }

    /// `true` or `false` of an optional key; missing if it is neither.
    pub(super) fn flag(&mut self, node: Option<&YamlNode>, what: &str) -> Option<bool> {
        // `yes`, `no`, `on` and `off` are booleans in YAML 1.1 only, and `no` is a language in other keys.
        self.choice(node?, what, [("true", true), ("false", false)])
    }
}

/// The value of `key` in a map; an empty value counts as missing.
pub(super) fn value_of<'n>(node: &'n YamlNode, key: &str) -> Option<&'n YamlNode> {
    // `title:` is what is left when only the value is deleted.
    let value = node.get(key)?;
    if value.is_null() { None } else { Some(value) }
}

/// The same for a key in any case: DocFX does not distinguish them.
pub(super) fn value_of_any_case<'n>(node: &'n YamlNode, key: &str) -> Option<&'n YamlNode> {
    let mut entries = node.entries().iter();
    let entry = entries.find(|entry| entry.key.eq_ignore_ascii_case(key))?;
    if entry.value.is_null() {
        return None;
    }
    Some(&entry.value)
}

fn is_site_address(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"))
    else {
        return false;
    };
    // The address is the beginning of others, which would have a query or a fragment in their middle.
    !rest.is_empty() && !text.contains(['?', '#', ' '])
}

/// Each of `names` in backticks, with `separator` between them.
fn quoted(names: &[&str], separator: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(separator)
}

/// The candidate that was probably meant: one that differs in case and punctuation only, or else in at most a third of its characters.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = letters(word);
    let length = word.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&word, &letters(candidate));
        let is_near = distance * 3 <= candidate.chars().count().max(length);
        // Of equally near candidates the first one is suggested, so that the order of files never shows.
        if is_near && best.is_none_or(|(shortest, _)| distance < shortest) {
            best = Some((distance, candidate));
        }
    }
    Some(best?.1)
}

/// Letters and digits in lower case.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
