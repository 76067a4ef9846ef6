//! A folder and the paths that changed -> its sources, of which only the changed ones are read again; the result is the same as a full scan.
//! Doesn't watch: the caller passes what may have changed.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustc_hash::FxHashMap;
use walkdir::{DirEntry, WalkDir};

use super::ScanError;
use super::fingerprint::source_fingerprint;
use super::output_path::STATE_FILES;
use super::scan::{check, is_hidden, is_skipped, scan_below, scan_file, site_path};
use crate::source::{SitePath, Sources};

/// With more changed paths than this, a full scan is faster than reading them one by one.
const MANY: usize = 50;

/// The resolution of the coarsest clock of a file system: FAT's.
const COARSE_CLOCK: Duration = Duration::from_secs(2);

/// What may have changed in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedPaths {
    /// Anything.
    Everything,
    /// These files and folders, and everything below them.
    Paths(Vec<PathBuf>),
}

impl ChangedPaths {
    /// Adds other changes.
    pub fn add(&mut self, other: ChangedPaths) {
        match (&mut *self, other) {
            (ChangedPaths::Paths(paths), ChangedPaths::Paths(more)) => paths.extend(more),
            _ => *self = ChangedPaths::Everything,
        }
    }
}

/// What is compared to find out if a file has changed without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileStamp {
    /// True if the file was not written just before it was looked at: then it could be written again without getting a later time.
    is_settled: bool,
    /// Times, length and inode. The time of the last writing alone is set by programs that copy files, and by version control.
    fingerprint: u128,
}

type FileStamps = FxHashMap<PathBuf, FileStamp>;

/// A folder and what was last read of it.
pub struct SourceFolder {
    root: PathBuf,
    /// The root without symbolic links, because watchers report changed files relative to it.
    real_root: PathBuf,
    skip: Vec<SitePath>,
    sources: Sources,
    /// True if the folder has symbolic links, so that a change at one path can be seen at another.
    has_links: bool,
    /// The files as they were at the last poll; `None` before the first.
    stamps: Option<FileStamps>,
}

impl SourceFolder {
    /// Reads everything below `root`, as [`scan`](super::scan()) does.
    pub fn open(root: &Path, skip: Vec<SitePath>) -> Result<Self, ScanError> {
        let mut folder = SourceFolder {
            root: root.into(),
            real_root: root.into(),
            skip,
            sources: Sources::default(),
            has_links: false,
            stamps: None,
        };
        folder.read()?;
        Ok(folder)
    }

    /// Compares the metadata of all files with those of the last poll, without reading the files.
    pub fn poll(&mut self) -> ChangedPaths {
        let stamps = self.file_stamps();
        let Some(before) = self.stamps.take() else {
            self.stamps = Some(stamps);
            return ChangedPaths::Everything;
        };
        let mut changed = Vec::new();
        for (path, stamp) in &stamps {
            if !stamp.is_settled || before.get(path) != Some(stamp) {
                changed.push(path.clone());
            }
        }
        for path in before.into_keys() {
            if !stamps.contains_key(&path) {
                changed.push(path);
            }
        }
        self.stamps = Some(stamps);
        ChangedPaths::Paths(changed)
    }

