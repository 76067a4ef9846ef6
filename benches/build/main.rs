//! How long whole sites take, as ratios to the [`floor`] measured in the same run: `cargo bench --bench build`.
//!
//! Two sites are measured: the folder that `HJELP_CORPUS` names (by default `../shared/corpus/superoffice-2023`, read with
//! `benches/superoffice.yml` if it has no configuration), and a [`synthetic`] one of `HJELP_PAGES` pages in each of `HJELP_LANGUAGES`
//! languages (by default 2500 and 2). Everything is done `HJELP_ROUNDS` times (by default 7), in turns. Content and output are in memory
//! where the system has a folder for that, so that the disk doesn't count; on ext4, creating files shortly after deleting many costs
//! several times more and hides the rest.
//!
//! How to read it:
//! - *cold* is a build into a folder that doesn't exist yet, *checked* the same without search and the files for machines, and *bare* that
//!   without checks. *again* is the cold build once more with nothing changed, *one page* once more after a word was added to a page.
//!   *unwritten* is a build without the caches of the last one: every page is rendered and compared with the file that is there, and none is
//!   written. *check* is a check; it must take no longer than that, so the last column compares all with *unwritten*.
//! - Each column has the ratio of the smallest times, then that of the medians. Other load on the machine can only add to a time, so the
//!   smallest ones are the most reliable, if there were enough rounds; medians show what to expect of a machine under load.
//! - Compare ratios, and only of one run: seconds of two machines, or of two days, are not comparable.
//! - *memory* is the highest resident size in a run of its own (from `/proc`, so on Linux only), because measuring slows a build down.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod floor;
mod synthetic;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The program under test.
const HJELP: &str = env!("CARGO_BIN_EXE_hjelp");

/// What is measured, in the order of the table.
const NAMES: [&str; 8] = [
    "floor",
    "bare",
    "checked",
    "cold",
    "again",
    "one page",
    "unwritten",
    "check",
];

/// Pages, navigation, sitemap and redirects alone.
const BARE: &str =
    "\noutputs: {search: false, markdown: false, llms: false, feeds: false, helpmap: false}\n";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, first, root, out] = arguments.as_slice()
        && first == "--floor"
    {
        floor::build(Path::new(root), Path::new(out))?;
        return Ok(());
    }
    // `cargo test --benches` starts this program, too, and has no time to measure.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let memory = Path::new("/dev/shm");
    let scratch = if memory.is_dir() {
        memory.to_path_buf()
    } else {
        env::temp_dir()
    }
    .join(format!("hjelp-bench-{}", process::id()));
    let measured = measure_all(&scratch);
    fs::remove_dir_all(&scratch)?;
    measured
}

fn measure_all(scratch: &Path) -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (pages, languages, rounds) = (
        number("HJELP_PAGES", 2500),
        number("HJELP_LANGUAGES", 2),
        number("HJELP_ROUNDS", 7).max(1),
    );
    let root = scratch.join("content");
    let corpus = env::var_os("HJELP_CORPUS").map_or_else(
        || here.join("../shared/corpus/superoffice-2023"),
        PathBuf::from,
    );
    if corpus.is_dir() {
        let files = copy(&corpus, &root)?;
        if !root.join("hjelp.yml").exists() {
            fs::copy(here.join("benches/superoffice.yml"), root.join("hjelp.yml"))?;
        }
        println!("\n{} ({files} files, {rounds} rounds)", corpus.display());
        measure(&root, scratch, rounds)?;
        fs::remove_dir_all(&root)?;
    } else {
        println!(
            "SKIPPED: there is no folder {}; name one with HJELP_CORPUS",
            corpus.display()
        );
    }
    if pages > 0 {
        let shape = synthetic::Shape {
            seed: 1,
            pages,
            languages,
            depth: 3,
        };
        synthetic::write(&root, shape)?;
        println!("\n{shape:?} ({rounds} rounds)");
        measure(&root, scratch, rounds)?;
    }
    Ok(())
}

fn number(name: &str, default: usize) -> usize {
    env::var(name)
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(default)
}

