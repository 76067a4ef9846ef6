//! A list of [`FileChange`]s -> the changed files of the authors: all of them or none. Checks first that every file still has the bytes that
//! were read, then writes every new content next to its place, then renames; if a step fails, the steps before it are undone. Doesn't know
//! why anything changes. Everything that changes content goes through here.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::output_path::RESERVED;
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

/// A change that is ready: what remains is one rename or removal.
enum Step<'c> {
    Replace {
        target: PathBuf,
        new: NamedTempFile,
        before: &'c [u8],
    },
    Create {
        target: PathBuf,
        new: NamedTempFile,
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
/// so a file can be edited at its old path and moved. A link stays a link, and a file keeps its permissions.
pub fn apply(root: &Path, changes: &[FileChange]) -> Result<(), ApplyError> {
    for change in changes {
        check(root, change)?;
    }
    let mut folders = Vec::new();
    let prepared = prepare_all(root, changes, &mut folders);
    let applied = prepared.and_then(run);
    if applied.is_err() {
        // Only folders that are empty again go; the deepest were made last.
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    applied
}

/// Makes the file at `path`, which need not be there, hold `bytes`: for files of hjelp's own in places the user names. Folders are created.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ApplyError> {
    match fs::read(path) {
        // Not touched, so that file watchers and version control see no change.
        Ok(before) if before == bytes => Ok(()),
        Ok(before) => run(vec![replacing(path, bytes, &before)?]),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            run(vec![creation(path.to_path_buf(), bytes, &mut Vec::new())?])
        }
        Err(error) => Err(ApplyError::Io(path.into(), error)),
    }
}

/// Checks that the files are as `change` expects them.
fn check(root: &Path, change: &FileChange) -> Result<(), ApplyError> {
    match change {
        FileChange::Create { path, .. } => expect_free(&root.join(path.as_str())),
        FileChange::Edit(edit) => expect_content(&root.join(edit.path.as_str()), &edit.before),
        FileChange::Delete { path, before } => expect_content(&root.join(path.as_str()), before),
        FileChange::Move { from, to } => {
            let from = root.join(from.as_str());
            fs::symlink_metadata(&from).map_err(|error| ApplyError::Io(from, error))?;
            expect_free(&root.join(to.as_str()))
        }
    }
}

fn expect_free(path: &Path) -> Result<(), ApplyError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(ApplyError::Exists(path.into())),
        // Another error than a missing file comes up again when the file is written.
        Err(_) => Ok(()),
    }
}

fn expect_content(path: &Path, before: &[u8]) -> Result<(), ApplyError> {
    let now = fs::read(path).map_err(|error| ApplyError::Io(path.into(), error))?;
    if now == before {
        Ok(())
    } else {
        Err(ApplyError::Changed(path.into()))
    }
}

/// Writes all new content next to its places. `folders` gets the folders that are created on the way.
fn prepare_all<'c>(
    root: &Path,
    changes: &'c [FileChange],
    folders: &mut Vec<PathBuf>,
) -> Result<Vec<Step<'c>>, ApplyError> {
    let (mut steps, mut moves) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            FileChange::Edit(edit) => {
                let path = root.join(edit.path.as_str());
                steps.push(replacing(&path, &edit.after, &edit.before)?);
            }
            FileChange::Create { path, bytes } => {
                steps.push(creation(root.join(path.as_str()), bytes, folders)?);
            }
            FileChange::Delete { path, .. } => steps.push(deletion(root.join(path.as_str()))?),
            FileChange::Move { from, to } => {
                let to = root.join(to.as_str());
                create_folders(&to, folders)?;
                let from = root.join(from.as_str());
                moves.push(Step::Move { from, to });
            }
        }
    }
    // A file can be edited at its old path and moved, so moves come last.
    steps.append(&mut moves);
    Ok(steps)
}

/// Prepares the replacement of the content `before` of an existing file.
fn replacing<'c>(path: &Path, after: &[u8], before: &'c [u8]) -> Result<Step<'c>, ApplyError> {
    match new_content(path, after) {
        Ok((target, new)) => Ok(Step::Replace {
            target,
            new,
            before,
        }),
        Err(error) => Err(ApplyError::Io(path.into(), error)),
    }
}

