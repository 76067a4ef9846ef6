//! Maps of other sites' uids (`xrefmap.yml`, or the same as JSON) -> where those uids lead (DocFX spec 9.4). Reads only maps that lie among
//! the sources: nothing is fetched.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, SourceId, Sources, Span};

/// A page of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalPage {
    /// Its address: whole, or as seen from the top of this site.
    pub href: Option<Box<str>>,
    /// Its properties by name, as the map spells them: `name`, `fullName` ...
    pub properties: Vec<(Box<str>, Box<str>)>,
}

impl ExternalPage {
    /// What the page is called: by the property that is asked for, else by its name, else by `uid`.
    pub fn text<'a>(&'a self, wanted: Option<&str>, uid: &'a str) -> &'a str {
        let of = |name: &str| {
            let found = self
                .properties
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name));
            found
                .map(|(_, text)| &**text)
                .filter(|text| !text.is_empty())
        };
        let either = |name: &str| of(&format!("{name}.csharp")).or_else(|| of(name));
        wanted
            .and_then(either)
            .or_else(|| either("name"))
            .unwrap_or(uid)
    }
}

/// The uids of all maps the configuration names.
#[derive(Debug, Default)]
pub(super) struct XrefMaps {
    pages: BTreeMap<Box<str>, ExternalPage>,
    /// Maps that could not be read: where, and why.
    pub unreadable: Vec<(SourceId, Span, String)>,
}

impl XrefMaps {
    pub fn read(sources: &Sources, config: &Config) -> XrefMaps {
        let mut foreign = XrefMaps::default();
        let mut next: Vec<SitePath> = config.publish.xref_maps.clone();
        let mut seen = BTreeSet::new();
        next.reverse();
        while let Some(path) = next.pop() {
            // What was in an archive lies below its path.
            let inside = sources
                .ids()
                .filter(|id| sources.get(*id).path.starts_with(&path));
            for id in inside.collect::<Vec<_>>() {
                if seen.insert(id) {
                    next.extend(foreign.map(sources, id));
                }
            }
        }
        foreign
    }

    /// True if the maps say in `sources` what they said `before`.
    pub fn is_same(&self, before: &Sources, sources: &Sources, config: &Config) -> bool {
        // Maps may refer to others, which lie anywhere.
        let is_map = |path: &SitePath| !path.has_extension("md");
        config.publish.xref_maps.is_empty()
            || before
                .texts()
                .iter()
                .zip(sources.texts())
                .all(|(before, now)| !is_map(&now.path) || before == now)
    }

    pub fn get(&self, uid: &str) -> Option<(&str, &ExternalPage)> {
        self.pages
            .get_key_value(uid)
            .map(|(uid, page)| (&**uid, page))
    }

    /// Reads one map; returns those it refers to. Of two maps that know a uid, the one named first counts.
    fn map(&mut self, sources: &Sources, id: SourceId) -> Vec<SitePath> {
        let source = sources.get(id);
        // In JSON a tab is never part of a text, and YAML has no use for it.
        let text = if source.text.trim_start().starts_with('{') {
            source.text.replace('\t', " ")
        } else {
            source.text.to_string()
        };
        let (root, problems) = yaml::parse(&text, 0);
        self.unreadable.extend(
            problems
                .into_iter()
                .take(1)
                .map(|problem| (id, problem.span, problem.message)),
        );
        let Some(root) = root else { return Vec::new() };
        let value =
            |node: &YamlNode, key: &str| node.get(key).and_then(YamlNode::text).map(str::to_owned);
        let base = value(&root, "baseUrl");
        for reference in root
            .get("references")
            .map(YamlNode::items)
            .unwrap_or_default()
        {
            let Some(uid) = value(reference, "uid") else {
                continue;
            };
            let href = value(reference, "href").map(|href| absolute(base.as_deref(), &href).into());
            let properties = reference
                .entries()
                .iter()
                .filter_map(|entry| Some((entry.key.clone(), entry.value.text()?.into())));
            let page = ExternalPage {
                href,
                properties: properties.collect(),
            };
            self.pages.entry(uid.into()).or_insert(page);
        }
        let others = root
            .get("redirections")
            .map(YamlNode::items)
            .unwrap_or_default();
        let others = others
            .iter()
            .filter_map(|other| value(other, "href"))
            .filter(|href| !href.contains("://"));
        others
            .filter_map(|href| source.path.parent().join(&href).ok())
            .collect()
    }
}

fn absolute(base: Option<&str>, href: &str) -> String {
    match base {
        Some(base) if !href.contains("://") && !href.starts_with("//") => {
            format!(
                "{}/{}",
                base.trim_end_matches('/'),
                href.trim_start_matches('/')
            )
        }
        _ => href.to_owned(),
    }
}
