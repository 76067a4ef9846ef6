//! What only a browser can test about a finished site: the Node tests in `tests/browser`, run when they can be.
//!
//! They need `npm ci` in that folder, and Chromium. Without them the run prints that it skips them and passes; with `HJELP_BROWSER_TESTS=required` it fails.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    // `cargo test -- --list`, and a word that picks other tests, ask for none of these.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "--list")
        || words
            .iter()
            .any(|word| !word.starts_with('-') && !"browser".contains(word.as_str()))
    {
        return ExitCode::SUCCESS;
    }
    if let Some(missing) = missing(&folder) {
        let required =
            std::env::var_os("HJELP_BROWSER_TESTS").is_some_and(|value| value == "required");
        eprintln!("\nBROWSER TESTS SKIPPED: {missing}.\n");
        return if required {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        };
    }
    let run = Command::new("npm")
        .args(["test", "--silent"])
        .current_dir(folder)
        .env("HJELP", env!("CARGO_BIN_EXE_hjelp"))
        .status();
    match run {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("npm could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What has to be there first.
fn missing(folder: &Path) -> Option<&'static str> {
    let chromium = std::env::var_os("CHROMIUM")
        .map(std::path::PathBuf::from)
        .filter(|path| path.is_file());
    let usual = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    if !folder.join("node_modules").is_dir() {
        return Some("run `npm ci` in tests/browser first");
    }
    if chromium.is_none() && !usual.iter().any(|path| Path::new(path).is_file()) {
        return Some("there is no Chromium; install it, or name it in CHROMIUM");
    }
    None
}
