//! Folders in, sources out; files in, folders out.

use std::fs;
use std::path::Path;

use super::*;
use crate::source::{SitePath, Sources};

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        add(dir.path(), name, bytes);
    }
    dir
}

fn add(dir: &Path, name: &str, bytes: &[u8]) {
    let file = dir.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// Every file below `dir` with its text, in order, but for the note about files, which tells when they were written.
fn tree(dir: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(dir)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| !entry.file_type().is_dir() && entry.file_name() != ".hjelp-kept");
    let name = |path: &Path| {
        path.strip_prefix(dir)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/")
    };
    files
        .map(|entry| {
            (
                name(entry.path()),
                String::from_utf8_lossy(&fs::read(entry.path()).unwrap_or_default()).into_owned(),
            )
        })
        .collect()
}

fn names(dir: &Path) -> Vec<String> {
    tree(dir).into_iter().map(|(name, _)| name).collect()
}

mod scanning {
    use super::*;

    fn shown(sources: &Sources) -> Vec<String> {
        let texts = sources
            .texts()
            .iter()
            .map(|source| format!("text {}: {}", source.path, source.text));
        let assets = sources
            .assets()
            .iter()
            .map(|(path, size)| format!("asset {path}: {size}"));
        let unreadable = sources
            .unreadable()
            .iter()
            .map(|(path, reason)| format!("unreadable {path}: {reason}"));
        texts.chain(assets).chain(unreadable).collect()
    }

    #[test]
    fn every_file_is_text_or_asset_and_nothing_private_is_read() {
        let dir = folder(&[
            ("hjelp.yml", b"a"),
            ("content/no/b.md", "\u{FEFF}på".as_bytes()),
            ("content/no/a.MD", b"x"),
            ("content/no/x.md/inside.md", b"a folder may be called so"),
            ("content/no/media/a.png", b"\x89PNG"),
            ("content/no/media/drawing.svg", b"<svg>"),
            ("content/no/code/a.cs", b"class A {}"),
            ("content/no/code/compiled.cs", b"\0\0"),
            ("templates/icon.svg", b"<svg>"),
            ("target/kept.md", b"no Cargo.toml beside it"),
            ("tool/Cargo.toml", b""),
            ("tool/target/a.md", b"hidden"),
            ("node_modules/a.md", b"hidden"),
            (".git/a.md", b"hidden"),
            (".draft.md", b"hidden"),
            ("_site/a.md", b"hidden"),
            ("elsewhere/.hjelp-manifest", b"hidden"),
            ("elsewhere/a.md", b"hidden"),
        ]);
        let sources = scan(dir.path(), &[path("_site")]).unwrap();
        assert_eq!(
            shown(&sources),
            [
                "text content/no/a.MD: x",
                "text content/no/b.md: på",
                "text content/no/code/a.cs: class A {}",
                "text content/no/x.md/inside.md: a folder may be called so",
                "text hjelp.yml: a",
                "text target/kept.md: no Cargo.toml beside it",
                "text templates/icon.svg: <svg>",
                "text tool/Cargo.toml: ",
                "asset content/no/code/compiled.cs: 2",
                "asset content/no/media/a.png: 4",
                "asset content/no/media/drawing.svg: 5",
            ]
        );
    }

