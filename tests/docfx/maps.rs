//! Every `toc.json` and the `xrefmap.yml` of real docsets, entry by entry beside those that DocFX's own template writes. What is otherwise on
//! purpose is in [`Reason`]; anything else is a failure.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use hjelp::source::yaml::{self, YamlNode};
use hjelp::workspace::Snapshot;
use serde_json::{Map, Value};

/// The docsets: the name of their maps, their folder, and the folder that `dest` in `docfx.json` names.
const DOCSETS: &[(&str, &str, &str)] = &[
    ("akka", "repositories/akka/docs", ""),
    ("bonsai", "repositories/bonsai", ""),
    ("efcore", "repositories/efcore/entity-framework", ""),
    (
        "nav-nb",
        "repositories/nav-nb/dynamics-nav-app",
        "dynamics-nav-app",
    ),
    ("nuget", "repositories/nuget/docs", "nuget"),
    ("nunit", "repositories/nunit/docs", ""),
    ("superoffice-2023", "superoffice-2023", ""),
];

/// Why a map differs from DocFX's on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// DocFX's own templates leave out landing pages, tutorials and other YAML pages, and link to their sources.
    PageType,
    /// DocFX writes the address of what is not in the docset. Here the entry is a text, as in the sidebar.
    LeadsNowhere,
    /// DocFX writes the address of a folder as it is typed. Here it is that of its index page.
    IndexPage,
}

#[test]
fn tocs_and_uids_are_those_of_docfx() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut failures = Vec::new();
    for (name, folder, dest) in DOCSETS {
        let archive = shared.join(format!("vectors/docfx-built/sites/{name}-maps.tar.xz"));
        let content = shared.join("corpus").join(folder);
        let Some(expected) = unpacked(&archive) else {
            // Past the test harness, which keeps quiet about tests that pass.
            let _ = writeln!(
                std::io::stderr(),
                "\nSKIPPED: no maps of DocFX in `{}`, or no `tar` to unpack them",
                archive.display()
            );
            continue;
        };
        let mut comparison = Comparison {
            name,
            outputs: outputs_of(&content),
            reasons: BTreeMap::new(),
            compared: 0,
            failures: Vec::new(),
        };
        comparison.folder(&expected.path().join(dest), "");
        println!(
            "{name}: {} entries and uids compared, otherwise on purpose: {:?}",
            comparison.compared, comparison.reasons
        );
        assert!(comparison.compared > 0, "{name}: nothing to compare");
        failures.append(&mut comparison.failures);
    }
    let shown = &failures[..failures.len().min(20)];
    assert!(
        failures.is_empty(),
        "{} differences:\n{}",
        failures.len(),
        shown.join("\n")
    );
}

fn unpacked(archive: &Path) -> Option<tempfile::TempDir> {
    if !archive.is_file() {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new("tar")
        .arg("-xJf")
        .arg(archive)
        .arg("-C")
        .arg(folder.path())
        .status();
    status.ok()?.success().then_some(folder)
}

/// The files that hjelp writes for a docset: the text of maps, nothing for all others.
fn outputs_of(content: &Path) -> BTreeMap<String, Option<String>> {
    let sources = hjelp::disk::scan(content, &[]).unwrap();
    let snapshot = Snapshot::new(sources).unwrap_or_else(|(_, problems)| panic!("{problems:#?}"));
    let plan = snapshot.plan();
    let mut outputs = BTreeMap::new();
    for output in &plan.outputs {
        let path = output.path.to_string();
        // Pages exported as Markdown, which DocFX doesn't have.
        if path.ends_with(".md") {
            continue;
        }
        let is_map = path.to_lowercase().ends_with("toc.json") || path.ends_with("xrefmap.yml");
        let text =
            is_map.then(|| String::from_utf8(snapshot.render(output).unwrap().bytes).unwrap());
        outputs.insert(path, text);
    }
    for (_, to) in &plan.copies {
        outputs.insert(to.to_string(), None);
    }
    outputs
}

struct Comparison<'a> {
    name: &'a str,
    outputs: BTreeMap<String, Option<String>>,
    reasons: BTreeMap<Reason, usize>,
    compared: usize,
    failures: Vec<String>,
}

