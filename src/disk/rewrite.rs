//! ChangedPaths one file of the authors: only if it still holds the bytes that were read, and whole or not at all.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file was not changed.
#[derive(Debug)]
pub enum RewriteError {
    /// Somebody changed it since it was read.
    Changed(PathBuf),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl RewriteError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            RewriteError::Changed(_) => {
                "run hjelp again; it then reads the file as it is now".into()
            }
            RewriteError::Io(..) => "check that you may write there; the file is as it was".into(),
        }
    }
}

impl fmt::Display for RewriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RewriteError::Changed(path) => write!(
                out,
                "`{}` was changed by somebody else meanwhile",
                path.display()
            ),
            RewriteError::Io(path, error) => {
                write!(out, "`{}` can't be written: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for RewriteError {}

/// One file, the bytes it must still hold, and those it gets.
pub type Rewrite<'a> = (PathBuf, &'a [u8], &'a [u8]);

/// ChangedPaths all `files`, or none if one of them isn't as it was read. A link stays a link, and every file keeps its rights.
pub fn rewrite(files: &[Rewrite<'_>]) -> Result<(), RewriteError> {
    for (file, before, _) in files {
        if fs::read(file).map_err(|error| RewriteError::Io(file.clone(), error))? != *before {
            return Err(RewriteError::Changed(file.clone()));
        }
    }
    files.iter().try_for_each(|(file, _, after)| {
        replace(file, after).map_err(|error| RewriteError::Io(file.clone(), error))
    })
}

/// The same, and makes `new` files with the folders they lie in. None of those may be there already, else nothing is changed.
pub fn rewrite_and_add(
    files: &[Rewrite<'_>],
    new: &[(PathBuf, &[u8])],
) -> Result<(), RewriteError> {
    if let Some((there, _)) = new.iter().find(|(file, _)| file.symlink_metadata().is_ok()) {
        return Err(RewriteError::Changed(there.clone()));
    }
    rewrite(files)?;
    new.iter().try_for_each(|(file, bytes)| {
        add(file, bytes).map_err(|error| RewriteError::Io(file.clone(), error))
    })
}

fn add(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // As any other program would make it; the usual rights of such files are those of secrets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut neighbour = builder.prefix(".hjelp-").tempfile_in(folder)?;
    neighbour.write_all(bytes)?;
    neighbour.persist_noclobber(file)?;
    Ok(())
}

/// Makes `file`, which need not exist, hold `bytes`.
pub fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), RewriteError> {
    let written = if file.exists() {
        replace(file, bytes)
    } else {
        fs::write(file, bytes)
    };
    written.map_err(|error| RewriteError::Io(file.into(), error))
}

/// The same, with the folder it lies in if that isn't there.
pub fn write_new(file: &Path, bytes: &[u8]) -> Result<(), RewriteError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| RewriteError::Io(folder.into(), error))?;
    write_whole(file, bytes)
}

fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let real = file.canonicalize()?;
    let mut neighbour = tempfile::Builder::new()
        .prefix(".hjelp-")
        .tempfile_in(real.parent().unwrap_or(Path::new(".")))?;
    neighbour.write_all(bytes)?;
    fs::set_permissions(neighbour.path(), fs::metadata(&real)?.permissions())?;
    neighbour.persist(&real)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_one_file_changed_all_are_left_alone_and_nothing_stays_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.md", "b.md"].map(|name| folder.path().join(name));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        let all = |a_was: &'static [u8], b_was: &'static [u8]| {
            rewrite(&[(a.clone(), a_was, b"new a"), (b.clone(), b_was, b"new b")])
        };
        assert!(matches!(all(b"a", b"x"), Err(RewriteError::Changed(file)) if file == b));
        assert_eq!(fs::read(&a).unwrap(), b"a");
        all(b"a", b"b").unwrap();
        assert_eq!(
            (fs::read(&a).unwrap(), fs::read(&b).unwrap()),
            (b"new a".to_vec(), b"new b".to_vec())
        );
        assert!(matches!(
            rewrite(&[(folder.path().join("x.md"), b"a", b"c")]),
            Err(RewriteError::Io(..))
        ));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn new_files_are_made_with_their_folders_and_never_over_others() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.md", "x/y/b.md"].map(|name| folder.path().join(name));
        fs::write(&a, "a").unwrap();
        rewrite_and_add(&[(a.clone(), b"a", b"new a")], &[(b.clone(), b"b")]).unwrap();
        assert_eq!(
            (fs::read(&a).unwrap(), fs::read(&b).unwrap()),
            (b"new a".to_vec(), b"b".to_vec())
        );
        assert!(rewrite_and_add(&[(a.clone(), b"new a", b"c")], &[(b.clone(), b"d")]).is_err());
        assert_eq!(
            (fs::read(&a).unwrap(), fs::read(&b).unwrap()),
            (b"new a".to_vec(), b"b".to_vec())
        );
    }

    #[cfg(unix)]
    #[test]
    fn rights_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&file, "a").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        rewrite(&[(link.clone(), b"a", b"b")]).unwrap();
        assert!(link.is_symlink());
        assert_eq!(
            (
                fs::read(&file).unwrap(),
                fs::metadata(&file).unwrap().permissions().mode() & 0o777
            ),
            (b"b".to_vec(), 0o640)
        );
    }
}
