//! Translations and the paths of their originals -> the text each original had when its translation was last edited. One process lists the
//! history and a few more print the texts, however many files there are. Doesn't know what makes two versions of a text the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::command::{GitError, blobs, git};
use crate::source::{SitePath, Source};

/// The most commits that are searched for one file.
const MOST_CHANGES: usize = 100;

/// The byte before each commit in the log. No path contains it, because Git separates paths by NUL and [`SitePath`] has no control characters.
const COMMIT_MARK: u8 = 1;

/// Each commit with the blobs and paths it changed, relative to the folder.
const LOG: [&str; 11] = [
    "log",
    // A signature would be printed before the format.
    "--no-show-signature",
    // A merge commit edits nothing that a commit on one of its sides didn't edit.
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

/// A translation as it is now, and the path of its original.
pub type TranslationPair<'a> = (&'a Source, &'a SitePath);

/// What one commit did to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CommittedChange {
    /// The index of the commit in the log; the newest is 0.
    commit: usize,
    /// The path before the commit.
    from: SitePath,
    /// The blob before the commit; `None` for a new file.
    before: Option<String>,
    /// The blob after the commit.
    after: String,
}

/// The commits of a folder, newest first.
#[derive(Debug, Default)]
struct FolderLog {
    /// Their ids.
    commits: Vec<String>,
    /// By the path after the commit, newest first.
    changes: BTreeMap<SitePath, Vec<CommittedChange>>,
}

/// The commit that last changed the words of a translation. Both are indices: of the pair and of the commit in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LastEdit {
    pair: usize,
    commit: usize,
}

/// A translation whose last edit is searched for, and the commits that touched it, newest first and never empty.
struct Candidate<'l> {
    pair: usize,
    changes: Vec<&'l CommittedChange>,
}

/// The contents of blobs by the names they were requested by.
type Blobs = BTreeMap<String, Vec<u8>>;

