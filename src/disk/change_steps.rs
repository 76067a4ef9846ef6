//! A change of the authors' files as steps whose state can be determined from the files alone -> the files after it, or as they were before. A step
//! can be run or undone again after it was interrupted anywhere. Doesn't know why anything changes, nor where the steps are recorded.
//!
//! No content is lost on the way: the new one is in a file of its own until a rename gives it its place, and the old one has a second
//! name until all steps are done.

use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::folder::{Folder, LARGEST, is_in_git};
use super::output_path::RESERVED;

/// One rename, and what it needs. All paths are relative to the folder and free of links; no two steps have one in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Step {
    /// New content for a file.
    Replace {
        target: PathBuf,
        /// The file with the new content.
        new: PathBuf,
        /// The second name of the old content.
        aside: PathBuf,
        /// Hash of the old content, and of the new one.
        hashes: [u128; 2],
    },
    /// A file where none was.
    Create {
        target: PathBuf,
        new: PathBuf,
        hash: u128,
    },
    /// Another path for a file that keeps its content.
    Move { from: PathBuf, to: PathBuf },
    /// A file that goes.
    Remove {
        target: PathBuf,
        aside: PathBuf,
        hash: u128,
    },
}

/// A step that couldn't be run, or not to its end.
#[derive(Debug)]
pub(super) struct StepError {
    /// The file of the step.
    pub path: PathBuf,
    pub error: io::Error,
}

/// What became of a step, as the files show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StepState {
    /// True if it was run.
    is_done: bool,
    /// True if nothing is lost when its file becomes, or stays, what the step makes of it.
    pub can_finish: bool,
    /// True if nothing is lost when its file becomes, or stays, what it was.
    pub can_undo: bool,
}

impl StepState {
    fn new(is_done: bool, can_finish: bool, can_undo: bool) -> Self {
        StepState {
            is_done,
            can_finish,
            can_undo,
        }
    }
}

impl Step {
    /// The file that the author sees.
    pub fn target(&self) -> &Path {
        match self {
            Step::Replace { target, .. }
            | Step::Create { target, .. }
            | Step::Remove { target, .. } => target,
            Step::Move { from, .. } => from,
        }
    }

    /// The paths that are otherwise after the step.
    pub fn places(&self) -> Vec<&Path> {
        match self {
            Step::Move { from, to } => vec![from, to],
            _ => vec![self.target()],
        }
    }

    pub fn failed(&self, error: io::Error) -> StepError {
        StepError {
            path: self.target().to_path_buf(),
            error,
        }
    }

    /// The files that exist only while the change is made.
    fn helpers(&self) -> Vec<&Path> {
        match self {
            Step::Replace { new, aside, .. } => vec![new, aside],
            Step::Create { new, .. } => vec![new],
            Step::Move { .. } => Vec::new(),
            Step::Remove { aside, .. } => vec![aside],
        }
    }

