//! What a build can take over from the one before it: files that stand as they were written, each with a key of what it was made from. The
//! note only saves time: one that is missing, damaged or of another hjelp is as good as none.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::fingerprint::{is_settled, program, stamp};
use super::manifest::{KEPT, exact, of_slice, push_hex};
use super::note;
use crate::source::SitePath;

/// What the note begins with.
const KIND: &str = "hjelp-kept 1";

/// The files of one output folder, or of one slice of it.
#[derive(Debug, Default)]
pub(super) struct Kept {
    files: FxHashMap<SitePath, Noted>,
    /// Their paths in order, so that those below a folder are found without looking at all.
    paths: Vec<SitePath>,
}

/// One file, as it was written.
#[derive(Debug, Clone, Copy)]
struct Noted {
    key: u128,
    hash: u128,
    stamp: u64,
}

/// A file to be noted.
pub(super) struct New<'p> {
    pub path: &'p SitePath,
    /// Of what it was made from; nothing for a file that is made anew each time.
    pub key: Option<u128>,
    /// Of its bytes.
    pub hash: u128,
    /// What tells it from the same file after a change, if it was looked at already.
    pub stamp: Option<u64>,
}

/// The key of a file that is copied, as it stands; nothing if it is so new that it could change once more without anybody seeing it.
pub(super) fn key_of_file(standing: &Metadata) -> Option<u128> {
    is_settled(standing, std::time::SystemTime::now()).then(|| xxh3_128(&stamp(standing)))
}

impl Kept {
    /// The note in the folder `out`; empty if it can't be used.
    pub fn read(out: &Path, slice: Option<&str>) -> Self {
        let text = note::read(&out.join(of_slice(KEPT, slice)), KIND);
        text.and_then(|text| files(&text)).unwrap_or_default()
    }

    /// How many files are noted.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The hash and the stamp of the file at `path`, if it was made from what `key` stands for and still is as it was written.
    pub fn find(&self, out: &Path, path: &SitePath, key: u128) -> Option<(u128, u64)> {
        let noted = self.files.get(path).filter(|noted| noted.key == key)?;
        (standing(out, path) == Some(noted.stamp)).then_some((noted.hash, noted.stamp))
    }

    /// The files below `folder` that were made from what `key` stands for; nothing if there are others.
    pub fn below(&self, folder: &SitePath, key: u128) -> Option<Vec<&SitePath>> {
        let start = format!("{folder}/");
        let from = self
            .paths
            .partition_point(|path| path.as_str() < start.as_str());
        let below: Vec<&SitePath> = self.paths[from..]
            .iter()
            .take_while(|path| path.as_str().starts_with(&start))
            .collect();
        below
            .iter()
            .all(|path| self.files.get(*path).is_some_and(|noted| noted.key == key))
            .then_some(below)
    }

    /// True if all files stand as they were written.
    pub fn stands(&self, out: &Path) -> bool {
        let files: Vec<(&SitePath, &Noted)> = self.files.iter().collect();
        !files.is_empty()
            && files
                .par_iter()
                .all(|(path, noted)| standing(out, path) == Some(noted.stamp))
    }

    /// Notes all files of a build. If that can't be written, the next build takes its time.
    pub fn note(out: &Path, slice: Option<&str>, files: &[New<'_>]) {
        let place = out.join(of_slice(KEPT, slice));
        let _ = fs::remove_file(&place);
        let lines = |files: &[New<'_>]| {
            let mut lines = String::with_capacity(files.len() * 160);
            for New {
                path,
                key,
                hash,
                stamp,
            } in files
            {
                let stamp = stamp.or_else(|| standing(out, path))?;
                for (number, digits) in [(key.unwrap_or(0), 32), (*hash, 32), (stamp.into(), 16)] {
                    push_hex(number, digits, &mut lines);
                    lines.push(' ');
                }
                lines.push_str(path.as_str());
                lines.push('\n');
            }
            Some(lines)
        };
        let lines: Option<Vec<String>> = files.par_chunks(1000).map(lines).collect();
        let Some((program, lines)) = program().zip(lines) else {
            return;
        };
        let pieces: Vec<&str> = [program.as_str(), "\n"]
            .into_iter()
            .chain(lines.iter().map(String::as_str))
            .collect();
        note::write(&place, KIND, &pieces);
    }
}

fn files(text: &str) -> Option<Kept> {
    let (made_by, lines) = text.split_once('\n')?;
    if made_by != program()? {
        return None;
    }
    let number = |text: &str| u128::from_str_radix(text, 16).ok();
    let file = |line: &str| {
        let mut fields = line.splitn(4, ' ');
        let (key, hash) = (number(fields.next()?)?, number(fields.next()?)?);
        let stamp = u64::from_str_radix(fields.next()?, 16).ok()?;
        Some((exact(fields.next()?)?, Noted { key, hash, stamp }))
    };
    let count = lines.lines().count();
    let mut kept = Kept {
        files: FxHashMap::with_capacity_and_hasher(count, Default::default()),
        paths: Vec::with_capacity(count),
    };
    for line in lines.lines() {
        let (path, noted) = file(line)?;
        kept.paths.push(path.clone());
        kept.files.insert(path, noted);
    }
    kept.paths.is_sorted().then_some(kept)
}

/// The stamp of a file that was written to the end and will not be moved; nothing where times are settled only when it is closed.
pub(super) fn fingerprint_of(file: &File) -> Option<u64> {
    cfg!(unix)
        .then(|| file.metadata().ok())?
        .map(|standing| xxh3_64(&stamp(&standing)))
}

/// What tells a file from the same one written again.
fn standing(out: &Path, path: &SitePath) -> Option<u64> {
    let file: PathBuf = out.join(path.as_str());
    fs::symlink_metadata(file)
        .ok()
        .filter(Metadata::is_file)
        .map(|standing| xxh3_64(&stamp(&standing)))
}
