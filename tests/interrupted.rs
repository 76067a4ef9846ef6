//! `hjelp mv`, killed while it writes: the next start finds all files as before it or as after it, and nothing besides them.
//!
//! `HJELP_KILLS=300 cargo test --test interrupted` kills it at more moments.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const LOCALES: [&str; 3] = ["no", "en", "de"];

/// How many pages each language has.
const PAGES: usize = 40;

fn site(root: &Path) {
    fs::write(
        root.join("hjelp.yml"),
        "content: content\ndefault-locale: no\n",
    )
    .unwrap();
    for locale in LOCALES {
        let folder = root.join("content").join(locale).join("salg (ny)/å");
        fs::create_dir_all(&folder).unwrap();
        let mut index = "# Start\n\n".to_owned();
        for number in 0..PAGES {
            let next = (number + 1) % PAGES;
            let text =
                format!("# Side {number}\n\n[neste](side%20{next}.md) [hjem](../../index.md)\n");
            fs::write(folder.join(format!("side {number}.md")), text).unwrap();
            index.push_str(&format!("[{number}](<salg (ny)/å/side {number}.md>)\n"));
        }
        fs::write(folder.join("../../index.md"), index).unwrap();
        fs::write(folder.join("bilde.png"), b"not read").unwrap();
    }
}

/// Every file with its content, and every folder.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.unwrap();
        let name = entry
            .path()
            .strip_prefix(root)
            .unwrap()
            .display()
            .to_string();
        all.insert(name, fs::read(entry.path()).unwrap_or_default());
    }
    all
}

fn command(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjelp"));
    command
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Moves the folder. Killed so long after its first write, if a time is given; returns how long it wrote.
fn move_folder(root: &Path, killed_after: Option<Duration>) -> Duration {
    let mut child = command(root)
        .args(["mv", "content/no/salg (ny)", "content/no/kunder & salg"])
        .spawn()
        .unwrap();
    let record = root.join(".hjelp-journal");
    while !record.exists() && child.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
    let begun = Instant::now();
    if let Some(time) = killed_after {
        while begun.elapsed() < time && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
    }
    while record.exists() && child.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
    let time = begun.elapsed();
    child.wait().unwrap();
    time
}

#[test]
fn a_killed_move_is_finished_or_undone() {
    let kills: u32 = match std::env::var("HJELP_KILLS") {
        Ok(count) => count.parse().unwrap(),
        Err(_) => 20,
    };
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    site(old.path());
    site(new.path());
    let whole = move_folder(new.path(), None);
    let (before, after) = (files(old.path()), files(new.path()));
    assert_ne!(before, after);
    let (mut interrupted, mut undone) = (0, 0);
    for kill in 0..kills {
        let root = tempfile::tempdir().unwrap();
        site(root.path());
        // Spread evenly over the time it took, and a little beyond: golden ratio, so that any number of kills is spread.
        let part = (f64::from(kill) * 0.618_033_988_75).fract() * 1.1;
        move_folder(root.path(), Some(whole.mul_f64(part)));
        interrupted += u32::from(root.path().join(".hjelp-journal").exists());
        let listed = command(root.path())
            .args(["list", "pages"])
            .status()
            .unwrap();
        assert!(listed.success());
        let now = files(root.path());
        assert!(
            now == before || now == after,
            "kill {kill} after {part} of {whole:?}"
        );
        undone += u32::from(now == before);
    }
    // Otherwise the test says nothing.
    assert!(interrupted * 4 > kills, "{interrupted} of {kills}");
    assert!(undone < kills, "{undone} of {kills}");
}
