//! A folder and a revision -> the sources the folder had then, without checking anything out. Finds the same files as a scan of the folder
//! would, except that links to folders are not followed. Doesn't know what the files mean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::command::{GitError, blobs, git};
use crate::disk::STATE_FILES;
use crate::disk::file_kind::{FileKind, file_kind, is_binary, is_hidden_name};
use crate::source::{SitePath, Source, Sources};

/// The mode of a symbolic link in a tree of Git.
const LINK_MODE: &str = "120000";

/// One file of a revision.
#[derive(Debug, Clone)]
struct TreeEntry {
    is_link: bool,
    /// The id of its content.
    object: String,
    /// In bytes.
    size: u64,
}

/// The files of a revision, by path.
type Tree = BTreeMap<SitePath, TreeEntry>;

/// The sources that [`scan`](crate::disk::scan()) would have found in the folder `root` at `revision`.
pub fn sources_at(root: &Path, revision: &str) -> Result<Sources, GitError> {
    let commit = commit_id(root, revision)?;
    let listing = git(root, &["ls-tree", "-r", "-l", "-z", &commit], "")?;
    let mut tree = parse_tree(&listing);
    remove_skipped(&mut tree);
    resolve_links(root, &mut tree)?;

    let (mut read, mut assets) = (Vec::new(), Vec::new());
    for (path, entry) in &tree {
        let kind = file_kind(path);
        let is_large = matches!(kind.quotable_limit(), Some(limit) if entry.size > limit);
        if kind == FileKind::Asset || is_large {
            assets.push((path.clone(), entry.size));
        } else {
            read.push((path, entry, kind));
        }
    }
    let objects: Vec<&str> = read.iter().map(|(_, entry, _)| &*entry.object).collect();
    let contents = contents(root, &objects)?;
    let mut texts = Vec::with_capacity(read.len());
    for ((path, entry, kind), bytes) in read.into_iter().zip(contents) {
        if kind.quotable_limit().is_some() && is_binary(&bytes) {
            assets.push((path.clone(), entry.size));
        } else {
            texts.push(Source::from_bytes(path.clone(), bytes));
        }
    }
    Ok(Sources::new(texts, assets, []))
}

/// The id of the commit that `revision` names.
fn commit_id(root: &Path, revision: &str) -> Result<String, GitError> {
    match git(root, &["rev-parse", "--show-toplevel"], "") {
        Err(GitError::Failed(_)) => return Err(GitError::NoRepository(root.into())),
        other => other?,
    };
    let name = format!("{revision}^{{commit}}");
    // Without `--end-of-options` a revision that begins with `-` would be an option.
    let arguments = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &name,
    ];
    let id = match git(root, &arguments, "") {
        Err(GitError::Failed(_)) => return Err(GitError::UnknownRevision(revision.to_owned())),
        other => other?,
    };
    match String::from_utf8(id) {
        Ok(id) => Ok(id.trim().to_owned()),
        Err(_) => Err(GitError::UnknownRevision(revision.to_owned())),
    }
}

/// The files of a listing: `mode type object size<TAB>path<NUL>`. Paths that no author can write are left out, as a scan does.
fn parse_tree(listing: &[u8]) -> Tree {
    let mut tree = Tree::new();
    for line in listing.split(|byte| *byte == 0) {
        let Ok(line) = std::str::from_utf8(line) else {
            continue;
        };
        let Some((head, path)) = line.split_once('\t') else {
            continue;
        };
        let fields: Vec<&str> = head.split_ascii_whitespace().collect();
        // A submodule is a `commit` in a tree, and its files are in another repository.
        let &[mode, "blob", object, size] = fields.as_slice() else {
            continue;
        };
        if path.contains('\\') || path.contains(char::is_control) {
            continue;
        }
        if let Ok(path) = SitePath::new(path) {
            let entry = TreeEntry {
                is_link: mode == LINK_MODE,
                object: object.to_owned(),
                size: size.parse().unwrap_or(0),
            };
            tree.insert(path, entry);
        }
    }
    tree
}

/// Removes hidden files and everything in folders that a scan skips.
fn remove_skipped(tree: &mut Tree) {
    let mut skipped: BTreeSet<SitePath> = BTreeSet::new();
    for path in tree.keys() {
        let mut folder = path.parent();
        while !folder.is_root() {
            if is_skipped(tree, &folder) {
                skipped.insert(folder.clone());
            }
            folder = folder.parent();
        }
    }
    tree.retain(|path, _| {
        if path.segments().any(|name| is_hidden_name(name.as_bytes())) {
            return false;
        }
        let mut folder = path.parent();
        while !folder.is_root() {
            if skipped.contains(&folder) {
                return false;
            }
            folder = folder.parent();
        }
        true
    });
}

/// True for a folder of packages, of Cargo's output or of a built site. The same rule as for folders on disk.
fn is_skipped(tree: &Tree, folder: &SitePath) -> bool {
    match folder.file_name() {
        "node_modules" => true,
        "target" if has_file(tree, &folder.parent(), "Cargo.toml") => true,
        _ => STATE_FILES.iter().any(|name| has_file(tree, folder, name)),
    }
}

fn has_file(tree: &Tree, folder: &SitePath, name: &str) -> bool {
    match folder.join(name) {
        Ok(path) => tree.contains_key(&path),
        Err(_) => false,
    }
}

/// Replaces each link to a file by that file, and removes all other links.
fn resolve_links(root: &Path, tree: &mut Tree) -> Result<(), GitError> {
    let mut links = Vec::new();
    for (path, entry) in tree.iter() {
        if entry.is_link {
            links.push((path.clone(), entry.object.clone()));
        }
    }
    let objects: Vec<&str> = links.iter().map(|(_, object)| object.as_str()).collect();
    let targets = contents(root, &objects)?;
    for ((path, _), target) in links.iter().zip(targets) {
        tree.remove(path);
        // A target above the root is no path, so nothing outside the folder is read.
        let Ok(target) = path.parent().join(&String::from_utf8_lossy(&target)) else {
            continue;
        };
        match tree.get(&target) {
            Some(entry) if !entry.is_link => {
                let entry = entry.clone();
                tree.insert(path.clone(), entry);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The bytes of these objects, in order.
fn contents(root: &Path, objects: &[&str]) -> Result<Vec<Vec<u8>>, GitError> {
    let blobs = blobs(root, objects.iter().copied())?;
    let mut contents = Vec::with_capacity(blobs.len());
    for (object, bytes) in objects.iter().zip(blobs) {
        match bytes {
            Some(bytes) => contents.push(bytes),
            None => return Err(GitError::Failed(format!("an object is missing: {object}"))),
        }
    }
    Ok(contents)
}
