//! What a build can know of the one before it: that nothing has changed since. A note about the last build lies beside its record, with a
//! key of everything that build read and a stamp of everything it wrote. It only saves time: a note that is missing, damaged, foreign or of
//! another hjelp is as good as none.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::manifest::{CACHE, JOURNAL, MANIFEST, of_slice, read};
use crate::source::{SitePath, Sources};

const HEADER: &str = "hjelp-cache 1";

/// The clocks of disks are not finer than this, and those of some no finer than seconds.
const TICK: Duration = Duration::from_millis(50);
const COARSE: Duration = Duration::from_secs(3);

/// The note of one output folder, or of one slice of it.
pub struct Cache {
    out: PathBuf,
    slice: Option<String>,
    key: u128,
}

impl Cache {
    /// The note about a build into `out` of `sources`, whose other files lie below `root`, with these `settings`. Whatever else a build
    /// reads has to be among them. Nothing if a file is so new that it could change once more without anybody seeing it.
    pub fn new(out: &Path, slice: Option<String>, root: &Path, sources: &Sources, settings: &str) -> Option<Cache> {
        let mut hash = Xxh3::new();
        let mut add = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(&stamp(&fs::metadata(std::env::current_exe().ok()?).ok()?));
        add(settings.as_bytes());
        for source in sources.texts() {
            add(source.path.as_str().as_bytes());
            add(source.text.as_bytes());
            add(format!("{:?}{:?}", source.encoding, source.broken).as_bytes());
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
        Some(Cache { out: out.into(), slice, key: hash.digest128() })
    }

    /// What was noted when the same was built, if all that was written then still stands there.
    pub fn recall(&self) -> Option<String> {
        let text = fs::read_to_string(self.path()).ok()?;
        let (head, rest) = text.split_once('\n')?;
        if head != format!("{HEADER} {}", hex(xxh3_128(rest.as_bytes()))) {
            return None;
        }
        let (key, rest) = rest.split_once('\n')?;
        let (written, note) = rest.split_once('\n')?;
        (key == hex(self.key) && written == hex(self.written()?)).then(|| note.to_owned())
    }

    /// Notes what the build that has just ended had to say. If that can't be written, the next build takes its time.
    pub fn remember(&self, note: &str) {
        let Some(written) = self.written() else { return };
        let rest = format!("{}\n{}\n{note}", hex(self.key), hex(written));
        let text = format!("{HEADER} {}\n{rest}", hex(xxh3_128(rest.as_bytes())));
        let path = self.path();
        // A link that lies there is removed, not followed.
        let _ = fs::remove_file(&path);
        if File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes())).is_err() {
            let _ = fs::remove_file(&path);
        }
    }

    fn path(&self) -> PathBuf {
        self.out.join(of_slice(CACHE, self.slice.as_deref()))
    }

    /// A stamp of the record and of every file in it. Nothing if a build is at work or was killed.
    fn written(&self) -> Option<u128> {
        let at = |name: &str| self.out.join(of_slice(name, self.slice.as_deref()));
        let journal = File::open(at(JOURNAL)).ok()?;
        if matches!(journal.try_lock_shared(), Err(TryLockError::WouldBlock)) || journal.metadata().ok()?.len() > 0 {
            return None;
        }
        let manifest = fs::read_to_string(at(MANIFEST)).ok()?;
        let paths = read(&manifest).ok()?;
        let stamps: Option<Vec<[u8; STAMP]>> = paths
            .par_iter()
            .map(|path| fs::symlink_metadata(self.out.join(path.as_str())).ok().filter(Metadata::is_file).map(|standing| stamp(&standing)))
            .collect();
        let mut hash = Xxh3::new();
        hash.update(manifest.as_bytes());
        stamps?.iter().for_each(|stamp| hash.update(stamp));
        Some(hash.digest128())
    }
}

fn hex(hash: u128) -> String {
    format!("{hash:032x}")
}

/// True if the file was not changed just now.
fn is_settled(standing: &Metadata, now: SystemTime) -> bool {
    let Ok(changed) = standing.modified() else { return false };
    let whole_seconds = changed.duration_since(SystemTime::UNIX_EPOCH).is_ok_and(|since| since.subsec_nanos() == 0);
    now.duration_since(changed).is_ok_and(|age| age > if whole_seconds { COARSE } else { TICK })
}

/// The bytes of a stamp: size, and times and number of the file as the system knows them.
const STAMP: usize = 48;

#[cfg(unix)]
fn stamp(standing: &Metadata) -> [u8; STAMP] {
    use std::os::unix::fs::MetadataExt;
    let (modified, changed) = ((standing.mtime(), standing.mtime_nsec()), (standing.ctime(), standing.ctime_nsec()));
    joined([standing.size(), modified.0 as u64, modified.1 as u64, changed.0 as u64, changed.1 as u64, standing.ino()])
}

#[cfg(not(unix))]
fn stamp(standing: &Metadata) -> [u8; STAMP] {
    let nanos = |time: std::io::Result<SystemTime>| {
        let since = time.ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        since.map_or(0, |since| since.as_nanos() as u64)
    };
    joined([standing.len(), nanos(standing.modified()), nanos(standing.created()), 0, 0, 0])
}

fn joined(numbers: [u64; STAMP / 8]) -> [u8; STAMP] {
    let mut bytes = [0; STAMP];
    for (place, number) in bytes.chunks_exact_mut(8).zip(numbers) {
        place.copy_from_slice(&number.to_le_bytes());
    }
    bytes
}
