//! The shards of a site, built separately, make up the whole site.

use std::fs;
use std::path::Path;

use super::{SMALL, assert_same, build, files, run, site};

fn slice(root: &Path, out: &Path, slice: &str) -> String {
    String::from_utf8(run(build(root, out).args(["--shard", slice])).stdout).unwrap()
}

#[test]
fn slices_built_apart_are_the_whole_site_to_the_byte() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    run(&mut build(&at("site"), &at("whole")));
    let whole = files(&at("whole"));
    let mut union = std::collections::BTreeMap::new();
    for index in 1..=5 {
        let out = at(&format!("slice-{index}"));
        slice(&at("site"), &out, &format!("{index}/5"));
        let files = files(&out);
        assert!(
            files.len() > whole.len() / 10,
            "slice {index} has its share"
        );
        for (name, bytes) in files {
            assert!(
                union.insert(name.clone(), bytes).is_none(),
                "{name} is in two slices"
            );
        }
    }
    assert_same(&union, &whole, "five slices");
}

#[test]
fn slices_in_one_folder_leave_each_other_alone() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    run(&mut build(&at("site"), &at("whole")));
    for index in ["2/3", "1/3", "3/3"] {
        slice(&at("site"), &at("out"), index);
    }
    assert_same(
        &files(&at("out")),
        &files(&at("whole")),
        "three slices in one folder",
    );

    // A page that goes away is removed by the slice that wrote it, and by no other.
    fs::remove_file(at("site/content/no/del-1/side-30.md")).unwrap();
    fs::remove_file(at("site/content/en/del-1/side-30.md")).unwrap();
    run(&mut build(&at("site"), &at("whole")));
    for index in ["1/3", "2/3", "3/3"] {
        slice(&at("site"), &at("out"), index);
    }
    assert_same(&files(&at("out")), &files(&at("whole")), "a page less");

    // Another number of slices, and then the whole at once, take over what is there.
    slice(&at("site"), &at("out"), "1/2");
    slice(&at("site"), &at("out"), "2/2");
    assert_same(
        &files(&at("out")),
        &files(&at("whole")),
        "two slices over three",
    );
    fs::remove_file(at("site/content/no/del-0/side-3.md")).unwrap();
    for out in ["out", "whole"] {
        run(&mut build(&at("site"), &at(out)));
    }
    assert_same(
        &files(&at("out")),
        &files(&at("whole")),
        "the whole over slices",
    );
    let records = fs::read_dir(at("out")).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .contains("-of-")
    });
    assert_eq!(records.count(), 0, "the whole needs no records of slices");
}

/// The state of a whole build says nothing of what shards have written since.
#[test]
fn shards_between_two_builds_of_the_whole_site_leave_nothing_stale() {
    let page = "content/no/ny.md";
    let (new, newer) = (Some("# Ny\n"), Some("# Nyere\n"));
    let cases: [(&[&str], Option<&str>, Option<&str>); 4] = [
        (&["1/2", "2/2"], None, new),
        (&["1/1"], new, newer),
        (&["2/3", "1/3", "3/3"], new, None),
        (&["1/2", "2/2", "3/5"], None, new),
    ];
    for (slices, before, during) in cases {
        let site = site(SMALL);
        let at = |name: &str| site.path().join(name);
        let put = |text: Option<&str>| match text {
            Some(text) => fs::write(at("site").join(page), text).unwrap(),
            None => drop(fs::remove_file(at("site").join(page))),
        };
        let settle = || std::thread::sleep(std::time::Duration::from_millis(60));
        put(before);
        settle();
        run(&mut build(&at("site"), &at("out")));
        put(during);
        settle();
        for one in slices {
            slice(&at("site"), &at("out"), one);
        }
        put(before);
        settle();
        run(&mut build(&at("site"), &at("out")));
        run(&mut build(&at("site"), &at("fresh")));
        let what = format!("{slices:?}: {before:?}, {during:?}");
        assert_same(&files(&at("out")), &files(&at("fresh")), &what);
    }
}

#[test]
fn only_the_first_slice_tells_what_is_wrong() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    fs::write(
        at("site/content/no/odde.md"),
        "# Odde\n\n[borte](borte.md)\n",
    )
    .unwrap();
    let first = build(&at("site"), &at("a"))
        .args(["--shard", "1/2"])
        .output()
        .unwrap();
    let second = build(&at("site"), &at("b"))
        .args(["--shard", "2/2"])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&first.stderr).contains("broken-link"));
    assert_eq!(
        (first.status.code(), second.status.code(), second.stderr),
        (Some(1), Some(0), vec![])
    );
}
