//! Incremental work gives the same result as work from scratch: a workspace that follows a folder through any changes has the same pages, byte for
//! byte, and the same problems as one that has just been opened; a build over the last one leaves the same files as a build into an empty folder.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hjelp::disk::ChangedPaths;
use hjelp::workspace::{SiteOptions, Snapshot, Workspace};
use proptest::prelude::*;

/// Where things may lie: pages, fragments, tables of contents, pictures, templates, texts, the configuration.
const PLACES: &[&str] = &[
    "content/no/index.md",
    "content/no/a.md",
    "content/no/mappe/b.md",
    "content/no/mappe/includes/del.md",
    "content/no/toc.yml",
    "content/en/a.md",
    "content/en/mappe/b.md",
    "content/en/mappe/includes/del.md",
    "content/en/a-b.md",
    "content/no/media/bilde.png",
    "content/no/media/bilde.svg",
    "templates/partials/footer.html",
    "templates/assets/own.css",
    "locales/nb.ftl",
    "hjelp.yml",
];

/// What a site begins with.
const CONFIGURATION: &str = "title: Hjelp\ndefault-locale: no\n";

/// What they may say. Much of it leads from one place to another; some of it nobody can read.
const TEXTS: &[&str] = &[
    "# A\n\nSe [b](mappe/b.md#del) og ![bilde](media/bilde.png).\n\n[!include[del](mappe/includes/del.md)]\n",
    "---\nuid: b\ntitle: B\nredirect_from: /no/gammel.html\n---\n# B\n\n[!include[del](includes/del.md)]\n\n@a [a](../a.md)\n",
    "## Del\n\nEn del med [lenke](../b.md).\n",
    "# Uten noe\n",
    "# Del med tittel\n\n[!include[seg selv](del.md)] [!include[a](../../a.md)]\n",
    "<a href=\"a.md\">A</a> <img src=\"media/bilde.png\" alt=\"\"> <a href=\"b.md\">B</a>\n",
    "[!include[del](includes/del.md)]\n\nTittelen er den av delen.\n",
    "---\ntranslation_key: k\nuid: b\n---\n# K\n\n[rot](/no/mappe/annet.html) [a](/no/a.html)\n",
    "---\ntitle: Her\n\nuid: b\ntranslation_key: k\n---\n[!include[b](mappe/b.md)]\n",
    "---\nredirect_url: b.md\n---\n",
    "---\noutputFileName: annet.html\n---\n# Annet\n\n<xref:b> [B](xref:b)\n",
    "---\ndate: 2026-01-02\nkeywords: dag\n---\n# Dag\n\nDet som står først, er lenge nok til å fortelles.\n",
    "---\ndate: 2026-01-03\nkeywords: natt\nindex: false\n---\n# Dag\n\nDet som sto først, er lenge nok til å fortelles.\n",
    "",
    "- name: A\n  href: a.md\n- name: B\n  href: mappe/b.md\n",
    CONFIGURATION,
    "title: Annen\nbase-url: https://hjelp.example/\n",
    "title: [\n",
    "skip-to-content = Hopp\n",
    "<footer>{{ frame.site }}</footer>\n",
    "{% if %}",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"4\"/>",
];

/// The smallest picture.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0";

/// What a writer does.
#[derive(Debug, Clone)]
enum Step {
    /// Saves a text.
    Write(usize, usize),
    /// Saves a picture of so many bytes more.
    Picture(usize, usize),
    Remove(usize),
    /// Moves a file, or with `true` the folder it lies in.
    Move(usize, usize, bool),
    RemoveFolder(usize),
}

fn steps() -> impl Strategy<Value = Vec<(Step, bool)>> {
    let (place, text) = (0..PLACES.len(), 0..TEXTS.len());
    let step = prop_oneof![
        6 => (place.clone(), text).prop_map(|(place, text)| Step::Write(place, text)),
        1 => (place.clone(), 0..3_usize).prop_map(|(place, more)| Step::Picture(place, more)),
        1 => place.clone().prop_map(Step::Remove),
        1 => (place.clone(), place.clone(), any::<bool>()).prop_map(|(from, to, folder)| Step::Move(from, to, folder)),
        1 => place.prop_map(Step::RemoveFolder),
    ];
    prop::collection::vec((step, prop::bool::weighted(0.1)), 1..12)
}

impl Step {
    /// Does it, and tells which paths may be different now. What can't be done is left.
    fn take(&self, root: &Path) -> Vec<PathBuf> {
        let place = |place: usize| root.join(PLACES[place]);
        match *self {
            Step::Write(at, text) => save(&place(at), TEXTS[text].as_bytes()),
            Step::Picture(at, more) => save(&place(at), &[PICTURE, &vec![7; more]].concat()),
            Step::Remove(at) => {
                let _ = fs::remove_file(place(at));
                vec![place(at)]
            }
            Step::Move(from, to, folder) => {
                let (from, to) = (place(from), place(to));
                let (from, to) = if folder {
                    (from.parent().unwrap().to_owned(), to.with_extension("d"))
                } else {
                    (from, to)
                };
                if from == root || !from.exists() {
                    return Vec::new();
                }
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                let _ = fs::rename(&from, &to);
                vec![from, to]
            }
            Step::RemoveFolder(at) => {
                let folder = place(at).parent().unwrap().to_owned();
                if folder == root {
                    return Vec::new();
                }
                let _ = fs::remove_dir_all(&folder);
                vec![folder]
            }
        }
    }
}

fn save(file: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    // A folder may lie there.
    let _ = fs::write(file, bytes);
    vec![file.to_owned()]
}

