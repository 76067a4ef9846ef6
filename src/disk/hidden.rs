//! Names that a scan leaves out and patterns name: `.nojekyll`, `.well-known`, the `.attachments` of a wiki -> the files there. Only what is
//! wanted is opened. Doesn't know the patterns.

use std::ffi::OsStr;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::folder::{Folder, is_in_git};
use super::output_path::is_output_folder;
use super::scan::{collect, is_hidden, read_at, site_path};
use crate::source::{SitePath, Sources};

/// What is wanted of the names that a scan leaves out.
#[derive(Clone, Copy)]
pub struct WantedNames<'a> {
    /// True for a folder, relative to the root, in which a file may be wanted.
    pub may_be_in: &'a dyn Fn(&SitePath) -> bool,
    /// True for a file that is wanted.
    pub file: &'a dyn Fn(&SitePath) -> bool,
}

/// The wanted files below `root` that have a name in their path which a scan leaves out: one that begins with a dot, or `node_modules`. Never
/// those of Git, and never through a link: no pattern names where a link leads.
pub fn scan_hidden(root: &Path, wanted: WantedNames<'_>) -> Sources {
    let Ok(folder) = Folder::open(root) else {
        // The scan before this one has said why.
        return Sources::default();
    };
    let entries = WalkDir::new(root)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| enters(root, entry, wanted));
    let mut files = Vec::new();
    // Folders that can't be read are named as such only if they are part of the site.
    for entry in entries.flatten() {
        if !entry.file_type().is_file() {
            continue;
        }
        let (path, is_exact) = site_path(root, entry.path());
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if is_exact && inside.iter().any(is_left_out) && (wanted.file)(&path) {
            files.push(read_at(&folder, &path, inside, false));
        }
    }
    collect(files, Vec::new())
}

/// True for a file to look at or a folder to walk into.
fn enters(root: &Path, entry: &DirEntry, wanted: WantedNames<'_>) -> bool {
    if !entry.file_type().is_dir() {
        return true;
    }
    if is_in_git(Path::new(entry.file_name())) || is_output_folder(entry.path()) {
        return false;
    }
    // Thousands of folders of packages are not walked for the sake of one pattern elsewhere.
    (wanted.may_be_in)(&site_path(root, entry.path()).0)
}

fn is_left_out(name: &OsStr) -> bool {
    is_hidden(Path::new(name)) || name == "node_modules"
}