    #[test]
    fn a_missing_folder_a_file_and_an_output_folder_are_no_site() {
        let dir = folder(&[("a.md", b""), ("out/.hjelp-manifest", b"")]);
        assert!(matches!(
            scan(&dir.path().join("no"), &[]),
            Err(ScanError::NoFolder(_))
        ));
        assert!(matches!(
            scan(&dir.path().join("a.md"), &[]),
            Err(ScanError::NoFolder(_))
        ));
        assert!(matches!(
            scan(&dir.path().join("out"), &[]),
            Err(ScanError::IsOutput(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_site_only() {
        use std::os::unix::fs::symlink;
        let outside = folder(&[("secret.md", b"secret")]);
        let dir = folder(&[("common/a.md", b"a"), ("no/b.md", b"b")]);
        let at = |name: &str| dir.path().join(name);
        symlink(at("common"), at("no/common")).unwrap();
        symlink("../common/a.md", at("no/c.md")).unwrap();
        symlink(at("no"), at("no/round")).unwrap();
        symlink(at("no"), at("common/back")).unwrap();
        symlink(outside.path(), at("no/out")).unwrap();
        symlink(outside.path().join("secret.md"), at("no/out.md")).unwrap();
        symlink("nowhere", at("no/gone.md")).unwrap();
        symlink("editor@host:1", at("no/.#b.md")).unwrap();
        assert_eq!(
            shown(&scan(dir.path(), &[]).unwrap()),
            [
                "text common/a.md: a",
                "text common/back/b.md: b",
                "text common/back/c.md: a",
                "text no/b.md: b",
                "text no/c.md: a",
                "text no/common/a.md: a",
                "unreadable common/back/common: it is a link to a folder that contains it",
                "unreadable common/back/gone.md: it is a link to a missing file",
                "unreadable common/back/out: it is a link to a path outside the site",
                "unreadable common/back/out.md: it is a link to a path outside the site",
                "unreadable common/back/round: it is a link to a folder that contains it",
                "unreadable no/common/back: it is a link to a folder that contains it",
                "unreadable no/gone.md: it is a link to a missing file",
                "unreadable no/out: it is a link to a path outside the site",
                "unreadable no/out.md: it is a link to a path outside the site",
                "unreadable no/round: it is a link to a folder that contains it",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_web_of_links_comes_to_an_end() {
        use std::os::unix::fs::symlink;
        let dir = folder(&[]);
        for level in 0..30 {
            fs::create_dir(dir.path().join(format!("d{level}"))).unwrap();
        }
        for level in 0..29 {
            for link in ["x", "y"] {
                symlink(
                    dir.path().join(format!("d{}", level + 1)),
                    dir.path().join(format!("d{level}/{link}")),
                )
                .unwrap();
            }
        }
        let sources = scan(dir.path(), &[]).unwrap();
        assert!(
            sources.unreadable().values().all(|reason| reason
                == "it is a link to a folder, inside a folder that is a link itself")
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_named_or_read_is_listed() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let dir = folder(&[("a\\b.md", b""), ("line\nbreak.md", b"")]);
        fs::write(dir.path().join(OsStr::from_bytes(b"bl\xE5.md")), b"").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s.md")).unwrap();
        assert_eq!(
            shown(&scan(dir.path(), &[]).unwrap()),
            [
                "unreadable a\u{FFFD}b.md: its name has characters that can't be used in links",
                "unreadable bl\u{FFFD}.md: its name has characters that can't be used in links",
                "unreadable line\u{FFFD}break.md: its name has characters that can't be used in links",
                "unreadable s.md: it is neither a file nor a folder",
            ]
        );
    }
}

mod writing {
    use super::*;

    fn build(out: &Path, force: bool, files: &[(&str, &str)]) -> Result<WriteSummary, WriteError> {
        let writer = OutputWriter::open(&OutputPlace::Named(out.into()), force)?;
        for (name, text) in files {
            writer.put(&path(name), text.as_bytes())?;
        }
        Ok(writer.finish()?.0)
    }

    fn summary(written: usize, unchanged: usize, removed: usize) -> WriteSummary {
        WriteSummary {
            written,
            unchanged,
            removed,
        }
    }

    const OURS: [&str; 2] = [".hjelp-lock", ".hjelp-state"];

    /// Each file with its bytes; of the state only what the files say: fingerprints differ from folder to folder.
    fn content(out: &Path) -> Vec<(String, String)> {
        let mut files = tree(out);
        for (name, text) in &mut files {
            if name == OURS[1] {
                let records = text.lines().skip(2).map(|line| {
                    let fields: Vec<&str> = line.splitn(4, ' ').collect();
                    format!("{} {}\n", fields[0], fields[3])
                });
                *text = records.collect();
            }
        }
        files
    }

    /// The journal of a build that has not finished.
    fn journal(out: &Path) -> String {
        let state = fs::read_to_string(out.join(OURS[1])).unwrap();
        state
            .lines()
            .skip(2)
            .map(|line| format!("{line}\n"))
            .collect()
    }

    fn add_to_journal(out: &Path, text: &str) {
        let state = fs::read_to_string(out.join(OURS[1])).unwrap();
        fs::write(out.join(OURS[1]), state + text).unwrap();
    }

    #[test]
    fn a_build_holds_exactly_its_files_and_leaves_the_right_ones_alone() {
        let dir = folder(&[]);
        let out = dir.path().join("new/site");
        assert_eq!(
            build(
                &out,
                false,
                &[("no/a.html", "a"), ("no/b/c.html", "c"), ("d.html", "")]
            )
            .unwrap(),
            summary(3, 0, 0)
        );
        let first = content(&out);
        let before = fs::metadata(out.join("no/a.html"))
            .unwrap()
            .modified()
            .unwrap();
        assert_eq!(
            build(
                &out,
                false,
                &[("no/a.html", "a"), ("no/b/c.html", "c"), ("d.html", "")]
            )
            .unwrap(),
            summary(0, 3, 0)
        );
        assert_eq!(content(&out), first);
        assert_eq!(
            fs::metadata(out.join("no/a.html"))
                .unwrap()
                .modified()
                .unwrap(),
            before
        );

        assert_eq!(
            build(
                &out,
                false,
                &[("no/a.html", "A"), ("d.html", "dd"), ("e/f.html", "f")]
            )
            .unwrap(),
            summary(3, 0, 1)
        );
        assert_eq!(
            names(&out),
            [OURS[0], OURS[1], "d.html", "e/f.html", "no/a.html"]
        );
        assert!(!out.join("no/b").exists());
        assert_eq!(tree(&out)[0].1, "");
        assert!(tree(&out)[1].1.starts_with("hjelp-state 1\n"));
        assert_eq!(tree(&out)[4].1, "A");
    }

    #[test]
    fn the_record_does_not_depend_on_the_order_of_writing() {
        let dir = folder(&[]);
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        build(&a, false, &[("x", "1"), ("y/z", "2")]).unwrap();
        build(&b, false, &[("y/z", "2"), ("x", "0")]).unwrap();
        build(&b, false, &[("y/z", "2"), ("x", "1")]).unwrap();
        assert_eq!(content(&a), content(&b));
    }

    #[test]
    fn copies_are_written_once() {
        let dir = folder(&[("a.png", &[7; 200_000])]);
        let from = dir.path().join("a.png");
        let out = dir.path().join("out");
        let build = |expected| {
            let writer = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
            let root = ContentFiles::open(dir.path(), &Default::default()).unwrap();
            writer
                .copy(&path("media/a.png"), &root, &path("a.png"))
                .unwrap();
            assert_eq!(writer.finish().unwrap().0, expected);
            assert_eq!(
                fs::read(out.join("media/a.png")).unwrap(),
                fs::read(&from).unwrap()
            );
        };
        build(summary(1, 0, 0));
        build(summary(0, 1, 0));
        let mut bytes = vec![7; 200_000];
        bytes[150_000] = 8;
        fs::write(&from, &bytes).unwrap();
        build(summary(1, 0, 0));
        fs::write(&from, b"short").unwrap();
        build(summary(1, 0, 0));
        let root = ContentFiles::open(dir.path(), &Default::default()).unwrap();
        let writer = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
        assert!(matches!(
            writer.copy(&path("b.png"), &root, &path("gone.png")),
            Err(WriteError::Unreadable(..))
        ));
    }

    #[test]
    fn what_others_wrote_stays() {
        let dir = folder(&[("notes.txt", b"mine"), ("a.html", b"mine too")]);
        let out = dir.path();
        assert!(matches!(
            build(out, false, &[("b.html", "b")]),
            Err(WriteError::ForeignFolder(_))
        ));
        assert_eq!(names(out), ["a.html", "notes.txt"]);

        build(out, true, &[("b.html", "b"), ("sub/c.html", "c")]).unwrap();
        fs::write(out.join("sub/mine.txt"), "mine").unwrap();
        assert!(matches!(
            build(out, false, &[("a.html", "a")]),
            Err(WriteError::ForeignFile(_))
        ));
        assert_eq!(fs::read(out.join("a.html")).unwrap(), b"mine too");
        assert_eq!(
            build(out, false, &[("b.html", "b")]).unwrap(),
            summary(0, 1, 1)
        );
        assert_eq!(
            names(out),
            [
                OURS[0],
                OURS[1],
                "a.html",
                "b.html",
                "notes.txt",
                "sub/mine.txt"
            ]
        );

        assert_eq!(
            build(out, true, &[("a.html", "a")]).unwrap(),
            summary(1, 0, 1)
        );
        assert_eq!(
            names(out),
            [OURS[0], OURS[1], "a.html", "notes.txt", "sub/mine.txt"]
        );
    }

    #[test]
    fn a_build_that_stops_halfway_forgets_nothing() {
        let dir = folder(&[]);
        let out = dir.path().join("out");
        build(&out, false, &[("z.html", "z")]).unwrap();
        let writer = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
        writer.put(&path("a.html"), b"a").unwrap();
        writer.put(&path("sub/b.html"), b"b").unwrap();
        drop(writer);
        assert_eq!(
            names(&out),
            [OURS[0], OURS[1], "a.html", "sub/b.html", "z.html"]
        );
        // What a killed process leaves: a journal with a torn end, and a neighbour that never took its place.
        assert!(journal(&out).ends_with(" z.html\n+ a.html\n+ sub/b.html\n"));
        add_to_journal(&out, "+ sub/mine");
        fs::write(out.join("sub/mine"), "mine").unwrap();
        let writer = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
        writer.put(&path("c.html"), b"c").unwrap();
        drop(writer);
        assert!(journal(&out).ends_with(" z.html\n+ a.html\n+ sub/b.html\n+ c.html\n"));
        assert_eq!(
            build(&out, false, &[("a.html", "a")]).unwrap(),
            summary(0, 1, 3)
        );
        assert_eq!(names(&out), [OURS[0], OURS[1], "a.html", "sub/mine"]);
    }

    #[test]
    fn a_first_build_that_stops_leaves_nothing_or_whole_files() {
        let dir = folder(&[]);
        let out = dir.path().join("out");
        for is_left in [false, true] {
            let writer = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
            writer.put(&path("a.html"), b"a").unwrap();
            writer.put(&path("sub/b.html"), b"b").unwrap();
            if is_left {
                writer.leave().unwrap();
                assert_eq!(names(&out), [OURS[0], OURS[1], "a.html", "sub/b.html"]);
            } else {
                drop(writer);
                assert_eq!(names(&out), [OURS[0], OURS[1]]);
                // What a killed process leaves.
                add(&out, ".hjelp-fresh/c.html", b"half a fi");
            }
        }
        assert_eq!(
            build(&out, false, &[("a.html", "a")]).unwrap(),
            summary(0, 1, 1)
        );
        assert_eq!(names(&out), [OURS[0], OURS[1], "a.html"]);
    }

    /// Something else writes into the folder while the first build runs.
    #[test]
    fn a_first_build_takes_the_place_of_nothing() {
        for mine in ["a.html", "sub/mine.html"] {
            let dir = folder(&[]);
            let out = dir.path().join("out");
            let writer = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
            writer.put(&path("a.html"), b"a").unwrap();
            writer.put(&path("sub/b.html"), b"b").unwrap();
            add(&out, mine, b"mine");
            assert!(matches!(writer.finish(), Err(WriteError::ForeignFile(_))));
            assert_eq!(fs::read(out.join(mine)).unwrap(), b"mine");
        }
    }

    #[test]
    fn the_neighbour_of_a_killed_build_is_removed() {
        let dir = folder(&[]);
        let out = dir.path().join("out");
        build(&out, false, &[("sub/a.html", "a")]).unwrap();
        let stray = format!(
            "sub/.hjelp-{:016x}",
            xxhash_rust::xxh3::xxh3_64(b"sub/a.html")
        );
        fs::write(out.join(&stray), "half").unwrap();
        add_to_journal(&out, "+ sub/a.html\n");
        assert_eq!(
            build(&out, false, &[("sub/a.html", "a")]).unwrap(),
            summary(0, 1, 0)
        );
        assert_eq!(names(&out), [OURS[0], OURS[1], "sub/a.html"]);
    }

    #[test]
    fn a_damaged_record_is_a_foreign_one() {
        let dir = folder(&[]);
        let out = dir.path().join("out");
        build(&out, false, &[("a.html", "a"), ("b.html", "b")]).unwrap();
        let state = out.join(OURS[1]);
        for damaged in ["", "my notes", "hjelp-state 1\n0 x\n0 ../../x\n"] {
            fs::write(&state, damaged).unwrap();
            assert!(
                matches!(
                    build(&out, false, &[("a.html", "a")]),
                    Err(WriteError::BadRecord(_))
                ),
                "{damaged}"
            );
        }
        fs::write(&state, "hjelp-state 99\n").unwrap();
        assert!(matches!(
            build(&out, true, &[]),
            Err(WriteError::NewerRecord(_))
        ));
        fs::write(&state, "damaged").unwrap();
        assert_eq!(
            build(&out, true, &[("a.html", "a")]).unwrap(),
            summary(0, 1, 0)
        );
        assert_eq!(names(&out), [OURS[0], OURS[1], "a.html", "b.html"]);
    }

    #[test]
    fn files_of_earlier_versions_are_taken_over() {
        for shard in [None, Some("1/2")] {
            let dir = folder(&[("old.html", b"old"), ("a.html", b"a"), ("half.html", b"ha")]);
            let out = dir.path();
            let suffix = shard.map_or("", |_| "-1-of-2");
            let manifest: String = ["a.html", "old.html"]
                .map(|name| format!("{:032x} {name}\n", 0))
                .concat();
            for (name, text) in [
                ("manifest", format!("hjelp-manifest 1\n{manifest}")),
                ("journal", "half.html\ntorn".to_owned()),
                ("cache", "x".to_owned()),
                ("kept", "x".to_owned()),
            ] {
                fs::write(out.join(format!(".hjelp-{name}{suffix}")), text).unwrap();
            }
            if shard.is_some() {
                fs::write(out.join(".hjelp-manifest"), "hjelp-manifest 1\n").unwrap();
            }
            let writer =
                OutputWriter::open_shard(&OutputPlace::Named(out.into()), false, shard).unwrap();
            writer.put(&path("a.html"), b"a").unwrap();
            assert_eq!(writer.finish().unwrap().0, summary(0, 1, 2));
            // The main manifest belongs to a build of the whole site.
            build(out, false, &[("a.html", "a")]).unwrap();
            assert_eq!(names(out), [OURS[0], OURS[1], "a.html"], "{shard:?}");
        }
    }

    #[test]
    fn two_builds_do_not_mix() {
        let dir = folder(&[]);
        let out = dir.path().join("out");
        let first = OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
        assert!(matches!(
            OutputWriter::open(&OutputPlace::Named(out.clone()), true),
            Err(WriteError::Locked(_))
        ));
        let _ = first.finish().unwrap();
        OutputWriter::open(&OutputPlace::Named(out.clone()), false).unwrap();
    }

    #[test]
    fn pages_become_folders_and_folders_become_pages() {
        let dir = folder(&[]);
        let out = dir.path().join("out");
        build(&out, false, &[("x/a", "file")]).unwrap();
        assert_eq!(
            build(&out, false, &[("x/a/b/c", "c"), ("x/a/d", "d")]).unwrap(),
            summary(2, 0, 0)
        );
        assert_eq!(
            build(&out, false, &[("x/a", "file")]).unwrap(),
            summary(1, 0, 0)
        );
        assert_eq!(names(&out), [OURS[0], OURS[1], "x/a"]);
        build(&out, false, &[("x/a/b/c", "c")]).unwrap();
        fs::write(out.join("x/a/mine"), "mine").unwrap();
        assert!(matches!(
            build(&out, true, &[("x/a", "file")]),
            Err(WriteError::FolderInTheWay(_))
        ));
    }

    #[test]
    fn one_path_is_one_file() {
        let dir = folder(&[]);
        for (n, files) in [["a", "a"], ["a", "a/b"], ["a/b", "a"]].iter().enumerate() {
            for rebuild in 0..2 {
                let out = dir.path().join(format!("{n}"));
                let result = build(&out, false, &files.map(|name| (name, "x")));
                assert!(
                    matches!(result, Err(WriteError::Twice(_))),
                    "{files:?} {rebuild} {result:?}"
                );
            }
        }
        for name in ["", ".hjelp-state", "a/.hjelp-x", "a\nb"] {
            assert!(
                matches!(
                    build(&dir.path().join("names"), false, &[(name, "")]),
                    Err(WriteError::BadName(_))
                ),
                "{name}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_or_removed_through_a_link() {
        use std::os::unix::fs::symlink;
        let outside = folder(&[("a.html", b"mine")]);
        let dir = folder(&[]);
        let out = dir.path().join("out");
        build(&out, false, &[("no/a.html", "a"), ("b.html", "b")]).unwrap();
        fs::remove_dir_all(out.join("no")).unwrap();
        symlink(outside.path(), out.join("no")).unwrap();
        assert!(matches!(
            build(&out, true, &[("no/a.html", "x")]),
            Err(WriteError::LinkedFolder(_))
        ));
        // A linked file is replaced by a file, even where the bytes are the same.
        fs::remove_file(out.join("b.html")).unwrap();
        fs::write(outside.path().join("b"), "b").unwrap();
        symlink(outside.path().join("b"), out.join("b.html")).unwrap();
        assert_eq!(
            build(&out, false, &[("b.html", "b")]).unwrap(),
            summary(1, 0, 0)
        );
        assert!(!out.join("b.html").is_symlink());
        symlink(out.join("b.html"), out.join("c.html")).unwrap();
        assert!(matches!(
            build(&out, false, &[("b.html", "b"), ("c.html", "b")]),
            Err(WriteError::ForeignFile(_))
        ));
        assert_eq!(names(outside.path()), ["a.html", "b"]);
    }

    #[test]
    fn many_threads_write_one_site() {
        use rayon::prelude::*;
        let dir = folder(&[]);
        for expected in [summary(2_000, 0, 0), summary(0, 2_000, 0)] {
            let writer =
                OutputWriter::open(&OutputPlace::Named(dir.path().join("out")), false).unwrap();
            (0..2_000).into_par_iter().for_each(|n| {
                writer
                    .put(&path(&format!("{}/{}/{n}", n % 7, n % 11)), &[b'x'; 99])
                    .unwrap()
            });
            assert_eq!(writer.finish().unwrap().0, expected);
        }
    }
}
