//! Which pages exist: every published document in its own language, and for each other language what its readers see instead.

use std::collections::BTreeMap;

use crate::config::{Config, FallbackMode, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::document::DataPage;
use crate::syntax::{Body, Document};

use super::index::LinkInput;
use super::pairing::{Group, Pairing, PairingConflict};

/// The number of a page in [`super::Site::pages`].
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

/// The kinds of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// Markdown.
    Article,
    /// Cards with links.
    Landing,
    /// Steps.
    Tutorial,
    /// A YAML file of a type that only the site's own template knows.
    Data,
    /// Nothing to read: sends the reader on.
    Redirect,
}

/// What all translations of one page share.
#[derive(Debug, Clone)]
pub struct TranslationSet {
    /// The path below the language folder, that of the default language if it has one; the whole path for a page that lies in none.
    pub path: String,
    /// The files, at most one for each language.
    pub variants: Vec<(LocaleId, SourceId)>,
    /// False for a page that lies in no language folder and exists once.
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
    /// The page, whoever's it is.
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
    homes: BTreeMap<LocaleId, PageId>,
}

impl Pages {
    pub fn list(&self) -> &[Page] {
        &self.list
    }

    /// The page of a language that is written to `output`.
    pub fn at(&self, locale: LocaleId, output: &SitePath) -> Option<PageId> {
        let at = self
            .list
            .binary_search_by(|page| (page.locale, &page.output).cmp(&(locale, output)))
            .ok()?;
        Some(PageId(at as u32))
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

    pub fn home(&self, locale: LocaleId) -> Option<PageId> {
        self.homes.get(&locale).copied()
    }

    pub fn version_for(&self, set: TranslationSetId, locale: LocaleId) -> Option<PageVersion> {
        let set = self.translation_set(set);
        let own = set.pages.get(locale.index()).copied().flatten();
        own.map(PageVersion::Localized)
            .or(set.original.map(PageVersion::Original))
    }

    pub fn new(parts: LinkInput<'_>) -> Pages {
        let mut pages = Pages {
            by_source: vec![None; parts.sources.texts().len()],
            ..Pages::default()
        };
        pages.collect_sets(parts);
        pages.make(parts);
        pages
    }

    /// Groups published documents by what their translations share.
    fn collect_sets(&mut self, parts: LinkInput<'_>) {
        let config = parts.config;
        let (groups, conflicts) = Pairing::new(parts).groups();
        self.conflicts = conflicts;
        let default = config.locales.default();
        for Group {
            variants,
            localized,
        } in groups
        {
            let main = variants
                .iter()
                .find(|(locale, _)| *locale == default)
                .or(variants.first());
            let Some(main) = main.map(|(_, id)| *id) else {
                continue;
            };
            let path = parts.layout.localized(main).map_or_else(
                || parts.path(main).to_string(),
                |localized| localized.rest.clone(),
            );
            let set = TranslationSetId(self.sets.len() as u32);
            for (_, id) in &variants {
                self.by_source[id.index()] = Some(set);
            }
            self.sets.push(TranslationSet {
                path,
                variants,
                localized,
                pages: vec![None; config.locales.len()],
                original: None,
            });
        }
    }

    fn make(&mut self, parts: LinkInput<'_>) {
        let LinkInput {
            sources,
            config,
            layout,
            ..
        } = parts;
        let mut list = Vec::new();
        for (number, set) in self.sets.iter().enumerate() {
            for locale in config.locales.ids() {
                let Some((source, origin)) = set.source_for(locale, config) else {
                    continue;
                };
                let Some(document) = parts.document(source) else {
                    continue;
                };
                let placed = match (origin, layout.localized(source)) {
                    // Where the file would go that is missing.
                    (Origin::Fallback(_), Some(LocalizedPath { root, rest, .. })) => {
                        let path = root
                            .join(&config.locales.get(locale).folder)
                            .and_then(|folder| folder.join(rest))
                            .ok();
                        path.and_then(|path| config.map_file(&path))
                    }
                    _ => layout.placed(source).cloned(),
                };
                let Some(placed) = placed else { continue };
                let output = html_path(&placed.output, document);
                let Some(kind) = kind_of(document, sources) else {
                    continue;
                };
                list.push(Page {
                    locale,
                    translation_set: TranslationSetId(number as u32),
                    source,
                    origin,
                    kind,
                    output,
                });
            }
        }
        // Of two pages with one output the translated one wins, then the one whose source comes first.
        list.sort_by(|a, b| {
            (&a.output, a.origin != Origin::Translated, a.source).cmp(&(
                &b.output,
                b.origin != Origin::Translated,
                b.source,
            ))
        });
        let mut kept: Vec<Page> = Vec::with_capacity(list.len());
        for page in list {
            match kept.last() {
                Some(first) if first.output == page.output => {
                    if page.origin == Origin::Translated {
                        let path = |source| sources.get(source).path.clone();
                        self.collisions.push(Collision {
                            published: path(first.source),
                            dropped: path(page.source),
                            output: page.output,
                        });
                    }
                }
                _ => kept.push(page),
            }
        }
        kept.sort_by(|a, b| (a.locale, &a.output).cmp(&(b.locale, &b.output)));
        for (page, id) in kept.iter().zip(PageId::all(kept.len())) {
            let set = &mut self.sets[page.translation_set.0 as usize];
            set.pages[page.locale.index()] = Some(id);
            if page.origin == Origin::Translated
                && (set.original.is_none() || page.locale == config.locales.default())
            {
                set.original = Some(id);
            }
        }
        self.homes = homes(&kept);
        self.list = kept;
    }
}

/// The home page of each language: the index page that lies highest, and among those the one that is its reader's own.
fn homes(pages: &[Page]) -> BTreeMap<LocaleId, PageId> {
    let mut best: BTreeMap<LocaleId, (usize, bool, PageId)> = BTreeMap::new();
    for (page, id) in pages.iter().zip(PageId::all(pages.len())) {
        if page.output.file_name() != "index.html" || page.kind == PageKind::Redirect {
            continue;
        }
        let rank = (
            page.output.segments().count(),
            page.origin != Origin::Translated,
            id,
        );
        best.entry(page.locale)
            .and_modify(|known| *known = rank.min(*known))
            .or_insert(rank);
    }
    best.into_iter()
        .map(|(locale, (.., id))| (locale, id))
        .collect()
}

impl TranslationSet {
    /// The file that readers of `locale` are shown, if the rules show them one.
    fn source_for(&self, locale: LocaleId, config: &Config) -> Option<(SourceId, Origin)> {
        let variant = |wanted: LocaleId| {
            self.variants
                .iter()
                .find(|(locale, _)| *locale == wanted)
                .map(|(_, source)| *source)
        };
        if let Some(own) = variant(locale) {
            return Some((own, Origin::Translated));
        }
        if !self.localized || config.fallback_mode(&self.path) != FallbackMode::Page {
            return None;
        }
        config
            .locales
            .fallback_chain(locale)
            .into_iter()
            .find_map(|other| Some((variant(other)?, Origin::Fallback(other))))
    }
}

/// The kind of page a document is; nothing if it is none.
pub(super) fn kind_of(document: &Document, sources: &Sources) -> Option<PageKind> {
    let kind = match &document.body {
        Body::Article(_) => PageKind::Article,
        Body::Landing(_) => PageKind::Landing,
        Body::Tutorial(_) => PageKind::Tutorial,
        Body::Data(data) if own_template(data, sources).is_some() => PageKind::Data,
        Body::Toc(_) | Body::Data(_) => return None,
    };
    Some(if document.front_matter.text("redirect_url").is_some() {
        PageKind::Redirect
    } else {
        kind
    })
}

/// The template a site has for a type of page that only it knows: `templates/Type.html`.
pub(super) fn own_template(data: &DataPage, sources: &Sources) -> Option<String> {
    let name = format!("{}.html", data.mime.as_ref()?);
    sources.find(&format!("templates/{name}")).map(|_| name)
}

/// `x.md` is written to `x.html`, or under the name its `outputFileName` says: that of a file in the same folder.
pub(super) fn html_path(path: &SitePath, document: &Document) -> SitePath {
    let stated = document
        .front_matter
        .text("outputFileName")
        .map(str::trim)
        .filter(|name| !name.contains(['/', '\\']) && *name != "..");
    let stem = stated.map_or(path.stem(), |name| {
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    });
    path.parent()
        .join(&format!("{stem}.html"))
        .unwrap_or_else(|_| path.clone())
}
