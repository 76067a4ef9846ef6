//! What one build notes for the next -> a file that is used whole or not at all: its first line says what it is and sums up the rest. Notes
//! only save time, so one that can't be written or read is as good as none. Doesn't know what they say.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

/// What the note at `path` says, if it is one of this kind and nobody has changed it.
pub(super) fn read(path: &Path, kind: &str) -> Option<String> {
    let mut text = fs::read_to_string(path).ok()?;
    let (head, rest) = text.split_once('\n')?;
    if head != self::head(kind, &[rest]) {
        return None;
    }
    let start = head.len() + 1;
    text.drain(..start);
    Some(text)
}

/// Makes the note at `path` say `pieces`, one after the other.
pub(super) fn write(path: &Path, kind: &str, pieces: &[&str]) {
    // A link that lies there is removed, not followed.
    let _ = fs::remove_file(path);
    let head = self::head(kind, pieces);
    let all = [head.as_str(), "\n"]
        .into_iter()
        .chain(pieces.iter().copied());
    let written = File::create_new(path).and_then(|mut file| {
        all.into_iter()
            .try_for_each(|piece| file.write_all(piece.as_bytes()))
    });
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
}

fn head(kind: &str, pieces: &[&str]) -> String {
    let mut hash = Xxh3::new();
    pieces
        .iter()
        .for_each(|piece| hash.update(piece.as_bytes()));
    format!("{kind} {:032x}", hash.digest128())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note");
        assert_eq!(read(&path, "kind 1"), None);
        for pieces in [&["a\nb", "", "\nå"][..], &[]] {
            write(&path, "kind 1", pieces);
            assert_eq!(read(&path, "kind 1"), Some(pieces.concat()));
            assert_eq!(read(&path, "kind 2"), None);
        }
        write(&path, "kind 1", &["abc"]);
        let whole = fs::read_to_string(&path).unwrap();
        for damaged in [
            &whole[..whole.len() - 1],
            &whole.replace("abc", "abd"),
            "",
            "kind 1",
            "kind 1 0\nabc",
        ] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(read(&path, "kind 1"), None, "{damaged}");
        }
        fs::write(&path, b"kind 1 \xFF\n").unwrap();
        assert_eq!(read(&path, "kind 1"), None);
    }
}