fn measure(root: &Path, scratch: &Path, rounds: usize) -> Result<()> {
    let (out, floor_out, page) = (
        scratch.join("site"),
        scratch.join("floor"),
        some_page(root)?,
    );
    let text = fs::read(&page)?;
    let bare = scratch.join("bare.yml");
    fs::write(
        &bare,
        [fs::read_to_string(root.join("hjelp.yml"))?.as_str(), BARE].concat(),
    )?;
    let mut times: [Vec<Duration>; NAMES.len()] = Default::default();
    for round in 0..rounds {
        times[0].push(time(
            Command::new(env::current_exe()?)
                .arg("--floor")
                .args([root, &floor_out]),
            &[0],
        )?);
        fs::remove_dir_all(&floor_out)?;
        times[1].push(time(
            build(root, &out)
                .arg("--config")
                .arg(&bare)
                .arg("--no-check"),
            &[0],
        )?);
        fs::remove_dir_all(&out)?;
        times[2].push(time(build(root, &out).arg("--config").arg(&bare), &[0, 1])?);
        fs::remove_dir_all(&out)?;
        times[3].push(time(&mut build(root, &out), &[0, 1])?);
        times[4].push(time(&mut build(root, &out), &[0, 1])?);
        fs::write(
            &page,
            [text.as_slice(), format!("\nOrd {round}.\n").as_bytes()].concat(),
        )?;
        times[5].push(time(&mut build(root, &out), &[0, 1])?);
        forget(&out)?;
        times[6].push(time(&mut build(root, &out), &[0, 1])?);
        fs::write(&page, &text)?;
        times[7].push(time(Command::new(HJELP).arg("check").arg(root), &[0, 1])?);
        fs::remove_dir_all(&out)?;
    }
    times.iter_mut().for_each(|times| times.sort());
    let [least, median] =
        [0, rounds / 2].map(|place| times.each_ref().map(|times| times[place].as_secs_f64()));
    let of = |other: usize, at: usize| [least, median].map(|times| times[at] / times[other]);
    println!("             least    median        of floor         of cold    of unwritten");
    for (at, name) in NAMES.into_iter().enumerate() {
        let ([floor, floor_median], [cold, cold_median], [unwritten, unwritten_median]) =
            (of(0, at), of(3, at), of(6, at));
        let times = format!("{name:9} {:>7.3} s {:>7.3} s", least[at], median[at]);
        println!(
            "{times} {floor:>7.1} {floor_median:>7.1} {cold:>7.2} {cold_median:>7.2} {unwritten:>7.2} {unwritten_median:>7.2}"
        );
    }
    match peak(root, &out)? {
        Some(kibibytes) => println!("memory    {:>7} MiB at most", kibibytes / 1024),
        None => println!("memory    unknown on this system"),
    }
    fs::remove_dir_all(&out)?;
    let timings = build(root, &out)
        .arg("--timings")
        .stderr(Stdio::null())
        .output()?;
    let text = String::from_utf8_lossy(&timings.stdout).into_owned();
    println!("{}", text.split("\n\nBuilt").next().unwrap_or(""));
    fs::remove_dir_all(&out)?;
    let started = Instant::now();
    for _ in 0..20 {
        time(Command::new(HJELP).arg("--version"), &[0])?;
    }
    println!(
        "start     {:>7.1} ms",
        started.elapsed().as_secs_f64() * 1000.0 / 20.0
    );
    Ok(())
}

/// A page in the middle of the site.
fn some_page(root: &Path) -> Result<PathBuf> {
    let entries = walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let is_page = |path: &Path| {
        path.extension().is_some_and(|kind| kind == "md")
            && !path.iter().any(|name| name == "includes")
    };
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.into_path())
        .filter(|path| is_page(path))
        .collect();
    if pages.is_empty() {
        Err("the site has no page".into())
    } else {
        Ok(pages.swap_remove(pages.len() / 2))
    }
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

fn build(root: &Path, out: &Path) -> Command {
    let mut build = Command::new(HJELP);
    build.arg("build").arg(root).arg("--out").arg(out);
    build
}

fn start(command: &mut Command) -> io::Result<Child> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// One run, from the start of the program to its end, which must be one of `codes`: 1 says that the content has errors, which real
/// content has.
fn time(command: &mut Command, codes: &[i32]) -> Result<Duration> {
    let started = Instant::now();
    let status = start(command)?.wait()?;
    let time = started.elapsed();
    match status.code() {
        Some(code) if codes.contains(&code) => Ok(time),
        _ => Err(format!("{command:?} ended with {status}").into()),
    }
}

/// The highest resident size of one cold build, in KiB, as last seen before the program ended.
fn peak(root: &Path, out: &Path) -> Result<Option<u64>> {
    let mut build = start(&mut build(root, out))?;
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

/// Makes the next build take nothing from the last one but the knowledge which files are its own: a state of another program.
fn forget(out: &Path) -> Result<()> {
    let file = out.join(".hjelp-state");
    let state = fs::read_to_string(&file)?;
    let lines: Vec<&str> = state.splitn(3, '\n').collect();
    fs::write(
        file,
        format!("{}\n{} other\n{}", lines[0], lines[1], lines[2]),
    )?;
    Ok(())
}
