//! The bytes of an output file, from memory or from another file -> compared with an existing file, or written, in blocks and hashed on the
//! way. A large file is never in memory as a whole.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, Seek, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::WriteError;
use super::folder::Folder;

/// The number of bytes that are read at a time.
const BLOCK: usize = 64 << 10;

/// What an output file is to contain.
pub(super) struct Content<'a, B> {
    size: u64,
    bytes: B,
    /// The file they come from, for errors; empty for bytes in memory, which have none.
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
    /// The content of the file `inside` of a folder, and its metadata. `from` is its path in messages.
    pub(super) fn of_file(
        folder: &Folder,
        inside: &Path,
        from: &'a Path,
    ) -> Result<(Self, Metadata), WriteError> {
        match folder.open_file(inside) {
            Ok((file, metadata)) => {
                let content = Content {
                    size: metadata.len(),
                    bytes: BufReader::with_capacity(BLOCK, file),
                    from,
                };
                Ok((content, metadata))
            }
            Err(error) => Err(WriteError::Unreadable(from.into(), error)),
        }
    }
}

impl<B: BufRead + Seek> Content<'_, B> {
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The hash, if `existing` has the same content; otherwise `None`, and the content is at its start again.
    pub(super) fn equals(
        &mut self,
        existing: io::Result<(File, Metadata)>,
    ) -> Result<Option<u128>, WriteError> {
        // An existing file that can't be read is replaced, and an error of the source is reported when it is read again for writing.
        if let Ok((file, _)) = existing {
            let mut existing = BufReader::with_capacity(BLOCK, file);
            let mut hash = Xxh3::new();
            while let (Ok(old), Ok(new)) = (existing.fill_buf(), self.bytes.fill_buf()) {
                if old.is_empty() && new.is_empty() {
                    return Ok(Some(hash.digest128()));
                }
                // The blocks may differ in length: a read of a file may return less than was asked for.
                let length = old.len().min(new.len());
                if length == 0 || old[..length] != new[..length] {
                    break;
                }
                hash.update(&new[..length]);
                existing.consume(length);
                self.bytes.consume(length);
            }
        }
        self.bytes
            .rewind()
            .map_err(|error| self.unreadable(error))?;
        Ok(None)
    }

    /// Writes everything to `file`, which is to become `target`. Returns the hash.
    pub(super) fn write_to(mut self, mut file: &File, target: &Path) -> Result<u128, WriteError> {
        let mut hash = Xxh3::new();
        loop {
            let block = match self.bytes.fill_buf() {
                Ok([]) => return Ok(hash.digest128()),
                Ok(block) => block,
                Err(error) => return Err(self.unreadable(error)),
            };
            hash.update(block);
            file.write_all(block)
                .map_err(|error| WriteError::Io(target.into(), error))?;
            let length = block.len();
            self.bytes.consume(length);
        }
    }

    fn unreadable(&self, error: io::Error) -> WriteError {
        WriteError::Unreadable(self.from.into(), error)
    }
}
