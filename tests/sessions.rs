//! The command line as its users see it: each case of `tests/sessions` is a folder and what is typed in it, in the notation of
//! `tests/support/text_site.rs`.
//!
//! `<<< run COMMAND` is what the command prints: stdout, then stderr with `! ` in front of each line, then `? N` if the exit code isn't 0. Commands
//! are `hjelp`, and `mkdir`, `link TARGET PATH`, `cd`, `rm`, `git`, which print nothing. `<<< file PATH` is the text of a file afterwards, `<<< files` the
//! paths of all files but those of a built site. `link` is for Unix; on other systems its case is left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

use support::text_site::{TextBlock, TextCase};
use support::trials;

fn main() -> ExitCode {
    trials::main(trials::one_per_case("sessions", run))
}

/// Types the commands and writes down what they print.
fn run(_: &str, cases: &mut [TextCase]) -> Vec<String> {
    let mut failures = Vec::new();
    for case in cases {
        let has_links = case
            .all_lines()
            .iter()
            .any(|line| line.starts_with("<<< run link "));
        if has_links && !cfg!(unix) {
            continue;
        }
        let above = tempfile::tempdir().unwrap();
        let mut session = Session::new(above.path());
        for block in case.sources() {
            let (path, _) = block.path_and_words();
            session.write(path, &block.text());
        }
        if case.expectations().next().is_none() {
            failures.push("nothing is typed".to_owned());
        }
        for block in &mut case.blocks {
            if !block.is_source() {
                failures.extend(session.check(block));
            }
        }
    }
    failures
}

/// A folder, and the folder in it where the next command is typed.
struct Session {
    /// Holds the site, so that a session can put something outside of it.
    above: PathBuf,
    root: PathBuf,
    current: PathBuf,
}

impl Session {
    fn new(above: &Path) -> Session {
        let above = above.canonicalize().unwrap();
        let root = above.join("site");
        fs::create_dir(&root).unwrap();
        Session {
            current: root.clone(),
            above,
            root,
        }
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn check(&mut self, block: &mut TextBlock) -> Option<String> {
        let (rest, _) = block.path_and_words();
        let rest = rest.to_owned();
        match block.kind() {
            "run" => {
                let printed = self.type_command(&rest);
                block.set_lines(&printed);
            }
            "file" => match fs::read_to_string(self.root.join(&rest)) {
                Ok(text) => {
                    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
                    block.set_lines(&lines);
                }
                Err(error) => return Some(format!("`{rest}`: {error}")),
            },
            "files" => {
                let mut paths = Vec::new();
                self.list(&self.root, &mut paths);
                paths.sort();
                block.set_lines(&paths);
            }
            kind => return Some(format!("unknown expectation `{kind}`")),
        }
        None
    }

    fn list(&self, folder: &Path, paths: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name == "_site" || name == ".git" {
                continue;
            }
            if path.is_dir() {
                self.list(&path, paths);
            } else {
                let path = path.strip_prefix(&self.root).unwrap();
                paths.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }

    /// What a command prints, line by line.
    fn type_command(&mut self, command: &str) -> Vec<String> {
        let words = words(command);
        let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        match (words[0].as_str(), arguments.as_slice()) {
            ("hjelp", arguments) => {
                let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
                    .args(arguments)
                    .current_dir(&self.current)
                    // What is above a temporary folder must not matter.
                    .env("GIT_CEILING_DIRECTORIES", &self.above)
                    .output();
                self.printed(&output.unwrap())
            }
            ("git", arguments) => {
                let identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
                let output = Command::new("git")
                    .args(identity)
                    .args(["-c", "commit.gpgsign=false"])
                    .args(arguments)
                    .current_dir(&self.current)
                    .output();
                let output = output.unwrap();
                assert!(output.status.success(), "{output:?}");
                Vec::new()
            }
            ("cd", [path]) => {
                self.current = self.current.join(path);
                Vec::new()
            }
            ("mkdir", [path]) => {
                fs::create_dir_all(self.current.join(path)).unwrap();
                Vec::new()
            }
            ("rm", [path]) => {
                fs::remove_file(self.current.join(path)).unwrap();
                Vec::new()
            }
            #[cfg(unix)]
            ("link", [target, path]) => {
                std::os::unix::fs::symlink(target, self.current.join(path)).unwrap();
                Vec::new()
            }
            _ => panic!("unknown command `{command}`"),
        }
    }

    fn printed(&self, output: &Output) -> Vec<String> {
        let mut lines = Vec::new();
        for (bytes, mark) in [(&output.stdout, ""), (&output.stderr, "! ")] {
            let text = String::from_utf8(bytes.clone()).unwrap();
            // Windows prints its own separators, and the program is called `hjelp.exe`.
            let text = text.replace('\\', "/").replace("hjelp.exe", "hjelp");
            let text = text.replace(self.above.to_str().unwrap(), "");
            for line in text.lines() {
                lines.push(
                    format!("{mark}{}", without_times(line))
                        .trim_end()
                        .to_owned(),
                );
            }
        }
        if !output.status.success() {
            lines.push(format!("? {}", output.status.code().unwrap()));
        }
        lines
    }
}

/// The words of a command; quotes hold spaces together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// `in 0.12 s` is another time in every run.
fn without_times(line: &str) -> String {
    let Some((before, after)) = line.split_once(" in ") else {
        return line.to_owned();
    };
    let rest = after.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.');
    match rest.strip_prefix(" s") {
        Some("") => format!("{before} in N s"),
        _ => line.to_owned(),
    }
}
