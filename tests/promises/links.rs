//! Whatever a repository holds in place of a file or a folder, no command writes outside the site, waits for ever or fills the memory:
//! links that lead out, devices, pipes, and files that another program swaps while hjelp runs.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The text of every file outside the site.
const OUTSIDE: &str = "UTENFOR\n";

/// Longer than any command takes here, on a machine that does other things, too.
const LONGEST: Duration = Duration::from_secs(60);

/// A folder with `outside/file` and a site in `site`.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir(place.at("outside")).unwrap();
        fs::write(place.at("outside/file"), OUTSIDE).unwrap();
        place.write("hjelp.yml", "title: Prøve\n");
        place.write("content/no/index.md", "# Hjem\n");
        place.write("content/en/index.md", "# Home\n");
        place
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file of the site.
    fn write(&self, path: &str, text: &str) {
        let file = self.at("site").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Puts a link into the site.
    fn link(&self, path: &str, target: impl AsRef<Path>) {
        let link = self.at("site").join(path);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&link);
        symlink(target, link).unwrap();
    }

    /// Runs a command in the folder of the site.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hjelp"));
        command
            .args(arguments)
            .current_dir(self.at("site"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let begun = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if begun.elapsed() > LONGEST {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("{arguments:?} doesn't end");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        child.wait_with_output().unwrap()
    }

    /// Fails unless everything outside is as it was.
    fn assert_untouched(&self, what: &str) {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.at("outside")).unwrap() {
            names.push(entry.unwrap().file_name().into_string().unwrap());
        }
        assert_eq!(names, ["file"], "{what}");
        let text = fs::read_to_string(self.at("outside/file")).unwrap();
        assert_eq!(text, OUTSIDE, "{what}");
        assert!(!self.at("outside/file").is_symlink(), "{what}");
        let mut top = Vec::new();
        for entry in fs::read_dir(self.0.path()).unwrap() {
            top.push(entry.unwrap().file_name().into_string().unwrap());
        }
        top.sort();
        assert_eq!(top, ["outside", "site"], "{what}");
    }
}

fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_configured_output_folder_stays_below_the_root_through_all_its_links() {
    let cases: [(&str, &str, &str, &[&str]); 6] = [
        ("pub", "../outside", "pub", &["build"]),
        ("pub", "..", "pub/outside/x/y", &["build"]),
        ("pub", "..", "pub/new/.config", &["build"]),
        ("a/b", "../../outside", "a/b", &["build"]),
        ("_site", "../outside", "_site", &["build"]),
        (
            "_site-offline",
            "../outside",
            "_site",
            &["build", "--offline"],
        ),
    ];
    for (link, target, output, arguments) in cases {
        for is_absolute in [false, true] {
            let place = Place::new();
            place.write("hjelp.yml", &format!("title: Prøve\noutput: {output}\n"));
            place.link(link, target);
            if is_absolute {
                let real = place.at("site").join(link).canonicalize().unwrap();
                place.link(link, real);
            }
            let result = place.run(arguments);
            assert_eq!(result.status.code(), Some(2), "{output}: {result:?}");
            let message = message(&result);
            assert!(message.contains("outside the site"), "{output}: {message}");
            assert!(message.contains("--out"), "{output}: {message}");
            place.assert_untouched(output);
        }
    }
}

#[test]
fn a_link_to_a_missing_place_outside_is_not_filled_either() {
    let place = Place::new();
    place.link("_site", "../new");
    assert_eq!(place.run(&["build"]).status.code(), Some(2));
    place.assert_untouched("_site -> ../new");
}

#[test]
fn links_below_the_root_and_folders_that_the_user_names_are_fine() {
    let place = Place::new();
    fs::create_dir(place.at("site/elsewhere")).unwrap();
    place.link("_site", "elsewhere");
    let result = place.run(&["build"]);
    assert_eq!(result.status.code(), Some(0), "{result:?}");
    assert!(place.at("site/elsewhere/no/index.html").is_file());
    let real = place.at("site/elsewhere");
    place.link("_site", real);
    assert_eq!(place.run(&["build"]).status.code(), Some(0));

    fs::create_dir(place.at("outside/empty")).unwrap();
    place.link("_site", "../outside/empty");
    // The link itself is a problem of the content.
    let code = place.run(&["build", "--out", "_site"]).status.code();
    assert_eq!(code, Some(1));
    assert!(place.at("outside/empty/no/index.html").is_file());
}

