//! Where a build writes -> the open folder. A folder that an argument names may lie anywhere; one that the configuration names lies below
//! the root, or in the repository around it, also after its links: the configuration comes with the content, perhaps from somebody else.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::WriteError;
use super::around::ContentFiles;
use super::folder::{Folder, LEADS_OUT};
use crate::source::{SitePath, Surroundings};

/// The place of an output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputPlace {
    /// The user named it.
    Named(PathBuf),
    /// The configuration or a default names it.
    Inside {
        /// The folder of the content.
        root: PathBuf,
        /// The output folder, as a path of the site.
        path: SitePath,
        /// What is around the folder of the content and belongs to it.
        surroundings: Surroundings,
    },
}

impl OutputPlace {
    /// Its path, for messages.
    pub fn path(&self) -> PathBuf {
        match self {
            OutputPlace::Named(path) => path.clone(),
            // Printed paths are easier to read without `./` at the beginning.
            OutputPlace::Inside { root, path, .. } if root == Path::new(".") => {
                PathBuf::from(path.as_str())
            }
            OutputPlace::Inside { root, path, .. } => root.join(path.as_str()),
        }
    }

    /// Opens the folder if it is there.
    pub(super) fn open(&self) -> io::Result<Folder> {
        match self {
            OutputPlace::Named(path) => Folder::open(path),
            OutputPlace::Inside {
                root,
                path,
                surroundings,
            } => {
                let files = ContentFiles::open(root, surroundings)?;
                let (folder, inside) = files.locate(path)?;
                folder.open_folder(&inside)
            }
        }
    }

    /// Opens the folder, which is created if it isn't there.
    pub(super) fn create(&self) -> Result<Folder, WriteError> {
        let created = match self {
            OutputPlace::Named(path) => Folder::create(path),
            OutputPlace::Inside {
                root,
                path,
                surroundings,
            } => create_inside(root, path, surroundings),
        };
        created.map_err(|error| {
            let leads_out = error.kind() == ErrorKind::PermissionDenied
                && error.raw_os_error().is_none()
                && error.to_string() == LEADS_OUT;
            if leads_out {
                WriteError::OutsideSite(self.path())
            } else {
                WriteError::Io(self.path(), error)
            }
        })
    }
}

fn create_inside(root: &Path, path: &SitePath, surroundings: &Surroundings) -> io::Result<Folder> {
    let files = ContentFiles::open(root, surroundings)?;
    let (folder, inside) = files.locate(path)?;
    folder.create_folder(&inside)
}
