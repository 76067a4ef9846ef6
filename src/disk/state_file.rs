//! The state file of an output folder while a build writes into it: read and locked at the beginning, appended to before each file is
//! written, replaced at the end. Doesn't write the files of the site.
//!
//! A build of one shard has a state file of its own, so that shards can be built at the same time into one folder: it may replace what any
//! build wrote, but removes only what it wrote itself. Shards share the lock of the whole site, so that a build of the whole site starts
//! only when none of them is running.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustc_hash::FxHashSet;

use super::WriteError;
use super::fingerprint::program;
use super::folder::{Folder, LARGEST};
use super::legacy_state::LegacyFile;
use super::output_path::{RESERVED, STATE, is_output_folder};
use super::output_state::{
    OutputState, Unreadable, build_line, complete_lines, journal_line, state_text,
};
use crate::source::SitePath;

/// The name of the lock file, which is always empty. The state file can't be locked itself: it is replaced by renaming, and a lock stays
/// with the file that was renamed over.
const LOCK: &str = ".hjelp-lock";

/// How the name of a state file ends that is still being written.
const NEW: &str = ".new";

/// How often the lock is tried, and the pause in between.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// The state file of a running build. Its locks belong to this process, so they end with the process, however that ends.
#[derive(Debug)]
pub(super) struct StateFile {
    /// Its name in the output folder.
    name: String,
    /// The state file, open at its end.
    journal: Mutex<File>,
    _locks: Vec<File>,
    /// What the last build of the same shard, or of the whole site, left.
    state: OutputState,
    /// Everything else that builds wrote into the folder: other shards, interrupted builds, earlier versions of hjelp.
    others: FxHashSet<SitePath>,
    /// What builds that didn't finish were about to write, and this build may remove.
    interrupted: Vec<SitePath>,
    /// Files that this state takes the place of.
    replaced: Vec<String>,
    is_shard: bool,
    is_fresh: bool,
}

/// A state file as it was written by a build that has finished, to recognise it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinishedState {
    checksum: u128,
    /// The length of the file in bytes.
    length: u64,
}

/// The name of a state or lock file: that of a shard, `2/8` for example, has the shard behind it.
pub(super) fn file_name(name: &str, shard: Option<&str>) -> String {
    match shard {
        Some(shard) => format!("{name}-{}", shard.replace('/', "-of-")),
        None => name.to_owned(),
    }
}

impl StateFile {
    /// Reads and locks the state of the folder `out`, or begins one. Without `force`, a folder that has other files and no state, and one
    /// whose state is damaged, are refused.
    pub(super) fn open(
        out: &Folder,
        force: bool,
        shard: Option<&str>,
    ) -> Result<StateFile, WriteError> {
        let name = file_name(STATE, shard);
        // In this order: a build that has just begun here writes its state before anything else.
        let is_ours = is_output_folder(out.real());
        if !is_empty(out)? && !is_ours && !force {
            return Err(WriteError::ForeignFolder(out.path().into()));
        }
        let locks = lock_folder(out, shard)?;
        // Shards may begin at the same time, so none of them has the folder for itself.
        let is_fresh = shard.is_none() && is_empty(out)?;
        // The state of the whole site marks the folder as ours, whatever is built.
        for needed in [STATE, &name] {
            if !exists(out, needed) {
                replace(out, &name, needed, &state_text("", &[]).0)?;
            }
        }
        let (state, journal) = open_state(out, &name, force)?;
        let mut file = StateFile {
            name,
            journal: Mutex::new(journal),
            _locks: locks,
            others: FxHashSet::default(),
            interrupted: Vec::new(),
            state,
            replaced: Vec::new(),
            is_shard: shard.is_some(),
            is_fresh,
        };
        file.add_interrupted(file.state.interrupted().to_vec(), true);
        file.read_others(out, force, shard)?;
        Ok(file)
    }

