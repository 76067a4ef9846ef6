//! The `toc.json` and xref maps of two sites -> entries and uids that are otherwise in the second.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::built_site::BuiltSite;
use super::by_design::Reason;
use super::place::Place;
use crate::source::yaml::{self, YamlNode};

/// What is found in one map.
#[derive(Debug, Default)]
pub(super) struct MapChanges {
    pub changes: Vec<Place>,
    pub reasons: Vec<Reason>,
    /// How many entries were compared.
    pub compared: usize,
}

impl MapChanges {
    fn add(&mut self, page: &str, what: String) {
        self.changes.push(Place {
            page: page.to_owned(),
            what,
        });
    }
}

/// Compares the entries of the table of contents at `path`.
pub(super) fn toc_changes(
    path: &str,
    old: &str,
    new: Option<&str>,
    site: &BuiltSite,
) -> MapChanges {
    let mut comparison = TocComparison {
        path,
        site,
        found: MapChanges::default(),
    };
    // The JSON parser takes no byte order mark, which programs on Windows may write.
    let old: Value = serde_json::from_str(old.trim_start_matches('\u{feff}')).unwrap_or_default();
    let Some(new) = new else {
        comparison
            .found
            .add(path, "the table of contents is gone".to_owned());
        return comparison.found;
    };
    let new: Value = serde_json::from_str(new).unwrap_or_default();
    comparison.level(items(&old), items(&new), "");
    comparison.found
}

struct TocComparison<'a> {
    path: &'a str,
    site: &'a BuiltSite,
    found: MapChanges,
}

impl TocComparison<'_> {
    /// Pairs entries in order: one that has no partner of its name is missing or added.
    fn level(&mut self, old: &[Value], new: &[Value], above: &str) {
        let mut next = 0;
        for entry in old {
            self.found.compared += 1;
            let name = text(entry, "name");
            let shown = format!("{above}{}", name.unwrap_or("(no name)"));
            let found = partner(entry, &new[next..]);
            let Some(offset) = found else {
                self.found.add(self.path, format!("`{shown}` is gone"));
                continue;
            };
            for added in &new[next..next + offset] {
                let added = text(added, "name").unwrap_or("(no name)");
                self.found
                    .add(self.path, format!("`{above}{added}` is new"));
            }
            let other = &new[next + offset];
            next += offset + 1;
            self.entry(entry, other, &shown);
            self.level(items(entry), items(other), &format!("{shown} > "));
        }
        for added in &new[next..] {
            let added = text(added, "name").unwrap_or("(no name)");
            self.found
                .add(self.path, format!("`{above}{added}` is new"));
        }
    }

    fn entry(&mut self, old: &Value, new: &Value, shown: &str) {
        if text(old, "name") != text(new, "name") {
            let name = text(new, "name").unwrap_or("(no name)");
            self.found
                .add(self.path, format!("`{shown}` is called `{name}`"));
        }
        let (href, other) = (text(old, "href"), text(new, "href"));
        if href == other {
            return;
        }
        match self.reason(href, other) {
            Some(reason) => self.found.reasons.push(reason),
            None => {
                let [href, other] = [href, other].map(|href| href.unwrap_or("nothing"));
                let what = format!("`{shown}` leads to `{other}` instead of `{href}`");
                self.found.add(self.path, what);
            }
        }
    }

    fn reason(&self, old: Option<&str>, new: Option<&str>) -> Option<Reason> {
        let old = old?;
        let Some(new) = new else {
            let is_there = self.site.has_address(self.path, old);
            return (!is_there).then_some(Reason::LeadsNowhere);
        };
        if let Some(source) = old.strip_suffix(".yml")
            && new.strip_suffix(".html") == Some(source)
        {
            return Some(Reason::PageType);
        }
        (format!("{old}index.html") == new).then_some(Reason::IndexPage)
    }
}

/// Which of the following entries is the same: with its name, or with its address.
fn partner(entry: &Value, others: &[Value]) -> Option<usize> {
    let name = text(entry, "name");
    let href = text(entry, "href");
    let mut by_address = None;
    for (at, other) in others.iter().enumerate() {
        // By name first, because several entries may have one address.
        if text(other, "name") == name {
            return Some(at);
        }
        if href.is_some() && text(other, "href") == href && by_address.is_none() {
            by_address = Some(at);
        }
    }
    by_address
}

fn text<'a>(entry: &'a Value, key: &str) -> Option<&'a str> {
    entry.get(key)?.as_str()
}

fn items(entry: &Value) -> &[Value] {
    match entry
        .as_object()
        .and_then(|entry: &Map<_, _>| entry.get("items"))
    {
        Some(Value::Array(items)) => items,
        _ => &[],
    }
}

/// Compares the uids of two xref maps.
pub(super) fn uid_changes(path: &str, old: &str, new: Option<&str>) -> MapChanges {
    let mut found = MapChanges::default();
    let old = references(old);
    let Some(new) = new else {
        // A map without uids is no loss.
        if !old.is_empty() {
            found.add(path, format!("the map with {} uids is gone", old.len()));
        }
        return found;
    };
    let new = references(new);
    for (uid, reference) in &old {
        found.compared += 1;
        let Some(other) = new.get(uid) else {
            found.add(path, format!("uid `{uid}` is gone"));
            continue;
        };
        if reference.href != other.href {
            let what = format!(
                "uid `{uid}` leads to `{}` instead of `{}`",
                other.href, reference.href
            );
            found.add(path, what);
        }
        if reference.name != other.name {
            let what = format!(
                "uid `{uid}` is called `{}` instead of `{}`",
                other.name, reference.name
            );
            found.add(path, what);
        }
    }
    found
}

#[derive(Debug, Default)]
struct MapReference {
    name: String,
    href: String,
}

fn references(map: &str) -> BTreeMap<String, MapReference> {
    let (root, _) = yaml::parse(map.trim_start_matches('\u{feff}'), 0);
    let mut references = BTreeMap::new();
    let Some(list) = root.as_ref().and_then(|root| root.get("references")) else {
        return references;
    };
    for entry in list.items() {
        let [uid, name, href] = ["uid", "name", "href"].map(|key| {
            let value = entry.get(key).and_then(YamlNode::text);
            value.unwrap_or("").to_owned()
        });
        references.insert(uid, MapReference { name, href });
    }
    references
}
