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
