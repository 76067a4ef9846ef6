//! A list of [`FileChange`]s -> the changed files of the authors: all of them or none. Checks first that every file still has the bytes that
//! were read, then records what is to be done, writes every new content next to its place, and renames; if a step fails, the steps before
//! it are undone. Doesn't know why anything changes. Everything that changes content goes through here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::change_journal::{self, ChangeRecord, JOURNAL, Journal, Recovery, RecoveryError};
use super::change_steps::{Step, StepError, hash, moment};
use super::folder::{Folder, LARGEST, TemporaryFile};
use super::output_path::RESERVED;
use crate::source::SitePath;
use crate::source::edit::{FileChange, FileEdit};

/// How many files a message names.
const MOST_PATHS: usize = 5;

/// Why no file was changed.
#[derive(Debug)]
pub enum ApplyError {
    /// The file is not as it was read.
    Changed(PathBuf),
    /// There is already a file where a new one should be.
    Exists(PathBuf),
    /// An earlier change was interrupted, and these files were changed since: some of them in their old form, some in their new one.
    Interrupted(Vec<PathBuf>),
    /// The system reported an error.
    Io(PathBuf, io::Error),
}

impl ApplyError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            ApplyError::Changed(_) => "run hjelp again; it then reads the file as it is now".into(),
            ApplyError::Exists(_) => "choose another path, or move the file away".into(),
            ApplyError::Interrupted(_) => format!(
                "restore these files with Git and run hjelp again, or remove `{JOURNAL}` to go on with all files as they are"
            ),
            ApplyError::Io(..) => "check that you may write there; no file was changed".into(),
        }
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApplyError::Changed(path) => {
                let path = path.display();
                write!(out, "`{path}` has changed since it was read")
            }
            ApplyError::Exists(path) => write!(out, "`{}` already exists", path.display()),
            ApplyError::Interrupted(paths) if paths.is_empty() => write!(
                out,
                "a change was interrupted, and its record `{JOURNAL}` can't be read"
            ),
            ApplyError::Interrupted(paths) => {
                let shown: Vec<String> = paths
                    .iter()
                    .take(MOST_PATHS)
                    .map(|path| format!("`{}`", path.display()))
                    .collect();
                write!(
                    out,
                    "a change was interrupted and can be neither finished nor undone, because {} changed since",
                    shown.join(", ")
                )
            }
            ApplyError::Io(path, error) => {
                write!(out, "`{}` can't be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for ApplyError {}

/// Applies `changes` to the files below `root`, all or none, also if the process is killed: what it leaves is finished or taken back by
/// [`recover`]. Edits and deletions are of the files as they were read, moves come after them, so a file can be edited at its old path and
/// moved. A link stays a link, and a file keeps its permissions. A path that links lead out of the root is an error.
pub fn apply(root: &Path, changes: &[FileChange]) -> Result<(), ApplyError> {
    if changes.is_empty() {
        return Ok(());
    }
    let folder = Folder::open(root).map_err(|error| ApplyError::Io(root.into(), error))?;
    let applier = Applier { folder: &folder };
    applier.recover()?;
    for change in changes {
        applier.check(change)?;
    }
    applier.run(&applier.prepare(changes)?)
}

/// Finishes a change of the files below `root` that was interrupted by a kill, or takes it back. To be called before the files are read.
pub fn recover(root: &Path) -> Result<Recovery, ApplyError> {
    // Without a folder there is nothing to recover; what reads it reports that.
    match Folder::open(root) {
        Ok(folder) => Applier { folder: &folder }.recover(),
        Err(_) => Ok(Recovery::Nothing),
    }
}

/// Makes the file at `path`, which need not be there, hold `bytes`: for files that the user names. Folders are created, and links are
/// followed wherever they lead.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ApplyError> {
    let named = match path.canonicalize() {
        Ok(real) => real,
        Err(_) => path.to_path_buf(),
    };
    let (Some(parent), Some(name)) = (named.parent(), named.file_name()) else {
        let error = io::ErrorKind::IsADirectory.into();
        return Err(ApplyError::Io(path.into(), error));
    };
    let parent = if parent == Path::new("") {
        Path::new(".")
    } else {
        parent
    };
    let folder = Folder::create(parent).map_err(|error| ApplyError::Io(path.into(), error))?;
    Applier { folder: &folder }.write(Path::new(name), bytes)
}

/// The same for a file of hjelp's own below `root`, which isn't written through links that lead out of it.
pub fn write_file_below(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<(), ApplyError> {
    let folder = Folder::open(root).map_err(|error| ApplyError::Io(root.into(), error))?;
    Applier { folder: &folder }.write(Path::new(path.as_str()), bytes)
}

/// A change whose paths are known, and the content that is to be written for it.
#[derive(Default)]
struct PreparedChange<'c> {
    record: ChangeRecord,
    contents: Vec<NewContent<'c>>,
}

/// The content of a file that is renamed to its place later.
struct NewContent<'c> {
    new: PathBuf,
    bytes: &'c [u8],
    /// The file whose permissions it gets.
    like: Option<PathBuf>,
}