    /// Reads the states of all other builds that wrote here. A build of the whole site takes their place; a build of a shard takes that of
    /// what earlier versions of hjelp wrote for the same shard.
    fn read_others(
        &mut self,
        out: &Folder,
        force: bool,
        shard: Option<&str>,
    ) -> Result<(), WriteError> {
        let own_ending = file_name("", shard);
        for name in names(out)? {
            // The names of hjelp's own files are ASCII.
            let Some(name) = name.to_str() else {
                continue;
            };
            if name == self.name || !name.starts_with(RESERVED) {
                continue;
            }
            let is_lock = name.starts_with(LOCK) && name != LOCK;
            let mut takes_place = !self.is_shard;
            if name.starts_with(STATE) && !name.ends_with(NEW) {
                let state = read_state(out, name, force)?.unwrap_or_default();
                self.others.extend(state.paths().iter().cloned());
                self.add_interrupted(state.interrupted().to_vec(), takes_place);
            } else if let Some(legacy) = LegacyFile::of(name) {
                takes_place |= name.ends_with(&own_ending);
                // What isn't read can be anything, also a pipe.
                if legacy != LegacyFile::Cache {
                    let text = read_text(out, name)?.unwrap_or_default();
                    let paths = understood(legacy.paths(&text), out, name, force)?;
                    self.add_interrupted(paths.unwrap_or_default(), takes_place);
                }
            } else if !is_lock {
                continue;
            }
            if takes_place {
                self.replaced.push(name.to_owned());
            }
        }
        Ok(())
    }

    /// Adds files that builds wrote, or were about to write. Those of other shards are theirs to remove.
    fn add_interrupted(&mut self, paths: Vec<SitePath>, is_removable: bool) {
        self.others.extend(paths.iter().cloned());
        if is_removable {
            self.interrupted.extend(paths);
        }
    }

    /// True if the folder was empty.
    pub(super) fn is_fresh(&self) -> bool {
        self.is_fresh
    }

    /// The last state of the same shard, or of the whole site.
    pub(super) fn state(&self) -> &OutputState {
        &self.state
    }

    /// True if any build wrote `path`.
    pub(super) fn owns(&self, path: &SitePath) -> bool {
        self.state.contains(path) || self.others.contains(path)
    }

    /// All paths that any build wrote.
    pub(super) fn owned(&self) -> impl Iterator<Item = &SitePath> {
        self.state.paths().iter().chain(&self.others)
    }

    /// The paths that this build removes if it doesn't write them.
    pub(super) fn removable(&self) -> FxHashSet<&SitePath> {
        let mut all: FxHashSet<&SitePath> = self.state.paths().iter().collect();
        all.extend(&self.interrupted);
        if !self.is_shard {
            all.extend(&self.others);
        }
        all
    }

    /// Files of builds that didn't finish, which may be half-written next to their places.
    pub(super) fn interrupted(&self) -> &[SitePath] {
        &self.interrupted
    }

    /// Writes to the journal that `paths` are about to be written.
    pub(super) fn add_to_journal<'p>(
        &self,
        out: &Folder,
        paths: impl IntoIterator<Item = &'p SitePath>,
    ) -> Result<(), WriteError> {
        let mut lines = String::new();
        for path in paths {
            lines.push_str(&journal_line(path));
        }
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        // One write, so that a killed build can only cut off the last line.
        journal
            .write_all(lines.as_bytes())
            .map_err(refused(out, &self.name))
    }

    /// Replaces the state by one with these lines of records, in path order. The journal ends with the state it was appended to.
    pub(super) fn close(self, out: &Folder, lines: &[String]) -> Result<FinishedState, WriteError> {
        let program = program().unwrap_or_default();
        let (text, checksum) = state_text(&program, lines);
        // Windows renames nothing over a file that is open.
        drop(self.journal);
        replace(out, &self.name, &self.name, &text)?;
        // Only now that the new state has all their paths.
        for name in &self.replaced {
            out.dir().remove_file(name).map_err(refused(out, name))?;
        }
        Ok(FinishedState {
            checksum,
            length: text.len() as u64,
        })
    }
}

