//! Caches between two builds save time and change nothing.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use super::{SMALL, assert_same, build, files, run, site};

/// What the program said, without how long it took.
fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let out = text(&output.stdout);
    let (head, rest) = out.split_once('\n').unwrap();
    let head = head.rsplit_once(" in ").unwrap().0.to_owned();
    // Phases that were not gone through say that the note was used.
    (format!("{head}\n{rest}"), text(&output.stderr))
}

fn noted(root: &Path, out: &Path) -> bool {
    let output = run(build(root, out).arg("--timings"));
    String::from_utf8(output.stdout)
        .unwrap()
        .contains("compare with the last build")
}

/// So that no file is newer than what a disk's clock can tell.
fn settle() {
    std::thread::sleep(Duration::from_millis(120));
}

/// Changes the text of the state file of an output folder.
fn edit_state(out: &Path, edit: impl Fn(&str) -> String) {
    let file = out.join(".hjelp-state");
    let state = fs::read_to_string(&file).unwrap();
    let edited = edit(&state);
    assert_ne!(edited, state, "nothing was edited");
    fs::write(file, edited).unwrap();
}

/// The state without the line of the last build.
fn without_summary(state: &str) -> String {
    state[..state.find("\n= ").unwrap() + 1].to_owned()
}

/// The state with the name of another program.
fn by_another_program(state: &str) -> String {
    let head = state.match_indices('\n').nth(1).unwrap().0;
    format!("{}x{}", &state[..head], &state[head..])
}

/// The state with another digit at this place of its third line, which is the first record.
fn with_another_digit(state: &str, column: usize) -> String {
    let at = state.match_indices('\n').nth(1).unwrap().0 + 1 + column;
    let digit = if &state[at..=at] == "1" { "2" } else { "1" };
    format!("{}{digit}{}", &state[..at], &state[at + 1..])
}

#[test]
fn the_summary_of_the_last_build_is_used_and_nothing_depends_on_it() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    let (root, out) = (at("site"), at("out"));
    fs::write(
        root.join("content/no/odde.md"),
        "# Odde\n\n[borte](borte.md)\n",
    )
    .unwrap();
    settle();
    run(&mut build(&root, &out));
    let whole = files(&out);
    assert!(noted(&root, &out), "nothing has changed");
    let with = run(&mut build(&root, &out));
    let damages: [&dyn Fn(&str) -> String; 5] = [
        &without_summary,
        &|state| state[..state.len() - 9].to_owned(),
        &|state| state.replace("borte.md", "borti.md"),
        &by_another_program,
        &|state| with_another_digit(state, 40),
    ];
    for damage in damages {
        edit_state(&out, damage);
        let without = run(&mut build(&root, &out));
        assert_eq!((without.status, said(&without)), (with.status, said(&with)));
        assert_same(&files(&out), &whole, "without the summary");
        assert!(noted(&root, &out), "the summary is back");
    }
}

/// Files of the last build that nothing changed for are left alone, and without their records they come out the same.
#[test]
fn the_records_of_the_last_build_are_used_and_nothing_depends_on_them() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    let (root, out, page) = (at("site"), at("out"), at("site/content/no/del-0/side-1.md"));
    fs::write(&page, "# Side\n").unwrap();
    settle();
    run(&mut build(&root, &out));
    let damages: [&dyn Fn(&str) -> String; 3] = [
        &by_another_program,
        &|state| with_another_digit(state, 0),
        &|state| with_another_digit(state, 70),
    ];
    for (round, damage) in damages.into_iter().enumerate() {
        // The words of one page are no other page's business, so with the records hardly anything is made.
        fs::write(&page, format!("# Side\n\nOrd {round}\n")).unwrap();
        settle();
        let with = views(&root, &out);
        edit_state(&out, damage);
        let without = views(&root, &out);
        assert!(with * 4 < without, "{with} files of {without}");
        run(&mut build(&root, &at("fresh")));
        assert_same(&files(&out), &files(&at("fresh")), "a word more");
        fs::remove_dir_all(at("fresh")).unwrap();
    }
}

/// How many files a build made.
fn views(root: &Path, out: &Path) -> usize {
    let output = String::from_utf8(run(build(root, out).arg("--timings")).stdout).unwrap();
    let line = output.lines().find(|line| line.contains("views")).unwrap();
    line.split_whitespace()
        .rev()
        .find_map(|word| word.parse().ok())
        .unwrap()
}

#[test]
fn every_change_is_noticed() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    let (root, out) = (at("site"), at("out"));
    settle();
    run(&mut build(&root, &out));
    assert!(noted(&root, &out));
    let changes: [(&str, &dyn Fn()); 7] = [
        ("a word", &|| {
            fs::write(root.join("content/no/del-0/side-1.md"), "# Ny\n").unwrap()
        }),
        ("a picture of the same size", &|| {
            let file = root.join("content/no/del-0/media/bilde.png");
            let mut bytes = fs::read(&file).unwrap();
            bytes.reverse();
            fs::write(file, bytes).unwrap();
        }),
        ("a new page", &|| {
            fs::write(root.join("content/no/ny.md"), "# Ny\n").unwrap()
        }),
        ("a template", &|| {
            fs::create_dir_all(root.join("templates/partials")).unwrap();
            fs::write(
                root.join("templates/partials/footer.html"),
                "<footer>Bunn</footer>",
            )
            .unwrap();
        }),
        ("a finished page that somebody changed", &|| {
            fs::write(out.join("no/index.html"), "x").unwrap()
        }),
        ("a finished page that somebody removed", &|| {
            fs::remove_file(out.join("no/ny.html")).unwrap()
        }),
        ("the configuration", &|| {
            fs::write(
                root.join("hjelp.yml"),
                "title: Ny tittel\ncontent: content\n",
            )
            .unwrap()
        }),
    ];
    for (what, change) in changes {
        change();
        settle();
        assert!(!noted(&root, &out), "{what} was not seen");
        run(&mut build(&root, &at("fresh")));
        assert_same(&files(&out), &files(&at("fresh")), what);
        assert!(noted(&root, &out), "{what} is seen twice");
    }
}

