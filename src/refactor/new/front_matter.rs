//! Neighbours and rules -> the front matter of a new page: the keys that most neighbours have and those that must be there, in their order,
//! with the values that can be known.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::FrontMatterRule;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SitePath, SourceId};
use crate::syntax::FrontMatter;
use crate::syntax::front_matter::is_date_key;

/// Keys that say something of one page alone.
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

/// The block with its fences and an empty line below, or nothing if no page here has one.
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
    let writer = Writer {
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
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, front) in near {
        front
            .entries
            .iter()
            .for_each(|entry| *counts.entry(&entry.key).or_default() += 1);
    }
    let renamed = |key: &str| {
        rules
            .iter()
            .any(|rule| rule.renamed.iter().any(|(old, _)| old == key))
    };
    let usual = |key: &str| {
        counts.get(key).is_some_and(|count| count * 2 >= near.len())
            && !OWN.contains(&key)
            && !renamed(key)
    };
    // The page that has the most of what is usual shows the order.
    let model = near.iter().max_by_key(|(id, front)| {
        (
            front
                .entries
                .iter()
                .filter(|entry| usual(&entry.key))
                .count(),
            std::cmp::Reverse(front.entries.len()),
            std::cmp::Reverse(*id),
        )
    });
    let mut keys: Vec<String> = Vec::new();
    let usual_keys = model
        .into_iter()
        .flat_map(|(_, front)| &front.entries)
        .map(|entry| entry.key.to_string());
    let others = counts.keys().map(|key| (*key).to_owned());
    let required = rules.iter().flat_map(|rule| rule.required.iter().cloned());
    for key in usual_keys
        .chain(others)
        .filter(|key| usual(key))
        .chain(required)
    {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if let Some(rule) = rules.iter().find(|rule| !rule.order.is_empty()) {
        let place = |key: &String| {
            rule.order
                .iter()
                .position(|other| other == key)
                .unwrap_or(rule.order.len())
        };
        keys.sort_by_key(place);
    }
    keys
}

struct Writer<'a> {
    site: &'a Site,
    path: &'a SitePath,
    locale: LocaleId,
    title: &'a str,
    today: Date,
    near: &'a [(SourceId, &'a FrontMatter)],
    rules: &'a [&'a FrontMatterRule],
}

impl Writer<'_> {
    /// The value of a key; nothing if it can't be known and needn't be there.
    fn value(&self, key: &str) -> Option<String> {
        let folder = &self.site.config.locales.get(self.locale).folder;
        let required = self
            .rules
            .iter()
            .any(|rule| rule.required.iter().any(|other| other == key));
        match key {
            "title" | "description" => Some(scalar(self.title)),
            "uid" => self
                .uid()
                .map(|uid| scalar(&uid))
                .or(required.then(|| scalar(self.path.stem()))),
            "language" if self.rules.iter().any(|rule| rule.language) => Some(folder.clone()),
            "language" => self.usual(key).or(Some(folder.clone())),
            _ if is_date_key(key) => Some(self.date(key)),
            _ => {
                let allowed = self
                    .rules
                    .iter()
                    .flat_map(|rule| &rule.values)
                    .find(|(other, _)| other == key)
                    .map(|(_, values)| values);
                let first = allowed
                    .and_then(|values| values.first())
                    .map(|value| scalar(value));
                // What only the author can know stays empty, and `hjelp check` asks for it.
                self.usual(key)
                    .or_else(|| required.then(|| first.unwrap_or_default()))
            }
        }
    }

    /// What at least half of the neighbours say, as they spell it.
    fn usual(&self, key: &str) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, front) in self.near {
            if let Some(node) = front
                .get(key)
                .filter(|node| node.text().is_some_and(|text| !text.trim().is_empty()))
            {
                *counts
                    .entry(node.span.of(&self.site.source(*id).text))
                    .or_default() += 1;
            }
        }
        let (value, count) = counts
            .into_iter()
            .max_by_key(|(value, count)| (*count, std::cmp::Reverse(*value)))?;
        (count * 2 >= self.near.len() && !value.contains('\n')).then(|| value.to_owned())
    }

    /// As the neighbours write it: `03.14.2026` or `2026-03-14`.
    fn date(&self, key: &str) -> String {
        let american = self
            .near
            .iter()
            .filter(|(_, front)| front.text(key).is_some_and(|text| !text.contains('-')))
            .count();
        match american * 2 > self.near.len() {
            true => format!(
                "{:02}.{:02}.{:04}",
                self.today.month(),
                self.today.day(),
                self.today.year()
            ),
            false => self.today.to_string(),
        }
    }

    /// A uid like the neighbours': what they have in front of the names of their files, and the name of this one. Nothing if theirs are of
    /// another kind, as a wrong uid is worse than none.
    fn uid(&self) -> Option<String> {
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, front) in self.near {
            let prefix = front
                .text("uid")
                .and_then(|uid| uid.trim().strip_suffix(self.site.source(*id).path.stem()));
            if let Some(prefix) = prefix {
                *prefixes.entry(prefix).or_default() += 1;
            }
        }
        let (prefix, _) = prefixes
            .into_iter()
            .max_by_key(|(prefix, count)| (*count, std::cmp::Reverse(*prefix)))?;
        let wanted = format!("{prefix}{}", self.path.stem());
        let with_folder = || {
            format!(
                "{prefix}{}-{}",
                self.path.parent().file_name(),
                self.path.stem()
            )
        };
        let free = |uid: &String| self.site.uid(uid).is_none();
        Some(wanted)
            .filter(free)
            .or_else(|| Some(with_folder()).filter(free))
    }
}

/// A text as YAML reads it back.
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
