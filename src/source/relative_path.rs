//! The text of a relative path -> its parts, and what DocFX computes with them (DocFX spec 10). Unlike a [`super::SitePath`] such a path may
//! leave its folder with `../`, begin at the root of the sources (`~/`), and name a folder by a final `/`. Doesn't know which files exist.

use std::fmt;

use super::percent::{NAME, decode_path, encode};

/// A path that means something only as seen from another file, for example `../media/a.png` or `~/includes/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelativePath {
    /// True if it begins with `~/`.
    home: bool,
    /// How many `../` it begins with.
    ups: usize,
    /// The folders, then the file name, which is empty for a folder. Never without that last part.
    parts: Vec<String>,
}

impl RelativePath {
    /// Takes `text` apart; both separators are accepted. Nothing if it is no relative path: rooted, or with a `:`, `*` or NUL.
    pub fn new(text: &str) -> Option<Self> {
        if text.starts_with(['/', '\\']) || text.contains([':', '*', '\0']) {
            return None;
        }
        let mut path = RelativePath {
            home: false,
            ups: 0,
            parts: Vec::new(),
        };
        let mut names = text.split(['/', '\\']).peekable();
        let mut first = true;
        let mut is_folder = false;
        while let Some(name) = names.next() {
            match name {
                // DocFX's Markdown writer encodes `~`. Without a separator behind it, it is the name of a file.
                "~" | "%7E" | "%7e" if first && names.peek().is_some() => path.home = true,
                "" | "." => {}
                ".." if path.parts.pop().is_none() => path.ups += 1,
                ".." => {}
                name => path.parts.push(name.to_owned()),
            }
            first = false;
            is_folder = matches!(name, "" | "..") || (name == "." && path.parts.is_empty());
        }
        if is_folder || path.parts.is_empty() {
            path.parts.push(String::new());
        }
        Some(path)
    }

    /// This path, typed in the file `base`, resolved to the folder that `base` is relative to.
    pub fn based_on(&self, base: &RelativePath) -> RelativePath {
        if self.home {
            return self.clone();
        }
        let folders = base.folders();
        let kept = folders.len().saturating_sub(self.ups);
        let ups = base.ups + self.ups.saturating_sub(folders.len());
        RelativePath {
            home: base.home,
            ups,
            parts: folders[..kept].iter().chain(&self.parts).cloned().collect(),
        }
    }

    /// The path that leads from the file `from` to this one. Nothing if that cannot be known: `from` climbs higher, or one of the two
    /// begins at the root of the sources and the other doesn't.
    pub fn relative_to(&self, from: &RelativePath) -> Option<RelativePath> {
        if self.home && !from.home {
            return Some(self.clone());
        }
        if self.home != from.home || self.ups < from.ups {
            return None;
        }
        let more = self.ups - from.ups;
        // The names of folders above the base are unknown: after one more `../`, equal names don't make equal folders.
        let shared = match more {
            0 => self
                .folders()
                .iter()
                .zip(from.folders())
                .take_while(|(a, b)| a == b)
                .count(),
            _ => 0,
        };
        Some(RelativePath {
            home: false,
            ups: more + from.folders().len() - shared,
            parts: self.parts[shared..].to_vec(),
        })
    }

    /// The folder that holds the file, or the folder itself.
    pub fn folder(&self) -> RelativePath {
        let parts = self
            .folders()
            .iter()
            .cloned()
            .chain([String::new()])
            .collect();
        RelativePath {
            parts,
            ..self.clone()
        }
    }

    /// True if this path is in `folder`, or is it. Never for a path that begins with `../`, as its folder is unknown.
    pub fn is_in(&self, folder: &RelativePath) -> bool {
        let is_folder = folder.parts.last().is_some_and(String::is_empty);
        is_folder
            && self.home == folder.home
            && self.ups == 0
            && folder.ups == 0
            && self.folders().starts_with(folder.folders())
    }

    /// With every name percent-encoded.
    pub fn encoded(&self) -> RelativePath {
        RelativePath {
            parts: self
                .parts
                .iter()
                .map(|part| encode(part, NAME).into_owned())
                .collect(),
            ..self.clone()
        }
    }

    /// With percent-encoding undone, except where that would make a separator out of a name's character.
    pub fn decoded(&self) -> RelativePath {
        RelativePath {
            parts: self
                .parts
                .iter()
                .map(|part| decode_path(part).into_owned())
                .collect(),
            ..self.clone()
        }
    }

    fn folders(&self) -> &[String] {
        self.parts.split_last().map_or(&[], |(_, folders)| folders)
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.home { "~/" } else { "" })?;
        (0..self.ups).try_for_each(|_| out.write_str("../"))?;
        out.write_str(&self.parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelativePath {
        RelativePath::new(text).unwrap()
    }

    #[test]
    fn paths_climb_out_and_come_back() {
        for (text, base, expected) in [
            ("d/e.md", "a/b/c/", "a/b/c/d/e.md"),
            ("../e.md", "a/b/c.md", "a/e.md"),
            ("../e.md", "../c.md", "../../e.md"),
            (r"..\..\x\", "a/b.md", "../x/"),
            ("~/a.md", "b/c.md", "~/a.md"),
            ("../../a.md", "~/b.md", "~/../../a.md"),
        ] {
            assert_eq!(
                path(text).based_on(&path(base)).to_string(),
                expected,
                "{text} from {base}"
            );
        }
        assert_eq!(
            path("../../a.md")
                .relative_to(&path("../b/c.md"))
                .unwrap()
                .to_string(),
            "../../a.md"
        );
        assert_eq!(
            path("a/b/c.md")
                .relative_to(&path("a/d.md"))
                .unwrap()
                .to_string(),
            "b/c.md"
        );
        assert_eq!(path("a.md").relative_to(&path("../b.md")), None);
        assert_eq!(path("a.md").relative_to(&path("~/b.md")), None);
        assert_eq!(path("a/b").folder().to_string(), "a/");
        assert!(
            path("a/b").is_in(&path("a/"))
                && !path("a/b").is_in(&path("a"))
                && path("a/").is_in(&path("a/"))
        );
        assert!(
            ["/a", "c:/x", "a*b"]
                .iter()
                .all(|text| RelativePath::new(text).is_none())
        );
    }

    #[test]
    fn names_are_encoded_and_decoded_one_by_one() {
        assert_eq!(
            path("../å b/(c)#.md").encoded().to_string(),
            "../%C3%A5%20b/(c)%23.md"
        );
        assert_eq!(
            path("../a%20b%2fc/%C3%A5").decoded().to_string(),
            "../a b%2fc/å"
        );
    }
}
