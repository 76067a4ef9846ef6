//! One toc -> its [`NavTree`] in one language: nested tocs in place, links and names settled (DocFX spec 14.3).

use std::collections::BTreeMap;

use crate::config::FallbackMode;
use crate::locale::LocaleId;
use crate::source::SourceId;
use crate::syntax::RefId;
use crate::syntax::toc::TocEntry;

use super::super::address::{merge_addresses, split_address};
use super::super::page_kind::PageKind;
use super::super::pages::{Origin, PageVersion, TranslationSetId};
use super::super::target::Target;
use super::super::toc_reference::{folder_name, is_nested};
use super::super::xref::Xref;
use super::input::NavigationInput;
use super::nav_tree::{ListedPage, NavEntry, NavLink, NavTree};
use super::tocs::Tocs;

/// Deeper entries are left out: no reader finds them, and templates recurse.
const MAX_DEPTH: usize = 12;

/// A toc of more entries is read no further: folders that lead to folders could otherwise multiply without end.
const MAX_ENTRIES: usize = 100_000;

/// The navigation that readers of `locale` get from a toc, if they get one.
pub(super) fn tree(
    input: NavigationInput<'_>,
    tocs: &Tocs<'_>,
    set: usize,
    locale: LocaleId,
) -> Option<NavTree> {
    let toc = tocs.source_for(set, locale)?;
    let output = tocs.output(toc, locale)?;
    let mut builder = TreeBuilder {
        input,
        tocs,
        locale,
        entries: Vec::new(),
        folders: Vec::new(),
        stack: vec![toc],
        left: MAX_ENTRIES,
    };
    builder.toc(toc, 0);
    let pages = builder.pages();
    Some(NavTree {
        toc,
        locale,
        output,
        is_nested: tocs.is_nested(toc),
        entries: builder.entries,
        pages,
    })
}

struct TreeBuilder<'a> {
    input: NavigationInput<'a>,
    tocs: &'a Tocs<'a>,
    locale: LocaleId,
    entries: Vec<NavEntry>,
    /// Those of `entries` that link to another toc, in ascending order.
    folders: Vec<usize>,
    /// The tocs on the way here: the toc of a folder may link to one of them.
    stack: Vec<SourceId>,
    /// How many entries may still be read.
    left: usize,
}

/// What an address in a toc becomes.
enum EntryLink {
    To(NavLink),
    /// The page is not shown to readers of this language, so the entry is left out.
    LeftOut,
    /// The entry has no link.
    Nothing,
}

/// A toc behind an entry.
#[derive(Clone, Copy)]
struct NestedToc {
    toc: SourceId,
    /// True if it is only linked to, not unfolded.
    is_folder: bool,
}

