//! Which pages exist: every published document in its own language, and for each other language what its readers see instead.

use crate::config::{Config, FallbackMode, MappedFile};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::input::LinkInput;
use super::page_kind::{PageKind, html_path, kind_of};
use super::pairing::{Group, Pairing, PairingConflict};

/// The number of a page in [`super::Graph::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(u32);

impl PageId {
    /// For tables parallel to the pages.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn all(count: usize) -> impl Iterator<Item = PageId> + use<> {
        (0..count as u32).map(PageId)
    }
}

/// The number of a [`TranslationSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TranslationSetId(u32);

/// One page in one language.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language of the frame: whose readers it is for.
    pub locale: LocaleId,
    /// What it shares with its translations.
    pub translation_set: TranslationSetId,
    /// The file its content comes from.
    pub source: SourceId,
    /// Whether that file is written in the reader's language.
    pub origin: Origin,
    /// What it is.
    pub kind: PageKind,
    /// Where it is written, below the output folder.
    pub output: SitePath,
}

/// Where the content of a page comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A file of the page's own language.
    Translated,
    /// A file of this language, because there is none of the page's own.
    Fallback(LocaleId),
}

/// What all translations of one page share.
#[derive(Debug, Clone)]
pub struct TranslationSet {
    /// The path below the language folder, that of the default language if it has one; the whole path for a page that is in none.
    pub path: String,
    /// The files, at most one for each language.
    pub variants: Vec<(LocaleId, SourceId)>,
    /// False for a page that is in no language folder and exists once.
    pub localized: bool,
    pages: Vec<Option<PageId>>,
    original: Option<PageId>,
}

/// What readers of a language are shown for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageVersion {
    /// This page, in their own frame.
    Localized(PageId),
    /// This page of another language.
    Original(PageId),
}

impl PageVersion {
    /// The page, in either case.
    pub fn page(self) -> PageId {
        match self {
            PageVersion::Localized(page) | PageVersion::Original(page) => page,
        }
    }
}

/// Two sources with one output path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// The source that is published.
    pub published: SitePath,
    /// The source that is not.
    pub dropped: SitePath,
    /// Where both would be written.
    pub output: SitePath,
}

#[derive(Debug, Default)]
pub(super) struct Pages {
    list: Vec<Page>,
    sets: Vec<TranslationSet>,
    /// Parallel to the sources.
    by_source: Vec<Option<TranslationSetId>>,
    collisions: Vec<Collision>,
    conflicts: Vec<PairingConflict>,
}

impl Pages {
    pub fn list(&self) -> &[Page] {
        &self.list
    }

    /// The page of a language that is written to `output`.
    pub fn at(&self, locale: LocaleId, output: &SitePath) -> Option<PageId> {
        let at = self
            .list
            .binary_search_by(|page| (page.locale, &page.output).cmp(&(locale, output)));
        Some(PageId(at.ok()? as u32))
    }

    pub fn translation_set(&self, id: TranslationSetId) -> &TranslationSet {
        &self.sets[id.0 as usize]
    }

    pub fn translation_set_of(&self, source: SourceId) -> Option<TranslationSetId> {
        self.by_source.get(source.index()).copied().flatten()
    }

    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    pub fn conflicts(&self) -> &[PairingConflict] {
        &self.conflicts
    }

    pub fn version_for(&self, set: TranslationSetId, locale: LocaleId) -> Option<PageVersion> {
        let set = self.translation_set(set);
        if let Some(own) = set.pages.get(locale.index()).copied().flatten() {
            return Some(PageVersion::Localized(own));
        }
        set.original.map(PageVersion::Original)
    }

    pub fn new(input: LinkInput<'_>) -> Pages {
        let mut pages = Pages {
            by_source: vec![None; input.interfaces.len()],
            ..Pages::default()
        };
        pages.collect_sets(input);
        let expected = pages.expected(input);
        pages.publish(expected, input);
        pages
    }

