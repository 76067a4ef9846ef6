//! Small sites, and what their search answers first: the cases of `asked.txt`. `<<< search LANGUAGE` lists questions; what follows ` => ` is the
//! address of the first answer below the language folder, or nothing if there must be no answer. After ` ~ ` comes what is found instead.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use hjelp::workspace::Snapshot;

use super::text_site::{CaseFile, TextBlock, TextCase};

/// What differs from what the cases say.
pub fn differences(path: &Path) -> String {
    let mut out = String::new();
    for case in CaseFile::read(path).cases {
        let scratch = tempfile::tempdir().unwrap();
        write_search(&case, scratch.path());
        for expected in case.expectations() {
            let wanted = expected.full_lines();
            for (line, answer) in wanted.iter().zip(answers(scratch.path(), expected)) {
                if *line != answer {
                    writeln!(
                        out,
                        "{}\n    expected {line}\n    found    {answer}",
                        case.name()
                    )
                    .unwrap();
                }
            }
        }
    }
    out
}

/// Writes the files the search of each language runs on, and the script.
fn write_search(case: &TextCase, folder: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = here.join("templates/assets/search-core.js");
    std::fs::copy(script, folder.join("search-core.js")).unwrap();
    let snapshot = Snapshot::new(case.site())
        .map_err(|(_, problems)| problems)
        .unwrap();
    let locales = &snapshot.site.config.locales;
    for locale in locales.ids() {
        let folder = folder.join(&locales.get(locale).folder);
        std::fs::create_dir_all(&folder).unwrap();
        for file in snapshot.search(locale) {
            std::fs::write(folder.join(file.path.file_name()), &file.bytes).unwrap();
        }
    }
}

/// The lines of an expectation as the search answers them.
fn answers(folder: &Path, expected: &TextBlock) -> Vec<String> {
    let (language, _) = expected.path_and_words();
    let mut ask = Command::new("node");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    ask.arg(here.join("tests/search/ask.js"))
        .arg(folder)
        .arg(language);
    for line in expected.full_lines() {
        ask.arg(line.split(" =>").next().unwrap());
    }
    let output = ask.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}
