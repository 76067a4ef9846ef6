//! What an author wants to take out of a site.

use crate::locale::LocaleId;
use crate::source::SitePath;

/// A page that goes, in all languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetireRequest {
    /// Any version of the page.
    pub page: SitePath,
    /// The page that replaces it, and an anchor of that.
    pub to: Option<(SitePath, Option<String>)>,
    /// The languages it goes in; without any, in all that have it.
    pub locales: Vec<LocaleId>,
    /// True if its addresses redirect to the page that replaces it.
    pub redirects: bool,
    /// True if links to it become their text where nothing replaces it.
    pub unlink: bool,
    /// True if files that only it uses go with it.
    pub prune: bool,
}