/// Files for machines tell of many pages, and are left alone as long as what they tell is the same.
#[test]
fn what_lists_and_maps_tell_of_is_seen() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    let (root, out, page) = (at("site"), at("out"), at("site/content/no/del-0/side-1.md"));
    fs::write(
        root.join("docfx.json"),
        r#"{"build": {"content": [{"src": "content", "files": ["**/*.{md,yml}"]}]}}"#,
    )
    .unwrap();
    fs::write(
        root.join("hjelp.yml"),
        "docfx: docfx.json\nbase-url: https://hjelp.example/\n",
    )
    .unwrap();
    let toc = fs::read_to_string(root.join("content/no/toc.yml")).unwrap();
    let steps = [
        ("a date", "date: 2026-01-02", "Om sider som er lange nok."),
        (
            "another date",
            "date: 2026-03-02",
            "Om sider som er lange nok.",
        ),
        (
            "the beginning of the text",
            "date: 2026-03-02",
            "Om sider som ikke er så lange.",
        ),
        (
            "a description",
            "date: 2026-03-02\ndescription: Kort sagt",
            "Om sider som ikke er så lange.",
        ),
        (
            "a keyword",
            "keywords: nøkkel",
            "Om sider som ikke er så lange.",
        ),
        ("a uid", "uid: side-no-ny", "Om sider som ikke er så lange."),
        (
            "another title",
            "title: Annen side",
            "Om sider som ikke er så lange.",
        ),
        (
            "a page that is not to be listed",
            "title: Annen side\nindex: false",
            "Om sider som ikke er så lange.",
        ),
        ("a page that went elsewhere", "redirect_url: side-2.md", ""),
    ];
    for (what, front, text) in steps {
        fs::write(&page, format!("---\n{front}\n---\n# Side\n\n{text}\n")).unwrap();
        settle();
        run(&mut build(&root, &out));
        run(&mut build(&root, &at("fresh")));
        assert_same(&files(&out), &files(&at("fresh")), what);
    }
    fs::write(
        root.join("content/no/toc.yml"),
        toc + "- name: Enda en\n  href: del-0/side-2.md\n",
    )
    .unwrap();
    settle();
    run(&mut build(&root, &out));
    run(&mut build(&root, &at("fresh")));
    let fresh = files(&at("fresh"));
    assert_same(&files(&out), &fresh, "an entry of a toc");
    for name in [
        "sitemap.xml",
        "robots.txt",
        "xrefmap.yml",
        "no/toc.json",
        "no/feed.xml",
        "no/llms.txt",
        "helpmap.json",
        "go/ids-0.js",
    ] {
        assert!(
            fresh.contains_key(name),
            "{name} is not there: {:?}",
            fresh.keys().collect::<Vec<_>>()
        );
    }
}

/// Raw HTML in a fragment is read from the pages around it, so what one page includes can change where a link on another one leads.
#[test]
fn what_other_pages_include_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (root, out, fresh) = (at("site"), at("out"), at("fresh"));
    let save = |name: &str, text: &str| {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), text).unwrap();
    };
    save("hjelp.yml", "title: Hjelp\n");
    save("content/no/mappe/del.md", "<a href=\"a.md\">A</a>\n");
    save("content/no/mappe/b.md", "# B\n\n[!include[del](del.md)]\n");
    for (name, text) in [
        ("content/no/a.md", "# A\n"),
        ("content/no/a.md", "# A\n\n[!include[del](mappe/del.md)]\n"),
        (
            "content/no/mappe/b.md",
            "# B\n\n[!include[del](del.md)]\n\nMer.\n",
        ),
        ("content/no/a.md", "# A\n\nUten.\n"),
    ] {
        save(name, text);
        settle();
        run(&mut build(&root, &out));
        run(&mut build(&root, &fresh));
        assert_same(&files(&out), &files(&fresh), text);
        fs::remove_dir_all(&fresh).unwrap();
    }
}

/// A state file may not lead the writer out of the folder.
#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_state_is_refused() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    settle();
    run(&mut build(&at("site"), &at("out")));
    fs::rename(at("out/.hjelp-state"), at("victim")).unwrap();
    let victim = fs::read(at("victim")).unwrap();
    std::os::unix::fs::symlink(at("victim"), at("out/.hjelp-state")).unwrap();
    fs::write(at("site/content/no/ny.md"), "# Ny\n").unwrap();
    let refused = build(&at("site"), &at("out")).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(fs::read(at("victim")).unwrap(), victim);
    assert!(!at("out/no/ny.html").exists());
}
