//! The record of a change of the authors' files that is being made -> after a kill, the change finished or taken back. The record is a file
//! in the folder of the site, there before the first file of the change and gone after the last. Doesn't know why anything changes.
//!
//! The file is locked while its process lives: another one waits for it, and goes on only with what a killed one has left. Nothing
//! is synced to the disk, so after a power cut files may lack content; then their hashes are wrong, and nothing is touched.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::change_steps::{Step, StepError, moment, remove};
use super::folder::Folder;

/// The file of the record.
pub(super) const JOURNAL: &str = ".hjelp-journal";

/// The last line, once all new content is written: from here on a change can be finished.
const PREPARED: &str = "prepared\n";

/// The last line of a record that is no longer needed.
const OVER: &str = "over\n";

/// Everything that a change does.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct ChangeRecord {
    /// Tells it from the record of any other change.
    pub id: u64,
    /// The folders it creates, the outer ones first.
    pub folders: Vec<PathBuf>,
    pub steps: Vec<Step>,
}

/// What became of a change that was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// There was none.
    Nothing,
    /// All files are as the change makes them.
    Finished,
    /// All files are as they were before it.
    Undone,
}

/// Why a change could be neither finished nor taken back.
#[derive(Debug)]
pub(super) enum RecoveryError {
    /// These files were changed since, some in their old and some in their new form.
    Changed(Vec<PathBuf>),
    /// The record isn't one.
    Unreadable,
    Io(io::Error),
}

impl From<StepError> for RecoveryError {
    fn from(error: StepError) -> Self {
        RecoveryError::Io(error.error)
    }
}

impl From<io::Error> for RecoveryError {
    fn from(error: io::Error) -> Self {
        RecoveryError::Io(error)
    }
}

/// The record on the disk, with the lock that says that its process lives.
pub(super) struct Journal<'f> {
    folder: &'f Folder,
    file: File,
}

impl<'f> Journal<'f> {
    /// Writes the record of a change that begins. After this its files may be written.
    pub fn begin(folder: &'f Folder, record: &ChangeRecord) -> Result<Self, RecoveryError> {
        loop {
            if let Some(journal) = Journal::try_begin(folder, record)? {
                return Ok(journal);
            }
        }
    }

    /// Nothing if another process has removed the record before it was locked: it looked like that of a killed one.
    fn try_begin(folder: &'f Folder, record: &ChangeRecord) -> Result<Option<Self>, RecoveryError> {
        let name = PathBuf::from(format!("{JOURNAL}-{:x}", record.id));
        moment();
        let mut file = folder.create_new(&name)?;
        // Locked and whole before it has its name, so that no process finds a part of it, or takes it for that of a killed one.
        file.lock()?;
        let text = serde_json::to_string(record).map_err(io::Error::from)?;
        file.write_all(format!("{text}\n").as_bytes())?;
        loop {
            moment();
            match folder.rename_new(&name, Path::new(JOURNAL)) {
                Ok(()) => return Ok(Some(Journal { folder, file })),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                // Another process has begun a change meanwhile.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if let Err(error) = recover(folder) {
                        remove(folder, &name)?;
                        return Err(error);
                    }
                }
                Err(error) => {
                    let _ = remove(folder, &name);
                    return Err(error.into());
                }
            }
        }
    }

    /// Notes that all new content is written.
    pub fn prepared(&mut self) -> io::Result<()> {
        moment();
        self.file.write_all(PREPARED.as_bytes())
    }

    /// Removes the record: the change is made, or taken back.
    pub fn end(mut self) -> io::Result<()> {
        moment();
        // For a process that waits for the lock and has opened the file already.
        self.file.write_all(OVER.as_bytes())?;
        moment();
        remove(self.folder, Path::new(JOURNAL))
    }
}

impl ChangeRecord {
    /// Runs what was not run yet of all steps, and removes the helpers.
    pub fn finish(&self, folder: &Folder) -> Result<(), StepError> {
        for step in &self.steps {
            step.finish(folder).map_err(|error| step.failed(error))?;
        }
        for step in &self.steps {
            step.clean(folder).map_err(|error| step.failed(error))?;
        }
        for step in &self.steps {
            step.remove_empty_folders(folder);
        }
        Ok(())
    }

