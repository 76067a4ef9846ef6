//! Asks Git what a folder held at an earlier time, without checking anything out. Knows files and revisions; doesn't know what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::command::{GitError, blobs, git};
use crate::disk::STATE_FILES;
use crate::disk::file_kind::{FileKind, QUOTABLE_LIMIT, file_kind, is_binary};
use crate::source::{SitePath, Source, Sources};

/// One file of a revision.
#[derive(Debug, Clone)]
struct Entry {
    is_link: bool,
    object: String,
    size: u64,
}

/// What [`super::scan`] would have found in the folder `root` at `revision`. Links to folders are not followed.
pub fn sources_at(root: &Path, revision: &str) -> Result<Sources, GitError> {
    git(root, &["rev-parse", "--show-toplevel"], "").map_err(|error| match error {
        GitError::Failed(_) => GitError::NoRepository(root.into()),
        error => error,
    })?;
    let unknown = || GitError::UnknownRevision(revision.to_owned());
    let name = format!("{revision}^{{commit}}");
    let commit = git(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &name,
        ],
        "",
    )
    .map_err(|error| match error {
        GitError::Failed(_) => unknown(),
        error => error,
    })?;
    let commit = String::from_utf8(commit).map_err(|_| unknown())?;
    let listing = git(root, &["ls-tree", "-r", "-l", "-z", commit.trim()], "")?;
    let mut entries = entries(&listing);
    follow(root, &mut entries)?;

    let (mut wanted, mut assets) = (Vec::new(), Vec::new());
    for (path, entry) in &entries {
        match file_kind(path) {
            FileKind::Asset => assets.push((path.clone(), entry.size)),
            FileKind::Quotable if entry.size > QUOTABLE_LIMIT => {
                assets.push((path.clone(), entry.size))
            }
            kind => wanted.push((path, entry, kind)),
        }
    }
    let mut texts = Vec::new();
    let objects = wanted.iter().map(|(_, entry, _)| entry.object.as_str());
    for ((path, entry, kind), bytes) in wanted.iter().zip(contents(root, objects)?) {
        if *kind == FileKind::Quotable && is_binary(&bytes) {
            assets.push(((*path).clone(), entry.size));
        } else {
            texts.push(Source::from_bytes((*path).clone(), bytes));
        }
    }
    Ok(Sources::new(texts, assets, []))
}

/// The files of a listing that a scan would enter: `mode type object size<TAB>path<NUL>`.
fn entries(listing: &[u8]) -> BTreeMap<SitePath, Entry> {
    let mut all = BTreeMap::new();
    for line in listing.split(|byte| *byte == 0) {
        let Some((head, path)) = std::str::from_utf8(line)
            .ok()
            .and_then(|line| line.split_once('\t'))
        else {
            continue;
        };
        let mut words = head.split_ascii_whitespace();
        let (Some(mode), Some("blob"), Some(object), size) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        let fit = !path.contains('\\') && !path.chars().any(char::is_control);
        if let (true, Ok(path)) = (fit, SitePath::new(path)) {
            let size = size.and_then(|size| size.parse().ok()).unwrap_or(0);
            all.insert(
                path,
                Entry {
                    is_link: mode == "120000",
                    object: object.to_owned(),
                    size,
                },
            );
        }
    }
    let has =
        |folder: &SitePath, name: &str| folder.join(name).is_ok_and(|path| all.contains_key(&path));
    let mut skipped: BTreeSet<SitePath> = BTreeSet::new();
    for path in all.keys() {
        let mut folder = path.parent();
        while !folder.is_root() {
            let name = folder.file_name();
            if name == "node_modules"
                || (name == "target" && has(&folder.parent(), "Cargo.toml"))
                || STATE_FILES.iter().any(|state| has(&folder, state))
            {
                skipped.insert(folder.clone());
            }
            folder = folder.parent();
        }
    }
    let is_entered = |path: &SitePath| {
        let above = std::iter::successors(Some(path.parent()), |folder| {
            (!folder.is_root()).then(|| folder.parent())
        });
        !path.segments().any(|name| name.starts_with('.'))
            && !above.into_iter().any(|folder| skipped.contains(&folder))
    };
    let kept: Vec<SitePath> = all
        .keys()
        .filter(|path| is_entered(path))
        .cloned()
        .collect();
    kept.into_iter()
        .filter_map(|path| all.remove_entry(&path))
        .collect()
}

/// Puts in place of each link to a file what it leads to, and drops all others.
fn follow(root: &Path, entries: &mut BTreeMap<SitePath, Entry>) -> Result<(), GitError> {
    let links: Vec<(SitePath, String)> = entries
        .iter()
        .filter(|(_, entry)| entry.is_link)
        .map(|(path, entry)| (path.clone(), entry.object.clone()))
        .collect();
    let targets = contents(root, links.iter().map(|(_, object)| object.as_str()))?;
    for ((path, _), target) in links.iter().zip(targets) {
        let target = path.parent().join(&String::from_utf8_lossy(&target)).ok();
        let found = target
            .and_then(|target| entries.get(&target))
            .filter(|entry| !entry.is_link)
            .cloned();
        entries.remove(path);
        entries.extend(found.map(|entry| (path.clone(), entry)));
    }
    Ok(())
}

/// The bytes of these objects, in order.
fn contents<'o>(
    root: &Path,
    objects: impl Iterator<Item = &'o str>,
) -> Result<Vec<Vec<u8>>, GitError> {
    let objects: Vec<&str> = objects.collect();
    let found = blobs(root, objects.iter().copied())?;
    let missing = |object: &str| GitError::Failed(format!("an object is missing: {object}"));
    objects
        .into_iter()
        .zip(found)
        .map(|(object, bytes)| bytes.ok_or_else(|| missing(object)))
        .collect()
}
