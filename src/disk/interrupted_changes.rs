//! Tests of [`apply`] and [`recover`]: a change is interrupted at every moment, and afterwards all files are as before or as after it.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::change_journal::JOURNAL;
use super::change_steps::MOMENTS_LEFT;
use super::{ApplyError, Recovery, apply, recover};
use crate::source::SitePath;
use crate::source::edit::{FileChange, FileEdit};

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

fn edit(name: &str, before: &str, after: &str) -> FileChange {
    FileChange::Edit(FileEdit {
        path: path(name),
        before: before.into(),
        after: after.into(),
        edits: Vec::new(),
    })
}

/// A change with steps of every kind.
fn changes() -> Vec<FileChange> {
    vec![
        edit("no/a.md", "a", "A"),
        edit("no/møte (ny).md", "b", "B"),
        FileChange::Create {
            path: path("no/ny mappe/x/c.md"),
            bytes: b"c".into(),
        },
        FileChange::Delete {
            path: path("no/d.md"),
            before: b"d".into(),
        },
        FileChange::Move {
            from: path("no/møte (ny).md"),
            to: path("no/salg/møte.md"),
        },
        FileChange::Move {
            from: path("gammel/e.png"),
            to: path("no/e.png"),
        },
    ]
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("no/a.md", "a"),
        ("no/møte (ny).md", "b"),
        ("no/d.md", "d"),
        ("gammel/e.png", "e"),
    ] {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

/// Every file with its text, and every folder: whatever is left over shows.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(root).unwrap();
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        all.insert(name.display().to_string(), text);
    }
    all
}

/// Runs `work` until `moments` changes of the file system are made. False if it came to its end.
fn interrupted(moments: usize, work: impl FnOnce()) -> bool {
    MOMENTS_LEFT.set(moments);
    let stopped = catch_unwind(AssertUnwindSafe(work)).is_err();
    MOMENTS_LEFT.set(usize::MAX);
    stopped
}

fn expected() -> [BTreeMap<String, String>; 2] {
    let (old, new) = (folder(), folder());
    apply(new.path(), &changes()).unwrap();
    [files(old.path()), files(new.path())]
}

#[test]
fn a_change_that_is_interrupted_anywhere_is_finished_or_undone() {
    let [old, new] = expected();
    let mut recoveries = Vec::new();
    for moments in 0.. {
        let folder = folder();
        if !interrupted(moments, || apply(folder.path(), &changes()).unwrap()) {
            assert!(moments > 20, "{moments}");
            break;
        }
        recoveries.push(recover(folder.path()).unwrap());
        let now = files(folder.path());
        assert!(now == old || now == new, "{moments}: {now:?}");
        assert_eq!(recover(folder.path()).unwrap(), Recovery::Nothing);
    }
    assert!(recoveries.contains(&Recovery::Undone));
    assert!(recoveries.contains(&Recovery::Finished));
}

#[test]
fn a_recovery_that_is_interrupted_is_recovered() {
    let [old, new] = expected();
    for moments in 0.. {
        let mut was_stopped = false;
        for again in 0.. {
            let folder = folder();
            if !interrupted(moments, || apply(folder.path(), &changes()).unwrap()) {
                return;
            }
            let stopped = interrupted(again, || {
                recover(folder.path()).unwrap();
            });
            recover(folder.path()).unwrap();
            let now = files(folder.path());
            assert!(now == old || now == new, "{moments} {again}: {now:?}");
            if !stopped {
                break;
            }
            was_stopped = true;
        }
        assert!(was_stopped || moments < 3, "{moments}");
    }
}

/// The moments of a change at which `is_wanted` is true of the files.
fn moments_with(is_wanted: impl Fn(&Path) -> bool) -> Vec<tempfile::TempDir> {
    let mut all = Vec::new();
    for moments in 0.. {
        let folder = folder();
        if !interrupted(moments, || apply(folder.path(), &changes()).unwrap()) {
            break;
        }
        if is_wanted(folder.path()) {
            all.push(folder);
        }
    }
    assert!(!all.is_empty());
    all
}

fn text(root: &Path, name: &str) -> Option<String> {
    fs::read_to_string(root.join(name)).ok()
}

