//! The history of a folder: each commit with the files it changed, and the texts that files had. One process lists the history and a few more
//! print the texts, however many files there are. Doesn't know what the files mean.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::command::{GitError, blobs, git};
use crate::source::{SitePath, Source};

/// The most commits that are searched for one file.
const MOST_CHANGES: usize = 100;

/// The byte before each commit in the log. No path contains it, because Git separates paths by NUL and [`SitePath`] has no control characters.
const COMMIT_MARK: u8 = 1;

/// Each commit with its time, and the blobs and paths it changed, relative to the folder.
const LOG: [&str; 11] = [
    "log",
    // A signature would be printed before the format.
    "--no-show-signature",
    // A merge commit edits nothing that a commit on one of its sides didn't edit.
    "--no-merges",
    "--raw",
    "-z",
    "--no-abbrev",
    // Copies as well as renames: a page that moves often leaves a redirect in its old place.
    "-C",
    "--relative",
    "--format=%x01%H %ct",
    "--",
    ".",
];

/// What one commit did to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommittedChange {
    /// The index of the commit in the log; the newest is 0.
    pub commit: usize,
    /// The path before the commit.
    pub from: SitePath,
    /// The blob after the commit.
    pub after: String,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Commit {
    id: String,
    /// When it was made, in seconds.
    time: u64,
}

/// The commits of a folder, newest first.
#[derive(Debug, Default)]
struct FolderLog {
    commits: Vec<Commit>,
    /// By the path after the commit, newest first.
    changes: BTreeMap<SitePath, Vec<CommittedChange>>,
}

/// The history of a folder.
#[derive(Debug)]
pub struct FolderHistory {
    root: PathBuf,
    /// The path of the folder in its repository: empty, or with `/` at the end.
    prefix: String,
    log: FolderLog,
    /// The ids of commits of which the repository lacks those before them.
    boundary: BTreeSet<String>,
}

/// The contents of blobs by the names they were requested by.
pub(super) type Blobs = BTreeMap<String, Vec<u8>>;

impl FolderHistory {
    /// Reads the history of a folder. Empty without commits.
    pub fn read(root: &Path) -> Result<FolderHistory, GitError> {
        let prefix = folder_prefix(root)?;
        let mut history = FolderHistory {
            root: root.to_owned(),
            prefix,
            log: FolderLog::default(),
            boundary: BTreeSet::new(),
        };
        // `git log` fails in a repository without commits.
        if git(root, &["rev-parse", "--verify", "--quiet", "HEAD"], "").is_ok() {
            history.log = FolderLog::parse(&git(root, &LOG, "")?);
            history.boundary = boundary(root)?;
        }
        Ok(history)
    }

    /// True if the repository lacks its older commits.
    pub fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }

    /// True if a file is in another repository inside this one: a submodule, or a clone that was put there. Its commits are not in the log.
    pub fn is_elsewhere(&self, path: &SitePath) -> bool {
        let mut folder = path.parent();
        while !folder.is_root() {
            if self.root.join(folder.as_str()).join(".git").exists() {
                return true;
            }
            folder = folder.parent();
        }
        false
    }

    /// The earlier texts of files under all their names, newest first. Files without a history are left out.
    pub fn versions(
        &self,
        paths: &BTreeSet<SitePath>,
    ) -> Result<BTreeMap<SitePath, Vec<Source>>, GitError> {
        let mut objects = Vec::new();
        for path in paths {
            for change in self.changes_of(path) {
                objects.push(change.after.as_str());
            }
        }
        let blobs = self.blobs(objects)?;
        let mut versions = BTreeMap::new();
        for path in paths {
            let mut texts = Vec::new();
            for change in self.changes_of(path) {
                if let Some(bytes) = blobs.get(&change.after) {
                    texts.push(Source::from_bytes(path.clone(), bytes.clone()));
                }
            }
            if !texts.is_empty() {
                versions.insert(path.clone(), texts);
            }
        }
        Ok(versions)
    }

    /// The changes of a file under all its names, newest first.
    pub(super) fn changes_of(&self, path: &SitePath) -> Vec<&CommittedChange> {
        self.log.changes_of(path)
    }

    /// True if it isn't known what was before a commit.
    pub(super) fn is_boundary(&self, commit: usize) -> bool {
        self.boundary.contains(&self.log.commits[commit].id)
    }

    /// The name of a file's blob in the last commit.
    pub(super) fn head_object(&self, path: &SitePath) -> String {
        format!("HEAD:{}{path}", self.prefix)
    }

    /// The names of the blobs that a file may have had when a commit was made, the best one first. The file may have had another name then.
    /// A commit of another history, which was merged later, has no such file in its tree; then it is the one of that time.
    pub(super) fn objects_at(&self, commit: usize, path: &SitePath) -> Vec<String> {
        let Commit { id, time } = &self.log.commits[commit];
        let mut objects = Vec::new();
        for name in self.log.names(path) {
            objects.push(format!("{id}:{}{name}", self.prefix));
        }
        let changes = self.changes_of(path);
        let at_that_time = changes
            .iter()
            .find(|change| self.log.commits[change.commit].time <= *time);
        // A file that is younger than the commit: its first text is the oldest that anyone can have seen.
        if let Some(change) = at_that_time.or(changes.last()) {
            objects.push(change.after.clone());
        }
        // `git cat-file` reads one name per line, so a line feed in a path would shift all answers that follow.
        objects.retain(|object| !object.contains('\n'));
        objects
    }

    /// The contents of these objects, each requested once. Objects that don't exist are left out.
    pub(super) fn blobs<'o>(
        &self,
        objects: impl IntoIterator<Item = &'o str>,
    ) -> Result<Blobs, GitError> {
        let objects: BTreeSet<&str> = objects.into_iter().collect();
        let contents = blobs(&self.root, objects.iter().copied())?;
        let mut named = Blobs::new();
        for (object, bytes) in objects.into_iter().zip(contents) {
            if let Some(bytes) = bytes {
                named.insert(object.to_owned(), bytes);
            }
        }
        Ok(named)
    }
}

