//! The architecture as rules: which room may import which, which libraries it may use, no circles between the files of a room, and what every
//! file owes its reader (see `docs/architecture.md`). Turns the texts of `src/` into violations; the tests at the end show that each rule finds
//! some.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use modules::{Module, Modules, PathUse};

/// Macros that rooms export: Rust puts them at the top of the crate.
const MACROS: &[(&str, &str)] = &[("message", "source")];

/// Rooms that must not import each other, although the order of rooms would allow it in one direction.
const FENCES: &[(&str, &[&str])] = &[
    ("highlight", &["locale", "config"]),
    ("syntax", &["locale", "config"]),
    ("check", &["translation", "exchange", "refactor", "render"]),
    ("translation", &["check", "exchange", "refactor", "render"]),
    ("exchange", &["check", "refactor", "render"]),
    ("refactor", &["check", "translation", "exchange", "render"]),
    ("render", &["check", "exchange", "refactor"]),
];

/// Libraries that only some rooms may use.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report"]),
    ("anstream", &["cli"]),
    ("anyhow", &["cli"]),
    ("axum", &["serve"]),
    ("clap", &["cli"]),
    ("emojis", &["syntax"]),
    ("flate2", &["disk"]),
    ("fluent", &["locale"]),
    ("fluent_syntax", &["locale"]),
    ("frostem", &["search"]),
    ("getrandom", &["disk", "serve"]),
    ("globset", &["config"]),
    ("granit_parser", &["source"]),
    ("html5gum", &["syntax"]),
    ("icu_collator", &["locale"]),
    ("icu_datetime", &["locale"]),
    ("icu_decimal", &["locale"]),
    ("imagesize", &["disk"]),
    ("indicatif", &["cli"]),
    ("mime_guess", &["serve"]),
    ("notify", &["serve"]),
    ("pulldown_cmark", &["syntax"]),
    ("regex_automata", &["config"]),
    ("roxmltree", &["exchange"]),
    ("similar", &["compare", "report"]),
    ("tempfile", &["disk", "git"]),
    ("tera", &["render"]),
    ("terminal_size", &["cli"]),
    ("tokio", &["serve"]),
    ("tower_http", &["serve"]),
    ("ureq", &["web"]),
    ("walkdir", &["disk"]),
    ("zip", &["disk"]),
];

/// Rooms that may use the disk, the clock, the environment and the terminal (see `clippy.toml`).
const EDGE: &[&str] = &["disk", "git", "web", "report", "workspace", "serve", "cli"];

/// Words that are no help in the name of a file.
const EMPTY_NAMES: &[&str] = &["util", "helper", "common", "manager", "misc"];

const MAX_LINES: usize = 700;

/// How many names a `mod.rs` may show, unless its header contains `More than twelve public names:` and the reason.
const MAX_PUBLIC_NAMES: usize = 12;

/// A file of `src/`: its path below it, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    fn violation(&self, line: usize, message: &str) -> String {
        format!("src/{}:{line}: {message}", self.path)
    }

    /// The room it belongs to; none for `lib.rs` and `main.rs`.
    fn room(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        if matches!(first, "lib.rs" | "main.rs") {
            return None;
        }
        Some(first.strip_suffix(".rs").unwrap_or(first))
    }

    fn is_root_of_room(&self) -> bool {
        let room = self.room().unwrap_or_default();
        self.path == format!("{room}.rs") || self.path == format!("{room}/mod.rs")
    }
}

/// What all rules read.
struct Crate {
    files: Vec<File>,
    modules: Modules,
}

impl Crate {
    fn new(mut files: Vec<File>) -> Crate {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let texts = files
            .iter()
            .map(|file| (file.path.as_str(), file.text.as_str()));
        let modules = Modules::read(texts);
        Crate { files, modules }
    }

