//! Path and bytes of one file -> its text, with a hash of it.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::encoding::{Decoded, Encoding, decode};
use super::{FileSpan, SitePath, Span};

/// One text file.
#[derive(Debug, Clone, Eq)]
pub struct Source {
    /// Its path below the site root.
    pub path: SitePath,
    /// Its text, without a byte order mark. All spans count bytes of this text.
    pub text: Arc<str>,
    /// How the file encodes that text.
    pub encoding: Encoding,
    /// The first place where its bytes are not text in that encoding.
    pub invalid: Option<Span>,
    /// Where in another file the text was taken from, if it is in no file of its own: problems are reported there.
    pub origin: Option<Box<FileSpan>>,
    /// Private, so that sources are made by the functions below only and the hash always fits the text.
    content_hash: u128,
}

impl PartialEq for Source {
    /// By hash: comparing all texts of two large sites would read them both.
    fn eq(&self, other: &Self) -> bool {
        self.content_hash == other.content_hash
            && self.path == other.path
            && self.origin == other.origin
    }
}

impl Source {
    /// A source from the bytes of its file.
    pub fn from_bytes(path: SitePath, bytes: Vec<u8>) -> Self {
        Self::new(path, decode(bytes))
    }

    /// A source from text; its file is UTF-8 without a byte order mark.
    pub fn from_text(path: SitePath, text: impl Into<String>) -> Self {
        let decoded = Decoded {
            text: text.into(),
            encoding: Encoding::Utf8,
            invalid: None,
        };
        Self::new(path, decoded)
    }

    fn new(path: SitePath, decoded: Decoded) -> Self {
        // The text does not tell where bytes were invalid, as an author can type U+FFFD; nor how they were encoded.
        let invalid_at = decoded.invalid.map_or(0, |span| u64::from(span.start) + 1);
        // There are four encodings, so position and encoding never give the same seed.
        let seed = invalid_at * 4 + decoded.encoding as u64;
        Source {
            path,
            // 128 bits, because the hash alone decides whether a cached page is used again: a collision would publish an old page.
            content_hash: xxh3_128_with_seed(decoded.text.as_bytes(), seed),
            text: decoded.text.into(),
            encoding: decoded.encoding,
            invalid: decoded.invalid,
            origin: None,
        }
    }

    /// The same as a text that was made of this place of another file.
    pub fn with_origin(self, origin: FileSpan) -> Self {
        Source {
            origin: Some(Box::new(origin)),
            ..self
        }
    }

    /// The same content at another path.
    pub fn with_path(self, path: SitePath) -> Self {
        Source { path, ..self }
    }

    /// A hash of all that the bytes of the file determine: text, encoding, and where bytes are invalid. The path is not part of it.
    pub fn content_hash(&self) -> u128 {
        self.content_hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: &[u8]) -> Source {
        Source::from_bytes(SitePath::root(), bytes.to_vec())
    }

    #[test]
    fn the_hash_covers_text_encoding_and_invalid_bytes() {
        let plain = source("på".as_bytes());
        assert_eq!(plain, Source::from_text(SitePath::root(), "på"));
        assert_ne!(plain, source("p\u{e5}!".as_bytes()));
        assert_ne!(plain, source("\u{FEFF}på".as_bytes()));
        let typed = source("a\u{FFFD}b\u{FFFD}".as_bytes());
        let first = source(b"a\xE5b\xEF\xBF\xBD");
        let second = source(b"a\xEF\xBF\xBDb\xE5");
        assert_eq!((&typed.text, &typed.text), (&first.text, &second.text));
        assert!(typed != first && first != second && typed != second);
        assert_ne!(plain, plain.clone().with_path(SitePath::new("a").unwrap()));
    }
}