    /// True if the step can have been written by this program for this folder. A record comes with the content, perhaps from somebody
    /// else, and must not reach Git's own files, where there are programs.
    pub fn is_plausible(&self, folder: &Folder) -> bool {
        let mut paths = self.helpers();
        for path in &paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !name.starts_with(RESERVED) {
                return false;
            }
        }
        paths.extend(self.places());
        paths.iter().all(|path| is_plain(folder, path))
    }

    pub fn state(&self, folder: &Folder) -> io::Result<StepState> {
        match self {
            Step::Replace {
                target,
                new,
                aside,
                hashes: [before, after],
            } => Ok(match hash_of(folder, target)? {
                Some(hash) if hash == *after => StepState::new(true, true, exists(folder, aside)),
                Some(hash) if hash == *before => StepState::new(false, exists(folder, new), true),
                // Changed by its author meanwhile: in the old text if the new one still waits.
                _ if exists(folder, new) => StepState::new(false, false, true),
                _ => StepState::new(true, true, false),
            }),
            Step::Create { target, new, hash } => Ok(match hash_of(folder, target)? {
                Some(found) if found == *hash => StepState::new(true, true, true),
                None => StepState::new(false, exists(folder, new), true),
                Some(_) if exists(folder, new) => StepState::new(false, false, true),
                Some(_) => StepState::new(true, true, false),
            }),
            Step::Move { from, to } => match (exists(folder, from), exists(folder, to)) {
                (true, false) => Ok(StepState::new(false, true, true)),
                (false, true) => Ok(StepState::new(true, true, true)),
                (false, false) => Ok(StepState::new(false, false, false)),
                // Version control was asked for the old files, and doesn't know the new path.
                (true, true) => {
                    let is_copy = hash_of(folder, from)? == hash_of(folder, to)?;
                    Ok(StepState::new(is_copy, is_copy, is_copy))
                }
            },
            Step::Remove {
                target,
                aside,
                hash,
            } => Ok(match hash_of(folder, target)? {
                None => StepState::new(true, true, exists(folder, aside)),
                Some(found) => StepState::new(false, found == *hash, true),
            }),
        }
    }

    /// Does what is left to do of the step.
    pub fn finish(&self, folder: &Folder) -> io::Result<()> {
        let state = self.state(folder)?;
        if state.is_done && !self.is_doubled(folder) {
            return Ok(());
        }
        // Another program may have written the file since it was checked.
        if !state.can_finish {
            return Err(ErrorKind::AlreadyExists.into());
        }
        moment();
        match self {
            Step::Replace {
                target, new, aside, ..
            } => {
                second_name(folder, target, aside)?;
                moment();
                folder.rename(new, target)
            }
            Step::Create { target, new, .. } => folder.rename_new(new, target),
            Step::Move { from, .. } if self.is_doubled(folder) => folder.dir().remove_file(from),
            Step::Move { from, to } => folder.rename(from, to),
            Step::Remove { target, aside, .. } => folder.rename(target, aside),
        }
    }

    /// Takes back what was done of the step.
    pub fn undo(&self, folder: &Folder) -> io::Result<()> {
        if !self.state(folder)?.is_done {
            return Ok(());
        }
        moment();
        match self {
            Step::Replace { target, aside, .. } | Step::Remove { target, aside, .. } => {
                folder.rename(aside, target)
            }
            Step::Create { target, .. } => folder.dir().remove_file(target),
            Step::Move { to, .. } if self.is_doubled(folder) => folder.dir().remove_file(to),
            Step::Move { from, to } => folder.rename(to, from),
        }
    }

    /// True for a move whose file is at both paths.
    fn is_doubled(&self, folder: &Folder) -> bool {
        match self {
            Step::Move { from, to } => exists(folder, from) && exists(folder, to),
            _ => false,
        }
    }

    /// Removes the files that existed for the change only.
    pub fn clean(&self, folder: &Folder) -> io::Result<()> {
        for helper in self.helpers() {
            moment();
            remove(folder, helper)?;
        }
        Ok(())
    }

    /// Removes the folders that the step has left empty: version control doesn't know empty folders either.
    pub fn remove_empty_folders(&self, folder: &Folder) {
        let (Step::Move { from: left, .. } | Step::Remove { target: left, .. }) = self else {
            return;
        };
        for parent in left.ancestors().skip(1) {
            if parent == Path::new("") {
                return;
            }
            moment();
            match folder.dir().remove_dir(parent) {
                // Removed before an interruption, or by another step; the one around it may still be there.
                Err(error) if error.kind() != ErrorKind::NotFound => return,
                _ => {}
            }
        }
    }
}

/// Removes a file that may not be there.
pub(super) fn remove(folder: &Folder, path: &Path) -> io::Result<()> {
    match folder.dir().remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives the file at `target` the second name `aside`.
fn second_name(folder: &Folder, target: &Path, aside: &Path) -> io::Result<()> {
    // Left by the attempt that was interrupted.
    remove(folder, aside)?;
    let dir = folder.dir();
    if dir.hard_link(target, dir, aside).is_ok() {
        return Ok(());
    }
    // File systems without hard links. The copy has the permissions, too.
    dir.copy(target, dir, aside).map(|_| ())
}

/// The hash of a file's content; nothing if there is no file.
fn hash_of(folder: &Folder, path: &Path) -> io::Result<Option<u128>> {
    match folder.read(path, LARGEST) {
        Ok(bytes) => Ok(Some(hash(&bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

fn exists(folder: &Folder, path: &Path) -> bool {
    folder.dir().symlink_metadata(path).is_ok()
}

/// True for a path below the folder that no link changes, and that isn't Git's.
fn is_plain(folder: &Folder, path: &Path) -> bool {
    let is_below = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_below || is_in_git(path) {
        return false;
    }
    match path.parent() {
        Some(parent) if parent != Path::new("") => {
            folder.resolve_new(parent).is_ok_and(|real| real == parent)
        }
        _ => path.file_name().is_some(),
    }
}

/// Between two changes of the file system, where the program may be killed.
#[cfg(not(test))]
pub(super) fn moment() {}

#[cfg(test)]
thread_local! {
    /// How many moments pass until this thread stops as if it were killed.
    pub(super) static MOMENTS_LEFT: std::cell::Cell<usize> = const { std::cell::Cell::new(usize::MAX) };
}

#[cfg(test)]
#[allow(clippy::panic)]
pub(super) fn moment() {
    let left = MOMENTS_LEFT.get();
    if left == 0 {
        panic!("killed");
    }
    MOMENTS_LEFT.set(left - 1);
}
