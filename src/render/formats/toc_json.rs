//! `toc.json` in the folder of every toc of a site that DocFX built before (DocFX spec 14.7): scripts of such a site go on working.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::toc_redirect::published_name;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::site::address::AddressParts;
use crate::site::href::{Base, sanitize};
use crate::site::navigation::NavTree;
use crate::site::toc_items::{TocItem, TocLink, toc_items};
use crate::site::{Graph, PageId, PageVersion, Target};
use crate::source::yaml::{Scalar, ScalarStyle, YamlNode, YamlValue};
use crate::source::{SitePath, SourceId};

pub(super) static TOC_JSON: Format = Format {
    name: "toc-json",
    kind: FormatKind::Data,
    replaces_content: true,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

/// The order that DocFX gives a toc that another one unfolds, if its author gave none (DocFX spec 14.3).
const NESTED_ORDER: i64 = 100;

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    if !graph.config.publish.docfx_outputs {
        return outputs;
    }
    for tree in graph.navigations() {
        if let Some(path) = published_name(&tree.output, "json") {
            let subject = Subject::Toc(tree.toc, tree.locale);
            outputs.push(Output::new(&TOC_JSON, path, subject));
        }
    }
    outputs
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    let Subject::Toc(toc, locale) = output.subject else {
        return Content::Text(String::new());
    };
    let trees = graph.navigations();
    for tree in trees {
        if tree.toc == toc && tree.locale == locale {
            let links = TocLinks {
                graph,
                tree,
                base: Base::Folder(tree.output.parent()),
            };
            let toc = TocFile {
                links: &links,
                items: &toc_items(graph, toc),
            };
            // Texts can always be written.
            return Content::Text(serde_json::to_string(&toc).unwrap_or_default());
        }
    }
    Content::Text(String::new())
}

/// Resolves the links of one toc in one language.
struct TocLinks<'a> {
    graph: &'a Graph,
    tree: &'a NavTree,
    base: Base,
}

/// The file.
struct TocFile<'a> {
    links: &'a TocLinks<'a>,
    items: &'a [TocItem<'a>],
}

/// One entry, with the entries inside.
struct TocFileItem<'a> {
    links: &'a TocLinks<'a>,
    item: &'a TocItem<'a>,
}

impl TocLinks<'_> {
    fn address(&self, link: TocLink) -> Option<String> {
        let (reference, target) = self.graph.toc_reference(link)?;
        let parts = AddressParts::of(reference.target);
        let tail = format!("{}{}", parts.query, parts.fragment);
        Some(match target {
            Target::Page { .. } => {
                let page = self.graph.page(self.page(link)?);
                self.base.address(&page.output, &tail)
            }
            Target::Asset(path) => self.base.address(&self.graph.output_of(path)?, &tail),
            Target::Toc(toc) => self.base.address(&self.toc_page(*toc)?, ""),
            Target::ExternalUid(uid) => {
                let (_, page) = self.graph.external_page(uid)?;
                sanitize(page.href.as_deref()?).into_owned()
            }
            // The sidebar has a text there, too: a script that follows the address would only find that nothing is published.
            Target::Broken(_) => return None,
            _ => sanitize(reference.target).into_owned(),
        })
    }

    fn is_known(&self, link: TocLink) -> bool {
        match self.graph.toc_reference(link) {
            Some((_, target)) => !matches!(target, Target::Broken(_)),
            None => false,
        }
    }

    fn page(&self, link: TocLink) -> Option<PageId> {
        let (_, target) = self.graph.toc_reference(link)?;
        let Target::Page { set, locale } = target else {
            return None;
        };
        let locale = locale.unwrap_or(self.tree.locale);
        self.graph.version_for(*set, locale).map(PageVersion::page)
    }

    /// The redirect that a toc has in place of a page: see the format `toc-redirect`.
    fn toc_page(&self, toc: SourceId) -> Option<SitePath> {
        let mut output = None;
        for tree in self.graph.navigations() {
            if tree.toc == toc && tree.locale == self.tree.locale {
                output = Some(tree.output.clone());
                break;
            }
        }
        // A toc without entries has no navigation.
        let output = match output {
            Some(output) => output,
            None => self.graph.output_of(self.graph.path(toc))?,
        };
        published_name(&output, "html")
    }

    fn title(&self, link: TocLink) -> Option<&str> {
        match self.graph.toc_reference(link)?.1 {
            Target::ExternalUid(uid) => Some(self.graph.external_page(uid)?.1.text(None, uid)),
            _ => Some(self.graph.title(self.graph.page(self.page(link)?).source)),
        }
    }

    /// The metadata of the toc: of its front matter, then of the configuration.
    fn metadata(&self) -> Vec<(&str, &YamlNode)> {
        let mut metadata: Vec<(&str, &YamlNode)> = Vec::new();
        for entry in self.graph.toc_metadata(self.tree.toc) {
            metadata.push((&entry.key, &entry.value));
        }
        let own = metadata.len();
        let path = self.graph.path(self.tree.toc);
        for (key, value) in self.graph.config.metadata(path) {
            if !metadata[..own].iter().any(|(known, _)| *known == key) {
                metadata.push((key, value));
            }
        }
        metadata
    }

    fn items<'a>(&'a self, items: &'a [TocItem<'a>]) -> Vec<TocFileItem<'a>> {
        let mut wrapped = Vec::with_capacity(items.len());
        for item in items {
            wrapped.push(TocFileItem { links: self, item });
        }
        wrapped
    }
}