/// For each translation that Git knows, its original as of the last commit that changed the translation's words, by the translation's path.
/// `is_same` returns true if two versions of a translation have the same words. Translations with uncommitted changes are left out, and so
/// are those that were never committed: their translators have just seen the original.
pub fn originals_when_translated(
    root: &Path,
    pairs: &[TranslationPair<'_>],
    is_same: impl Fn(&Source, &Source) -> bool + Sync,
) -> Result<BTreeMap<SitePath, Source>, GitError> {
    let prefix = folder_prefix(root)?;
    // `git log` fails in a repository without commits.
    let Ok(log) = FolderLog::read(root) else {
        return Ok(BTreeMap::new());
    };
    let search = EditSearch {
        root,
        prefix: &prefix,
        log: &log,
        pairs,
        is_same,
    };
    let mut requests: Vec<(usize, String)> = Vec::new();
    for edit in search.last_edits()? {
        let (_, original) = pairs[edit.pair];
        // The original may have had another name at that commit.
        for name in log.names(original) {
            let object = format!("{}:{prefix}{name}", log.commits[edit.commit]);
            requests.push((edit.pair, object));
        }
        // An original that is younger than its translation: its first text is the oldest the translator can have seen.
        if let Some(first) = log.first_blob(original) {
            requests.push((edit.pair, first));
        }
    }
    // `git cat-file` reads one name per line, so a line feed in a path would shift all answers that follow.
    requests.retain(|(_, object)| !object.contains('\n'));

    let answers = blobs(root, requests.iter().map(|(_, object)| object.as_str()))?;
    let mut originals = BTreeMap::new();
    for ((pair, _), bytes) in requests.into_iter().zip(answers) {
        let (translation, original) = pairs[pair];
        let Some(bytes) = bytes else { continue };
        if !originals.contains_key(&translation.path) {
            let source = Source::from_bytes(original.clone(), bytes);
            originals.insert(translation.path.clone(), source);
        }
    }
    Ok(originals)
}

/// True if the repository lacks its older commits, so that a text may seem to be as old as the first of them.
pub fn is_shallow(root: &Path) -> bool {
    match git(root, &["rev-parse", "--is-shallow-repository"], "") {
        Ok(answer) => answer.starts_with(b"true"),
        Err(_) => false,
    }
}

/// The path of `root` in its repository: empty, or with `/` at the end.
fn folder_prefix(root: &Path) -> Result<String, GitError> {
    match git(root, &["rev-parse", "--show-prefix"], "") {
        // Not trimmed: a folder name may end with a space.
        Ok(prefix) => Ok(String::from_utf8_lossy(&prefix)
            .trim_end_matches('\n')
            .to_owned()),
        Err(GitError::Failed(_)) => Err(GitError::NoRepository(root.into())),
        Err(error) => Err(error),
    }
}

impl FolderLog {
    fn read(root: &Path) -> Result<FolderLog, GitError> {
        Ok(FolderLog::parse(&git(root, &LOG, "")?))
    }

    /// Parses the output of [`LOG`]. Paths that can't be paths of a site are left out.
    fn parse(output: &[u8]) -> FolderLog {
        let mut log = FolderLog::default();
        for commit in output.split(|byte| *byte == COMMIT_MARK).skip(1) {
            let mut fields = commit.split(|byte| *byte == 0).map(field_text);
            let Some(id) = fields.next() else { continue };
            log.commits.push(id.trim().to_owned());
            // `:mode mode before after R095<NUL>old<NUL>new`, without `new` unless the file was renamed or copied
            while let Some(head) = fields.next() {
                let words: Vec<&str> = head.split(' ').collect();
                let &[_, _, before, after, status] = words.as_slice() else {
                    continue;
                };
                let Some(from) = fields.next() else { break };
                let mut to = from;
                if status.starts_with(['R', 'C']) {
                    let Some(new) = fields.next() else { break };
                    to = new;
                }
                if let (Ok(from), Ok(to)) = (SitePath::new(from), SitePath::new(to)) {
                    let change = CommittedChange {
                        commit: log.commits.len() - 1,
                        from,
                        before: existing_blob(before),
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

    /// The blob of the first commit of a file.
    fn first_blob(&self, path: &SitePath) -> Option<String> {
        let changes = self.changes_of(path);
        Some(changes.last()?.after.clone())
    }
}

/// A field of the log as text. Git prints a line feed after the id of a commit.
fn field_text(field: &[u8]) -> &str {
    let text = std::str::from_utf8(field).unwrap_or_default();
    text.trim_start_matches('\n')
}

/// The id of a blob; `None` for the id of zeros only that Git prints for a file that doesn't exist.
fn existing_blob(id: &str) -> Option<String> {
    if id.contains(|digit| digit != '0') {
        return Some(id.to_owned());
    }
    None
}

/// The search for the commits that last changed the words of translations.
struct EditSearch<'a, S> {
    root: &'a Path,
    /// See [`folder_prefix`].
    prefix: &'a str,
    log: &'a FolderLog,
    pairs: &'a [TranslationPair<'a>],
    is_same: S,
}

impl<S: Fn(&Source, &Source) -> bool + Sync> EditSearch<'_, S> {
    /// The last edits of all translations without uncommitted changes, in the order of the pairs.
    fn last_edits(&self) -> Result<Vec<LastEdit>, GitError> {
        let mut edits = Vec::new();
        let mut candidates = self.committed()?;
        // All candidates go back one commit at a time, because one process for all their texts is far cheaper than one for each file. Most are
        // found in the first round.
        for depth in 0..MOST_CHANGES {
            if candidates.is_empty() {
                break;
            }
            let mut objects = Vec::new();
            for candidate in &candidates {
                if let Some(change) = candidate.changes.get(depth)
                    && let Some(before) = &change.before
                {
                    objects.extend([before.as_str(), change.after.as_str()]);
                }
            }
            let versions = named_blobs(self.root, objects)?;
            let found: Vec<Option<LastEdit>> = candidates
                .par_iter()
                .map(|candidate| self.edit_at(candidate, depth, &versions))
                .collect();
            let mut older = Vec::new();
            for (candidate, edit) in candidates.into_iter().zip(found) {
                match edit {
                    Some(edit) => edits.push(edit),
                    None => older.push(candidate),
                }
            }
            candidates = older;
        }
        edits.sort_unstable();
        Ok(edits)
    }

    /// The translations whose words on disk are those of the last commit.
    fn committed(&self) -> Result<Vec<Candidate<'_>>, GitError> {
        let mut candidates = Vec::new();
        for (pair, (translation, _)) in self.pairs.iter().enumerate() {
            let changes = self.log.changes_of(&translation.path);
            if !changes.is_empty() {
                candidates.push(Candidate { pair, changes });
            }
        }
        let mut objects = Vec::new();
        for candidate in &candidates {
            objects.push(self.head_object(candidate.pair));
        }
        let head = named_blobs(self.root, objects.iter().map(String::as_str))?;
        Ok(candidates
            .into_par_iter()
            .filter(|candidate| self.is_committed(candidate.pair, &head))
            .collect())
    }

    /// True if the words of a translation on disk are those in `head`, the blobs of the last commit.
    fn is_committed(&self, pair: usize, head: &Blobs) -> bool {
        let (translation, _) = self.pairs[pair];
        let Some(bytes) = head.get(&self.head_object(pair)) else {
            return false;
        };
        // Most files are equal byte for byte, and then need not be parsed.
        translation.text.as_bytes() == bytes
            || (self.is_same)(translation, &self.version(pair, bytes))
    }

    /// The edit of a candidate, if its change number `depth` changed the words. Its oldest change always counts as one.
    fn edit_at(
        &self,
        candidate: &Candidate<'_>,
        depth: usize,
        versions: &Blobs,
    ) -> Option<LastEdit> {
        let change = candidate.changes.get(depth)?;
        let is_oldest = depth + 1 == candidate.changes.len();
        if !is_oldest && self.keeps_words(candidate.pair, change, versions) {
            return None;
        }
        Some(LastEdit {
            pair: candidate.pair,
            commit: change.commit,
        })
    }

    /// True if a change left the words of the translation as they were.
    fn keeps_words(&self, pair: usize, change: &CommittedChange, versions: &Blobs) -> bool {
        let Some(before) = &change.before else {
            return false;
        };
        match (versions.get(before), versions.get(&change.after)) {
            (Some(before), Some(after)) => {
                (self.is_same)(&self.version(pair, before), &self.version(pair, after))
            }
            _ => false,
        }
    }

    /// The name of the translation's blob in the last commit.
    fn head_object(&self, pair: usize) -> String {
        format!("HEAD:{}{}", self.prefix, self.pairs[pair].0.path)
    }

    /// An earlier text of a translation.
    fn version(&self, pair: usize, bytes: &[u8]) -> Source {
        Source::from_bytes(self.pairs[pair].0.path.clone(), bytes.to_vec())
    }
}

/// The contents of these objects, each requested once. Objects that don't exist are left out.
fn named_blobs<'o>(
    root: &Path,
    objects: impl IntoIterator<Item = &'o str>,
) -> Result<Blobs, GitError> {
    let objects: BTreeSet<&str> = objects.into_iter().collect();
    let contents = blobs(root, objects.iter().copied())?;
    let mut named = Blobs::new();
    for (object, bytes) in objects.into_iter().zip(contents) {
        if let Some(bytes) = bytes {
            named.insert(object.to_owned(), bytes);
        }
    }
    Ok(named)
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
            "\x01c2\0\n:100644 100644 b1 b9 M\0a.md\0\
             \x01c1\0\n:000000 100644 {zeros} b1 A\0a.md\0:100644 100644 b1 b2 R090\0a.md\0b.md\0\
             \x01c0\0\n:000000 100644 {zeros} b1 A\0a.md\0"
        );
        let log = FolderLog::parse(log.as_bytes());
        assert_eq!(log.commits, ["c2", "c1", "c0"]);
        assert_eq!(log.names(&path("b.md")), [path("b.md"), path("a.md")]);
        let blobs: Vec<&str> = log
            .changes_of(&path("b.md"))
            .iter()
            .map(|change| change.after.as_str())
            .collect();
        assert_eq!(blobs, ["b2", "b1"], "without the new file at the old path");
        assert_eq!(log.first_blob(&path("b.md")), Some("b1".to_owned()));
        assert_eq!(log.first_blob(&path("c.md")), None);
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
