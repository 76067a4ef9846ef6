//! The paths of all files + the configuration -> where each of them goes, and whatever else follows from names alone. Doesn't know what any
//! file says, so it stays as it is while somebody types.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::config::{Config, FileKind, LocalizedPath, MappedFile};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId, Sources};

/// Where a file lies that is in a language: the folder that holds the languages, the language, and the path below its folder.
#[derive(Debug)]
pub(super) struct Layout {
    /// Parallel to the text files.
    texts: Vec<Place>,
    /// The files that are no text, or could not be read.
    assets: FxHashMap<SitePath, Option<MappedFile>>,
    /// Every text file by its path: asked for once for each link, and found without comparing a dozen long paths.
    ids: FxHashMap<SitePath, SourceId>,
    folders: FxHashSet<SitePath>,
    /// Hash of a path in lower case -> the first file that has it in some letters.
    by_letters: FxHashMap<u64, SitePath>,
}

#[derive(Debug)]
struct Place {
    placed: Option<MappedFile>,
    localized: Option<LocalizedPath>,
}

impl Layout {
    pub fn new(sources: &Sources, config: &Config) -> Self {
        let place = |id: SourceId| {
            let path = &sources.get(id).path;
            Place {
                placed: config.map_file(path),
                localized: config.localized_path(path),
            }
        };
        let assets: Vec<&SitePath> = sources
            .assets()
            .keys()
            .chain(sources.unreadable().keys())
            .collect();
        let (texts, assets) = rayon::join(
            || {
                sources
                    .ids()
                    .collect::<Vec<_>>()
                    .into_par_iter()
                    .map(place)
                    .collect()
            },
            || {
                assets
                    .into_par_iter()
                    .map(|path| (path.clone(), config.map_file(path)))
                    .collect::<Vec<_>>()
            },
        );
        let ids = sources
            .ids()
            .map(|id| (sources.get(id).path.clone(), id))
            .collect();
        let (folders, by_letters) = rayon::join(|| folders(sources), || by_letters(sources));
        Layout {
            texts,
            assets: assets.into_iter().collect(),
            ids,
            folders,
            by_letters,
        }
    }

    /// True if `sources` are in the same places as `before`: what they say doesn't matter.
    pub fn is_same(before: &Sources, sources: &Sources) -> bool {
        let texts = |sources: &'_ Sources| sources.texts().len();
        texts(before) == texts(sources)
            && before
                .texts()
                .iter()
                .zip(sources.texts())
                .all(|(before, source)| before.path == source.path)
            && before.assets().keys().eq(sources.assets().keys())
            && before.unreadable().keys().eq(sources.unreadable().keys())
    }

    /// The text file at `path`.
    pub fn find(&self, path: &SitePath) -> Option<SourceId> {
        self.ids.get(path).copied()
    }

    /// Where a text file goes; nothing if it is no part of the site.
    pub fn placed(&self, id: SourceId) -> Option<&MappedFile> {
        self.texts.get(id.index())?.placed.as_ref()
    }

    /// Where the file at `path` goes, whatever it is, if it is part of the site; nothing if there is no such file.
    pub fn known(&self, path: &SitePath) -> Option<Option<&MappedFile>> {
        match self.find(path) {
            Some(id) => Some(self.placed(id)),
            None => self.assets.get(path).map(Option::as_ref),
        }
    }

    /// Where the file at `path` goes; nothing if there is no such file, or if it is no part of the site.
    pub fn placed_at(&self, path: &SitePath) -> Option<&MappedFile> {
        self.known(path)?
    }

    /// True if a file at `path` is published as it is.
    pub fn is_asset(&self, path: &SitePath) -> bool {
        self.placed_at(path)
            .is_some_and(|placed| placed.kind == FileKind::Assets)
    }

    /// Where a text file lies with regard to the languages.
    pub fn localized(&self, id: SourceId) -> Option<&LocalizedPath> {
        self.texts.get(id.index())?.localized.as_ref()
    }

    /// The language of the folder a text file lies in.
    pub fn locale(&self, id: SourceId) -> Option<LocaleId> {
        self.localized(id).map(|localized| localized.locale)
    }

    /// True if files lie below `path`.
    pub fn is_folder(&self, path: &SitePath) -> bool {
        self.folders.contains(path)
    }

    /// The first file whose path differs from `path` in upper and lower case letters at most.
    pub fn in_other_letters(&self, path: &SitePath) -> Option<&SitePath> {
        let wanted = path.as_str().to_lowercase();
        self.by_letters
            .get(&xxh3_64(wanted.as_bytes()))
            .filter(|known| known.as_str().to_lowercase() == wanted)
    }
}

fn paths(sources: &Sources) -> impl Iterator<Item = &SitePath> {
    sources
        .texts()
        .iter()
        .map(|source| &source.path)
        .chain(sources.assets().keys())
}

fn folders(sources: &Sources) -> FxHashSet<SitePath> {
    let mut folders = FxHashSet::default();
    let mut last = SitePath::root();
    for path in paths(sources) {
        let mut folder = path.parent();
        // Files of one folder follow each other.
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

fn by_letters(sources: &Sources) -> FxHashMap<u64, SitePath> {
    let mut map = FxHashMap::with_capacity_and_hasher(
        sources.texts().len() + sources.assets().len(),
        Default::default(),
    );
    for path in paths(sources) {
        map.entry(xxh3_64(path.as_str().to_lowercase().as_bytes()))
            .or_insert_with(|| path.clone());
    }
    map
}
