//! All tocs of a site, paired by language like pages are.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::super::target::Target;
use super::super::toc_reference::is_nested;
use super::input::NavigationInput;

/// What all translations of one toc share.
pub(super) struct TocSet {
    pub variants: Vec<(LocaleId, SourceId)>,
    pub localized: bool,
    pub is_root: bool,
}

impl TocSet {
    /// Adds the toc at `path`. Of two in one folder, `toc.yml` is used and `toc.md` isn't, as in DocFX.
    fn add(&mut self, locale: LocaleId, toc: SourceId, path: &SitePath) {
        if path.has_extension("yml") {
            self.variants.insert(0, (locale, toc));
        } else {
            self.variants.push((locale, toc));
        }
    }

    pub fn variant(&self, locale: LocaleId) -> Option<SourceId> {
        let found = self.variants.iter().find(|(other, _)| *other == locale);
        found.map(|(_, source)| *source)
    }
}

pub(super) struct Tocs<'a> {
    input: NavigationInput<'a>,
    pub sets: Vec<TocSet>,
    pub by_source: BTreeMap<SourceId, usize>,
    /// Tocs that are unfolded in others.
    nested: BTreeSet<SourceId>,
}

impl<'a> Tocs<'a> {
    pub fn collect(input: NavigationInput<'a>) -> Tocs<'a> {
        let mut tocs = Tocs {
            input,
            sets: Vec::new(),
            by_source: BTreeMap::new(),
            nested: BTreeSet::new(),
        };
        let mut by_path: BTreeMap<(Option<SitePath>, String), usize> = BTreeMap::new();
        for id in input.tocs() {
            tocs.collect_nested(id);
            let layout = input.input.layout;
            let Some(placed) = layout.placed(id) else {
                continue;
            };
            if placed.kind != FileKind::Pages {
                continue;
            }
            let default = input.input.config.locales.default();
            let (slot, locale, localized) = match layout.localized(id) {
                Some(LocalizedPath { root, locale, rest }) => {
                    ((Some(root.clone()), toc_path(rest)), *locale, true)
                }
                None => {
                    let slot = (None, toc_path(input.input.path(id).as_str()));
                    (slot, placed.locale.unwrap_or(default), false)
                }
            };
            let is_root = if localized {
                !slot.1.contains('/')
            } else {
                placed.output.parent().is_root()
            };
            // Translations of a toc share a slot: the path below their language folders.
            let next = tocs.sets.len();
            let set = *by_path.entry(slot).or_insert(next);
            if set == next {
                tocs.sets.push(TocSet {
                    variants: Vec::new(),
                    localized,
                    is_root,
                });
            }
            tocs.sets[set].add(locale, id, input.input.path(id));
            tocs.by_source.insert(id, set);
        }
        tocs
    }

    pub fn collect_nested(&mut self, id: SourceId) {
        let (Some(interface), Some(links)) = (
            self.input.input.interface(id),
            &self.input.links[id.index()],
        ) else {
            return;
        };
        for (reference, target) in interface.references().zip(&links.targets) {
            if let Target::Toc(nested) = target
                && is_nested(reference)
            {
                self.nested.insert(*nested);
            }
        }
    }

    /// True if another toc unfolds `toc`.
    pub fn is_nested(&self, toc: SourceId) -> bool {
        self.nested.contains(&toc)
    }

    /// Which toc wins a page that several list: the smallest number, a nested one last (DocFX spec 14.6).
    pub fn order(&self, set: usize, toc: SourceId) -> i64 {
        if let Some(toc) = self.input.toc(toc)
            && let Some(order) = toc.order
        {
            return order;
        }
        let mut variants = self.sets[set].variants.iter();
        // DocFX gives nested tocs this order (DocFX spec 14.6).
        if variants.any(|(_, source)| self.nested.contains(source)) {
            100
        } else {
            0
        }
    }

    /// The toc that readers of `locale` get where `toc` is meant.
    pub fn variant(&self, toc: SourceId, locale: LocaleId) -> SourceId {
        match self.by_source.get(&toc) {
            Some(set) => self.source_for(*set, locale).unwrap_or(toc),
            None => toc,
        }
    }

    pub fn source_for(&self, set: usize, locale: LocaleId) -> Option<SourceId> {
        let set = &self.sets[set];
        // Outside of the folders of languages it is published once, in the language of its place.
        if !set.localized {
            return set.variant(locale);
        }
        // A language without a toc of its own uses that of its fallback.
        let chain = self.input.input.config.locales.fallback_chain(locale);
        chain.into_iter().find_map(|locale| set.variant(locale))
    }

    /// Where the toc would be published if it were written in `locale`.
    pub fn output(&self, toc: SourceId, locale: LocaleId) -> Option<SitePath> {
        let input = self.input.input;
        let path = match input.layout.localized(toc) {
            Some(localized) => input.config.in_language(localized, locale)?,
            None => input.path(toc).clone(),
        };
        Some(input.placed(&path)?.output)
    }
}

/// The path of a toc without its spelling: `toc.md` in one language and `TOC.yml` in another are the same toc.
fn toc_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/toc"),
        None => "toc".to_owned(),
    }
}