    fn of_this_repository() -> Crate {
        let src = Path::new("src").to_owned();
        let (mut folders, mut files) = (vec![src.clone()], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.strip_prefix(&src).unwrap().to_str().unwrap();
                    files.push(File {
                        path: name.replace('\\', "/"),
                        text: std::fs::read_to_string(&path).unwrap(),
                    });
                }
            }
        }
        Crate::new(files)
    }

    /// The rooms in the order of `lib.rs`.
    fn rooms(&self) -> Vec<&str> {
        let lib = self.files.iter().find(|file| file.path == "lib.rs");
        lib.map_or_else(Vec::new, |lib| rooms(&lib.text))
    }

    fn file_of(&self, module: &Module) -> &File {
        &self.files[module.file]
    }

    /// Every rule about a single file but that about public names.
    fn violations(&self) -> Vec<String> {
        let rooms = self.rooms();
        let mut violations = BTreeSet::new();
        for module in self.modules.iter() {
            violations.extend(self.check_rooms(module, &rooms));
            violations.extend(self.check_libraries(module));
        }
        for file in &self.files {
            violations.extend(check_edge(file));
            violations.extend(check_reader(file));
        }
        violations.into_iter().collect()
    }

    fn check_rooms(&self, module: &Module, rooms: &[&str]) -> Vec<String> {
        let file = self.file_of(module);
        let Some(room) = file.room() else {
            return Vec::new();
        };
        let Some(order) = rooms.iter().position(|name| *name == room) else {
            let message = format!("`{room}` is not a room: `lib.rs` has no `pub mod {room};`");
            return vec![file.violation(1, &message)];
        };
        let fenced = FENCES.iter().find(|(name, _)| *name == room);
        let fenced = fenced.map_or(&[][..], |(_, fenced)| fenced);
        let mut violations = Vec::new();
        for path in paths(module) {
            let Some(other) = top_level_name(module, path) else {
                continue;
            };
            let macros = MACROS.iter().find(|(name, _)| *name == other);
            let other = macros.map_or(other, |(_, room)| room);
            let message = match rooms.iter().position(|name| *name == other) {
                Some(at) if at > order => {
                    format!("`{room}` comes before `{other}` and must not import it")
                }
                Some(_) if fenced.contains(&other) => {
                    format!("`{room}` must not import `{other}`")
                }
                Some(_) => continue,
                None => format!("`{other}` is not a room"),
            };
            violations.push(file.violation(path.line, &message));
        }
        violations
    }

    fn check_libraries(&self, module: &Module) -> Vec<String> {
        let file = self.file_of(module);
        let room = file.room().unwrap_or_default();
        let mut violations = Vec::new();
        for path in paths(module) {
            let first = path.segments[0].as_str();
            for (library, homes) in LIBRARIES {
                if first == *library && file.room().is_some() && !homes.contains(&room) {
                    let message = format!("`{library}` belongs in `{}`", homes.join("` or `"));
                    violations.push(file.violation(path.line, &message));
                }
            }
        }
        violations
    }

    fn crowded_rooms(&self) -> Vec<String> {
        let files = self.files.iter();
        files
            .filter_map(|file| self.check_public_names(file))
            .collect()
    }

    fn check_public_names(&self, file: &File) -> Option<String> {
        if !file.path.ends_with("/mod.rs") || !file.is_root_of_room() {
            return None;
        }
        let module = self.modules.find(&[file.room()?.to_owned()])?;
        let reexported = module.imports.iter().filter(|import| import.is_public);
        let count = module.public_items.len() + reexported.count();
        if count <= MAX_PUBLIC_NAMES
            || header(&file.text).contains("More than twelve public names:")
        {
            return None;
        }
        let message = format!(
            "shows {count} public names; more than {MAX_PUBLIC_NAMES} need a reason in the header"
        );
        Some(file.violation(1, &message))
    }

    /// The files of the same room that each file needs, with one path that says so for each.
    fn imports_within_rooms(&self) -> BTreeMap<usize, BTreeMap<usize, PathUse>> {
        let mut imports: BTreeMap<usize, BTreeMap<usize, PathUse>> = BTreeMap::new();
        for module in self.modules.iter() {
            let file = self.file_of(module);
            if module.is_test || file.room().is_none() {
                continue;
            }
            for (needed, path) in self.modules.needs(module) {
                if needed != module.file && self.files[needed].room() == file.room() {
                    let needs = imports.entry(module.file).or_default();
                    needs.entry(needed).or_insert(path);
                }
            }
        }
        imports
    }

    /// The circles of imports, each with the imports that make it one.
    fn circles(&self) -> Vec<String> {
        let imports = self.imports_within_rooms();
        let mut reachable: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for start in imports.keys() {
            reachable.insert(*start, reachable_from(*start, &imports));
        }
        let is_mutual = |a: &usize, b: &usize| {
            let reaches = |a: &usize, b: &usize| reachable.get(a).is_some_and(|to| to.contains(b));
            reaches(a, b) && reaches(b, a)
        };
        let (mut seen, mut circles) = (BTreeSet::new(), Vec::new());
        for start in imports.keys() {
            if !is_mutual(start, start) || !seen.insert(*start) {
                continue;
            }
            let members: Vec<&usize> = imports.keys().filter(|at| is_mutual(start, at)).collect();
            seen.extend(members.iter().copied());
            let mut lines = vec![format!("{} files import each other:", members.len())];
            for from in &members {
                for (to, path) in &imports[from] {
                    if members.contains(&to) {
                        let what =
                            format!("{} (`{}`)", self.files[*to].path, path.segments.join("::"));
                        lines.push(format!(
                            "  {}",
                            self.files[**from].violation(path.line, &what)
                        ));
                    }
                }
            }
            circles.push(lines.join("\n"));
        }
        circles
    }
}

