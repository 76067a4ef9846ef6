//! Files -> a zip archive whose bytes follow from theirs alone: sorted by name, without times or owners (APPNOTE 6.3.3).

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::Crc;
use flate2::write::DeflateEncoder;

use crate::source::SitePath;

/// The first day a zip archive knows: 1 January 1980.
const DAY: u16 = 0b0000_0000_0010_0001;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Version 2.0 is needed to unpack.
const VERSION: u16 = 20;

/// The archive; nothing if the files are more, or bigger, than a plain archive can hold.
pub fn zip_archive(files: &BTreeMap<SitePath, Vec<u8>>) -> Option<Vec<u8>> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        let packed = deflated(bytes);
        let (method, data) = if packed.len() < bytes.len() {
            (DEFLATED, packed.as_slice())
        } else {
            (STORED, bytes.as_slice())
        };
        let mut crc = Crc::new();
        crc.update(bytes);
        let name = path.as_str().as_bytes();
        let start = u32::try_from(out.len()).ok()?;
        let mut facts = Vec::with_capacity(26);
        for value in [VERSION, UTF8, method, 0, DAY] {
            facts.extend(value.to_le_bytes());
        }
        for value in [
            crc.sum(),
            u32::try_from(data.len()).ok()?,
            u32::try_from(bytes.len()).ok()?,
        ] {
            facts.extend(value.to_le_bytes());
        }
        facts.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        facts.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&facts);
        out.extend(name);
        out.extend(data);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&facts);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name);
    }
    let count = u16::try_from(files.len())
        .ok()
        .filter(|count| *count < u16::MAX)?;
    let start = u32::try_from(out.len()).ok()?;
    let size = u32::try_from(directory.len()).ok()?;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    Some(out)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder =
        DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
    // Memory takes whatever is written.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