impl Serialize for TocFile<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("items", &self.links.items(self.items))?;
        let mut has_order = false;
        for (key, value) in self.links.metadata() {
            // Keys with an underscore are for templates.
            if !key.starts_with('_') && key != "items" {
                map.serialize_entry(key, &TypedValue(value))?;
                has_order |= key == "order";
            }
        }
        if self.links.tree.is_nested && !has_order {
            map.serialize_entry("order", &NESTED_ORDER)?;
        }
        map.end()
    }
}

impl Serialize for TocFileItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (links, item) = (self.links, self.item);
        let mut map = serializer.serialize_map(None)?;
        if let Some(name) = &item.name {
            map.serialize_entry("name", name)?;
        } else if let Some(link) = item.topic_uid.or(item.href)
            && let Some(title) = links.title(link)
        {
            map.serialize_entry("name", title)?;
        }
        if let Some(display) = &item.entry.display {
            map.serialize_entry("displayName", display)?;
        }
        // A uid that is known beats the addresses that are stated.
        let by_uid = item.topic_uid.filter(|uid| links.is_known(*uid));
        // Like the sidebar, an entry whose `href` is broken uses its page.
        let href = match item.href {
            Some(href) if !links.is_known(href) => item.topic_href,
            href => href,
        };
        let addresses = [
            ("href", by_uid.or(href)),
            ("topicHref", by_uid.or(item.topic_href)),
            ("tocHref", item.toc_href),
            ("homepage", item.homepage),
        ];
        for (key, link) in addresses {
            if let Some(link) = link
                && let Some(address) = links.address(link)
            {
                map.serialize_entry(key, &address)?;
            }
        }
        if let Some(link) = item.topic_uid
            && let Some((reference, _)) = links.graph.toc_reference(link)
        {
            map.serialize_entry("topicUid", reference.target)?;
        }
        if let Some(path) = &item.included_from {
            let below_home = path.relative_to(&links.graph.config.home_folder);
            map.serialize_entry("includedFrom", &format!("~/{below_home}"))?;
        }
        if let Some(is_expanded) = item.entry.expanded {
            map.serialize_entry("expanded", &is_expanded)?;
        }
        for entry in &item.entry.extra {
            if !entry.key.starts_with('_') {
                map.serialize_entry(&*entry.key, &TypedValue(&entry.value))?;
            }
        }
        if !item.items.is_empty() {
            map.serialize_entry("items", &links.items(&item.items))?;
        }
        map.end()
    }
}

/// A value of a toc as DocFX reads it: what is not in quotes can be a number or a truth value.
struct TypedValue<'a>(&'a YamlNode);

impl Serialize for TypedValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            YamlValue::Scalar(_) if self.0.is_null() => serializer.serialize_none(),
            YamlValue::Scalar(scalar) => scalar_value(scalar).serialize(serializer),
            YamlValue::List(items) => serializer.collect_seq(items.iter().map(TypedValue)),
            YamlValue::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&*entry.key, &TypedValue(&entry.value))?;
                }
                map.end()
            }
        }
    }
}

fn scalar_value(scalar: &Scalar) -> Value {
    let text = &*scalar.text;
    if scalar.style != ScalarStyle::Plain {
        return Value::from(text);
    }
    match text {
        "true" | "True" | "TRUE" => return Value::from(true),
        "false" | "False" | "FALSE" => return Value::from(false),
        _ => {}
    }
    // Only what is written the same as a number: `007` and `+1` are names of something.
    if let Ok(number) = text.parse::<i64>()
        && number.to_string() == text
    {
        return Value::from(number);
    }
    Value::from(text)
}
