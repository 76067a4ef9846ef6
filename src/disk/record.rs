//! Keeps the record of an output folder on disk: reads what earlier builds wrote, notes what this one is about to write, and lets no
//! other build in meanwhile.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustc_hash::FxHashSet;

use super::WriteError;
use super::manifest::{self, CACHE, JOURNAL, KEPT, MANIFEST, RESERVED, Unreadable, of_slice};
use crate::source::SitePath;

/// How often the lock is asked for, and how long it is waited for in between.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// How the name of a manifest ends that is being written.
const NEW: &str = "new";

/// The open record. The journal's lock belongs to this process, so it ends with the process, however that ends.
///
/// A build of one slice of the site keeps a record of its own beside the main one, so that slices can be built side by side into one
/// folder: it may replace what any build wrote, but removes only what it wrote itself. They share the lock of the main journal, so that a
/// build of the whole site waits for none of them to be at work.
#[derive(Debug)]
pub(super) struct Record {
    manifest: PathBuf,
    journal_path: PathBuf,
    journal: Mutex<File>,
    /// The main journal, for a slice.
    _shared: Option<File>,
    owned: FxHashSet<SitePath>,
    /// What builds of the same slice wrote; nothing for the whole site, to which everything belongs.
    own: Option<Vec<SitePath>>,
    interrupted: Vec<SitePath>,
    /// The records of slices that this build takes the place of.
    replaced: Vec<PathBuf>,
    fresh: bool,
}

impl Record {
    /// Reads the record of the folder `out`, or begins one. Without `force`, a folder that holds other files and no record, and one
    /// whose record can't be read, is not ours to write in.
    pub(super) fn open(out: &Path, force: bool, slice: Option<&str>) -> Result<Record, WriteError> {
        let (manifest, journal_path) = (
            out.join(of_slice(MANIFEST, slice)),
            out.join(of_slice(JOURNAL, slice)),
        );
        let (main_manifest, main_journal) = (out.join(MANIFEST), out.join(JOURNAL));
        // In this order: a build that has just begun here writes its manifest before anything else.
        if !is_empty(out).map_err(refused(out))? && !main_manifest.exists() && !force {
            return Err(WriteError::ForeignFolder(out.into()));
        }
        let shared = slice
            .map(|_| locked(&main_journal, out, File::try_lock_shared))
            .transpose()?;
        let journal = locked(&journal_path, out, File::try_lock)?;
        let mut record = Record {
            manifest,
            journal_path,
            journal: Mutex::new(journal),
            _shared: shared,
            owned: FxHashSet::default(),
            own: None,
            interrupted: Vec::new(),
            replaced: Vec::new(),
            fresh: false,
        };
        record.fresh = !record.manifest.exists() && is_empty(out).map_err(refused(out))?;
        let own = record.read(force)?;
        record.own = slice.is_some().then_some(own);
        record.read_others(out, force)?;
        for needed in [&main_manifest, &record.manifest] {
            if !needed.exists() {
                record.write_manifest(needed, &manifest::write([]))?;
            }
        }
        Ok(record)
    }

