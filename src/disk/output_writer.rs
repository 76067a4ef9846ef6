//! Bytes of output files -> an output folder with exactly these files. A file is replaced whole, a file that already has the right bytes
//! isn't touched, a file that an earlier build wrote and this one didn't is removed, a file that hjelp didn't write is left alone.
//!
//! What makes that safe is one rule: **a path is on record before its file exists.** The record is the state of the last finished build
//! plus the journal of the running one, to which a path is added before the first byte is written. A build that is killed anywhere leaves
//! its journal behind, and the next build owns what either of them names. Nothing is synced to the disk, so after a power cut the record
//! may be older than the files; then the folder is refused as not ours, and nothing is lost.
//!
//! A file is replaced by renaming a finished file onto it, so that a server never delivers half a page. In a folder that was empty when the
//! build began, all files are written into a folder of their own, and what is in it takes its place at the end: that is a rename per entry
//! of the top instead of one per file, and no journal of each file is needed.

use std::fs::{self, Metadata};
use std::io::{BufRead, ErrorKind, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::WriteError;
use super::around::ContentFiles;
use super::content::Content;
use super::fingerprint::{fingerprint_at, fingerprint_of, is_settled, source_fingerprint};
use super::folder::Folder;
use super::output_path::{FRESH, RESERVED, is_allowed};
use super::output_place::OutputPlace;
use super::output_state::{OutputRecord, push_record};
use super::state_file::{FinishedState, StateFile};
use crate::source::SitePath;

/// The number of records that one thread writes at a time.
const RECORDS_PER_TASK: usize = 1000;

/// Writes one build into one folder. `put` and `copy` may be called from many threads. Only [`OutputWriter::finish`] removes what the last
/// build left over, so a build that stops at an error, without finishing, takes no page away.
#[derive(Debug)]
pub struct OutputWriter {
    /// The folder that files are written into: `base`, or in a fresh build a folder in it.
    out: Arc<Folder>,
    /// The output folder.
    base: Arc<Folder>,
    fresh: Option<FreshFolder>,
    force: bool,
    state: StateFile,
    /// Folders known to be there and to be no links.
    folders: RwLock<FxHashSet<SitePath>>,
    files: Mutex<FxHashMap<SitePath, WrittenFile>>,
}

/// What a build did to the output folder, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WriteSummary {
    /// New, or with other bytes than before.
    pub written: usize,
    /// The same as before, and not touched.
    pub unchanged: usize,
    /// From an earlier build, and no longer part of the site.
    pub removed: usize,
}

/// One file of this build.
#[derive(Debug, Clone, Copy, Default)]
struct WrittenFile {
    /// Hash of its bytes.
    hash: u128,
    is_changed: bool,
    /// Hash of everything it was made from.
    key: Option<u128>,
    /// Its fingerprint, if that is known without another look at the file.
    fingerprint: Option<u64>,
}

impl OutputWriter {
    /// Takes the folder at `place`, which is created if it doesn't exist. A folder that holds files and was not written by hjelp is refused,
    /// unless `force` is given; so is, later, each single file that hjelp didn't write and would have to overwrite.
    pub fn open(place: &OutputPlace, force: bool) -> Result<OutputWriter, WriteError> {
        Self::open_shard(place, force, None)
    }

    /// The same for one shard of the site, `2/8` for example: what builds of other shards wrote is left alone.
    pub fn open_shard(
        place: &OutputPlace,
        force: bool,
        shard: Option<&str>,
    ) -> Result<OutputWriter, WriteError> {
        let base = Arc::new(place.create()?);
        let out = &*base;
        let state = StateFile::open(out, force, shard)?;
        FreshFolder::remove(out);
        let mut fresh = None;
        let mut out = Arc::clone(&base);
        if state.is_fresh() {
            fresh = Some(FreshFolder(Arc::clone(&base)));
            out = match base.create_folder(Path::new(FRESH)) {
                Ok(folder) => Arc::new(folder),
                Err(error) => return Err(WriteError::Io(place.path(), error)),
            };
        }
        let files = FxHashMap::with_capacity_and_hasher(state.state().len(), Default::default());
        let writer = OutputWriter {
            out,
            base,
            fresh,
            force,
            state,
            folders: RwLock::default(),
            files: Mutex::new(files),
        };
        for path in writer.state.interrupted() {
            if writer.is_real_folder(&path.parent()) {
                // Not there, unless the build was killed in the middle of this very file.
                let _ = writer.out.dir().remove_file(temporary(path));
            }
        }
        Ok(writer)
    }

