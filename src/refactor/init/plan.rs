//! The site an author wants, and the plan that makes it.

use crate::refactor::new::NewFile;
use crate::source::SitePath;

use super::ci::CiHost;

/// What an author wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSite {
    /// The title of the site.
    pub title: String,
    /// The folders of its languages; the first is the default language.
    pub languages: Vec<String>,
    /// The service that builds the site after each change.
    pub ci: Option<CiHost>,
    /// The version of hjelp that such a service installs.
    pub version: String,
}

/// What makes a folder a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InitPlan {
    /// The files to make.
    pub files: Vec<NewFile>,
    /// Files that are needed in a second place.
    pub copies: Vec<FileCopy>,
    /// What was found and taken over.
    pub taken_over: Vec<String>,
    /// What hjelp does not use, or what is lost.
    pub left_out: Vec<String>,
    /// What the author has to decide.
    pub decisions: Vec<String>,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCopy {
    /// Where it is.
    pub from: SitePath,
    /// Where it is needed.
    pub to: SitePath,
}

/// A new file at a path that this program chose.
pub(super) fn new_file(path: &str, text: String) -> NewFile {
    NewFile {
        // Can't fail: no path here leaves the root.
        path: SitePath::new(path).unwrap_or_else(|_| SitePath::root()),
        text,
    }
}