/// The state file of `shard` in the folder `out`, unless a build is running there or the file can't be used.
pub(super) fn read_idle(out: &Folder, shard: Option<&str>) -> Option<OutputState> {
    let (lock, _) = out.open_file(Path::new(&file_name(LOCK, shard))).ok()?;
    // Shared, so that two reads at the same time don't take each other for a build.
    if matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)) {
        return None;
    }
    if shard.is_none() && has_other_states(out) {
        return None;
    }
    read_state(out, &file_name(STATE, shard), false).ok()?
}

/// True if shards, or earlier versions of hjelp, have built into the folder since the whole site was built. What they wrote is theirs until
/// the next build of the whole site takes it over.
fn has_other_states(out: &Folder) -> bool {
    let Ok(names) = names(out) else { return true };
    for name in names {
        let is_own = name == STATE || name == LOCK;
        if !is_own && name.as_encoded_bytes().starts_with(RESERVED.as_bytes()) {
            return true;
        }
    }
    false
}

/// Appends the summary of the build that left the state `finished`, unless another build has begun to write since.
pub(super) fn append_build(
    out: &Folder,
    name: &str,
    finished: FinishedState,
    key: u128,
    summary: &str,
) -> io::Result<()> {
    let mut file = out.open_own(Path::new(name), false)?;
    let head = BufReader::new(&file)
        .lines()
        .nth(1)
        .unwrap_or(Ok(String::new()))?;
    // The checksum alone isn't enough: a build that was interrupted since has only appended to the file.
    let is_same = head.starts_with(&format!("{:032x} ", finished.checksum));
    if is_same && file.seek(SeekFrom::End(0))? == finished.length {
        file.write_all(build_line(key, summary).as_bytes())?;
    }
    Ok(())
}

/// Locks the folder: alone for a build of the whole site, together with other shards for a shard, and that shard alone.
pub(super) fn lock_folder(out: &Folder, shard: Option<&str>) -> Result<Vec<File>, WriteError> {
    match shard {
        None => Ok(vec![locked(out, LOCK, File::try_lock)?]),
        Some(_) => Ok(vec![
            locked(out, LOCK, File::try_lock_shared)?,
            locked(out, &file_name(LOCK, shard), File::try_lock)?,
        ]),
    }
}

fn locked(
    out: &Folder,
    name: &str,
    lock: fn(&File) -> Result<(), TryLockError>,
) -> Result<File, WriteError> {
    // Neither through a link, which would create a file wherever it points, nor from a pipe.
    if !is_file_or_missing(out, name) {
        return Err(WriteError::ForeignFile(out.path().join(name)));
    }
    let file = out
        .open_own(Path::new(name), true)
        .map_err(refused(out, name))?;
    for attempt in 1.. {
        match lock(&file) {
            // A build that is about to end is worth a moment; so is a process that was just forked, with a copy of the lock.
            Err(TryLockError::WouldBlock) if attempt < ATTEMPTS => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(WriteError::Locked(out.path().into())),
            // Some network file systems have no locks.
            Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                return Err(refused(out, name)(error));
            }
            _ => break,
        }
    }
    Ok(file)
}

/// Reads the state file and opens it for its journal, without the incomplete line a killed build may have left.
fn open_state(out: &Folder, name: &str, force: bool) -> Result<(OutputState, File), WriteError> {
    let text = read_text(out, name)?.unwrap_or_default();
    let program = program();
    let state = understood(
        OutputState::parse(&text, program.as_deref()),
        out,
        name,
        force,
    )?;
    let mut journal = out
        .open_own(Path::new(name), false)
        .map_err(refused(out, name))?;
    let complete = match &state {
        Some(_) => complete_lines(&text).len() as u64,
        None => {
            // A damaged state that is built over begins again, or the journal would be part of what is damaged.
            let (empty, _) = state_text("", &[]);
            journal
                .write_all(empty.as_bytes())
                .map_err(refused(out, name))?;
            empty.len() as u64
        }
    };
    journal.set_len(complete).map_err(refused(out, name))?;
    journal.seek(SeekFrom::End(0)).map_err(refused(out, name))?;
    Ok((state.unwrap_or_default(), journal))
}

