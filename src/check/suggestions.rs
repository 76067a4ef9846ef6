//! Suggestions for what a wrong path or uid should have been. The lists of similar names are built once for all checks. Reports nothing.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::locale::LocaleId;
use crate::site::Site;
use crate::site::suggest::Candidates;
use crate::source::{SitePath, SourceId};

/// The file names and uids of a site, by what a wrong name is compared with.
pub(super) struct Suggestions<'a> {
    pub(super) site: &'a Site,
    /// Lower-case file name -> files of that name, with their number if they are text.
    by_name: FxHashMap<String, Vec<NamedFile<'a>>>,
    by_folder: FxHashMap<&'a str, Vec<&'a SitePath>>,
    /// Folder and lower-case extension -> the names of the files there. Without their extension, which would make any two short names similar.
    stems: FxHashMap<(&'a str, String), Candidates<'a>>,
    /// Built on first use: most sites have no unknown uid.
    uids: OnceLock<Candidates<'a>>,
}

/// The most files of one name among which the nearest is looked for.
const MOST_OF_ONE_NAME: usize = 500;

/// For longer paths no shorter one is looked for.
const LONGEST_PATH: usize = 4000;

#[derive(Clone, Copy)]
struct NamedFile<'a> {
    path: &'a SitePath,
    id: Option<SourceId>,
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
        let texts = site.sources.ids().map(|id| NamedFile {
            path: &site.sources.get(id).path,
            id: Some(id),
        });
        let assets = site.sources.assets().keys();
        for file in texts.chain(assets.map(|path| NamedFile { path, id: None })) {
            let path = file.path;
            let name = path.file_name().to_lowercase();
            suggestions.by_name.entry(name).or_default().push(file);
            let folder = suggestions.by_folder.entry(path.folder()).or_default();
            folder.push(path);
            let kind = (path.folder(), path.extension().to_lowercase());
            stems.entry(kind).or_default().push(path.stem());
        }
        for (kind, stems) in stems {
            suggestions.stems.insert(kind, stems.into_iter().collect());
        }
        suggestions
    }

    /// The path the author of `from` probably meant by `wanted`, relative to `from`: the page for an address without extension or with
    /// `.html`, a path with one `../` more or less, a similar name in the same folder, or a file of the same name elsewhere in the language.
    pub fn path(&self, from: SourceId, wanted: &SitePath) -> Option<String> {
        let folder = self.site.source(from).path.parent();
        let path = self
            .page_for_address(wanted)
            // From the most to the least certain: the first that finds a file is suggested.
            .or_else(|| self.one_folder_up_or_down(&folder, wanted))
            .or_else(|| self.similar_name(wanted))
            .or_else(|| self.same_name_elsewhere(from, wanted))?;
        Some(path.relative_to(&folder))
    }

    /// The path with fewer `../`, if that names a file. For paths that leave the site.
    pub fn path_inside(&self, from: SourceId, typed: &str) -> Option<String> {
        let folder = self.site.source(from).path.parent();
        // No path of a site is that long.
        if typed.len() > LONGEST_PATH {
            return None;
        }
        let mut rest = typed;
        while let Some(fewer) = rest.strip_prefix("../") {
            if folder.join(fewer).is_ok_and(|path| self.exists(&path)) {
                return Some(fewer.to_owned());
            }
            rest = fewer;
        }
        None
    }

    /// The uid that was probably meant.
    pub fn uid(&self, wanted: &str) -> Option<&'a str> {
        let collect_uids = || self.site.uids().map(|(uid, _)| uid).collect();
        self.uids.get_or_init(collect_uids).nearest(wanted)
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.site.sources.contains(path.as_str())
    }

    /// The Markdown or YAML file behind an address that was copied from the built site: `tasks` or `tasks.html`.
    fn page_for_address(&self, wanted: &SitePath) -> Option<SitePath> {
        if !wanted.extension().is_empty() && !wanted.has_extension("html") {
            return None;
        }
        for extension in ["md", "yml"] {
            let name = format!("{}.{extension}", wanted.stem());
            let path = wanted.parent().join(&name).ok()?;
            if self.exists(&path) {
                return Some(path);
            }
        }
        None
    }

    fn one_folder_up_or_down(&self, folder: &SitePath, wanted: &SitePath) -> Option<SitePath> {
        // The usual mistake after a page was moved one level up or down: its relative links stay as they were.
        let typed = wanted.relative_to(folder);
        if let Some(rest) = typed.strip_prefix("../")
            && let Ok(path) = folder.join(rest)
            && self.exists(&path)
        {
            return Some(path);
        }
        let path = folder.join(&format!("../{typed}")).ok()?;
        self.exists(&path).then_some(path)
    }

    /// The file in the same folder, of the same extension, with the most similar name.
    fn similar_name(&self, wanted: &SitePath) -> Option<SitePath> {
        let extension = wanted.extension();
        let kind = (wanted.folder(), extension.to_lowercase());
        let stem = self.stems.get(&kind)?.nearest(wanted.stem())?;
        for path in self.by_folder.get(wanted.folder())? {
            // Two files of one folder can have the same stem, such as `dialog.png` and `dialog.md`.
            if path.stem() == stem && path.extension().eq_ignore_ascii_case(extension) {
                return Some((*path).clone());
            }
        }
        None
    }

    /// The file of the same name in another folder of the same language: the only one, or the one that shares most parent folder names.
    fn same_name_elsewhere(&self, from: SourceId, wanted: &SitePath) -> Option<SitePath> {
        let locale = self
            .locale_of_path(wanted)
            .or(self.site.linked(from)?.locale);
        let mut best: Option<&SitePath> = None;
        let (mut most, mut best_count, mut count) = (0, 0, 0);
        let files = self.by_name.get(&wanted.file_name().to_lowercase())?;
        // A name that so many files have says nothing.
        if files.len() > MOST_OF_ONE_NAME {
            return None;
        }
        for file in files {
            if self.locale_of(*file) != locale {
                continue;
            }
            count += 1;
            let common = common_names(file.path, wanted);
            if best.is_none() || common > most {
                (best, most, best_count) = (Some(file.path), common, 1);
            } else if common == most {
                best_count += 1;
            }
        }
        // Every folder has an `index.md`: the name alone says nothing. Nor does it where the whole folder is missing: its files are gone with it,
        // and a file that is called the same is another one.
        let is_index = wanted.stem().eq_ignore_ascii_case("index");
        let has_folder = self.by_folder.contains_key(wanted.folder());
        let is_telling = match has_folder {
            true => most > 1 || count == 1 && !is_index,
            false => most > 2 || most > 1 && count == 1,
        };
        if best_count == 1 && is_telling {
            return best.cloned();
        }
        None
    }

    fn locale_of(&self, file: NamedFile<'_>) -> Option<LocaleId> {
        match file.id.and_then(|id| self.site.linked(id)) {
            Some(linked) => linked.locale,
            None => self.locale_of_path(file.path),
        }
    }

    fn locale_of_path(&self, path: &SitePath) -> Option<LocaleId> {
        let localized = self.site.config.localized_path(path)?;
        Some(localized.locale)
    }
}

/// How many names two paths have in common, counted from the file name up, without regard to case.
fn common_names(one: &SitePath, other: &SitePath) -> usize {
    let mut others = other.as_str().rsplit('/');
    let mut count = 0;
    for name in one.as_str().rsplit('/') {
        match others.next() {
            Some(other) if name.eq_ignore_ascii_case(other) => count += 1,
            _ => break,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_counted_from_the_file_up() {
        for (one, other, count) in [
            ("no/a/b.md", "no/a/b.md", 3),
            ("no/a/b.md", "en/A/B.md", 2),
            ("no/a/b.md", "no/c/b.md", 1),
            ("no/a/b.md", "no/a/c.md", 0),
            ("b.md", "no/b.md", 1),
        ] {
            let paths = [one, other].map(|path| SitePath::new(path).unwrap());
            assert_eq!(common_names(&paths[0], &paths[1]), count, "{one} {other}");
        }
    }
}
