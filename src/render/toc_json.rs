//! `toc.json` and `toc.html` beside every toc of a site that DocFX built before (DocFX spec 14.7): scripts and bookmarks of such a site go on
//! working. The page only leads on to the first page of its toc.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::locale::LocaleId;
use crate::site::address::AddressParts;
use crate::site::navigation::NavTree;
use crate::site::toc_items::{TocItem, TocLink, toc_items};
use crate::site::{PageId, PageVersion, Site, Target};
use crate::source::yaml::YamlNode;
use crate::source::{SitePath, SourceId};

use super::view::Written;
use crate::site::href::{Base, sanitize};

/// Where the tocs are written.
pub(super) fn paths(site: &Site) -> Vec<(SourceId, LocaleId, SitePath)> {
    let trees = site
        .navigations()
        .filter(|_| site.config.publish.docfx_outputs);
    trees
        .filter_map(|tree| {
            Some((
                tree.toc,
                tree.locale,
                tree.output.parent().join("toc.json").ok()?,
            ))
        })
        .collect()
}

/// Where a toc's page is, and the page it leads on to.
pub(super) fn entrances(site: &Site) -> Vec<(PageId, SitePath)> {
    let trees = site
        .navigations()
        .filter(|_| site.config.publish.docfx_outputs);
    trees
        .filter_map(|tree| Some((tree.first_page()?, html(&tree.output)?)))
        .collect()
}

fn html(toc: &SitePath) -> Option<SitePath> {
    toc.parent().join("toc.html").ok()
}

/// A toc in a language.
pub(super) fn json(site: &Site, toc: SourceId, locale: LocaleId) -> Option<String> {
    let tree = site
        .navigations()
        .find(|tree| tree.toc == toc && tree.locale == locale)?;
    let writer = Writer {
        site,
        tree,
        base: Base::Folder(tree.output.parent()),
    };
    let items = toc_items(site, tree.toc);
    let model = Model {
        writer: &writer,
        items: &items,
    };
    serde_json::to_string(&model).ok()
}

struct Writer<'a> {
    site: &'a Site,
    tree: &'a NavTree,
    base: Base,
}

struct Model<'a> {
    writer: &'a Writer<'a>,
    items: &'a [TocItem<'a>],
}

struct Item<'a> {
    writer: &'a Writer<'a>,
    item: &'a TocItem<'a>,
}

impl Writer<'_> {
    fn address(&self, link: TocLink) -> Option<String> {
        let (reference, target) = self.site.reference(link.toc, link.reference)?;
        let parts = AddressParts::of(&reference.target);
        let tail = format!("{}{}", parts.query, parts.fragment);
        Some(match target {
            Target::Page { .. } => self
                .base
                .address(&self.site.page(self.page(link)?).output, &tail),
            Target::Asset(path) => self.base.address(&self.site.output_of(path)?, &tail),
            Target::Toc(toc) => self.base.address(&self.toc_page(*toc)?, ""),
            Target::ExternalUid(uid) => {
                sanitize(self.site.external_page(uid)?.1.href.as_deref()?).into_owned()
            }
            _ => sanitize(&reference.target).into_owned(),
        })
    }

    fn page(&self, link: TocLink) -> Option<PageId> {
        match self.site.reference(link.toc, link.reference)?.1 {
            Target::Page { set, locale } => self
                .site
                .version_for(*set, locale.unwrap_or(self.tree.locale))
                .map(PageVersion::page),
            _ => None,
        }
    }

    fn toc_page(&self, toc: SourceId) -> Option<SitePath> {
        let path = &self.site.source(toc).path;
        let own = self
            .site
            .navigations()
            .find(|tree| tree.toc == toc && tree.locale == self.tree.locale);
        html(
            &own.map(|tree| tree.output.clone())
                .or_else(|| self.site.output_of(path))?,
        )
    }

    fn title(&self, link: TocLink) -> Option<&str> {
        match self.site.reference(link.toc, link.reference)?.1 {
            Target::ExternalUid(uid) => Some(self.site.external_page(uid)?.1.text(None, uid)),
            _ => Some(self.site.title(self.site.page(self.page(link)?).source)),
        }
    }
}

impl Serialize for Model<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let site = self.writer.site;
        let mut map = serializer.serialize_map(None)?;
        let items: Vec<Item> = self
            .items
            .iter()
            .map(|item| Item {
                writer: self.writer,
                item,
            })
            .collect();
        map.serialize_entry("items", &items)?;
        let front = site
            .linked(self.writer.tree.toc)
            .map(|linked| &linked.document.front_matter.entries);
        let stated: Vec<(&str, &YamlNode)> = front
            .into_iter()
            .flatten()
            .map(|entry| (&*entry.key, &entry.value))
            .collect();
        let given = site
            .config
            .metadata(&site.source(self.writer.tree.toc).path);
        let given = given
            .into_iter()
            .filter(|(key, _)| !stated.iter().any(|(known, _)| known == key));
        for (key, value) in stated
            .iter()
            .copied()
            .chain(given)
            .filter(|(key, _)| !key.starts_with('_') && *key != "items")
        {
            map.serialize_entry(key, &Written(value))?;
        }
        map.end()
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (writer, item) = (self.writer, self.item);
        let mut map = serializer.serialize_map(None)?;
        let own = item
            .name
            .as_deref()
            .or_else(|| writer.title(item.topic_uid.or(item.href)?));
        if let Some(name) = own {
            map.serialize_entry("name", name)?;
        }
        if let Some(display) = &item.entry.display {
            map.serialize_entry("displayName", display)?;
        }
        // A uid fills in the address that isn't said.
        let by_uid = item.topic_uid.filter(|_| item.topic_href.is_none());
        let addresses = [
            ("href", item.href.or(by_uid)),
            ("topicHref", item.topic_href.or(by_uid)),
            ("tocHref", item.toc_href),
            ("homepage", item.homepage),
        ];
        for (key, link) in addresses {
            if let Some(address) = link.and_then(|link| writer.address(link)) {
                map.serialize_entry(key, &address)?;
            }
        }
        if let Some((reference, _)) = item
            .topic_uid
            .and_then(|link| writer.site.reference(link.toc, link.reference))
        {
            map.serialize_entry("topicUid", &*reference.target)?;
        }
        if item.entry.expanded {
            map.serialize_entry("expanded", &true)?;
        }
        for entry in item
            .entry
            .extra
            .iter()
            .filter(|entry| !entry.key.starts_with('_'))
        {
            map.serialize_entry(&*entry.key, &Written(&entry.value))?;
        }
        if !item.items.is_empty() {
            let items: Vec<Item> = item
                .items
                .iter()
                .map(|item| Item { writer, item })
                .collect();
            map.serialize_entry("items", &items)?;
        }
        map.end()
    }
}
