//! What checks need to know about suggestions: which files and uids are like a missing one, and how a reader comes to a fragment.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::site::suggest::Candidates;
use crate::source::{FileSpan, SitePath, SourceId};
use crate::syntax::{RefId, Reference};

pub(super) struct Suggestions<'a> {
    site: &'a Site,
    /// Lower-case file name -> files of that name, those that are text with their number.
    by_name: FxHashMap<String, Vec<(&'a SitePath, Option<SourceId>)>>,
    by_folder: FxHashMap<&'a str, Vec<&'a SitePath>>,
    /// Folder and lower-case extension -> the names of the files there, without the extension: it would make any two short names alike.
    stems: FxHashMap<(&'a str, String), Candidates<'a>>,
    uids: OnceLock<Candidates<'a>>,
}

impl<'a> Suggestions<'a> {
    pub fn new(site: &'a Site) -> Self {
        let mut suggestions = Suggestions {
            site,
            by_name: FxHashMap::default(),
            by_folder: FxHashMap::default(),
            stems: FxHashMap::default(),
            uids: OnceLock::new(),
        };
        let mut stems: FxHashMap<(&str, String), Vec<&str>> = FxHashMap::default();
        let texts = site
            .sources
            .ids()
            .map(|id| (&site.sources.get(id).path, Some(id)));
        for (path, id) in texts.chain(site.sources.assets().keys().map(|path| (path, None))) {
            suggestions
                .by_name
                .entry(path.file_name().to_lowercase())
                .or_default()
                .push((path, id));
            suggestions
                .by_folder
                .entry(path.folder())
                .or_default()
                .push(path);
            stems
                .entry((path.folder(), path.extension().to_lowercase()))
                .or_default()
                .push(path.stem());
        }
        suggestions.stems = stems
            .into_iter()
            .map(|(of, stems)| (of, stems.into_iter().collect()))
            .collect();
        suggestions
    }

    /// What the author may have meant by `wanted`, as a path relative to the file that says it: the same name in other letters, a like
    /// name in the same folder, one `../` more or less, or a file of that name elsewhere below the same language folder.
    pub fn suggest(&self, from: SourceId, wanted: &SitePath) -> Option<String> {
        let folder = self.site.source(from).path.parent();
        let neighbours = self
            .by_folder
            .get(wanted.folder())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let near = || {
            let stem = self
                .stems
                .get(&(wanted.folder(), wanted.extension().to_lowercase()))?
                .nearest(wanted.stem())?;
            let is_alike = |path: &&&SitePath| {
                path.stem() == stem && path.extension().eq_ignore_ascii_case(wanted.extension())
            };
            neighbours.iter().find(is_alike).map(|path| (*path).clone())
        };
        let with_extension = || {
            let bare = wanted.extension().is_empty() || wanted.has_extension("html");
            let names = [
                format!("{}.md", wanted.stem()),
                format!("{}.yml", wanted.stem()),
            ];
            let name = names.iter().find(|name| {
                bare && neighbours
                    .iter()
                    .any(|path| path.file_name() == name.as_str())
            })?;
            wanted.parent().join(name).ok()
        };
        let found = with_extension()
            .or_else(|| self.a_step_away(&folder, wanted))
            .or_else(near)
            .or_else(|| self.elsewhere(from, wanted))?;
        Some(found.relative_to(&folder))
    }

    /// The uid that was probably meant.
    pub fn nearest_uid(&self, wanted: &str) -> Option<&'a str> {
        self.uids
            .get_or_init(|| self.site.uids().map(|(uid, _)| uid).collect())
            .nearest(wanted)
    }

    /// The file that one `../` more or less leads to.
    fn a_step_away(&self, folder: &SitePath, wanted: &SitePath) -> Option<SitePath> {
        let typed = wanted.relative_to(folder);
        let less = typed
            .strip_prefix("../")
            .and_then(|rest| folder.join(rest).ok());
        let more = folder.join(&format!("../{typed}")).ok();
        [less, more]
            .into_iter()
            .flatten()
            .find(|path| self.site.sources.contains(path.as_str()))
    }

    /// The path with fewer `../`, if that leads to a file.
    pub fn within<'t>(&self, from: SourceId, typed: &'t str) -> Option<&'t str> {
        let folder = self.site.source(from).path.parent();
        let fewer =
            std::iter::successors(typed.strip_prefix("../"), |rest| rest.strip_prefix("../"));
        fewer.into_iter().find(|rest| {
            folder
                .join(rest)
                .is_ok_and(|path| self.site.sources.contains(path.as_str()))
        })
    }

    /// A file of the same name that lies in another folder of the same language: the only one, or the one in the like-named folders.
    fn elsewhere(&self, from: SourceId, wanted: &SitePath) -> Option<SitePath> {
        let split = |path: &SitePath| {
            self.site
                .config
                .localized_path(path)
                .map(|localized| localized.locale)
        };
        let locale_of = |(path, id): &(&SitePath, Option<SourceId>)| match id
            .and_then(|id| self.site.linked(id))
        {
            Some(linked) => linked.locale,
            None => split(path),
        };
        let locale = split(wanted).or(self.site.linked(from)?.locale);
        let same = self.by_name.get(&wanted.file_name().to_lowercase())?;
        let own: Vec<&SitePath> = same
            .iter()
            .filter(|file| locale_of(file) == locale)
            .map(|(path, _)| *path)
            .collect();
        let in_common = |path: &SitePath| {
            let (mut one, mut other) = (path.as_str().rsplit('/'), wanted.as_str().rsplit('/'));
            std::iter::from_fn(|| Some(one.next()?.eq_ignore_ascii_case(other.next()?)))
                .take_while(|same| *same)
                .count()
        };
        let most = own.iter().map(|path| in_common(path)).max()?;
        let mut best = own.iter().filter(|path| in_common(path) == most);
        let only = best.next()?;
        let telling = most > 1 || own.len() == 1 && !wanted.stem().eq_ignore_ascii_case("index");
        (telling && best.next().is_none()).then(|| (*only).clone())
    }

    /// The pages in which readers see what this file says: itself, or those that include it.
    pub fn pages_of(&self, id: SourceId) -> BTreeSet<SourceId> {
        let (mut seen, mut open) = (BTreeSet::from([id]), vec![id]);
        while let Some(at) = open.pop() {
            open.extend(
                self.site
                    .includers(at)
                    .iter()
                    .map(|(includer, _)| *includer)
                    .filter(|includer| seen.insert(*includer)),
            );
        }
        seen.retain(|file| self.site.translation_set_of(*file).is_some());
        seen
    }

    /// The problem, with the includes that lead a reader to it if it is in a fragment: the first way from a page.
    pub fn reached(&self, id: SourceId, mut problem: Diagnostic) -> Diagnostic {
        let mut seen = vec![id];
        let mut at = id;
        while self.site.translation_set_of(at).is_none() {
            let Some(&(includer, reference)) = self
                .site
                .includers(at)
                .iter()
                .find(|(includer, _)| !seen.contains(includer))
            else {
                break;
            };
            if let Some((reference, _)) = self.site.reference(includer, reference) {
                problem.includes.insert(
                    0,
                    FileSpan {
                        path: self.site.source(includer).path.clone(),
                        span: reference.span,
                    },
                );
            }
            seen.push(includer);
            at = includer;
        }
        problem
    }

    /// Every reference that readers can come across.
    pub fn references(
        &self,
    ) -> impl Iterator<Item = (SourceId, &'a Reference, &'a crate::site::Target, RefId)> + '_ {
        let used = self
            .site
            .documents()
            .filter(|(id, _)| self.site.is_used(*id));
        used.flat_map(|(id, linked)| {
            let pairs = linked.document.refs.iter().zip(linked.targets).enumerate();
            pairs.map(move |(number, (reference, target))| (id, reference, target, number as RefId))
        })
    }
}
