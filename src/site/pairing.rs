//! Published documents -> which of them are one page in several languages. A shared `translation_key` decides first, then the path below the
//! language folders, then what uids have in common. Contradictions between these are recorded as conflicts, and nothing is guessed.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::config::{FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::input::LinkInput;
use super::page_kind::kind_of;

/// The front matter key that translations of one page share.
pub(super) const KEY: &str = "translation_key";

/// A page that names itself the translation of another one, which has a translation in that language already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairingConflict {
    /// The page.
    pub source: SourceId,
    /// The front matter key that names the other page.
    pub key: &'static str,
    /// The page it would be a translation of.
    pub original: SourceId,
    /// The page in its own language that is one already.
    pub other: SourceId,
    /// True if the other page gives way.
    pub displaced: bool,
}

/// One page in all its languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The files, at most one for each language, in path order.
    pub variants: Vec<(LocaleId, SourceId)>,
    /// False for a page that is in no language folder.
    pub localized: bool,
}

impl Group {
    fn of(&self, locale: LocaleId) -> Option<SourceId> {
        let found = self.variants.iter().find(|(other, _)| *other == locale);
        found.map(|(_, id)| *id)
    }
}

pub(super) struct Pairing<'a> {
    input: LinkInput<'a>,
    groups: Vec<Group>,
    /// The group of each page.
    of: BTreeMap<SourceId, usize>,
    pub conflicts: Vec<PairingConflict>,
}

impl<'a> Pairing<'a> {
    pub fn new(input: LinkInput<'a>) -> Self {
        let mut pairing = Pairing {
            input,
            groups: Vec::new(),
            of: BTreeMap::new(),
            conflicts: Vec::new(),
        };
        // In this order: what comes later joins groups that are there, and only an explicit key may take a page out of one.
        pairing.by_path();
        pairing.by_front_matter(KEY);
        pairing.by_front_matter("uid");
        pairing
    }

    /// The groups that have a page, in the order of their first pages.
    pub fn groups(self) -> (Vec<Group>, Vec<PairingConflict>) {
        let mut groups = self.groups;
        // Groups whose pages were all moved to others are empty.
        groups.retain(|group| !group.variants.is_empty());
        for group in &mut groups {
            group.variants.sort_by_key(|(_, id)| *id);
        }
        groups.sort_by_key(|group| group.variants.first().map(|(_, id)| *id));
        (groups, self.conflicts)
    }

    fn by_path(&mut self) {
        let LinkInput { config, layout, .. } = self.input;
        let mut slots: FxHashMap<(SitePath, String), usize> = FxHashMap::default();
        for id in layout.ids() {
            let Some(interface) = self.input.interface(id) else {
                continue;
            };
            let Some(placed) = layout.placed(id) else {
                continue;
            };
            if placed.kind != FileKind::Pages || kind_of(interface, layout).is_none() {
                continue;
            }
            let (slot, locale, localized) = match layout.localized(id) {
                Some(LocalizedPath { root, locale, rest }) => {
                    ((root.clone(), rest.clone()), *locale, true)
                }
                None => {
                    // No path below a language folder begins with `/`, so this page shares its slot with no other.
                    let slot = (SitePath::root(), format!("/{}", self.input.path(id)));
                    let locale = placed.locale.unwrap_or_else(|| config.locales.default());
                    (slot, locale, false)
                }
            };
            let group = *slots.entry(slot).or_insert_with(|| {
                self.groups.push(Group {
                    variants: Vec::new(),
                    localized,
                });
                self.groups.len() - 1
            });
            self.groups[group].variants.push((locale, id));
            self.of.insert(id, group);
        }
    }

    /// Joins the pages of language folders whose front matter has the same `key`.
    fn by_front_matter(&mut self, key: &'static str) {
        let config = self.input.config;
        let mut joined: BTreeMap<String, Vec<(LocaleId, SourceId)>> = BTreeMap::new();
        for (&id, &group) in &self.of {
            if !self.groups[group].localized {
                continue;
            }
            let (Some(value), Some(locale)) = (self.text(id, key), self.input.layout.locale(id))
            else {
                continue;
            };
            // Uids differ from language to language by a suffix the configuration names, as in `page-no`.
            let shared = match key {
                KEY => Some(value.trim().to_owned()),
                _ => config.translations.stem(locale, value.trim()),
            };
            if let Some(shared) = shared {
                joined.entry(shared).or_default().push((locale, id));
            }
        }
        let default = config.locales.default();
        for pages in joined.into_values() {
            // Translations are measured against the default language; without it, against the first page in path order.
            let in_default = pages.iter().find(|(locale, _)| *locale == default);
            let Some(&(_, original)) = in_default.or(pages.first()) else {
                continue;
            };
            for (locale, id) in pages {
                self.join(original, locale, id, key);
            }
        }
    }

    /// Makes page `id` a translation of `original`, with those that are its translations already if there is room for all of them.
    fn join(&mut self, original: SourceId, locale: LocaleId, id: SourceId, key: &'static str) {
        let (Some(&to), Some(&from)) = (self.of.get(&original), self.of.get(&id)) else {
            return;
        };
        if to == from {
            return;
        }
        if self.has_room(to, from) {
            let moving = std::mem::take(&mut self.groups[from].variants);
            self.move_pages(moving, from, to);
            return;
        }
        let taken = self.groups[to].of(locale);
        if taken.is_some() || key != KEY {
            // A uid can't take the place of a page, nor a page out of a group with others: both are reported.
            let Some(other) = taken.or_else(|| self.other_than(id, from)) else {
                return;
            };
            // What an author writes about one page outweighs the path of another; a uid outweighs nothing.
            let displaced = key == KEY && !self.share_key(other, original);
            self.conflicts.push(PairingConflict {
                source: id,
                key,
                original,
                other,
                displaced,
            });
            if !displaced {
                return;
            }
            self.groups[to].variants.retain(|(_, page)| *page != other);
            self.groups.push(Group {
                variants: vec![(locale, other)],
                localized: true,
            });
            self.of.insert(other, self.groups.len() - 1);
        }
        self.move_pages(vec![(locale, id)], from, to);
    }

    /// True if no language has a page in both groups.
    fn has_room(&self, to: usize, from: usize) -> bool {
        let mut languages = self.groups[from].variants.iter();
        languages.all(|(locale, _)| self.groups[to].of(*locale).is_none())
    }

    fn move_pages(&mut self, pages: Vec<(LocaleId, SourceId)>, from: usize, to: usize) {
        for (locale, page) in pages {
            self.groups[from]
                .variants
                .retain(|(_, other)| *other != page);
            self.groups[to].variants.push((locale, page));
            self.of.insert(page, to);
        }
    }

    /// A page of the group that is not `id`.
    fn other_than(&self, id: SourceId, group: usize) -> Option<SourceId> {
        let mut pages = self.groups[group].variants.iter();
        pages.find(|(_, page)| *page != id).map(|(_, page)| *page)
    }

    /// True if both pages have the same `translation_key`.
    fn share_key(&self, one: SourceId, other: SourceId) -> bool {
        let key = self.text(one, KEY);
        key.is_some() && key == self.text(other, KEY)
    }

    fn text(&self, id: SourceId, key: &str) -> Option<&'a str> {
        self.input.interface(id)?.metadata(key)
    }
}
