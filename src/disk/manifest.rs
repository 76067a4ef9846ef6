//! The record of what hjelp wrote into an output folder, as text: paths with the hash of their bytes, in path order.
//! It makes the folder ours, tells which files may be replaced and removed, and lets a deployment see what changed.

use std::path::{Component, Path};

use crate::source::SitePath;

/// The file that holds the record. A folder with this file is an output folder.
pub(crate) const MANIFEST: &str = ".hjelp-manifest";

/// The file that names what is being written right now; empty between builds. Whoever holds its lock is the one build.
pub(super) const JOURNAL: &str = ".hjelp-journal";

/// The file that says what the last build read and said.
pub(super) const CACHE: &str = ".hjelp-cache";

/// The file that says what the files of the last build were made from.
pub(super) const KEPT: &str = ".hjelp-kept";

/// The name of the record or journal of one slice of the site, which other builds write the rest of: `2/8` has its own.
pub(super) fn of_slice(name: &str, slice: Option<&str>) -> String {
    slice.map_or_else(
        || name.to_owned(),
        |slice| format!("{name}-{}", slice.replace('/', "-of-")),
    )
}

/// How the names of all files begin that are not part of the site.
pub(super) const RESERVED: &str = ".hjelp-";

const HEADER: &str = "hjelp-manifest ";
const VERSION: u32 = 1;

/// What a record may turn out to be instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Of a later version.
    Newer,
    /// Not written by us, or not only.
    Damaged,
}

/// The text of a record; `files` are in path order.
pub(super) fn write<'p>(files: impl IntoIterator<Item = (&'p SitePath, u128)>) -> String {
    let mut text = format!("{HEADER}{VERSION}\n");
    for (path, hash) in files {
        push_hex(hash, 32, &mut text);
        text.push(' ');
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// Appends the last `digits` hexadecimal digits of a number. There are several for each file, and formatting takes ten times as long.
pub(super) fn push_hex(number: u128, digits: u32, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.extend(
        (0..digits)
            .rev()
            .map(|digit| char::from(DIGITS[(number >> (4 * digit)) as usize & 15])),
    );
}

/// The paths in a record.
pub(super) fn read(text: &str) -> Result<Vec<SitePath>, Unreadable> {
    let (header, lines) = text.split_once('\n').ok_or(Unreadable::Damaged)?;
    match header
        .strip_prefix(HEADER)
        .and_then(|version| version.parse::<u32>().ok())
    {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(Unreadable::Newer),
        _ => return Err(Unreadable::Damaged),
    }
    if !lines.is_empty() && !lines.ends_with('\n') {
        return Err(Unreadable::Damaged);
    }
    lines
        .lines()
        .map(|line| {
            line.split_once(' ')
                .filter(|(hash, _)| is_hash(hash))
                .and_then(|(_, path)| exact(path))
                .ok_or(Unreadable::Damaged)
        })
        .collect()
}

/// The paths in a journal. A last line without its end was cut off before its file was begun, so it doesn't count.
pub(super) fn read_journal(text: &str) -> Result<Vec<SitePath>, Unreadable> {
    let complete = &text[..text.rfind('\n').map_or(0, |at| at + 1)];
    complete
        .lines()
        .map(|line| exact(line).ok_or(Unreadable::Damaged))
        .collect()
}

/// True if a file of the site may have this path.
pub(super) fn is_allowed(path: &SitePath) -> bool {
    // Where `c:` is a drive, a name that begins with it would lead away.
    let stays = Path::new(path.as_str())
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    stays
        && !path.is_root()
        && !path.segments().any(|name| name.starts_with(RESERVED))
        && !path.as_str().contains(char::is_control)
}

fn is_hash(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The path, if it stands there as we would have written it.
pub(super) fn exact(text: &str) -> Option<SitePath> {
    SitePath::new(text)
        .ok()
        .filter(|path| path.as_str() == text && is_allowed(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        let files = [(path("a b.html"), 7), (path("no/på/index.html"), u128::MAX)];
        let text = write(files.iter().map(|(path, hash)| (path, *hash)));
        assert_eq!(
            text,
            format!(
                "hjelp-manifest 1\n{:032x} a b.html\n{:032x} no/på/index.html\n",
                7,
                u128::MAX
            )
        );
        assert_eq!(read(&text).unwrap(), files.map(|(path, _)| path));
        assert_eq!(read(&write([])), Ok(vec![]));
    }

    #[test]
    fn anything_else_is_refused() {
        let line = |path: &str| format!("hjelp-manifest 1\n{:032x} {path}\n", 0);
        assert_eq!(read("hjelp-manifest 2\nwhatever"), Err(Unreadable::Newer));
        for text in [
            String::new(),
            "hjelp-manifest 1".into(),
            "hjelp-manifest one\n".into(),
            "my notes\n".into(),
            line("../x"),
            line("/etc/passwd"),
            line("a//b"),
            line(""),
            line(".hjelp-manifest"),
            line("a\tb"),
            "hjelp-manifest 1\n0 a\n".into(),
            line("a").trim_end().into(),
        ] {
            assert_eq!(read(&text), Err(Unreadable::Damaged), "{text:?}");
        }
    }

    #[test]
    fn a_journal_forgets_only_its_torn_end() {
        assert_eq!(
            read_journal("a\nb/c\nd/e"),
            Ok(vec![path("a"), path("b/c")])
        );
        assert_eq!(read_journal("torn"), Ok(vec![]));
        assert_eq!(read_journal("../a\n"), Err(Unreadable::Damaged));
    }
}