    /// Groups published documents by what their translations share.
    fn collect_sets(&mut self, input: LinkInput<'_>) {
        let (groups, conflicts) = Pairing::new(input).groups();
        self.conflicts = conflicts;
        // The path of the default language is the one that fallback rules are written for.
        let default = input.config.locales.default();
        for Group {
            variants,
            localized,
        } in groups
        {
            let original = variants.iter().find(|(locale, _)| *locale == default);
            let Some((_, main)) = original.or(variants.first()) else {
                continue;
            };
            let path = match input.layout.localized(*main) {
                Some(localized) => localized.rest.clone(),
                None => input.path(*main).to_string(),
            };
            let set = TranslationSetId(self.sets.len() as u32);
            for (_, id) in &variants {
                self.by_source[id.index()] = Some(set);
            }
            self.sets.push(TranslationSet {
                path,
                variants,
                localized,
                pages: vec![None; input.config.locales.len()],
                original: None,
            });
        }
    }

    /// A page for each set and language that shows it, two of which may have the same output.
    fn expected(&self, input: LinkInput<'_>) -> Vec<Page> {
        let mut list = Vec::new();
        for (number, set) in self.sets.iter().enumerate() {
            for locale in input.config.locales.ids() {
                let id = TranslationSetId(number as u32);
                list.extend(set.page(id, locale, input));
            }
        }
        list
    }

    /// Takes the pages that are written. Of two with one output the translated one wins, then the one whose source comes first.
    fn publish(&mut self, mut expected: Vec<Page>, input: LinkInput<'_>) {
        expected.sort_by(|a, b| {
            (&a.output, a.origin != Origin::Translated, a.source).cmp(&(
                &b.output,
                b.origin != Origin::Translated,
                b.source,
            ))
        });
        let mut list: Vec<Page> = Vec::with_capacity(expected.len());
        for page in expected {
            match list.last() {
                Some(first) if first.output == page.output => {
                    // A page that only stands in for a missing translation gives way, which is no mistake.
                    if page.origin == Origin::Translated {
                        self.collisions.push(Collision {
                            published: input.path(first.source).clone(),
                            dropped: input.path(page.source).clone(),
                            output: page.output,
                        });
                    }
                }
                _ => list.push(page),
            }
        }
        // This order is relied on: pages are found by binary search.
        list.sort_by(|a, b| (a.locale, &a.output).cmp(&(b.locale, &b.output)));
        for (page, id) in list.iter().zip(PageId::all(list.len())) {
            let set = &mut self.sets[page.translation_set.0 as usize];
            set.pages[page.locale.index()] = Some(id);
            // Readers without a version of their own get the default language's, or else the first one there is.
            let is_default = page.locale == input.config.locales.default();
            if page.origin == Origin::Translated && (set.original.is_none() || is_default) {
                set.original = Some(id);
            }
        }
        self.list = list;
    }
}

impl TranslationSet {
    /// The file of a language.
    pub fn variant(&self, locale: LocaleId) -> Option<SourceId> {
        let found = self.variants.iter().find(|(other, _)| *other == locale);
        found.map(|(_, source)| *source)
    }

    /// The page that readers of `locale` get, if there is one for them.
    fn page(&self, id: TranslationSetId, locale: LocaleId, input: LinkInput<'_>) -> Option<Page> {
        let (source, origin) = self.source_for(locale, input.config)?;
        let interface = input.interface(source)?;
        let placed = match origin {
            Origin::Translated => input.layout.placed(source)?.clone(),
            Origin::Fallback(_) => self.placed_in(locale, source, input)?,
        };
        Some(Page {
            locale,
            translation_set: id,
            source,
            origin,
            kind: kind_of(interface, input.layout)?,
            output: html_path(&placed.output, interface),
        })
    }

    /// Where a page of `locale` is published that is missing, and for which `source` is shown.
    fn placed_in(
        &self,
        locale: LocaleId,
        source: SourceId,
        input: LinkInput<'_>,
    ) -> Option<MappedFile> {
        let Some(localized) = input.layout.localized(source) else {
            return input.layout.placed(source).cloned();
        };
        let path = input.config.in_language(localized, locale)?;
        input.config.map_file(&path)
    }

    /// The file that is shown to readers of `locale`, if the fallback rules show them one.
    fn source_for(&self, locale: LocaleId, config: &Config) -> Option<(SourceId, Origin)> {
        if let Some(own) = self.variant(locale) {
            return Some((own, Origin::Translated));
        }
        // A page that is in no language folder is the same for all readers.
        if !self.localized || config.fallback_mode(&self.path) != FallbackMode::Page {
            return None;
        }
        for other in config.locales.fallback_chain(locale) {
            if let Some(source) = self.variant(other) {
                return Some((source, Origin::Fallback(other)));
            }
        }
        None
    }
}