impl Comparison<'_> {
    fn folder(&mut self, folder: &Path, below: &str) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().unwrap().to_str().unwrap();
            let output = format!("{below}{name}");
            if path.is_dir() {
                self.folder(&path, &format!("{output}/"));
            } else if name.eq_ignore_ascii_case("toc.json") {
                self.toc(&output, &without_mark(&path));
            } else if name == "xrefmap.yml" {
                self.uids(&output, &without_mark(&path));
            }
        }
    }

    fn fail(&mut self, path: &str, what: &str) {
        self.failures.push(format!("{} {path}: {what}", self.name));
    }

    fn toc(&mut self, path: &str, expected: &str) {
        let Some(Some(found)) = self.outputs.get(path) else {
            return self.fail(path, "not written");
        };
        let expected: Value = serde_json::from_str(expected).unwrap();
        let found: Value = serde_json::from_str(found).unwrap();
        self.entry(path, &expected, &found);
    }

    /// Compares two entries, or two whole tocs, with all that is in them.
    fn entry(&mut self, path: &str, expected: &Value, found: &Value) {
        self.compared += 1;
        let none = Map::new();
        let one = expected.as_object().unwrap_or(&none);
        let other = found.as_object().unwrap_or(&none);
        let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        for key in keys {
            if key == "items" || one.get(key) == other.get(key) {
                continue;
            }
            match self.reason(path, key, one, other) {
                Some(reason) => *self.reasons.entry(reason).or_default() += 1,
                None => {
                    let what = format!("`{key}` differs:\n  {}\n  {}", shown(one), shown(other));
                    self.fail(path, &what);
                }
            }
        }
        let (inside, other_inside) = (items(expected), items(found));
        if inside.len() != other_inside.len() {
            let counts = format!("{} and {} entries", inside.len(), other_inside.len());
            self.fail(path, &format!("{counts} in {}", shown(one)));
        }
        for (expected, found) in inside.iter().zip(other_inside) {
            self.entry(path, expected, found);
        }
    }

    fn reason(
        &self,
        path: &str,
        key: &str,
        one: &Map<String, Value>,
        other: &Map<String, Value>,
    ) -> Option<Reason> {
        let expected = one.get(key).and_then(Value::as_str);
        let found = other.get(key).and_then(Value::as_str);
        let source = one.get("topicHref").and_then(Value::as_str).or(expected)?;
        match (expected, found) {
            (Some(expected), Some(found))
                if expected.strip_suffix(".yml") == found.strip_suffix(".html") =>
            {
                Some(Reason::PageType)
            }
            (Some(expected), Some(found)) if format!("{expected}index.html") == found => {
                Some(Reason::IndexPage)
            }
            (Some(expected), None) if !self.is_written(path, expected) => {
                Some(Reason::LeadsNowhere)
            }
            // DocFX leaves the key out, as its `topicHref` is no page.
            (None, Some(_)) if key == "homepage" && source.ends_with(".yml") => {
                Some(Reason::PageType)
            }
            _ => None,
        }
    }

    /// True if there is a file at an address, as seen from the toc at `path`.
    fn is_written(&self, path: &str, address: &str) -> bool {
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        let file = address.split(['#', '?']).next().unwrap();
        for part in file.split('/') {
            match part {
                ".." => {
                    parts.pop();
                }
                "." | "" => {}
                part => parts.push(part),
            }
        }
        let target = parts.join("/");
        let index = format!("{target}/index.html");
        self.outputs.contains_key(&target) || self.outputs.contains_key(&index)
    }

    fn uids(&mut self, path: &str, expected: &str) {
        let Some(Some(found)) = self.outputs.get(path) else {
            return self.fail(path, "not written");
        };
        let (expected, mut found) = (references(expected), references(found));
        self.compared += 1;
        for (uid, page) in expected {
            self.compared += 1;
            match found.remove(&uid) {
                Some(other) if other == page => {}
                other => self.fail(path, &format!("`{uid}`: {page:?} is {other:?}")),
            }
        }
        for (uid, (_, href)) in found {
            // All that is left are pages that DocFX's templates don't write.
            if self.is_article(&href) {
                self.fail(path, &format!("`{uid}` is not in DocFX's map"));
            } else {
                *self.reasons.entry(Reason::PageType).or_default() += 1;
            }
        }
    }

    /// True if the page at `href` was written in Markdown: only these have a twin.
    fn is_article(&self, href: &str) -> bool {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        let folder = DOCSETS.iter().find(|(name, ..)| *name == self.name);
        let source = href.replace(".html", ".md");
        content.join(folder.unwrap().1).join(source).is_file()
    }
}

fn without_mark(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.trim_start_matches('\u{feff}').to_owned()
}

fn items(entry: &Value) -> &[Value] {
    entry["items"].as_array().map_or(&[], Vec::as_slice)
}

/// An entry without those inside it.
fn shown(entry: &Map<String, Value>) -> String {
    let mut entry = entry.clone();
    entry.remove("items");
    Value::from(entry).to_string()
}

/// By uid: name and address.
fn references(map: &str) -> BTreeMap<String, (String, String)> {
    let (root, problems) = yaml::parse(map, 0);
    assert_eq!(problems, []);
    let mut references = BTreeMap::new();
    for entry in root
        .as_ref()
        .and_then(|root| root.get("references"))
        .unwrap()
        .items()
    {
        let text = |key: &str| {
            entry
                .get(key)
                .and_then(YamlNode::text)
                .unwrap_or("")
                .to_owned()
        };
        references.insert(text("uid"), (text("name"), text("href")));
    }
    references
}
