//! Asks Git what a folder held at an earlier time, without checking anything out. Knows files and revisions; doesn't know what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::manifest::MANIFEST;
use super::text::{Promise, QUOTABLE_LIMIT, is_binary, promise};
use crate::source::{SitePath, Source, Sources};

/// Why Git could not answer.
#[derive(Debug)]
pub enum GitError {
    /// There is no Git, or it can't be started.
    NoGit(io::Error),
    /// The folder is in no repository.
    NoRepository(PathBuf),
    /// There is no such revision.
    UnknownRevision(String),
    /// Git gave up, in its own words.
    Failed(String),
}

impl GitError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            GitError::NoGit(_) => "install Git and make sure that `git` can be run".into(),
            GitError::NoRepository(_) => "run hjelp in a clone of the repository that holds the content".into(),
            GitError::UnknownRevision(_) => {
                "name a commit, branch or tag, like `main` or `HEAD~1`; in a shallow clone, fetch more history first".into()
            }
            GitError::Failed(_) => "mend what Git says and try again".into(),
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GitError::NoGit(error) => write!(out, "Git can't be started: {error}"),
            GitError::NoRepository(path) => {
                write!(out, "`{}` is in no Git repository", path.display())
            }
            GitError::UnknownRevision(revision) => {
                write!(out, "Git knows no revision `{}`", revision.escape_debug())
            }
            GitError::Failed(words) => write!(out, "Git gave up: {words}"),
        }
    }
}

impl std::error::Error for GitError {}

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
        match promise(path) {
            Promise::Asset => assets.push((path.clone(), entry.size)),
            Promise::Quotable if entry.size > QUOTABLE_LIMIT => {
                assets.push((path.clone(), entry.size))
            }
            kind => wanted.push((path, entry, kind)),
        }
    }
    let mut texts = Vec::new();
    let objects = wanted.iter().map(|(_, entry, _)| entry.object.as_str());
    for ((path, entry, kind), bytes) in wanted.iter().zip(contents(root, objects)?) {
        if *kind == Promise::Quotable && is_binary(&bytes) {
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
                || has(&folder, MANIFEST)
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

/// The bytes of these objects, by their ids or as `revision:path`, in order; nothing for those that aren't there.
pub(super) fn blobs<'o>(
    root: &Path,
    objects: impl Iterator<Item = &'o str>,
) -> Result<Vec<Option<Vec<u8>>>, GitError> {
    let asked: String = objects.map(|object| format!("{object}\n")).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let answer = git(root, &["cat-file", "--batch"], &asked)?;
    let mut rest = answer.as_slice();
    let mut all = Vec::new();
    // `object type size<LF>bytes<LF>` or `object missing<LF>`
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]);
        let size = head
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse::<usize>().ok())
            .filter(|_| !head.ends_with(" missing"));
        let bytes = size
            .and_then(|size| rest.get(end + 1..end + 1 + size))
            .map(<[u8]>::to_vec);
        let length = bytes.as_ref().map_or(0, |bytes| bytes.len() + 1);
        all.push(bytes);
        rest = rest.get(end + 1 + length..).unwrap_or(&[]);
    }
    Ok(all)
}

/// Runs Git in `root` with `input`; what it answers.
pub(super) fn git(root: &Path, arguments: &[&str], input: &str) -> Result<Vec<u8>, GitError> {
    let mut command = Command::new("git");
    command
        .current_dir(root)
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(GitError::NoGit)?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // Git answers while it is still being asked.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(GitError::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(GitError::Failed(
        words
            .lines()
            .next()
            .unwrap_or("it did not say why")
            .to_owned(),
    ))
}
