//! Xref maps that are packed (`.zip`, `.yml.gz`, `.json.gz`), or too large for a scan to read -> text sources. A file in an archive gets a
//! path below that of the archive. Reads only the given files.

use std::io::{self, Cursor, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use zip::ZipArchive;

use super::folder::{Folder, LARGEST};
use crate::source::{SitePath, Source, Sources};

/// What all maps of a site together may unpack to: more than the largest known ones. A small archive that unpacks to more is a decompression
/// bomb; its files may overlap, so each of them alone says nothing.
const BUDGET: u64 = LARGEST;

/// The most files of one archive that are looked at. Each costs memory even if it is empty.
const MOST_FILES: usize = 100_000;

/// The sources with the maps at `paths`, which are below `root`, in readable form. One that can't be unpacked is listed as unreadable.
pub fn unpack(root: &Path, mut sources: Sources, paths: &[SitePath]) -> Sources {
    if paths.is_empty() {
        return sources;
    }
    let mut unpacker = Unpacker {
        folder: Folder::open(root),
        left: BUDGET,
    };
    for path in paths {
        // Small unpacked maps are read by the scan.
        if sources.find(path.as_str()).is_some() {
            continue;
        }
        match unpacker.unpacked(path) {
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

/// Reads maps as long as there are bytes left in the budget.
struct Unpacker {
    folder: io::Result<Folder>,
    /// How many bytes may still be read and unpacked.
    left: u64,
}

impl Unpacker {
    fn unpacked(&mut self, path: &SitePath) -> Result<Vec<Source>, String> {
        let folder = match &self.folder {
            Ok(folder) => folder,
            Err(error) => return Err(error.to_string()),
        };
        let file = Path::new(path.as_str());
        let bytes = match folder.read(file, self.left) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Err(too_large()),
            Err(error) => return Err(error.to_string()),
        };
        if path.has_extension("gz") {
            let inside = path.join(path.stem()).map_err(|error| error.to_string())?;
            let content = self.read_limited(GzDecoder::new(bytes.as_slice()))?;
            return Ok(vec![Source::from_bytes(inside, content)]);
        }
        if path.has_extension("zip") {
            return self.unzipped(path, bytes);
        }
        self.left -= bytes.len() as u64;
        Ok(vec![Source::from_bytes(path.clone(), bytes)])
    }

    /// The YAML and JSON files of a zip archive.
    fn unzipped(&mut self, path: &SitePath, bytes: Vec<u8>) -> Result<Vec<Source>, String> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        if archive.len() > MOST_FILES {
            return Err(format!("it has more than {MOST_FILES} files"));
        }
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
                sources.push(Source::from_bytes(inside, self.read_limited(file)?));
            }
        }
        Ok(sources)
    }

    fn read_limited(&mut self, reader: impl Read) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        // The size in the header of an archive can't be trusted. One byte more than the limit shows that there are more.
        let size = reader
            .take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())? as u64;
        if size > self.left {
            return Err(too_large());
        }
        self.left -= size;
        Ok(bytes)
    }
}

fn too_large() -> String {
    format!(
        "it is too large: all maps together may have {} MB when they are unpacked",
        BUDGET >> 20
    )
}

fn is_map(path: &SitePath) -> bool {
    ["yml", "yaml", "json"]
        .iter()
        .any(|extension| path.has_extension(extension))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
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
