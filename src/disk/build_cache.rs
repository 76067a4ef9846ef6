//! Key of everything a build reads + state of the output folder -> the summary of the last build, if it read the same and nothing has changed
//! since. Losing it only costs the time of a build. Doesn't know the format of the summary.

use std::fs;
use std::hash::Hash;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::fingerprint::{fingerprint_at, is_settled, program, source_fingerprint};
use super::output_path::STATE;
use super::output_place::OutputPlace;
use super::output_state::{OutputRecord, OutputState};
use super::state_file::{FinishedState, append_build, file_name, lock_folder, read_idle};
use crate::source::{SitePath, Sources};

/// Hash of everything a build reads.
pub struct BuildKey(Xxh3);

impl BuildKey {
    /// A key of the running program alone; `None` if the system doesn't know where the program is.
    pub fn new() -> Option<BuildKey> {
        let mut key = BuildKey(Xxh3::new());
        key.add(&program()?);
        Some(key)
    }

    /// Adds a setting. Its hash need not be the same in another program, because the program is part of the key.
    pub fn add(&mut self, setting: &impl Hash) {
        setting.hash(&mut self.0);
    }

    /// Adds the sources, whose other files are below `root`. `None` if a file is missing, or so new that it could change once more without
    /// getting another fingerprint.
    pub fn add_sources(&mut self, root: &Path, sources: &Sources) -> Option<()> {
        for source in sources.texts() {
            self.add(&(source.path.as_str(), source.content_hash()));
        }
        for (path, reason) in sources.unreadable() {
            self.add(&(path.as_str(), reason));
        }
        let now = SystemTime::now();
        let assets: Vec<(&SitePath, &u64)> = sources.assets().iter().collect();
        let fingerprints: Option<Vec<u128>> = assets
            .par_iter()
            .map(|(path, size)| settled_fingerprint(&root.join(path.as_str()), **size, now))
            .collect();
        // Fingerprints are taken by many threads, but hashed in the order of the paths.
        for ((path, _), fingerprint) in assets.iter().zip(fingerprints?) {
            self.add(&(path.as_str(), fingerprint));
        }
        Some(())
    }
}

/// The fingerprint of a file of this size; `None` if it has changed since it was listed, or may still change unnoticed.
fn settled_fingerprint(file: &Path, size: u64, now: SystemTime) -> Option<u128> {
    let metadata = fs::metadata(file).ok()?;
    if metadata.len() != size || !is_settled(&metadata, now) {
        return None;
    }
    Some(source_fingerprint(&metadata))
}

/// The summary of the last build in one output folder, or of one shard of it.
pub struct BuildCache {
    out: OutputPlace,
    shard: Option<String>,
    key: u128,
}

impl BuildCache {
    /// The cache of builds into `out` that read what `key` is the hash of.
    pub fn new(out: OutputPlace, shard: Option<String>, key: BuildKey) -> BuildCache {
        BuildCache {
            out,
            shard,
            key: key.0.digest128(),
        }
    }

    /// The summary of the last build, if it read the same and all its files are as it wrote them.
    pub fn read(&self) -> Option<String> {
        let out = self.out.open().ok()?;
        let state = read_idle(&out, self.shard.as_deref())?;
        let summary = state.summary(self.key)?;
        if !is_untouched(out.real(), &state) {
            return None;
        }
        Some(summary.to_owned())
    }

    /// Stores the one-line summary of the build that left the state `finished`. If that fails, the next build takes its time.
    pub fn write(&self, finished: FinishedState, summary: &str) {
        // The build has released its locks; if another one has begun since, the state is no longer that of this build.
        let Ok(out) = self.out.open() else { return };
        let Ok(_locks) = lock_folder(&out, self.shard.as_deref()) else {
            return;
        };
        let name = file_name(STATE, self.shard.as_deref());
        let _ = append_build(&out, &name, finished, self.key, summary);
    }
}

/// True if there are files, and all of them have the fingerprints they were written with.
fn is_untouched(out: &Path, state: &OutputState) -> bool {
    let files: Vec<(&SitePath, &OutputRecord)> = state.records().iter().collect();
    // An empty state has nothing to compare, so it doesn't prove that the folder is as the build left it.
    !files.is_empty()
        && files.par_iter().all(|(path, record)| {
            fingerprint_at(&out.join(path.as_str())) == Some(record.fingerprint)
        })
}