/// Changes the files of one folder.
struct Applier<'f> {
    folder: &'f Folder,
}

impl<'c> Applier<'c> {
    /// The error of something at the path `inside`.
    fn failed(&self, inside: &Path, error: io::Error) -> ApplyError {
        ApplyError::Io(self.folder.path().join(inside), error)
    }

    /// The path of an existing file without links.
    fn resolve(&self, inside: &Path) -> Result<PathBuf, ApplyError> {
        let resolved = self.folder.resolve(inside);
        resolved.map_err(|error| self.failed(inside, error))
    }

    fn recover(&self) -> Result<Recovery, ApplyError> {
        change_journal::recover(self.folder).map_err(|error| self.not_recovered(error))
    }

    fn not_recovered(&self, error: RecoveryError) -> ApplyError {
        match error {
            RecoveryError::Changed(files) => ApplyError::Interrupted(files),
            RecoveryError::Unreadable => ApplyError::Interrupted(Vec::new()),
            RecoveryError::Io(error) => self.failed(Path::new(JOURNAL), error),
        }
    }

    /// Makes one file hold `bytes`: one rename, which needs no record.
    fn write(&self, inside: &Path, bytes: &[u8]) -> Result<(), ApplyError> {
        let written = match self.folder.read(inside, LARGEST) {
            // Not touched, so that file watchers and version control see no change.
            Ok(before) if before == bytes => return Ok(()),
            Ok(_) => {
                // A file that is renamed onto a link would replace the link instead of the file it points to.
                let target = self.resolve(inside)?;
                let new = NewContent {
                    new: free_name(&target),
                    bytes,
                    like: Some(target.clone()),
                };
                new.write(self.folder).and_then(|new| new.replace(&target))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut folders = Vec::new();
                let target = self.new_place(inside, &mut folders)?;
                for created in &folders {
                    let created = self.folder.dir().create_dir(created);
                    created.map_err(|error| self.failed(inside, error))?;
                }
                let new = NewContent {
                    new: free_name(&target),
                    bytes,
                    like: None,
                };
                new.write(self.folder)
                    .and_then(|new| new.persist_new(&target))
            }
            Err(error) => Err(error),
        };
        written.map_err(|error| self.failed(inside, error))
    }

    /// Checks that the files are as `change` expects them.
    fn check(&self, change: &FileChange) -> Result<(), ApplyError> {
        match change {
            FileChange::Create { path, .. } => self.expect_free(inside(path)),
            FileChange::Edit(edit) => self.expect_content(inside(&edit.path), &edit.before),
            FileChange::Delete { path, before } => self.expect_content(inside(path), before),
            FileChange::Move { from, to } => {
                let moved = self.folder.dir().symlink_metadata(inside(from));
                moved.map_err(|error| self.failed(inside(from), error))?;
                self.expect_free(inside(to))
            }
        }
    }

    fn expect_free(&self, inside: &Path) -> Result<(), ApplyError> {
        match self.folder.dir().symlink_metadata(inside) {
            Ok(_) => Err(ApplyError::Exists(self.folder.path().join(inside))),
            // Another error than a missing file comes up again when the file is written.
            Err(_) => Ok(()),
        }
    }

    fn expect_content(&self, inside: &Path, before: &[u8]) -> Result<(), ApplyError> {
        match self.folder.read(inside, LARGEST) {
            Ok(now) if now == before => Ok(()),
            Ok(_) => Err(ApplyError::Changed(self.folder.path().join(inside))),
            Err(error) => Err(self.failed(inside, error)),
        }
    }