/// The path of `root` in its repository: empty, or with `/` at the end.
fn folder_prefix(root: &Path) -> Result<String, GitError> {
    match git(root, &["rev-parse", "--show-prefix"], "") {
        // Not trimmed: a folder name may end with a space.
        Ok(prefix) => Ok(String::from_utf8_lossy(&prefix)
            .trim_end_matches('\n')
            .to_owned()),
        // Any other failure is one, such as a repository that belongs to another user.
        Err(GitError::Failed(message)) if message.contains("not a git repository") => {
            Err(GitError::NoRepository(root.into()))
        }
        Err(error) => Err(error),
    }
}

/// The commits of a shallow clone at which its history ends.
fn boundary(root: &Path) -> Result<BTreeSet<String>, GitError> {
    let path = git(root, &["rev-parse", "--git-path", "shallow"], "")?;
    let path = String::from_utf8_lossy(&path);
    // A complete clone has no such file.
    let text = std::fs::read_to_string(root.join(path.trim_end())).unwrap_or_default();
    Ok(text.lines().map(str::to_owned).collect())
}

impl FolderLog {
    /// Parses the output of [`LOG`]. Paths that can't be paths of a site are left out.
    fn parse(output: &[u8]) -> FolderLog {
        let mut log = FolderLog::default();
        for commit in output.split(|byte| *byte == COMMIT_MARK).skip(1) {
            let mut fields = commit.split(|byte| *byte == 0).map(field_text);
            let Some(head) = fields.next() else { continue };
            let (id, time) = head.trim().split_once(' ').unwrap_or((head.trim(), ""));
            log.commits.push(Commit {
                id: id.to_owned(),
                time: time.parse().unwrap_or(0),
            });
            // `:mode mode before after R095<NUL>old<NUL>new`, without `new` unless the file was renamed or copied
            while let Some(head) = fields.next() {
                let words: Vec<&str> = head.split(' ').collect();
                let &[_, _, _, after, status] = words.as_slice() else {
                    continue;
                };
                let Some(from) = fields.next() else { break };
                let mut to = from;
                if status.starts_with(['R', 'C']) {
                    let Some(new) = fields.next() else { break };
                    to = new;
                }
                // A file that was removed has no text afterwards.
                if status == "D" {
                    continue;
                }
                if let (Ok(from), Ok(to)) = (SitePath::new(from), SitePath::new(to)) {
                    let change = CommittedChange {
                        commit: log.commits.len() - 1,
                        from,
                        after: after.to_owned(),
                    };
                    log.changes.entry(to).or_default().push(change);
                }
            }
        }
        log
    }

    /// The changes of a file under all its names, newest first.
    fn changes_of(&self, path: &SitePath) -> Vec<&CommittedChange> {
        let (mut name, mut newest, mut found) = (path, 0, Vec::new());
        while found.len() < MOST_CHANGES {
            let mut rename = None;
            for change in self.changes.get(name).into_iter().flatten() {
                // After the rename, another file may have got the old name: its commits are newer.
                if change.commit < newest {
                    continue;
                }
                found.push(change);
                if change.from != *name {
                    rename = Some(change);
                    break;
                }
            }
            let Some(change) = rename else { break };
            (name, newest) = (&change.from, change.commit + 1);
        }
        found
    }

    /// Every name a file has had, newest first.
    fn names(&self, path: &SitePath) -> Vec<SitePath> {
        let mut names = vec![path.clone()];
        for change in self.changes_of(path) {
            if names.last() != Some(&change.from) {
                names.push(change.from.clone());
            }
        }
        names
    }
}

/// A field of the log as text. Git prints a line feed after the line of a commit.
fn field_text(field: &[u8]) -> &str {
    let text = std::str::from_utf8(field).unwrap_or_default();
    text.trim_start_matches('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn a_file_is_followed_through_its_renames() {
        let zeros = "0".repeat(40);
        let log = format!(
            "\x01c2 300\0\n:100644 100644 b1 b9 M\0a.md\0\
             \x01c1 200\0\n:000000 100644 {zeros} b1 A\0a.md\0:100644 100644 b1 b2 R090\0a.md\0b.md\0\
             \x01c0 100\0\n:000000 100644 {zeros} b1 A\0a.md\0"
        );
        let log = FolderLog::parse(log.as_bytes());
        let ids: Vec<&str> = log
            .commits
            .iter()
            .map(|commit| commit.id.as_str())
            .collect();
        assert_eq!(ids, ["c2", "c1", "c0"]);
        assert_eq!((log.commits[0].time, log.commits[2].time), (300, 100));
        assert_eq!(log.names(&path("b.md")), [path("b.md"), path("a.md")]);
        let blobs: Vec<&str> = log
            .changes_of(&path("b.md"))
            .iter()
            .map(|change| change.after.as_str())
            .collect();
        assert_eq!(blobs, ["b2", "b1"], "without the new file at the old path");
        assert!(log.changes_of(&path("c.md")).is_empty());
    }

    #[test]
    fn incomplete_lines_of_the_log_are_ignored() {
        for text in [
            "",
            "x",
            "\x01c0",
            "\x01c0\0\n:1 2 3",
            "\x01c0\0\n:1 2 3 4 R1\0a.md",
        ] {
            assert!(
                FolderLog::parse(text.as_bytes()).changes.is_empty(),
                "{text:?}"
            );
        }
    }
}