/// Everything that can be reached by at least one step.
fn reachable_from(
    start: usize,
    imports: &BTreeMap<usize, BTreeMap<usize, PathUse>>,
) -> BTreeSet<usize> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![start]);
    while let Some(from) = open.pop() {
        for to in imports.get(&from).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(*to) {
                open.push(*to);
            }
        }
    }
    reached
}

/// Every path in a module.
fn paths(module: &Module) -> impl Iterator<Item = &PathUse> {
    let imported = module.imports.iter().map(|import| &import.path);
    imported.chain(&module.uses)
}

/// The name at the root of the crate by which a path leads out of its module.
fn top_level_name<'p>(module: &Module, path: &'p PathUse) -> Option<&'p str> {
    let (mut depth, mut rest) = (module.path.len(), path.segments.as_slice());
    let mut is_inside = true;
    while let [first, others @ ..] = rest {
        match first.as_str() {
            "crate" => depth = 0,
            "super" => depth = depth.checked_sub(1)?,
            "self" => {}
            _ => break,
        }
        (is_inside, rest) = (false, others);
    }
    if is_inside || depth > 0 {
        return None;
    }
    rest.first().map(String::as_str)
}

fn rooms(lib: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for line in lib.lines() {
        if let Some(rest) = line.strip_prefix("pub mod ") {
            rooms.extend(rest.strip_suffix(';'));
        }
    }
    rooms
}

/// The documentation at the top of a file.
fn header(text: &str) -> String {
    let lines = text.lines().take_while(|line| line.starts_with("//!"));
    lines.collect::<Vec<_>>().join("\n")
}

fn check_edge(file: &File) -> Option<String> {
    let room = file.room()?;
    let at = file.text.find("clippy::disallowed_")?;
    if EDGE.contains(&room) {
        return None;
    }
    let line = file.text[..at].matches('\n').count() + 1;
    let message = format!("`{room}` is not at the edge and must not allow this lint");
    Some(file.violation(line, &message))
}

fn check_reader(file: &File) -> Vec<String> {
    let mut violations = Vec::new();
    if !file.text.starts_with("//! ") {
        let message = "doesn't open with `//!`: what it turns into what, and what it doesn't know";
        violations.push(file.violation(1, message));
    }
    let lines = file.text.lines().count();
    if lines > MAX_LINES {
        violations.push(file.violation(lines, &format!("is longer than {MAX_LINES} lines")));
    }
    for word in file.path.trim_end_matches(".rs").split(['/', '_']) {
        let singular = word.strip_suffix('s').unwrap_or(word);
        if EMPTY_NAMES.contains(&singular) {
            let message = format!("`{word}` in a file name doesn't name what is inside");
            violations.push(file.violation(1, &message));
        }
    }
    violations
}

