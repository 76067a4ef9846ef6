//! Paths of the output -> addresses in a page: relative to where the page lies, percent-encoded, so that a site works in any folder of any
//! server and from disk.

use std::borrow::Cow;
use std::fmt::Write;

use crate::source::SitePath;

/// Where addresses are written from.
#[derive(Debug, Clone)]
pub(super) enum Base {
    /// From a page in this folder of the output.
    Folder(SitePath),
    /// From anywhere, as a page for unknown addresses is: the path of the site on its server, with a `/` at both ends.
    Anywhere(String),
}

impl Base {
    /// The address of `path`, with a query and fragment as the author typed them.
    pub fn address(&self, path: &SitePath, tail: &str) -> String {
        let mut out = String::with_capacity(path.as_str().len() + tail.len() + 8);
        match self {
            Base::Folder(folder) => {
                let relative = path.relative_to(folder);
                // A name with a colon in front would be read as a scheme.
                if relative.split('/').next().is_some_and(|first| first.contains(':')) {
                    out.push_str("./");
                }
                encode_segments(&relative, &mut out);
            }
            Base::Anywhere(root) => {
                out.push_str(root);
                encode_segments(path.as_str(), &mut out);
            }
        }
        if out.is_empty() {
            out.push_str("./");
        }
        out.push_str(&sanitize(tail));
        out
    }

    /// The prefix that leads to the top of the output.
    pub fn root(&self) -> String {
        match self {
            Base::Folder(folder) if folder.is_root() => "./".to_owned(),
            Base::Folder(folder) => "../".repeat(folder.segments().count()),
            Base::Anywhere(root) => root.clone(),
        }
    }
}

/// `path` behind an address that ends in `/`.
pub(super) fn absolute(base: &str, path: &SitePath) -> String {
    let mut out = base.to_owned();
    encode_segments(path.as_str(), &mut out);
    out
}

fn encode_segments(path: &str, out: &mut String) {
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'!'
            | b'$'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b'@'
            | b':' => {
                out.push(char::from(byte));
            }
            _ => push_encoded(byte, out),
        }
    }
}

fn push_encoded(byte: u8, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "%{byte:02X}");
}

/// An address as an author typed it, with what may not stand in one percent-encoded; what is encoded already stays (DocFX spec 2.4).
pub(super) fn sanitize(address: &str) -> Cow<'_, str> {
    let unfit = |byte: u8| {
        byte <= 32 || byte >= 127 || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'[' | b'\\' | b']' | b'^' | b'`' | b'{' | b'|' | b'}')
    };
    if !address.bytes().any(unfit) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len() + 16);
    for byte in address.bytes() {
        if unfit(byte) { push_encoded(byte, &mut out) } else { out.push(char::from(byte)) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_from_anywhere_to_anywhere() {
        let path = |text: &str| SitePath::new(text).unwrap();
        let base = Base::Folder(path("no/diary"));
        assert_eq!(base.address(&path("no/diary/a b.html"), "#på"), "a%20b.html#p%C3%A5");
        assert_eq!(base.address(&path("en/x.html"), "?a=1#b"), "../../en/x.html?a=1#b");
        assert_eq!(base.address(&path("no/diary"), ""), "./");
        assert_eq!(base.root(), "../../");
        assert_eq!(Base::Folder(SitePath::root()).address(&path("å/a:b.png"), ""), "%C3%A5/a:b.png");
        assert_eq!(Base::Folder(SitePath::root()).address(&path("a:b.png"), ""), "./a:b.png");
        assert_eq!(Base::Anywhere("/help/".into()).address(&path("no/x.html"), ""), "/help/no/x.html");
        assert_eq!(sanitize("https://x.no/a b%20c\"å"), "https://x.no/a%20b%20c%22%C3%A5");
    }
}
