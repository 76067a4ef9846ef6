//! How long a whole site takes: `cargo bench` builds the folder that `HJELP_CORPUS` names (by default `../shared/corpus/superoffice-2023`)
//! with the release program, `HJELP_ROUNDS` times (by default 7). Content and output lie in memory where the system has a folder for
//! that, so that the disk doesn't count.
//!
//! How to read it:
//! - *cold* is a build into a folder that doesn't exist yet, *warm* the same build once more with nothing changed.
//! - Compare the smallest times: whatever else the machine does can only add to them. A median far above says that it did something.
//! - Compare only what ran on the same machine, one after the other.
//! - *memory* is the highest resident size in a run of its own (from `/proc`, so on Linux only), because watching slows a build down.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    // `cargo test --benches` starts this program, too, and has no time to measure.
    if !env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = env::var_os("HJELP_CORPUS").map_or_else(|| here.join("../shared/corpus/superoffice-2023"), PathBuf::from);
    if !corpus.is_dir() {
        println!("SKIPPED: nothing was measured, because there is no folder {}; name one with HJELP_CORPUS", corpus.display());
        return Ok(());
    }
    let rounds: usize = env::var("HJELP_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(7).max(1);
    let memory = Path::new("/dev/shm");
    let scratch = if memory.is_dir() { memory.to_path_buf() } else { env::temp_dir() }.join(format!("hjelp-bench-{}", process::id()));
    let measured = measure(&corpus, &scratch, rounds);
    fs::remove_dir_all(&scratch)?;
    measured
}

fn measure(corpus: &Path, scratch: &Path, rounds: usize) -> Result<()> {
    let root = scratch.join("content");
    let files = copy(corpus, &root)?;
    if !root.join("hjelp.yml").exists() {
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/superoffice.yml"), root.join("hjelp.yml"))?;
    }
    println!("content  {} ({files} files)", corpus.display());
    println!("scratch  {}, {rounds} rounds", scratch.display());

    let out = scratch.join("site");
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        cold.push(time(&root, &out)?);
        warm.push(time(&root, &out)?);
        fs::remove_dir_all(&out)?;
    }
    println!("\n              min    median");
    for (name, mut times) in [("cold", cold), ("warm", warm)] {
        times.sort();
        println!("{name:8} {:>7.3} s {:>7.3} s", times[0].as_secs_f64(), times[times.len() / 2].as_secs_f64());
    }
    match peak(&root, &out)? {
        Some(kibibytes) => println!("memory   {:>7} MiB at most", kibibytes / 1024),
        None => println!("memory   unknown on this system"),
    }
    Ok(())
}

/// Copies a folder with everything in it. The answer is the number of files.
fn copy(from: &Path, to: &Path) -> io::Result<usize> {
    fs::create_dir_all(to)?;
    let mut files = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files += copy(&entry.path(), &target)?;
        } else {
            // Not `fs::copy`, which would copy permissions, too.
            fs::write(target, fs::read(entry.path())?)?;
            files += 1;
        }
    }
    Ok(files)
}

fn start(root: &Path, out: &Path) -> io::Result<Child> {
    let mut build = Command::new(env!("CARGO_BIN_EXE_hjelp"));
    build.arg("build").arg(root).arg("--out").arg(out);
    build.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// One build, from the start of the program to its end.
fn time(root: &Path, out: &Path) -> Result<Duration> {
    let started = Instant::now();
    let status = start(root, out)?.wait()?;
    let time = started.elapsed();
    // 1 says that the content has errors, which real content has.
    match status.code() {
        Some(0 | 1) if out.is_dir() => Ok(time),
        _ => Err(format!("`hjelp build {} --out {}` ended with {status}", root.display(), out.display()).into()),
    }
}

/// The highest resident size of one cold build, in KiB, as last seen before the program ended.
fn peak(root: &Path, out: &Path) -> Result<Option<u64>> {
    let mut build = start(root, out)?;
    let status = format!("/proc/{}/status", build.id());
    let mut highest = None;
    while build.try_wait()?.is_none() {
        let seen = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse().ok()
        });
        highest = highest.max(seen);
        thread::sleep(Duration::from_millis(1));
    }
    Ok(highest)
}
