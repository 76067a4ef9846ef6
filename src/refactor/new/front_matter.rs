//! Neighbours and rules -> the front matter of a new page: the keys most neighbours have and those that rules require, in their order, with
//! the values that are certain. Doesn't know the rest of the page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::FrontMatterRule;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SitePath, SourceId};
use crate::syntax::FrontMatter;
use crate::syntax::front_matter::is_date_key;

/// Keys whose values are about one page only, and wrong for any other.
const OWN: [&str; 8] = [
    "redirect_url",
    "redirect_from",
    "translation_key",
    "outputFileName",
    "layout",
    "translation_type",
    "_noindex",
    "index",
];

/// The block with its fences and an empty line below; empty if no neighbour has one.
pub(super) fn write(
    site: &Site,
    path: &SitePath,
    locale: LocaleId,
    title: &str,
    today: Date,
    neighbours: &[SourceId],
) -> String {
    let rest = site
        .config
        .localized_path(path)
        .map(|localized| localized.rest);
    let rules: Vec<&FrontMatterRule> = site
        .config
        .front_matter
        .iter()
        .filter(|rule| rule.fits(path, rest.as_deref()))
        .collect();
    let near: Vec<(SourceId, &FrontMatter)> = neighbours
        .iter()
        .filter_map(|id| Some((*id, &site.linked(*id)?.document.front_matter)))
        .collect();
    let mut out = String::new();
    let writer = ValueWriter {
        site,
        path,
        locale,
        title,
        today,
        near: &near,
        rules: &rules,
    };
    for key in keys(&near, &rules) {
        if let Some(value) = writer.value(&key) {
            out.push_str(format!("{key}: {value}").trim_end());
            out.push('\n');
        }
    }
    if out.is_empty() {
        out
    } else {
        format!("---\n{out}---\n\n")
    }
}

/// The keys of the new page, in order.
fn keys(near: &[(SourceId, &FrontMatter)], rules: &[&FrontMatterRule]) -> Vec<String> {
    let usual = usual_keys(near, rules);
    let mut keys: Vec<String> = Vec::new();
    // The page that has most of the usual keys shows their order; others follow alphabetically.
    if let Some(model) = model(near, &usual) {
        for entry in &model.entries {
            if usual.contains(&&*entry.key) {
                add(&mut keys, &entry.key);
            }
        }
    }
    for key in &usual {
        add(&mut keys, key);
    }
    for rule in rules {
        for key in &rule.required {
            add(&mut keys, key);
        }
    }
    if let Some(rule) = rules.iter().find(|rule| !rule.order.is_empty()) {
        keys.sort_by_key(|key| {
            let index = rule.order.iter().position(|other| other == key);
            index.unwrap_or(rule.order.len())
        });
    }
    keys
}

fn add(keys: &mut Vec<String>, key: &str) {
    if !keys.iter().any(|known| known == key) {
        keys.push(key.to_owned());
    }
}

/// The keys at least half of the neighbours have, in alphabetical order.
fn usual_keys<'n>(
    near: &[(SourceId, &'n FrontMatter)],
    rules: &[&FrontMatterRule],
) -> Vec<&'n str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, front) in near {
        for entry in &front.entries {
            *counts.entry(&entry.key).or_default() += 1;
        }
    }
    let mut usual = Vec::new();
    for (key, count) in counts {
        if count * 2 >= near.len() && !OWN.contains(&key) && !is_renamed(rules, key) {
            usual.push(key);
        }
    }
    usual
}

fn is_renamed(rules: &[&FrontMatterRule], key: &str) -> bool {
    let mut renamed = rules.iter().flat_map(|rule| &rule.renamed);
    renamed.any(|(old, _)| old == key)
}

/// The front matter with most of the usual keys; of several, the shortest, then the first.
fn model<'n>(near: &[(SourceId, &'n FrontMatter)], usual: &[&str]) -> Option<&'n FrontMatter> {
    let mut best = None;
    for (id, front) in near {
        let mut common = 0;
        for entry in &front.entries {
            common += usize::from(usual.contains(&&*entry.key));
        }
        let rank = (common, Reverse(front.entries.len()), Reverse(*id));
        if best.as_ref().is_none_or(|(known, _)| rank >= *known) {
            best = Some((rank, *front));
        }
    }
    Some(best?.1)
}

