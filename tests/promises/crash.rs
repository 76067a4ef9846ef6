//! A build that is killed, refused or run twice harms nothing: every file holds its old or its new bytes, and the next build completes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{SMALL, assert_same, build, files, run, site, synthetic};

/// Kills as many builds as this; the long test as many as `HJELP_KILLS` says.
const KILLS: usize = 15;

/// Two states of a site and what each becomes; then builds from one state to the other, each killed at a random moment.
fn kill(times: usize, fresh: bool) {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    synthetic::write(
        &at("other"),
        synthetic::Shape {
            seed: 8,
            pages: 50,
            ..SMALL
        },
    )
    .unwrap();
    let mut whole = Vec::new();
    let mut time = Duration::MAX;
    for state in ["site", "other"] {
        let out = at(&format!("whole-{state}"));
        let started = Instant::now();
        run(&mut build(&at(state), &out));
        time = time.min(started.elapsed());
        whole.push(files(&out));
    }
    let mut dice = synthetic::Dice::new(times as u64 + u64::from(fresh));
    let out = at("out");
    let mut killed = 0;
    if !fresh {
        run(&mut build(&at("other"), &out));
    }
    for round in 0..times {
        if fresh && out.exists() {
            fs::remove_dir_all(&out).unwrap();
        }
        let state = ["site", "other"][round % 2];
        let mut child = build(&at(state), &out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(time.mul_f64(dice.roll(1000) as f64 / 1000.0));
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if out.exists() {
            is_whole(&files(&out), &whole, round);
        }
    }
    assert!(killed > 0, "no build was killed in time");
    run(&mut build(&at("site"), &out));
    assert_same(&files(&out), &whole[0], "after the last kill");
    let entries = walkdir::WalkDir::new(&out)
        .into_iter()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let left: Vec<String> = entries.filter(|name| name.starts_with(".hjelp-")).collect();
    assert!(
        left.iter()
            .all(|name| [".hjelp-state", ".hjelp-lock"].contains(&name.as_str())),
        "{left:?}"
    );
}

/// Each file has the bytes of one of the two states.
fn is_whole(
    standing: &BTreeMap<String, Vec<u8>>,
    states: &[BTreeMap<String, Vec<u8>>],
    round: usize,
) {
    for (name, bytes) in standing
        .iter()
        .filter(|(name, _)| !name.contains("/.hjelp-"))
    {
        assert!(
            states.iter().any(|state| state.get(name) == Some(bytes)),
            "round {round}: {name} is half a file"
        );
    }
}

#[test]
fn killed_builds_leave_whole_files_and_the_next_one_completes() {
    kill(KILLS, false);
}

#[test]
fn a_killed_first_build_is_completed_too() {
    kill(KILLS / 3, true);
}

/// `HJELP_KILLS=200 cargo test --test promises -- --ignored killed_very_often`
#[test]
#[ignore = "takes minutes"]
fn killed_very_often() {
    let times = std::env::var("HJELP_KILLS")
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(200);
    kill(times, false);
    kill(times / 4, true);
}

#[test]
fn the_second_of_two_builds_into_one_folder_fails() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    run(&mut build(&at("site"), &at("out")));
    let lock = fs::File::options()
        .write(true)
        .open(at("out/.hjelp-lock"))
        .unwrap();
    lock.lock().unwrap();
    let second = build(&at("site"), &at("out")).output().unwrap();
    let told = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(2));
    assert!(told.contains("another build is writing to"), "{told}");
    drop(lock);
    run(&mut build(&at("site"), &at("out")));
}

/// What the shell has to say before the program starts: files may be no larger than `blocks` of 512 bytes, or 1024 in some shells.
#[cfg(unix)]
fn limited(root: &Path, out: &Path, blocks: usize) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks} && exec \"$@\"");
    let program = build(root, out);
    let arguments = std::iter::once(program.get_program()).chain(program.get_args());
    std::process::Command::new("sh")
        .args(["-c", &script, "sh"])
        .args(arguments)
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_reported_and_nothing_is_lost() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    run(&mut build(&at("site"), &at("out")));
    let before = files(&at("out"));
    synthetic::write(&at("other"), synthetic::Shape { seed: 8, ..SMALL }).unwrap();
    let after = limited(&at("other"), &at("out"), 8);
    let told = String::from_utf8_lossy(&after.stderr).into_owned();
    assert_eq!(after.status.code(), Some(2), "{told}");
    assert!(
        told.contains("File too large") && told.contains("help"),
        "{told}"
    );
    run(&mut build(&at("other"), &at("whole")));
    is_whole(&files(&at("out")), &[before, files(&at("whole"))], 0);
    run(&mut build(&at("other"), &at("out")));
    assert_same(&files(&at("out")), &files(&at("whole")), "with room again");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_file_of_a_first_build() {
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    run(&mut build(&at("site"), &at("whole")));
    for blocks in [2, 8, 40] {
        let out = at(&format!("out-{blocks}"));
        assert_eq!(limited(&at("site"), &out, blocks).status.code(), Some(2));
        is_whole(&files(&out), &[files(&at("whole"))], blocks);
        run(&mut build(&at("site"), &out));
        assert_same(&files(&out), &files(&at("whole")), "with room again");
    }
}

/// A report that is cut off must not pass for a whole one.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let site = site(SMALL);
    let root = site.path().join("site");
    let root = root.to_str().unwrap();
    for arguments in [
        &["helpmap", root, "--format", "cs"][..],
        &["helpmap", root],
        &["check", root, "--format", "json"],
        &["check", root, "--format", "sarif"],
        &["translation", "status", root],
        &["translation", "status", root, "--format", "json"],
        &["explain", "broken-link"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hjelp"));
        let output = command.args(arguments).stdout(full).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("can't be written"), "{arguments:?}: {told}");
    }
}

/// A pager that is closed early has shown what was wanted.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let site = site(SMALL);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["helpmap", site.path().join("site").to_str().unwrap()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_reported_and_nothing_is_lost() {
    use std::os::unix::fs::PermissionsExt;
    let site = site(SMALL);
    let at = |name: &str| site.path().join(name);
    run(&mut build(&at("site"), &at("out")));
    let before = files(&at("out"));
    let folder = at("out/no/del-0");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        fs::remove_file(folder.join("probe")).unwrap();
        println!("SKIPPED: whoever runs this test may write everywhere");
        return;
    }
    fs::write(at("site/content/no/del-0/side-1.md"), "# Ny\n").unwrap();
    let refused = build(&at("site"), &at("out")).output().unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains("check that you may write there"), "{told}");
    assert_eq!(files(&at("out")).len(), before.len());
    run(&mut build(&at("site"), &at("out")));
}
