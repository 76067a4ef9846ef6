//! A folder and the paths that changed -> its sources, of which only the changed ones are read again; the result is the same as a full scan.
//! Doesn't watch: the caller passes what may have changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustc_hash::FxHashMap;
use walkdir::{DirEntry, WalkDir};

use super::ScanError;
use super::output_path::STATE_FILES;
use super::scan::{check, is_hidden, is_skipped, likeness, scan_below, scan_file};
use crate::source::{SitePath, Sources};

/// More changed paths than this are not looked at one by one.
const MANY: usize = 50;

/// What may have changed in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedPaths {
    /// Anything.
    Everything,
    /// These files and folders, and everything below them.
    Paths(Vec<PathBuf>),
}

impl ChangedPaths {
    /// Both.
    pub fn and(&mut self, other: ChangedPaths) {
        match (&mut *self, other) {
            (ChangedPaths::Paths(paths), ChangedPaths::Paths(more)) => paths.extend(more),
            _ => *self = ChangedPaths::Everything,
        }
    }
}

/// A folder and what was last read of it.
pub struct SourceFolder {
    root: PathBuf,
    /// The root without links: what tells of changes names files by it.
    real: PathBuf,
    skip: Vec<SitePath>,
    sources: Sources,
    /// True if a change at one path can be seen at another.
    has_links: bool,
    /// What was last seen of the files; nothing before the first look.
    stamps: Option<Stamps>,
}

/// What tells without reading a file that it has changed: when it was written, and its size. The time is missing for what was written just
/// before it was looked at, as it could be written again without a later time.
type Stamps = FxHashMap<PathBuf, (Option<SystemTime>, u64)>;

/// Clocks of file systems may be as coarse as this.
const COARSE: Duration = Duration::from_secs(2);

impl SourceFolder {
    /// Reads everything below `root`, as [`scan`](super::scan()) does.
    pub fn open(root: &Path, skip: Vec<SitePath>) -> Result<Self, ScanError> {
        let mut folder = SourceFolder {
            root: root.into(),
            real: root.into(),
            skip,
            sources: Sources::default(),
            has_links: false,
            stamps: None,
        };
        folder.read()?;
        Ok(folder)
    }

    /// Compares the metadata of all files with the last time, without reading them.
    pub fn look(&mut self) -> ChangedPaths {
        let mut stamps = Stamps::default();
        let entries = WalkDir::new(&self.root)
            .min_depth(1)
            .follow_links(true)
            .into_iter();
        let wanted = |entry: &DirEntry| {
            !(is_hidden(entry.path())
                || entry.file_type().is_dir() && is_skipped(&self.root, entry.path(), &self.skip))
        };
        let now = SystemTime::now();
        for entry in entries.filter_entry(wanted).flatten() {
            if let Ok(metadata) = entry.metadata().map_err(drop)
                && metadata.is_file()
            {
                let settled =
                    |time: &SystemTime| now.duration_since(*time).is_ok_and(|age| age > COARSE);
                stamps.insert(
                    entry.into_path(),
                    (metadata.modified().ok().filter(settled), metadata.len()),
                );
            }
        }
        let Some(before) = self.stamps.replace(stamps) else {
            return ChangedPaths::Everything;
        };
        let now = self.stamps.iter().flatten();
        let mut changed: Vec<PathBuf> = now
            .filter(|(path, stamp)| stamp.0.is_none() || before.get(*path) != Some(stamp))
            .map(|(path, _)| path.clone())
            .collect();
        let gone = before.into_keys().filter(|path| {
            !self
                .stamps
                .as_ref()
                .is_some_and(|stamps| stamps.contains_key(path))
        });
        changed.extend(gone);
        ChangedPaths::Paths(changed)
    }

    /// What was last read.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Its path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads what changed. True if anything is different now.
    pub fn refresh(&mut self, changes: &ChangedPaths) -> Result<bool, ScanError> {
        match changes {
            ChangedPaths::Paths(paths) if !self.has_links && paths.len() <= MANY => {
                check(&self.root)?;
                if let Some(sources) = self.with(paths) {
                    let differs = sources != self.sources;
                    self.sources = sources;
                    return Ok(differs);
                }
            }
            _ => {}
        }
        self.read()
    }

    fn read(&mut self) -> Result<bool, ScanError> {
        check(&self.root)?;
        self.real = self
            .root
            .canonicalize()
            .unwrap_or_else(|_| self.root.clone());
        let (sources, has_links) = scan_below(&self.root, &self.root, &self.skip);
        let sources = sources.reuse_texts(&self.sources);
        self.has_links = has_links;
        let differs = sources != self.sources;
        self.sources = sources;
        Ok(differs)
    }

    /// The sources after these paths changed; `None` if these paths alone don't determine them.
    fn with(&self, paths: &[PathBuf]) -> Option<Sources> {
        let mut changed: Vec<&Path> = paths
            .iter()
            .filter_map(|path| self.relative(path))
            .collect();
        if changed.contains(&Path::new("")) {
            return None;
        }
        changed.sort();
        changed.dedup();
        let mut sources = self.sources.clone();
        let mut last: Option<&Path> = None;
        for path in changed {
            let name = path.file_name()?;
            // Whether other folders are part of the site depends on these.
            if STATE_FILES.iter().any(|state| name == *state) || name == "Cargo.toml" {
                return None;
            }
            if path.iter().any(|part| is_hidden(Path::new(part)))
                || last.is_some_and(|last| path.starts_with(last))
            {
                continue;
            }
            last = Some(path);
            let file = self.root.join(path);
            let (site_path, _) = likeness(&self.root, &file);
            sources = sources.without(&site_path);
            let Ok(metadata) = fs::symlink_metadata(&file) else {
                continue;
            };
            let mut folders = path
                .ancestors()
                .skip(if metadata.is_dir() { 0 } else { 1 })
                .filter(|folder| *folder != Path::new(""));
            if folders.any(|folder| is_skipped(&self.root, &self.root.join(folder), &self.skip)) {
                continue;
            }
            if metadata.is_symlink() {
                return None;
            } else if metadata.is_dir() {
                let (below, met_link) = scan_below(&self.root, &file, &self.skip);
                if met_link {
                    return None;
                }
                sources = sources.merge(below);
            } else if metadata.is_file() {
                sources = sources.merge(scan_file(&self.root, &file));
            } else {
                return None;
            }
        }
        Some(sources.reuse_texts(&self.sources))
    }

    /// The path relative to the root; `None` if it is elsewhere.
    pub fn relative<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(&self.real)
            .or_else(|_| path.strip_prefix(&self.root))
            .ok()
    }
}
