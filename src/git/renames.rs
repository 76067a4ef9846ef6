//! Asks Git where files went that are not there any more: moved, by the last commit that removed their path, or removed. Knows nothing of
//! who looks for them; where there is no Git or no history, nothing is known.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::command::{GitError, git};
use crate::check::FileHistory;
use crate::source::SitePath;

/// A file that is moved more often than this is not followed to its end.
const MOST_MOVES: usize = 20;

/// What became of the files that once lay at the `lost` paths below `root`, as far as the history says.
pub fn file_histories(root: &Path, lost: &BTreeSet<SitePath>) -> BTreeMap<SitePath, FileHistory> {
    History::read(root, lost)
        .map(|history| history.histories(root, lost))
        .unwrap_or_default()
}

/// The last commit that removed each path, and where commits moved which path.
struct History {
    removed: BTreeMap<SitePath, Commit>,
    moved: BTreeMap<(String, SitePath), SitePath>,
}

struct Commit {
    id: String,
    /// As short as Git writes it.
    short: String,
}

impl History {
    fn read(root: &Path, lost: &BTreeSet<SitePath>) -> Result<History, GitError> {
        let mut history = History {
            removed: BTreeMap::new(),
            moved: BTreeMap::new(),
        };
        if lost.is_empty() {
            return Ok(history);
        }
        // Looking for renames in all commits is slow. It is done only for those that removed what is looked for.
        let log = [
            "log",
            "--no-renames",
            "--no-merges",
            "--diff-filter=D",
            "--name-only",
            "--relative",
            "-z",
            "--format=%x01%H %h",
            "--",
            ".",
        ];
        let log = git(root, &log, "")?;
        for commit in String::from_utf8_lossy(&log).split('\u{1}').skip(1) {
            let mut parts = commit.split(['\0', '\n']).filter(|part| !part.is_empty());
            let Some((id, short)) = parts.next().and_then(|names| names.split_once(' ')) else {
                continue;
            };
            for path in parts.filter_map(|path| SitePath::new(path).ok()) {
                history.removed.entry(path).or_insert_with(|| Commit {
                    id: id.to_owned(),
                    short: short.to_owned(),
                });
            }
        }
        let mut next: BTreeSet<SitePath> = lost.clone();
        for _ in 0..MOST_MOVES {
            let commits: BTreeSet<&str> = next
                .iter()
                .filter_map(|path| Some(history.removed.get(path)?.id.as_str()))
                .collect();
            let found = renames(root, &commits)?;
            history.moved.extend(found);
            next = next
                .iter()
                .filter_map(|path| history.moved_to(path))
                .filter(|to| history.removed.contains_key(*to))
                .cloned()
                .collect();
            if next.is_empty() {
                break;
            }
        }
        Ok(history)
    }

    /// Where the last commit that removed a path moved it.
    fn moved_to(&self, path: &SitePath) -> Option<&SitePath> {
        self.moved
            .get(&(self.removed.get(path)?.id.clone(), path.clone()))
    }

    fn histories(&self, root: &Path, lost: &BTreeSet<SitePath>) -> BTreeMap<SitePath, FileHistory> {
        let history = |path: &SitePath| {
            let commit = self.removed.get(path)?.short.clone();
            let ways =
                std::iter::successors(self.moved_to(path), |at| self.moved_to(at)).take(MOST_MOVES);
            let now = ways
                .into_iter()
                .find(|at| root.join(at.as_str()).is_file())
                .cloned();
            Some((path.clone(), FileHistory { now, commit }))
        };
        lost.iter().filter_map(history).collect()
    }
}

/// What these commits moved: commit and old path, and the new path.
fn renames(
    root: &Path,
    commits: &BTreeSet<&str>,
) -> Result<BTreeMap<(String, SitePath), SitePath>, GitError> {
    let asked: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
    let mut found = BTreeMap::new();
    if asked.is_empty() {
        return Ok(found);
    }
    let diff = [
        "diff-tree",
        "--stdin",
        "-r",
        "-M",
        "-l0",
        "--diff-filter=R",
        "--name-status",
        "--relative",
        "-z",
        "--format=%x01%H",
        "-m",
    ];
    let answer = git(root, &diff, &asked)?;
    for commit in String::from_utf8_lossy(&answer).split('\u{1}').skip(1) {
        let mut parts = commit.split(['\0', '\n']).filter(|part| !part.is_empty());
        let Some(name) = parts.next() else { continue };
        // `R095<NUL>old<NUL>new`
        while let (Some(_), Some(old), Some(new)) = (parts.next(), parts.next(), parts.next()) {
            if let (Ok(old), Ok(new)) = (SitePath::new(old), SitePath::new(new)) {
                found.insert((name.to_owned(), old), new);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    #[test]
    fn files_are_followed_to_where_they_lie_now() {
        let folder = tempfile::tempdir().unwrap();
        let repository = |arguments: &[&str]| {
            let identity = [
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b.example",
                "-c",
                "commit.gpgsign=false",
            ];
            let output = Command::new("git")
                .args(identity)
                .args(arguments)
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        let commit = || {
            repository(&["add", "-A", "."]);
            repository(&["commit", "--quiet", "-m", "x"]);
            repository(&["rev-parse", "--short", "HEAD"])
        };
        let path = |text: &str| SitePath::new(text).unwrap();
        let root = folder.path().join("site");
        let lost = ["a/å b.md", "c.md", "d.md", "never.md"].map(path).into();
        assert_eq!(file_histories(folder.path(), &lost), BTreeMap::new());
        repository(&["init", "--quiet"]);
        fs::create_dir_all(root.join("a")).unwrap();
        for (name, seed) in [("a/å b.md", "å"), ("c.md", "c"), ("d.md", "d")] {
            fs::write(
                root.join(name),
                (0..40)
                    .map(|line| format!("{seed} line {line}\n"))
                    .collect::<String>(),
            )
            .unwrap();
        }
        commit();
        fs::rename(root.join("a/å b.md"), root.join("e.md")).unwrap();
        fs::rename(root.join("d.md"), root.join("f.md")).unwrap();
        let first = commit();
        fs::rename(root.join("e.md"), root.join("g.md")).unwrap();
        fs::remove_file(root.join("c.md")).unwrap();
        fs::remove_file(root.join("f.md")).unwrap();
        let second = commit();
        let history = |now: Option<&str>, commit: &str| FileHistory {
            now: now.map(path),
            commit: commit.to_owned(),
        };
        let expected = [
            ("a/å b.md", history(Some("g.md"), &first)),
            ("c.md", history(None, &second)),
            ("d.md", history(None, &first)),
        ];
        assert_eq!(
            file_histories(&root, &lost),
            expected.map(|(old, history)| (path(old), history)).into()
        );
    }
}
