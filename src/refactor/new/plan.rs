//! The page an author wants, and the plan that makes it.

use jiff::civil::Date;

use crate::diagnostic::Fix;
use crate::locale::LocaleId;
use crate::source::SitePath;

/// The page an author wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// Where, below a language folder or as seen from the folder of `hjelp.yml`; `.md` may be left out.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its languages; without any, the one the path names, else the default one.
    pub locales: Vec<LocaleId>,
    /// The date in its front matter.
    pub today: Date,
}

/// A file to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where.
    pub path: SitePath,
    /// Its text.
    pub text: String,
}

/// What makes the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPagePlan {
    /// The files to make.
    pub files: Vec<NewFile>,
    /// The edits of existing files.
    pub fixes: Vec<Fix>,
    /// Pages that no table of contents was found for.
    pub outside: Vec<SitePath>,
}