impl TreeBuilder<'_> {
    fn toc(&mut self, id: SourceId, depth: usize) {
        if let Some(toc) = self.input.toc(id) {
            self.all(id, &toc.entries, depth);
        }
    }

    fn all(&mut self, toc: SourceId, entries: &[TocEntry], depth: usize) {
        if depth < MAX_DEPTH {
            for entry in entries {
                self.one(toc, entry, depth);
            }
        }
    }

    fn one(&mut self, toc: SourceId, entry: &TocEntry, depth: usize) {
        // Entries after the limit are left out silently: no reader gets that far.
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let nested = self.nested(toc, entry);
        let link = match self.entry_link(toc, entry, nested) {
            EntryLink::To(link) => Some(link),
            EntryLink::Nothing => None,
            EntryLink::LeftOut => return,
        };
        let at = self.entries.len();
        self.entries.push(NavEntry {
            title: "".into(),
            lang: None,
            link,
            expanded: entry.expanded == Some(true),
            len: 0,
        });
        if let Some(nested) = nested {
            self.unfold(nested, at, depth);
        }
        self.all(toc, &entry.children, depth + 1);
        self.entries[at].len = self.entries.len() - at - 1;
        // Last, as an entry without a link of its own is named after the first page inside it.
        let (title, language) = self.title(toc, entry, at);
        self.entries[at].title = title;
        self.entries[at].lang = language.filter(|language| *language != self.locale);
        // An entry that only has a name is a label between pages, and one whose page is gone keeps its place, as in DocFX. Without a name there is
        // nothing to show.
        let is_named = entry.name.is_some() || entry.display.is_some();
        if self.entries[at].len == 0 && self.entries[at].link.is_none() && !is_named {
            self.truncate(at);
        }
    }

    /// The toc an entry has in its `href`, or else in its `tocHref`.
    fn nested(&self, toc: SourceId, entry: &TocEntry) -> Option<NestedToc> {
        let href = entry.href.or(entry.toc_href)?;
        match self.input.reference(toc, href)? {
            (reference, Target::Toc(nested)) => Some(NestedToc {
                toc: self.tocs.variant(*nested, self.locale),
                is_folder: !is_nested(reference),
            }),
            _ => None,
        }
    }

    /// Puts the entries of a toc behind entry `at`; if it is only linked to, no more than its first link.
    fn unfold(&mut self, nested: NestedToc, at: usize, depth: usize) {
        // Only tocs that are unfolded in each other are cut off by the graph; one that is linked to may come back here.
        if self.stack.contains(&nested.toc) {
            return;
        }
        self.stack.push(nested.toc);
        self.toc(nested.toc, depth + 1);
        self.stack.pop();
        if !nested.is_folder {
            return;
        }
        let mut inside = self.entries[at + 1..].iter();
        // The entries of a toc that is only linked to are read for this link, and left out again.
        let first = inside.find_map(|entry| entry.link.clone());
        self.truncate(at + 1);
        self.folders.push(at);
        let own = &mut self.entries[at].link;
        *own = own.take().or(first);
    }

    /// Leaves out the entries from `at` on.
    fn truncate(&mut self, at: usize) {
        self.entries.truncate(at);
        let folders = self.folders.partition_point(|folder| *folder < at);
        self.folders.truncate(folders);
    }

    /// The name in the toc; the page's own title if there is none, or if the page is written in the reader's language and the toc is not. With
    /// its language, if that is known.
    fn title(&self, toc: SourceId, entry: &TocEntry, at: usize) -> (Box<str>, Option<LocaleId>) {
        let page = match &self.entries[at].link {
            Some(NavLink::Page(version, _)) => Some(self.input.page(version.page())),
            _ => None,
        };
        let name = entry.name.as_ref().or(entry.display.as_ref());
        if let Some(page) = page {
            let is_translated = page.origin == Origin::Translated
                && page.locale == self.locale
                && self.input.is_foreign(toc, self.locale);
            // A toc in another language is better read in the titles of the pages, as far as these are translated.
            if is_translated || name.is_none() {
                let title = self.input.title(page.source);
                return (title.into(), self.input.text_locale(page));
            }
        }
        if let Some(name) = name {
            return (name.clone(), self.input.input.layout.locale(toc));
        }
        if let Some(name) = self.external_name(toc, entry) {
            return (name.into(), None);
        }
        if let Some(href) = entry.href.or(entry.topic())
            && let Some((reference, _)) = self.input.reference(toc, href)
        {
            return (folder_name(reference.target), None);
        }
        ("…".into(), None)
    }

    fn external_name(&self, toc: SourceId, entry: &TocEntry) -> Option<&str> {
        match self.input.reference(toc, entry.uid?)?.1 {
            Target::ExternalUid(uid) => Some(self.input.xref_maps.get(uid)?.1.text(None, uid)),
            _ => None,
        }
    }

    /// The link of an entry, in the order in which DocFX asks for its addresses; a toc is no page to link to. A uid that is known beats all
    /// other addresses.
    fn entry_link(&self, toc: SourceId, entry: &TocEntry, nested: Option<NestedToc>) -> EntryLink {
        if let Some(uid) = entry.uid
            && let Some(link) = self.link(toc, uid)
        {
            return link;
        }
        let (href, toc_href) = match nested {
            Some(_) => (None, None),
            None => (entry.href, entry.toc_href),
        };
        // The first that leads anywhere: an entry whose toc is gone may still have its page.
        for reference in [href, entry.topic(), toc_href].into_iter().flatten() {
            if let Some(link) = self.link(toc, reference) {
                return link;
            }
        }
        EntryLink::Nothing
    }

    fn link(&self, toc: SourceId, reference: RefId) -> Option<EntryLink> {
        let (reference, target) = self.input.reference(toc, reference)?;
        let link = match target {
            Target::Page { set, locale } => {
                let locale = locale.unwrap_or(self.locale);
                let version = self.input.names.pages.version_for(*set, locale)?;
                let page = self.input.page(version.page());
                if page.kind == PageKind::Gone || self.is_hidden(*set, version) {
                    return Some(EntryLink::LeftOut);
                }
                NavLink::Page(version, split_address(reference.target).1.into())
            }
            Target::Asset(path) => NavLink::Asset(path.clone()),
            Target::ExternalUid(uid) => {
                let href = self.input.xref_maps.get(uid)?.1.href.as_deref()?;
                let tail = Xref::of(reference.target).tail;
                NavLink::External(merge_addresses(href, &tail).into())
            }
            Target::External => {
                let elsewhere = self.input.input.config.address_elsewhere(reference.target);
                NavLink::External(elsewhere.map_or_else(|| reference.target.into(), Into::into))
            }
            _ => return None,
        };
        Some(EntryLink::To(link))
    }

    /// True for a page in another language that the fallback rules don't show.
    fn is_hidden(&self, set: TranslationSetId, version: PageVersion) -> bool {
        let set = self.input.names.pages.translation_set(set);
        matches!(version, PageVersion::Original(_))
            // A page outside of the folders of languages is there for all of them.
            && set.localized
            && self.input.input.config.fallback_mode(&set.path) == FallbackMode::Nothing
    }

    /// For each page of the reader's language that is listed, where it is.
    fn pages(&self) -> BTreeMap<TranslationSetId, ListedPage> {
        let mut pages = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(NavLink::Page(PageVersion::Localized(page), _)) = &entry.link {
                let set = self.input.page(*page).translation_set;
                let listed = pages.entry(set).or_insert(ListedPage {
                    entry: at,
                    claimed: false,
                });
                listed.claimed |= self.folders.binary_search(&at).is_err();
            }
        }
        pages
    }
}
