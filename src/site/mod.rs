//! All documents -> one [`Site`]: which pages exist in which language, where every reference leads, how the reader moves about.
//! Linking cannot fail: what leads nowhere is [`Target::Broken`], a fact like any other. It takes over what an earlier site has where the
//! same would come out, and knows nothing of changes.
//! Knows nothing of HTML, and says nothing about problems: `check` turns facts into words.

mod address;
mod alignment;
mod anchors;
pub mod href;
mod html_addresses;
mod includes;
mod index;
mod layout;
mod link;
mod navigation;
mod pages;
mod pairing;
mod redirects;
mod resolve;
mod suggest;
mod titles;
mod toc_items;
pub mod visibility;
mod xref;
mod xref_maps;

use std::sync::Arc;

use crate::config::{Config, MappedFile};
use crate::locale::LocaleId;
use crate::source::{SitePath, Source, SourceId, Sources, Span};
use crate::syntax::{Body, Document, RefId, Reference};

pub use address::{Address, AddressParts, merge_addresses, split_address};
pub use anchors::PageHeading;
pub use link::{link, relink};
pub use navigation::{NavEntry, NavLink, NavTree};
pub use pages::{
    Collision, Origin, Page, PageId, PageKind, PageVersion, TranslationSet, TranslationSetId,
};
pub use pairing::PairingConflict;
pub use resolve::{BrokenReason, Target};
pub use suggest::{Candidates, nearest};
pub use toc_items::{TocItem, TocLink, toc_items};
pub use xref::Xref;
pub use xref_maps::ExternalPage;

/// A text file with what it says.
#[derive(Debug, Clone)]
pub struct LinkedDocument {
    /// What it says.
    pub document: Arc<Document>,
    /// Where each of its references leads: parallel to [`Document::refs`].
    pub targets: Vec<Target>,
    /// References that name a file in other upper and lower case letters than it has, with that file.
    pub case_mismatches: Vec<(RefId, SitePath)>,
    /// The language of the folder it lies in, if it lies in one.
    pub locale: Option<LocaleId>,
    /// The references that show other files, each with where it leads if nothing stands in the way.
    shown: Vec<(RefId, Target)>,
    /// The references in raw HTML that lead nowhere when read from here, with why.
    lost: Vec<(RefId, Target)>,
}

impl LinkedDocument {
    /// Where those references lead that other files have a say in: what is included, which may close a circle, and raw HTML that leads nowhere
    /// from the file itself, but from a page that includes it.
    pub fn shared_targets(&self) -> impl Iterator<Item = &Target> {
        self.shown
            .iter()
            .chain(&self.lost)
            .filter_map(|(number, _)| self.targets.get(*number as usize))
    }
}

/// All documents joined.
#[derive(Debug)]
pub struct Site {
    /// What the authors wrote.
    pub sources: Arc<Sources>,
    /// How the site is put together.
    pub config: Arc<Config>,
    layout: Arc<layout::Layout>,
    linked: Vec<Option<Arc<LinkedDocument>>>,
    index: Arc<index::Index>,
    foreign: Arc<xref_maps::XrefMaps>,
    titles: Arc<titles::Titles>,
    includers: Vec<Vec<(SourceId, RefId)>>,
    navigation: Arc<navigation::Navigation>,
}

impl Site {
    /// True if the same files lie in `sources`, whatever they say.
    pub fn has_same_paths(&self, sources: &Sources) -> bool {
        layout::Layout::is_same(&self.sources, sources)
    }

    /// The text file with this number.
    pub fn source(&self, id: SourceId) -> &Source {
        self.sources.get(id)
    }

    /// What this text file says, if it is Markdown or YAML.
    pub fn linked(&self, id: SourceId) -> Option<&LinkedDocument> {
        self.linked.get(id.index())?.as_deref()
    }

    /// All documents, in path order.
    pub fn documents(&self) -> impl Iterator<Item = (SourceId, &LinkedDocument)> {
        self.sources
            .ids()
            .filter_map(|id| Some((id, self.linked(id)?)))
    }

    /// A reference of a document, with where it leads.
    pub fn reference(&self, id: SourceId, reference: RefId) -> Option<(&Reference, &Target)> {
        let linked = self.linked(id)?;
        Some((
            linked.document.refs.get(reference as usize)?,
            linked.targets.get(reference as usize)?,
        ))
    }

    /// All pages: by locale, then by output path.
    pub fn pages(&self) -> &[Page] {
        self.index.pages.list()
    }

    /// The page with this number.
    pub fn page(&self, id: PageId) -> &Page {
        &self.index.pages.list()[id.index()]
    }

    /// The numbers of all pages.
    pub fn page_ids(&self) -> impl Iterator<Item = PageId> + use<> {
        PageId::all(self.index.pages.list().len())
    }

    /// What all translations of one page share.
    pub fn translation_set(&self, id: TranslationSetId) -> &TranslationSet {
        self.index.pages.translation_set(id)
    }

    /// What a reader of `locale` is shown for a page.
    pub fn version_for(&self, set: TranslationSetId, locale: LocaleId) -> Option<PageVersion> {
        self.index.pages.version_for(set, locale)
    }

    /// The page a text file is the source of, in its own language.
    pub fn translation_set_of(&self, id: SourceId) -> Option<TranslationSetId> {
        self.index.pages.translation_set_of(id)
    }

    /// Two sources that would be written to one place; the first one is.
    pub fn collisions(&self) -> &[Collision] {
        self.index.pages.collisions()
    }