    /// Takes back what was run, the last step first, and removes the helpers and the new folders. After an error the other steps are
    /// taken back all the same.
    pub fn undo(&self, folder: &Folder) -> io::Result<()> {
        let mut undone = Ok(());
        for step in self.steps.iter().rev() {
            let step = step.undo(folder);
            if undone.is_ok() {
                undone = step;
            }
        }
        undone?;
        self.discard(folder)
    }

    /// The same if no step was run.
    pub fn discard(&self, folder: &Folder) -> io::Result<()> {
        for step in &self.steps {
            step.clean(folder)?;
        }
        for created in self.folders.iter().rev() {
            moment();
            // Only folders that are empty go.
            let _ = folder.dir().remove_dir(created);
        }
        Ok(())
    }

    fn recover(&self, folder: &Folder) -> Result<Recovery, RecoveryError> {
        let (mut unfinished, mut not_undone) = (Vec::new(), Vec::new());
        for step in &self.steps {
            let state = step.state(folder)?;
            if !state.can_finish {
                unfinished.push(step.target().to_path_buf());
            }
            if !state.can_undo {
                not_undone.push(step.target().to_path_buf());
            }
        }
        if unfinished.is_empty() {
            self.finish(folder)?;
            return Ok(Recovery::Finished);
        }
        if not_undone.is_empty() {
            self.undo(folder)?;
            return Ok(Recovery::Undone);
        }
        unfinished.extend(not_undone);
        unfinished.dedup();
        Err(RecoveryError::Changed(unfinished))
    }
}

/// Finishes the change that a killed process has left in the folder, or takes it back if that is not possible: without new content for a file,
/// or because its author has changed the old one. Waits for a process that is making one.
pub(super) fn recover(folder: &Folder) -> Result<Recovery, RecoveryError> {
    loop {
        let mut file = match folder.open_own(Path::new(JOURNAL), false) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                remove_unnamed(folder);
                return Ok(Recovery::Nothing);
            }
            Err(error) => return Err(error.into()),
        };
        file.lock()?;
        // The process that was waited for has removed it, and perhaps there is another one now.
        if !is_named(folder, &file)? {
            continue;
        }
        let mut text = String::new();
        if file.read_to_string(&mut text).is_err() {
            return Err(RecoveryError::Unreadable);
        }
        return recover_from(folder, Journal { folder, file }, &text);
    }
}

/// True if `file` is the one at the path of the record. By length and time, because Windows lets no process read a locked file by its path.
fn is_named(folder: &Folder, file: &File) -> io::Result<bool> {
    let metadata = file.metadata()?;
    match folder.dir().symlink_metadata(JOURNAL) {
        Ok(named) => {
            Ok(named.len() == metadata.len()
                && named.modified()?.into_std() == metadata.modified()?)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn recover_from(
    folder: &Folder,
    journal: Journal<'_>,
    text: &str,
) -> Result<Recovery, RecoveryError> {
    let Some((line, marks)) = text.split_once('\n') else {
        return Err(RecoveryError::Unreadable);
    };
    let parsed: Result<ChangeRecord, _> = serde_json::from_str(line);
    let record = parsed.map_err(|_| RecoveryError::Unreadable)?;
    let is_plausible = record.steps.iter().all(|step| step.is_plausible(folder));
    if !is_plausible {
        return Err(RecoveryError::Unreadable);
    }
    let recovery = if marks.contains(OVER) {
        Recovery::Nothing
    } else if marks.starts_with(PREPARED) {
        record.recover(folder)?
    } else {
        record.discard(folder)?;
        Recovery::Undone
    };
    journal.end()?;
    remove_unnamed(folder);
    Ok(recovery)
}

/// Removes records of processes that were killed before their change began.
fn remove_unnamed(folder: &Folder) {
    let Ok(entries) = folder.dir().entries() else {
        return;
    };
    for entry in entries.flatten() {
        let name = PathBuf::from(entry.file_name());
        if !name.to_string_lossy().starts_with(&format!("{JOURNAL}-")) {
            continue;
        }
        // A process that lives has locked it.
        if let Ok(file) = folder.open_own(&name, false)
            && file.try_lock().is_ok()
        {
            let _ = remove(folder, &name);
        }
    }
}
