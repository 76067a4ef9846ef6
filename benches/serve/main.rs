//! How long a writer waits for the preview: `cargo bench --bench serve`.
//!
//! Measured on the folder that `HJELP_CORPUS` names (by default `../shared/corpus/superoffice-2023`, read with `benches/superoffice.yml` if it
//! has no configuration), copied to memory where the system has a folder for that:
//! - *first page*: from the start of the program to the last byte of a page, `HJELP_STARTS` times (by default 7);
//! - *save*: from before a file is written until its new words are served, `HJELP_SAVES` times each (by default 60), for a page and for a
//!   fragment that 100 pages show. The page is asked for again and again, as fast as answers come, so that its making counts in full;
//! - *memory*: the resident size (from `/proc`, so on Linux only) after the first of `HJELP_EDITS` edits (by default 1000), and after all.
//!
//! Compare the smallest times: whatever else the machine does can only add to them.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The program under test.
const HJELP: &str = env!("CARGO_BIN_EXE_hjelp");

/// How many pages show the fragment.
const USERS: usize = 100;

fn main() -> Result<()> {
    // `cargo test --benches` starts this program, too, and has no time to measure.
    if !env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = env::var_os("HJELP_CORPUS").map_or_else(
        || here.join("../shared/corpus/superoffice-2023"),
        PathBuf::from,
    );
    if !corpus.is_dir() {
        println!(
            "SKIPPED: there is no folder {}; name one with HJELP_CORPUS",
            corpus.display()
        );
        return Ok(());
    }
    let memory = Path::new("/dev/shm");
    let root = if memory.is_dir() {
        memory.to_path_buf()
    } else {
        env::temp_dir()
    }
    .join(format!("hjelp-serve-{}", process::id()));
    let measured = prepare(&corpus, &root).and_then(|()| measure(&root));
    fs::remove_dir_all(&root)?;
    measured
}

/// Copies the corpus, and adds a fragment and the pages that show it.
fn prepare(corpus: &Path, root: &Path) -> Result<()> {
    copy(corpus, root)?;
    if !root.join("hjelp.yml").exists() {
        fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/superoffice.yml"),
            root.join("hjelp.yml"),
        )?;
    }
    let folder = root.join("docs/en/measured");
    fs::create_dir_all(folder.join("includes"))?;
    fs::write(folder.join("includes/shared.md"), "Shared words.\n")?;
    for number in 0..USERS {
        fs::write(
            folder.join(format!("page{number}.md")),
            format!("# Page {number}\n\n[!include[shared](includes/shared.md)]\n"),
        )?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            // Not the rights: a corpus may be read-only.
            fs::write(target, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

fn measure(root: &Path) -> Result<()> {
    let (page, fragment) = (
        root.join("docs/en/measured/page7.md"),
        root.join("docs/en/measured/includes/shared.md"),
    );
    let mut starts = Vec::new();
    for _ in 0..number("HJELP_STARTS", 7) {
        let begun = Instant::now();
        let preview = Preview::start(root)?;
        preview.get("/en/measured/page7.html")?;
        starts.push(begun.elapsed());
    }
    report("first page", starts);
    let preview = Preview::start(root)?;
    let saves = number("HJELP_SAVES", 60);
    let before = preview.save(&page, "/en/measured/page7.html", 1)?;
    drop(before);
    // A writer thinks between two saves; what the program does meanwhile is not waited for.
    thread::sleep(Duration::from_secs(5));
    report(
        "save a page",
        preview.save(&page, "/en/measured/page7.html", saves)?,
    );
    report(
        "save a fragment of 100 pages",
        preview.save(&fragment, "/en/measured/page42.html", saves)?,
    );
    let first = preview.memory();
    let edits = number("HJELP_EDITS", 1000);
    let hurry = preview.save(&page, "/en/measured/page7.html", edits)?;
    report("save a page, many times", hurry);
    if let (Some(first), Some(last)) = (first, preview.memory()) {
        println!(
            "{:32} {first} MB before, {last} MB after {edits} edits",
            "memory"
        );
    }
    Ok(())
}

fn number(name: &str, default: usize) -> usize {
    env::var(name)
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(default)
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let (Some(least), Some(most)) = (times.first(), times.last()) else {
        return;
    };
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    let (least, most) = (least.as_secs_f64() * 1e3, most.as_secs_f64() * 1e3);
    println!(
        "{what:32} median {:7.1} ms   p95 {:7.1} ms   from {least:7.1} to {most:7.1} ms",
        at(0.5),
        at(0.95)
    );
}

struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn start(root: &Path) -> Result<Preview> {
        let mut child = Command::new(HJELP)
            .args(["serve", "--port", "0"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        for line in BufReader::new(out).lines() {
            if let Some((_, port)) = line?.split_once("http://localhost:") {
                return Ok(Preview {
                    child,
                    port: port.trim_end_matches('/').parse()?,
                });
            }
        }
        Err("the preview did not start".into())
    }

    fn get(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
            self.port
        )?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    }

    /// Saves `file` again and again, and waits each time for the page at `path` to say so.
    fn save(&self, file: &Path, path: &str, times: usize) -> Result<Vec<Duration>> {
        let text = fs::read_to_string(file)?;
        let mut waited = Vec::new();
        for time in 0..times {
            let word = format!("word{}x{time}y", file.as_os_str().len());
            let begun = Instant::now();
            fs::write(file, format!("{text}\n{word}\n"))?;
            while !self.get(path)?.contains(&word) {}
            waited.push(begun.elapsed());
            if times < 100 {
                thread::sleep(Duration::from_millis(100));
            }
        }
        fs::write(file, text)?;
        Ok(waited)
    }

    /// In megabytes.
    fn memory(&self) -> Option<usize> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? / 1024)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
