//! A site -> what the files that list many pages may be rendered from: the graph with the dates of documents, or with how their texts begin,
//! too. What each shows is what it hashes to, besides the graph. Doesn't know who renders from it.

use std::ops::Deref;

use jiff::civil::Date;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::search::sections::{excerpt, summary};
use crate::site::{Graph, PageId, PageScope, Site};
use crate::source::SourceId;

/// The graph, and the dates that documents state. The methods of the [`Graph`] are its own, too.
#[derive(Clone, Copy)]
pub struct DatedGraph<'s> {
    site: &'s Site,
}

/// The graph, the dates that documents state, and a summary of each page.
#[derive(Clone, Copy)]
pub struct SummarizedGraph<'s> {
    dated: DatedGraph<'s>,
}

impl Deref for DatedGraph<'_> {
    type Target = Graph;

    fn deref(&self) -> &Graph {
        self.site
    }
}

impl<'s> Deref for SummarizedGraph<'s> {
    type Target = DatedGraph<'s>;

    fn deref(&self) -> &DatedGraph<'s> {
        &self.dated
    }
}

impl<'s> DatedGraph<'s> {
    /// The graph and the dates of a site.
    pub fn new(site: &'s Site) -> Self {
        DatedGraph { site }
    }

    /// The date that a document states.
    pub fn date(&self, id: SourceId) -> Option<Date> {
        let document = self.site.document(id)?;
        Some(document.front_matter.date()?.date)
    }

    /// Equal if all dates are.
    pub fn hash(&self) -> u128 {
        let mut hash = Xxh3::new();
        for (id, linked) in self.site.documents() {
            hash.update(&id.index().to_le_bytes());
            hash.update(&linked.document.interface.dates.to_le_bytes());
        }
        hash.digest128()
    }
}

impl<'s> SummarizedGraph<'s> {
    /// The graph, the dates and the summaries of a site.
    pub fn new(site: &'s Site) -> Self {
        SummarizedGraph {
            dated: DatedGraph::new(site),
        }
    }

    /// What a page is about, in a sentence or two: its description, else the beginning of its text.
    pub fn summary(&self, id: PageId) -> Option<String> {
        summary(&PageScope::new(self.dated.site, id))
    }

    /// Equal if the summary of a page is, for pages that don't state one; none for those that do, because the graph has it.
    pub fn hash(&self, id: PageId) -> Option<u128> {
        let excerpt = excerpt(&PageScope::new(self.dated.site, id))?;
        Some(xxh3_128(excerpt.as_bytes()))
    }
}
