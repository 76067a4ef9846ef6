//! The folder of a site -> what it may read around it, and files read there. Every path is looked at with its links resolved: nothing outside
//! of the repository, or of a folder that was named, is opened, nor anything in Git's own folder. Doesn't know what refers to the files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::folder::{Folder, is_in_git};
use super::scan::{collect, is_hidden, is_skipped, read_at};
use crate::source::{SitePath, Sources, Surroundings};

/// What marks the top of a repository: Git's folder, and the file of Microsoft's publishing service.
const REPOSITORY_MARKS: [&str; 2] = [".git", ".openpublishing.publish.config.json"];

/// The folders that a site may read, without links in their paths.
pub struct FoldersAround {
    site: PathBuf,
    readable: Vec<Folder>,
    surroundings: Surroundings,
    /// The named folders, as docsets.
    docsets: Vec<SitePath>,
}

/// What a site asks to read, besides its repository.
#[derive(Debug, Default)]
pub struct NamedFolders {
    /// The folder above the site that is read instead of its repository.
    pub top: Option<PathBuf>,
    /// Folders that were named on the command line.
    pub given: Vec<PathBuf>,
    /// Folders that the site itself names. Only docsets are read of these: content could name any folder of the machine.
    pub stated: Vec<PathBuf>,
}

impl FoldersAround {
    /// What the site in the folder `root` may read: its repository, and the `named` folders. Nothing, if that is no more than its own folder.
    pub fn of(root: &Path, named: &NamedFolders) -> Option<FoldersAround> {
        let site = root.canonicalize().ok()?;
        let repository = repository_of(&site);
        let top = match &named.top {
            Some(top) => root.join(top).canonicalize().ok(),
            None => repository.clone(),
        };
        // A folder elsewhere is no folder around the site.
        let top = top.filter(|top| site.starts_with(top) && *top != site);
        let mut readable: Vec<PathBuf> = top.into_iter().collect();
        let (mut docsets, mut stated) = (Vec::new(), Vec::new());
        // As seen from its repository, a docset has the same path in each of them.
        let own_place = repository.and_then(|top| Some(site.strip_prefix(top).ok()?.to_path_buf()));
        for folder in &named.given {
            let Ok(folder) = folder.canonicalize() else {
                continue;
            };
            let docset = docset_in(&folder, own_place.as_deref());
            readable.push(repository_of(&docset).unwrap_or(folder));
            docsets.push(docset);
        }
        for folder in &named.stated {
            let Ok(folder) = root.join(folder).canonicalize() else {
                continue;
            };
            if !site.starts_with(&folder) && folder.join("docfx.json").is_file() {
                let top = repository_of(&folder).filter(|top| !site.starts_with(top));
                readable.push(top.unwrap_or_else(|| folder.clone()));
                stated.push(folder);
            }
        }
        let surroundings = surroundings(&site, &readable)?;
        let readable = opened(&readable);
        let mut around = FoldersAround {
            site,
            readable,
            surroundings,
            docsets: Vec::new(),
        };
        for docset in docsets {
            around.docsets.extend(around.path_of(&docset));
        }
        // The configuration knows those that it states itself.
        around.surroundings = around.surroundings.with_languages(around.docsets.clone());
        for docset in stated {
            around.docsets.extend(around.path_of(&docset));
        }
        Some(around)
    }

    /// The folders that hold the site in other languages.
    pub fn docsets(&self) -> &[SitePath] {
        &self.docsets
    }

    /// The same folders as paths of the site.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The path of a folder as the site sees it; nothing if it may not read it.
    fn path_of(&self, folder: &Path) -> Option<SitePath> {
        let (folder, inside) = self.checked(folder)?;
        let folder = folder.real().join(inside);
        let (ups, below) = relative(&self.site, &folder)?;
        self.surroundings
            .join(&SitePath::root(), &format!("{}{below}", "../".repeat(ups)))
            .ok()
    }

    /// The files around the site that have these paths. Missing ones, folders and those that may not be read are left out.
    pub fn read(&self, paths: impl IntoIterator<Item = SitePath>) -> Sources {
        let mut files = Vec::new();
        for path in paths {
            let Some((folder, inside)) = self.checked(&self.site.join(path.as_str())) else {
                continue;
            };
            if folder.dir().is_file(&inside) {
                files.push(read_at(folder, &path, &inside, true));
            }
        }
        collect(files, Vec::new())
    }

