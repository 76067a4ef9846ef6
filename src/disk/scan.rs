//! Turns a folder into [`Sources`]: every text file read, every other file named, every file that can't be read listed with the reason.
//!
//! Names are taken byte for byte and never normalised: a file whose `å` is written as two characters (old Mac disks do that) is
//! another file than one whose `å` is a single character, and a link has to say the same.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, IntoIter, WalkDir};

use super::file_kind::{FileKind, QUOTABLE_LIMIT, file_kind, is_binary};
use super::output_path::is_output_folder;
use super::{ScanError, image_size};
use crate::source::{Dimensions, SitePath, Source, Sources};

/// Reads everything below `root` except the folders in `skip`, names that begin with a dot, `node_modules`, Cargo's `target`, and
/// folders that hold a site built by hjelp.
///
/// Symbolic links are followed as long as they stay below `root`. A link inside a linked folder must point to a file, so
/// that no web of links can make the walk endless.
pub fn scan(root: &Path, skip: &[SitePath]) -> Result<Sources, ScanError> {
    check(root)?;
    Ok(scan_below(root, root, skip).0)
}

/// Whether there is a folder to read.
pub(super) fn check(root: &Path) -> Result<(), ScanError> {
    if !root.is_dir() {
        return Err(ScanError::NoFolder(root.into()));
    }
    if is_output_folder(root) {
        return Err(ScanError::IsOutput(root.into()));
    }
    let unreadable = |error| ScanError::Unreadable(root.into(), error);
    root.canonicalize().map_err(unreadable)?;
    fs::read_dir(root).map_err(unreadable)?;
    Ok(())
}

/// Everything below `from`, which is `root` or a folder below it, read as [`scan`] reads it; and whether there is a link in it.
pub(super) fn scan_below(root: &Path, from: &Path, skip: &[SitePath]) -> (Sources, bool) {
    let real = root.canonicalize().unwrap_or_else(|_| root.into());
    let mut walk = Walk::new(root, from, real, skip);
    let sources = walk.sources();
    (sources, walk.met_link)
}

/// The number of files read per task: few enough that no thread is idle for long at the end.
const TOGETHER: usize = 32;

/// One file below `root`, as [`scan`] reads it.
pub(super) fn scan_file(root: &Path, file: &Path) -> Sources {
    collect(root, vec![open(root, file)], Vec::new())
}

fn collect(root: &Path, found: Vec<Found>, refused: Vec<(PathBuf, String)>) -> Sources {
    let (mut texts, mut assets, mut dimensions) =
        (Vec::with_capacity(found.len()), Vec::new(), Vec::new());
    let mut unreadable: Vec<_> = refused
        .into_iter()
        .map(|(path, reason)| (likeness(root, &path).0, reason))
        .collect();
    for found in found {
        match found {
            Found::Text(source) => texts.push(source),
            Found::Asset(path, bytes, size) => {
                dimensions.extend(size.map(|size| (path.clone(), size)));
                assets.push((path, bytes));
            }
            Found::Unreadable(path, reason) => unreadable.push((path, reason)),
        }
    }
    Sources::new(texts, assets, unreadable).with_dimensions(dimensions)
}

/// Iterates over the files below the root.
struct Walk<'a> {
    root: &'a Path,
    /// The root without links, to see which links leave it.
    real: PathBuf,
    skip: &'a [SitePath],
    entries: IntoIter,
    /// The depth of the linked folder that we are in.
    linked: Option<usize>,
    /// What is not followed or can't be, and why.
    refused: Vec<(PathBuf, String)>,
    /// True once a link was met, whether it is followed or not.
    met_link: bool,
}

impl Iterator for Walk<'_> {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    self.failed(&error);
                    continue;
                }
            };
            self.linked = self.linked.filter(|&depth| entry.depth() > depth);
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

impl<'a> Walk<'a> {
    fn new(root: &'a Path, from: &Path, real: PathBuf, skip: &'a [SitePath]) -> Self {
        let entries = WalkDir::new(from)
            .min_depth(1)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        Walk {
            root,
            real,
            skip,
            entries,
            linked: None,
            refused: Vec::new(),
            met_link: false,
        }
    }

    /// Walks to the end and reads everything on the way.
    fn sources(&mut self) -> Sources {
        let root = self.root;
        // Read while the walk goes on, some files at a time, as who takes them has to wait for all who do. The order is that of paths, whoever
        // comes first.
        let some = std::iter::from_fn(|| {
            let files: Vec<PathBuf> = self.by_ref().take(TOGETHER).collect();
            (!files.is_empty()).then_some(files)
        });
        let found: Vec<Found> = some
            .par_bridge()
            .flat_map_iter(|files| files.into_iter().map(|file| open(root, &file)))
            .collect();
        collect(self.root, found, std::mem::take(&mut self.refused))
    }