    /// Finds all paths. Writes nothing.
    fn prepare(&self, changes: &'c [FileChange]) -> Result<PreparedChange<'c>, ApplyError> {
        let mut moves = BTreeMap::new();
        for change in changes {
            if let FileChange::Move { from, to } = change {
                moves.insert(from, to);
            }
        }
        let mut prepared = PreparedChange::default();
        for change in changes {
            match change {
                FileChange::Edit(edit) => match moves.get(&edit.path) {
                    Some(to) if self.is_no_link(inside(&edit.path))? => {
                        // One step for each path: a file that is edited and moved is a new one there, and none here.
                        self.prepare_removal(inside(&edit.path), &edit.before, &mut prepared)?;
                        let like = self.resolve(inside(&edit.path))?;
                        self.prepare_creation(inside(to), &edit.after, Some(like), &mut prepared)?;
                        moves.remove(&edit.path);
                    }
                    _ => self.prepare_edit(edit, &mut prepared)?,
                },
                FileChange::Create { path, bytes } => {
                    self.prepare_creation(inside(path), bytes, None, &mut prepared)?;
                }
                FileChange::Delete { path, before } => {
                    self.prepare_removal(inside(path), before, &mut prepared)?;
                }
                FileChange::Move { .. } => {}
            }
        }
        for (from, to) in moves {
            let to = self.new_place(inside(to), &mut prepared.record.folders)?;
            let from = self.link_itself(inside(from))?;
            prepared.record.steps.push(Step::Move { from, to });
        }
        self.expect_distinct(&prepared.record)?;
        Ok(prepared)
    }

    /// The state of a step can be determined only if no other step changes the same path.
    fn expect_distinct(&self, record: &ChangeRecord) -> Result<(), ApplyError> {
        let mut known: BTreeSet<&Path> = record.folders.iter().map(PathBuf::as_path).collect();
        for step in &record.steps {
            for path in step.places() {
                if !known.insert(path) {
                    return Err(ApplyError::Exists(self.folder.path().join(path)));
                }
            }
        }
        Ok(())
    }

    /// True if the last name of the path is no link.
    fn is_no_link(&self, inside: &Path) -> Result<bool, ApplyError> {
        Ok(self.resolve(inside)? == self.link_itself(inside)?)
    }

    fn prepare_edit(
        &self,
        edit: &'c FileEdit,
        prepared: &mut PreparedChange<'c>,
    ) -> Result<(), ApplyError> {
        // A file that is renamed onto a link would replace the link instead of the file it points to.
        let target = self.resolve(inside(&edit.path))?;
        let (new, aside) = (free_name(&target), free_name(&target));
        prepared.contents.push(NewContent {
            new: new.clone(),
            bytes: &edit.after,
            like: Some(target.clone()),
        });
        prepared.record.steps.push(Step::Replace {
            target,
            new,
            aside,
            hashes: [hash(&edit.before), hash(&edit.after)],
        });
        Ok(())
    }

    fn prepare_creation(
        &self,
        inside: &Path,
        bytes: &'c [u8],
        like: Option<PathBuf>,
        prepared: &mut PreparedChange<'c>,
    ) -> Result<(), ApplyError> {
        let target = self.new_place(inside, &mut prepared.record.folders)?;
        let new = free_name(&target);
        prepared.contents.push(NewContent {
            new: new.clone(),
            bytes,
            like,
        });
        let hash = hash(bytes);
        prepared
            .record
            .steps
            .push(Step::Create { target, new, hash });
        Ok(())
    }

    fn prepare_removal(
        &self,
        inside: &Path,
        before: &[u8],
        prepared: &mut PreparedChange<'c>,
    ) -> Result<(), ApplyError> {
        let target = self.link_itself(inside)?;
        let aside = free_name(&target);
        let hash = hash(before);
        prepared.record.steps.push(Step::Remove {
            target,
            aside,
            hash,
        });
        Ok(())
    }

    /// The path of something that may be a link, which isn't followed; the folders above it are.
    fn link_itself(&self, inside: &Path) -> Result<PathBuf, ApplyError> {
        match (inside.parent(), inside.file_name()) {
            (Some(parent), Some(name)) if parent != Path::new("") => {
                Ok(self.resolve(parent)?.join(name))
            }
            _ => Ok(inside.into()),
        }
    }

    /// The place of a new file, without links. The folders above it that are missing are added to `missing`.
    fn new_place(&self, inside: &Path, missing: &mut Vec<PathBuf>) -> Result<PathBuf, ApplyError> {
        let target = match self.folder.resolve_new(inside) {
            Ok(target) => target,
            Err(error) => return Err(self.failed(inside, error)),
        };
        let mut folders: Vec<&Path> = target.ancestors().skip(1).collect();
        folders.reverse();
        for folder in folders {
            let is_known = folder == Path::new("") || self.folder.dir().is_dir(folder);
            if !is_known && !missing.iter().any(|known| known == folder) {
                missing.push(folder.to_path_buf());
            }
        }
        Ok(target)
    }

    /// Makes the change, or none of it.
    fn run(&self, change: &PreparedChange<'_>) -> Result<(), ApplyError> {
        let record = ChangeRecord {
            id: getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id())),
            ..change.record.clone()
        };
        let begun = Journal::begin(self.folder, &record);
        let mut journal = begun.map_err(|error| self.not_recovered(error))?;
        let made = match self.write_contents(change) {
            Ok(()) => self.finish(&record, &mut journal),
            Err(error) => match record.discard(self.folder) {
                Ok(()) => Err(Unmade::Undone(error)),
                Err(_) => Err(Unmade::Left(error)),
            },
        };
        match made {
            // The record stays: the next start tries again.
            Err(Unmade::Left(error)) => Err(error),
            Err(Unmade::Undone(error)) => {
                let _ = journal.end();
                Err(error)
            }
            Ok(()) => journal
                .end()
                .map_err(|error| self.failed(Path::new(JOURNAL), error)),
        }
    }

    /// Creates the folders, and writes all new content next to its places.
    fn write_contents(&self, change: &PreparedChange<'_>) -> Result<(), ApplyError> {
        for created in &change.record.folders {
            moment();
            let made = self.folder.dir().create_dir(created);
            made.map_err(|error| self.failed(created, error))?;
        }
        for content in &change.contents {
            moment();
            let written = content.write(self.folder);
            match written {
                Ok(file) => file.leave(),
                Err(error) => return Err(self.failed(&content.new, error)),
            }
        }
        Ok(())
    }

    fn finish(&self, record: &ChangeRecord, journal: &mut Journal<'_>) -> Result<(), Unmade> {
        if let Err(error) = journal.prepared() {
            return Err(self.undo(record, self.failed(Path::new(JOURNAL), error)));
        }
        let Err(StepError { path, error }) = record.finish(self.folder) else {
            return Ok(());
        };
        let error = match error.kind() {
            ErrorKind::AlreadyExists => ApplyError::Exists(self.folder.path().join(path)),
            _ => self.failed(&path, error),
        };
        Err(self.undo(record, error))
    }

    /// Takes the change back because of `error`.
    fn undo(&self, record: &ChangeRecord, error: ApplyError) -> Unmade {
        match record.undo(self.folder) {
            Ok(()) => Unmade::Undone(error),
            Err(_) => Unmade::Left(error),
        }
    }
}