#[test]
fn what_the_author_writes_after_a_kill_stays() {
    let [old, new] = expected();
    for folder in moments_with(|root| text(root, "no/d.md").is_some()) {
        let root = folder.path();
        fs::write(root.join("no/d.md"), "mine").unwrap();
        recover(root).unwrap();
        let mut now = files(root);
        assert_eq!(now.insert("no/d.md".into(), "d".into()).unwrap(), "mine");
        assert_eq!(now, old);
    }
    for folder in moments_with(|root| text(root, "no/a.md").as_deref() == Some("A")) {
        let root = folder.path();
        fs::write(root.join("no/a.md"), "mine").unwrap();
        recover(root).unwrap();
        let mut now = files(root);
        assert_eq!(now.insert("no/a.md".into(), "A".into()).unwrap(), "mine");
        assert_eq!(now, new);
    }
}

#[test]
fn files_that_version_control_has_restored_are_taken_for_the_old_ones() {
    let [old, new] = expected();
    // Once the record says that it is over, what Git restores are files of a later day.
    let is_open = |root: &Path| text(root, JOURNAL).is_some_and(|text| !text.ends_with("over\n"));
    for folder in moments_with(is_open) {
        let root = folder.path();
        // What `git checkout .` does: old files come back, and new ones stay.
        for (name, text) in &old {
            if !text.is_empty() {
                fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
                fs::write(root.join(name), text).unwrap();
            }
        }
        recover(root).unwrap();
        let now = files(root);
        assert!(now == old || now == new, "{now:?}");
    }
}

#[test]
fn what_can_not_be_proven_is_left_alone() {
    let half = |root: &Path| {
        text(root, "no/a.md").as_deref() == Some("A") && text(root, "no/d.md").is_some()
    };
    for folder in moments_with(half) {
        let root = folder.path();
        fs::write(root.join("no/a.md"), "mine").unwrap();
        fs::write(root.join("no/d.md"), "mine, too").unwrap();
        let before = files(root);
        let Err(ApplyError::Interrupted(named)) = recover(root) else {
            panic!("{before:?}");
        };
        assert_eq!(named, [Path::new("no/d.md"), Path::new("no/a.md")]);
        assert_eq!(files(root), before);
        let error = apply(root, &[edit("gammel/e.png", "e", "f")]).unwrap_err();
        assert!(matches!(error, ApplyError::Interrupted(_)), "{error}");
        // Without the record, the files are the author's again.
        fs::remove_file(root.join(JOURNAL)).unwrap();
        assert_eq!(recover(root).unwrap(), Recovery::Nothing);
    }
}

#[test]
fn a_record_from_somebody_else_reaches_nothing_outside_the_content() {
    for step in [
        r#"{"Move":{"from":"x","to":".git/hooks/post-checkout"}}"#,
        r#"{"Move":{"from":"x","to":"../y"}}"#,
        r#"{"Move":{"from":"/etc/passwd","to":"y"}}"#,
        r#"{"Remove":{"target":"x","aside":"y","hash":0}}"#,
        r#"{"Create":{"target":"y","new":"x","hash":0}}"#,
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join(".git/hooks")).unwrap();
        fs::write(root.join("x"), "x").unwrap();
        let record = format!("{{\"id\":1,\"folders\":[],\"steps\":[{step}]}}\nprepared\n");
        fs::write(root.join(JOURNAL), record).unwrap();
        let before = files(root);
        assert!(recover(root).is_err(), "{step}");
        assert_eq!(files(root), before, "{step}");
    }
}

#[test]
fn a_change_waits_for_another_one() {
    let folder = folder();
    let root = folder.path();
    std::thread::scope(|scope| {
        for number in 0..8 {
            scope.spawn(move || {
                for round in 0..10 {
                    let new = [FileChange::Create {
                        path: path(&format!("n{number}/{round}.md")),
                        bytes: b"x".into(),
                    }];
                    apply(root, &new).unwrap();
                }
            });
        }
    });
    let mut expected = files(tempfile::tempdir().unwrap().path());
    for number in 0..8 {
        for round in 0..10 {
            expected.insert(format!("n{number}/{round}.md"), "x".into());
        }
    }
    for (name, text) in &expected {
        assert_eq!(files(root).get(name), Some(text), "{name}");
    }
    assert!(!root.join(JOURNAL).exists());
}