struct ValueWriter<'a> {
    site: &'a Site,
    path: &'a SitePath,
    locale: LocaleId,
    title: &'a str,
    today: Date,
    near: &'a [(SourceId, &'a FrontMatter)],
    rules: &'a [&'a FrontMatterRule],
}

impl ValueWriter<'_> {
    /// The value of a key; nothing if it can't be known and isn't required.
    fn value(&self, key: &str) -> Option<String> {
        let folder = &self.site.config.locales.get(self.locale).folder;
        match key {
            "title" | "description" => Some(scalar(self.title)),
            "uid" => match self.uid() {
                Some(uid) => Some(scalar(&uid)),
                None if self.is_required(key) => Some(scalar(self.path.stem())),
                None => None,
            },
            "language" if self.rules.iter().any(|rule| rule.language) => Some(folder.clone()),
            "language" => self.usual(key).or(Some(folder.clone())),
            _ if is_date_key(key) => Some(self.date(key)),
            _ => match self.usual(key) {
                Some(value) => Some(value),
                // What only the author can know stays empty, and `hjelp check` asks for it.
                None if self.is_required(key) => Some(self.first_allowed(key).unwrap_or_default()),
                None => None,
            },
        }
    }

    fn is_required(&self, key: &str) -> bool {
        let mut required = self.rules.iter().flat_map(|rule| &rule.required);
        required.any(|other| other == key)
    }

    /// The first of the values that a rule allows.
    fn first_allowed(&self, key: &str) -> Option<String> {
        let mut rules = self.rules.iter().flat_map(|rule| &rule.values);
        let (_, values) = rules.find(|(other, _)| other == key)?;
        Some(scalar(values.first()?))
    }

    /// The value at least half of the neighbours have, as they spell it.
    fn usual(&self, key: &str) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, front) in self.near {
            let Some(node) = front.get(key) else { continue };
            if !node.text().unwrap_or("").trim().is_empty() {
                let spelling = node.span.of(&self.site.source(*id).text);
                *counts.entry(spelling).or_default() += 1;
            }
        }
        let (value, count) = most_frequent(counts)?;
        if count * 2 < self.near.len() || value.contains('\n') {
            return None;
        }
        Some(value.to_owned())
    }

    /// Today as the neighbours spell dates: `03.14.2026` or `2026-03-14`.
    fn date(&self, key: &str) -> String {
        let mut american = 0;
        for (_, front) in self.near {
            if let Some(text) = front.text(key) {
                american += usize::from(!text.contains('-'));
            }
        }
        if american * 2 <= self.near.len() {
            return self.today.to_string();
        }
        let (month, day, year) = (self.today.month(), self.today.day(), self.today.year());
        format!("{month:02}.{day:02}.{year:04}")
    }

    /// The prefix of the neighbours' uids and the name of this file. Nothing if their uids are not made of the names of their files: a wrong
    /// uid is worse than none.
    fn uid(&self) -> Option<String> {
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, front) in self.near {
            let Some(uid) = front.text("uid") else {
                continue;
            };
            if let Some(prefix) = uid.trim().strip_suffix(self.site.source(*id).path.stem()) {
                *prefixes.entry(prefix).or_default() += 1;
            }
        }
        let (prefix, _) = most_frequent(prefixes)?;
        let stem = self.path.stem();
        let with_folder = format!("{prefix}{}-{stem}", self.path.parent().file_name());
        for uid in [format!("{prefix}{stem}"), with_folder] {
            if self.site.uid(&uid).is_none() {
                return Some(uid);
            }
        }
        None
    }
}

/// The most frequent text; of several, the first in alphabetical order, so that the answer is always the same.
fn most_frequent(counts: BTreeMap<&str, usize>) -> Option<(&str, usize)> {
    counts
        .into_iter()
        .max_by_key(|(text, count)| (*count, Reverse(*text)))
}

/// A text as a YAML scalar, with quotes only where YAML needs them.
pub(super) fn scalar(text: &str) -> String {
    let begins = text
        .chars()
        .next()
        .is_some_and(|first| first.is_alphanumeric() || "(«“".contains(first));
    let ends = !text.ends_with([':', ' ']);
    let inside =
        !text.contains(": ") && !text.contains(" #") && !text.chars().any(char::is_control);
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    let number = text.parse::<f64>().is_ok();
    if begins && ends && inside && !word && !number {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}
