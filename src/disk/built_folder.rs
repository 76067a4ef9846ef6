//! A folder that a site was built into, by hjelp or another program -> its [`BuiltSite`]. Reads only; symbolic links are not followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::compare::BuiltSite;

/// Reads the pages and maps of a built site, and the names of its other files.
pub fn read_built_site(folder: &Path) -> io::Result<BuiltSite> {
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(below) = entry.path().strip_prefix(folder) else {
            continue;
        };
        let path = below.to_string_lossy().replace('\\', "/");
        files.push((path, entry.into_path()));
    }
    let texts: Vec<io::Result<(String, Option<String>)>> =
        files.into_par_iter().map(read).collect();
    let mut site = BuiltSite::default();
    for file in texts {
        let (path, text) = file?;
        site.add(path, text);
    }
    Ok(site)
}

fn read((path, file): (String, PathBuf)) -> io::Result<(String, Option<String>)> {
    if !BuiltSite::is_compared(&path) {
        return Ok((path, None));
    }
    // Other programs may write pages in other encodings; what can't be read differs, which is what the reader of the page sees, too.
    let text = String::from_utf8_lossy(&fs::read(file)?).into_owned();
    Ok((path, Some(text)))
}
