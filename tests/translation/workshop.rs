//! A site in a repository, its author and its translators.

use std::fs;
use std::path::Path;
use std::process::Command;

pub struct Workshop {
    folder: tempfile::TempDir,
}

/// What a command printed, both streams, and its exit code.
#[derive(Debug)]
pub struct Printed {
    pub out: String,
    pub code: i32,
}

impl Workshop {
    /// A site of English and Norwegian pages without a repository.
    pub fn new(files: &[(&str, &str)]) -> Workshop {
        let workshop = Workshop {
            folder: tempfile::tempdir().unwrap(),
        };
        workshop.write("hjelp.yml", "title: T\n");
        for (path, text) in files {
            workshop.write(path, text);
        }
        workshop
    }

    /// The same in a repository, with all translations accepted.
    pub fn accepted(files: &[(&str, &str)]) -> Workshop {
        let workshop = Workshop::new(files);
        workshop.git(&["init", "--quiet", "-b", "main"]);
        workshop.hjelp(&["accept"]);
        workshop.commit();
        workshop
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    /// Replaces words in a file, each of which must be there.
    pub fn edit(&self, path: &str, edits: &[(&str, &str)]) {
        let mut text = self.read(path);
        for (from, to) in edits {
            assert!(text.contains(from), "{from} is not in {path}:\n{text}");
            text = text.replace(from, to);
        }
        self.write(path, &text);
    }

    pub fn git(&self, arguments: &[&str]) {
        self.git_at("", arguments);
    }

    /// Runs Git as if it were the given day of 2026.
    pub fn git_at(&self, day: &str, arguments: &[&str]) {
        let mut command = Command::new("git");
        command
            .args(["-c", "user.name=a", "-c", "user.email=a@b.example"])
            .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0"])
            .args(["-c", "protocol.file.allow=always"])
            .args(arguments)
            .current_dir(self.path());
        if !day.is_empty() {
            let time = format!("2026-{day}T12:00:00Z");
            command.env("GIT_AUTHOR_DATE", &time);
            command.env("GIT_COMMITTER_DATE", &time);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?} {output:?}");
    }

    pub fn commit(&self) {
        self.commit_at("");
    }

    pub fn commit_at(&self, day: &str) {
        self.git(&["add", "-A", "."]);
        self.git_at(day, &["commit", "--quiet", "--allow-empty", "-m", "x"]);
    }

    /// Runs `hjelp translation`.
    pub fn hjelp(&self, arguments: &[&str]) -> Printed {
        let mut all = vec!["translation"];
        all.extend(arguments);
        self.run(&all)
    }

    pub fn run(&self, arguments: &[&str]) -> Printed {
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        let mut out = String::from_utf8(output.stdout).unwrap();
        out.push_str(&String::from_utf8(output.stderr).unwrap());
        Printed {
            out,
            code: output.status.code().unwrap(),
        }
    }

    /// `path state` of each translation, and its sections that aren't current: `path state (title, title)`.
    pub fn status(&self) -> Vec<String> {
        let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
            .args(["translation", "status", "--format", "json"])
            .current_dir(self.path())
            .output()
            .unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut lines = Vec::new();
        for page in report["locales"][0]["pages"].as_array().unwrap() {
            let mut open = Vec::new();
            for section in page["sections"].as_array().unwrap() {
                let state = section["state"].as_str().unwrap();
                if state == "stale" || state == "missing" {
                    open.push(section["title"].as_str().unwrap());
                }
            }
            let (path, state) = (
                page["path"].as_str().unwrap(),
                page["state"].as_str().unwrap(),
            );
            let mut line = format!("{path} {state}");
            if !open.is_empty() && state == "stale" {
                line.push_str(&format!(" ({})", open.join(", ")));
            }
            lines.push(line);
        }
        lines
    }

    /// The words and the translation of each exported text: `source -> target`, `source -> ?` without one.
    pub fn export(&self, arguments: &[&str]) -> Vec<String> {
        let mut all = vec!["export", "--to", "no", "-o", "x.xlf"];
        all.extend(arguments);
        let printed = self.hjelp(&all);
        assert_eq!(printed.code, 0, "{printed:?}");
        let document = self.read("x.xlf");
        let mut lines = Vec::new();
        for unit in units(&document) {
            let target = inner(&unit, "target").unwrap_or_else(|| "?".to_owned());
            lines.push(format!("{} -> {target}", inner(&unit, "source").unwrap()));
        }
        lines
    }

    /// What a translator writes into the exported document, by source text.
    pub fn translate(&self, translations: &[(&str, &str)]) {
        self.rewrite(translations, "");
    }

    /// The same, and what the state of these texts is afterwards.
    pub fn rewrite(&self, translations: &[(&str, &str)], state: &str) {
        let document = self.read("x.xlf");
        let mut rewritten = document.clone();
        let mut left: Vec<&str> = translations.iter().map(|(source, _)| *source).collect();
        for unit in units(&document) {
            let source = inner(&unit, "source").unwrap();
            let Some((_, target)) = translations.iter().find(|(words, _)| *words == source) else {
                continue;
            };
            left.retain(|words| *words != source);
            let before = unit.rfind("</source>").unwrap() + "</source>".len();
            let end = unit.rfind("</segment>").unwrap();
            let mut new = format!(
                "{}\n<target>{target}</target>\n{}",
                &unit[..before],
                &unit[end..]
            );
            if !state.is_empty() {
                new = new.replace("state=\"initial\"", &format!("state=\"{state}\""));
            }
            rewritten = rewritten.replace(&unit, &new);
        }
        assert!(left.is_empty(), "{left:?} not in {document}");
        self.write("x.xlf", &rewritten);
    }

    pub fn import(&self, arguments: &[&str]) -> Printed {
        let mut all = vec!["import", "x.xlf"];
        all.extend(arguments);
        self.hjelp(&all)
    }
}

fn units(document: &str) -> Vec<String> {
    let mut units = Vec::new();
    for part in document.split("<unit ").skip(1) {
        let end = part.find("</unit>").unwrap();
        units.push(format!("<unit {}", &part[..end]));
    }
    units
}

/// The words of the last element of this name, which is that of the segment, without its codes.
fn inner(unit: &str, element: &str) -> Option<String> {
    let segment = &unit[unit.rfind("<segment ")?..];
    let start = segment.find(&format!("<{element}>"))? + element.len() + 2;
    let end = segment.find(&format!("</{element}>"))?;
    let mut words = String::new();
    for part in segment[start..end].split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    Some(words)
}