    /// Reads this build's own record: what it says was written. The journal is left where the next line goes.
    fn read(&mut self, force: bool) -> Result<Vec<SitePath>, WriteError> {
        let mut own = written(&self.manifest, force)?;
        let journal = self
            .journal
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        journal
            .read_to_end(&mut bytes)
            .map_err(refused(&self.journal_path))?;
        let interrupted = manifest::read_journal(&String::from_utf8_lossy(&bytes));
        self.interrupted = understood(interrupted, &self.journal_path, force)?;
        let complete = bytes
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1) as u64;
        journal
            .set_len(complete)
            .and_then(|()| journal.seek(SeekFrom::Start(complete)))
            .map_err(refused(&self.journal_path))?;
        own.extend(self.interrupted.iter().cloned());
        self.owned.extend(own.iter().cloned());
        Ok(own)
    }

    /// Reads the records of all other builds that wrote here. A build of the whole site takes their place.
    fn read_others(&mut self, out: &Path, force: bool) -> Result<(), WriteError> {
        for entry in fs::read_dir(out).map_err(refused(out))? {
            let path = entry.map_err(refused(out))?.path();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let is_note = |note: &str| name.starts_with(note) && name != note;
            if self.own.is_none() && (is_note(CACHE) || is_note(KEPT)) {
                self.replaced.push(path);
                continue;
            }
            let (is_manifest, is_journal) = (name.starts_with(MANIFEST), name.starts_with(JOURNAL));
            if !(is_manifest || is_journal)
                || path == self.manifest
                || path == self.journal_path
                || name.ends_with(NEW)
            {
                continue;
            }
            if is_manifest {
                self.owned.extend(written(&path, force)?);
            } else {
                let text = fs::read(&path).map_err(refused(&path))?;
                let interrupted = understood(
                    manifest::read_journal(&String::from_utf8_lossy(&text)),
                    &path,
                    force,
                )?;
                self.owned.extend(interrupted.iter().cloned());
                if self.own.is_none() {
                    self.interrupted.extend(interrupted);
                }
            }
            if self.own.is_none() {
                self.replaced.push(path);
            }
        }
        Ok(())
    }

    /// True if nothing lay in the folder.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Everything earlier builds wrote.
    pub(super) fn owned(&self) -> &FxHashSet<SitePath> {
        &self.owned
    }

    /// Everything this build may remove if it doesn't write it.
    pub(super) fn removable(&self) -> impl Iterator<Item = &SitePath> {
        let everything = self
            .own
            .is_none()
            .then_some(&self.owned)
            .into_iter()
            .flatten();
        everything.chain(self.own.iter().flatten())
    }

    /// What builds noted that never came to their end.
    pub(super) fn interrupted(&self) -> &[SitePath] {
        &self.interrupted
    }

    /// Notes that `path` is about to be written.
    pub(super) fn note(&self, path: &SitePath) -> Result<(), WriteError> {
        let line = format!("{path}\n");
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal
            .write_all(line.as_bytes())
            .map_err(|error| WriteError::Io(self.journal_path.clone(), error))
    }

    /// Replaces the record by `manifest`, the list of all that lies in the folder now.
    pub(super) fn close(self, manifest: &str) -> Result<(), WriteError> {
        self.write_manifest(&self.manifest, manifest)?;
        for path in &self.replaced {
            fs::remove_file(path).map_err(refused(path))?;
        }
        let journal = self
            .journal
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        journal
            .set_len(0)
            .map_err(|error| WriteError::Io(self.journal_path, error))
    }

    fn write_manifest(&self, path: &Path, text: &str) -> Result<(), WriteError> {
        if fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
            return Ok(());
        }
        // Named after this build's own record, whichever it writes: two slices may begin the main one at the same time.
        let neighbour = self.manifest.with_extension(NEW);
        let written = fs::write(&neighbour, text).and_then(|()| fs::rename(&neighbour, path));
        written.map_err(|error| WriteError::Io(path.into(), error))
    }
}

fn refused(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_path_buf();
    move |error| WriteError::Io(path, error)
}

/// The journal at `path`, open and locked.
fn locked(
    path: &Path,
    out: &Path,
    lock: fn(&File) -> Result<(), TryLockError>,
) -> Result<File, WriteError> {
    if path.is_symlink() {
        return Err(WriteError::ForeignFile(path.into()));
    }
    let journal = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(refused(path))?;
    for attempt in 1.. {
        match lock(&journal) {
            // A build that is about to end is worth a moment; so is a program that was just started beside it, with a copy of its files.
            Err(TryLockError::WouldBlock) if attempt < ATTEMPTS => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(WriteError::Locked(out.into())),
            // Some network disks know no locks.
            Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                return Err(refused(path)(error));
            }
            _ => break,
        }
    }
    Ok(journal)
}

/// The paths in the manifest at `path`; none if there is no manifest.
fn written(path: &Path, force: bool) -> Result<Vec<SitePath>, WriteError> {
    if path.is_symlink() {
        return Err(WriteError::ForeignFile(path.into()));
    }
    match fs::read(path) {
        Ok(bytes) => understood(
            manifest::read(&String::from_utf8_lossy(&bytes)),
            path,
            force,
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(refused(path)(error)),
    }
}

fn understood(
    read: Result<Vec<SitePath>, Unreadable>,
    path: &Path,
    force: bool,
) -> Result<Vec<SitePath>, WriteError> {
    match read {
        Ok(paths) => Ok(paths),
        Err(Unreadable::Newer) => Err(WriteError::NewerRecord(path.into())),
        Err(Unreadable::Damaged) if force => Ok(Vec::new()),
        Err(Unreadable::Damaged) => Err(WriteError::BadRecord(path.into())),
    }
}

/// True if nothing lies in the folder but what a build leaves that was killed at its very beginning.
fn is_empty(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if !entry?
            .file_name()
            .as_encoded_bytes()
            .starts_with(RESERVED.as_bytes())
        {
            return Ok(false);
        }
    }
    Ok(true)
}
