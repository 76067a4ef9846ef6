//! Neighbours and rules -> the front matter of a new page: the keys most neighbours have and those that rules require, in their order, with
//! the values that are certain. Doesn't know the rest of the page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::config::FrontMatterRule;
use crate::source::SourceId;
use crate::syntax::FrontMatter;
use crate::syntax::front_matter::is_date_key;

use super::draft::Draft;
use crate::source::yaml::scalar::scalar;

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
pub(super) fn write(draft: &Draft<'_>, neighbours: &[SourceId]) -> String {
    let writer = FrontMatterWriter::new(draft, neighbours);
    let mut out = String::new();
    for key in writer.keys() {
        if let Some(value) = writer.value(&key) {
            // Without a value, no space after the colon either.
            out.push_str(format!("{key}: {value}").trim_end());
            out.push('\n');
        }
    }
    if out.is_empty() {
        return out;
    }
    format!("---\n{out}---\n\n")
}

fn add(keys: &mut Vec<String>, key: &str) {
    if !keys.iter().any(|known| known == key) {
        keys.push(key.to_owned());
    }
}

/// What the front matter is made from.
struct FrontMatterWriter<'a> {
    draft: &'a Draft<'a>,
    near: Vec<(SourceId, &'a FrontMatter)>,
    /// The rules that are for this page.
    rules: Vec<&'a FrontMatterRule>,
}

impl<'a> FrontMatterWriter<'a> {
    fn new(draft: &'a Draft<'a>, neighbours: &[SourceId]) -> Self {
        let (site, path) = (draft.site, draft.path);
        let localized = site.config.localized_path(path);
        let rest = localized.as_ref().map(|localized| localized.rest.as_str());
        let mut rules = Vec::new();
        for rule in &site.config.front_matter {
            if rule.fits(path, rest) {
                rules.push(rule);
            }
        }
        let mut near = Vec::new();
        for id in neighbours {
            if let Some(linked) = site.linked(*id) {
                near.push((*id, &linked.document.front_matter));
            }
        }
        FrontMatterWriter { draft, near, rules }
    }

    /// The keys of the new page, in order.
    fn keys(&self) -> Vec<String> {
        let usual = self.usual_keys();
        let mut keys: Vec<String> = Vec::new();
        // The page that has most of the usual keys shows their order; others follow alphabetically.
        if let Some(model) = self.model(&usual) {
            for entry in &model.entries {
                if usual.contains(&&*entry.key) {
                    add(&mut keys, &entry.key);
                }
            }
        }
        for key in &usual {
            add(&mut keys, key);
        }
        for rule in &self.rules {
            for key in &rule.required {
                add(&mut keys, key);
            }
        }
        // An order that a rule demands is stronger than the example of the neighbours: `hjelp check` would report theirs.
        if let Some(rule) = self.rules.iter().find(|rule| !rule.order.is_empty()) {
            keys.sort_by_key(|key| {
                let index = rule.order.iter().position(|other| other == key);
                index.unwrap_or(rule.order.len())
            });
        }
        keys
    }

    /// The keys at least half of the neighbours have, in alphabetical order.
    fn usual_keys(&self) -> Vec<&'a str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, front) in &self.near {
            for entry in &front.entries {
                *counts.entry(&entry.key).or_default() += 1;
            }
        }
        let mut usual = Vec::new();
        for (key, count) in counts {
            if count * 2 >= self.near.len() && !OWN.contains(&key) && !self.is_renamed(key) {
                usual.push(key);
            }
        }
        usual
    }

    /// True for a key that a rule calls by a new name: old pages have it, but a new one should not.
    fn is_renamed(&self, key: &str) -> bool {
        let mut renamed = self.rules.iter().flat_map(|rule| &rule.renamed);
        renamed.any(|(old, _)| old == key)
    }

    /// The front matter with most of the usual keys; of several, the shortest, then the first.
    fn model(&self, usual: &[&str]) -> Option<&'a FrontMatter> {
        let mut best = None;
        for (id, front) in &self.near {
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

    /// The value of a key; nothing if it can't be known and isn't required.
    fn value(&self, key: &str) -> Option<String> {
        let language = self.draft.language;
        match key {
            "title" | "description" => Some(scalar(self.draft.title)),
            "uid" => match self.uid() {
                Some(uid) => Some(scalar(&uid)),
                // An empty uid would be an error of its own.
                None if self.is_required(key) => Some(scalar(self.draft.path.stem())),
                None => None,
            },
            "language" if self.rules.iter().any(|rule| rule.language) => Some(language.to_owned()),
            // Without a rule sites differ: `en`, `en-us`, `English`.
            "language" => self.usual(key).or(Some(language.to_owned())),
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
        for (id, front) in &self.near {
            let Some(node) = front.get(key) else { continue };
            if !node.text().unwrap_or("").trim().is_empty() {
                let spelling = node.span.of(&self.draft.site.source(*id).text);
                *counts.entry(spelling).or_default() += 1;
            }
        }
        let (value, count) = most_frequent(counts)?;
        // A value on several lines depends on the indentation of its own file.
        if count * 2 < self.near.len() || value.contains('\n') {
            return None;
        }
        Some(value.to_owned())
    }

    /// Today as most neighbours spell dates: `03/14/2026`, `03.14.2026` or `2026-03-14`.
    fn date(&self, key: &str) -> String {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for (_, front) in &self.near {
            let text = front.text(key).unwrap_or("").trim_start();
            let separator = text
                .trim_start_matches(|sign: char| sign.is_ascii_digit())
                .chars()
                .next();
            if let Some(separator) = separator {
                *counts.entry(separator).or_default() += 1;
            }
        }
        let today = self.draft.today;
        let (month, day, year) = (today.month(), today.day(), today.year());
        for separator in ['/', '.'] {
            let count = counts.get(&separator).copied().unwrap_or(0);
            if count * 2 <= self.near.len() {
                continue;
            }
            let (first, second) = match self.draft.site.config.day_first_dates {
                true => (day, month),
                false => (month, day),
            };
            return format!("{first:02}{separator}{second:02}{separator}{year:04}");
        }
        today.to_string()
    }

    /// The prefix of the neighbours' uids and the name of this file. Nothing if their uids are not made of the names of their files: a wrong
    /// uid is worse than none.
    fn uid(&self) -> Option<String> {
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, front) in &self.near {
            let Some(uid) = front.text("uid") else {
                continue;
            };
            if let Some(prefix) = uid
                .trim()
                .strip_suffix(self.draft.site.source(*id).path.stem())
            {
                *prefixes.entry(prefix).or_default() += 1;
            }
        }
        let (prefix, _) = most_frequent(prefixes)?;
        let stem = self.draft.path.stem();
        // The name of the folder says what the page is about; `no-index` would be the uid of every such page.
        if stem == "index" {
            let folder = self.draft.path.parent();
            let uid = format!("{prefix}{}", folder.file_name());
            let is_free = folder != *self.draft.top && self.draft.site.uid(&uid).is_none();
            return is_free.then_some(uid);
        }
        // Names like `index` are in every folder, but a uid is there once in the whole site.
        let with_folder = format!("{prefix}{}-{stem}", self.draft.path.parent().file_name());
        let candidates = [format!("{prefix}{stem}"), with_folder];
        candidates
            .into_iter()
            .find(|uid| self.draft.site.uid(uid).is_none())
    }
}

/// The most frequent text; of several, the first in alphabetical order, so that the answer is always the same.
fn most_frequent(counts: BTreeMap<&str, usize>) -> Option<(&str, usize)> {
    counts
        .into_iter()
        .max_by_key(|(text, count)| (*count, Reverse(*text)))
}
