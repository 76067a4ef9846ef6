//! What a reference points to. A target names pages by what their translations share, so it is the same for all readers.

use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::pages::TranslationSetId;

/// What a reference points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// A page: the reader's version of it, or that of a certain language if the author named another language than the text's own.
    Page {
        /// What all versions share.
        set: TranslationSetId,
        /// The language the author insists on.
        locale: Option<LocaleId>,
    },
    /// A place on the same page.
    SamePage,
    /// A file whose content is included here.
    Fragment(SourceId),
    /// A file whose code is shown here.
    Code(SourceId),
    /// A file that is published as it is.
    Asset(SitePath),
    /// A table of contents, possibly that of a folder.
    Toc(SourceId),
    /// The page of another site that has this uid, by one of the xref maps the configuration names.
    ExternalUid(Box<str>),
    /// An address outside of the site, which is not looked at here.
    External,
    /// `@word` that is not a uid: plain text.
    PlainText,
    /// Nothing.
    Broken(BrokenReason),
}

/// Why a reference points to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BrokenReason {
    /// There is no file at this path.
    Missing(SitePath),
    /// There is a file at this path, but it is not part of the site.
    NotPublished(SitePath),
    /// There is a folder without an index page at this path.
    Folder(SitePath),
    /// The path leaves the site root.
    LeavesRoot,
    /// No page has this uid.
    UnknownUid,
    /// The file includes itself by way of these files, the first and last of which are the same.
    Cycle(Vec<SitePath>),
    /// What is included would, with all it includes in turn, be larger than any page should be.
    TooLarge,
    /// Only a path to a file makes sense here, and this is none: empty, rooted or an address.
    NotAPath,
    /// The path is that of a file that could not be read.
    Unreadable(SitePath),
}

impl BrokenReason {
    /// The path where nothing suitable was found.
    pub fn path(&self) -> Option<&SitePath> {
        match self {
            BrokenReason::Missing(path)
            | BrokenReason::NotPublished(path)
            | BrokenReason::Folder(path)
            | BrokenReason::Unreadable(path) => Some(path),
            BrokenReason::LeavesRoot
            | BrokenReason::UnknownUid
            | BrokenReason::Cycle(_)
            | BrokenReason::TooLarge
            | BrokenReason::NotAPath => None,
        }
    }
}
