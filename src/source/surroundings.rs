//! The folder of a site and the folders around it that it may read -> paths to files outside of the site, as far as they stay within these. Knows
//! no file system: which folders they are is found out when a site is read.

use super::{LeavesRoot, SitePath};

/// What a site may read besides its own folder: its repository, and folders that were named.
///
/// All paths here start at a common folder above the site and these folders, so that no path of the machine is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Surroundings {
    /// The folder of the site.
    site: SitePath,
    /// The folders that may be read, with all that is below them.
    readable: Vec<SitePath>,
    /// Docsets that hold the same pages in other languages, as paths of the site.
    languages: Vec<SitePath>,
}

impl Surroundings {
    /// A site in the folder `site`, which may read the folders `readable`; all paths start at the same folder.
    pub fn new(site: SitePath, readable: Vec<SitePath>) -> Self {
        Surroundings {
            site,
            readable,
            languages: Vec::new(),
        }
    }

    /// The same with docsets that hold the pages of the site in other languages.
    pub fn with_languages(mut self, folders: Vec<SitePath>) -> Self {
        self.languages = folders;
        self
    }

    /// The docsets that hold the pages of the site in other languages.
    pub fn languages(&self) -> &[SitePath] {
        &self.languages
    }

    /// The folder of the site, as seen from the common folder.
    pub fn site(&self) -> &SitePath {
        &self.site
    }

    /// The folders that may be read, as seen from the common folder.
    pub fn readable(&self) -> &[SitePath] {
        &self.readable
    }

    /// The way from the site up to the widest folder around it that may be read, which is its repository: `../..`; empty if there is none.
    pub fn way_up(&self) -> String {
        let mut ups = 0;
        for folder in &self.readable {
            if self.site.starts_with(folder) {
                let below = self.site.segments().count() - folder.segments().count();
                ups = ups.max(below);
            }
        }
        vec![".."; ups].join("/")
    }

    /// True if nothing but the folder of the site may be read.
    pub fn is_empty(&self) -> bool {
        self.readable.is_empty()
    }

    /// The path `relative` as seen from `folder`, which is a path of the site; it may be outside of the site, but not of what may be read.
    pub fn join(&self, folder: &SitePath, relative: &str) -> Result<SitePath, LeavesRoot> {
        let inside = folder.join(relative);
        match &inside {
            Ok(path) if !path.is_outside() => return inside,
            Err(_) if self.is_empty() => return inside,
            _ => {}
        }
        let path = self.seen_from_above(folder)?.join(relative)?;
        if let Some(rest) = path.strip_prefix(&self.site) {
            return SitePath::new(rest);
        }
        if !self.readable.iter().any(|folder| path.starts_with(folder)) {
            return Err(LeavesRoot);
        }
        Ok(SitePath::outside(&path.relative_to(&self.site)))
    }

    /// The folders of the site below `folder`, if that is a folder above it.
    pub fn site_below(&self, folder: &SitePath) -> Option<String> {
        if !folder.is_outside() {
            return None;
        }
        let above = self.seen_from_above(folder).ok()?;
        Some(self.site.strip_prefix(&above)?.to_owned())
    }

    /// The path that begins at the common folder.
    fn seen_from_above(&self, path: &SitePath) -> Result<SitePath, LeavesRoot> {
        self.site.join(path.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn paths_lead_out_of_the_site_only_where_it_may_read() {
        let around = Surroundings::new(path("repo/docs"), vec![path("repo"), path("annet/en")]);
        for (folder, typed, expected) in [
            ("guide", "../a.md", Some("a.md")),
            ("guide", "../../src/A.cs", Some("../src/A.cs")),
            ("", "../docs/a.md", Some("a.md")),
            ("", r"..\src\A.cs", Some("../src/A.cs")),
            ("", "../docsx/a.md", Some("../docsx/a.md")),
            ("", "../../annet/en/a.md", Some("../../annet/en/a.md")),
            ("", "../../annet/english/a.md", None),
            ("", "../../annet/a.md", None),
            ("", "../../../x", None),
        ] {
            let found = around.join(&path(folder), typed).ok();
            assert_eq!(found.as_ref().map(SitePath::as_str), expected, "{typed}");
        }
        let shared = SitePath::outside("../shared");
        for (typed, expected) in [
            ("note.md", "../shared/note.md"),
            ("../docs/guide/a.md", "guide/a.md"),
            ("../src/A.cs", "../src/A.cs"),
            ("../../annet/en/x.md", "../../annet/en/x.md"),
        ] {
            assert_eq!(around.join(&shared, typed).unwrap().as_str(), expected);
        }
        assert!(Surroundings::default().join(&path("a"), "../../x").is_err());
    }
}
