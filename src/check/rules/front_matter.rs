//! `front-matter`: front matter that violates the rules of the site (`front-matter` in `hjelp.yml`).

use crate::check::checker::Checker;
use crate::check::content::kind_of;
use crate::check::rule::Rule;
use crate::config::{FrontMatterRule, ValueType};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::site::Site;
use crate::site::suggest::nearest;
use crate::source::edit::Edit;
use crate::source::yaml::{YamlEntry, YamlNode, YamlValue};
use crate::source::{FileSpan, Message, SourceId, Span};
use crate::syntax::front_matter::{DateOrder, parse_date};
use crate::syntax::reference::HeadingText;
use crate::syntax::title::TitlePart;
use crate::syntax::{Document, FrontMatter};

pub(super) const RULE: Rule = Rule {
    code: Code::FrontMatter,
    docs: include_str!("../docs/front-matter.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    if site.config.front_matter.is_empty() {
        return;
    }
    for (id, linked) in site.documents() {
        // Only pages show their front matter; that of a fragment has no effect on the page that
        // includes it.
        if site.translation_set_of(id).is_none() {
            continue;
        }
        let path = &site.source(id).path;
        let localized = site.config.localized_path(path);
        let path_in_locale = localized.map(|localized| localized.rest);
        let mut validator = Validator {
            site,
            id,
            document: linked.document,
            front_matter: &linked.document.front_matter,
            problems: Vec::new(),
        };
        for rule in &site.config.front_matter {
            if rule.fits(path, path_in_locale.as_deref()) {
                validator.check(rule);
            }
        }
        checker.problems.append(&mut validator.problems);
    }
}

/// Compares the front matter of one page with rules.
struct Validator<'a> {
    site: &'a Site,
    id: SourceId,
    document: &'a Document,
    front_matter: &'a FrontMatter,
    problems: Vec<Diagnostic>,
}

impl<'a> Validator<'a> {
    fn check(&mut self, rule: &FrontMatterRule) {
        self.check_required(rule);
        for (old, new) in &rule.renamed {
            self.check_renamed(old, new);
        }
        for (key, kind) in &rule.types {
            self.check_type(key, *kind);
        }
        for (key, allowed) in &rule.values {
            // Each text of a list is compared: `topic: [howto, concept]` has two values.
            for (text, span) in self.texts(key) {
                if !allowed.iter().any(|value| value == text) {
                    let message = message!("`{text}` is not a value of `{key}`", text, key);
                    self.report(span, message, allowed_values(text, allowed));
                }
            }
        }
        for (key, pattern) in &rule.patterns {
            for (text, span) in self.texts(key) {
                if !pattern.is_match(text) {
                    let message = message!("`{text}` is not a valid `{key}`", text, key);
                    self.report(
                        span,
                        message,
                        message!("It has to match `{pattern}`.", pattern = pattern.as_str()),
                    );
                }
            }
        }
        self.check_order(&rule.order);
        if rule.language {
            self.check_language();
        }
        if rule.title {
            self.check_title();
        }
    }

    fn report(&mut self, span: Span, message: Message, help: Message) {
        let path = &self.site.source(self.id).path;
        let problem = Diagnostic::new(Code::FrontMatter, path, span, message);
        self.problems.push(problem.help(help));
    }

