//! Xref maps of other sites (`xrefmap.yml`, or the same as JSON) -> the pages their uids name (DocFX spec 9.4). Reads only maps among the
//! sources: nothing is fetched.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::Xxh3;

use crate::config::Config;
use crate::message;
use crate::source::yaml::{self, YamlNode, YamlValue};
use crate::source::{Message, SitePath, Source, SourceId, Sources, Span};

/// A page of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalPage {
    /// Its address: absolute, or relative to the top of this site.
    pub href: Option<Box<str>>,
    /// Its properties by name, as the map spells them: `name`, `fullName` ...
    pub properties: Vec<(Box<str>, Box<str>)>,
}

impl ExternalPage {
    /// The text of a link to the page: the property that is asked for, else its name, else `uid`.
    pub fn text<'a>(&'a self, wanted: Option<&str>, uid: &'a str) -> &'a str {
        if let Some(wanted) = wanted
            && let Some(text) = self.localized_property(wanted)
        {
            return text;
        }
        self.localized_property("name").unwrap_or(uid)
    }

    /// A property, in the spelling of C# if the map has several: DocFX adds the language to the names of those.
    fn localized_property(&self, name: &str) -> Option<&str> {
        match self.property(&format!("{name}.csharp")) {
            Some(text) => Some(text),
            None => self.property(name),
        }
    }

    fn property(&self, name: &str) -> Option<&str> {
        let mut properties = self.properties.iter();
        let (_, text) = properties.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        if text.is_empty() { None } else { Some(text) }
    }
}

/// A map that is not valid YAML or JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableMap {
    /// The map.
    pub source: SourceId,
    /// The first place that can't be read.
    pub span: Span,
    /// What is wrong there.
    pub message: Message,
}

/// The uids of all maps the configuration names.
#[derive(Debug, Default)]
pub(super) struct XrefMaps {
    pages: BTreeMap<Box<str>, ExternalPage>,
    pub unreadable: Vec<UnreadableMap>,
    /// The files that were read, with the hash of their text.
    files: Vec<(SourceId, u128)>,
}

impl XrefMaps {
    pub fn read(sources: &Sources, config: &Config) -> XrefMaps {
        let mut maps = XrefMaps::default();
        let mut open: Vec<SitePath> = config.publish.xref_maps.clone();
        let mut seen = BTreeSet::new();
        // The map that is named first is read first, and those it refers to before the next.
        open.reverse();
        while let Some(path) = open.pop() {
            for id in sources.ids() {
                // The files of an archive are below its path.
                if sources.get(id).path.starts_with(&path) && seen.insert(id) {
                    open.extend(maps.add(sources, id));
                }
            }
        }
        maps
    }

    /// True if the same would be read again. `sources` must have the same paths as those that were read.
    pub fn is_up_to_date(&self, sources: &Sources) -> bool {
        let mut files = self.files.iter();
        files.all(|(id, hash)| sources.get(*id).content_hash() == *hash)
    }

    /// Equal if the same maps were read.
    pub fn hash(&self) -> u128 {
        let mut hash = Xxh3::new();
        for (id, text) in &self.files {
            hash.update(&id.index().to_le_bytes());
            hash.update(&text.to_le_bytes());
        }
        hash.digest128()
    }

    /// The page with this uid, and the uid as the map spells it.
    pub fn get(&self, uid: &str) -> Option<(&str, &ExternalPage)> {
        let (uid, page) = self.pages.get_key_value(uid)?;
        Some((uid, page))
    }

    /// Reads one map; returns those it refers to. Of two maps with one uid, the one that is read first counts.
    fn add(&mut self, sources: &Sources, id: SourceId) -> Vec<SitePath> {
        let source = sources.get(id);
        self.files.push((id, source.content_hash()));
        // JSON is YAML but for tabs between its values; no text in it has one.
        let text = if source.text.trim_start().starts_with('{') {
            source.text.replace('\t', " ")
        } else {
            source.text.to_string()
        };
        let (root, problems) = yaml::parse(&text, 0);
        if let Some(first) = problems.into_iter().next() {
            self.unreadable.push(UnreadableMap {
                source: id,
                span: first.span,
                message: first.message,
            });
        }
        let is_map = root
            .as_ref()
            .is_some_and(|root| matches!(root.value, YamlValue::Map(_)));
        if !is_map && !self.unreadable.iter().any(|known| known.source == id) {
            self.unreadable.push(UnreadableMap {
                source: id,
                span: Span::default(),
                message: "this is no xref map: it has no list of `references`".into(),
            });
        }
        let Some(root) = root else { return Vec::new() };
        let base = text_of(&root, "baseUrl");
        for reference in items(&root, "references") {
            let Some(uid) = text_of(reference, "uid") else {
                continue;
            };
            let mut href = text_of(reference, "href").map(|href| absolute(base, href));
            if let Some(address) = &href
                && !is_page_address(address)
            {
                self.unreadable
                    .push(unusable(id, reference, &root, address));
                href = None;
            }
            let page = ExternalPage {
                href: href.map(String::into_boxed_str),
                properties: properties(reference),
            };
            // DocFX takes the map whose download ends first (DocFX spec 9.4); a fixed order gives the same site each time.
            self.pages.entry(uid.into()).or_insert(page);
        }
        redirections(source, &root)
    }
}

