//! The bytes of a file -> text and encoding (UTF-8 with or without a byte order mark, UTF-16 with one), with the first position that cannot be
//! decoded; and back. Knows nothing of files.

use super::Span;

/// How the text of a source is written in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 after the three bytes `EF BB BF`.
    Utf8Bom,
    /// UTF-16 little-endian after `FF FE`.
    Utf16Le,
    /// UTF-16 big-endian after `FE FF`.
    Utf16Be,
}

/// Text read from bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte order mark; unreadable bytes and null characters have become U+FFFD.
    pub text: String,
    /// What the bytes were.
    pub encoding: Encoding,
    /// The first place in `text` where bytes were unreadable.
    pub invalid: Option<Span>,
}

/// Reads `bytes`; without a byte order mark they are taken as UTF-8.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let decoded = match bytes.as_slice() {
        // Editors on Windows write this mark. In the text it would be a character before the `---` of front matter, which then would not be
        // found.
        [0xEF, 0xBB, 0xBF, ..] => utf8(bytes[3..].to_vec(), Encoding::Utf8Bom),
        // UTF-32 begins with the same two bytes. Read as UTF-16 it is full of null characters, so that it is reported.
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, Encoding::Utf16Be),
        // No guess at other code pages: a wrong one would publish garbled letters without a word, an invalid byte is reported.
        _ => utf8(bytes, Encoding::Utf8),
    };
    without_null(decoded)
}

/// A null character is no text either: it is what is left of a binary file, or of UTF-16 without a byte order mark.
fn without_null(decoded: Decoded) -> Decoded {
    let Some(first) = decoded.text.find('\0') else {
        return decoded;
    };
    let null = Span::new(first, first + char::REPLACEMENT_CHARACTER.len_utf8());
    // Offsets before the first null character stay as they are when each of them grows to three bytes.
    let invalid = decoded
        .invalid
        .filter(|invalid| invalid.start < null.start)
        .unwrap_or(null);
    Decoded {
        text: decoded.text.replace('\0', "\u{FFFD}"),
        invalid: Some(invalid),
        ..decoded
    }
}

/// The bytes of a file that says `text` in this encoding: what [`decode`] reads, unless some of it was unreadable.
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Encoding::Utf16Le => utf16([0xFF, 0xFE], u16::to_le_bytes),
        Encoding::Utf16Be => utf16([0xFE, 0xFF], u16::to_be_bytes),
    }
}

fn utf8(bytes: Vec<u8>, encoding: Encoding) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded {
            text,
            encoding,
            invalid: None,
        },
        Err(error) => {
            // Text before the first error is not changed by the lossy conversion, so the first invalid byte is where its first U+FFFD is.
            let start = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            Decoded {
                text,
                encoding,
                invalid: Some(Span::new(start, start + '\u{FFFD}'.len_utf8())),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: Encoding) -> Decoded {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let mut text = String::with_capacity(bytes.len());
    let mut invalid = None;
    for decoded in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        let start = text.len();
        let unreadable = decoded.is_err();
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
        if unreadable && invalid.is_none() {
            invalid = Some(Span::new(start, text.len()));
        }
    }
    // Half a code unit is left of a file that was cut off.
    if odd {
        let start = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        invalid = invalid.or(Some(Span::new(start, text.len())));
    }
    Decoded {
        text,
        encoding,
        invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let le: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("på 😀".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let be: Vec<u8> = [0xFE, 0xFF]
            .into_iter()
            .chain("på 😀".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for (bytes, encoding) in [
            ("på 😀".as_bytes().to_vec(), Encoding::Utf8),
            ("\u{FEFF}på 😀".as_bytes().to_vec(), Encoding::Utf8Bom),
            (le, Encoding::Utf16Le),
            (be, Encoding::Utf16Be),
        ] {
            assert_eq!(encode("på 😀", encoding), bytes);
            assert_eq!(
                decode(bytes),
                Decoded {
                    text: "på 😀".into(),
                    encoding,
                    invalid: None
                }
            );
        }
    }

    #[test]
    fn broken_bytes_are_replaced_and_their_place_is_named() {
        let decoded = decode(b"p\xE5 tide".to_vec());
        assert_eq!(
            (decoded.text.as_str(), decoded.invalid),
            ("p\u{FFFD} tide", Some(Span::new(1, 4)))
        );
        assert_eq!(
            decode(vec![0xFF, 0xFE, 0x41]).invalid,
            Some(Span::new(0, 3))
        );
        assert_eq!(decode(vec![0xFF, 0xFE, 0x00, 0xD8]).text, "\u{FFFD}");
        let decoded = decode(b"a\0b\xE5".to_vec());
        assert_eq!(
            (decoded.text.as_str(), decoded.invalid),
            ("a\u{FFFD}b\u{FFFD}", Some(Span::new(1, 4)))
        );
    }
}