#[test]
fn no_command_writes_through_a_link_that_leads_out() {
    let exact = |place: &Place, path: &str| place.at(path);
    let cases: [(&str, &str, &[&str]); 8] = [
        (
            "translations/no.lock",
            "outside/file",
            &["translation", "accept"],
        ),
        (
            "translations/no.lock",
            "outside/new",
            &["translation", "accept"],
        ),
        ("translations", "outside", &["translation", "accept"]),
        (
            ".hjelp-baseline",
            "outside/file",
            &["check", "--update-baseline"],
        ),
        (
            ".hjelp-baseline",
            "outside/new",
            &["check", "--update-baseline"],
        ),
        (".hjelp-external", "outside/file", &["check", "--external"]),
        (".hjelp-external", "outside/new", &["check", "--external"]),
        (
            "content/no/ut",
            "outside",
            &["new", "content/no/ut/side.md", "--title", "Side"],
        ),
    ];
    for (link, target, arguments) in cases {
        for is_absolute in [false, true] {
            let place = Place::new();
            let up = "../".repeat(link.split('/').count());
            if is_absolute {
                place.link(link, exact(&place, target));
            } else {
                place.link(link, format!("{up}{target}"));
            }
            let result = place.run(arguments);
            place.assert_untouched(&format!("{link} -> {target}, {arguments:?}: {result:?}"));
            assert_ne!(result.status.code(), Some(0), "{link}, {arguments:?}");
        }
    }
}

#[test]
fn an_import_creates_no_page_through_a_link_that_leads_out() {
    let place = Place::new();
    place.write(
        "content/en/del/side.md",
        "# Part\n\nSome words to translate.\n",
    );
    place.write("hjelp.yml", "title: Prøve\nlocales: [en, no]\n");
    let exported = place.run(&["translation", "export", "--to", "no", "-o", "ut.xlf"]);
    assert!(exported.status.success(), "{exported:?}");
    let file = place.at("site/ut.xlf");
    let mut text = String::new();
    for line in fs::read_to_string(&file).unwrap().lines() {
        let line = line.replace("state=\"initial\"", "state=\"translated\"");
        text.push_str(&line);
        text.push('\n');
        if let Some(source) = line.trim().strip_prefix("<source>") {
            text.push_str(&format!(
                "<target>N {}\n",
                source.replace("</source>", "</target>")
            ));
        }
    }
    fs::write(&file, text).unwrap();
    place.link("content/no/del", "../../../outside");
    let result = place.run(&["translation", "import", "ut.xlf"]);
    place.assert_untouched(&format!("{result:?}"));
}

/// Git runs programs that its own folder names.
#[test]
fn nothing_is_written_into_the_folder_of_git() {
    let cases: [(&str, &str, &[&str]); 5] = [
        (
            ".hjelp-baseline",
            ".git/config",
            &["check", "--update-baseline"],
        ),
        (
            ".hjelp-external",
            ".git/hooks/post-commit",
            &["check", "--external"],
        ),
        ("translations", ".git/hooks", &["translation", "accept"]),
        (
            "content/no/ut",
            "../../.git/hooks",
            &["new", "content/no/ut/side.md", "--title", "Side"],
        ),
        ("_site", ".git/hooks", &["build"]),
    ];
    for (link, target, arguments) in cases {
        let place = Place::new();
        place.write(".git/config", OUTSIDE);
        fs::create_dir(place.at("site/.git/hooks")).unwrap();
        place.link(link, target);
        let result = place.run(arguments);
        assert_ne!(result.status.code(), Some(0), "{link}: {result:?}");
        let config = fs::read_to_string(place.at("site/.git/config")).unwrap();
        assert_eq!(config, OUTSIDE, "{link}");
        let hooks = fs::read_dir(place.at("site/.git/hooks")).unwrap();
        assert_eq!(hooks.count(), 0, "{link}");
    }
    for output in [".git/hooks", ".git/x/y", ".GIT/hooks"] {
        let place = Place::new();
        fs::create_dir_all(place.at("site/.git/hooks")).unwrap();
        place.write("hjelp.yml", &format!("title: Prøve\noutput: {output}\n"));
        let result = place.run(&["build"]);
        assert_eq!(result.status.code(), Some(2), "{output}: {result:?}");
    }
}

