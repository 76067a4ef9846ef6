//! Paths, configuration, xref maps and interfaces -> [`Graph`]: everything about a site that pages share. Its input has no bodies, so no body
//! can have an influence on it.
//!
//! A graph that follows another one is that one, if their inputs hash to the same: so it is for every save that changes only the body of a
//! text. Otherwise it is built, by steps that are reused as a whole if what they are made of hashes to the same:
//!
//! | step | made of |
//! |---|---|
//! | [`Layout`] | paths, configuration |
//! | [`Names`] | layout, [`InterfaceHashes::identity`] of each document |
//! | [`DocumentLinks`] of a document | names, xref maps, [`InterfaceHashes::references`] of the document |
//! | includes, titles | always built |
//! | [`Navigation`] | names, xref maps, titles, [`InterfaceHashes::metadata`] of the tocs |
//!
//! One level would be simpler, but authors type headings and links letter by letter, and each letter changes an interface. With the 6,400
//! documents of `benches/superoffice.yml`, on two busy cores, the preview shows a saved page after 14 ms if only its body changed, 37 ms for
//! a link, 72 ms for a heading (navigation is built), and 236 ms for a uid (everything is).
//!
//! [`InterfaceHashes::identity`]: crate::syntax::document::InterfaceHashes::identity
//! [`InterfaceHashes::references`]: crate::syntax::document::InterfaceHashes::references
//! [`InterfaceHashes::metadata`]: crate::syntax::document::InterfaceHashes::metadata

use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::Xxh3;

use crate::config::{Config, MappedFile};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};
use crate::syntax::interface::{DocumentKind, SharedInterface};
use crate::syntax::{Interface, RefId};

use super::document_links::DocumentLinks;
use super::former::FormerAddresses;
use super::html_addresses;
use super::includes::{self, Includers};
use super::input::LinkInput;
use super::layout::Layout;
use super::links::{all_links, links_from};
use super::names::Names;
use super::navigation::{NavTree, Navigation, NavigationInput};
use super::page_kind::own_template;
use super::pages::{Collision, Page, PageId, PageVersion, TranslationSet, TranslationSetId};
use super::pairing::PairingConflict;
use super::paths::Paths;
use super::resolve::Resolver;
use super::target::{BrokenReason, Target};
use super::titles::{Titles, titles, titles_hash};
use super::xref_maps::{ExternalPage, UnreadableMap, XrefMaps};

/// Everything a graph is built from.
pub(super) struct GraphInput<'a> {
    pub paths: Paths<'a>,
    pub config: &'a Arc<Config>,
    pub xref_maps: Arc<XrefMaps>,
    /// Parallel to the text files; none for a file that is not a document.
    pub interfaces: Vec<Option<SharedInterface>>,
}

impl GraphInput<'_> {
    /// Equal for equal inputs, except the configuration.
    fn hash(&self, rough_sizes: &[usize]) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(&self.paths.hash().to_le_bytes());
        hash.update(&self.xref_maps.hash().to_le_bytes());
        for (interface, size) in self.interfaces.iter().zip(rough_sizes) {
            hash.update(&size.to_le_bytes());
            if let Some(interface) = interface {
                let hashes = interface.get().hashes();
                for part in [hashes.identity, hashes.metadata, hashes.references] {
                    hash.update(&part.to_le_bytes());
                }
            }
        }
        hash.digest128()
    }
}

/// Everything about a site that pages share: which there are, what they are called, where references point to, and navigation.
#[derive(Debug)]
pub struct Graph {
    /// How the site is configured.
    pub config: Arc<Config>,
    layout: Arc<Layout>,
    names: Arc<Names>,
    xref_maps: Arc<XrefMaps>,
    /// Parallel to the text files.
    links: Vec<Option<Arc<DocumentLinks>>>,
    includers: Includers,
    titles: Titles,
    navigation: Arc<Navigation>,
    /// What [`GraphInput::hash`] was when this was built.
    input_hash: u128,
    /// Parallel to the text files; none for a file that is not a document.
    interfaces: Vec<Option<SharedInterface>>,
    /// Found when it is asked for: the preview of a save doesn't need it before a page is rendered.
    pub(super) former: OnceLock<FormerAddresses>,
}

