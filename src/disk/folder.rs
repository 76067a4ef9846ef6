//! A folder, opened once -> its files, none of which is outside. Every path is resolved from the handle of the folder, so neither a
//! symbolic link nor another program that swaps a file for one can lead out of it. All reads and writes of hjelp go through here, but for
//! files that an argument of the command line names. Knows paths and bytes only.
//!
//! Links to places below the folder are followed, absolute ones too. Only regular files are opened: a pipe or a device could give bytes for
//! ever.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

/// Why a path isn't used whose links lead out of the folder.
pub(super) const LEADS_OUT: &str = "it is a link to a path outside the site";

/// Why something isn't read that could give bytes for ever, or none.
pub(super) const NO_FILE: &str = "it is neither a file nor a folder";

/// The longest file that is read as a whole: more than any known map of another site.
pub(super) const LARGEST: u64 = 512 << 20;

/// An open folder. Clones of a path to it may change meaning while hjelp runs; this handle doesn't.
#[derive(Debug)]
pub struct Folder {
    /// As the user wrote it, for messages.
    path: PathBuf,
    /// Without symbolic links.
    real: PathBuf,
    dir: Dir,
}

impl Folder {
    /// Opens the folder at `path`, which the user named: links in it are followed wherever they lead.
    pub fn open(path: &Path) -> io::Result<Folder> {
        let real = path.canonicalize()?;
        let dir = Dir::open_ambient_dir(&real, ambient_authority())?;
        Ok(Folder {
            path: path.into(),
            real,
            dir,
        })
    }

    /// The same for a folder that is created if it isn't there.
    pub(super) fn create(path: &Path) -> io::Result<Folder> {
        fs::create_dir_all(path)?;
        Self::open(path)
    }

    /// Opens a folder below this one.
    pub(super) fn open_folder(&self, inside: &Path) -> io::Result<Folder> {
        let below = self.resolve(inside)?;
        Ok(Folder {
            path: self.path.join(inside),
            real: self.real.join(&below),
            dir: self.dir.open_dir(below)?,
        })
    }

    /// The same for a folder that is created if it isn't there.
    pub(super) fn create_folder(&self, inside: &Path) -> io::Result<Folder> {
        let below = self.resolve_new(inside)?;
        self.dir.create_dir_all(&below)?;
        self.open_folder(inside)
    }

    /// The path as the user wrote it.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The path without symbolic links.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// The handle, for what has no checks of its own: nothing reached through it is outside.
    pub(super) fn dir(&self) -> &Dir {
        &self.dir
    }

    /// The path of something that exists, relative to the folder and without symbolic links. An error if it is outside.
    pub(super) fn resolve(&self, inside: &Path) -> io::Result<PathBuf> {
        let real = self.real.join(inside).canonicalize()?;
        match real.strip_prefix(&self.real) {
            Ok(below) if is_in_git(below) => {
                Err(io::Error::new(ErrorKind::PermissionDenied, LEADS_OUT))
            }
            // The folder itself, in a form that system calls accept.
            Ok(below) if below == Path::new("") => Ok(PathBuf::from(".")),
            Ok(below) => Ok(below.into()),
            Err(_) => Err(io::Error::new(ErrorKind::PermissionDenied, LEADS_OUT)),
        }
    }

    /// The same for a path whose end need not exist.
    pub(super) fn resolve_new(&self, inside: &Path) -> io::Result<PathBuf> {
        let error = match self.resolve(inside) {
            Err(error) if error.kind() == ErrorKind::NotFound => error,
            resolved => return resolved,
        };
        // A link to a missing file: what is written to it would be made where it points.
        if self.real.join(inside).is_symlink() {
            return Err(io::Error::new(ErrorKind::PermissionDenied, LEADS_OUT));
        }
        match (inside.parent(), inside.file_name()) {
            (Some(_), Some(name)) if is_in_git(Path::new(name)) => {
                Err(io::Error::new(ErrorKind::PermissionDenied, LEADS_OUT))
            }
            (Some(parent), Some(name)) if parent == Path::new("") => Ok(name.into()),
            (Some(parent), Some(name)) => Ok(self.resolve_new(parent)?.join(name)),
            _ => Err(error),
        }
    }

    /// Opens a regular file for reading. The metadata is that of this very file: the path could be another one a moment later.
    pub(super) fn open_file(&self, inside: &Path) -> io::Result<(File, Metadata)> {
        let mut options = OpenOptions::new();
        // Opening a pipe would wait for a program that writes to it.
        options.read(true).nonblock(true);
        let file = match self.dir.open_with(inside, &options) {
            // Also the answer to an absolute link, which may well lead to a place below.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                self.dir.open_with(self.resolve(inside)?, &options)?
            }
            opened => opened?,
        };
        let file = file.into_std();
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, NO_FILE));
        }
        Ok((file, metadata))
    }

    /// The bytes of a regular file, which is at most `most` bytes long.
    pub fn read(&self, inside: &Path, most: u64) -> io::Result<Vec<u8>> {
        let (file, metadata) = self.open_file(inside)?;
        read_limited(file, metadata.len(), most)
    }

    /// The text of a file that hjelp keeps: its own notes, whose format says how much there can be.
    pub fn read_text(&self, inside: &Path) -> io::Result<String> {
        let bytes = self.read(inside, LARGEST)?;
        String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
    }

    /// Creates a file that isn't there; a link at its place is in the way.
    pub(super) fn create_new(&self, inside: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        Ok(self.dir.open_with(inside, &options)?.into_std())
    }

    /// Opens a file without following a link at its place, creating it if it isn't there.
    pub(super) fn open_own(&self, inside: &Path, is_created: bool) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options
            .read(true)
            .write(true)
            .create(is_created)
            .follow(FollowSymlinks::No)
            .nonblock(true);
        let file = self.dir.open_with(inside, &options)?.into_std();
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, NO_FILE));
        }
        Ok(file)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.dir.rename(from, &self.dir, to)
    }

    /// Renames a file to a name that is free.
    pub(super) fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self.dir.hard_link(from, &self.dir, to) {
            Ok(()) => self.dir.remove_file(from),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // File systems without hard links.
            Err(_) => match self.dir.symlink_metadata(to) {
                Ok(_) => Err(ErrorKind::AlreadyExists.into()),
                Err(_) => self.rename(from, to),
            },
        }
    }
}