    /// Takes a file, or agrees to walk into a folder; false for everything else.
    fn enters(&mut self, entry: &DirEntry) -> bool {
        let kind = entry.file_type();
        if kind.is_dir() && self.is_skipped(entry) {
            return false;
        }
        let is_link = entry.path_is_symlink();
        self.met_link |= is_link;
        let refusal = if is_link
            && !entry
                .path()
                .canonicalize()
                .is_ok_and(|target| target.starts_with(&self.real))
        {
            "it is a link to a path outside the site"
        } else if is_link && kind.is_dir() && self.linked.is_some() {
            "it is a link to a folder, inside a folder that is a link itself"
        } else if !kind.is_dir() && !kind.is_file() {
            "it is neither a file nor a folder"
        } else {
            if is_link && kind.is_dir() {
                self.linked = Some(entry.depth());
            }
            return true;
        };
        self.refused.push((entry.path().into(), refusal.into()));
        false
    }

    fn is_skipped(&self, folder: &DirEntry) -> bool {
        is_skipped(self.root, folder.path(), self.skip)
    }

    /// A link to nothing, a link in circles, or a folder that can't be opened.
    fn failed(&mut self, error: &walkdir::Error) {
        self.met_link |= error.path().is_some_and(Path::is_symlink);
        // Editors keep their locks as links to nothing, with a dot in front.
        let Some(path) = error.path().filter(|path| !is_hidden(path)) else {
            return;
        };
        let reason = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => "it is a link to a folder that it lies in".to_owned(),
            (None, Some(error)) if error.kind() == io::ErrorKind::NotFound => {
                "it is a link that leads to nothing".to_owned()
            }
            (None, Some(error)) => reason(error),
            (None, None) => error.to_string(),
        };
        self.refused.push((path.into(), reason));
    }
}

/// True for a folder whose content is no part of the site.
pub(super) fn is_skipped(root: &Path, folder: &Path, skip: &[SitePath]) -> bool {
    let name = folder.file_name().unwrap_or_default();
    name == "node_modules"
        || (name == "target" && folder.with_file_name("Cargo.toml").is_file())
        || skip.contains(&likeness(root, folder).0)
        || is_output_folder(folder)
}

pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The path as authors write it, and whether they can: a separator or control character in a name, or bytes that are no UTF-8, leave
/// only a likeness to show.
pub(super) fn likeness(root: &Path, path: &Path) -> (SitePath, bool) {
    let path = path.strip_prefix(root).unwrap_or(path);
    // Most names are of letters, digits and other signs that every system writes alike.
    if let Some(Ok(plain)) = path
        .to_str()
        .filter(|path| path.bytes().all(is_plain))
        .map(SitePath::new)
    {
        return (plain, true);
    }
    let mut text = String::new();
    let mut exact = true;
    for part in path.iter() {
        let name = part.to_string_lossy();
        let unwritable = |char: char| char == '\\' || char.is_control();
        exact &= part.to_str().is_some() && !name.contains(unwritable);
        text.push('/');
        text.extend(name.chars().map(|char| {
            if unwritable(char) {
                char::REPLACEMENT_CHARACTER
            } else {
                char
            }
        }));
    }
    // Parts that come from a walk downwards can't lead upwards.
    (
        SitePath::new(&text).unwrap_or_else(|_| SitePath::root()),
        exact,
    )
}

/// True for what needs no closer look in a path below the root.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'\\' || byte == b' '
}

enum Found {
    Text(Source),
    /// With its bytes, and its size if it is a picture.
    Asset(SitePath, u64, Option<Dimensions>),
    Unreadable(SitePath, String),
}

fn open(root: &Path, file: &Path) -> Found {
    match likeness(root, file) {
        (path, false) => Found::Unreadable(
            path,
            "its name holds characters that no link can write".into(),
        ),
        (path, true) => {
            read(&path, file).unwrap_or_else(|error| Found::Unreadable(path, reason(&error)))
        }
    }
}

fn read(path: &SitePath, file: &Path) -> io::Result<Found> {
    let asset = |bytes| Ok(Found::Asset(path.clone(), bytes, None));
    let file_kind = file_kind(path);
    if file_kind == FileKind::Asset {
        let picture =
            image_size::head_of(path).and_then(|head| Some((head, File::open(file).ok()?)));
        let Some((head, open)) = picture else {
            return asset(fs::metadata(file)?.len());
        };
        let bytes = open.metadata()?.len();
        return Ok(Found::Asset(
            path.clone(),
            bytes,
            image_size::dimensions(path, file, open, head),
        ));
    }
    let mut file = File::open(file)?;
    let size = file.metadata()?.len();
    if file_kind == FileKind::Quotable && size > QUOTABLE_LIMIT {
        return asset(size);
    }
    // Spans count bytes in 32 bits.
    if size >= u64::from(u32::MAX) {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.read_to_end(&mut bytes)?;
    if file_kind == FileKind::Quotable && is_binary(&bytes) {
        return asset(bytes.len() as u64);
    }
    Ok(Found::Text(Source::from_bytes(path.clone(), bytes)))
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "hjelp is not allowed to read it".to_owned(),
        io::ErrorKind::NotFound => "it vanished while the site was read".to_owned(),
        io::ErrorKind::FileTooLarge => "it is larger than 4 GiB".to_owned(),
        _ => error.to_string(),
    }
}