/// Something that is no file, at `path` of the site.
fn put_strange(place: &Place, path: &str, kind: &str) {
    let file = place.at("site").join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let _ = fs::remove_file(&file);
    match kind {
        "pipe" => {
            let made = Command::new("mkfifo").arg(&file).status().unwrap();
            assert!(made.success());
        }
        "folder" => fs::create_dir(&file).unwrap(),
        device => symlink(device, &file).unwrap(),
    }
}

const STRANGE: [&str; 4] = ["/dev/zero", "/dev/tty", "pipe", "folder"];

#[test]
fn notes_of_hjelp_that_are_devices_or_pipes_stop_no_command() {
    let state = "hjelp-state 1\n00000000000000000000000000000000 x\n";
    let notes = [
        ".hjelp-state",
        ".hjelp-state-1-of-2",
        ".hjelp-state.new",
        ".hjelp-lock",
        ".hjelp-lock-1-of-2",
        ".hjelp-manifest",
        ".hjelp-journal",
        ".hjelp-journal-1-of-2",
        ".hjelp-cache",
        ".hjelp-kept",
    ];
    for note in notes {
        for kind in STRANGE {
            let place = Place::new();
            place.write("_site/.hjelp-state", state);
            put_strange(&place, &format!("_site/{note}"), kind);
            for arguments in [&["build"][..], &["build", "--shard", "1/2"], &["check"]] {
                let code = place.run(arguments).status.code();
                assert!(matches!(code, Some(0..=2)), "{note} as {kind}: {code:?}");
            }
            place.assert_untouched(note);
        }
    }
}

#[test]
fn files_of_the_site_that_are_devices_or_pipes_stop_no_command() {
    let files: [(&str, &[&str]); 8] = [
        (".hjelp-baseline", &["check"]),
        (".hjelp-baseline", &["check", "--update-baseline"]),
        (".hjelp-external", &["check", "--external"]),
        ("hjelp.yml", &["check"]),
        ("content/no/side.md", &["build"]),
        ("content/no/bilde.png", &["build"]),
        ("translations/no.lock", &["translation", "accept"]),
        ("kart.zip", &["check"]),
    ];
    for (file, arguments) in files {
        for kind in STRANGE {
            let place = Place::new();
            if file == "kart.zip" {
                place.write("hjelp.yml", "title: Prøve\nxref: kart.zip\n");
            }
            put_strange(&place, file, kind);
            let code = place.run(arguments).status.code();
            assert!(matches!(code, Some(0..=2)), "{file} as {kind}: {code:?}");
            place.assert_untouched(file);
        }
    }
}

/// A page and a picture that change places with links to a file outside, all the time.
#[test]
fn a_file_that_becomes_a_link_while_it_is_read_publishes_nothing_from_outside() {
    let place = Place::new();
    let names = [
        "content/no/side.md",
        "content/no/bilde.png",
        "content/no/last.bin",
    ];
    for name in names {
        place.write(name, "# Innenfor\n");
    }
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for name in names {
                    let file = place.at("site").join(name);
                    let next = file.with_extension("neste");
                    symlink(place.at("outside/file"), &next).unwrap();
                    fs::rename(&next, &file).unwrap();
                    fs::write(&next, "# Innenfor\n").unwrap();
                    fs::rename(&next, &file).unwrap();
                }
            }
        });
        for _ in 0..12 {
            let result = place.run(&["build"]);
            assert!(matches!(result.status.code(), Some(0..=2)), "{result:?}");
            for entry in walkdir::WalkDir::new(place.at("site/_site")) {
                let entry = entry.unwrap();
                if entry.file_type().is_file() {
                    let bytes = fs::read(entry.path()).unwrap();
                    let text = String::from_utf8_lossy(&bytes);
                    if text.contains("UTENFOR") {
                        over.store(true, Ordering::Relaxed);
                        panic!("{} is from outside", entry.path().display());
                    }
                }
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    place.assert_untouched("a race");
}
