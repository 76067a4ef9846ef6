//! The state files of hjelp before version 1 of `.hjelp-state`: a manifest of finished files and a journal of begun ones, both read for the
//! paths they own so that an upgrade neither refuses the folder nor forgets its files; two caches, only recognised so that they are removed.

use super::output_path::{LEGACY_MANIFEST, exact_path};
use super::output_state::{Unreadable, complete_lines, read_version};
use crate::source::SitePath;

const HEADER: &str = "hjelp-manifest ";
const VERSION: u32 = 1;

/// A kind of file earlier versions left in an output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LegacyFile {
    /// Paths of files that were written: a version, then a hash and a path per line.
    Manifest,
    /// Paths of files that were about to be written.
    Journal,
    /// Nothing that is needed any more.
    Cache,
}

impl LegacyFile {
    /// What a file of this name is, if an earlier version wrote it. Files of shards have the shard behind their name.
    pub(super) fn of(name: &str) -> Option<LegacyFile> {
        for (start, kind) in [
            (LEGACY_MANIFEST, LegacyFile::Manifest),
            (".hjelp-journal", LegacyFile::Journal),
            (".hjelp-cache", LegacyFile::Cache),
            (".hjelp-kept", LegacyFile::Cache),
        ] {
            match name.strip_prefix(start) {
                // A manifest that was being written; the journal has what it would have listed.
                Some(rest) if rest.ends_with(".new") => return Some(LegacyFile::Cache),
                Some("") => return Some(kind),
                Some(rest) if rest.starts_with('-') => return Some(kind),
                _ => {}
            }
        }
        None
    }

    /// The paths in the text of such a file.
    pub(super) fn paths(self, text: &str) -> Result<Vec<SitePath>, Unreadable> {
        match self {
            LegacyFile::Manifest => read_manifest(text),
            // A journal may end in the middle of a line: the build was killed.
            LegacyFile::Journal => read_paths(complete_lines(text)),
            LegacyFile::Cache => Ok(Vec::new()),
        }
    }
}

fn read_manifest(text: &str) -> Result<Vec<SitePath>, Unreadable> {
    let (header, lines) = text.split_once('\n').ok_or(Unreadable::Damaged)?;
    read_version(header, HEADER, VERSION)?;
    // A manifest is written whole and then renamed, so one without its end was not written by hjelp alone.
    if complete_lines(lines).len() < lines.len() {
        return Err(Unreadable::Damaged);
    }
    let mut paths = Vec::new();
    for line in lines.lines() {
        let (hash, path) = line.split_once(' ').ok_or(Unreadable::Damaged)?;
        if hash.len() != 32 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Unreadable::Damaged);
        }
        paths.push(exact_path(path).ok_or(Unreadable::Damaged)?);
    }
    Ok(paths)
}

fn read_paths(lines: &str) -> Result<Vec<SitePath>, Unreadable> {
    let mut paths = Vec::new();
    for line in lines.lines() {
        paths.push(exact_path(line).ok_or(Unreadable::Damaged)?);
    }
    Ok(paths)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn files_of_earlier_versions_are_recognised() {
        for (name, expected) in [
            (".hjelp-manifest", Some(LegacyFile::Manifest)),
            (".hjelp-manifest-2-of-8", Some(LegacyFile::Manifest)),
            (".hjelp-manifest-2-of-8.new", Some(LegacyFile::Cache)),
            (".hjelp-journal", Some(LegacyFile::Journal)),
            (".hjelp-kept-1-of-2", Some(LegacyFile::Cache)),
            (".hjelp-cache", Some(LegacyFile::Cache)),
            (".hjelp-cachet", None),
            (".hjelp-state", None),
            ("index.html", None),
        ] {
            assert_eq!(LegacyFile::of(name), expected, "{name}");
        }
    }

    #[test]
    fn their_paths_are_read_and_anything_else_is_refused() {
        let line = |path: &str| format!("hjelp-manifest 1\n{:032x} {path}\n", 0);
        let manifest = LegacyFile::Manifest;
        assert_eq!(manifest.paths(&line("a b")), Ok(vec![path("a b")]));
        assert_eq!(manifest.paths("hjelp-manifest 2\n"), Err(Unreadable::Newer));
        for text in [
            "",
            "hjelp-manifest 1",
            "hjelp-manifest 1\n0 a\n",
            &line("../x"),
        ] {
            assert_eq!(manifest.paths(text), Err(Unreadable::Damaged), "{text:?}");
        }
        let journal = LegacyFile::Journal;
        assert_eq!(
            journal.paths("a\nb/c\ntorn"),
            Ok(vec![path("a"), path("b/c")])
        );
        assert_eq!(journal.paths("../a\n"), Err(Unreadable::Damaged));
    }
}
