//! Paths of the output -> addresses in a page: relative to the page, percent-encoded, so that a site works in any folder of any
//! server and from disk.

use std::borrow::Cow;

use crate::source::SitePath;
use crate::source::percent;

/// Where addresses are written from.
#[derive(Debug, Clone)]
pub enum Base {
    /// From a page in this folder of the output.
    Folder(SitePath),
    /// From anywhere, as a page for unknown addresses is: the path of the site on its server, with a `/` at both ends.
    Anywhere(String),
}

impl Base {
    /// The address of `path`, with a query and fragment as the author typed them.
    pub fn address(&self, path: &SitePath, tail: &str) -> String {
        let mut out = String::with_capacity(path.as_str().len() + tail.len() + 16);
        self.push_address(path, tail, &mut out);
        out
    }

    /// Appends the address of `path` with `tail`.
    pub fn push_address(&self, path: &SitePath, tail: &str, out: &mut String) {
        let start = out.len();
        match self {
            Base::Folder(folder) => {
                let (ups, rest) = way(folder.as_str(), path.as_str());
                for _ in 0..ups {
                    out.push_str("../");
                }
                // `..` and not `../`: nothing follows.
                if ups > 0 && rest.is_empty() {
                    out.pop();
                }
                // A name with a colon in front would be read as a scheme.
                if ups == 0
                    && rest
                        .split('/')
                        .next()
                        .is_some_and(|first| first.contains(':'))
                {
                    out.push_str("./");
                }
                percent::push_encoded(rest, percent::LINK_PATH, out);
            }
            Base::Anywhere(root) => {
                out.push_str(root);
                percent::push_encoded(path.as_str(), percent::LINK_PATH, out);
            }
        }
        if out.len() == start {
            out.push_str("./");
        }
        out.push_str(&sanitize(tail));
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
pub fn absolute(base: &str, path: &SitePath) -> String {
    let mut out = base.to_owned();
    percent::push_encoded(path.as_str(), percent::LINK_PATH, &mut out);
    out
}

/// How many folders up from `folder`, and the path down to `path` from there. The same as [`SitePath::relative_to`]; a page has
/// hundreds of links, so nothing is collected on the way.
fn way<'p>(folder: &str, path: &'p str) -> (usize, &'p str) {
    let same = common_prefix(folder, path);
    // `a/b` and `a/bc` share more letters than folders.
    let shared = if is_boundary(folder, same) && is_boundary(path, same) {
        same
    } else {
        path.as_bytes()[..same]
            .iter()
            .rposition(|&byte| byte == b'/')
            .unwrap_or(0)
    };
    let left = folder[shared..].trim_start_matches('/');
    let ups = if left.is_empty() {
        0
    } else {
        1 + left.bytes().filter(|&byte| byte == b'/').count()
    };
    (ups, path[shared..].trim_start_matches('/'))
}

/// How many bytes two texts have in common at their beginning.
fn common_prefix(one: &str, other: &str) -> usize {
    let pairs = one.bytes().zip(other.bytes());
    pairs.take_while(|(a, b)| a == b).count()
}

/// True if a name of a path ends after so many bytes.
fn is_boundary(path: &str, at: usize) -> bool {
    path.len() == at || path.as_bytes()[at] == b'/'
}

/// An address as an author typed it, with the characters encoded that addresses cannot have; what is encoded already stays (DocFX spec 2.4).
pub fn sanitize(address: &str) -> Cow<'_, str> {
    percent::encode(address, percent::TYPED_ADDRESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_from_anywhere_to_anywhere() {
        let path = |text: &str| SitePath::new(text).unwrap();
        let base = Base::Folder(path("no/diary"));
        assert_eq!(
            base.address(&path("no/diary/a b.html"), "#på"),
            "a%20b.html#p%C3%A5"
        );
        assert_eq!(
            base.address(&path("en/x.html"), "?a=1#b"),
            "../../en/x.html?a=1#b"
        );
        assert_eq!(base.address(&path("no/diary"), ""), "./");
        assert_eq!(base.root(), "../../");
        assert_eq!(
            Base::Folder(SitePath::root()).address(&path("å/a:b.png"), ""),
            "%C3%A5/a:b.png"
        );
        assert_eq!(
            Base::Folder(SitePath::root()).address(&path("a:b.png"), ""),
            "./a:b.png"
        );
        assert_eq!(
            Base::Anywhere("/help/".into()).address(&path("no/x.html"), ""),
            "/help/no/x.html"
        );
        for folder in ["", "a", "a/b", "ab", "a/bc", "x/y/z", "å", "a/ø"] {
            for there in ["", "a", "a/b", "a/b/c", "abc/d", "a/bcd", "x/y", "ø", "a/å"] {
                let (ups, rest) = way(folder, there);
                let steps: Vec<&str> = [".."]
                    .repeat(ups)
                    .into_iter()
                    .chain(rest.split('/').filter(|step| !step.is_empty()))
                    .collect();
                assert_eq!(
                    steps.join("/"),
                    path(there).relative_to(&path(folder)),
                    "{folder} {there}"
                );
            }
        }
        assert_eq!(
            sanitize("https://x.no/a b%20c\"å"),
            "https://x.no/a%20b%20c%22%C3%A5"
        );
    }
}
