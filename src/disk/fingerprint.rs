//! Metadata of a file -> a fingerprint that changes when the file is written again, without reading the file. Modification times alone are
//! not enough: version control and archives set them as they like.

use std::fs::{self, File, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// File systems with subsecond times are at least as exact as this.
const FINE_CLOCK: Duration = Duration::from_millis(50);

/// FAT counts in steps of two seconds, other old file systems in whole seconds.
const COARSE_CLOCK: Duration = Duration::from_secs(3);

/// The number of bytes that go into a fingerprint.
const LENGTH: usize = 48;

/// True if the file was changed long enough before `now` that another change would give it another time.
pub(super) fn is_settled(metadata: &Metadata, now: SystemTime) -> bool {
    // Without times nothing can be detected, so the file is never taken as settled.
    let Ok(changed) = metadata.modified() else {
        return false;
    };
    // A time without nanoseconds is taken as a sign of a coarse clock.
    let is_coarse = match changed.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.subsec_nanos() == 0,
        Err(_) => false,
    };
    let tick = if is_coarse { COARSE_CLOCK } else { FINE_CLOCK };
    match now.duration_since(changed) {
        Ok(age) => age > tick,
        Err(_) => false,
    }
}

/// The fingerprint of a file of the content, as part of a cache key.
pub(super) fn source_fingerprint(metadata: &Metadata) -> u128 {
    xxh3_128(&bytes(metadata))
}

/// The fingerprint of a file in the output folder.
pub(super) fn output_fingerprint(metadata: &Metadata) -> u64 {
    xxh3_64(&bytes(metadata))
}

/// The fingerprint of the file at `path`; `None` if it is missing, a link or a folder.
pub(super) fn fingerprint_at(path: &Path) -> Option<u64> {
    let metadata = fs::symlink_metadata(path).ok()?;
    // A link isn't followed: the file it points to isn't the one hjelp wrote.
    if !metadata.is_file() {
        return None;
    }
    Some(output_fingerprint(&metadata))
}

/// The fingerprint of an open file that is written to its end; `None` on systems that only settle the times when it is closed.
pub(super) fn fingerprint_of(file: &File) -> Option<u64> {
    if !cfg!(unix) {
        return None;
    }
    Some(output_fingerprint(&file.metadata().ok()?))
}

/// The version and the fingerprint of this very executable; `None` if the system doesn't know where it is.
pub(super) fn program() -> Option<String> {
    let metadata = fs::metadata(std::env::current_exe().ok()?).ok()?;
    // The version alone isn't enough: during development, builds with the same version differ.
    Some(format!(
        "{} {:032x}",
        env!("CARGO_PKG_VERSION"),
        source_fingerprint(&metadata)
    ))
}

/// Size, modification time, change time and inode. The change time can't be set by programs, so it shows a file whose old modification
/// time was restored; the inode shows one that was replaced by renaming.
#[cfg(unix)]
fn bytes(metadata: &Metadata) -> [u8; LENGTH] {
    use std::os::unix::fs::MetadataExt;
    joined([
        metadata.size(),
        metadata.mtime() as u64,
        metadata.mtime_nsec() as u64,
        metadata.ctime() as u64,
        metadata.ctime_nsec() as u64,
        metadata.ino(),
    ])
}

/// Size, modification time and creation time: all that the standard library offers on other systems.
#[cfg(not(unix))]
fn bytes(metadata: &Metadata) -> [u8; LENGTH] {
    fn nanos(time: std::io::Result<SystemTime>) -> u64 {
        let Ok(time) = time else { return 0 };
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => since.as_nanos() as u64,
            Err(_) => 0,
        }
    }
    joined([
        metadata.len(),
        nanos(metadata.modified()),
        nanos(metadata.created()),
        0,
        0,
        0,
    ])
}

/// The bytes of the numbers one after the other, the same on every machine.
fn joined(numbers: [u64; LENGTH / 8]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    for (slot, number) in bytes.chunks_exact_mut(8).zip(numbers) {
        slot.copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_again_has_another_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "a").unwrap();
        let before = fingerprint_at(&file).unwrap();
        assert_eq!(fingerprint_at(&file), Some(before));
        fs::write(&file, "ab").unwrap();
        assert_ne!(fingerprint_at(&file), Some(before));
        assert_eq!(fingerprint_at(folder.path()), None);
    }

    #[test]
    fn a_file_is_settled_after_the_tick_of_its_clock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let file = File::create(&path).unwrap();
        let whole = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let fine = whole + Duration::from_millis(1);
        for (changed, age, expected) in [
            (fine, 40, false),
            (fine, 60, true),
            (whole, 2_000, false),
            (whole, 4_000, true),
        ] {
            file.set_modified(changed).unwrap();
            let now = changed + Duration::from_millis(age);
            assert_eq!(
                is_settled(&fs::metadata(&path).unwrap(), now),
                expected,
                "{age}"
            );
        }
    }
}
