//! Runs the `git` program: arguments and input -> its output, or an error with a help text. Doesn't know what the output means.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An error of Git, or of starting it.
#[derive(Debug)]
pub enum GitError {
    /// Git isn't installed, or can't be started.
    NoGit(io::Error),
    /// The folder isn't in a repository.
    NoRepository(PathBuf),
    /// The revision doesn't exist.
    UnknownRevision(String),
    /// Git failed, with this message.
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
            GitError::Failed(_) => "fix what Git reports and try again".into(),
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GitError::NoGit(error) => write!(out, "Git can't be started: {error}"),
            GitError::NoRepository(path) => {
                write!(out, "`{}` is not in a Git repository", path.display())
            }
            GitError::UnknownRevision(revision) => {
                write!(out, "unknown revision `{}`", revision.escape_debug())
            }
            GitError::Failed(message) => write!(out, "Git failed: {message}"),
        }
    }
}

impl std::error::Error for GitError {}

/// The bytes of these objects, by their ids or as `revision:path`, in order; `None` for those that don't exist. One process for all of them,
/// because one per file takes minutes in a large repository.
pub(super) fn blobs<'o>(
    root: &Path,
    objects: impl Iterator<Item = &'o str>,
) -> Result<Vec<Option<Vec<u8>>>, GitError> {
    let input: String = objects.map(|object| format!("{object}\n")).collect();
    // Starting Git for nothing takes time, too.
    if input.is_empty() {
        return Ok(Vec::new());
    }
    let output = git(root, &["cat-file", "--batch"], &input)?;
    let mut rest = output.as_slice();
    let mut all = Vec::new();
    // `object type size<LF>bytes<LF>` or `object missing<LF>`
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]);
        let body = &rest[end + 1..];
        let bytes = match blob_size(&head) {
            Some(size) => body.get(..size),
            None => None,
        };
        // After the bytes there is one more line feed, which isn't part of them.
        let length = match bytes {
            Some(bytes) => bytes.len() + 1,
            None => 0,
        };
        all.push(bytes.map(<[u8]>::to_vec));
        rest = body.get(length..).unwrap_or(&[]);
    }
    Ok(all)
}

/// The size in the first line of an object; `None` for an object that doesn't exist.
fn blob_size(head: &str) -> Option<usize> {
    if head.ends_with(" missing") {
        return None;
    }
    head.rsplit(' ').next()?.parse().ok()
}

/// What Git may not take from the configuration of a repository, which may be a stranger's: anything that starts a program. Not used by
/// what hjelp asks of Git today are the pager, hooks and transports, but no later version of Git should surprise anybody.
const SAFE: [&str; 9] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "credential.helper=",
    "diff.external=",
    "gpg.program=false",
    "log.showSignature=false",
    // A folder of the content with the files of a repository in it isn't one.
    "safe.bareRepository=explicit",
];

/// Runs Git in the folder `root` with `input` on stdin: its stdout, or the first line of its stderr as an error.
pub(super) fn git(root: &Path, arguments: &[&str], input: &str) -> Result<Vec<u8>, GitError> {
    let mut command = Command::new("git");
    for setting in SAFE {
        command.args(["-c", setting]);
    }
    command
        .current_dir(root)
        .arg("--no-pager")
        .args(arguments)
        // Objects that a partial clone lacks would be fetched by programs that its configuration names.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("GIT_TERMINAL_PROMPT", "0")
        // Reading must not write to the index while the author works in the repository.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(GitError::NoGit)?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // In a thread, because Git prints while it still reads: with both pipes full, both sides would wait for ever.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(GitError::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let message = stderr.lines().next().unwrap_or("unknown error");
    Err(GitError::Failed(message.to_owned()))
}