/// The new content of an existing file, with its permissions; and the path to rename it to.
fn new_content(path: &Path, bytes: &[u8]) -> io::Result<(PathBuf, NamedTempFile)> {
    // A file that is renamed onto a link would replace the link instead of the file it points to.
    let target = path.canonicalize()?;
    let new = temporary(&target, bytes, false)?;
    fs::set_permissions(new.path(), fs::metadata(&target)?.permissions())?;
    Ok((target, new))
}

fn creation<'c>(
    target: PathBuf,
    bytes: &[u8],
    folders: &mut Vec<PathBuf>,
) -> Result<Step<'c>, ApplyError> {
    create_folders(&target, folders)?;
    match temporary(&target, bytes, true) {
        Ok(new) => Ok(Step::Create { target, new }),
        Err(error) => Err(ApplyError::Io(target, error)),
    }
}

fn deletion<'c>(target: PathBuf) -> Result<Step<'c>, ApplyError> {
    match temporary(&target, b"", false) {
        // The empty file is removed here; only its name is needed.
        Ok(free) => Ok(Step::Delete {
            target,
            aside: free.path().to_path_buf(),
        }),
        Err(error) => Err(ApplyError::Io(target, error)),
    }
}

/// Creates the folders above `file` that are missing, and adds them to `created`.
fn create_folders(file: &Path, created: &mut Vec<PathBuf>) -> Result<(), ApplyError> {
    let mut missing = Vec::new();
    for folder in file.ancestors().skip(1) {
        if folder == Path::new("") || folder.exists() {
            break;
        }
        missing.push(folder.to_path_buf());
    }
    for folder in missing.into_iter().rev() {
        match fs::create_dir(&folder) {
            Ok(()) => created.push(folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(ApplyError::Io(folder, error)),
        }
    }
    Ok(())
}

/// A file in the folder of `target`, so that it can be renamed to it. It is removed if it never is.
fn temporary(target: &Path, bytes: &[u8], is_public: bool) -> io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(RESERVED);
    // Temporary files are readable by their owner only; a new page gets the permissions any other program would give it.
    #[cfg(unix)]
    if is_public {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = is_public;
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Runs all steps, or none: after an error those that were done are undone, the last one first.
fn run(steps: Vec<Step<'_>>) -> Result<(), ApplyError> {
    let mut done = Vec::new();
    for step in steps {
        match run_step(step) {
            Ok(undo) => done.push(undo),
            Err(error) => {
                for undo in done.into_iter().rev() {
                    undo_step(undo);
                }
                return Err(error);
            }
        }
    }
    for undo in done {
        if let Undo::Restore(aside, target) = undo {
            fs::remove_file(aside).map_err(|error| ApplyError::Io(target, error))?;
        }
    }
    Ok(())
}

fn run_step(step: Step<'_>) -> Result<Undo<'_>, ApplyError> {
    match step {
        Step::Replace {
            target,
            new,
            before,
        } => match new.persist(&target) {
            Ok(_) => Ok(Undo::Write(target, before)),
            Err(error) => Err(ApplyError::Io(target, error.error)),
        },
        // Another program may have made the file since it was checked.
        Step::Create { target, new } => match new.persist_noclobber(&target) {
            Ok(_) => Ok(Undo::Remove(target)),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                Err(ApplyError::Exists(target))
            }
            Err(error) => Err(ApplyError::Io(target, error.error)),
        },
        Step::Move { from, to } => match fs::rename(&from, &to) {
            Ok(()) => Ok(Undo::Move(to, from)),
            Err(error) => Err(ApplyError::Io(from, error)),
        },
        // Renamed for now, so that undoing restores the file itself with all its attributes.
        Step::Delete { target, aside } => match fs::rename(&target, &aside) {
            Ok(()) => Ok(Undo::Restore(aside, target)),
            Err(error) => Err(ApplyError::Io(target, error)),
        },
    }
}

/// Undoes one step. An error here has nowhere to go: the one that led here is reported.
fn undo_step(undo: Undo<'_>) {
    match undo {
        Undo::Write(path, bytes) => {
            // In place, because the file already has its permissions again.
            let _ = fs::write(path, bytes);
        }
        Undo::Remove(path) => {
            let _ = fs::remove_file(path);
        }
        Undo::Move(now, before) | Undo::Restore(now, before) => {
            let _ = fs::rename(now, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;
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