impl Graph {
    pub(super) fn build(input: GraphInput<'_>, before: Option<&Arc<Graph>>) -> Arc<Graph> {
        // Compared by identity: a workspace reads the configuration again only if its files are different, and its patterns are slow to compare.
        let before = match before {
            Some(before) if Arc::ptr_eq(&before.config, input.config) => Some(before),
            _ => None,
        };
        // Sizes count only for the limit on includes. They are not part of the layout, which a growing file must not change.
        let rough_sizes = input.paths.rough_sizes();
        let input_hash = input.hash(&rough_sizes);
        // Nearly every save ends here, as only the body of a text is different.
        match before {
            Some(before) if before.input_hash == input_hash => return before.clone(),
            _ => {}
        }
        let layout = match before {
            Some(before) if before.layout.hash == input.paths.hash() => before.layout.clone(),
            _ => Arc::new(Layout::new(input.paths, input.config)),
        };
        let link_input = LinkInput {
            config: input.config,
            layout: &layout,
            interfaces: &input.interfaces,
            rough_sizes: &rough_sizes,
        };
        let names = match before {
            Some(before) if before.names.hash == Names::hash(link_input) => before.names.clone(),
            _ => Arc::new(Names::new(link_input)),
        };
        let resolver = Resolver {
            input: link_input,
            names: &names,
            xref_maps: &input.xref_maps,
        };
        // A target depends on names, maps and the reference itself, so the links of other documents can be reused.
        let mut links = match before {
            Some(before)
                if Arc::ptr_eq(&before.names, &names)
                    && Arc::ptr_eq(&before.xref_maps, &input.xref_maps) =>
            {
                links_from(&before.links, &resolver)
            }
            _ => all_links(&resolver),
        };
        // These two start from the targets each reference has by itself: an include that was cut off before may be good now.
        html_addresses::resolve_from_pages(&resolver, &mut links);
        let includers = includes::settle(link_input, &mut links);
        // After the includes are settled: the title of a page may be a heading of its first fragment, and a cycle would never end.
        let titles = titles(link_input, &links);
        let navigation_input = NavigationInput {
            input: link_input,
            names: &names,
            xref_maps: &input.xref_maps,
            links: &links,
            titles: &titles,
        };
        // Hashing is much less than building: a tree of entries for each toc and language.
        let navigation_hash = navigation_input.hash();
        let navigation = match before {
            Some(before) if before.navigation.hash == navigation_hash => before.navigation.clone(),
            _ => Arc::new(Navigation::new(navigation_input, navigation_hash)),
        };
        Arc::new(Graph {
            config: input.config.clone(),
            layout,
            names,
            xref_maps: input.xref_maps,
            interfaces: input.interfaces,
            links,
            includers,
            titles,
            navigation,
            input_hash,
            former: OnceLock::new(),
        })
    }

    /// Equal for two graphs of one configuration if no page can see a difference between them. What the references of a document point to
    /// is not part of it: that is a matter of the pages that show it, see [`super::PageScope::hash`].
    pub fn graph_hash(&self) -> u128 {
        let mut hash = Xxh3::new();
        for part in [
            self.names.hash,
            self.xref_maps.hash(),
            titles_hash(&self.titles),
        ] {
            hash.update(&part.to_le_bytes());
        }
        // Metadata is without dates: nearly every edit changes one, and only sitemaps and feeds show those of other pages.
        for interface in &self.interfaces {
            let metadata = match interface {
                Some(interface) => interface.get().hashes().metadata,
                None => 0,
            };
            hash.update(&metadata.to_le_bytes());
        }
        hash.digest128()
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(super) fn xref_maps(&self) -> &Arc<XrefMaps> {
        &self.xref_maps
    }

    pub(super) fn links(&self, id: SourceId) -> Option<&DocumentLinks> {
        self.links.get(id.index())?.as_deref()
    }

    /// What is known of a document without its body. Not for other rooms: [`Graph::graph_hash`] has not all of it.
    pub(super) fn interface(&self, id: SourceId) -> Option<Interface<'_>> {
        Some(self.interfaces.get(id.index())?.as_ref()?.get())
    }

