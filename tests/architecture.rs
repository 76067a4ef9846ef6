//! The fences of the house, held up by a machine: which room may know which, and what every file owes its reader. The rules turn the text
//! of a file into complaints; the tests at the end show that each of them can complain.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::Path;

/// Rooms that must not know each other, although the order of rooms would let one of them.
const STRANGERS: &[(&str, &[&str])] = &[
    ("highlight", &["locale", "config"]),
    ("syntax", &["locale", "config", "highlight"]),
    ("check", &["translation", "exchange", "refactor", "render"]),
    ("translation", &["check"]),
    ("exchange", &["check"]),
    ("refactor", &["check", "translation", "exchange"]),
    ("render", &["check", "exchange", "refactor"]),
];

/// Libraries that only some rooms may know.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report"]),
    ("axum", &["serve"]),
    ("anstream", &["cli"]),
    ("anyhow", &["cli"]),
    ("clap", &["cli"]),
    ("flate2", &["disk"]),
    ("fluent", &["locale"]),
    ("fluent_syntax", &["locale"]),
    ("indicatif", &["cli"]),
    ("notify", &["serve"]),
    ("tera", &["render"]),
    ("tokio", &["serve"]),
    ("tower_http", &["serve"]),
    ("ureq", &["web"]),
    ("walkdir", &["disk"]),
];

/// Where the disk, the clock, the environment and the terminal may be touched (see `clippy.toml`).
const EDGE: &[&str] = &["disk", "git", "web", "report", "workspace", "serve", "cli"];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["util", "helper", "common", "manager", "misc"];

const LONGEST: usize = 700;

/// A file of `src/`: its path below it, and what it says.
struct File {
    path: String,
    text: String,
}

impl File {
    fn complain(&self, line: usize, what: &str) -> String {
        format!("src/{}:{line}: {what}", self.path)
    }

    /// The room it belongs to; none for `lib.rs` and `main.rs`.
    fn room(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(first, "lib.rs" | "main.rs")).then_some(room)
    }

    /// How many `super::` lead from it to the root of the crate.
    fn depth(&self) -> usize {
        self.path.trim_end_matches("/mod.rs").split('/').count()
    }

    /// Its text without comments, line for line.
    fn code(&self) -> String {
        self.text
            .lines()
            .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// True if `at` begins a path: it is neither the middle of a word nor of a longer path.
fn begins_path(code: &str, at: usize) -> bool {
    !code[..at].ends_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | ':'))
}

/// The rooms in the order of `lib.rs`.
fn rooms(lib: &str) -> Vec<&str> {
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect()
}

/// Every name that code reaches through the root of the crate, with its place.
fn reached<'a>(code: &'a str, file: &File, rooms: &[&str]) -> Vec<(usize, &'a str)> {
    let names = |at: usize| match code[at..].strip_prefix('{') {
        None => vec![first_name(&code[at..])],
        Some(group) => group_names(group),
    };
    let mut found = Vec::new();
    for (at, door) in code
        .match_indices("crate::")
        .filter(|(at, _)| begins_path(code, *at))
    {
        found.extend(names(at + door.len()).into_iter().map(|name| (at, name)));
    }
    for (at, _) in code
        .match_indices("super::")
        .filter(|(at, _)| begins_path(code, *at))
    {
        let rest = code[at..].trim_start_matches("super::");
        let end = code.len() - rest.len();
        if (end - at) / "super::".len() >= file.depth() {
            // From a module inside the file the same steps lead only to the file's own names.
            found.extend(
                names(end)
                    .into_iter()
                    .filter(|name| rooms.contains(name))
                    .map(|name| (at, name)),
            );
        }
    }
    found
}

fn first_name(text: &str) -> &str {
    let end = text
        .find(|char: char| !char.is_alphanumeric() && char != '_')
        .unwrap_or(text.len());
    &text[..end]
}