/// Why a change was not made.
enum Unmade {
    /// Everything is as it was.
    Undone(ApplyError),
    /// Something could not be taken back either.
    Left(ApplyError),
}

impl NewContent<'_> {
    /// Writes the file, with the permissions it gets.
    fn write<'f>(&self, folder: &'f Folder) -> io::Result<TemporaryFile<'f>> {
        let mut permissions = None;
        if let Some(like) = &self.like {
            let (_, metadata) = folder.open_file(like)?;
            permissions = Some(metadata.permissions());
        }
        TemporaryFile::new(folder, self.new.clone(), self.bytes, permissions)
    }
}

fn inside(path: &SitePath) -> &Path {
    Path::new(path.as_str())
}

/// A name next to `target` that no other process uses.
fn free_name(target: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let process = std::process::id();
    target.with_file_name(format!("{RESERVED}{process:x}-{number:x}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::edit::FileEdit;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn edit(name: &str, before: &str, after: &str) -> FileChange {
        FileChange::Edit(FileEdit {
            path: path(name),
            before: before.into(),
            after: after.into(),
            edits: Vec::new(),
        })
    }

    fn create(name: &str, text: &str) -> FileChange {
        FileChange::Create {
            path: path(name),
            bytes: text.into(),
        }
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            fs::write(folder.path().join(name).with_extension("md"), name).unwrap();
        }
        folder
    }

    /// Every file below a folder with its text.
    fn files(root: &Path) -> Vec<String> {
        let mut all = Vec::new();
        for entry in walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name() {
            let entry = entry.unwrap();
            let name = entry
                .path()
                .strip_prefix(root)
                .unwrap()
                .display()
                .to_string();
            if entry.file_type().is_file() {
                all.push(format!(
                    "{name}={}",
                    fs::read_to_string(entry.path()).unwrap()
                ));
            } else {
                all.push(name);
            }
        }
        all
    }

    #[test]
    fn all_kinds_of_changes_are_applied() {
        let folder = folder();
        let changes = [
            edit("a.md", "a", "A"),
            FileChange::Move {
                from: path("a.md"),
                to: path("x/c.md"),
            },
            FileChange::Delete {
                path: path("b.md"),
                before: b"b".into(),
            },
            create("y/z/d.md", "d"),
        ];
        apply(folder.path(), &changes).unwrap();
        assert_eq!(
            files(folder.path()),
            ["x", "x/c.md=A", "y", "y/z", "y/z/d.md=d"]
        );
    }

    #[test]
    fn if_one_file_is_not_as_expected_nothing_changes() {
        let folder = folder();
        let before = files(folder.path());
        let good = edit("a.md", "a", "A");
        for bad in [
            edit("b.md", "x", "B"),
            edit("missing.md", "", "x"),
            create("b.md", "x"),
            create("a.md/x.md", "x"),
            FileChange::Delete {
                path: path("b.md"),
                before: b"x".into(),
            },
            FileChange::Move {
                from: path("missing.md"),
                to: path("c.md"),
            },
            FileChange::Move {
                from: path("a.md"),
                to: path("b.md"),
            },
        ] {
            let changes = [good.clone(), create("new/c.md", "c"), bad];
            assert!(apply(folder.path(), &changes).is_err(), "{changes:?}");
            assert_eq!(files(folder.path()), before, "{changes:?}");
        }
    }

    #[test]
    fn two_changes_of_one_path_are_refused() {
        let folder = folder();
        let before = files(folder.path());
        for second in [create("d.md", "d"), create("d.md/e.md", "e")] {
            let changes = [edit("a.md", "a", "A"), create("d.md", "d"), second];
            let error = apply(folder.path(), &changes).unwrap_err();
            assert!(matches!(error, ApplyError::Exists(_)), "{error}");
            assert_eq!(files(folder.path()), before);
        }
    }

    #[test]
    fn steps_that_were_done_are_undone() {
        let folder = folder();
        let mut before = files(folder.path());
        let changes = [
            edit("a.md", "a", "A"),
            create("new/c.md", "c"),
            FileChange::Delete {
                path: path("b.md"),
                before: b"b".into(),
            },
            create("e.md", "e"),
        ];
        let root = Folder::open(folder.path()).unwrap();
        let change = Applier { folder: &root }.prepare(&changes).unwrap();
        // Another program is faster.
        fs::write(folder.path().join("e.md"), "mine").unwrap();
        before.push("e.md=mine".to_owned());
        let error = Applier { folder: &root }.run(&change).unwrap_err();
        assert!(matches!(error, ApplyError::Exists(_)), "{error}");
        assert_eq!(files(folder.path()), before);
    }

    #[test]
    fn a_file_is_written_whether_it_is_there_or_not() {
        let folder = folder();
        for (name, text) in [("a.md", "x"), ("new/c.md", "c"), ("new/c.md", "c")] {
            write_file(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        assert_eq!(
            files(folder.path()),
            ["a.md=x", "b.md=b", "new", "new/c.md=c"]
        );
        assert!(write_file(folder.path(), b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder();
        let (file, link) = (folder.path().join("a.md"), folder.path().join("l.md"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        apply(folder.path(), &[edit("l.md", "a", "A")]).unwrap();
        assert!(link.is_symlink());
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!((fs::read(&file).unwrap(), mode), (b"A".to_vec(), 0o640));
    }
}