    /// Makes the file `path` hold `bytes`.
    pub fn put(&self, path: &SitePath, bytes: &[u8]) -> Result<(), WriteError> {
        self.place(path, Content::of_bytes(bytes), None)
    }

    /// The same for bytes that were made from what `key` is the hash of: see [`OutputWriter::reuse`].
    pub fn put_with_key(&self, path: &SitePath, bytes: &[u8], key: u128) -> Result<(), WriteError> {
        self.place(path, Content::of_bytes(bytes), Some(key))
    }

    /// Leaves the file `path` as it is, if the last build made it from what `key` is the hash of and its file is untouched. If the answer is
    /// false, nothing was done.
    pub fn reuse(&self, path: &SitePath, key: u128) -> bool {
        self.reuse_all(&[path], key)
    }

    /// Leaves all files below `folder` as they are, if the last build wrote some there and made all of them from what `key` is the hash of.
    /// If the answer is false, nothing was done.
    pub fn reuse_folder(&self, folder: &SitePath, key: u128) -> bool {
        match self.state.state().below(folder, key) {
            Some(files) => self.reuse_all(&files, key),
            None => false,
        }
    }

    /// Leaves all of these files as they are, or none.
    fn reuse_all(&self, paths: &[&SitePath], key: u128) -> bool {
        let mut reused = Vec::with_capacity(paths.len());
        for path in paths {
            match self.reusable(path, key) {
                Some(file) => reused.push(((*path).clone(), file)),
                None => return false,
            }
        }
        let mut files = lock(&self.files);
        // A path that was put already has to be reported as written twice.
        if paths.iter().any(|path| files.contains_key(*path)) {
            return false;
        }
        files.extend(reused);
        true
    }

    fn reusable(&self, path: &SitePath, key: u128) -> Option<WrittenFile> {
        let record = self.state.state().find(path, key)?;
        if fingerprint_at(&self.at(path)) != Some(record.fingerprint) {
            return None;
        }
        // Not to make the folder, which is there, but to see that no folder above the file has become a link.
        self.make_folder(&path.parent()).ok()?;
        Some(WrittenFile {
            hash: record.hash,
            is_changed: false,
            key: Some(key),
            fingerprint: Some(record.fingerprint),
        })
    }

    /// Makes the file `path` hold what the file `from` of the content holds.
    pub fn copy(
        &self,
        path: &SitePath,
        files: &ContentFiles,
        from: &SitePath,
    ) -> Result<(), WriteError> {
        let (root, inside) = match files.locate(from) {
            Ok(located) => located,
            Err(error) => return Err(WriteError::Unreadable(from.as_str().into(), error)),
        };
        // In an empty folder nothing can be reused, and one system call per file is saved.
        if !self.state.is_fresh()
            && let Ok(metadata) = fs::metadata(root.real().join(&inside))
            && let Some(key) = copy_key(&metadata)
            && self.reuse(path, key)
        {
            return Ok(());
        }
        let shown = root.path().join(&inside);
        let (content, metadata) = Content::of_file(root, &inside, &shown)?;
        self.place(path, content, copy_key(&metadata))
    }

    /// Removes what earlier builds wrote and this one didn't, with the folders that are empty then, and replaces the state.
    pub fn finish(self) -> Result<(WriteSummary, FinishedState), WriteError> {
        let mut files = std::mem::take(&mut *lock(&self.files));
        self.move_into_place(&mut files)?;
        let removed = self.remove_leftovers(&files)?;
        let mut files: Vec<(SitePath, WrittenFile)> = files.into_iter().collect();
        // Sorted, so that the state of the same site is the same file on every machine.
        files.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let written = files.iter().filter(|(_, file)| file.is_changed).count();
        let lines: Vec<String> = files
            .par_chunks(RECORDS_PER_TASK)
            .map(|files| self.record_lines(files))
            .collect();
        let summary = WriteSummary {
            written,
            unchanged: files.len() - written,
            removed,
        };
        Ok((summary, self.state.close(&self.base, &lines)?))
    }

    /// Ends a build of a site that isn't complete: what was written stays, and so does what earlier builds wrote.
    pub fn leave(self) -> Result<(), WriteError> {
        let mut files = std::mem::take(&mut *lock(&self.files));
        self.move_into_place(&mut files)
    }