    /// What a document is; nothing for a file that is not one.
    pub fn kind(&self, id: SourceId) -> Option<DocumentKind> {
        Some(self.interface(id)?.kind())
    }

    /// The keywords of a document.
    pub fn keywords(&self, id: SourceId) -> Vec<&str> {
        match self.interface(id) {
            Some(interface) => interface.keywords(),
            None => Vec::new(),
        }
    }

    /// The language of the folder a document is in, if it is in one.
    pub fn folder_locale(&self, id: SourceId) -> Option<LocaleId> {
        self.links(id)?.locale
    }

    /// The site's own template for this file, if it is a YAML file of a type that only the site knows.
    pub fn own_template(&self, id: SourceId) -> Option<String> {
        own_template(self.interface(id)?, &self.layout)
    }

    /// The fragment at which a cycle of includes was cut, for a reference that is [`BrokenReason::Cycle`].
    pub fn cut_fragment(&self, target: &Target) -> Option<SourceId> {
        match target {
            Target::Broken(BrokenReason::Cycle(chain)) => self.layout.find(chain.last()?),
            _ => None,
        }
    }

    /// The path of a text file.
    pub fn path(&self, id: SourceId) -> &SitePath {
        self.layout.path(id)
    }

    /// All pages: by locale, then by output path.
    pub fn pages(&self) -> &[Page] {
        self.names.pages.list()
    }

    /// The page with this number.
    pub fn page(&self, id: PageId) -> &Page {
        &self.names.pages.list()[id.index()]
    }

    /// The numbers of all pages.
    pub fn page_ids(&self) -> impl Iterator<Item = PageId> + use<> {
        PageId::all(self.names.pages.list().len())
    }

    /// The translation set with this number.
    pub fn translation_set(&self, id: TranslationSetId) -> &TranslationSet {
        self.names.pages.translation_set(id)
    }

    /// The version of a page that readers of `locale` get.
    pub fn version_for(&self, set: TranslationSetId, locale: LocaleId) -> Option<PageVersion> {
        self.names.pages.version_for(set, locale)
    }

    /// The translation set a text file is part of; nothing if it is not the source of a page.
    pub fn translation_set_of(&self, id: SourceId) -> Option<TranslationSetId> {
        self.names.pages.translation_set_of(id)
    }

    /// Pairs of sources with the same output path.
    pub fn collisions(&self) -> &[Collision] {
        self.names.pages.collisions()
    }

    /// Pages that name themselves translations of a page that has one in their language.
    pub fn pairing_conflicts(&self) -> &[PairingConflict] {
        self.names.pages.conflicts()
    }

    /// The page that has this uid.
    pub fn uid(&self, uid: &str) -> Option<SourceId> {
        self.names.uids.get(uid).copied()
    }

    /// All uids in order.
    pub fn uids(&self) -> impl Iterator<Item = (&str, SourceId)> {
        self.names.uids.iter().map(|(uid, id)| (&**uid, *id))
    }