/// The state in the file `name`; `None` if there is no such file.
fn read_state(out: &Folder, name: &str, force: bool) -> Result<Option<OutputState>, WriteError> {
    let Some(text) = read_text(out, name)? else {
        return Ok(None);
    };
    let program = program();
    understood(
        OutputState::parse(&text, program.as_deref()),
        out,
        name,
        force,
    )
}

/// The text of the file `name`; `None` if there is no such file.
fn read_text(out: &Folder, name: &str) -> Result<Option<String>, WriteError> {
    // With a link, another file would decide what is removed.
    if !is_file_or_missing(out, name) {
        return Err(WriteError::ForeignFile(out.path().join(name)));
    }
    match out.read(Path::new(name), LARGEST) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(out, name)(error)),
    }
}

/// True unless there is a link, a folder, a pipe or a device of this name.
fn is_file_or_missing(out: &Folder, name: &str) -> bool {
    match out.dir().symlink_metadata(name) {
        Ok(metadata) => metadata.is_file(),
        Err(_) => true,
    }
}

/// True if there is anything of this name.
fn exists(out: &Folder, name: &str) -> bool {
    out.dir().symlink_metadata(name).is_ok()
}

/// What was read; `None` for a damaged file that `force` says to build over.
fn understood<T>(
    read: Result<T, Unreadable>,
    out: &Folder,
    name: &str,
    force: bool,
) -> Result<Option<T>, WriteError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Unreadable::Newer) => Err(WriteError::NewerRecord(out.path().join(name))),
        Err(Unreadable::Damaged) if force => Ok(None),
        Err(Unreadable::Damaged) => Err(WriteError::BadRecord(out.path().join(name))),
    }
}

/// Makes the file `name` hold `text`. The file that is renamed onto it is named after `own`, the state file of this build: two shards may
/// begin the state of the whole site at the same time.
fn replace(out: &Folder, own: &str, name: &str, text: &str) -> Result<(), WriteError> {
    let new = format!("{own}{NEW}");
    // A link at this place is removed, not followed.
    let _ = out.dir().remove_file(&new);
    let written = write_and_rename(out, &new, name, text);
    if written.is_err() {
        let _ = out.dir().remove_file(&new);
    }
    written.map_err(refused(out, name))
}

fn write_and_rename(out: &Folder, new: &str, name: &str, text: &str) -> io::Result<()> {
    let mut file = out.create_new(Path::new(new))?;
    file.write_all(text.as_bytes())?;
    // Windows renames no file that is open.
    drop(file);
    out.rename(Path::new(new), Path::new(name))
}

/// True if the folder has nothing in it but what a build leaves that was killed at its very beginning.
fn is_empty(out: &Folder) -> Result<bool, WriteError> {
    for name in names(out)? {
        if !name.as_encoded_bytes().starts_with(RESERVED.as_bytes()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The names of everything in the folder.
fn names(out: &Folder) -> Result<Vec<OsString>, WriteError> {
    let mut names = Vec::new();
    for entry in out.dir().entries().map_err(refused(out, ""))? {
        names.push(entry.map_err(refused(out, ""))?.file_name());
    }
    Ok(names)
}

fn refused(out: &Folder, name: &str) -> impl FnOnce(io::Error) -> WriteError + use<> {
    let path = match name {
        "" => out.path().to_path_buf(),
        name => out.path().join(name),
    };
    move |error| WriteError::Io(path, error)
}
