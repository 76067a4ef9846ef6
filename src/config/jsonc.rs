//! Turns JSON as people write it (comments, trailing commas, tabs) into JSON that is YAML too, byte for byte as long as before, so that
//! every span of what is read from it fits the text the author typed.

/// The same text with spaces in place of comments, of commas before a closing bracket, and of tabs.
pub(super) fn blank(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut comma = None;
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            // Strings are passed over, because addresses in them contain `//`.
            b'"' => string_end(&bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => clear(&mut bytes, at, |rest| {
                rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'))
            }),
            b'/' if bytes.get(at + 1) == Some(&b'*') => clear(&mut bytes, at, |rest| {
                rest.get(2..)?
                    .windows(2)
                    .position(|pair| pair == b"*/")
                    .map(|found| found + 4)
            }),
            _ => at + 1,
        };
        // The comma that nothing but blanks and comments follow so far. Tabs go because YAML forbids them in indentation.
        match bytes[at] {
            b',' => comma = Some(at),
            b'\t' => bytes[at] = b' ',
            b' ' | b'\n' | b'\r' => {}
            b']' | b'}' => {
                if let Some(comma) = comma.take() {
                    bytes[comma] = b' ';
                }
            }
            _ => comma = None,
        }
        at = end;
    }
    // Only ASCII and whole comments were replaced, so this is still text.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// One past the quote that closes the string at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    // The opening quote itself is passed over like an escaped one.
    let mut escaped = true;
    for (offset, byte) in bytes[at..].iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + offset + 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Blanks the comment at `at`, which is as long as `length` says or reaches to the end. Line ends stay.
fn clear(bytes: &mut [u8], at: usize, length: impl Fn(&[u8]) -> Option<usize>) -> usize {
    let end = length(&bytes[at..]).map_or(bytes.len(), |length| at + length);
    for byte in &mut bytes[at..end] {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[test]
    fn what_json_forbids_becomes_blank_and_nothing_moves() {
        for (text, expected) in [
            ("{\"a\": 1, // på\n}", "{\"a\": 1        \n}"),
            ("[1, /* å\n, */ ]", "[1       \n     ]"),
            ("{\t\"a\":\t\"//\t,]\"}", "{ \"a\": \"//\t,]\"}"),
            ("[\"\\\"//\", 2,, ]", "[\"\\\"//\", 2,  ]"),
            ("[1] /* open", "[1]        "),
            ("\"open // , ]", "\"open // , ]"),
            ("/", "/"),
            ("/*/ x */1", "        1"),
        ] {
            let blanked = blank(text);
            assert_eq!(blanked, expected);
            assert_eq!(blanked.len(), text.len());
        }
    }
}
