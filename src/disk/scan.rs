//! A folder -> [`Sources`]: every text file read, every other file listed, every file that can't be read listed with the reason.
//!
//! Names are taken byte for byte and never normalised: a file whose `å` is written as two characters (old Mac disks do that) is
//! another file than one whose `å` is a single character, and a link has to use the same characters. Doesn't know what the files mean.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, IntoIter, WalkDir};

use super::file_kind::{CONTENT_LIMIT, FileKind, file_kind, is_binary, is_hidden_name};
use super::folder::{Folder, LEADS_OUT, NO_FILE, is_in_git, read_limited};
use super::output_path::is_output_folder;
use super::{ScanError, image_size};
use crate::source::{Dimensions, SitePath, Source, Sources};

/// Reads everything below `root` except the folders in `skip`, names that begin with a dot, `node_modules`, Cargo's `target`, and
/// folders that hold a site built by hjelp.
///
/// Symbolic links are followed as long as they stay below `root`. A link inside a linked folder must point to a file, because folders that
/// link to each other would have exponentially many paths.
pub fn scan(root: &Path, skip: &[SitePath]) -> Result<Sources, ScanError> {
    check(root)?;
    Ok(scan_below(root, root, skip).0)
}

/// The number of files read per task: few enough that no thread is idle for long at the end.
const FILES_PER_TASK: usize = 32;

/// Checks that `root` is a folder that can be read and isn't an output folder.
pub(super) fn check(root: &Path) -> Result<(), ScanError> {
    if !root.is_dir() {
        return Err(ScanError::NoFolder(root.into()));
    }
    if is_output_folder(root) {
        return Err(ScanError::IsOutput(root.into()));
    }
    // What can't be read here would be an empty site later.
    if let Err(error) = root.canonicalize() {
        return Err(ScanError::Unreadable(root.into(), error));
    }
    match fs::read_dir(root) {
        Ok(_) => Ok(()),
        Err(error) => Err(ScanError::Unreadable(root.into(), error)),
    }
}

/// Everything below `from`, which is `root` or a folder below it, read as [`scan`] reads it; and true if there is a symbolic link in it.
pub(super) fn scan_below(root: &Path, from: &Path, skip: &[SitePath]) -> (Sources, bool) {
    let mut walk = FolderWalk::new(root, from, skip);
    let sources = walk.read_all();
    (sources, walk.has_links)
}

/// One file below `root`, as [`scan`] reads it.
pub(super) fn scan_file(root: &Path, file: &Path) -> Sources {
    let files = match Folder::open(root) {
        Ok(folder) => vec![read(&folder, root, file)],
        Err(error) => vec![ScannedFile::Unreadable(
            site_path(root, file).0,
            reason(&error),
        )],
    };
    collect(files, Vec::new())
}

pub(super) fn collect(files: Vec<ScannedFile>, mut unreadable: Vec<(SitePath, String)>) -> Sources {
    let mut texts = Vec::with_capacity(files.len());
    let (mut assets, mut dimensions) = (Vec::new(), Vec::new());
    for file in files {
        match file {
            ScannedFile::Text(source) => texts.push(source),
            ScannedFile::Asset(path, bytes, size) => {
                if let Some(size) = size {
                    dimensions.push((path.clone(), size));
                }
                assets.push((path, bytes));
            }
            ScannedFile::Unreadable(path, reason) => unreadable.push((path, reason)),
        }
    }
    Sources::new(texts, assets, unreadable).with_dimensions(dimensions)
}

/// Iterates over the files below a folder.
struct FolderWalk<'a> {
    root: &'a Path,
    /// The root without symbolic links, to detect links that leave it.
    real_root: PathBuf,
    skip: &'a [SitePath],
    entries: IntoIter,
    /// The depth of the linked folder that the walk is in.
    linked: Option<usize>,
    /// What can't be read or isn't followed, and why.
    unreadable: Vec<(SitePath, String)>,
    /// True once a symbolic link was met, followed or not.
    has_links: bool,
}

impl Iterator for FolderWalk<'_> {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    self.add_error(&error);
                    continue;
                }
            };
            if let Some(depth) = self.linked
                && entry.depth() <= depth
            {
                self.linked = None;
            }
            if is_hidden(entry.path()) || !self.enters(&entry) {
                if entry.file_type().is_dir() {
                    self.entries.skip_current_dir();
                }
            } else if entry.file_type().is_file() {
                return Some(entry.into_path());
            }
        }
    }
}