    /// True if a page has this uid, or one below it: `A.B` and `A.B.C` for the namespace `A.B`.
    pub fn has_uid_in(&self, namespace: &str) -> bool {
        let uids = &self.names.uids;
        if uids.contains_key(namespace) {
            return true;
        }
        let start = format!("{namespace}.");
        let mut following =
            uids.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded));
        following
            .next()
            .is_some_and(|(uid, _)| uid.starts_with(&start))
    }

    /// All uids in order, once for each group of a `docfx.json` that has a page with it.
    pub fn uids_of_groups(&self) -> impl Iterator<Item = (&str, SourceId)> {
        self.names.all_uids()
    }

    /// The group that a file is published in.
    pub fn group_of(&self, id: SourceId) -> Option<&str> {
        self.layout.placed(id)?.group.as_deref()
    }

    /// True if several translations of a page have this uid: it leads to the version of the reader.
    pub fn is_shared_uid(&self, uid: &str) -> bool {
        self.names.shared_uids.contains(uid)
    }

    /// Pages with a uid that an earlier page has: the later and the earlier one.
    pub fn uid_repeats(&self) -> &[(SourceId, SourceId)] {
        &self.names.uid_repeats
    }

    /// The page of another site that has this uid, with the uid as its map spells it.
    pub fn external_page(&self, uid: &str) -> Option<(&str, &ExternalPage)> {
        self.xref_maps.get(uid)
    }

    /// Xref maps that could not be read.
    pub fn unreadable_maps(&self) -> &[UnreadableMap] {
        &self.xref_maps.unreadable
    }

    /// See [`super::Site::includers`]: not for pages, as a link in any text can change it.
    pub(super) fn included_by(&self, id: SourceId) -> &[(SourceId, RefId)] {
        match self.includers.get(id.index()) {
            Some(includers) => includers,
            None => &[],
        }
    }

    pub(super) fn is_toc(&self, id: SourceId) -> bool {
        self.navigation.is_toc(id)
    }

    /// The navigation of a page, and the page's entry there.
    pub fn navigation(&self, page: PageId) -> Option<(&NavTree, Option<usize>)> {
        self.navigation.of(page)
    }

    /// The navigation of a whole language: that of the toc at the top of its folder.
    pub fn root_navigation(&self, locale: LocaleId) -> Option<&NavTree> {
        self.navigation.root(locale)
    }

    /// The navigation that readers of a language get from this toc.
    pub fn navigation_from(&self, toc: SourceId, locale: LocaleId) -> Option<&NavTree> {
        // A toc without a version in the language is shown as it is.
        let mut first = None;
        for tree in self.navigation.trees() {
            if tree.toc == toc {
                if tree.locale == locale {
                    return Some(tree);
                }
                first = first.or(Some(tree));
            }
        }
        first
    }

    /// Every navigation there is.
    pub fn navigations(&self) -> impl Iterator<Item = &NavTree> {
        self.navigation.trees().iter()
    }

    /// The page of a language that is written to this output path.
    pub fn page_at(&self, locale: LocaleId, output: &SitePath) -> Option<PageId> {
        self.names.pages.at(locale, output)
    }

    /// The home page of a language, if the content has one: the index page at the top of its folder. One whose text is in another
    /// language is one as well.
    pub fn home(&self, locale: LocaleId) -> Option<PageId> {
        self.names.homes.get(&locale)?.page
    }

    /// Where the home page of a language is published, whether the content has one or it is made from the table of contents; nothing for
    /// a language without pages.
    pub fn home_path(&self, locale: LocaleId) -> Option<&SitePath> {
        Some(&self.names.homes.get(&locale)?.path)
    }

    /// Where an asset or a page is published: the path below the output folder.
    pub fn output_of(&self, path: &SitePath) -> Option<SitePath> {
        Some(self.placed(path)?.output)
    }

    /// Where the file at `path` is published, whether or not there is such a file; nothing if it is not part of the site.
    pub fn placed(&self, path: &SitePath) -> Option<MappedFile> {
        self.layout.placed_or_expected(path, &self.config)
    }

    /// The source of what is published at this path below the output folder.
    pub fn published_at(&self, output: &SitePath) -> Option<&SitePath> {
        self.names.published_at(output)
    }

    /// True if there are files below `path`.
    pub fn is_folder(&self, path: &SitePath) -> bool {
        self.layout.is_folder(path)
    }

    /// The title of a document: that of its front matter, its first heading or the configuration, else its file name.
    pub fn title(&self, id: SourceId) -> &str {
        match self.titles.get(id.index()) {
            Some(Some(title)) => title,
            _ => self.path(id).stem(),
        }
    }

    /// The page that this page is a translation of: the same one in the default language.
    pub fn original_of(&self, id: SourceId) -> Option<SourceId> {
        let set = self.translation_set(self.translation_set_of(id)?);
        let original = set.variant(self.config.locales.default())?;
        if original == id { None } else { Some(original) }
    }
}
