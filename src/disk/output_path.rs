//! Which paths a file of the site may have in an output folder, and the names hjelp keeps for itself there.

use std::path::{Component, Path};

use crate::source::SitePath;

/// The state file: see [`output_state`](super::output_state).
pub(super) const STATE: &str = ".hjelp-state";

/// What hjelp wrote before there was a state file: see [`legacy_state`](super::legacy_state).
pub(super) const LEGACY_MANIFEST: &str = ".hjelp-manifest";

/// A folder with one of these files is an output folder.
pub(crate) const STATE_FILES: [&str; 2] = [STATE, LEGACY_MANIFEST];

/// How the names of all files begin that are not part of the site: state, lock, half-written files.
pub(super) const RESERVED: &str = ".hjelp-";

/// The folder in which the first build into an empty folder collects its files.
pub(super) const FRESH: &str = ".hjelp-fresh";

/// True if hjelp has built into this folder.
pub(crate) fn is_output_folder(folder: &Path) -> bool {
    STATE_FILES.iter().any(|name| folder.join(name).exists())
}

/// True if a file of the site may have this path.
pub(super) fn is_allowed(path: &SitePath) -> bool {
    // On Windows a name that begins with `c:` is a drive, and joining it to the output folder would leave the folder.
    let stays_inside = Path::new(path.as_str())
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    stays_inside
        && !path.is_root()
        && !path.segments().any(|name| name.starts_with(RESERVED))
        // The state file has one path per line.
        && !path.as_str().contains(char::is_control)
}

/// The path that `text` spells, if it is an allowed path in exactly the spelling hjelp writes.
pub(super) fn exact_path(text: &str) -> Option<SitePath> {
    // A state file is read before files are removed by it, so a path in another spelling means that something else has edited it.
    let path = SitePath::new(text).ok()?;
    if path.as_str() != text || !is_allowed(&path) {
        return None;
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_inside_the_folder_are_allowed() {
        for text in ["a b.html", "no/på/index.html"] {
            assert!(exact_path(text).is_some(), "{text}");
        }
        for text in [
            "",
            "../x",
            "/etc/passwd",
            "a//b",
            "a/./b",
            "a\tb",
            ".hjelp-state",
            "a/.hjelp-x",
        ] {
            assert!(exact_path(text).is_none(), "{text}");
        }
    }
}
