//! The same input gives the same bytes on every machine.

use std::fs;
use std::path::Path;

use super::{SMALL, assert_same, build, files, site};

/// The same files, created in the opposite order, which is the order many disks list them in.
fn backwards(from: &Path, to: &Path) {
    let mut entries: Vec<_> = walkdir::WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .collect();
    entries.reverse();
    for entry in entries.iter().filter(|entry| entry.file_type().is_file()) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, fs::read(entry.path()).unwrap()).unwrap();
    }
}

#[test]
fn threads_clock_language_and_order_of_files_change_no_byte() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    fs::write(
        at("site/content/no/odde.md"),
        "---\ndate: 2026-01-31\n---\n# Odde\n\n[borte](borte.md) `x`\n",
    )
    .unwrap();
    backwards(&at("site"), &at("backwards"));
    let mut first = None;
    for (name, root, variables) in [
        (
            "one thread",
            "site",
            [("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C")],
        ),
        (
            "two threads, far east",
            "site",
            [
                ("RAYON_NUM_THREADS", "2"),
                ("TZ", "Pacific/Kiritimati"),
                ("LANG", "nb_NO.UTF-8"),
            ],
        ),
        (
            "seven threads, far west",
            "backwards",
            [
                ("RAYON_NUM_THREADS", "7"),
                ("TZ", "America/Adak"),
                ("LANG", "tr_TR.UTF-8"),
            ],
        ),
        (
            "another time",
            "backwards",
            [
                ("RAYON_NUM_THREADS", "2"),
                ("SOURCE_DATE_EPOCH", "86400"),
                ("LC_ALL", "ja_JP.UTF-8"),
            ],
        ),
    ] {
        let out = at(&format!("out-{name}"));
        // The report is meant to be in the language of who reads it; the site is not.
        let output = build(&at(root), &out)
            .envs(variables)
            .env("HJELP_LANG", "en")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        let told = String::from_utf8(output.stderr)
            .unwrap()
            .replace(at(root).to_str().unwrap(), "");
        let hashes = hashes(&out);
        let made = (files(&out), told, hashes);
        match &first {
            None => first = Some(made),
            Some((files, told, hashes)) => {
                assert_same(&made.0, files, name);
                assert_eq!((&made.1, &made.2), (told, hashes), "{name}");
            }
        }
    }
}

/// The content hash and the path of each file, according to the state of the output folder.
fn hashes(out: &Path) -> Vec<(String, String)> {
    let state = fs::read_to_string(out.join(".hjelp-state")).unwrap();
    let records = state.lines().skip(2).filter(|line| !line.starts_with("= "));
    let fields = records.map(|line| line.splitn(4, ' ').map(str::to_owned).collect::<Vec<_>>());
    fields
        .map(|fields| (fields[0].clone(), fields[3].clone()))
        .collect()
}
