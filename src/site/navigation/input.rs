//! What navigation is built from: everything of the graph but itself. Hashes it, so that unchanged navigation is reused.

use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::locale::LocaleId;
use crate::source::SourceId;
use crate::syntax::RefId;
use crate::syntax::interface::DocumentKind;
use crate::syntax::reference::Outgoing;
use crate::syntax::toc::Toc;

use super::super::document_links::DocumentLinks;
use super::super::input::LinkInput;
use super::super::names::Names;
use super::super::pages::{Origin, Page, PageId};
use super::super::target::Target;
use super::super::titles::{Titles, titles_hash};
use super::super::xref_maps::XrefMaps;

/// What navigation is built from: everything of the graph but itself.
#[derive(Clone, Copy)]
pub(in crate::site) struct NavigationInput<'a> {
    pub input: LinkInput<'a>,
    pub names: &'a Names,
    pub xref_maps: &'a XrefMaps,
    /// Parallel to the text files.
    pub links: &'a [Option<Arc<DocumentLinks>>],
    pub titles: &'a Titles,
}

impl<'a> NavigationInput<'a> {
    pub fn toc(self, id: SourceId) -> Option<&'a Toc> {
        self.input.interface(id)?.toc()
    }

    pub fn tocs(self) -> impl Iterator<Item = SourceId> + 'a {
        let ids = self.input.layout.ids();
        ids.filter(move |id| match self.input.interface(*id) {
            Some(interface) => interface.kind() == DocumentKind::Toc,
            None => false,
        })
    }

    pub fn reference(self, id: SourceId, reference: RefId) -> Option<(Outgoing<'a>, &'a Target)> {
        let links = self.links.get(id.index())?.as_ref()?;
        Some((
            self.input.interface(id)?.reference(reference)?,
            links.targets.get(reference as usize)?,
        ))
    }

    pub fn page(self, id: PageId) -> &'a Page {
        &self.names.pages.list()[id.index()]
    }

    pub fn title(self, id: SourceId) -> &'a str {
        match self.titles.get(id.index()) {
            Some(Some(title)) => title,
            _ => self.input.path(id).stem(),
        }
    }

    /// The language of the text of a page, if it is known.
    pub fn text_locale(self, page: &Page) -> Option<LocaleId> {
        match page.origin {
            Origin::Fallback(locale) => Some(locale),
            Origin::Translated => self.input.layout.locale(page.source),
        }
    }

    /// True if a toc is in the folder of another language than `locale`.
    pub fn is_foreign(self, toc: SourceId, locale: LocaleId) -> bool {
        match self.input.layout.locale(toc) {
            Some(own) => own != locale,
            None => false,
        }
    }

    /// Equal if the navigation is: the hash of all it is made of, except the configuration.
    pub fn hash(self) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(&self.names.hash.to_le_bytes());
        hash.update(&self.xref_maps.hash().to_le_bytes());
        // Entries without a name have the title of their page.
        hash.update(&titles_hash(self.titles).to_le_bytes());
        for id in self.tocs() {
            let (Some(interface), Some(links)) =
                (self.input.interface(id), &self.links[id.index()])
            else {
                continue;
            };
            hash.update(&interface.hashes().metadata.to_le_bytes());
            // Which references of a toc are cut off is decided by other files.
            for (number, _) in &links.embeds {
                let is_cut = matches!(links.targets[*number as usize], Target::Broken(_));
                hash.update(&[u8::from(is_cut)]);
            }
        }
        hash.digest128()
    }
}
