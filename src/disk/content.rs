//! The bytes of an output file, from memory or from another file -> compared with an existing file, or written, in blocks and hashed on the
//! way. A large file is never in memory as a whole.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, Seek, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::WriteError;

const PIECE: usize = 64 << 10;

pub(super) struct Content<'a, B> {
    size: u64,
    bytes: B,
    /// The file they come from.
    from: &'a Path,
}

impl<'a> Content<'a, Cursor<&'a [u8]>> {
    pub(super) fn of_bytes(bytes: &'a [u8]) -> Self {
        Content {
            size: bytes.len() as u64,
            bytes: Cursor::new(bytes),
            from: Path::new(""),
        }
    }
}

impl<'a> Content<'a, BufReader<File>> {
    /// The content of the file, and its metadata.
    pub(super) fn of_file(from: &'a Path) -> Result<(Self, Metadata), WriteError> {
        let unreadable = |error| WriteError::Unreadable(from.into(), error);
        let file = File::open(from).map_err(unreadable)?;
        let standing = file.metadata().map_err(unreadable)?;
        Ok((
            Content {
                size: standing.len(),
                bytes: BufReader::with_capacity(PIECE, file),
                from,
            },
            standing,
        ))
    }
}

impl<B: BufRead + Seek> Content<'_, B> {
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The hash if the file at `target` holds the same; if not, the content is at its start again.
    pub(super) fn equals(&mut self, target: &Path) -> Result<Option<u128>, WriteError> {
        // What can't be read is replaced, and bytes that can't be read are reported by whoever writes them.
        if let Ok(file) = File::open(target) {
            let mut standing = BufReader::with_capacity(PIECE, file);
            let mut hash = Xxh3::new();
            while let (Ok(old), Ok(new)) = (standing.fill_buf(), self.bytes.fill_buf()) {
                if old.is_empty() && new.is_empty() {
                    return Ok(Some(hash.digest128()));
                }
                let length = old.len().min(new.len());
                if length == 0 || old[..length] != new[..length] {
                    break;
                }
                hash.update(&new[..length]);
                standing.consume(length);
                self.bytes.consume(length);
            }
        }
        self.bytes
            .rewind()
            .map_err(|error| self.unreadable(error))?;
        Ok(None)
    }

    /// Writes everything to `file`, which is to become `target`. The answer is the hash.
    pub(super) fn write_to(mut self, mut file: &File, target: &Path) -> Result<u128, WriteError> {
        let mut hash = Xxh3::new();
        loop {
            let piece = match self.bytes.fill_buf() {
                Ok([]) => return Ok(hash.digest128()),
                Ok(piece) => piece,
                Err(error) => return Err(self.unreadable(error)),
            };
            hash.update(piece);
            file.write_all(piece)
                .map_err(|error| WriteError::Io(target.into(), error))?;
            let length = piece.len();
            self.bytes.consume(length);
        }
    }

    fn unreadable(&self, error: io::Error) -> WriteError {
        WriteError::Unreadable(self.from.into(), error)
    }
}
