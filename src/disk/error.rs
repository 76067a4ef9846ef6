//! Errors of reading sources and writing output -> a message and a help text.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::source::SitePath;

/// Why a folder could not be scanned at all. A single file that can't be read is no error: it is listed as unreadable.
#[derive(Debug)]
pub enum ScanError {
    /// The path doesn't exist or isn't a folder.
    NoFolder(PathBuf),
    /// The folder is an output folder.
    IsOutput(PathBuf),
    /// The folder cannot be opened.
    Unreadable(PathBuf, io::Error),
}

impl ScanError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            ScanError::NoFolder(_) => {
                "give the folder that holds `hjelp.yml`, or run hjelp inside it".into()
            }
            ScanError::IsOutput(_) => {
                "give the folder the help is written in, not the folder it is built into".into()
            }
            ScanError::Unreadable(..) => "check that you may open the folder".into(),
        }
    }
}

impl fmt::Display for ScanError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScanError::NoFolder(path) => write!(out, "folder not found: `{}`", path.display()),
            ScanError::IsOutput(path) => {
                write!(out, "`{}` is a site that hjelp built", path.display())
            }
            ScanError::Unreadable(path, error) => {
                write!(out, "`{}` can't be read: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for ScanError {}

/// Why a site could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder holds files, and hjelp never wrote there.
    ForeignFolder(PathBuf),
    /// A file that hjelp didn't write is where an output file should go.
    ForeignFile(PathBuf),
    /// The state of the output folder can't be read.
    BadRecord(PathBuf),
    /// The state of the output folder has the format of a later version.
    NewerRecord(PathBuf),
    /// Another build is writing into the folder.
    Locked(PathBuf),
    /// Links lead from the output folder that the configuration names out of the site.
    OutsideSite(PathBuf),
    /// A folder in the path is a symbolic link.
    LinkedFolder(PathBuf),
    /// Two outputs have the same path, or one is a file where the other needs a folder.
    Twice(SitePath),
    /// The path isn't allowed: it is empty, reserved or has a control character.
    BadName(SitePath),
    /// A folder that isn't empty, or isn't ours, is where an output file should go.
    FolderInTheWay(PathBuf),
    /// A file that is to be copied can't be read.
    Unreadable(PathBuf, io::Error),
    /// The system reported an error.
    Io(PathBuf, io::Error),
}

impl WriteError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            WriteError::ForeignFolder(_) => {
                "choose an empty or new folder with `--out`, or use `--force` to build into this one; its other files stay".into()
            }
            WriteError::ForeignFile(_) => "move the file away, or use `--force` to overwrite it".into(),
            WriteError::BadRecord(_) => {
                "delete the whole folder and build again, or use `--force` to build over it; pages that are no longer part of the site then stay".into()
            }
            WriteError::NewerRecord(_) => "use the newer hjelp that wrote it, or choose another folder with `--out`".into(),
            WriteError::Locked(_) => "wait until it has finished, or choose another folder with `--out`".into(),
            WriteError::OutsideSite(_) => "remove the link, or name the folder yourself with `--out`".into(),
            WriteError::LinkedFolder(_) => "remove the link; hjelp only writes below its output folder".into(),
            WriteError::Twice(_) => "rename one of the two sources".into(),
            WriteError::BadName(_) => "rename the source it comes from".into(),
            WriteError::FolderInTheWay(_) => "move the folder away".into(),
            WriteError::Unreadable(..) => "check that the file is still there and that you may read it".into(),
            WriteError::Io(_, error) => match error.kind() {
                io::ErrorKind::PermissionDenied => "check that you may write there".into(),
                io::ErrorKind::StorageFull => "free some space and build again".into(),
                _ => "fix this and build again; no earlier file was lost".into(),
            },
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::ForeignFolder(path) => write!(
                out,
                "`{}` holds files that hjelp didn't write",
                path.display()
            ),
            WriteError::ForeignFile(path) => write!(
                out,
                "`{}` is in the way, and hjelp didn't write it",
                path.display()
            ),
            WriteError::BadRecord(path) => write!(
                out,
                "`{}`, the state of the output folder, is damaged",
                path.display()
            ),
            WriteError::NewerRecord(path) => {
                write!(out, "`{}` was written by a newer hjelp", path.display())
            }
            WriteError::Locked(path) => {
                write!(out, "another build is writing to `{}`", path.display())
            }
            WriteError::OutsideSite(path) => write!(
                out,
                "the output folder `{}` is a link to a path outside the site",
                path.display()
            ),
            WriteError::LinkedFolder(path) => write!(
                out,
                "`{}` is a symbolic link in the output folder",
                path.display()
            ),
            WriteError::Twice(path) => write!(out, "two sources have the output path `{path}`"),
            WriteError::BadName(path) => write!(
                out,
                "`{}` is not allowed as the path of an output file",
                path.as_str().escape_debug()
            ),
            WriteError::FolderInTheWay(path) => write!(
                out,
                "`{}` is a folder, but an output file has this path",
                path.display()
            ),
            WriteError::Unreadable(path, error) => {
                write!(out, "`{}` can't be read: {error}", path.display())
            }
            WriteError::Io(path, error) => {
                write!(out, "`{}` can't be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for WriteError {}
