//! Runs the `git` program: arguments and input -> its output, or an error in words. Knows nothing of what the output means.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
