//! A table of contents and its translation -> which of their entries are the same ones: those that lead to the same place, whatever they are
//! called and wherever they stand. Entries are numbered as the sections of the file are.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::config::FallbackMode;
use crate::locale::LocaleId;
use crate::site::address::split_address;
use crate::site::pages::{Origin, TranslationSetId};
use crate::site::{PageVersion, Site, Target};
use crate::source::SourceId;
use crate::syntax::toc::TocEntry;
use crate::syntax::{Body, RefId};

/// Where an entry leads, said the same way for all languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum EntryTarget<'a> {
    /// To a page, and to a place on it.
    Page(TranslationSetId, &'a str),
    /// To a file with this path below its language folder.
    File(String),
    /// To whatever is found at this address.
    Address(&'a str),
}

struct NumberedEntry<'a> {
    place: Option<EntryTarget<'a>>,
    /// The number behind the last entry inside this one.
    end: usize,
}

/// The entries of `original` with those of `translation` that are the same. Groups, which lead nowhere, are the same in order if both have as
/// many, else by the first entry inside them.
pub(super) fn pairs(
    site: &Site,
    original: SourceId,
    translation: SourceId,
) -> BTreeMap<usize, usize> {
    let (ones, others) = (items(site, original), items(site, translation));
    let mut places: BTreeMap<&EntryTarget<'_>, VecDeque<usize>> = BTreeMap::new();
    for (at, place) in others
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at, item.place.as_ref()?)))
    {
        places.entry(place).or_default().push_back(at);
    }
    let found = ones
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at, places.get_mut(item.place.as_ref()?)?.pop_front()?)));
    let mut pairs: BTreeMap<usize, usize> = found.collect();
    let groups = |items: &[NumberedEntry<'_>]| {
        (0..items.len())
            .filter(|at| items[*at].place.is_none())
            .collect::<Vec<usize>>()
    };
    let (one_groups, other_groups) = (groups(&ones), groups(&others));
    if one_groups.len() == other_groups.len() {
        pairs.extend(one_groups.into_iter().zip(other_groups));
        return pairs;
    }
    let first = |items: &[NumberedEntry<'_>], group: usize| {
        (group + 1..items[group].end).find(|at| items[*at].place.is_some())
    };
    let mut by_first: BTreeMap<usize, VecDeque<usize>> = BTreeMap::new();
    for group in other_groups {
        first(&others, group)
            .into_iter()
            .for_each(|inside| by_first.entry(inside).or_default().push_back(group));
    }
    for group in one_groups {
        let same = first(&ones, group)
            .and_then(|inside| by_first.get_mut(pairs.get(&inside)?)?.pop_front());
        same.into_iter()
            .for_each(|other| _ = pairs.insert(group, other));
    }
    pairs
}

/// The entries that readers of `locale` have no use for: those of pages that they aren't shown.
pub(super) fn unseen(site: &Site, toc: SourceId, locale: LocaleId) -> BTreeSet<usize> {
    of_pages(site, toc, |set| is_unseen(site, set, locale))
}

/// The entries that need no name in `locale`, as the pages they lead to have a title in it.
pub(super) fn titled(site: &Site, toc: SourceId, locale: LocaleId) -> BTreeSet<usize> {
    of_pages(site, toc, |set| match site.version_for(set, locale) {
        Some(PageVersion::Localized(page)) => site.page(page).origin == Origin::Translated,
        _ => is_unseen(site, set, locale),
    })
}

fn is_unseen(site: &Site, set: TranslationSetId, locale: LocaleId) -> bool {
    match site.version_for(set, locale) {
        Some(PageVersion::Localized(_)) => false,
        Some(PageVersion::Original(_)) => {
            site.translation_set(set).localized
                && site.config.fallback_mode(&site.translation_set(set).path)
                    == FallbackMode::Nothing
        }
        None => true,
    }
}

fn of_pages(
    site: &Site,
    toc: SourceId,
    is_so: impl Fn(TranslationSetId) -> bool,
) -> BTreeSet<usize> {
    let items = items(site, toc).into_iter().enumerate();
    items
        .filter(|(_, item)| matches!(item.place, Some(EntryTarget::Page(set, _)) if is_so(set)))
        .map(|(at, _)| at)
        .collect()
}

fn items(site: &Site, toc: SourceId) -> Vec<NumberedEntry<'_>> {
    let mut items = Vec::new();
    if let Some(Body::Toc(read)) = site.linked(toc).map(|linked| &linked.document.body) {
        gather(site, toc, &read.entries, &mut items);
    }
    items
}

fn gather<'a>(
    site: &'a Site,
    toc: SourceId,
    entries: &[TocEntry],
    items: &mut Vec<NumberedEntry<'a>>,
) {
    for entry in entries {
        let reference = entry
            .href
            .or(entry.toc_href)
            .or(entry.topic())
            .or(entry.uid);
        let at = items.len();
        items.push(NumberedEntry {
            place: reference.and_then(|reference| place(site, toc, reference)),
            end: at + 1,
        });
        gather(site, toc, &entry.children, items);
        items[at].end = items.len();
    }
}

fn place(site: &Site, toc: SourceId, reference: RefId) -> Option<EntryTarget<'_>> {
    let (reference, target) = site.reference(toc, reference)?;
    let below = |path: &crate::source::SitePath| match site.config.localized_path(path) {
        Some(localized) => localized.rest,
        None => path.to_string(),
    };
    Some(match target {
        Target::Page { set, .. } => EntryTarget::Page(*set, split_address(&reference.target).1),
        Target::Toc(other) => EntryTarget::File(below(&site.source(*other).path)),
        Target::Asset(path) => EntryTarget::File(below(path)),
        _ => EntryTarget::Address(&reference.target),
    })
}
