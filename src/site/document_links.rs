//! The targets of one document's references, and what is needed to settle those that other files have a say in.

use crate::locale::LocaleId;
use crate::source::SitePath;
use crate::syntax::RefId;

use super::target::Target;

/// The targets of one document's references.
#[derive(Debug, Clone)]
pub(super) struct DocumentLinks {
    /// Parallel to the references.
    pub targets: Vec<Target>,
    /// References that spell a file in another case than it has, with that file.
    pub case_mismatches: Vec<(RefId, SitePath)>,
    /// The language of the folder the document is in.
    pub locale: Option<LocaleId>,
    /// The references that show other files in place, each with its target if no limit cuts it off.
    pub embeds: Vec<(RefId, Target)>,
    /// The references in raw HTML that are broken when they are resolved from this file, with why.
    pub broken_html: Vec<(RefId, Target)>,
    /// Hash of the references these were made from.
    pub hash: u128,
}
