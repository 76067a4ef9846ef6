//! Keeps the record of an output folder on disk: reads what earlier builds wrote, notes what this one is about to write, and lets no
//! other build in meanwhile.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::WriteError;
use super::manifest::{self, JOURNAL, MANIFEST, RESERVED, Unreadable};
use crate::source::SitePath;

/// The open record. The journal's lock belongs to this process, so it ends with the process, however that ends.
#[derive(Debug)]
pub(super) struct Record {
    manifest: PathBuf,
    journal_path: PathBuf,
    journal: Mutex<File>,
    owned: FxHashSet<SitePath>,
    interrupted: Vec<SitePath>,
    fresh: bool,
}

impl Record {
    /// Reads the record of the folder `out`, or begins one. Without `force`, a folder that holds other files and no record, and one
    /// whose record can't be read, is not ours to write in.
    pub(super) fn open(out: &Path, force: bool) -> Result<Record, WriteError> {
        let (manifest, journal_path) = (out.join(MANIFEST), out.join(JOURNAL));
        let refused = |path: &Path| {
            let path = path.to_path_buf();
            move |error| WriteError::Io(path, error)
        };
        // In this order: a build that has just begun here writes its manifest before anything else.
        if !is_empty(out).map_err(refused(out))? && !manifest.exists() && !force {
            return Err(WriteError::ForeignFolder(out.into()));
        }
        for path in [&manifest, &journal_path] {
            if path.is_symlink() {
                return Err(WriteError::ForeignFile(path.clone()));
            }
        }
        let mut journal =
            File::options().read(true).write(true).create(true).truncate(false).open(&journal_path).map_err(refused(&journal_path))?;
        match journal.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(WriteError::Locked(out.into())),
            // Some network disks know no locks.
            Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => return Err(refused(&journal_path)(error)),
            _ => {}
        }

        let understood = |read: Result<Vec<SitePath>, Unreadable>, path: &Path| match read {
            Ok(paths) => Ok(paths),
            Err(Unreadable::Newer) => Err(WriteError::NewerRecord(path.into())),
            Err(Unreadable::Damaged) if force => Ok(Vec::new()),
            Err(Unreadable::Damaged) => Err(WriteError::BadRecord(path.into())),
        };
        let (written, fresh) = match fs::read(&manifest) {
            Ok(bytes) => (understood(manifest::read(&String::from_utf8_lossy(&bytes)), &manifest)?, false),
            Err(error) if error.kind() == ErrorKind::NotFound => (Vec::new(), is_empty(out).map_err(refused(out))?),
            Err(error) => return Err(refused(&manifest)(error)),
        };
        let mut bytes = Vec::new();
        journal.read_to_end(&mut bytes).map_err(refused(&journal_path))?;
        let interrupted = understood(manifest::read_journal(&String::from_utf8_lossy(&bytes)), &journal_path)?;
        let complete = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1) as u64;
        journal.set_len(complete).and_then(|()| journal.seek(SeekFrom::Start(complete))).map_err(refused(&journal_path))?;

        let owned = written.into_iter().chain(interrupted.iter().cloned()).collect();
        let record = Record { manifest, journal_path, journal: Mutex::new(journal), owned, interrupted, fresh };
        if !record.manifest.exists() {
            record.write_manifest(&manifest::write(&[]))?;
        }
        Ok(record)
    }

    /// True if nothing lay in the folder.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Everything earlier builds wrote.
    pub(super) fn owned(&self) -> &FxHashSet<SitePath> {
        &self.owned
    }

    /// What builds noted that never came to their end.
    pub(super) fn interrupted(&self) -> &[SitePath] {
        &self.interrupted
    }

    /// Notes that `path` is about to be written.
    pub(super) fn note(&self, path: &SitePath) -> Result<(), WriteError> {
        let line = format!("{path}\n");
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.write_all(line.as_bytes()).map_err(|error| WriteError::Io(self.journal_path.clone(), error))
    }

    /// Replaces the record by `manifest`, the list of all that lies in the folder now.
    pub(super) fn close(self, manifest: &str) -> Result<(), WriteError> {
        self.write_manifest(manifest)?;
        let journal = self.journal.into_inner().unwrap_or_else(PoisonError::into_inner);
        journal.set_len(0).map_err(|error| WriteError::Io(self.journal_path, error))
    }

    fn write_manifest(&self, text: &str) -> Result<(), WriteError> {
        if fs::read(&self.manifest).is_ok_and(|bytes| bytes == text.as_bytes()) {
            return Ok(());
        }
        let neighbour = self.manifest.with_extension("new");
        let written = fs::write(&neighbour, text).and_then(|()| fs::rename(&neighbour, &self.manifest));
        written.map_err(|error| WriteError::Io(self.manifest.clone(), error))
    }
}

/// True if nothing lies in the folder but what a build leaves that was killed at its very beginning.
fn is_empty(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if !entry?.file_name().as_encoded_bytes().starts_with(RESERVED.as_bytes()) {
            return Ok(false);
        }
    }
    Ok(true)
}
