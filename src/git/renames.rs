//! Missing files -> where the last commit that removed each moved it, if anywhere. Doesn't know why a file is looked for. Without Git or without
//! a history, the answer is empty.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::command::{GitError, git};
use crate::check::FileHistory;
use crate::source::SitePath;

/// A file that was moved more often than this is not followed to its end.
const MOST_MOVES: usize = 20;

/// The commits that removed files, and these files.
const REMOVALS: [&str; 11] = [
    "log",
    // A signature would be printed before the format.
    "--no-show-signature",
    // Detecting renames in all commits is slow, so that is only done for those that removed one of the files: see [`RENAMES`].
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

/// The renames in the commits on stdin.
const RENAMES: [&str; 11] = [
    "diff-tree",
    "--stdin",
    "-r",
    "-M",
    // Without a limit: moving a whole folder is one commit with thousands of renames.
    "-l0",
    "--diff-filter=R",
    "--name-status",
    "--relative",
    "-z",
    "--format=%x01%H",
    "-m",
];

/// The histories of the files that once were at the `lost` paths below `root`, as far as Git knows them.
pub fn file_histories(root: &Path, lost: &BTreeSet<SitePath>) -> BTreeMap<SitePath, FileHistory> {
    match RemovalLog::read(root, lost) {
        Ok(log) => log.histories(lost),
        // Histories only make messages more helpful, so a folder without Git is no error.
        Err(_) => BTreeMap::new(),
    }
}

/// The last commit that removed each path, and the new path of each path that such a commit moved.
struct RemovalLog<'r> {
    root: &'r Path,
    removed: BTreeMap<SitePath, Commit>,
    /// By the id of the commit and the old path.
    moved: BTreeMap<(String, SitePath), SitePath>,
}

#[derive(Clone)]
struct Commit {
    id: String,
    /// Abbreviated by Git, as short as it is unambiguous in this repository.
    short: String,
}

impl<'r> RemovalLog<'r> {
    fn read(root: &'r Path, lost: &BTreeSet<SitePath>) -> Result<RemovalLog<'r>, GitError> {
        let mut log = RemovalLog {
            root,
            removed: BTreeMap::new(),
            moved: BTreeMap::new(),
        };
        // Without missing files, which is the usual case, no process is started.
        if lost.is_empty() {
            return Ok(log);
        }
        log.removed = removals(root)?;
        let mut paths: BTreeSet<SitePath> = lost.clone();
        for _ in 0..MOST_MOVES {
            let mut commits = BTreeSet::new();
            for path in &paths {
                if let Some(commit) = log.removed.get(path) {
                    commits.insert(commit.id.as_str());
                }
            }
            let found = renames(root, &commits)?;
            log.moved.extend(found);
            // A file that was moved to a path that was removed later is followed further.
            let mut next = BTreeSet::new();
            for path in &paths {
                match log.moved_to(path) {
                    Some(to) if log.removed.contains_key(to) => {
                        next.insert(to.clone());
                    }
                    _ => {}
                }
            }
            if next.is_empty() {
                break;
            }
            paths = next;
        }
        Ok(log)
    }

    /// Where the last commit that removed a path moved it.
    fn moved_to(&self, path: &SitePath) -> Option<&SitePath> {
        let commit = self.removed.get(path)?;
        self.moved.get(&(commit.id.clone(), path.clone()))
    }

    /// Where a file is now; `None` if it was removed for good.
    fn current_path(&self, lost: &SitePath) -> Option<SitePath> {
        let mut path = lost;
        // The limit also ends a circle of renames: a file moved away and back, and then removed.
        for _ in 0..MOST_MOVES {
            path = self.moved_to(path)?;
            if self.root.join(path.as_str()).is_file() {
                return Some(path.clone());
            }
        }
        None
    }

    fn histories(&self, lost: &BTreeSet<SitePath>) -> BTreeMap<SitePath, FileHistory> {
        let mut histories = BTreeMap::new();
        for path in lost {
            if let Some(commit) = self.removed.get(path) {
                let history = FileHistory {
                    now: self.current_path(path),
                    commit: commit.short.clone(),
                };
                histories.insert(path.clone(), history);
            }
        }
        histories
    }
}

/// The last commit that removed each path.
fn removals(root: &Path) -> Result<BTreeMap<SitePath, Commit>, GitError> {
    let output = git(root, &REMOVALS, "")?;
    let mut removed = BTreeMap::new();
    for text in String::from_utf8_lossy(&output).split('\u{1}').skip(1) {
        let mut fields = fields(text);
        let Some(names) = fields.next() else { continue };
        let Some((id, short)) = names.split_once(' ') else {
            continue;
        };
        let commit = Commit {
            id: id.to_owned(),
            short: short.to_owned(),
        };
        for path in fields {
            // The log begins with the newest commit, so the first that removed a path is the last one in time.
            if let Ok(path) = SitePath::new(path) {
                removed.entry(path).or_insert_with(|| commit.clone());
            }
        }
    }
    Ok(removed)
}

/// The new paths of the files that these commits moved, by commit and old path.
fn renames(
    root: &Path,
    commits: &BTreeSet<&str>,
) -> Result<BTreeMap<(String, SitePath), SitePath>, GitError> {
    let mut renames = BTreeMap::new();
    if commits.is_empty() {
        return Ok(renames);
    }
    let input: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
    let output = git(root, &RENAMES, &input)?;
    for text in String::from_utf8_lossy(&output).split('\u{1}').skip(1) {
        let mut fields = fields(text);
        let Some(commit) = fields.next() else {
            continue;
        };
        // `R095<NUL>old<NUL>new`
        while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
            if let (Ok(old), Ok(new)) = (SitePath::new(old), SitePath::new(new)) {
                renames.insert((commit.to_owned(), old), new);
            }
        }
    }
    Ok(renames)
}

/// The fields of a commit in the output of Git. Some are followed by a line feed in addition to NUL.
fn fields(commit: &str) -> impl Iterator<Item = &str> {
    commit.split(['\0', '\n']).filter(|field| !field.is_empty())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    #[test]
    fn missing_files_are_followed_through_renames() {
        let folder = tempfile::tempdir().unwrap();
        let run = |arguments: &[&str]| {
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
            run(&["add", "-A", "."]);
            run(&["commit", "--quiet", "-m", "x"]);
            run(&["rev-parse", "--short", "HEAD"])
        };
        let path = |text: &str| SitePath::new(text).unwrap();
        let root = folder.path().join("site");
        let lost = ["a/å b.md", "c.md", "d.md", "never.md"].map(path).into();
        assert_eq!(file_histories(folder.path(), &lost), BTreeMap::new());
        run(&["init", "--quiet"]);
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
