//! What an author wants to call otherwise.

use crate::locale::LocaleId;
use crate::source::SitePath;
use crate::syntax::Dialect;

/// What gets another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renamed {
    /// The heading with this id on a page.
    Heading(SitePath, String),
    /// A page.
    Title(SitePath),
    /// The uid of a page in all languages.
    Uid(String),
}

/// A new name for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameRequest {
    /// What gets it.
    pub what: Renamed,
    /// The new name: Markdown for a heading or a title.
    pub to: String,
    /// The languages whose files are changed; without any, all.
    pub locales: Vec<LocaleId>,
    /// True if the anchor that a heading loses stays good.
    pub redirects: bool,
    /// True if link texts and names in tables of contents that were the old heading follow. Those of a page's title always do.
    pub texts: bool,
    /// How the site's Markdown is read.
    pub dialect: Dialect,
}

impl RenameRequest {
    /// True if the files of this language are changed; files outside of the languages' folders always are.
    pub(super) fn includes(&self, locale: Option<LocaleId>) -> bool {
        let all = self.locales.is_empty();
        all || locale.is_none_or(|locale| self.locales.contains(&locale))
    }
}
