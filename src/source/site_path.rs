//! The text of a path -> a [`SitePath`]: normalised, separated by `/`, relative to the site root, and unable to leave it. Knows nothing of the
//! file system, so it doesn't know whether the path exists.

use std::fmt;
use std::sync::Arc;

/// A file or folder below the site root, for example `content/no/diary/index.md`. The root itself is the empty path.
///
/// Invariant: segments are separated by single `/`, none is empty, `.` or `..`, and there is no leading or trailing `/`. The one exception are
/// files around the site that it may read: their paths begin with `..`. Only [`super::Surroundings`] makes them of what an author typed, nothing
/// is written there, and no join leads from any other path to one.
/// Paths compare by their bytes, so order is the same on every system.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

/// The path has more `..` than there are folders to climb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeavesRoot;

impl fmt::Display for LeavesRoot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the path is outside of the site root")
    }
}

impl std::error::Error for LeavesRoot {}

/// True for a path that needs no normalising.
fn is_normal(text: &str) -> bool {
    // Authors on Windows type `\`, and no file that can be checked out there has it in its name.
    !text.contains('\\')
        && text
            .split('/')
            .all(|segment| !matches!(segment, "" | "." | ".."))
}

impl SitePath {
    /// The site root.
    pub fn root() -> Self {
        SitePath(Arc::from(""))
    }

    /// The path of a file around the site: `text` begins with `../`, and is normalised otherwise.
    pub fn outside(text: &str) -> Self {
        SitePath(Arc::from(text))
    }

    /// True for the path of a file around the site, not in it.
    pub fn is_outside(&self) -> bool {
        self.0.starts_with("../") || &*self.0 == ".."
    }

    /// Normalises `text`, which is relative to the root; both separators are accepted.
    pub fn new(text: &str) -> Result<Self, LeavesRoot> {
        if is_normal(text) {
            Ok(SitePath(Arc::from(text)))
        } else {
            Self::root().join(text)
        }
    }

    /// The path `relative` as seen from this folder; both separators are accepted, a leading one is ignored.
    pub fn join(&self, relative: &str) -> Result<Self, LeavesRoot> {
        // Most paths need no normalising, and a build joins hundreds of thousands.
        if is_normal(relative) {
            return Ok(SitePath(if self.is_root() {
                Arc::from(relative)
            } else {
                Arc::from([&*self.0, "/", relative].concat())
            }));
        }
        let mut segments: Vec<&str> = self.segments().collect();
        for segment in relative.split(['/', '\\']) {
            match segment {
                "" | "." => {}
                ".." => {
                    // The invariant that keeps a build within its folder: no path of an author can name a file elsewhere on the machine.
                    // The `..` of a path around the site can't be undone either.
                    if matches!(segments.pop(), None | Some("..")) {
                        return Err(LeavesRoot);
                    }
                }
                name => segments.push(name),
            }
        }
        Ok(SitePath(Arc::from(segments.join("/"))))
    }

    /// The text of the path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for the site root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The names from the root down.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }

    /// The folder that holds this path; the root holds itself.
    pub fn parent(&self) -> SitePath {
        match self.0.rfind('/') {
            Some(at) => SitePath(Arc::from(&self.0[..at])),
            None => Self::root(),
        }
    }

    /// The text of [`SitePath::parent`].
    pub fn folder(&self) -> &str {
        &self.0[..self.0.rfind('/').unwrap_or(0)]
    }

    /// The last name; empty for the root.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[..at],
            _ => name,
        }
    }

    /// The extension without its dot, as written; empty if there is none.
    pub fn extension(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[at + 1..],
            _ => "",
        }
    }

    /// True if the extension is `wanted` (lower case), in any case.
    pub fn has_extension(&self, wanted: &str) -> bool {
        self.extension().eq_ignore_ascii_case(wanted)
    }

    /// The rest of this path below `folder`, empty for the folder itself; nothing if it is not below it.
    pub fn strip_prefix(&self, folder: &SitePath) -> Option<&str> {
        if folder.is_root() {
            return if self.is_outside() {
                None
            } else {
                Some(&self.0)
            };
        }
        let rest = self.0.strip_prefix(folder.as_str())?;
        if rest.is_empty() {
            return Some("");
        }
        // `ab` is not in `a`: what follows has to begin with a separator. And `../..` is not in `..`, but above it.
        let rest = rest.strip_prefix('/')?;
        if rest == ".." || rest.starts_with("../") {
            return None;
        }
        Some(rest)
    }

    /// True if this path is `folder` or is below it.
    pub fn starts_with(&self, folder: &SitePath) -> bool {
        self.strip_prefix(folder).is_some()
    }

    /// The relative path that leads from the folder `from` to this path, for example `../media/a.png`.
    pub fn relative_to(&self, from: &SitePath) -> String {
        let here: Vec<&str> = from.segments().collect();
        let there: Vec<&str> = self.segments().collect();
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let mut steps = vec![".."; here.len() - shared];
        steps.extend(&there[shared..]);
        steps.join("/")
    }
}

impl Default for SitePath {
    fn default() -> Self {
        Self::root()
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", &*self.0)
    }
}

impl std::borrow::Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn normalises_and_cannot_leave_the_root() {
        assert_eq!(path("a//b/./c").as_str(), "a/b/c");
        assert_eq!(path(r"a\b\..\c").as_str(), "a/c");
        assert_eq!(path("docs/no").join("../../x.md").unwrap().as_str(), "x.md");
        assert_eq!(path("docs").join("../../x.md"), Err(LeavesRoot));
        assert_eq!(SitePath::new("../x"), Err(LeavesRoot));
        assert!(path("./").is_root());
        let outside = SitePath::outside("../src/a.cs");
        assert!(outside.is_outside() && !path("..a/b").is_outside());
        assert!(!outside.starts_with(&SitePath::root()));
        assert!(outside.starts_with(&SitePath::outside("..")));
        assert!(!SitePath::outside("../../a").starts_with(&SitePath::outside("..")));
        assert_eq!(outside.join("../b.cs").unwrap().as_str(), "../src/b.cs");
        assert_eq!(outside.join("../../../b.cs"), Err(LeavesRoot));
    }

    #[test]
    fn names_its_parts() {
        let page = path("content/no/a.b.MD");
        assert_eq!(
            (page.folder(), path("a").folder()),
            (page.parent().as_str(), "")
        );
        assert_eq!(
            (page.parent().as_str(), page.stem(), page.extension()),
            ("content/no", "a.b", "MD")
        );
        assert!(page.has_extension("md"));
        assert_eq!(path(".hidden").extension(), "");
        assert_eq!(page.strip_prefix(&path("content")), Some("no/a.b.MD"));
        assert_eq!(page.strip_prefix(&path("cont")), None);
    }

    #[test]
    fn relative_paths_lead_back() {
        for (from, to, expected) in [
            ("a/b", "a/c.md", "../c.md"),
            ("", "a/c.md", "a/c.md"),
            ("a/b/c", "x", "../../../x"),
            ("a", "a/b", "b"),
            ("a/b", "a/b", ""),
        ] {
            assert_eq!(path(to).relative_to(&path(from)), expected);
            assert_eq!(path(from).join(expected).unwrap(), path(to));
        }
    }
}