/// The first names of `a::b, c::{d, e}, f}`.
fn group_names(text: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(first_name(text[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(first_name(text[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn check_room(file: &File, rooms: &[&str]) -> Vec<String> {
    let Some(room) = file.room() else {
        return Vec::new();
    };
    let Some(place) = rooms.iter().position(|name| *name == room) else {
        return vec![file.complain(
            1,
            &format!("`{room}` is no room: `lib.rs` has no `pub mod {room};`"),
        )];
    };
    let strangers = STRANGERS
        .iter()
        .find(|(name, _)| *name == room)
        .map_or(&[][..], |(_, strangers)| strangers);
    let (code, mut complaints) = (file.code(), Vec::new());
    for (at, other) in reached(&code, file, rooms) {
        let number = line_of(&code, at);
        match rooms.iter().position(|name| *name == other) {
            Some(at) if at > place => complaints.push(file.complain(
                number,
                &format!("`{room}` stands above `{other}` and can't know it"),
            )),
            Some(_) if strangers.contains(&other) => {
                complaints.push(file.complain(number, &format!("`{room}` must not know `{other}`")))
            }
            Some(_) => {}
            None => complaints.push(file.complain(number, &format!("`{other}` is no room"))),
        }
    }
    complaints
}

fn check_libraries(file: &File) -> Vec<String> {
    let Some(room) = file.room() else {
        return Vec::new();
    };
    let (code, mut complaints) = (file.code(), Vec::new());
    for (library, homes) in LIBRARIES.iter().filter(|(_, homes)| !homes.contains(&room)) {
        for (at, _) in code
            .match_indices(&format!("{library}::"))
            .filter(|(at, _)| begins_path(&code, *at))
        {
            complaints.push(file.complain(
                line_of(&code, at),
                &format!("`{library}` belongs in `{}`", homes.join("` or `")),
            ));
        }
    }
    if let Some(at) = code
        .find("clippy::disallowed_")
        .filter(|_| !EDGE.contains(&room))
    {
        complaints.push(file.complain(
            line_of(&code, at),
            &format!("`{room}` is not at the edge and must not open the gate"),
        ));
    }
    complaints
}

fn check_reader(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    if !file.text.starts_with("//! ") {
        complaints.push(file.complain(
            1,
            "doesn't open with `//!`: what it turns into what, and what it doesn't know",
        ));
    }
    let lines = file.text.lines().count();
    if lines > LONGEST {
        complaints.push(file.complain(lines, &format!("is longer than {LONGEST} lines")));
    }
    let words = file.path.trim_end_matches(".rs").split(['/', '_']);
    for word in words.filter(|word| {
        EMPTY_NAMES.iter().any(|name| {
            word.strip_prefix(name)
                .is_some_and(|rest| matches!(rest, "" | "s"))
        })
    }) {
        complaints.push(file.complain(1, &format!("`{word}` says nothing about what is inside")));
    }
    complaints
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut files) = (vec![src.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(&src)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                files.push(File {
                    path: name,
                    text: std::fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[test]
fn the_house_stands() {
    let files = files();
    let lib = files.iter().find(|file| file.path == "lib.rs").unwrap();
    let rooms = rooms(&lib.text);
    assert!(rooms.len() > 2, "{rooms:?}");
    let complaints: Vec<String> = files
        .iter()
        .flat_map(|file| {
            [
                check_room(file, &rooms),
                check_libraries(file),
                check_reader(file),
            ]
            .concat()
        })
        .collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

mod each_rule_can_complain {
    use super::*;

    const ROOMS: &[&str] = &[
        "source", "locale", "config", "syntax", "site", "check", "render", "disk", "cli",
    ];

    fn complaints(path: &str, text: &str) -> Vec<String> {
        let file = File {
            path: path.into(),
            text: format!("//! A file.\n{text}"),
        };
        [
            check_room(&file, ROOMS),
            check_libraries(&file),
            check_reader(&file),
        ]
        .concat()
    }

    fn one(path: &str, text: &str) -> String {
        let found = complaints(path, text);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    }

    #[test]
    fn rooms_know_only_rooms_above_them() {
        assert_eq!(
            one("config/mod.rs", "use crate::site::Site;"),
            "src/config/mod.rs:2: `config` stands above `site` and can't know it"
        );
        assert_eq!(
            one("source.rs", "fn f() -> crate::config::C {}"),
            "src/source.rs:2: `source` stands above `config` and can't know it"
        );
        assert!(one("config/mod.rs", "use super::site::Site;").contains("`site`"));
        assert!(one("config/a/b.rs", "use super::super::super::site;").contains("`site`"));
        assert!(one("config/a.rs", "use crate::{source::{Span, yaml}, site};").contains("`site`"));
        assert!(
            one(
                "config/a.rs",
                "use crate::{\n    source::Span,\n    site::{Site, Page},\n};"
            )
            .contains("`site`")
        );
        assert!(one("config/a.rs", "use crate::nothing;").contains("`nothing` is no room"));
        assert!(one("attic/mod.rs", "").contains("`attic` is no room"));
        for fine in [
            "use crate::source::Span;",
            "// crate::site",
            "use super::site::X;",
            "use super::super::X;",
            "use mycrate::site;",
            "use crate::config::Own;",
        ] {
            assert_eq!(complaints("config/a.rs", fine), [""; 0], "{fine}");
        }
        assert_eq!(complaints("main.rs", "use hjelp::cli;"), [""; 0]);
    }

    #[test]
    fn strangers_stay_strangers() {
        assert!(
            one("syntax/mod.rs", "use crate::config::Config;")
                .ends_with("`syntax` must not know `config`")
        );
        assert!(
            one("render/page.rs", "use crate::check;").ends_with("`render` must not know `check`")
        );
        assert!(one("check/a.rs", "use crate::render;").contains("`render`"));
    }

    #[test]
    fn libraries_and_gates_have_their_rooms() {
        assert!(one("site/mod.rs", "use tera::Tera;").ends_with("`tera` belongs in `render`"));
        assert!(
            one("render/mod.rs", "fn f() { fluent::FluentBundle::new() }")
                .ends_with("`fluent` belongs in `locale`")
        );
        assert!(
            one("site/mod.rs", "#![allow(clippy::disallowed_methods)]")
                .contains("must not open the gate")
        );
        assert_eq!(
            complaints(
                "render/mod.rs",
                "use tera::Tera; use crate::locale::fluent::X;"
            ),
            [""; 0]
        );
        assert_eq!(
            complaints("disk/mod.rs", "#![allow(clippy::disallowed_methods)]"),
            [""; 0]
        );
    }

    #[test]
    fn files_are_kind_to_readers() {
        let bare = File {
            path: "site/mod.rs".into(),
            text: "use x;".into(),
        };
        assert_eq!(check_reader(&bare).len(), 1);
        assert!(one("site/a.rs", &"\n".repeat(LONGEST)).contains("longer"));
        for path in [
            "site/util.rs",
            "site/helpers/mod.rs",
            "site/path_utils.rs",
            "site/common/a.rs",
        ] {
            assert!(one(path, "").contains("says nothing"), "{path}");
        }
        assert_eq!(complaints("site/commonmark.rs", ""), [""; 0]);
    }

    #[test]
    fn the_order_of_rooms_is_read_from_the_crate() {
        assert_eq!(
            rooms("//! x\npub mod a;\n\nmod hidden;\npub mod b;\n"),
            ["a", "b"]
        );
    }
}