    /// The value of a key, unless it is empty.
    fn value(&self, key: &str) -> Option<&'a YamlNode> {
        let node = self.front_matter.get(key)?;
        (!node.is_null()).then_some(node)
    }

    /// The text of a key, or the texts of its list.
    fn texts(&self, key: &str) -> Vec<(&'a str, Span)> {
        let Some(node) = self.value(key) else {
            return Vec::new();
        };
        let nodes = match &node.value {
            YamlValue::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for node in nodes {
            if let Some(text) = node.text() {
                texts.push((text, node.span));
            }
        }
        texts
    }

    fn entry(&self, key: &str) -> Option<&'a YamlEntry> {
        let mut entries = self.front_matter.entries.iter();
        entries.find(|entry| &*entry.key == key)
    }

    fn check_required(&mut self, rule: &FrontMatterRule) {
        // Redirects are not shown, so they need no metadata.
        if kind_of(self.site, self.id).is_some_and(|kind| !kind.has_content()) {
            return;
        }
        for key in &rule.required {
            if self.has_value(key, rule) {
                continue;
            }
            let span = match self.front_matter.get(key) {
                Some(node) => node.span,
                None if self.front_matter.span.is_empty() => Span::default(),
                // The `---` at the top.
                None => Span::new(0, 3),
            };
            let message = message!("the front matter has no `{key}`", key);
            self.report(span, message, message!("Add a line `{key}: ...`.", key));
        }
    }

    /// True if the key has a value: here, under its former name (which is reported on its own), or from the configuration.
    fn has_value(&self, key: &str, rule: &FrontMatterRule) -> bool {
        if self.value(key).is_some() {
            return true;
        }
        for (old, new) in &rule.renamed {
            if new == key && self.value(old).is_some() {
                return true;
            }
        }
        let path = &self.site.source(self.id).path;
        // Values of the configuration appear on the page like its own (DocFX spec 13.4), so the requirement is met.
        let metadata = self.site.config.metadata(path);
        metadata.iter().any(|(known, _)| *known == key)
    }

    fn check_renamed(&mut self, old: &str, new: &str) {
        let Some(entry) = self.entry(old) else {
            return;
        };
        let path = &self.site.source(self.id).path;
        let span = entry.key_span;
        let message = message!("the key `{old}` was renamed to `{new}`", old, new);
        let mut problem = Diagnostic::new(Code::FrontMatter, path, span, message);
        // No fix here: which of the two values is right, only the author knows.
        if self.entry(new).is_some() {
            problem = problem.help(message!("Remove it: there is also a `{new}`.", new));
        } else {
            let path = path.clone();
            problem.fix = Some(Fix {
                title: message!("rename it to `{new}`", new),
                safe: true,
                edits: vec![Edit {
                    location: FileSpan { path, span },
                    replacement: new.to_owned(),
                }],
            });
            problem = problem.help(message!("Write `{new}`.", new));
        }
        self.problems.push(problem);
    }

    fn check_type(&mut self, key: &str, kind: ValueType) {
        if let Some(node) = self.value(key)
            && !has_type(node, kind)
        {
            let noun = kind.noun();
            let message = message!("`{key}` takes {noun}", key, noun);
            self.report(
                node.span,
                message,
                message!("Write {noun} after `{key}:`.", noun, key),
            );
        }
    }

    /// Reports the first key after one that belongs after it.
    fn check_order(&mut self, order: &[String]) {
        let mut before: Vec<(usize, &YamlEntry)> = Vec::new();
        for entry in &self.front_matter.entries {
            let Some(position) = order.iter().position(|key| **key == *entry.key) else {
                continue;
            };
            let mut entries = before.iter();
            if let Some((_, next)) = entries.find(|(other, _)| *other > position) {
                let message = message!("the key `{key}` is out of order", key = entry.key);
                let help = message!("Put it before `{key}`.", key = next.key);
                self.report(entry.key_span, message, help);
                return;
            }
            before.push((position, entry));
        }
    }

    fn check_language(&mut self) {
        let Some(locale) = self.site.linked(self.id).and_then(|linked| linked.locale) else {
            return;
        };
        let Some(node) = self.value("language") else {
            return;
        };
        let Some(text) = node.text() else {
            return;
        };
        let locale = self.site.config.locales.get(locale);
        let (language, _) = locale.tag.split_once('-').unwrap_or((&locale.tag, ""));
        // In a folder `no` with the tag `nb-NO`, `no`, `nb-NO` and `nb` all name its language.
        for name in [locale.folder.as_str(), locale.tag.as_str(), language] {
            if text.trim().eq_ignore_ascii_case(name) {
                return;
            }
        }
        let folder = &locale.folder;
        let message = message!(
            "`{text}` is not the language of the folder `{folder}`",
            text,
            folder
        );
        self.report(
            node.span,
            message,
            message!("Write `{folder}`, or move the file.", folder),
        );
    }

    fn check_title(&mut self) {
        let Some(node) = self.value("title") else {
            return;
        };
        let (Some(text), Some(heading)) = (node.text(), self.main_heading()) else {
            return;
        };
        // The words of an included file are not in the heading as it was typed.
        let parts = self.document.title.heading.as_deref().unwrap_or_default();
        if parts
            .iter()
            .any(|part| matches!(part, TitlePart::Include(_)))
        {
            return;
        }
        if !heading.text.is_empty() && with_single_spaces(&heading.text) != with_single_spaces(text)
        {
            let message = message!("the title `{text}` differs from the main heading", text);
            self.report(
                node.span,
                message,
                message!("The heading is `{text}`.", text = heading.text),
            );
        }
    }

    /// The first heading of level 1.
    fn main_heading(&self) -> Option<&'a HeadingText> {
        for anchor in &self.document.anchors {
            if let Some(heading) = &anchor.heading
                && heading.level == 1
            {
                return Some(heading);
            }
        }
        None
    }
}

fn allowed_values(text: &str, allowed: &[String]) -> Message {
    match nearest(text, allowed.iter().map(String::as_str)) {
        Some(nearest) => message!("Did you mean `{nearest}`?", nearest),
        None => {
            let values: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
            message!("Write {values}.", values = values.join(" or "))
        }
    }
}

fn has_type(node: &YamlNode, kind: ValueType) -> bool {
    // A single word is a list of one, and words with commas between them are a list, too.
    if kind == ValueType::List {
        return !matches!(node.value, YamlValue::Map(_));
    }
    let Some(text) = node.text() else {
        return false;
    };
    match kind {
        ValueType::Text | ValueType::List => true,
        // Whether a text is a date doesn't depend on the order of day and month.
        ValueType::Date => parse_date(text, DateOrder::default()).is_some(),
        ValueType::Flag => matches!(text, "true" | "false"),
    }
}

fn with_single_spaces(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
