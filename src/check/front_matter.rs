//! `front-matter`: metadata that breaks the site's own rules.
use crate::source::edit::Edit;

use crate::config::{FrontMatterRule, ValueType};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::site::suggest::nearest;
use crate::site::{PageKind, Site};
use crate::source::yaml::{YamlEntry, YamlNode, YamlValue};
use crate::source::{FileSpan, SourceId, Span};
use crate::syntax::front_matter::parse_date;
use crate::syntax::{Document, FrontMatter};

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::FrontMatter],
    about: "The front matter of a page breaks one of the rules in `hjelp.yml`.",
    run,
};

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    if site.config.front_matter.is_empty() {
        return;
    }
    for (id, linked) in site
        .documents()
        .filter(|(id, _)| site.translation_set_of(*id).is_some())
    {
        let path = &site.source(id).path;
        let rest = site
            .config
            .localized_path(path)
            .map(|localized| localized.rest);
        let mut page = Page {
            site,
            id,
            document: &linked.document,
            front: &linked.document.front_matter,
            found: Vec::new(),
        };
        for rule in site
            .config
            .front_matter
            .iter()
            .filter(|rule| rule.fits(path, rest.as_deref()))
        {
            page.hold_against(rule);
        }
        problems.append(&mut page.found);
    }
}

struct Page<'a> {
    site: &'a Site,
    id: SourceId,
    document: &'a Document,
    front: &'a FrontMatter,
    found: Vec<Diagnostic>,
}

impl<'a> Page<'a> {
    fn hold_against(&mut self, rule: &FrontMatterRule) {
        self.required(rule);
        for (old, new) in &rule.renamed {
            self.renamed(old, new);
        }
        for (key, kind) in &rule.types {
            if let Some(node) = self.given(key).filter(|node| !is_of(node, *kind)) {
                self.complain(
                    node.span,
                    format!("`{key}` takes {}", kind.noun()),
                    format!("Write {} behind `{key}:`.", kind.noun()),
                );
            }
        }
        for (key, allowed) in &rule.values {
            for (text, span) in self.given(key).map(texts).unwrap_or_default() {
                if !allowed.iter().any(|known| known == text) {
                    let all = || {
                        format!(
                            "Write {}.",
                            allowed
                                .iter()
                                .map(|known| format!("`{known}`"))
                                .collect::<Vec<_>>()
                                .join(" or ")
                        )
                    };
                    let help = nearest(text, allowed.iter().map(String::as_str))
                        .map_or_else(all, |near| format!("Did you mean `{near}`?"));
                    self.complain(span, format!("`{text}` is no value of `{key}`"), help);
                }
            }
        }
        for (key, pattern) in &rule.patterns {
            for (text, span) in self.given(key).map(texts).unwrap_or_default() {
                if !pattern.is_match(text) {
                    self.complain(
                        span,
                        format!("`{text}` does not look like a `{key}`"),
                        format!("It has to match `{}`.", pattern.as_str()),
                    );
                }
            }
        }
        self.order(&rule.order);
        if rule.language {
            self.language();
        }
        if rule.title {
            self.title();
        }
    }

    fn complain(&mut self, span: Span, message: String, help: String) {
        let path = &self.site.source(self.id).path;
        self.found
            .push(Diagnostic::new(Code::FrontMatter, path, span, message).help(help));
    }

