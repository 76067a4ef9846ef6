//! Paths of all files + configuration -> where each file is published, and everything else that follows from names alone. Doesn't know what
//! is in any file, so it is reused as long as no file is added or removed.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::config::{Config, FileKind, LocalizedPath, MappedFile};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::paths::Paths;

#[derive(Debug)]
pub(super) struct Layout {
    /// Parallel to the text files.
    texts: Vec<TextFile>,
    /// Files that are not text, or could not be read.
    others: FxHashMap<SitePath, Option<MappedFile>>,
    assets: Vec<SitePath>,
    unreadable: FxHashSet<SitePath>,
    /// Every text file by its path. A map, as each link asks it once, and a binary search compares a dozen long paths.
    ids: FxHashMap<SitePath, SourceId>,
    folders: FxHashSet<SitePath>,
    /// Hash of a path in lower case -> the first file with that path when case is ignored.
    by_lowercase: FxHashMap<u64, SitePath>,
    /// Hash of all paths.
    pub hash: u128,
}

#[derive(Debug)]
struct TextFile {
    id: SourceId,
    path: SitePath,
    placed: Option<MappedFile>,
    localized: Option<LocalizedPath>,
}

impl Layout {
    pub fn new(paths: Paths<'_>, config: &Config) -> Self {
        let (texts, others) =
            rayon::join(|| text_files(paths, config), || other_files(paths, config));
        // These read all paths once more, but compute nothing from the configuration.
        let (folders, by_lowercase) = rayon::join(|| folders(paths), || by_lowercase(paths));
        Layout {
            ids: texts
                .iter()
                .map(|file| (file.path.clone(), file.id))
                .collect(),
            texts,
            others,
            assets: paths.assets().cloned().collect(),
            unreadable: paths.unreadable().cloned().collect(),
            folders,
            by_lowercase,
            hash: paths.hash(),
        }
    }

    /// The numbers of all text files.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> {
        self.texts.iter().map(|file| file.id)
    }

    /// The files that are not text, in path order.
    pub fn assets(&self) -> &[SitePath] {
        &self.assets
    }

    pub fn path(&self, id: SourceId) -> &SitePath {
        &self.texts[id.index()].path
    }

    /// The text file at `path`.
    pub fn find(&self, path: &SitePath) -> Option<SourceId> {
        self.ids.get(path).copied()
    }

    /// The text file whose path is `path`, letter by letter.
    pub fn find_str(&self, path: &str) -> Option<SourceId> {
        self.ids.get(path).copied()
    }

    /// True if there is a file of any kind at `path`.
    pub fn contains(&self, path: &SitePath) -> bool {
        self.ids.contains_key(path) || self.others.contains_key(path)
    }

    /// True if the file at `path` could not be read.
    pub fn is_unreadable(&self, path: &SitePath) -> bool {
        self.unreadable.contains(path)
    }

    /// Where a text file is published; nothing if it is not part of the site.
    pub fn placed(&self, id: SourceId) -> Option<&MappedFile> {
        self.texts.get(id.index())?.placed.as_ref()
    }

    /// Where the file at `path` is published; nothing if there is no such file, or if it is not part of the site.
    pub fn placed_at(&self, path: &SitePath) -> Option<&MappedFile> {
        // Most questions are about pages, and these are found with one look-up.
        match self.find(path) {
            Some(id) => self.placed(id),
            None => self.others.get(path)?.as_ref(),
        }
    }

    /// Where the file at `path` is published, or would be if it existed.
    pub fn placed_or_expected(&self, path: &SitePath, config: &Config) -> Option<MappedFile> {
        // Matching the patterns of the configuration is much slower than looking a path up.
        if self.contains(path) {
            self.placed_at(path).cloned()
        } else {
            config.map_file(path)
        }
    }

    /// True if the file at `path` is copied to the site as it is.
    pub fn is_asset(&self, path: &SitePath) -> bool {
        matches!(self.placed_at(path), Some(placed) if placed.kind == FileKind::Assets)
    }

    /// Where a text file is within the language folders; nothing if it is in none.
    pub fn localized(&self, id: SourceId) -> Option<&LocalizedPath> {
        self.texts.get(id.index())?.localized.as_ref()
    }

    /// The language of the folder a text file is in.
    pub fn locale(&self, id: SourceId) -> Option<LocaleId> {
        self.localized(id).map(|localized| localized.locale)
    }

    /// True if there are files below `path`.
    pub fn is_folder(&self, path: &SitePath) -> bool {
        self.folders.contains(path)
    }

    /// The first file whose path is `path` when case is ignored.
    pub fn find_ignoring_case(&self, path: &SitePath) -> Option<&SitePath> {
        let wanted = path.as_str().to_lowercase();
        let found = self.by_lowercase.get(&xxh3_64(wanted.as_bytes()))?;
        // Two paths can share a hash.
        if found.as_str().to_lowercase() == wanted {
            Some(found)
        } else {
            None
        }
    }
}

fn text_files(paths: Paths<'_>, config: &Config) -> Vec<TextFile> {
    let files: Vec<(SourceId, &SitePath)> = paths.ids().zip(paths.texts()).collect();
    files
        // Each path is matched against all patterns of the configuration, which is most of the work of a layout.
        .into_par_iter()
        .map(|(id, path)| TextFile {
            id,
            path: path.clone(),
            placed: config.map_file(path),
            localized: config.localized_path(path),
        })
        .collect()
}

fn other_files(paths: Paths<'_>, config: &Config) -> FxHashMap<SitePath, Option<MappedFile>> {
    let files: Vec<&SitePath> = paths.assets().chain(paths.unreadable()).collect();
    let placed: Vec<(SitePath, Option<MappedFile>)> = files
        .into_par_iter()
        .map(|path| (path.clone(), config.map_file(path)))
        .collect();
    placed.into_iter().collect()
}

fn folders(paths: Paths<'_>) -> FxHashSet<SitePath> {
    let mut folders = FxHashSet::default();
    let mut last = SitePath::root();
    for path in paths.texts().chain(paths.assets()) {
        let mut folder = path.parent();
        // Paths are sorted, so most files are in the folder of the one before.
        if folder == last {
            continue;
        }
        last = folder.clone();
        while !folder.is_root() && folders.insert(folder.clone()) {
            folder = folder.parent();
        }
    }
    folders
}

fn by_lowercase(paths: Paths<'_>) -> FxHashMap<u64, SitePath> {
    let count = paths.texts().len() + paths.assets().len();
    // The hash of a lower-case path instead of the path: this is only asked for broken links, and a second copy of all paths is large.
    let mut map = FxHashMap::with_capacity_and_hasher(count, Default::default());
    for path in paths.texts().chain(paths.assets()) {
        map.entry(xxh3_64(path.as_str().to_lowercase().as_bytes()))
            .or_insert_with(|| path.clone());
    }
    map
}