/// True for the address of a page: relative, or of a scheme that opens no program and runs no script. A map is another site's file.
fn is_page_address(address: &str) -> bool {
    // Browsers drop these wherever they are in a scheme (URL Standard, 4.4).
    let bare: String = address
        .chars()
        .filter(|char| !char.is_control() && !char.is_whitespace())
        .collect();
    let Some((scheme, _)) = bare.split_once(':') else {
        return true;
    };
    // A colon behind the first of these is part of a path, a query or a fragment.
    if scheme.contains(['/', '?', '#', '\\']) {
        return true;
    }
    ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
}

/// The address of a reference in a map, or the base of all of them, can't be linked to.
fn unusable(
    source: SourceId,
    reference: &YamlNode,
    root: &YamlNode,
    address: &str,
) -> UnreadableMap {
    let node = match reference.get("href") {
        Some(href) if href.text() == Some(address) => href,
        _ => root.get("baseUrl").unwrap_or(reference),
    };
    let scheme = address.split(':').next().unwrap_or_default();
    UnreadableMap {
        source,
        span: node.span,
        message: message!(
            "`{scheme}:` is not the beginning of an address of a page: it has to be `https:`, `http:`, `mailto:` or a relative path",
            scheme = scheme.escape_debug().to_string()
        ),
    }
}

fn text_of<'a>(node: &'a YamlNode, key: &str) -> Option<&'a str> {
    node.get(key)?.text()
}

fn items<'a>(node: &'a YamlNode, key: &str) -> &'a [YamlNode] {
    node.get(key).map(YamlNode::items).unwrap_or_default()
}

fn properties(reference: &YamlNode) -> Vec<(Box<str>, Box<str>)> {
    let mut properties = Vec::new();
    for entry in reference.entries() {
        if let Some(text) = entry.value.text() {
            properties.push((entry.key.clone(), text.into()));
        }
    }
    properties
}

/// The other maps a map refers to, as far as they are files.
fn redirections(source: &Source, root: &YamlNode) -> Vec<SitePath> {
    let mut paths = Vec::new();
    for other in items(root, "redirections") {
        if let Some(href) = text_of(other, "href")
            && !href.contains("://")
            && let Ok(path) = source.path.parent().join(href)
        {
            paths.push(path);
        }
    }
    paths
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_found_in_any_case_and_those_of_csharp_first() {
        let page = ExternalPage {
            href: None,
            properties: vec![
                ("name.csharp".into(), "List<T>".into()),
                ("name.vb".into(), "List(Of T)".into()),
                ("FullName".into(), "System.List".into()),
            ],
        };
        assert_eq!(page.text(None, "u"), "List<T>");
        assert_eq!(page.text(Some("fullName"), "u"), "System.List");
        assert_eq!(page.text(Some("other"), "u"), "List<T>");
    }

    #[test]
    fn only_addresses_of_pages_are_linked_to() {
        for good in [
            "https://x.no/a?b=javascript:c#d:e",
            "HTTP://x.no",
            "mailto:post@x.no",
            "//x.no/a",
            "a/b.html",
            "../a:b.html",
            "?a:b",
            "#a:b",
            "",
        ] {
            assert!(is_page_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " java\tscript\n:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ms-word:ofe|u|https://x.no",
            "blob:https://x.no/a",
        ] {
            assert!(!is_page_address(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_are_relative_to_the_base_of_their_map() {
        assert_eq!(
            absolute(Some("https://x.no/a/"), "/b.html"),
            "https://x.no/a/b.html"
        );
        assert_eq!(
            absolute(Some("https://x.no"), "http://y.no/b"),
            "http://y.no/b"
        );
        assert_eq!(absolute(None, "b.html"), "b.html");
    }
}