    /// The value of a key that has one.
    fn given(&self, key: &str) -> Option<&'a YamlNode> {
        self.front.get(key).filter(|node| !node.is_null())
    }

    fn required(&mut self, rule: &FrontMatterRule) {
        let source = self.site.source(self.id);
        // A page that only sends the reader on needs nothing.
        if super::kind_of(self.site, self.id) == Some(PageKind::Redirect) {
            return;
        }
        let stated = self.site.config.metadata(&source.path);
        for key in &rule.required {
            let renamed = rule
                .renamed
                .iter()
                .any(|(old, new)| new == key && self.given(old).is_some());
            if self.given(key).is_some() || renamed || stated.iter().any(|(known, _)| known == key)
            {
                continue;
            }
            let span = match self.front.get(key) {
                Some(node) => node.span,
                None if self.front.span.is_empty() => Span::default(),
                None => Span::new(0, 3),
            };
            self.complain(
                span,
                format!("the front matter has no `{key}`"),
                format!("Add a line `{key}: ...`."),
            );
        }
    }

    fn renamed(&mut self, old: &str, new: &str) {
        let Some(entry) = self.entry(old) else { return };
        let path = &self.site.source(self.id).path;
        let message = format!("the key `{old}` is called `{new}` now");
        let mut problem = Diagnostic::new(Code::FrontMatter, path, entry.key_span, message);
        if self.entry(new).is_some() {
            problem = problem.help(format!("Remove it: `{new}` is there, too."));
        } else {
            let edit = Edit {
                location: FileSpan {
                    path: path.clone(),
                    span: entry.key_span,
                },
                replacement: new.to_owned(),
            };
            problem.fix = Some(Fix {
                title: format!("rename it to `{new}`"),
                safe: true,
                edits: vec![edit],
            });
            problem = problem.help(format!("Write `{new}`."));
        }
        self.found.push(problem);
    }

    fn entry(&self, key: &str) -> Option<&'a YamlEntry> {
        self.front.entries.iter().find(|entry| &*entry.key == key)
    }

    /// The first key that stands behind one it should stand before.
    fn order(&mut self, order: &[String]) {
        let place = |entry: &YamlEntry| order.iter().position(|key| **key == *entry.key);
        let known: Vec<(usize, &YamlEntry)> = self
            .front
            .entries
            .iter()
            .filter_map(|entry| Some((place(entry)?, entry)))
            .collect();
        let Some(pair) = known.windows(2).find(|pair| pair[1].0 < pair[0].0) else {
            return;
        };
        let before = known
            .iter()
            .find(|(place, _)| *place > pair[1].0)
            .map_or("", |(_, entry)| &entry.key);
        let message = format!("the key `{}` stands too far down", pair[1].1.key);
        self.complain(
            pair[1].1.key_span,
            message,
            format!("Put it before `{before}`."),
        );
    }

    fn language(&mut self) {
        let Some(locale) = self.site.linked(self.id).and_then(|linked| linked.locale) else {
            return;
        };
        let locale = self.site.config.locales.get(locale);
        let Some((node, text)) = self
            .given("language")
            .and_then(|node| Some((node, node.text()?)))
        else {
            return;
        };
        let same = |other: &str| text.trim().eq_ignore_ascii_case(other);
        let base = locale.tag.split('-').next().unwrap_or("");
        if !same(&locale.folder) && !same(&locale.tag) && !same(base) {
            let message = format!(
                "`{text}` is not the language of the folder `{}`",
                locale.folder
            );
            self.complain(
                node.span,
                message,
                format!("Write `{}`, or move the file.", locale.folder),
            );
        }
    }

    fn title(&mut self) {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let heading = self
            .document
            .anchors
            .iter()
            .find_map(|anchor| anchor.heading.as_ref().filter(|heading| heading.level == 1));
        let Some((node, text)) = self
            .given("title")
            .and_then(|node| Some((node, node.text()?)))
        else {
            return;
        };
        if let Some(heading) = heading
            .filter(|heading| !heading.text.is_empty() && plain(&heading.text) != plain(text))
        {
            let message = format!("the title `{text}` is not what the first heading says");
            self.complain(
                node.span,
                message,
                format!("The heading is `{}`.", heading.text),
            );
        }
    }
}

fn is_of(node: &YamlNode, kind: ValueType) -> bool {
    match kind {
        ValueType::Text => node.text().is_some(),
        ValueType::Date => node.text().is_some_and(|text| parse_date(text).is_some()),
        ValueType::Flag => node
            .text()
            .is_some_and(|text| matches!(text, "true" | "false")),
        // A single word is a list of one: words with commas between them are a list, too.
        ValueType::List => !matches!(node.value, YamlValue::Map(_)),
    }
}

/// The texts of a value: itself, or its items.
fn texts(node: &YamlNode) -> Vec<(&str, Span)> {
    match &node.value {
        YamlValue::List(items) => items
            .iter()
            .filter_map(|item| Some((item.text()?, item.span)))
            .collect(),
        _ => node
            .text()
            .map(|text| (text, node.span))
            .into_iter()
            .collect(),
    }
}