    /// Moves what a fresh build has written to where it belongs.
    fn move_into_place(
        &self,
        files: &mut FxHashMap<SitePath, WrittenFile>,
    ) -> Result<(), WriteError> {
        let Some(fresh) = &self.fresh else {
            return Ok(());
        };
        self.state.add_to_journal(&self.base, files.keys())?;
        fresh.move_into_place()?;
        for (path, file) in files.iter_mut() {
            // Renaming changes the times of what is renamed, but not of what is in it.
            if path.parent().is_root() {
                file.fingerprint = None;
            }
        }
        Ok(())
    }

    fn record_lines(&self, files: &[(SitePath, WrittenFile)]) -> String {
        // Room for the numbers and a path of usual length.
        let mut lines = String::with_capacity(files.len() * 160);
        for (path, file) in files {
            let fingerprint = match file.fingerprint {
                Some(fingerprint) => Some(fingerprint),
                None => fingerprint_at(&self.shown(path)),
            };
            let record = OutputRecord {
                hash: file.hash,
                // Without a fingerprint a later change of the file can't be detected, so it isn't reused.
                key: if fingerprint.is_some() {
                    file.key
                } else {
                    None
                },
                fingerprint: fingerprint.unwrap_or(0),
            };
            push_record(path, record, &mut lines);
        }
        lines
    }

    fn place<B: BufRead + Seek>(
        &self,
        path: &SitePath,
        mut content: Content<'_, B>,
        key: Option<u128>,
    ) -> Result<(), WriteError> {
        if !is_allowed(path) {
            return Err(WriteError::BadName(path.clone()));
        }
        // Inserted before anything is written, so that of two threads with the same path one fails without touching the file.
        let claimed = lock(&self.files).insert(path.clone(), WrittenFile::default());
        if claimed.is_some() {
            return Err(WriteError::Twice(path.clone()));
        }
        self.make_folder(&path.parent())?;
        let same = if self.state.is_fresh() {
            None
        } else {
            self.compare(path, &mut content)?
        };
        let (hash, fingerprint) = match same {
            Some(hash) => (hash, None),
            None => self.write(path, content)?,
        };
        let file = WrittenFile {
            hash,
            is_changed: same.is_none(),
            key,
            fingerprint,
        };
        lock(&self.files).insert(path.clone(), file);
        Ok(())
    }