/// Everything that can be seen of a site.
fn all(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let plan = snapshot.plan();
    let mut all = BTreeMap::new();
    for output in &plan.outputs {
        match snapshot.render(output) {
            Ok(file) => all.insert(file.path.to_string(), file.bytes),
            Err(problem) => all.insert(format!("{output:?}"), format!("{problem:?}").into_bytes()),
        };
    }
    all.extend(
        plan.ready
            .into_iter()
            .map(|file| (file.path.to_string(), file.bytes)),
    );
    all.extend(
        plan.copies
            .into_iter()
            .map(|(from, to)| (format!("copy {to}"), from.to_string().into_bytes())),
    );
    for (locale, _) in &plan.searches {
        all.extend(
            snapshot
                .search(*locale)
                .into_iter()
                .map(|file| (file.path.to_string(), file.bytes)),
        );
    }
    all.insert(
        "problems".into(),
        format!("{:#?}", snapshot.problems()).into_bytes(),
    );
    all
}

fn open(root: &Path) -> Workspace {
    Workspace::open(root, SiteOptions::default(), Vec::new(), true).unwrap()
}

fn compare(root: &Path, workspace: &Workspace, step: &Step) {
    let fresh = open(root);
    let (state, fresh) = (workspace.state(), fresh.state());
    assert_eq!(state.sources, fresh.sources, "{step:?}");
    // With trouble the last good configuration or look stands in, which one that has just been opened can't know. What it sees is wrong is
    // known all the same; without a configuration it doesn't look at templates.
    assert!(
        fresh
            .setup_problems
            .iter()
            .all(|problem| state.setup_problems.contains(problem)),
        "{step:?}: {:?} {:?}",
        state.setup_problems,
        fresh.setup_problems
    );
    if fresh.snapshot.is_none() {
        return;
    }
    assert_eq!(state.setup_problems, fresh.setup_problems, "{step:?}");
    if !state.setup_problems.is_empty() {
        return;
    }
    let (known, fresh) = (
        all(state.snapshot.as_deref().unwrap()),
        all(fresh.snapshot.as_deref().unwrap()),
    );
    for (path, bytes) in &fresh {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(
            known.get(path).map(|bytes| text(bytes)),
            Some(text(bytes)),
            "{path} after {step:?}"
        );
    }
    assert_eq!(known.len(), fresh.len(), "{step:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn following_is_as_good_as_beginning_anew(start in prop::collection::vec((0..PLACES.len() - 1, 0..TEXTS.len()), 3..12), steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        save(&folder.path().join("hjelp.yml"), CONFIGURATION.as_bytes());
        for (place, text) in start {
            Step::Write(place, text).take(folder.path());
        }
        let mut workspace = open(folder.path());
        for (step, everything) in steps {
            let paths = step.take(folder.path());
            workspace.refresh(&if everything { ChangedPaths::Everything } else { ChangedPaths::Paths(paths) });
            compare(folder.path(), &workspace, &step);
        }
    }

    #[test]
    fn building_again_is_as_good_as_building_anew(start in prop::collection::vec((0..PLACES.len() - 1, 0..TEXTS.len()), 3..12), steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let (root, out) = (folder.path().join("site"), folder.path().join("out"));
        save(&root.join("hjelp.yml"), CONFIGURATION.as_bytes());
        for (place, text) in start {
            Step::Write(place, text).take(&root);
        }
        build(&root, &out);
        for (number, (step, _)) in steps.into_iter().enumerate() {
            step.take(&root);
            let fresh = folder.path().join(format!("fresh-{number}"));
            let (again, anew) = (build(&root, &out), build(&root, &fresh));
            assert_eq!(again.is_some(), anew.is_some(), "{step:?}");
            let (Some(again), Some(anew)) = (again, anew) else { continue };
            for (path, bytes) in &anew {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                assert_eq!(again.get(path).map(|bytes| text(bytes)), Some(text(bytes)), "{path} after {step:?}");
            }
            assert_eq!(again.len(), anew.len(), "{step:?}");
        }
    }
}

/// Where a cycle of includes is cut is decided once for the site, but a page that enters the cycle elsewhere shows the fragment behind the cut.
#[test]
fn a_page_is_rendered_again_when_what_is_behind_the_cut_of_a_cycle_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (root, out) = (folder.path().join("site"), folder.path().join("out"));
    save(&root.join("hjelp.yml"), CONFIGURATION.as_bytes());
    for (path, text) in [
        (
            "content/no/index.md",
            "# Start\n\n[!include[c](includes/c.md)]\n",
        ),
        (
            "content/no/includes/b.md",
            "[!include[c](c.md)]\n\nGammel tekst.\n",
        ),
        ("content/no/includes/c.md", "[!include[b](b.md)]\n"),
    ] {
        save(&root.join(path), text.as_bytes());
    }
    let before = build(&root, &out).unwrap();
    save(
        &root.join("content/no/includes/b.md"),
        b"[!include[c](c.md)]\n\nNy tekst.\n",
    );
    let after = build(&root, &out).unwrap();
    for (files, text) in [(before, "Gammel tekst."), (after, "Ny tekst.")] {
        let page = String::from_utf8_lossy(&files["no/index.html"]).into_owned();
        assert!(page.contains(text), "{page}");
    }
}

/// The files of the site, or nothing if it couldn't be built whole.
fn build(root: &Path, out: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .arg("build")
        .arg(root)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap();
    if !String::from_utf8_lossy(&output.stdout).contains("Built") {
        return None;
    }
    let files = walkdir::WalkDir::new(out)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    let own = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with(".hjelp-"));
    Some(
        own.map(|entry| {
            (
                entry
                    .path()
                    .strip_prefix(out)
                    .unwrap()
                    .display()
                    .to_string(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect(),
    )
}