    /// The files below a folder around the site that are `wanted`, without those of the site itself.
    pub fn read_folder(&self, folder: &SitePath, wanted: &dyn Fn(&SitePath) -> bool) -> Sources {
        let Some((readable, inside)) = self.checked(&self.site.join(folder.as_str())) else {
            return Sources::default();
        };
        let root = readable.real().join(inside);
        let entries = WalkDir::new(&root)
            .min_depth(1)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| self.enters(&root, entry));
        let mut files = Vec::new();
        // What can't be read there is no problem of the site.
        for entry in entries.flatten() {
            let below = entry.path().strip_prefix(&root).ok().and_then(Path::to_str);
            if let Some(Ok(path)) = below.map(|below| folder.join(below))
                && entry.file_type().is_file()
                && wanted(&path)
                && let Some((readable, inside)) = self.checked(entry.path())
            {
                files.push(read_at(readable, &path, &inside, false));
            }
        }
        collect(files, Vec::new())
    }

    /// True for a file to look at or a folder to walk into.
    fn enters(&self, root: &Path, entry: &DirEntry) -> bool {
        if is_hidden(entry.path()) || entry.path() == self.site {
            return false;
        }
        // Links could lead to any file of the machine, or in circles.
        if entry.path_is_symlink() {
            return entry.file_type().is_file() && self.checked(entry.path()).is_some();
        }
        !entry.file_type().is_dir() || !is_skipped(root, entry.path(), &[])
    }

    /// The readable folder that `path` is in, and its path there without links; nothing if it may not be read.
    fn checked(&self, path: &Path) -> Option<(&Folder, PathBuf)> {
        let real = path.canonicalize().ok()?;
        if is_in_git(&real) {
            return None;
        }
        located(&self.readable, &real)
    }
}

/// The files of a site, and those around it that it may read, to open them again after the scan.
pub struct ContentFiles {
    root: Folder,
    readable: Vec<Folder>,
}

impl ContentFiles {
    /// The files of the site in the folder `root`, as far as its `surroundings` reach.
    pub fn open(root: &Path, surroundings: &Surroundings) -> io::Result<ContentFiles> {
        let root = Folder::open(root)?;
        let mut common = root.real().to_path_buf();
        for _ in surroundings.site().segments() {
            common.pop();
        }
        let mut readable = Vec::new();
        for folder in surroundings.readable() {
            readable.push(common.join(folder.as_str()));
        }
        Ok(ContentFiles {
            readable: opened(&readable),
            root,
        })
    }

    /// The bytes of a file, of which there are at most `most`.
    pub fn read(&self, file: &SitePath, most: u64) -> io::Result<Vec<u8>> {
        let (folder, inside) = self.locate(file)?;
        folder.read(&inside, most)
    }

    /// The folder to open a file in, and its path there.
    pub(super) fn locate(&self, file: &SitePath) -> io::Result<(&Folder, PathBuf)> {
        if !file.is_outside() {
            return Ok((&self.root, PathBuf::from(file.as_str())));
        }
        let mut path = self.root.real().to_path_buf();
        for name in file.segments() {
            if name == ".." {
                path.pop();
            } else {
                path.push(name);
            }
        }
        located(&self.readable, &path).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// The folders that can be opened.
fn opened(paths: &[PathBuf]) -> Vec<Folder> {
    let mut folders = Vec::new();
    for path in paths {
        folders.extend(Folder::open(path));
    }
    folders
}

/// The folder that `path` is in, and its path there.
fn located<'f>(folders: &'f [Folder], path: &Path) -> Option<(&'f Folder, PathBuf)> {
    for folder in folders {
        if let Ok(inside) = path.strip_prefix(folder.real()) {
            return Some((folder, inside.to_path_buf()));
        }
    }
    None
}

/// The nearest folder at or above `site` that is the top of a repository.
fn repository_of(site: &Path) -> Option<PathBuf> {
    for folder in site.ancestors() {
        for mark in REPOSITORY_MARKS {
            if fs::symlink_metadata(folder.join(mark)).is_ok() {
                return Some(folder.to_path_buf());
            }
        }
    }
    None
}

/// The docset that is meant by `folder`: the folder itself, or the one in it at the place that the site has in its own repository.
fn docset_in(folder: &Path, own_place: Option<&Path>) -> PathBuf {
    if let Some(place) = own_place
        && !folder.join("docfx.json").is_file()
        && folder.join(place).join("docfx.json").is_file()
    {
        return folder.join(place);
    }
    folder.to_path_buf()
}

/// The site and the folders as seen from the nearest folder above all of them.
fn surroundings(site: &Path, readable: &[PathBuf]) -> Option<Surroundings> {
    if readable.is_empty() {
        return None;
    }
    let mut common = site.to_path_buf();
    for folder in readable {
        while !folder.starts_with(&common) {
            common.pop();
        }
    }
    let below = |path: &Path| SitePath::new(path.strip_prefix(&common).ok()?.to_str()?).ok();
    let mut folders = Vec::new();
    for folder in readable {
        folders.push(below(folder)?);
    }
    Some(Surroundings::new(below(site)?, folders))
}

/// How many folders up from `from`, and the way down to `to` from there.
fn relative<'p>(from: &Path, to: &'p Path) -> Option<(usize, &'p str)> {
    for (ups, folder) in from.ancestors().enumerate() {
        if let Ok(below) = to.strip_prefix(folder) {
            return Some((ups, below.to_str()?));
        }
    }
    None
}
