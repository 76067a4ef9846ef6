//! One interface -> [`DocumentLinks`]: the targets of its references, each by itself. What other files have a say in (includes that close a
//! cycle, raw HTML that is read from the including page) is settled afterwards, for all documents at once.

use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};
use crate::syntax::RefId;

use super::html_addresses::is_broken_in_html;
use super::includes::is_embedded;
use super::resolve::Resolver;
use super::target::{BrokenReason, Target};

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

impl DocumentLinks {
    /// Nothing for a file that is not a document.
    pub fn new(resolver: &Resolver<'_>, id: SourceId) -> Option<DocumentLinks> {
        let interface = resolver.input.interface(id)?;
        let mut links = DocumentLinks {
            targets: Vec::with_capacity(interface.references().len()),
            case_mismatches: Vec::new(),
            locale: resolver.input.layout.locale(id),
            embeds: Vec::new(),
            broken_html: Vec::new(),
            hash: interface.hashes().references,
        };
        for (number, reference) in interface.references().enumerate() {
            let number = number as RefId;
            let mut target = resolver.resolve(id, reference);
            if let Target::Broken(BrokenReason::Missing(missing)) = &target
                && let Some((found, real)) = resolver.resolve_ignoring_case(id, reference, missing)
            {
                links.case_mismatches.push((number, real));
                target = found;
            }
            if is_embedded(reference, &target) {
                links.embeds.push((number, target.clone()));
            }
            if is_broken_in_html(reference, &target) {
                links.broken_html.push((number, target.clone()));
            }
            links.targets.push(target);
        }
        Some(links)
    }
}
