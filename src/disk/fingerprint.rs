//! What tells a file, without reading it, from the same file after a change. Times alone say too little: version control and archives set
//! them as they like.

use std::fs::{self, Metadata};
use std::time::{Duration, SystemTime};

/// The clocks of disks are not finer than this, and those of some no finer than seconds.
const TICK: Duration = Duration::from_millis(50);
const COARSE: Duration = Duration::from_secs(3);

/// True if the file was not changed just now.
pub(super) fn is_settled(standing: &Metadata, now: SystemTime) -> bool {
    let Ok(changed) = standing.modified() else {
        return false;
    };
    let whole_seconds = changed
        .duration_since(SystemTime::UNIX_EPOCH)
        .is_ok_and(|since| since.subsec_nanos() == 0);
    now.duration_since(changed)
        .is_ok_and(|age| age > if whole_seconds { COARSE } else { TICK })
}

/// The bytes of a stamp: size, and times and number of the file as the system knows them.
pub(super) const STAMP: usize = 48;

#[cfg(unix)]
pub(super) fn stamp(standing: &Metadata) -> [u8; STAMP] {
    use std::os::unix::fs::MetadataExt;
    let (modified, changed) = (
        (standing.mtime(), standing.mtime_nsec()),
        (standing.ctime(), standing.ctime_nsec()),
    );
    joined([
        standing.size(),
        modified.0 as u64,
        modified.1 as u64,
        changed.0 as u64,
        changed.1 as u64,
        standing.ino(),
    ])
}

#[cfg(not(unix))]
pub(super) fn stamp(standing: &Metadata) -> [u8; STAMP] {
    let nanos = |time: std::io::Result<SystemTime>| {
        let since = time
            .ok()
            .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        since.map_or(0, |since| since.as_nanos() as u64)
    };
    joined([
        standing.len(),
        nanos(standing.modified()),
        nanos(standing.created()),
        0,
        0,
        0,
    ])
}

fn joined(numbers: [u64; STAMP / 8]) -> [u8; STAMP] {
    let mut bytes = [0; STAMP];
    for (place, number) in bytes.chunks_exact_mut(8).zip(numbers) {
        place.copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

/// What tells this hjelp from any other one; nothing if the system can't say where it lies.
pub(super) fn program() -> Option<String> {
    let standing = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(format!(
        "{} {:032x}",
        env!("CARGO_PKG_VERSION"),
        xxhash_rust::xxh3::xxh3_128(&stamp(&standing))
    ))
}
