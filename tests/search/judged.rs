//! Builds the search of a site, and has Node run the queries of `questions.rs` with the script that readers get.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use hjelp::disk;
use hjelp::workspace::Snapshot;
use serde::Deserialize;

use super::questions;

/// How one kind of question fared in one language.
#[derive(Debug, Deserialize)]
pub struct Verdict {
    pub language: String,
    pub kind: String,
    pub questions: usize,
    /// The mean reciprocal rank of the first right answer among ten.
    pub rank: f64,
    /// The most bytes that one question fetched, with nothing in the cache; as they are, and compressed by `gzip`.
    pub raw: usize,
    pub packed: usize,
    /// The longest time that one question took, files in memory.
    pub milliseconds: f64,
    /// Some that were not answered first: the rank, the question, the first answer.
    pub missed: Vec<(usize, String, Option<String>)>,
}

/// True if node can be asked.
pub fn has_node() -> bool {
    Command::new("node")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// The verdicts on the site in the folder `root`. `misses` of the questions not answered at once are told for each kind.
pub fn judge(root: &Path, misses: usize) -> Vec<Verdict> {
    let scratch = tempfile::tempdir().unwrap();
    let snapshot = Snapshot::new(disk::scan(root, &[]).unwrap())
        .map_err(|(_, problems)| problems)
        .unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(
        here.join("templates/assets/search-core.js"),
        scratch.path().join("search-core.js"),
    )
    .unwrap();
    let mut all = BTreeMap::new();
    for locale in snapshot.site.config.locales.ids() {
        let folder = snapshot.site.config.locales.get(locale).folder.clone();
        std::fs::create_dir_all(scratch.path().join(&folder)).unwrap();
        let files = snapshot.search(locale);
        for file in &files {
            std::fs::write(
                scratch.path().join(&folder).join(file.path.file_name()),
                &file.bytes,
            )
            .unwrap();
        }
        if !files.is_empty() {
            all.insert(folder, questions::of(&snapshot.site, locale));
        }
    }
    std::fs::write(
        scratch.path().join("questions.json"),
        serde_json::to_vec(&all).unwrap(),
    )
    .unwrap();
    let output = Command::new("node")
        .arg(here.join("tests/search/judge.js"))
        .arg(scratch.path())
        .arg(misses.to_string())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// As a table.
pub fn table(verdicts: &[Verdict]) -> String {
    let mut out = format!(
        "{:<10}{:<11}{:>9}{:>7}{:>10}{:>10}{:>9}\n",
        "language", "kind", "questions", "MRR", "raw", "gzip", "ms"
    );
    for verdict in verdicts {
        let Verdict {
            language,
            kind,
            questions,
            rank,
            raw,
            packed,
            milliseconds,
            ..
        } = verdict;
        out += &format!(
            "{language:<10}{kind:<11}{questions:>9}{rank:>7.3}{raw:>10}{packed:>10}{milliseconds:>9.1}\n"
        );
        for (rank, query, first) in &verdict.missed {
            out += &format!(
                "    {rank} {query} -> {}\n",
                first.as_deref().unwrap_or("nothing")
            );
        }
    }
    out
}
