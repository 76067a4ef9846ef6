//! Xref maps that are packed (`.zip`, `.yml.gz`, `.json.gz`), or too large for a scan to read -> text sources. A file in an archive gets a
//! path below that of the archive. Reads only the given files.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use zip::ZipArchive;

use crate::source::{SitePath, Source, Sources};

/// More than the largest known map. A small archive that unpacks to more is a decompression bomb.
const MAX_SIZE: u64 = 512 << 20;

/// The sources with the maps at `paths`, which are below `root`, in readable form. One that can't be unpacked is listed as unreadable.
pub fn unpack(root: &Path, mut sources: Sources, paths: &[SitePath]) -> Sources {
    for path in paths {
        // Small unpacked maps are read by the scan.
        if sources.find(path.as_str()).is_some() {
            continue;
        }
        match unpacked(root, path) {
            Ok(files) => {
                for file in files {
                    sources = sources.with_text(file);
                }
            }
            Err(reason) => sources = sources.with_unreadable(path.clone(), reason),
        }
    }
    sources
}

fn unpacked(root: &Path, path: &SitePath) -> Result<Vec<Source>, String> {
    let bytes = fs::read(root.join(path.as_str())).map_err(|error| error.to_string())?;
    if path.has_extension("gz") {
        let inside = path.join(path.stem()).map_err(|error| error.to_string())?;
        let content = read_limited(GzDecoder::new(bytes.as_slice()))?;
        return Ok(vec![Source::from_bytes(inside, content)]);
    }
    if path.has_extension("zip") {
        return unzipped(path, bytes);
    }
    Ok(vec![Source::from_bytes(path.clone(), bytes)])
}

/// The YAML and JSON files of a zip archive.
fn unzipped(path: &SitePath, bytes: Vec<u8>) -> Result<Vec<Source>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sources = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?;
        // A name that leaves the root.
        let Ok(inside) = path.join(&name) else {
            continue;
        };
        // A name with `..` could replace any file of the site.
        if is_map(&inside) && inside.starts_with(path) && inside != *path {
            sources.push(Source::from_bytes(inside, read_limited(file)?));
        }
    }
    Ok(sources)
}

fn is_map(path: &SitePath) -> bool {
    ["yml", "yaml", "json"]
        .iter()
        .any(|extension| path.has_extension(extension))
}

fn read_limited(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    // The size in the header of an archive can't be trusted. One byte more than the limit shows that there are more.
    let size = reader
        .take(MAX_SIZE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if size as u64 > MAX_SIZE {
        return Err("it is too large".to_owned());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    const TEXT: &[u8] = b"references: []\n";

    fn archive(name: &str, method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(name, options).unwrap();
        writer.write_all(TEXT).unwrap();
        writer.finish().unwrap().into_inner()
    }

    /// An archive with a compression method that isn't supported: LZMA, 14 in both headers (APPNOTE 4.4.5).
    fn lzma_archive() -> Vec<u8> {
        let mut bytes = archive("xrefmap.yml", CompressionMethod::Stored);
        let directory = bytes
            .windows(4)
            .position(|window| window == b"PK\x01\x02")
            .unwrap();
        bytes[8] = 14;
        bytes[directory + 10] = 14;
        bytes
    }

    #[test]
    fn archives_become_sources_below_their_path() {
        let folder = tempfile::tempdir().unwrap();
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(TEXT).unwrap();
        let stored = CompressionMethod::Stored;
        let files = [
            ("stored.zip", archive("a/xrefmap.yml", stored)),
            (
                "deflated.zip",
                archive("xrefmap.yml", CompressionMethod::Deflated),
            ),
            ("odd.zip", lzma_archive()),
            ("none.zip", b"PK".to_vec()),
            ("up.zip", archive("../../x.yml", stored)),
            ("map.yml.gz", gzip.finish().unwrap()),
            ("large.json", TEXT.to_vec()),
        ];
        let mut paths = Vec::new();
        for (name, bytes) in &files {
            fs::write(folder.path().join(name), bytes).unwrap();
            paths.push(SitePath::new(name).unwrap());
        }
        let sources = unpack(folder.path(), Sources::default(), &paths);
        let found: Vec<&str> = sources
            .texts()
            .iter()
            .map(|source| source.path.as_str())
            .collect();
        assert_eq!(
            found,
            [
                "deflated.zip/xrefmap.yml",
                "large.json",
                "map.yml.gz/map.yml",
                "stored.zip/a/xrefmap.yml"
            ]
        );
        assert!(
            sources
                .texts()
                .iter()
                .all(|source| source.text.as_bytes() == TEXT)
        );
        let unreadable: Vec<&str> = sources.unreadable().keys().map(SitePath::as_str).collect();
        assert_eq!(unreadable, ["none.zip", "odd.zip"]);
    }
}
