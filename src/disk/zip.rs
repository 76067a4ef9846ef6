//! Files -> a zip archive whose bytes depend on theirs alone: sorted by name, without times, owners or the system it was made on.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::source::SitePath;

/// The archive. Fails for a file of 4 GB and more.
pub fn zip_archive(files: &BTreeMap<SitePath, Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // The defaults are the current time and the system it runs on, which would give other bytes for the same site.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    for (path, bytes) in files {
        writer.start_file(path, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Read;

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn archives_are_reproducible_and_hold_all_files() {
        let mut files = BTreeMap::new();
        for (path, text) in [("en/a.html", "aaaa"), ("en/å/b.html", ""), ("x.css", "c")] {
            files.insert(SitePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
        let archive = zip_archive(&files).unwrap();
        assert_eq!(archive, zip_archive(&files).unwrap());
        let mut reader = ZipArchive::new(Cursor::new(archive)).unwrap();
        assert_eq!(reader.len(), files.len());
        for (at, (path, bytes)) in files.iter().enumerate() {
            let mut file = reader.by_index(at).unwrap();
            assert_eq!(file.name().unwrap(), path.as_str());
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            assert_eq!(content, *bytes);
        }
    }
}
