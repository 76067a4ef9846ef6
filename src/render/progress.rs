//! The state of the translations, as pages show it. Rendering only asks: who knows it is passed in, because the answer depends on the history of
//! the content.

use crate::locale::LocaleId;
use crate::site::{PageScope, Site};
use crate::source::{SitePath, SourceId};

/// Knows the state of the translations. It is asked when a page is rendered, so that nothing is determined that isn't shown.
pub trait Progress: Send + Sync {
    /// The original of a page, if it has changed since the page was translated.
    fn stale(&self, page: &PageScope<'_>) -> Option<SourceId>;

    /// All languages but that of the originals.
    fn languages(&self, site: &Site) -> Vec<LanguageProgress>;
}

/// The state of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageProgress {
    /// The language.
    pub locale: LocaleId,
    /// How many of a hundred pages are up to date.
    pub percent: usize,
    /// How many pages are in each state, by its name, and how many a machine translated. The message `state-name` is its name for readers.
    pub counts: Vec<(&'static str, usize)>,
    /// How many words are new, and how many are in sections that have changed.
    pub words: [usize; 2],
    /// The pages that need work.
    pub pages: Vec<PageProgress>,
}

/// A page that needs work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageProgress {
    /// The file of the translation, which may not exist yet.
    pub path: SitePath,
    /// The page, or the fragment that pages include; the original if there is no translation.
    pub source: SourceId,
    /// The name of its state.
    pub state: &'static str,
    /// How many words there are to translate.
    pub words: usize,
    /// The sections that have changed.
    pub sections: Vec<SectionProgress>,
}

/// A section that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionProgress {
    /// The id of its heading; empty before the first heading, `---` for the front matter.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The names of the changes. The message `change-name` is the name for readers.
    pub changes: Vec<&'static str>,
}
