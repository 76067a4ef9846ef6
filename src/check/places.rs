//! What checks need to know about places: which files are like a missing one, and how a reader comes to a fragment.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::site::{Site, nearest};
use crate::source::{SitePath, SourceId};
use crate::syntax::{RefId, Reference};

pub(super) struct Places<'a> {
    site: &'a Site,
    /// Lower-case file name -> files of that name.
    by_name: BTreeMap<String, Vec<&'a SitePath>>,
    by_folder: BTreeMap<SitePath, Vec<&'a SitePath>>,
}

impl<'a> Places<'a> {
    pub fn new(site: &'a Site) -> Self {
        let mut places = Places { site, by_name: BTreeMap::new(), by_folder: BTreeMap::new() };
        let paths = site.sources.texts().iter().map(|source| &source.path).chain(site.sources.assets().keys());
        for path in paths {
            places.by_name.entry(path.file_name().to_lowercase()).or_default().push(path);
            places.by_folder.entry(path.parent()).or_default().push(path);
        }
        places
    }

    /// What the author may have meant by `wanted`, as a path relative to the file that says it: the same name in other letters, a like
    /// name in the same folder, or the only file of that name below the same language folder.
    pub fn suggest(&self, from: SourceId, wanted: &SitePath) -> Option<String> {
        let folder = self.site.source(from).path.parent();
        let name = wanted.file_name();
        let neighbours = self.by_folder.get(&wanted.parent()).map(Vec::as_slice).unwrap_or_default();
        let near = || {
            let same_kind = neighbours.iter().filter(|path| path.extension().eq_ignore_ascii_case(wanted.extension()));
            let name = nearest(name, same_kind.map(|path| path.file_name()))?;
            wanted.parent().join(name).ok()
        };
        let with_extension = || {
            let bare = wanted.extension().is_empty() || wanted.has_extension("html");
            let names = [format!("{}.md", wanted.stem()), format!("{}.yml", wanted.stem())];
            let name = names.iter().find(|name| bare && neighbours.iter().any(|path| path.file_name() == name.as_str()))?;
            wanted.parent().join(name).ok()
        };
        let elsewhere = || {
            let locale = self.site.linked(from)?.locale;
            let same = self.by_name.get(&name.to_lowercase())?;
            let mut own = same.iter().filter(|path| self.site.config.split(path).localized.map(|(_, locale, _)| locale) == locale);
            let only = own.next()?;
            (own.next().is_none() && !name.eq_ignore_ascii_case("index.md")).then(|| (*only).clone())
        };
        let found = with_extension().or_else(near).or_else(elsewhere)?;
        Some(found.relative_to(&folder))
    }

    /// The problem, with the includes that lead a reader to it if it is in a fragment: the first way from a page.
    pub fn reached(&self, id: SourceId, mut problem: Diagnostic) -> Diagnostic {
        let mut seen = vec![id];
        let mut at = id;
        while self.site.key_of(at).is_none() {
            let Some(&(includer, reference)) = self.site.includers(at).iter().find(|(includer, _)| !seen.contains(includer)) else { break };
            if let Some((reference, _)) = self.site.reference(includer, reference) {
                problem.includes.insert(0, Place { path: self.site.source(includer).path.clone(), span: reference.span });
            }
            seen.push(includer);
            at = includer;
        }
        problem
    }

    /// Every reference that readers can come across.
    pub fn references(&self) -> impl Iterator<Item = (SourceId, &'a Reference, &'a crate::site::Target, RefId)> + '_ {
        let used = self.site.documents().filter(|(id, _)| self.site.is_used(*id));
        used.flat_map(|(id, linked)| {
            let pairs = linked.document.refs.iter().zip(&linked.targets).enumerate();
            pairs.map(move |(number, (reference, target))| (id, reference, target, number as RefId))
        })
    }
}
