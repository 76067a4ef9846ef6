//! Percent-encoding (RFC 3986, section 2.1): text <-> text. The sets say which ASCII characters are encoded where; characters beyond
//! ASCII are encoded in all of them, byte by byte of their UTF-8. Doesn't know how addresses are built.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str};

/// The value of a key in a query: anything but letters and digits might mean something there.
pub const QUERY_VALUE: &AsciiSet = NON_ALPHANUMERIC;

/// A name within a path, as DocFX encodes it (DocFX spec 10.2): the unreserved characters of RFC 3986 and round brackets stay.
pub const NAME: &AsciiSet = &UNRESERVED.remove(b'(').remove(b')');

/// A name within the path of an editor's or the preview's address: also the colon of a Windows drive stays.
pub const DRIVE_OR_NAME: &AsciiSet = &UNRESERVED.remove(b':');

/// A whole path in a machine-readable report: the strictest reading of RFC 3986, which every consumer accepts.
pub const PATH: &AsciiSet = &UNRESERVED.remove(b'/');

/// A whole path in a link of a built page: all that RFC 3986 allows in a path (section 3.3), except `&`, which HTML would have to escape.
pub const LINK_PATH: &AsciiSet = &UNRESERVED
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@')
    .remove(b':');

/// An address as an author typed it, of which `%` stays because parts may be encoded already (DocFX spec 2.4).
pub const TYPED_ADDRESS: &AsciiSet = &NOT_IN_ADDRESSES.add(b'\'').add(b'[').add(b']');

/// The same as DocFX's Markdown writer encodes it: `~` too.
pub const DOCFX_ADDRESS: &AsciiSet = &TYPED_ADDRESS.add(b'~');

/// An address that is sent to a server: only what no server accepts. Anything more would ask for another resource than a browser does.
pub const REQUEST: &AsciiSet = &NOT_IN_ADDRESSES;

/// What RFC 3986 section 2.3 does not list as unreserved.
const UNRESERVED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Characters that RFC 3986 allows nowhere in an address.
const NOT_IN_ADDRESSES: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// `text` with the characters of `set` encoded.
pub fn encode<'t>(text: &'t str, set: &'static AsciiSet) -> Cow<'t, str> {
    percent_encoding::utf8_percent_encode(text, set).into()
}

/// Appends `text` to `out` with the characters of `set` encoded.
pub fn push_encoded(text: &str, set: &'static AsciiSet, out: &mut String) {
    out.extend(percent_encoding::utf8_percent_encode(text, set));
}

/// Undoes percent-encoding; bytes that are not UTF-8 become U+FFFD.
pub fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Undoes the percent-encoding of a path, except where that would make a separator out of a name's character (DocFX spec 10.1).
pub fn decode_path(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut protected = String::with_capacity(path.len() + 8);
    for (number, part) in path.split('%').enumerate() {
        if number > 0 {
            // Encoding the percent sign itself leaves the escape in the text after decoding.
            protected.push_str(if is_protected(part) { "%25" } else { "%" });
        }
        protected.push_str(part);
    }
    Cow::Owned(decode(&protected).into_owned())
}

/// True if these digits encode a separator of paths, queries or drives, a wildcard or a null character.
fn is_protected(digits: &str) -> bool {
    let Some(code) = digits.get(..2) else {
        return false;
    };
    ["2f", "5c", "3f", "3a", "2a", "00"]
        .iter()
        .any(|protected| code.eq_ignore_ascii_case(protected))
}

/// The text that [`decode`] and [`decode_path`] turn into `text`: for file names that go where an encoded address is expected.
pub fn literal(text: &str) -> String {
    text.replace('%', "%25")
}

/// The same, for a place where `#` would begin a fragment.
pub fn literal_path(text: &str) -> String {
    literal(text).replace('#', "%23")
}

/// An address for the place between `(` and `)` of a Markdown link: parentheses that have no partner in it are encoded, as they would end it
/// early or never (CommonMark 6.3).
pub fn between_parentheses(address: String) -> String {
    let mut depth = 0_usize;
    let mut is_balanced = true;
    for sign in address.bytes() {
        match sign {
            b'(' => depth += 1,
            b')' if depth == 0 => is_balanced = false,
            b')' => depth -= 1,
            _ => {}
        }
    }
    if is_balanced && depth == 0 {
        return address;
    }
    // All of them: which one lacks its partner is a matter of taste.
    address.replace('(', "%28").replace(')', "%29")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_without_a_partner_are_encoded() {
        for (address, expected) in [
            ("a.md", "a.md"),
            ("del_(en).md", "del_(en).md"),
            ("halv(.md", "halv%28.md"),
            ("v=vs.85).pdf", "v=vs.85%29.pdf"),
            ("a)b(.md#c", "a%29b%28.md#c"),
        ] {
            assert_eq!(between_parentheses(address.to_owned()), expected);
        }
    }

    #[test]
    fn each_set_keeps_what_its_place_allows() {
        for (set, expected) in [
            (QUERY_VALUE, "a%2F%7E%3A%28%29%26%27%25%20%C3%A5%5B%22"),
            (NAME, "a%2F~%3A()%26%27%25%20%C3%A5%5B%22"),
            (DRIVE_OR_NAME, "a%2F~:%28%29%26%27%25%20%C3%A5%5B%22"),
            (PATH, "a/~%3A%28%29%26%27%25%20%C3%A5%5B%22"),
            (LINK_PATH, "a/~:()%26'%25%20%C3%A5%5B%22"),
            (TYPED_ADDRESS, "a/~:()&%27%%20%C3%A5%5B%22"),
            (DOCFX_ADDRESS, "a/%7E:()&%27%%20%C3%A5%5B%22"),
            (REQUEST, "a/~:()&'%%20%C3%A5[%22"),
        ] {
            assert_eq!(encode("a/~:()&'% å[\"", set), expected);
        }
        let mut out = String::from("x");
        push_encoded("å.md", NAME, &mut out);
        assert_eq!(out, "x%C3%A5.md");
        assert!(matches!(encode("a", NAME), Cow::Borrowed("a")));
    }

    #[test]
    fn separators_stay_encoded_in_paths() {
        assert_eq!(decode_path("a%20b%2fc/%C3%A5"), "a b%2fc/å");
        assert_eq!(decode_path("%5Ca%3fb%00"), "%5Ca%3fb%00");
        assert_eq!(decode_path("100%.md"), "100%.md");
        assert_eq!(decode("a%2Fb%zz%FF"), "a/b%zz\u{FFFD}");
        assert_eq!(decode_path(&literal("50%25.md")), "50%25.md");
    }
}
