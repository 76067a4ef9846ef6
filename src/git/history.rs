//! Translations and the paths of their originals -> the text each original had when its translation was last edited. One process lists the
//! history and a few more print the texts, however many files there are. Doesn't know what makes two versions of a text the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::command::{GitError, blobs, git};
use crate::source::{SitePath, Source};

/// The most commits that are searched for one file.
const MOST_CHANGES: usize = 100;

/// A translation as it is now, and the path of its original.
pub type TranslationPair<'a> = (&'a Source, &'a SitePath);

/// What one commit did to one file.
#[derive(Debug, Clone)]
struct Change {
    /// The number of the commit in the log; the newest is 0.
    commit: usize,
    /// What the file was called before.
    from: SitePath,
    /// The text before; nothing if it is new.
    before: Option<String>,
    after: String,
}

/// The log of a folder.
struct History {
    commits: Vec<String>,
    /// By path, newest first.
    changes: BTreeMap<SitePath, Vec<Change>>,
}

/// For each translation that Git knows, its original as of the last commit that changed the translation's words, by the translation's path.
/// `is_same` tells if two versions of a translation have the same words. A translation with changes that are not committed is left
/// out, and so is one that Git doesn't know: their translators have just seen the original.
pub fn originals_when_translated(
    root: &Path,
    pairs: &[TranslationPair<'_>],
    is_same: impl Fn(&Source, &Source) -> bool + Sync,
) -> Result<BTreeMap<SitePath, Source>, GitError> {
    let prefix = git(root, &["rev-parse", "--show-prefix"], "").map_err(|error| match error {
        GitError::Failed(_) => GitError::NoRepository(root.into()),
        error => error,
    })?;
    let prefix = String::from_utf8_lossy(&prefix)
        .trim_end_matches('\n')
        .to_owned();
    let Ok(history) = History::read(root) else {
        return Ok(BTreeMap::new());
    };
    let decided = history.last_work(root, &prefix, pairs, &is_same)?;
    let mut asked: Vec<(usize, SitePath, String)> = Vec::new();
    for (at, commit) in &decided {
        let original = pairs[*at].1;
        let names = history.names(original).into_iter().map(|name| {
            (
                *at,
                original.clone(),
                format!("{}:{prefix}{name}", history.commits[*commit]),
            )
        });
        asked.extend(names);
        // An original that is younger than its translation: nobody has seen an older one than the first.
        asked.extend(
            history
                .oldest(original)
                .map(|object| (*at, original.clone(), object)),
        );
    }
    asked.retain(|(_, _, object)| !object.contains('\n'));
    let texts = blobs(root, asked.iter().map(|(_, _, object)| object.as_str()))?;
    let mut seen = BTreeMap::new();
    for ((at, path, _), bytes) in asked.into_iter().zip(texts) {
        if let Some(bytes) = bytes {
            seen.entry(pairs[at].0.path.clone())
                .or_insert_with(|| Source::from_bytes(path, bytes));
        }
    }
    Ok(seen)
}

/// True if the repository lacks its older commits, so that a text may seem to be as old as the first of them.
pub fn is_shallow(root: &Path) -> bool {
    git(root, &["rev-parse", "--is-shallow-repository"], "")
        .is_ok_and(|answer| answer.starts_with(b"true"))
}

impl History {
    fn read(root: &Path) -> Result<History, GitError> {
        let log = [
            "log",
            "--no-show-signature",
            "--no-merges",
            "--raw",
            "-z",
            "--no-abbrev",
            "-M",
            "--relative",
            "--format=%x01%H",
            "--",
            ".",
        ];
        let answer = git(root, &log, "")?;
        let mut history = History {
            commits: Vec::new(),
            changes: BTreeMap::new(),
        };
        for commit in answer.split(|byte| *byte == 1).skip(1) {
            let mut parts = commit.split(|byte| *byte == 0).map(|part| {
                std::str::from_utf8(part)
                    .unwrap_or_default()
                    .trim_start_matches('\n')
            });
            let Some(id) = parts.next().map(str::trim) else {
                continue;
            };
            history.commits.push(id.to_owned());
            // `:mode mode before after R095<NUL>old<NUL>new`, without `new` if nothing was moved
            while let Some(head) = parts.next() {
                let words: Vec<&str> = head.split(' ').collect();
                let &[_, _, before, after, status] = words.as_slice() else {
                    continue;
                };
                let Some(from) = parts.next() else { break };
                let to = if status.starts_with(['R', 'C']) {
                    parts.next()
                } else {
                    Some(from)
                };
                if let (Ok(from), Some(Ok(to))) = (SitePath::new(from), to.map(SitePath::new)) {
                    let before = before
                        .contains(|digit| digit != '0')
                        .then(|| before.to_owned());
                    let change = Change {
                        commit: history.commits.len() - 1,
                        from,
                        before,
                        after: after.to_owned(),
                    };
                    history.changes.entry(to).or_default().push(change);
                }
            }
        }
        Ok(history)
    }

    /// What happened to a file under all its names, newest first.
    fn of(&self, path: &SitePath) -> Vec<&Change> {
        let (mut name, mut newest, mut found) = (path, 0, Vec::new());
        'names: while found.len() < MOST_CHANGES {
            for change in self
                .changes
                .get(name)
                .into_iter()
                .flatten()
                .filter(|change| change.commit >= newest)
            {
                found.push(change);
                if change.from != *name {
                    (name, newest) = (&change.from, change.commit + 1);
                    continue 'names;
                }
            }
            break;
        }
        found
    }

    /// Every name a file has had, the newest first.
    fn names(&self, path: &SitePath) -> Vec<SitePath> {
        let mut names = vec![path.clone()];
        for change in self.of(path) {
            if names.last() != Some(&change.from) {
                names.push(change.from.clone());
            }
        }
        names
    }

    /// The first text a file had.
    fn oldest(&self, path: &SitePath) -> Option<String> {
        self.of(path).last().map(|change| change.after.clone())
    }

    /// The numbers of the pairs with the commits that last changed the words of their translations.
    fn last_work(
        &self,
        root: &Path,
        prefix: &str,
        pairs: &[TranslationPair<'_>],
        is_same: &(impl Fn(&Source, &Source) -> bool + Sync),
    ) -> Result<Vec<(usize, usize)>, GitError> {
        let mut decided = Vec::new();
        let mut open: Vec<(usize, Vec<&Change>)> = (0..pairs.len())
            .map(|at| (at, self.of(&pairs[at].0.path)))
            .collect();
        // Nobody has committed it, or it holds changes that nobody has committed.
        open.retain(|(_, changes)| !changes.is_empty());
        let names: Vec<String> = open
            .iter()
            .map(|(at, _)| format!("HEAD:{prefix}{}", pairs[*at].0.path))
            .collect();
        let committed = texts(root, names.iter().map(String::as_str))?;
        let is_committed = |(at, _): &(usize, Vec<&Change>)| {
            let now = pairs[*at].0;
            let committed = committed.get(&format!("HEAD:{prefix}{}", now.path));
            committed.is_some_and(|bytes| {
                same_bytes(now, bytes)
                    || is_same(now, &Source::from_bytes(now.path.clone(), bytes.clone()))
            })
        };
        open = open.into_par_iter().filter(is_committed).collect();
        for depth in 0..MOST_CHANGES {
            if open.is_empty() {
                break;
            }
            let objects = open
                .iter()
                .filter_map(|(_, changes)| changes.get(depth))
                .filter_map(|change| Some([change.before.as_deref()?, &*change.after]));
            let texts = texts(root, objects.flatten())?;
            let text = |at: usize, object: &String| {
                Some(Source::from_bytes(
                    pairs[at].0.path.clone(),
                    texts.get(object)?.clone(),
                ))
            };
            let is_work = |(at, changes): &(usize, Vec<&Change>)| {
                let change = changes.get(depth)?;
                let before = change.before.as_ref().and_then(|object| text(*at, object));
                let same = before
                    .zip(text(*at, &change.after))
                    .is_some_and(|(before, after)| is_same(&before, &after));
                Some((!same || depth + 1 == changes.len()).then_some((*at, change.commit)))
            };
            let found: Vec<Option<Option<(usize, usize)>>> = open.par_iter().map(is_work).collect();
            let mut found = found.into_iter();
            open.retain(|_| match found.next().flatten() {
                Some(Some(work)) => {
                    decided.push(work);
                    false
                }
                Some(None) => true,
                None => false,
            });
        }
        decided.sort_unstable();
        Ok(decided)
    }
}

fn same_bytes(now: &Source, bytes: &[u8]) -> bool {
    now.text.as_bytes() == bytes
}

/// These objects, each asked for once.
fn texts<'o>(
    root: &Path,
    objects: impl Iterator<Item = &'o str>,
) -> Result<BTreeMap<String, Vec<u8>>, GitError> {
    let objects: BTreeSet<&str> = objects.collect();
    let bytes = blobs(root, objects.iter().copied())?;
    Ok(objects
        .into_iter()
        .zip(bytes)
        .filter_map(|(object, bytes)| Some((object.to_owned(), bytes?)))
        .collect())
}