/// True for a path into Git's own folder: it holds passwords, and programs that Git runs.
pub(super) fn is_in_git(path: &Path) -> bool {
    path.iter().any(|name| name.eq_ignore_ascii_case(".git"))
}

/// Reads a file of `length` bytes, which may grow meanwhile, and isn't read further than `most` bytes.
pub(super) fn read_limited(file: impl Read, length: u64, most: u64) -> io::Result<Vec<u8>> {
    if length > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    // One byte more than the length, so that the read that finds the end doesn't grow the buffer.
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// A new file next to its final place, removed unless it is renamed.
#[derive(Debug)]
pub(super) struct TemporaryFile<'f> {
    folder: &'f Folder,
    inside: PathBuf,
    is_left: bool,
}

impl<'f> TemporaryFile<'f> {
    /// A file that holds `bytes`, with the permissions of the file it will replace, if there is one.
    pub(super) fn new(
        folder: &'f Folder,
        inside: PathBuf,
        bytes: &[u8],
        permissions: Option<fs::Permissions>,
    ) -> io::Result<Self> {
        let mut file = match folder.create_new(&inside) {
            // What a killed process with the same number has left.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                folder.dir.remove_file(&inside)?;
                folder.create_new(&inside)?
            }
            created => created?,
        };
        let temporary = TemporaryFile {
            folder,
            inside,
            is_left: true,
        };
        // Before there is anything in it that others may not read.
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.write_all(bytes)?;
        Ok(temporary)
    }

    /// Stays where it is, for somebody who knows its name.
    pub(super) fn leave(mut self) {
        self.is_left = false;
    }

    /// Takes the place of what is at `target`.
    pub(super) fn replace(mut self, target: &Path) -> io::Result<()> {
        self.folder.rename(&self.inside, target)?;
        self.is_left = false;
        Ok(())
    }

    /// Takes the place `target`, which is free.
    pub(super) fn persist_new(mut self, target: &Path) -> io::Result<()> {
        self.folder.rename_new(&self.inside, target)?;
        self.is_left = false;
        Ok(())
    }
}

impl Drop for TemporaryFile<'_> {
    fn drop(&mut self) {
        if self.is_left {
            let _ = self.folder.dir.remove_file(&self.inside);
        }
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder `inside` with links of every kind, and a file outside.
    fn folders() -> tempfile::TempDir {
        let all = tempfile::tempdir().unwrap();
        let inside = all.path().join("inside");
        fs::create_dir_all(inside.join("a")).unwrap();
        fs::write(all.path().join("secret"), "secret").unwrap();
        fs::write(inside.join("a/b"), "b").unwrap();
        for (link, target) in [
            ("near", "a/b".to_owned()),
            ("a/up", "../a/b".to_owned()),
            ("exact", inside.join("a/b").display().to_string()),
            ("far", "../secret".to_owned()),
            ("farther", all.path().join("secret").display().to_string()),
            ("folder", "..".to_owned()),
            ("zero", "/dev/zero".to_owned()),
            ("dangling", "../new".to_owned()),
        ] {
            symlink(target, inside.join(link)).unwrap();
        }
        all
    }

    #[test]
    fn only_regular_files_below_the_folder_are_read() {
        let all = folders();
        let folder = Folder::open(&all.path().join("inside")).unwrap();
        for name in ["a/b", "near", "a/up", "exact"] {
            assert_eq!(folder.read(Path::new(name), 10).unwrap(), b"b", "{name}");
        }
        for name in [
            "far",
            "farther",
            "folder/secret",
            "zero",
            "dangling",
            "../secret",
            "a",
            "/etc/passwd",
        ] {
            assert!(folder.read(Path::new(name), 10).is_err(), "{name}");
        }
        let error = folder.read(Path::new("far"), 10).unwrap_err();
        assert_eq!(error.to_string(), LEADS_OUT);
        fs::write(all.path().join("inside/long"), [0; 11]).unwrap();
        let error = folder.read(Path::new("long"), 10).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
    }

    #[test]
    fn nothing_is_created_outside() {
        let all = folders();
        let folder = Folder::open(&all.path().join("inside")).unwrap();
        assert!(folder.create_new(Path::new("dangling")).is_err());
        assert!(folder.create_new(Path::new("folder/x")).is_err());
        assert!(folder.open_own(Path::new("far"), true).is_err());
        assert!(folder.create_folder(Path::new("folder/x/y")).is_err());
        assert!(folder.create_folder(Path::new("dangling/y")).is_err());
        assert!(folder.resolve_new(Path::new("dangling")).is_err());
        let place = folder.resolve_new(Path::new("a/new/x")).unwrap();
        assert_eq!(place, Path::new("a/new/x"));
        folder.create_folder(Path::new("a/new/x")).unwrap();
        let mut names: Vec<String> = Vec::new();
        for entry in fs::read_dir(all.path()).unwrap() {
            names.push(entry.unwrap().file_name().into_string().unwrap());
        }
        names.sort();
        assert_eq!(names, ["inside", "secret"]);
    }
}
