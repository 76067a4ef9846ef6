//! A real site written for DocFX works unchanged.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use hjelp::config::{FileKind, read};
use hjelp::source::{SitePath, Source, Sources};

use super::{folders, localized, path, placed};

fn corpus() -> PathBuf {
    std::env::var_os("HJELP_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/superoffice-2023"),
        PathBuf::from,
    )
}

/// The files below `root`; only those a configuration is made of are read.
fn sources(root: &Path) -> Sources {
    let mut texts = Vec::new();
    let mut assets = Vec::new();
    for entry in walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
    {
        let name =
            SitePath::new(entry.path().strip_prefix(root).unwrap().to_str().unwrap()).unwrap();
        match name.extension() {
            "json" => texts.push(Source::from_bytes(
                name,
                std::fs::read(entry.path()).unwrap(),
            )),
            "md" | "yml" => texts.push(Source::from_text(name, "")),
            _ => assets.push((name, 0)),
        }
    }
    Sources::new(texts, assets, [])
}

#[test]
fn a_real_site_works_as_it_is() {
    let root = corpus();
    if !root.is_dir() {
        // Past the test harness, which keeps quiet about tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: no real content at {} (set HJELP_CORPUS to its folder)",
            root.display()
        );
        return;
    }
    let sources = sources(&root);
    let config = read(&sources).unwrap();
    assert_eq!(config.problems, []);
    assert_eq!(
        (folders(&config).as_str(), localized(&config)),
        ("da>en de>en en nl>en no>en sv>en", vec!["docs"])
    );
    for (file, expected) in [
        (
            "docs/no/diary/learn/follow-ups.md",
            "no page docs/no/diary/learn/follow-ups.md",
        ),
        ("docs/en/toc.yml", "en page docs/en/toc.yml"),
        ("docs/index.md", "page docs/index.md"),
        ("common/includes/x.md", ""),
        ("docfx.json", ""),
    ] {
        assert_eq!(placed(&config, file), expected, "{file}");
    }
    let paths: Vec<&SitePath> = sources
        .texts()
        .iter()
        .map(|source| &source.path)
        .chain(sources.assets().keys())
        .collect();
    let all: Vec<_> = paths
        .iter()
        .filter_map(|path| config.map_file(path))
        .collect();
    let pages = all
        .iter()
        .filter(|placed| placed.kind == FileKind::Pages)
        .count();
    assert!(pages > 5_000 && all.len() > pages);
    assert!(
        all.iter()
            .filter(|placed| placed.kind == FileKind::Pages)
            .all(|placed| !placed.output.as_str().contains("includes/"))
    );
    assert_eq!(
        config.localized_path(&path("docs/nl/a/b.md")).unwrap().rest,
        "a/b.md"
    );
    assert_eq!(config.ignored.len(), 7, "{:?}", config.ignored);
}
