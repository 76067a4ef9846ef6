//! Maps of uids that are packed (`.zip`, `.yml.gz`, `.json.gz`) or too large to be read as a matter of course -> text sources. What was in an
//! archive lies below the archive's own path. Reads only the files it is told to.

use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::{DeflateDecoder, GzDecoder};

use crate::source::{SitePath, Source, Sources};

/// More than the largest map there is; whatever grows further was made to fill the memory.
const LARGEST: u64 = 512 << 20;

/// The sources with the maps at `paths`, which lie below `root`, in readable form. One that cannot be unpacked is unreadable.
pub fn unpack(root: &Path, mut sources: Sources, paths: &[SitePath]) -> Sources {
    for path in paths {
        if sources.find(path.as_str()).is_some() {
            continue;
        }
        let entries = fs::read(root.join(path.as_str()))
            .map_err(|error| error.to_string())
            .and_then(|bytes| entries(path, bytes));
        match entries {
            Ok(entries) => sources = entries.into_iter().fold(sources, Sources::with_text),
            Err(reason) => sources = sources.with_unreadable(path.clone(), reason),
        }
    }
    sources
}

fn entries(path: &SitePath, bytes: Vec<u8>) -> Result<Vec<Source>, String> {
    if path.has_extension("gz") {
        let inside = path.join(path.stem()).map_err(|error| error.to_string())?;
        return Ok(vec![Source::from_bytes(
            inside,
            whole(GzDecoder::new(bytes.as_slice()))?,
        )]);
    }
    if path.has_extension("zip") {
        return zip(path, &bytes).ok_or("it is no archive that can be read")?;
    }
    Ok(vec![Source::from_bytes(path.clone(), bytes)])
}

fn whole(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let size = reader
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if size as u64 > LARGEST {
        Err("it is too large".to_owned())
    } else {
        Ok(bytes)
    }
}

/// The YAML and JSON files of a zip archive, by the directory at its end. Nothing if that is not there or not whole.
fn zip(path: &SitePath, bytes: &[u8]) -> Option<Result<Vec<Source>, String>> {
    let end = bytes
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?;
    let (count, mut at) = (short(bytes, end + 10)?, long(bytes, end + 16)?);
    let mut sources = Vec::new();
    for _ in 0..count {
        let signed = bytes.get(at..at + 4)? == b"PK\x01\x02";
        let (method, size) = (short(bytes, at + 10)?, long(bytes, at + 20)?);
        let lengths = [28, 30, 32].map(|offset| short(bytes, at + offset));
        let [Some(name), Some(extra), Some(comment)] = lengths else {
            return None;
        };
        let start = long(bytes, at + 42)?;
        let file = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned();
        at += 46 + name + extra + comment;
        let data = start + 30 + short(bytes, start + 26)? + short(bytes, start + 28)?;
        let packed = bytes
            .get(data..data.checked_add(size)?)
            .filter(|_| signed)?;
        let inside = path.join(&file).ok().filter(|inside| {
            ["yml", "yaml", "json"]
                .iter()
                .any(|kind| inside.has_extension(kind))
        });
        let Some(inside) = inside.filter(|inside| {
            inside
                .strip_prefix(path)
                .is_some_and(|rest| !rest.is_empty())
        }) else {
            continue;
        };
        let content = match method {
            0 => Ok(packed.to_vec()),
            8 => whole(DeflateDecoder::new(packed)),
            _ => Err(format!(
                "`{file}` in it is packed in a way that cannot be read"
            )),
        };
        match content {
            Ok(content) => sources.push(Source::from_bytes(inside, content)),
            Err(reason) => return Some(Err(reason)),
        }
    }
    Some(Ok(sources))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    )))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
    .ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write;

    use super::*;

    /// An archive with one file, as other programs write it.
    fn archive(name: &str, packed: &[u8], method: u16) -> Vec<u8> {
        let mut out = b"PK\x03\x04".to_vec();
        out.extend([20, 0, 0, 0]);
        out.extend(method.to_le_bytes());
        out.extend([0; 16]);
        out.extend((name.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out.extend(name.as_bytes());
        out.extend(packed);
        let directory = out.len() as u32;
        out.extend(b"PK\x01\x02");
        out.extend([0; 6]);
        out.extend(method.to_le_bytes());
        out.extend([0; 8]);
        out.extend((packed.len() as u32).to_le_bytes());
        out.extend([0; 4]);
        out.extend((name.len() as u16).to_le_bytes());
        out.extend([0; 16]);
        out.extend(name.as_bytes());
        out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        out.extend([0; 4]);
        out.extend(directory.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    #[test]
    fn archives_become_sources_below_their_path() {
        let folder = tempfile::tempdir().unwrap();
        let text = b"references: []\n";
        let mut deflated =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        deflated.write_all(text).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text).unwrap();
        let files = [
            ("stored.zip", archive("a/xrefmap.yml", text, 0)),
            (
                "deflated.zip",
                archive("xrefmap.yml", &deflated.finish().unwrap(), 8),
            ),
            ("odd.zip", archive("xrefmap.yml", text, 14)),
            ("none.zip", b"PK".to_vec()),
            ("up.zip", archive("../../x.yml", text, 0)),
            ("map.yml.gz", gzip.finish().unwrap()),
            ("large.json", text.to_vec()),
        ];
        for (name, bytes) in &files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let paths: Vec<SitePath> = files
            .iter()
            .map(|(name, _)| SitePath::new(name).unwrap())
            .collect();
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
                .all(|source| source.text.as_bytes() == text)
        );
        let bad: Vec<&str> = sources.unreadable().keys().map(SitePath::as_str).collect();
        assert_eq!(bad, ["none.zip", "odd.zip"]);
    }
}