impl<'a> FolderWalk<'a> {
    fn new(root: &'a Path, from: &Path, skip: &'a [SitePath]) -> Self {
        let entries = WalkDir::new(from)
            .min_depth(1)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        FolderWalk {
            root,
            real_root: root.canonicalize().unwrap_or_else(|_| root.into()),
            skip,
            entries,
            linked: None,
            unreadable: Vec::new(),
            has_links: false,
        }
    }

    /// Walks to the end and reads every file.
    fn read_all(&mut self) -> Sources {
        let root = self.root;
        let folder = match Folder::open(root) {
            Ok(folder) => folder,
            Err(error) => {
                self.unreadable.push((SitePath::root(), reason(&error)));
                return collect(Vec::new(), std::mem::take(&mut self.unreadable));
            }
        };
        // Other threads read while this walk goes on. They take many files at a time, because each take waits for a lock that all share; the
        // order in which they finish doesn't matter, because sources are sorted by path.
        let files: Vec<ScannedFile> = std::iter::from_fn(|| self.next_batch())
            .par_bridge()
            .flat_map_iter(|batch| batch.into_iter().map(|file| read(&folder, root, &file)))
            .collect();
        collect(files, std::mem::take(&mut self.unreadable))
    }

    /// The next files to read; `None` at the end.
    fn next_batch(&mut self) -> Option<Vec<PathBuf>> {
        let files: Vec<PathBuf> = self.by_ref().take(FILES_PER_TASK).collect();
        if files.is_empty() {
            return None;
        }
        Some(files)
    }

    /// True for a file to read or a folder to walk into. What is refused for another reason than its name is added to the unreadable paths.
    fn enters(&mut self, entry: &DirEntry) -> bool {
        if entry.file_type().is_dir() && is_skipped(self.root, entry.path(), self.skip) {
            return false;
        }
        self.has_links |= entry.path_is_symlink();
        if let Some(reason) = self.refusal(entry) {
            let (path, _) = site_path(self.root, entry.path());
            self.unreadable.push((path, reason.to_owned()));
            return false;
        }
        if entry.path_is_symlink() && entry.file_type().is_dir() {
            self.linked = Some(entry.depth());
        }
        true
    }

    /// Why an entry isn't read; `None` if it is.
    fn refusal(&self, entry: &DirEntry) -> Option<&'static str> {
        let kind = entry.file_type();
        if entry.path_is_symlink() {
            // Content from a repository could link to any file of the machine that builds it.
            match entry.path().canonicalize() {
                Ok(target) if target.starts_with(&self.real_root) && !is_in_git(&target) => {}
                _ => return Some(LEADS_OUT),
            }
            if kind.is_dir() && self.linked.is_some() {
                return Some("it is a link to a folder, inside a folder that is a link itself");
            }
        }
        // Reading a pipe or a device could wait for ever.
        if !kind.is_dir() && !kind.is_file() {
            return Some(NO_FILE);
        }
        None
    }

    /// Adds a broken link, a circle of links or a folder that can't be opened to the unreadable paths.
    fn add_error(&mut self, error: &walkdir::Error) {
        let Some(path) = error.path() else { return };
        self.has_links |= path.is_symlink();
        // Editors store their locks in broken links with a dot in front.
        if is_hidden(path) {
            return;
        }
        let reason = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => "it is a link to a folder that contains it".to_owned(),
            (None, Some(error)) if error.kind() == io::ErrorKind::NotFound => {
                "it is a link to a missing file".to_owned()
            }
            (None, Some(error)) => reason(error),
            (None, None) => error.to_string(),
        };
        let (path, _) = site_path(self.root, path);
        self.unreadable.push((path, reason));
    }
}

/// True for a folder whose content is no part of the site.
pub(super) fn is_skipped(root: &Path, folder: &Path, skip: &[SitePath]) -> bool {
    let name = folder.file_name().unwrap_or_default();
    name == "node_modules"
        // Only Cargo's: a help site may well have a folder with this name.
        || (name == "target" && folder.with_file_name("Cargo.toml").is_file())
        || skip.contains(&site_path(root, folder).0)
        || is_output_folder(folder)
}

pub(super) fn is_hidden(path: &Path) -> bool {
    match path.file_name() {
        Some(name) => is_hidden_name(name.as_encoded_bytes()),
        None => false,
    }
}

