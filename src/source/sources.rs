//! Files of a site -> one immutable value that finds them by path or number. Doesn't know what any of them contains.

use std::collections::BTreeMap;

use super::{Dimensions, SitePath, Source, Surroundings};

/// The number of a text file within one [`Sources`]: its place in path order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

impl SourceId {
    /// For tables parallel to [`Sources::texts`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All files below the site root, text and other, in path order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    texts: Vec<Source>,
    assets: BTreeMap<SitePath, u64>,
    dimensions: BTreeMap<SitePath, Dimensions>,
    unreadable: BTreeMap<SitePath, String>,
    surroundings: Surroundings,
}

impl Sources {
    /// Collects `texts`, `assets` (with their size in bytes), and files that could not be read with the reason.
    pub fn new(
        mut texts: Vec<Source>,
        assets: impl IntoIterator<Item = (SitePath, u64)>,
        unreadable: impl IntoIterator<Item = (SitePath, String)>,
    ) -> Self {
        // File systems list files in any order. Sorting by bytes makes numbers of files, and with them all output, equal everywhere.
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        texts.dedup_by(|a, b| a.path == b.path);
        Sources {
            texts,
            assets: assets.into_iter().collect(),
            dimensions: BTreeMap::new(),
            unreadable: unreadable.into_iter().collect(),
            surroundings: Surroundings::default(),
        }
    }

    /// The same with the sizes of pictures, as far as they are known.
    pub fn with_dimensions(
        mut self,
        dimensions: impl IntoIterator<Item = (SitePath, Dimensions)>,
    ) -> Self {
        self.dimensions.extend(dimensions);
        self
    }

    /// The same with `source` in place of the file at its path, if there is one.
    pub fn with_text(mut self, source: Source) -> Self {
        self.unreadable.remove(&source.path);
        match self
            .texts
            .binary_search_by(|known| known.path.cmp(&source.path))
        {
            Ok(at) => self.texts[at] = source,
            Err(at) => self.texts.insert(at, source),
        }
        self
    }

    /// The same with `others`, none of which is here yet.
    pub fn merge(mut self, others: Sources) -> Self {
        self.texts.extend(others.texts);
        self.texts.sort_by(|a, b| a.path.cmp(&b.path));
        self.assets.extend(others.assets);
        self.dimensions.extend(others.dimensions);
        self.unreadable.extend(others.unreadable);
        self
    }

    /// The same without the files at `path` and below it.
    pub fn without(mut self, path: &SitePath) -> Self {
        self.texts.retain(|source| !source.path.starts_with(path));
        // The files below a folder are no range of the map: `a-b` sorts between `a` and `a/b`.
        self.assets.retain(|known, _| !known.starts_with(path));
        self.dimensions.retain(|known, _| !known.starts_with(path));
        self.unreadable.retain(|known, _| !known.starts_with(path));
        self
    }

    /// The same, sharing the texts that `before` has too.
    pub fn reuse_texts(mut self, before: &Sources) -> Self {
        let mut old = before.texts.iter().peekable();
        for source in &mut self.texts {
            while old.next_if(|known| known.path < source.path).is_some() {}
            if let Some(known) = old.next_if(|known| known.path == source.path)
                && known == source
            {
                *source = known.clone();
            }
        }
        self
    }

    /// The same as part of what is around it.
    pub fn with_surroundings(mut self, surroundings: Surroundings) -> Self {
        self.surroundings = surroundings;
        self
    }

    /// What the site may read besides its own folder.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The same with one more file that could not be read.
    pub fn with_unreadable(mut self, path: SitePath, reason: String) -> Self {
        self.unreadable.insert(path, reason);
        self
    }

    /// The text files in path order.
    pub fn texts(&self) -> &[Source] {
        &self.texts
    }

    /// The numbers of all text files.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..self.texts.len() as u32).map(SourceId)
    }

    /// The text file with this number.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.texts[id.index()]
    }

    /// The number of the text file at `path`.
    pub fn find(&self, path: &str) -> Option<SourceId> {
        let at = self
            .texts
            .binary_search_by(|source| source.path.as_str().cmp(path))
            .ok()?;
        Some(SourceId(at as u32))
    }

    /// Files that are not text, with their size in bytes.
    pub fn assets(&self) -> &BTreeMap<SitePath, u64> {
        &self.assets
    }

    /// The size of the picture at `path`, if it is one and says so.
    pub fn dimensions(&self, path: &SitePath) -> Option<Dimensions> {
        self.dimensions.get(path).copied()
    }

    /// Files that are there but could not be read, with the reason.
    pub fn unreadable(&self) -> &BTreeMap<SitePath, String> {
        &self.unreadable
    }

    /// True if there is a file of any kind at `path`.
    pub fn contains(&self, path: &str) -> bool {
        self.find(path).is_some()
            || self.assets.contains_key(path)
            || self.unreadable.contains_key(path)
    }
}
