//! Turns the files of a folder into tests with names of their own, so that one can be picked: `cargo test --test sites broken-link`.
//!
//! A test gets its cases, writes into them what it found, and returns what cannot be written down. What was found must be what is there;
//! with `HJELP_BLESS=1` it replaces what is there instead.

use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use libtest_mimic::{Arguments, Failed, Trial};

use super::text_site::{CaseFile, TextCase};

/// Writes what it found into the cases. Returns failures that no expectation of theirs could express. The name is that of the file.
pub type Run = fn(name: &str, cases: &mut [TextCase]) -> Vec<String>;

/// A test for each file of the folder in `tests`, named `FOLDER::FILE`.
pub fn one_per_file(folder: &str, run: Run) -> Vec<Trial> {
    let mut trials = Vec::new();
    for file in files(folder) {
        let all = 0..file.cases.len();
        let stem = stem(&file);
        trials.push(trial(
            format!("{folder}::{stem}"),
            Arc::new(Mutex::new(file)),
            all,
            run,
        ));
    }
    trials
}

/// A test for each case of each file, named `FOLDER::FILE::CASE`.
pub fn one_per_case(folder: &str, run: Run) -> Vec<Trial> {
    let mut trials = Vec::new();
    for file in files(folder) {
        let stem = stem(&file);
        let names: Vec<String> = file.cases.iter().map(|case| dashed(case.name())).collect();
        let file = Arc::new(Mutex::new(file));
        for (at, name) in names.into_iter().enumerate() {
            let name = format!("{folder}::{stem}::{name}");
            trials.push(trial(name, Arc::clone(&file), at..at + 1, run));
        }
    }
    trials
}

/// Runs the tests that the arguments of the program pick.
pub fn main(trials: Vec<Trial>) -> ExitCode {
    let mut arguments = Arguments::from_args();
    if is_blessing() {
        assert!(
            std::env::var_os("NEXTEST").is_none(),
            "use `cargo test` with HJELP_BLESS: the processes of nextest would overwrite each other's files"
        );
        // Two cases of one file are written one after the other.
        arguments.test_threads = Some(1);
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn is_blessing() -> bool {
    std::env::var_os("HJELP_BLESS").is_some_and(|value| value == "1")
}

fn files(folder: &str) -> Vec<CaseFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(CaseFile::read(&path));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!files.is_empty());
    files
}

fn stem(file: &CaseFile) -> String {
    let stem = file.path.file_stem().unwrap();
    stem.to_str().unwrap().to_owned()
}

/// A name of letters and dashes, which shells and filters like better.
fn dashed(name: &str) -> String {
    let words = name.split(|char: char| !char.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn trial(name: String, file: Arc<Mutex<CaseFile>>, range: Range<usize>, run: Run) -> Trial {
    Trial::test(name, move || hold(&file, range, run))
}

fn hold(file: &Mutex<CaseFile>, range: Range<usize>, run: Run) -> Result<(), Failed> {
    let (name, expected) = {
        let file = file.lock().unwrap_or_else(PoisonError::into_inner);
        (stem(&file), file.cases[range.clone()].to_vec())
    };
    let mut found = expected.clone();
    let mut failures = run(&name, &mut found);
    if found != expected {
        if is_blessing() {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.cases[range].clone_from_slice(&found);
            file.write();
        } else {
            failures.push(difference(&expected, &found));
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    Err(failures.join("\n").into())
}

/// The lines that differ, from the first to the last, with the one above them.
fn difference(expected: &[TextCase], found: &[TextCase]) -> String {
    let expected: Vec<&str> = expected.iter().flat_map(TextCase::all_lines).collect();
    let found: Vec<&str> = found.iter().flat_map(TextCase::all_lines).collect();
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b);
    let start = same.count();
    let ends = expected[start..]
        .iter()
        .rev()
        .zip(found[start..].iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let mut lines = vec![
        "expected (-) and found (+); `HJELP_BLESS=1 cargo test` writes down what was found:"
            .to_owned(),
    ];
    if let Some(above) = start.checked_sub(1) {
        lines.push(format!("  {}", expected[above]));
    }
    for line in &expected[start..expected.len() - end] {
        lines.push(format!("- {line}"));
    }
    for line in &found[start..found.len() - end] {
        lines.push(format!("+ {line}"));
    }
    lines.join("\n")
}
