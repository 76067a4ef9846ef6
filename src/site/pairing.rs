//! Published documents -> which of them are one page in several languages. A `translation_key` they share says so first, then the path below
//! their language folders, then what their uids have in common. What these say against each other is kept, and nothing is guessed.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::config::{FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId, Span};

use super::index::LinkInput;
use super::pages::kind_of;

/// The front matter key by which pages say that they are translations of each other.
pub(super) const KEY: &str = "translation_key";

/// A page that says it is the translation of another one, which has a translation in that language already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairingConflict {
    /// The page.
    pub source: SourceId,
    /// Where it says so.
    pub span: Span,
    /// What says so: the front matter key.
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
    /// False for a page that lies in no language folder.
    pub localized: bool,
}

impl Group {
    fn of(&self, locale: LocaleId) -> Option<SourceId> {
        self.variants
            .iter()
            .find(|(other, _)| *other == locale)
            .map(|(_, id)| *id)
    }
}

pub(super) struct Pairing<'a> {
    parts: LinkInput<'a>,
    groups: Vec<Group>,
    /// The group of each page.
    of: BTreeMap<SourceId, usize>,
    pub conflicts: Vec<PairingConflict>,
}

impl<'a> Pairing<'a> {
    pub fn new(parts: LinkInput<'a>) -> Self {
        let mut pairing = Pairing {
            parts,
            groups: Vec::new(),
            of: BTreeMap::new(),
            conflicts: Vec::new(),
        };
        pairing.by_path();
        pairing.by_front_matter(KEY, |_, value| Some(value.to_owned()));
        pairing.by_front_matter("uid", |locale, value| {
            parts.config.translations.stem(locale, value)
        });
        pairing
    }

    /// The groups that have a page, in the order of their first pages.
    pub fn groups(self) -> (Vec<Group>, Vec<PairingConflict>) {
        let mut groups: Vec<Group> = self
            .groups
            .into_iter()
            .filter(|group| !group.variants.is_empty())
            .collect();
        for group in &mut groups {
            group.variants.sort_by_key(|(_, id)| *id);
        }
        groups.sort_by_key(|group| group.variants.first().map(|(_, id)| *id));
        (groups, self.conflicts)
    }

    fn by_path(&mut self) {
        let LinkInput {
            sources,
            config,
            layout,
            ..
        } = self.parts;
        let mut slots: FxHashMap<(SitePath, String), usize> = FxHashMap::default();
        for id in sources.ids() {
            let Some(document) = self.parts.document(id) else {
                continue;
            };
            let Some(placed) = layout
                .placed(id)
                .filter(|placed| placed.kind == FileKind::Pages)
            else {
                continue;
            };
            if kind_of(document, sources).is_none() {
                continue;
            }
            let (slot, locale, localized) = match layout.localized(id) {
                Some(LocalizedPath { root, locale, rest }) => {
                    ((root.clone(), rest.clone()), *locale, true)
                }
                None => (
                    (SitePath::root(), format!("/{}", self.parts.path(id))),
                    placed.locale.unwrap_or_else(|| config.locales.default()),
                    false,
                ),
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

    /// Joins the pages of language folders whose front matter says the same by `key`.
    fn by_front_matter(
        &mut self,
        key: &'static str,
        shared: impl Fn(LocaleId, &str) -> Option<String>,
    ) {
        let mut joined: BTreeMap<String, Vec<(LocaleId, SourceId)>> = BTreeMap::new();
        for (&id, &group) in &self.of {
            let Some(document) = self
                .parts
                .document(id)
                .filter(|_| self.groups[group].localized)
            else {
                continue;
            };
            let Some(locale) = self.parts.layout.locale(id) else {
                continue;
            };
            let value = document
                .front_matter
                .text(key)
                .and_then(|value| shared(locale, value.trim()));
            if let Some(value) = value {
                joined.entry(value).or_default().push((locale, id));
            }
        }
        let default = self.parts.config.locales.default();
        for pages in joined.into_values() {
            let original = pages
                .iter()
                .find(|(locale, _)| *locale == default)
                .or(pages.first())
                .map(|(_, id)| *id);
            let Some(original) = original else { continue };
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
        let has_room = self.groups[from]
            .variants
            .iter()
            .all(|(locale, _)| self.groups[to].of(*locale).is_none());
        let moving = match self.groups[to].of(locale) {
            _ if has_room => std::mem::take(&mut self.groups[from].variants),
            None if key == KEY => vec![(locale, id)],
            other => {
                // What an author says of one page outweighs where another one lies; a uid outweighs nothing.
                let other = other.or_else(|| {
                    self.groups[from]
                        .variants
                        .iter()
                        .find(|page| page.1 != id)
                        .map(|page| page.1)
                });
                let says_so = other.is_some_and(|other| {
                    self.text(other, KEY).is_some()
                        && self.text(other, KEY) == self.text(original, KEY)
                });
                let displaced = key == KEY && !says_so;
                let front_matter = self
                    .parts
                    .document(id)
                    .map(|document| &document.front_matter);
                let span = front_matter
                    .and_then(|front| front.get(key))
                    .map(|node| node.span)
                    .unwrap_or_default();
                self.conflicts.extend(other.map(|other| PairingConflict {
                    source: id,
                    span,
                    key,
                    original,
                    other,
                    displaced,
                }));
                let Some(other) = other.filter(|_| displaced) else {
                    return;
                };
                self.groups[to].variants.retain(|(_, page)| *page != other);
                self.groups.push(Group {
                    variants: vec![(locale, other)],
                    localized: true,
                });
                self.of.insert(other, self.groups.len() - 1);
                vec![(locale, id)]
            }
        };
        for (locale, page) in moving {
            self.groups[from]
                .variants
                .retain(|(_, other)| *other != page);
            self.groups[to].variants.push((locale, page));
            self.of.insert(page, to);
        }
    }

    fn text(&self, id: SourceId, key: &str) -> Option<&str> {
        self.parts.document(id)?.front_matter.text(key)
    }
}