    /// Looks at what is at `path`: the hash if it is the content itself, `None` if it may be replaced.
    fn compare<B: BufRead + Seek>(
        &self,
        path: &SitePath,
        content: &mut Content<'_, B>,
    ) -> Result<Option<u128>, WriteError> {
        let metadata = match self.out.dir().symlink_metadata(path.as_str()) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(path, error)),
        };
        if metadata.is_dir() {
            self.clear_folder(path)?;
            return Ok(None);
        }
        if !self.force && !self.owns(path) {
            return Err(self.not_ours(path));
        }
        // Files of different lengths need not be read.
        if metadata.is_file() && metadata.len() == content.size() {
            content.equals(self.out.open_file(Path::new(path.as_str())))
        } else {
            Ok(None)
        }
    }

    /// Writes the file `path`: its hash, and its fingerprint if that is known without another look.
    fn write<B: BufRead + Seek>(
        &self,
        path: &SitePath,
        content: Content<'_, B>,
    ) -> Result<(u128, Option<u64>), WriteError> {
        let target = self.shown(path);
        if self.fresh.is_some() {
            let file = match self.out.create_new(Path::new(path.as_str())) {
                Ok(file) => file,
                // Something else has written here since the build began.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return Err(self.not_ours(path));
                }
                Err(error) => return Err(WriteError::Io(target, error)),
            };
            let hash = content.write_to(&file, &target)?;
            return Ok((hash, fingerprint_of(&file)));
        }
        self.state.add_to_journal(&self.base, [path])?;
        let temporary = temporary(path);
        let written = self.write_and_rename(path, content, &temporary);
        if written.is_err() {
            let _ = self.out.dir().remove_file(&temporary);
        }
        // Renaming changes the file's times, so its fingerprint is taken at the end.
        Ok((written?, None))
    }

    fn write_and_rename<B: BufRead + Seek>(
        &self,
        path: &SitePath,
        content: Content<'_, B>,
        temporary: &Path,
    ) -> Result<u128, WriteError> {
        let file = match self.out.create_new(temporary) {
            // What a killed build left there.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let removed = self.out.dir().remove_file(temporary);
                removed.map_err(|error| self.failed(path, error))?;
                self.out.create_new(temporary)
            }
            created => created,
        };
        let file = file.map_err(|error| self.failed(path, error))?;
        let hash = content.write_to(&file, &self.shown(path))?;
        // Windows renames no file that is open.
        drop(file);
        let renamed = self.out.rename(temporary, Path::new(path.as_str()));
        renamed.map_err(|error| self.failed(path, error))?;
        Ok(hash)
    }

    /// Makes sure that `folder` and all folders above it are there, and are folders.
    fn make_folder(&self, folder: &SitePath) -> Result<(), WriteError> {
        if folder.is_root() || self.is_used_folder(folder) {
            return Ok(());
        }
        self.make_folder(&folder.parent())?;
        // Locked until the folder is there, or another thread could find it half checked.
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        match self.out.dir().create_dir(folder.as_str()) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.take_folder(folder)?,
            created => created.map_err(|error| self.failed(folder, error))?,
        }
        folders.insert(folder.clone());
        Ok(())
    }

    /// Uses the folder that is at `folder`, or makes one in place of a file that hjelp wrote.
    fn take_folder(&self, folder: &SitePath) -> Result<(), WriteError> {
        let dir = self.out.dir();
        let metadata = dir.symlink_metadata(folder.as_str());
        let metadata = metadata.map_err(|error| self.failed(folder, error))?;
        // Writing through a link would leave the output folder, or be found at another path.
        if metadata.is_symlink() {
            return Err(WriteError::LinkedFolder(self.shown(folder)));
        }
        if metadata.is_dir() {
            return Ok(());
        }
        // A file of this build can't also be a folder; a file of the last build can have become one.
        if lock(&self.files).contains_key(folder) {
            return Err(WriteError::Twice(folder.clone()));
        }
        if !self.force && !self.owns(folder) {
            return Err(WriteError::ForeignFile(self.shown(folder)));
        }
        dir.remove_file(folder.as_str())
            .and_then(|()| dir.create_dir(folder.as_str()))
            .map_err(|error| self.failed(folder, error))
    }

    /// A folder of the last build has become a file of this one: removes what we wrote into it, and the folder if nothing else is there.
    fn clear_folder(&self, folder: &SitePath) -> Result<(), WriteError> {
        if self.is_used_folder(folder) {
            return Err(WriteError::Twice(folder.clone()));
        }
        for path in self.state.owned() {
            if path != folder && path.starts_with(folder) {
                self.remove(path, &folder.parent())?;
            }
        }
        if self.out.dir().symlink_metadata(folder.as_str()).is_ok() {
            Err(WriteError::FolderInTheWay(self.shown(folder)))
        } else {
            Ok(())
        }
    }

    /// Removes what earlier builds wrote and this one didn't; how many files these were.
    fn remove_leftovers(
        &self,
        files: &FxHashMap<SitePath, WrittenFile>,
    ) -> Result<usize, WriteError> {
        let mut left = self.state.removable();
        left.retain(|path| !files.contains_key(*path));
        if left.is_empty() {
            return Ok(0);
        }
        let mut left: Vec<&SitePath> = left.into_iter().collect();
        left.sort_unstable();
        let lowercase: FxHashMap<String, &SitePath> = files
            .keys()
            .map(|path| (path.as_str().to_lowercase(), path))
            .collect();
        let mut removed = 0;
        for path in left {
            // macOS and Windows take `A` and `a` for one file; then what is left over is the file that was just written.
            let is_written = match lowercase.get(&path.as_str().to_lowercase()) {
                Some(written) => self.is_same_file(path, written),
                None => false,
            };
            if !is_written && self.remove(path, &SitePath::root())? {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes a file we wrote, then the folders above it that are empty, up to but without `keep`. True if the file was there.
    fn remove(&self, path: &SitePath, keep: &SitePath) -> Result<bool, WriteError> {
        let dir = self.out.dir();
        // Not through a link: what is there is at another path, too.
        if !self.is_real_folder(&path.parent()) {
            return Ok(false);
        }
        match dir.symlink_metadata(path.as_str()) {
            Ok(metadata) if !metadata.is_dir() => {}
            _ => return Ok(false),
        }
        let removed = dir.remove_file(path.as_str());
        removed.map_err(|error| self.failed(path, error))?;
        let mut folder = path.parent();
        while &folder != keep && dir.remove_dir(folder.as_str()).is_ok() {
            folder = folder.parent();
        }
        Ok(true)
    }

    /// True if an earlier build wrote `path`, or the file that a case-insensitive file system takes for it.
    fn owns(&self, path: &SitePath) -> bool {
        if self.state.owns(path) {
            return true;
        }
        match self.real_name(path) {
            Some(real) => self.state.owns(&real),
            None => false,
        }
    }

    /// Why the file at `path` may not be touched.
    fn not_ours(&self, path: &SitePath) -> WriteError {
        if self.is_used_folder(path) {
            return WriteError::Twice(path.clone());
        }
        match self.real_name(path) {
            Some(real) if &real != path && lock(&self.files).contains_key(&real) => {
                WriteError::Twice(path.clone())
            }
            _ => WriteError::ForeignFile(self.shown(path)),
        }
    }

    fn is_same_file(&self, one: &SitePath, other: &SitePath) -> bool {
        match (self.real_name(one), self.real_name(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
    }

    /// How the file system spells `path`, if something is there and is not a link to another place.
    fn real_name(&self, path: &SitePath) -> Option<SitePath> {
        let real = self.at(path).canonicalize().ok()?;
        let real = SitePath::new(real.strip_prefix(self.out.real()).ok()?.to_str()?).ok()?;
        if real.as_str().to_lowercase() != path.as_str().to_lowercase() {
            return None;
        }
        Some(real)
    }

    /// True if `path` is a folder this build writes into.
    fn is_used_folder(&self, path: &SitePath) -> bool {
        self.folders
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(path)
    }

    /// True if neither `folder` nor a folder above it is a link.
    fn is_real_folder(&self, folder: &SitePath) -> bool {
        if folder.is_root() || self.is_used_folder(folder) {
            return true;
        }
        match self.out.dir().symlink_metadata(folder.as_str()) {
            Ok(metadata) => metadata.is_dir() && self.is_real_folder(&folder.parent()),
            Err(_) => false,
        }
    }

    fn at(&self, path: &SitePath) -> PathBuf {
        self.out.real().join(path.as_str())
    }

    fn failed(&self, path: &SitePath, error: std::io::Error) -> WriteError {
        WriteError::Io(self.shown(path), error)
    }

    /// Where the file is once the build has finished.
    fn shown(&self, path: &SitePath) -> PathBuf {
        self.base.real().join(path.as_str())
    }
}

/// The folder in which a fresh build collects its files. It is removed with all that is left in it.
#[derive(Debug)]
struct FreshFolder(Arc<Folder>);

impl FreshFolder {
    /// Removes the folder that a killed build has left.
    fn remove(base: &Folder) {
        if let Ok(metadata) = base.dir().symlink_metadata(FRESH)
            && metadata.is_dir()
        {
            let _ = base.dir().remove_dir_all(FRESH);
        }
    }

    /// Moves everything from the folder into the one it is in, where nothing of these names may be.
    fn move_into_place(&self) -> Result<(), WriteError> {
        let base = &self.0;
        let entries = base.dir().read_dir(FRESH);
        for entry in entries.map_err(|error| self.failed(Path::new(FRESH), error))? {
            let entry = entry.map_err(|error| self.failed(Path::new(FRESH), error))?;
            let name = PathBuf::from(entry.file_name());
            // Something else has written here since the build began.
            if base.dir().symlink_metadata(&name).is_ok() {
                return Err(WriteError::ForeignFile(base.real().join(name)));
            }
            let renamed = base.rename(&Path::new(FRESH).join(&name), &name);
            renamed.map_err(|error| self.failed(&name, error))?;
        }
        Ok(())
    }

    fn failed(&self, name: &Path, error: std::io::Error) -> WriteError {
        WriteError::Io(self.0.real().join(name), error)
    }
}

impl Drop for FreshFolder {
    fn drop(&mut self) {
        Self::remove(&self.0);
    }
}

/// Where the bytes of `path` are collected before they take its place. The name follows from the path, so that the next build can find what
/// a killed one left.
fn temporary(path: &SitePath) -> PathBuf {
    let name = xxh3_64(path.as_str().as_bytes());
    Path::new(path.parent().as_str()).join(format!("{RESERVED}{name:016x}"))
}

/// The key of a file that is copied; `None` if it is so new that it could change once more without getting another fingerprint.
fn copy_key(metadata: &Metadata) -> Option<u128> {
    if !is_settled(metadata, SystemTime::now()) {
        return None;
    }
    Some(source_fingerprint(metadata))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