    /// Pages that say they are translations of a page that has one in their language.
    pub fn pairing_conflicts(&self) -> &[PairingConflict] {
        self.index.pages.conflicts()
    }

    /// The page that has this uid.
    pub fn uid(&self, uid: &str) -> Option<SourceId> {
        self.index.uids.get(uid).copied()
    }

    /// All uids in order.
    pub fn uids(&self) -> impl Iterator<Item = (&str, SourceId)> {
        self.index.uids.iter().map(|(uid, id)| (&**uid, *id))
    }

    /// Pages with a uid that an earlier page has: the later and the earlier one.
    pub fn uid_repeats(&self) -> &[(SourceId, SourceId)] {
        &self.index.uid_repeats
    }

    /// The page of another site that has this uid, with the uid as its map spells it.
    pub fn external_page(&self, uid: &str) -> Option<(&str, &ExternalPage)> {
        self.foreign.get(uid)
    }

    /// Maps of other sites that could not be read: where and why.
    pub fn unreadable_maps(&self) -> &[(SourceId, Span, String)] {
        &self.foreign.unreadable
    }

    /// Who includes this file, and with which reference.
    pub fn includers(&self, id: SourceId) -> &[(SourceId, RefId)] {
        self.includers.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// True if a reader can get to see this file: it is a page or a toc of the site, or is included by one, however deep.
    pub fn is_used(&self, id: SourceId) -> bool {
        self.index.pages.translation_set_of(id).is_some()
            || self.navigation.is_toc(id)
            || !self.includers(id).is_empty()
    }

    /// The navigation a page stands in, and where in it the page is.
    pub fn navigation(&self, page: PageId) -> Option<(&NavTree, Option<usize>)> {
        self.navigation.of(page)
    }

    /// The navigation of a whole language: that of the toc at the top of its folder.
    pub fn root_navigation(&self, locale: LocaleId) -> Option<&NavTree> {
        self.navigation.root(locale)
    }

    /// The navigation that readers of a language get from this toc.
    pub fn navigation_from(&self, toc: SourceId, locale: LocaleId) -> Option<&NavTree> {
        let own = || self.navigations().filter(move |tree| tree.toc == toc);
        own()
            .find(|tree| tree.locale == locale)
            .or_else(|| own().next())
    }

    /// Every navigation there is.
    pub fn navigations(&self) -> impl Iterator<Item = &NavTree> {
        self.navigation.trees()
    }

    /// The page of a language that is written to this output path.
    pub fn page_at(&self, locale: LocaleId, output: &SitePath) -> Option<PageId> {
        self.index.pages.at(locale, output)
    }

    /// The home page of a language: its index page that lies highest.
    pub fn home(&self, locale: LocaleId) -> Option<PageId> {
        self.index.pages.home(locale)
    }

    /// Where an asset or a page is written, if it is published: the path below the output folder.
    pub fn output_of(&self, path: &SitePath) -> Option<SitePath> {
        self.placed(path).map(|placed| placed.output)
    }

    /// Where the file at `path` goes; nothing if it is no part of the site. No such file need be there.
    pub fn placed(&self, path: &SitePath) -> Option<MappedFile> {
        self.layout
            .known(path)
            .map_or_else(|| self.config.map_file(path), |placed| placed.cloned())
    }

    /// The site's own template for this file, if it is a YAML file of a type that only the site knows.
    pub fn own_template(&self, id: SourceId) -> Option<String> {
        match &self.linked(id)?.document.body {
            Body::Data(data) => pages::own_template(data, &self.sources),
            _ => None,
        }
    }

    /// The title of a document: as its front matter, its first heading or the configuration says, else its file name.
    pub fn title(&self, id: SourceId) -> &str {
        self.titles
            .get(id.index())
            .and_then(Option::as_deref)
            .unwrap_or_else(|| self.source(id).path.stem())
    }

    /// Where a page used to be: the reference in its front matter that says so, and the path below the output folder.
    pub fn former_outputs(&self, id: PageId) -> Vec<(RefId, SitePath)> {
        redirects::former(self, id)
    }

    /// The page that a page with `redirect_url` sends its readers to, if it is one of this site, and the reference that says so.
    pub fn redirect_target(&self, id: PageId) -> Option<(RefId, PageId)> {
        redirects::next(self, id)
    }

    /// The page that this page is a translation of: the same one in the default language.
    pub fn original_of(&self, id: SourceId) -> Option<SourceId> {
        let set = self.translation_set(self.translation_set_of(id)?);
        let default = self.config.locales.default();
        set.variants
            .iter()
            .find(|(locale, original)| *locale == default && *original != id)
            .map(|(_, original)| *original)
    }

    /// Every id a link to this page can name: those of its headings and tags, those of what it includes, and those of its original's
    /// headings at the same places.
    pub fn anchors(&self, id: SourceId) -> Vec<String> {
        anchors::of(self, id)
    }

    /// The headings of a page with what it includes, in reading order, a tutorial's steps among them.
    pub fn headings(&self, id: SourceId) -> Vec<PageHeading> {
        anchors::headings(self, id)
    }

    /// Which headings of two versions of a page stand at the same place, by their numbers in [`Site::headings`]; those of which that isn't
    /// certain are not among them.
    pub fn aligned(&self, one: SourceId, other: SourceId) -> Vec<(usize, usize)> {
        anchors::aligned(self, one, other)
    }
}
