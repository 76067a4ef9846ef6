//! Turns files into an output folder that holds exactly them: files are replaced whole, files that are already right are left
//! alone, files a former build wrote and this one didn't are removed. Everything that hjelp didn't write is left alone too.
//!
//! What makes that safe is one rule: **a path is on record before its file exists.** The record is the manifest of the last finished
//! build plus the journal of the running one, to which a path is added before the first byte is written. A build that is killed
//! anywhere leaves its journal behind, and the next build owns what either of them names. Nothing is flushed to the platter, so after a
//! power cut the record may lag behind; then the folder is refused as foreign, and nothing is lost.
//!
//! A file is replaced by renaming a finished neighbour onto it, so that a server never shows half a page. Only in a folder that was
//! empty when the build began are files written in place: nobody is reading them yet, and half a file is on record like a whole one.

use std::fs::{self, File};
use std::io::{BufRead, ErrorKind, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::WriteError;
use super::content::Content;
use super::kept::{self, Kept};
use super::manifest::{self, RESERVED, is_allowed};
use super::record::Record;
use crate::source::SitePath;

/// Writes one build into one folder. `put` and `copy` may be called from many threads. Only [`OutputWriter::finish`] removes what the last
/// build left over, so a build that stops at an error, without finishing, takes no page away.
#[derive(Debug)]
pub struct OutputWriter {
    out: PathBuf,
    force: bool,
    record: Record,
    /// Folders known to be there and to be no links.
    folders: RwLock<FxHashSet<SitePath>>,
    files: Mutex<FxHashMap<SitePath, Written>>,
    slice: Option<String>,
    /// What the last build noted.
    kept: Kept,
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
struct Written {
    hash: u128,
    changed: bool,
    /// Of what it was made from.
    key: Option<u128>,
    /// Of how it stands there, if it was left alone.
    stamp: Option<u64>,
}

impl OutputWriter {
    /// Takes the folder `out`, which is created if it doesn't exist. A folder that holds files and was not written by hjelp is refused,
    /// unless `force` is given; so is, later, each single file that hjelp didn't write and would have to overwrite.
    pub fn open(out: &Path, force: bool) -> Result<OutputWriter, WriteError> {
        Self::open_shard(out, force, None)
    }

    /// The same for one slice of the site, `2/8` for example: what builds of other slices wrote is left alone.
    pub fn open_shard(
        out: &Path,
        force: bool,
        slice: Option<&str>,
    ) -> Result<OutputWriter, WriteError> {
        let refused = |error| WriteError::Io(out.into(), error);
        fs::create_dir_all(out).map_err(refused)?;
        let out = out.canonicalize().map_err(refused)?;
        let record = Record::open(&out, force, slice)?;
        let kept = if record.is_fresh() {
            Kept::default()
        } else {
            Kept::read(&out, slice)
        };
        let slice = slice.map(str::to_owned);
        let files = FxHashMap::with_capacity_and_hasher(kept.len(), Default::default());
        let writer = OutputWriter {
            out,
            force,
            record,
            folders: RwLock::default(),
            files: Mutex::new(files),
            slice,
            kept,
        };
        for path in writer.record.interrupted() {
            if writer.is_real(&path.parent()) {
                // Not there, unless the build was killed in the middle of this very file.
                let _ = fs::remove_file(writer.neighbour(path));
            }
        }
        Ok(writer)
    }

    /// Makes the file `path` hold `bytes`.
    pub fn put(&self, path: &SitePath, bytes: &[u8]) -> Result<(), WriteError> {
        self.place(path, Content::of_bytes(bytes), None)
    }

    /// The same for bytes that were made from what `key` stands for: see [`OutputWriter::reuse`].
    pub fn put_with_key(&self, path: &SitePath, bytes: &[u8], key: u128) -> Result<(), WriteError> {
        self.place(path, Content::of_bytes(bytes), Some(key))
    }

    /// Leaves the file `path` as it is, if the last build made it from what `key` stands for and nobody has touched it since. If the answer
    /// is false, nothing was done.
    pub fn reuse(&self, path: &SitePath, key: u128) -> bool {
        self.reuse_all(&[path], key)
    }

    /// Leaves all files below `folder` as they are, if the last build wrote some there and made all of them from what `key` stands for.
    /// If the answer is false, nothing was done.
    pub fn reuse_folder(&self, folder: &SitePath, key: u128) -> bool {
        self.kept
            .below(folder, key)
            .is_some_and(|files| !files.is_empty() && self.reuse_all(&files, key))
    }

    /// Leaves all of these files as they are, or none.
    fn reuse_all(&self, paths: &[&SitePath], key: u128) -> bool {
        let standing = |path: &&SitePath| {
            let (hash, stamp) = self
                .kept
                .find(&self.out, path, key)
                .filter(|_| self.record.owned().contains(*path))?;
            self.make_folder(&path.parent()).ok()?;
            Some((
                (*path).clone(),
                Written {
                    hash,
                    changed: false,
                    key: Some(key),
                    stamp: Some(stamp),
                },
            ))
        };
        let Some(standing) = paths.iter().map(standing).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let mut files = lock(&self.files);
        let is_free = !paths.iter().any(|path| files.contains_key(*path));
        if is_free {
            files.extend(standing);
        }
        is_free
    }

    /// Makes the file `path` hold what the file `from` holds.
    pub fn copy(&self, path: &SitePath, from: &Path) -> Result<(), WriteError> {
        // Where nothing can be kept, a file is asked how it stands when it is open.
        let standing = if self.record.is_fresh() {
            None
        } else {
            fs::metadata(from).ok()
        };
        if standing
            .as_ref()
            .and_then(kept::key_of_file)
            .is_some_and(|key| self.reuse(path, key))
        {
            return Ok(());
        }
        let (content, standing) = Content::of_file(from)?;
        self.place(path, content, kept::key_of_file(&standing))
    }

    /// Removes what earlier builds wrote and this one didn't, with the folders that are empty then, and closes the record.
    pub fn finish(self) -> Result<WriteSummary, WriteError> {
        let files = std::mem::take(&mut *lock(&self.files));
        let removed = self.prune(&files)?;
        let mut files: Vec<(SitePath, Written)> = files.into_iter().collect();
        files.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let written = files.iter().filter(|(_, written)| written.changed).count();
        let noted = files.iter().map(|(path, written)| kept::New {
            path,
            key: written.key,
            hash: written.hash,
            stamp: written.stamp,
        });
        let noted: Vec<kept::New> = noted.collect();
        let ((), manifest) = rayon::join(
            || Kept::note(&self.out, self.slice.as_deref(), &noted),
            || manifest::write(files.iter().map(|(path, written)| (path, written.hash))),
        );
        let unchanged = files.len() - written;
        self.record.close(&manifest)?;
        Ok(WriteSummary {
            written,
            unchanged,
            removed,
        })
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
        if lock(&self.files)
            .insert(path.clone(), Written::default())
            .is_some()
        {
            return Err(WriteError::Twice(path.clone()));
        }
        self.make_folder(&path.parent())?;
        let target = self.at(path);
        let found = if self.record.is_fresh() {
            None
        } else {
            self.in_the_way(path, &target, &mut content)?
        };
        let written = match found {
            Some(hash) => Written {
                hash,
                changed: false,
                key,
                stamp: None,
            },
            None => {
                let (hash, stamp) = self.write(path, &target, content)?;
                Written {
                    hash,
                    changed: true,
                    key,
                    stamp,
                }
            }
        };
        lock(&self.files).insert(path.clone(), written);
        Ok(())
    }

    /// Looks at what already stands at `target`: the hash if it is the content itself, nothing if it may be replaced.
    fn in_the_way<B: BufRead + Seek>(
        &self,
        path: &SitePath,
        target: &Path,
        content: &mut Content<'_, B>,
    ) -> Result<Option<u128>, WriteError> {
        let standing = match fs::symlink_metadata(target) {
            Ok(standing) => standing,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::Io(target.into(), error)),
        };
        if standing.is_dir() {
            self.clear_folder(path, target)?;
            return Ok(None);
        }
        if !self.force && !self.owns(path) {
            return Err(self.foreign(path));
        }
        if standing.is_file() && standing.len() == content.size() {
            content.equals(target)
        } else {
            Ok(None)
        }
    }

    /// Writes the file `path`: its hash, and its stamp if that is known without looking once more.
    fn write<B: BufRead + Seek>(
        &self,
        path: &SitePath,
        target: &Path,
        content: Content<'_, B>,
    ) -> Result<(u128, Option<u64>), WriteError> {
        let refused = |error| WriteError::Io(target.into(), error);
        self.record.note(path)?;
        if self.record.is_fresh() {
            let file = File::create_new(target).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => self.foreign(path),
                _ => refused(error),
            })?;
            let hash = content.pour(&file, target)?;
            return Ok((hash, kept::fingerprint_of(&file)));
        }
        let neighbour = self.neighbour(path);
        let written = File::create(&neighbour).map_err(refused).and_then(|file| {
            let hash = content.pour(&file, target)?;
            fs::rename(&neighbour, target).map_err(refused)?;
            Ok((hash, None))
        });
        if written.is_err() {
            let _ = fs::remove_file(&neighbour);
        }
        written
    }

    /// Sees to it that `folder` and all folders above it are there, and are folders.
    fn make_folder(&self, folder: &SitePath) -> Result<(), WriteError> {
        if folder.is_root() || self.is_known(folder) {
            return Ok(());
        }
        self.make_folder(&folder.parent())?;
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        let target = self.at(folder);
        let refused = |error| WriteError::Io(target.clone(), error);
        match fs::create_dir(&target) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let standing = fs::symlink_metadata(&target).map_err(refused)?;
                if standing.is_symlink() {
                    return Err(WriteError::LinkedFolder(target));
                }
                if !standing.is_dir() {
                    // A page of the last build has become a folder of this one.
                    if lock(&self.files).contains_key(folder) {
                        return Err(WriteError::Twice(folder.clone()));
                    }
                    if !self.force && !self.owns(folder) {
                        return Err(WriteError::ForeignFile(target));
                    }
                    fs::remove_file(&target)
                        .and_then(|()| fs::create_dir(&target))
                        .map_err(refused)?;
                }
            }
            made => made.map_err(refused)?,
        }
        folders.insert(folder.clone());
        Ok(())
    }

    /// A folder of the last build has become a file of this one: removes what we wrote into it, and the folder if nothing else is there.
    fn clear_folder(&self, folder: &SitePath, target: &Path) -> Result<(), WriteError> {
        let inside = |path: &SitePath| path != folder && path.starts_with(folder);
        if self.is_known(folder) {
            return Err(WriteError::Twice(folder.clone()));
        }
        for path in self.record.owned().iter().filter(|path| inside(path)) {
            self.remove(path, &folder.parent())?;
        }
        if target.exists() {
            Err(WriteError::FolderInTheWay(target.into()))
        } else {
            Ok(())
        }
    }

    fn prune(&self, files: &FxHashMap<SitePath, Written>) -> Result<usize, WriteError> {
        let mut left: Vec<&SitePath> = self
            .record
            .removable()
            .filter(|path| !files.contains_key(*path))
            .collect();
        if left.is_empty() {
            return Ok(0);
        }
        left.sort_unstable();
        // Some disks take `A` and `a` for one file; then the one that is left over is the one that was just written.
        let folded: FxHashMap<String, &SitePath> = files
            .keys()
            .map(|path| (path.as_str().to_lowercase(), path))
            .collect();
        let is_the_same = |path: &SitePath| {
            folded
                .get(&path.as_str().to_lowercase())
                .is_some_and(
                    |written| match (self.real_name(path), self.real_name(written)) {
                        (Some(a), Some(b)) => a == b,
                        _ => false,
                    },
                )
        };
        let mut removed = 0;
        for path in left {
            if !is_the_same(path) && self.remove(path, &SitePath::root())? {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes a file we wrote, then the folders above it that are empty, up to but without `keep`. True if the file was there.
    fn remove(&self, path: &SitePath, keep: &SitePath) -> Result<bool, WriteError> {
        let target = self.at(path);
        if !self.is_real(&path.parent())
            || !fs::symlink_metadata(&target).is_ok_and(|standing| !standing.is_dir())
        {
            return Ok(false);
        }
        fs::remove_file(&target).map_err(|error| WriteError::Io(target, error))?;
        let mut folder = path.parent();
        while &folder != keep && fs::remove_dir(self.at(&folder)).is_ok() {
            folder = folder.parent();
        }
        Ok(true)
    }

    /// True if an earlier build wrote `path`, or what the disk takes for it.
    fn owns(&self, path: &SitePath) -> bool {
        let owned = self.record.owned();
        owned.contains(path)
            || self
                .real_name(path)
                .is_some_and(|path| owned.contains(&path))
    }

    /// Says why the file at `path` may not be touched.
    fn foreign(&self, path: &SitePath) -> WriteError {
        match self.real_name(path) {
            _ if self.is_known(path) => WriteError::Twice(path.clone()),
            Some(real) if &real != path && lock(&self.files).contains_key(&real) => {
                WriteError::Twice(path.clone())
            }
            _ => WriteError::ForeignFile(self.at(path)),
        }
    }

    /// How the disk spells `path`, if something is there and is not a link to another place.
    fn real_name(&self, path: &SitePath) -> Option<SitePath> {
        let real = self.at(path).canonicalize().ok()?;
        let real = SitePath::new(real.strip_prefix(&self.out).ok()?.to_str()?).ok()?;
        (real.as_str().to_lowercase() == path.as_str().to_lowercase()).then_some(real)
    }

    /// True if `path` is a folder this build writes into.
    fn is_known(&self, path: &SitePath) -> bool {
        self.folders
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(path)
    }

    /// True if neither `folder` nor a folder above it is a link.
    fn is_real(&self, folder: &SitePath) -> bool {
        folder.is_root()
            || self.is_known(folder)
            || (fs::symlink_metadata(self.at(folder)).is_ok_and(|standing| standing.is_dir())
                && self.is_real(&folder.parent()))
    }

    fn at(&self, path: &SitePath) -> PathBuf {
        self.out.join(path.as_str())
    }

    /// Where the bytes of `path` are gathered before they take its place. The name follows from the path, so that the next build can
    /// find what a killed one left.
    fn neighbour(&self, path: &SitePath) -> PathBuf {
        self.at(&path.parent()).join(format!(
            "{RESERVED}{:016x}",
            xxh3_64(path.as_str().as_bytes())
        ))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
