//! A table of contents as data: entries and what they refer to.

use crate::source::Span;
use crate::source::yaml::YamlEntry;
use crate::syntax::reference::RefId;

/// A table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Toc {
    /// The entries in order.
    pub entries: Vec<TocEntry>,
    /// Which toc wins a page that is in several: the smallest.
    pub order: Option<i64>,
}

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TocEntry {
    /// Its text; if missing, the title of the page.
    pub name: Option<Box<str>>,
    /// `displayName`: other words for the entry.
    pub display: Option<Box<str>>,
    /// `href`: a page, a toc, a folder or an address.
    pub href: Option<RefId>,
    /// `tocHref`: a toc that is linked to and not expanded.
    pub toc_href: Option<RefId>,
    /// `topicHref`: the page behind an entry that has entries inside.
    pub topic_href: Option<RefId>,
    /// `homepage`: the same in older files.
    pub homepage: Option<RefId>,
    /// `uid` or `topicUid`.
    pub uid: Option<RefId>,
    /// Whether the entry is open at first, if its author says so.
    pub expanded: Option<bool>,
    /// All other keys.
    pub extra: Vec<YamlEntry>,
    /// The entries inside.
    pub children: Vec<TocEntry>,
    /// The bytes of the entry.
    pub span: Span,
}

impl TocEntry {
    /// The page behind the entry, if it is given apart from `href`.
    pub fn topic(&self) -> Option<RefId> {
        self.topic_href.or(self.homepage)
    }
}