    fn file_stamps(&self) -> FileStamps {
        let now = SystemTime::now();
        let mut stamps = FileStamps::default();
        let entries = WalkDir::new(&self.root)
            .min_depth(1)
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| self.is_watched(entry));
        // Entries and metadata that can't be read are like missing files: the scan reports why.
        for entry in entries.flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if metadata.is_file() {
                let stamp = FileStamp {
                    is_settled: is_settled(&metadata, now),
                    fingerprint: source_fingerprint(&metadata),
                };
                stamps.insert(entry.into_path(), stamp);
            }
        }
        stamps
    }

    fn is_watched(&self, entry: &DirEntry) -> bool {
        if is_hidden(entry.path()) {
            return false;
        }
        !entry.file_type().is_dir() || !is_skipped(&self.root, entry.path(), &self.skip)
    }

    /// What was last read.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Its path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads what changed. Returns true if the sources are different now.
    pub fn refresh(&mut self, changes: &ChangedPaths) -> Result<bool, ScanError> {
        match changes {
            ChangedPaths::Paths(paths) if !self.has_links && paths.len() <= MANY => {
                check(&self.root)?;
                match self.read_paths(paths) {
                    Some(sources) => Ok(self.replace(sources)),
                    None => self.read(),
                }
            }
            _ => self.read(),
        }
    }

    fn read(&mut self) -> Result<bool, ScanError> {
        check(&self.root)?;
        self.real_root = match self.root.canonicalize() {
            Ok(real) => real,
            Err(_) => self.root.clone(),
        };
        let (sources, has_links) = scan_below(&self.root, &self.root, &self.skip);
        self.has_links = has_links;
        Ok(self.replace(sources))
    }

    fn replace(&mut self, sources: Sources) -> bool {
        // Equal texts share their memory, so that later comparisons of them are comparisons of pointers.
        let sources = sources.reuse_texts(&self.sources);
        let differs = sources != self.sources;
        self.sources = sources;
        differs
    }

    /// The sources after these paths changed; `None` if these paths alone don't determine them.
    fn read_paths(&self, paths: &[PathBuf]) -> Option<Sources> {
        let mut sources = self.sources.clone();
        for path in self.changed_below(paths)? {
            let file = self.root.join(path);
            let (site_path, _) = site_path(&self.root, &file);
            sources = sources.without(&site_path);
            let Ok(metadata) = fs::symlink_metadata(&file) else {
                // Deleted, or moved away.
                continue;
            };
            let folder = if metadata.is_dir() {
                Some(path)
            } else {
                path.parent()
            };
            if self.is_in_skipped(folder) {
                continue;
            }
            if metadata.is_dir() {
                let (below, has_links) = scan_below(&self.root, &file, &self.skip);
                if has_links {
                    return None;
                }
                sources = sources.merge(below);
            } else if metadata.is_file() {
                sources = sources.merge(scan_file(&self.root, &file));
            } else {
                // A new link: from now on, changes are seen at more than one path.
                return None;
            }
        }
        Some(sources)
    }

    /// The paths relative to the root, sorted, without hidden ones and those below another. `None` if they need a full scan.
    fn changed_below<'p>(&self, paths: &'p [PathBuf]) -> Option<Vec<&'p Path>> {
        let mut relative: Vec<&Path> = Vec::new();
        for path in paths {
            relative.extend(self.relative(path));
        }
        relative.sort();
        let mut changed: Vec<&Path> = Vec::new();
        for path in relative {
            // The root itself has no name.
            let name = path.file_name()?;
            // These files decide which folders are part of the site.
            if STATE_FILES.iter().any(|state| name == *state) || name == "Cargo.toml" {
                return None;
            }
            let is_below_last = match changed.last() {
                Some(last) => path.starts_with(last),
                None => false,
            };
            if !is_below_last && !path.iter().any(|part| is_hidden(Path::new(part))) {
                changed.push(path);
            }
        }
        Some(changed)
    }

    /// True if `folder`, relative to the root, or a folder above it is skipped.
    fn is_in_skipped(&self, folder: Option<&Path>) -> bool {
        for folder in folder.into_iter().flat_map(Path::ancestors) {
            if folder != Path::new("")
                && is_skipped(&self.root, &self.root.join(folder), &self.skip)
            {
                return true;
            }
        }
        false
    }

    /// The path relative to the root; `None` if it is elsewhere.
    pub fn relative<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        match path.strip_prefix(&self.real_root) {
            Ok(relative) => Some(relative),
            Err(_) => path.strip_prefix(&self.root).ok(),
        }
    }
}

/// True if a file was last written long enough ago that writing it again would give it another time.
fn is_settled(metadata: &Metadata, now: SystemTime) -> bool {
    let Ok(modified) = metadata.modified() else {
        return false;
    };
    match now.duration_since(modified) {
        Ok(age) => age > COARSE_CLOCK,
        Err(_) => false,
    }
}
