//! A list of [`FileChange`]s -> the changed files of the authors: all of them or none. Checks first that every file still has the bytes that
//! were read, then writes every new content next to its place, then renames; if a step fails, the steps before it are undone. Doesn't know
//! why anything changes. Everything that changes content goes through here.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::folder::{Folder, LARGEST, TemporaryFile};
use super::output_path::RESERVED;
use crate::source::SitePath;
use crate::source::edit::FileChange;

/// Why no file was changed.
#[derive(Debug)]
pub enum ApplyError {
    /// The file is not as it was read.
    Changed(PathBuf),
    /// There is already a file where a new one should be.
    Exists(PathBuf),
    /// The system reported an error.
    Io(PathBuf, io::Error),
}

impl ApplyError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            ApplyError::Changed(_) => "run hjelp again; it then reads the file as it is now".into(),
            ApplyError::Exists(_) => "choose another path, or move the file away".into(),
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
            ApplyError::Io(path, error) => {
                write!(out, "`{}` can't be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for ApplyError {}

/// A change that is ready: what remains is one rename or removal. All paths are relative to the folder and free of links.
enum Step<'c> {
    Replace {
        target: PathBuf,
        new: TemporaryFile<'c>,
        before: &'c [u8],
    },
    Create {
        target: PathBuf,
        new: TemporaryFile<'c>,
    },
    Move {
        from: PathBuf,
        to: PathBuf,
    },
    Delete {
        target: PathBuf,
        /// A name in the same folder that is free.
        aside: PathBuf,
    },
}

/// How to take back a step that was done.
enum Undo<'c> {
    Write(PathBuf, &'c [u8]),
    Remove(PathBuf),
    Move(PathBuf, PathBuf),
    /// A deleted file that still exists under another name, and its own name.
    Restore(PathBuf, PathBuf),
}

/// Applies `changes` to the files below `root`, all or none. Edits and deletions are of the files as they were read, moves come after them,
/// so a file can be edited at its old path and moved. A link stays a link, and a file keeps its permissions. A path that links lead out of
/// the root is an error.
pub fn apply(root: &Path, changes: &[FileChange]) -> Result<(), ApplyError> {
    let folder = Folder::open(root).map_err(|error| ApplyError::Io(root.into(), error))?;
    let applier = Applier { folder: &folder };
    for change in changes {
        applier.check(change)?;
    }
    let mut folders = Vec::new();
    let prepared = applier.prepare_all(changes, &mut folders);
    let applied = prepared.and_then(|steps| applier.run(steps));
    if applied.is_err() {
        // Only folders that are empty again go; the deepest were made last.
        for created in folders.iter().rev() {
            let _ = folder.dir().remove_dir(created);
        }
    }
    applied
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

    /// Makes one file hold `bytes`.
    fn write(&self, inside: &Path, bytes: &[u8]) -> Result<(), ApplyError> {
        match self.folder.read(inside, LARGEST) {
            // Not touched, so that file watchers and version control see no change.
            Ok(before) if before == bytes => Ok(()),
            Ok(before) => self.run(vec![self.replacing(inside, bytes, &before)?]),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.run(vec![self.creation(inside, bytes, &mut Vec::new())?])
            }
            Err(error) => Err(self.failed(inside, error)),
        }
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

    /// Writes all new content next to its places. `folders` gets the folders that are created on the way.
    fn prepare_all(
        &self,
        changes: &'c [FileChange],
        folders: &mut Vec<PathBuf>,
    ) -> Result<Vec<Step<'c>>, ApplyError> {
        let (mut steps, mut moves) = (Vec::new(), Vec::new());
        for change in changes {
            match change {
                FileChange::Edit(edit) => {
                    steps.push(self.replacing(inside(&edit.path), &edit.after, &edit.before)?);
                }
                FileChange::Create { path, bytes } => {
                    steps.push(self.creation(inside(path), bytes, folders)?);
                }
                FileChange::Delete { path, .. } => steps.push(self.deletion(inside(path))?),
                FileChange::Move { from, to } => {
                    let to = self.new_place(inside(to), folders)?;
                    let from = self.link_itself(inside(from))?;
                    moves.push(Step::Move { from, to });
                }
            }
        }
        // A file can be edited at its old path and moved, so moves come last.
        steps.append(&mut moves);
        Ok(steps)
    }

    /// Prepares the replacement of the content `before` of an existing file.
    fn replacing(
        &self,
        inside: &Path,
        after: &[u8],
        before: &'c [u8],
    ) -> Result<Step<'c>, ApplyError> {
        // A file that is renamed onto a link would replace the link instead of the file it points to.
        let target = self.resolve(inside)?;
        match self.new_content(&target, after) {
            Ok(new) => Ok(Step::Replace {
                target,
                new,
                before,
            }),
            Err(error) => Err(self.failed(inside, error)),
        }
    }

    /// The new content of an existing file, with its permissions.
    fn new_content(&self, target: &Path, bytes: &[u8]) -> io::Result<TemporaryFile<'c>> {
        let (_, metadata) = self.folder.open_file(target)?;
        let permissions = Some(metadata.permissions());
        TemporaryFile::new(self.folder, free_name(target), bytes, permissions)
    }

    fn creation(
        &self,
        inside: &Path,
        bytes: &[u8],
        folders: &mut Vec<PathBuf>,
    ) -> Result<Step<'c>, ApplyError> {
        let target = self.new_place(inside, folders)?;
        let created = TemporaryFile::new(self.folder, free_name(&target), bytes, None);
        match created {
            Ok(new) => Ok(Step::Create { target, new }),
            Err(error) => Err(self.failed(inside, error)),
        }
    }

    fn deletion(&self, inside: &Path) -> Result<Step<'c>, ApplyError> {
        let target = self.link_itself(inside)?;
        let aside = free_name(&target);
        Ok(Step::Delete { target, aside })
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

    /// The place of a new file, without links. The folders above it that are missing are created and added to `created`.
    fn new_place(&self, inside: &Path, created: &mut Vec<PathBuf>) -> Result<PathBuf, ApplyError> {
        let target = match self.folder.resolve_new(inside) {
            Ok(target) => target,
            Err(error) => return Err(self.failed(inside, error)),
        };
        let mut folders: Vec<&Path> = target.ancestors().skip(1).collect();
        folders.reverse();
        for folder in folders {
            if folder == Path::new("") || self.folder.dir().is_dir(folder) {
                continue;
            }
            match self.folder.dir().create_dir(folder) {
                Ok(()) => created.push(folder.to_path_buf()),
                Err(error) => return Err(self.failed(folder, error)),
            }
        }
        Ok(target)
    }

    /// Runs all steps, or none: after an error those that were done are undone, the last one first.
    fn run(&self, steps: Vec<Step<'_>>) -> Result<(), ApplyError> {
        let mut done = Vec::new();
        for step in steps {
            match self.run_step(step) {
                Ok(undo) => done.push(undo),
                Err(error) => {
                    for undo in done.into_iter().rev() {
                        self.undo_step(undo);
                    }
                    return Err(error);
                }
            }
        }
        for undo in done {
            if let Undo::Restore(aside, target) = undo {
                let removed = self.folder.dir().remove_file(aside);
                removed.map_err(|error| self.failed(&target, error))?;
            }
        }
        Ok(())
    }

    fn run_step<'s>(&self, step: Step<'s>) -> Result<Undo<'s>, ApplyError> {
        match step {
            Step::Replace {
                target,
                new,
                before,
            } => match new.replace(&target) {
                Ok(()) => Ok(Undo::Write(target, before)),
                Err(error) => Err(self.failed(&target, error)),
            },
            // Another program may have made the file since it was checked.
            Step::Create { target, new } => match new.persist_new(&target) {
                Ok(()) => Ok(Undo::Remove(target)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    Err(ApplyError::Exists(self.folder.path().join(target)))
                }
                Err(error) => Err(self.failed(&target, error)),
            },
            Step::Move { from, to } => match self.folder.rename(&from, &to) {
                Ok(()) => Ok(Undo::Move(to, from)),
                Err(error) => Err(self.failed(&from, error)),
            },
            // Renamed for now, so that undoing restores the file itself with all its attributes.
            Step::Delete { target, aside } => match self.folder.rename(&target, &aside) {
                Ok(()) => Ok(Undo::Restore(aside, target)),
                Err(error) => Err(self.failed(&target, error)),
            },
        }
    }

    /// Undoes one step. An error here has nowhere to go: the one that led here is reported.
    fn undo_step(&self, undo: Undo<'_>) {
        match undo {
            Undo::Write(path, bytes) => {
                // In place, because the file already has its permissions again.
                let _ = self.folder.dir().write(path, bytes);
            }
            Undo::Remove(path) => {
                let _ = self.folder.dir().remove_file(path);
            }
            Undo::Move(now, before) | Undo::Restore(now, before) => {
                let _ = self.folder.rename(&now, &before);
            }
        }
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
    fn steps_that_were_done_are_undone() {
        let folder = folder();
        let before = files(folder.path());
        let changes = [
            edit("a.md", "a", "A"),
            create("new/c.md", "c"),
            FileChange::Delete {
                path: path("b.md"),
                before: b"b".into(),
            },
            // The second one finds the file of the first.
            create("d.md", "d"),
            create("d.md", "d"),
        ];
        assert!(matches!(
            apply(folder.path(), &changes),
            Err(ApplyError::Exists(_))
        ));
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