/// The path as authors write it, and true if they can. A name with a separator or a control character, or with bytes that aren't UTF-8, is
/// only similar to its path, for use in messages.
pub(super) fn site_path(root: &Path, path: &Path) -> (SitePath, bool) {
    let path = path.strip_prefix(root).unwrap_or(path);
    // Most names are of characters that are written alike on every system. Checking for that is faster than going through the components.
    if let Some(text) = path.to_str()
        && text.bytes().all(is_plain)
        && let Ok(plain) = SitePath::new(text)
    {
        return (plain, true);
    }
    let mut text = String::new();
    let mut is_exact = true;
    for component in path.iter() {
        is_exact &= component.to_str().is_some();
        text.push('/');
        for char in component.to_string_lossy().chars() {
            // On Linux `\` is part of a name, but in a link it is a separator.
            if char == '\\' || char.is_control() {
                is_exact = false;
                text.push(char::REPLACEMENT_CHARACTER);
            } else {
                text.push(char);
            }
        }
    }
    match SitePath::new(&text) {
        Ok(path) => (path, is_exact),
        // Can't happen: a walk downwards finds no `..`.
        Err(_) => (SitePath::root(), is_exact),
    }
}

/// True for characters that [`site_path`] takes as they are.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'\\' || byte == b' '
}

pub(super) enum ScannedFile {
    Text(Source),
    /// With its length in bytes, and its dimensions if it is an image.
    Asset(SitePath, u64, Option<Dimensions>),
    Unreadable(SitePath, String),
}

/// Reads the file at `file`, which is below `root`. What was found there may be another file by now, or a link out of the root, so it is opened
/// through the handle of the root.
fn read(folder: &Folder, root: &Path, file: &Path) -> ScannedFile {
    let (path, is_exact) = site_path(root, file);
    if !is_exact {
        let reason = "its name has characters that can't be used in links";
        return ScannedFile::Unreadable(path, reason.to_owned());
    }
    let inside = file.strip_prefix(root).unwrap_or(file);
    read_at(folder, &path, inside, false)
}

/// Reads the file `inside` of a folder, whose path in the site is `path`. With `quoted` a file that is no picture is read as text whatever
/// its name, if it can be.
pub(super) fn read_at(
    folder: &Folder,
    path: &SitePath,
    inside: &Path,
    quoted: bool,
) -> ScannedFile {
    let scanned = match file_kind(path) {
        FileKind::Asset | FileKind::Unknown
            if quoted && image_size::head_length(path).is_none() =>
        {
            read_text(folder, path, inside, FileKind::Quotable)
        }
        FileKind::Asset => read_asset(folder, path, inside),
        kind => read_text(folder, path, inside, kind),
    };
    match scanned {
        Ok(scanned) => scanned,
        Err(error) => ScannedFile::Unreadable(path.clone(), reason(&error)),
    }
}

/// Reads the length of an asset, and of an image also the dimensions.
fn read_asset(folder: &Folder, path: &SitePath, inside: &Path) -> io::Result<ScannedFile> {
    // Opened even if nothing in it is needed, because one that can't be opened can't be copied either.
    let (file, metadata) = folder.open_file(inside)?;
    let dimensions = match image_size::head_length(path) {
        Some(head) => image_size::dimensions(path, file, head),
        None => None,
    };
    Ok(ScannedFile::Asset(path.clone(), metadata.len(), dimensions))
}

/// Reads a text. A quotable file that is large or binary is an asset.
fn read_text(
    folder: &Folder,
    path: &SitePath,
    inside: &Path,
    kind: FileKind,
) -> io::Result<ScannedFile> {
    let (file, metadata) = folder.open_file(inside)?;
    let length = metadata.len();
    let limit = kind.quotable_limit();
    if matches!(limit, Some(limit) if length > limit) {
        return Ok(ScannedFile::Asset(path.clone(), length, None));
    }
    let bytes = read_limited(file, length, CONTENT_LIMIT)?;
    if limit.is_some() && is_binary(&bytes) {
        return Ok(ScannedFile::Asset(path.clone(), bytes.len() as u64, None));
    }
    Ok(ScannedFile::Text(Source::from_bytes(path.clone(), bytes)))
}

/// What the reasons for errors of the system have in common that hjelp has no words for, such as too many open files.
const SYSTEM_ERROR: &str = "(os error ";

const DELETED: &str = "it was deleted while the site was read";

/// True if a file could not be read for a reason that may pass by itself.
pub fn has_passing_errors(sources: &Sources) -> bool {
    let mut reasons = sources.unreadable().values();
    reasons.any(|reason| reason.contains(SYSTEM_ERROR) || reason == DELETED)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        // A reason of hjelp's own has no number of the system.
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => {
            "permission denied".to_owned()
        }
        io::ErrorKind::NotFound => DELETED.to_owned(),
        io::ErrorKind::FileTooLarge => format!("it is larger than {} MB", CONTENT_LIMIT >> 20),
        _ => error.to_string(),
    }
}
