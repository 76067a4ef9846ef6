//! What a build can know of the one before it: that nothing has changed since. A note about the last build lies beside its record, with a
//! key of everything that build read, and with what tells the files that it wrote. It only saves time: a note that is missing, damaged,
//! foreign or of another hjelp is as good as none.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::fingerprint::{STAMP, is_settled, program, stamp};
use super::kept::Kept;
use super::manifest::{CACHE, JOURNAL, KEPT, MANIFEST, of_slice};
use super::note;
use crate::source::{SitePath, Sources};

/// What the note begins with.
const KIND: &str = "hjelp-cache 1";

/// The note of one output folder, or of one slice of it.
pub struct BuildCache {
    out: PathBuf,
    slice: Option<String>,
    key: u128,
}

impl BuildCache {
    /// The note about a build into `out` of `sources`, whose other files lie below `root`, with these `settings`. Whatever else a build
    /// reads has to be among them. Nothing if a file is so new that it could change once more without anybody seeing it.
    pub fn new(
        out: &Path,
        slice: Option<String>,
        root: &Path,
        sources: &Sources,
        settings: &str,
    ) -> Option<BuildCache> {
        let mut hash = Xxh3::new();
        let mut add = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(program()?.as_bytes());
        add(settings.as_bytes());
        for source in sources.texts() {
            add(source.path.as_str().as_bytes());
            add(&source.content_hash().to_le_bytes());
        }
        for (path, reason) in sources.unreadable() {
            add(format!("{path}\0{reason}").as_bytes());
        }
        let now = SystemTime::now();
        let assets: Vec<(&SitePath, &u64)> = sources.assets().iter().collect();
        let stamps: Option<Vec<[u8; STAMP]>> = assets
            .par_iter()
            .map(|(path, size)| {
                let standing = fs::metadata(root.join(path.as_str())).ok()?;
                (standing.len() == **size && is_settled(&standing, now)).then(|| stamp(&standing))
            })
            .collect();
        for ((path, _), stamp) in assets.iter().zip(stamps?) {
            add(path.as_str().as_bytes());
            add(&stamp);
        }
        Some(BuildCache {
            out: out.into(),
            slice,
            key: hash.digest128(),
        })
    }

    /// What was noted when the same was built, if all that was written then still stands there.
    pub fn recall(&self) -> Option<String> {
        let text = note::read(&self.path(), KIND)?;
        let (key, rest) = text.split_once('\n')?;
        let (written, note) = rest.split_once('\n')?;
        let is_same = key == hex(self.key) && written == hex(self.written()?);
        (is_same && Kept::read(&self.out, self.slice.as_deref()).stands(&self.out))
            .then(|| note.to_owned())
    }

    /// Notes what the build that has just ended had to say. If that can't be written, the next build takes its time.
    pub fn remember(&self, note: &str) {
        let Some(written) = self.written() else {
            return;
        };
        note::write(
            &self.path(),
            KIND,
            &[&hex(self.key), "\n", &hex(written), "\n", note],
        );
    }

    fn path(&self) -> PathBuf {
        self.out.join(of_slice(CACHE, self.slice.as_deref()))
    }

    /// What tells the record of the folder, and all that is noted of the files in it. Nothing if a build is at work or was killed.
    fn written(&self) -> Option<u128> {
        let at = |name: &str| self.out.join(of_slice(name, self.slice.as_deref()));
        let journal = File::open(at(JOURNAL)).ok()?;
        if matches!(journal.try_lock_shared(), Err(TryLockError::WouldBlock))
            || journal.metadata().ok()?.len() > 0
        {
            return None;
        }
        let mut hash = Xxh3::new();
        hash.update(&fs::read(at(MANIFEST)).ok()?);
        hash.update(&fs::read(at(KEPT)).ok()?);
        Some(hash.digest128())
    }
}

fn hex(hash: u128) -> String {
    format!("{hash:032x}")
}
