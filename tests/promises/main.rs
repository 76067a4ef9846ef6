//! What hjelp promises, tried on whole sites with the whole program: the same input gives the same bytes, slices make up the whole, a
//! killed build harms nothing, and nothing is read or written outside the site.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod caches;
mod containment;
mod crash;
mod determinism;
mod hostile_git;
mod links;
mod shards;
#[path = "../../benches/build/synthetic.rs"]
mod synthetic;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use synthetic::Shape;

/// Small, but with everything: folders, languages, includes in includes, links, pictures.
const SMALL: Shape = Shape {
    seed: 7,
    pages: 60,
    languages: 3,
    depth: 3,
};

/// A site below a new folder.
fn site(shape: Shape) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    synthetic::write(&folder.path().join("site"), shape).unwrap();
    folder
}

fn build(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjelp"));
    command
        .arg("build")
        .arg(root)
        .arg("--out")
        .arg(out)
        .stdin(Stdio::null());
    command
}

/// Runs to the end, and the site is there, with or without problems in its content.
fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Every file of a finished site with its bytes, without hjelp's own record.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(out)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| {
        path.strip_prefix(out)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/")
    };
    let all = entries.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap()));
    all.filter(|(name, _)| !name.starts_with(".hjelp-"))
        .collect()
}

/// Says where two sites differ, without printing them.
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names = |a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        a.keys()
            .filter(|name| !b.contains_key(*name))
            .cloned()
            .collect()
    };
    assert_eq!(
        (names(one, other), names(other, one)),
        (vec![], vec![]),
        "{what}"
    );
    let different: Vec<&String> = one
        .iter()
        .filter(|(name, bytes)| other[*name] != **bytes)
        .map(|(name, _)| name)
        .collect();
    assert!(different.is_empty(), "{what}: {different:?}");
}