#[test]
fn src_follows_every_rule() {
    let this = Crate::of_this_repository();
    assert!(this.rooms().len() > 2, "{:?}", this.rooms());
    let violations = this.violations();
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn rooms_show_few_names() {
    let crowded = Crate::of_this_repository().crowded_rooms();
    assert!(crowded.is_empty(), "\n{}\n", crowded.join("\n"));
}

#[test]
fn no_circles_between_the_files_of_a_room() {
    let circles = Crate::of_this_repository().circles();
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

mod each_rule_finds_violations {
    use super::*;

    const LIB: &str = "//! Rooms.\npub mod source;\npub mod locale;\npub mod config;\npub mod syntax;\npub mod site;\n\
                       pub mod check;\npub mod render;\npub mod disk;\npub mod cli;\n";

    fn crate_of(files: &[(&str, &str)]) -> Crate {
        let mut all = vec![File {
            path: "lib.rs".to_owned(),
            text: LIB.to_owned(),
        }];
        for (path, text) in files {
            all.push(File {
                path: (*path).to_owned(),
                text: format!("//! A file.\n{text}"),
            });
        }
        Crate::new(all)
    }

    fn violations(path: &str, text: &str) -> Vec<String> {
        crate_of(&[(path, text)]).violations()
    }

    fn one(path: &str, text: &str) -> String {
        let found = violations(path, text);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    }

    #[test]
    fn rooms_import_only_rooms_before_them() {
        assert_eq!(
            one("config/mod.rs", "use crate::site::Site;"),
            "src/config/mod.rs:2: `config` comes before `site` and must not import it"
        );
        assert_eq!(
            one("source.rs", "fn f() -> crate::config::C {}"),
            "src/source.rs:2: `source` comes before `config` and must not import it"
        );
        for (path, text) in [
            ("config/mod.rs", "use super::site::Site;"),
            ("config/a/b.rs", "use super::super::super::site;"),
            ("config/a.rs", "use crate::{source::{Span, yaml}, site};"),
            (
                "config/a.rs",
                "use crate::{\n    source::Span,\n    site::Page,\n};",
            ),
            ("config/a.rs", "fn f() { vec![crate::site::x()] }"),
            (
                "config/a.rs",
                "mod tests { use super::super::super::site::x; }",
            ),
        ] {
            assert!(one(path, text).contains("`site`"), "{text}");
        }
        assert!(one("config/a.rs", "use crate::nothing;").contains("`nothing` is not a room"));
        assert!(one("attic/mod.rs", "").contains("`attic` is not a room"));
        for fine in [
            "use crate::source::Span;",
            "// crate::site",
            "fn f() { \"crate::site\" }",
            "use super::site::X;",
            "use super::super::source::X;",
            "use mycrate::site;",
            "use crate::config::Own;",
        ] {
            assert_eq!(violations("config/a.rs", fine), [""; 0], "{fine}");
        }
        assert_eq!(violations("main.rs", "use hjelp::cli;"), [""; 0]);
    }

    #[test]
    fn fenced_rooms_do_not_import_each_other() {
        assert!(
            one("syntax/mod.rs", "use crate::config::Config;")
                .ends_with("`syntax` must not import `config`")
        );
        assert!(
            one("render/page.rs", "use crate::check;")
                .ends_with("`render` must not import `check`")
        );
        assert!(one("check/a.rs", "use crate::render;").contains("`render`"));
    }

    #[test]
    fn libraries_and_lints_have_their_rooms() {
        assert!(one("site/mod.rs", "use tera::Tera;").ends_with("`tera` belongs in `render`"));
        assert!(
            one("render/mod.rs", "fn f() { fluent::FluentBundle::new() }")
                .ends_with("`fluent` belongs in `locale`")
        );
        assert!(
            one("site/mod.rs", "#![allow(clippy::disallowed_methods)]")
                .contains("must not allow this lint")
        );
        let fine = "use tera::Tera; use crate::locale::fluent::X;";
        assert_eq!(violations("render/mod.rs", fine), [""; 0]);
        let fine = "#![allow(clippy::disallowed_methods)]";
        assert_eq!(violations("disk/mod.rs", fine), [""; 0]);
    }

    #[test]
    fn files_help_their_readers() {
        let bare = File {
            path: "site/mod.rs".into(),
            text: "use x;".into(),
        };
        assert_eq!(check_reader(&bare).len(), 1);
        assert!(one("site/a.rs", &"\n".repeat(MAX_LINES)).contains("longer"));
        for path in [
            "site/util.rs",
            "site/helpers/mod.rs",
            "site/path_utils.rs",
            "site/common/a.rs",
        ] {
            assert!(one(path, "").contains("doesn't name"), "{path}");
        }
        assert_eq!(violations("site/commonmark.rs", ""), [""; 0]);
    }

    #[test]
    fn public_names_are_counted() {
        let names = "pub mod a;\npub(crate) use a::X;\npub use a::{A, B, C, D as E, F};\npub struct S;\nimpl S { pub fn f() {} }\n\
                     pub fn f() {}\npub const fn g() {}\npub enum G {}\npub const H: u8 = 1;\npub type I = u8;\npub static J: u8 = 1;\n";
        assert_eq!(crate_of(&[("site/mod.rs", names)]).crowded_rooms(), [""; 0]);
        let more = format!("{names}pub trait K {{}}\n");
        let found = crate_of(&[("site/mod.rs", &more)]).crowded_rooms();
        assert!(found[0].contains("shows 13 public names"));
        let more = format!(
            "//! More than twelve public names: they are the language of all rooms.\n{more}"
        );
        assert_eq!(crate_of(&[("site/mod.rs", &more)]).crowded_rooms(), [""; 0]);
    }

    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        crate_of(files).circles()
    }

    #[test]
    fn circles_are_found() {
        let found = circles(&[
            ("site/mod.rs", "mod a;\nmod b;"),
            ("site/a.rs", "use super::b::B;\npub struct A;"),
            (
                "site/b.rs",
                "pub struct B;\nfn f() { vec![crate::site::a::A] }",
            ),
        ]);
        assert_eq!(
            found,
            [
                "2 files import each other:\n  src/site/a.rs:2: site/b.rs (`super::b::B`)\n  src/site/b.rs:3: site/a.rs (`crate::site::a::A`)"
            ]
        );
        // A name of `mod.rs` is defined there, a re-exported one is not.
        let root = "mod a;\npub use a::A;\npub struct S;\nfn f() { a::g() }";
        let child = "use super::S;\npub struct A;\npub fn g() {}";
        assert_eq!(
            circles(&[("site/mod.rs", root), ("site/a.rs", child)]).len(),
            1
        );
        let root = "mod a;\nmod s;\npub use a::A;\npub use s::S;";
        let files = [
            ("site/mod.rs", root),
            ("site/a.rs", child),
            ("site/s.rs", "pub struct S;"),
        ];
        assert_eq!(circles(&files), [""; 0]);
        // A re-exported name that `mod.rs` uses itself.
        let root = "mod a;\npub use a::A;\npub struct S;\nfn f(a: A) {}";
        assert_eq!(
            circles(&[("site/mod.rs", root), ("site/a.rs", child)]).len(),
            1
        );
        // Through a module, a glob, a renamed name, and a longer way.
        for (a, b) in [
            (
                "use super::b;\nfn f() { b::g() }",
                "use super::a;\npub fn g() { a::f() }",
            ),
            ("use super::b::*;", "use super::a::*;\npub fn g() {}"),
            ("use super::b::g as h;", "pub fn g() { super::a::f() }"),
            (
                "use super::c::C;",
                "pub use super::a::f;\npub fn g() { f() }",
            ),
        ] {
            let found = circles(&[
                ("site/mod.rs", "mod a;\nmod b;\nmod c;"),
                ("site/a.rs", &format!("{a}\npub fn f() {{}}")),
                ("site/b.rs", b),
                ("site/c.rs", "use super::b::g;\npub struct C;"),
            ]);
            assert_eq!(found.len(), 1, "{a} {b}");
        }
    }

    #[test]
    fn tests_and_other_rooms_make_no_circles() {
        let test = "#[cfg(test)]\nmod tests { use super::super::b::B; }\npub struct A;";
        let files = [
            ("site/mod.rs", "mod a;\nmod b;"),
            ("site/a.rs", test),
            (
                "site/b.rs",
                "use super::a::A;\nuse crate::check::C;\npub struct B;",
            ),
            (
                "check/mod.rs",
                "pub struct C;\nfn f() { crate::site::b::B }",
            ),
        ];
        assert_eq!(circles(&files), [""; 0]);
    }

    #[test]
    fn the_order_of_rooms_is_read_from_the_crate() {
        assert_eq!(
            rooms("//! x\npub mod a;\n\nmod hidden;\npub mod b;\n"),
            ["a", "b"]
        );
    }
}

#[test]
fn nothing_of_ours_runs_at_build_time() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(!root.join("build.rs").exists());
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for line in manifest.lines() {
        let key = line.split('=').next().unwrap_or("").trim();
        assert!(key != "build" && key != "proc-macro", "{line}");
    }
}
