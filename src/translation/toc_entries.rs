//! A table of contents and its translation -> which of their entries are the same ones: those with the same target, regardless of their name and
//! position. Entries are numbered in the order of the file, as its sections are.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::config::FallbackMode;
use crate::locale::LocaleId;
use crate::site::address::split_address;
use crate::site::pages::{Origin, TranslationSetId};
use crate::site::{PageVersion, Site, Target};
use crate::source::{SitePath, SourceId};
use crate::syntax::toc::TocEntry;
use crate::syntax::{Body, RefId};

/// The target of an entry, in a form that is the same in all languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum EntryTarget<'a> {
    /// A page, and an anchor on it.
    Page(TranslationSetId, &'a str),
    /// A file with this path below its language folder.
    File(String),
    /// Any other address.
    Address(&'a str),
}

struct NumberedEntry<'a> {
    /// None for a group.
    target: Option<EntryTarget<'a>>,
    /// The number after the last entry inside this one.
    end: usize,
}

/// The entries of `original` with those of `translation` that are the same. Groups, which have no target, are the same in order if there are
/// as many in both, else by the first entry inside them.
pub(super) fn paired_entries(
    site: &Site,
    original: SourceId,
    translation: SourceId,
) -> BTreeMap<usize, usize> {
    let originals = numbered_entries(site, original);
    let translations = numbered_entries(site, translation);
    let mut by_target: BTreeMap<&EntryTarget<'_>, VecDeque<usize>> = BTreeMap::new();
    for (at, entry) in translations.iter().enumerate() {
        if let Some(target) = &entry.target {
            by_target.entry(target).or_default().push_back(at);
        }
    }
    let mut pairs = BTreeMap::new();
    // A page may be in a table of contents several times; then the first is the first.
    for (at, entry) in originals.iter().enumerate() {
        if let Some(target) = &entry.target
            && let Some(same) = by_target.get_mut(target)
            && let Some(other) = same.pop_front()
        {
            pairs.insert(at, other);
        }
    }
    pair_groups(&originals, &translations, &mut pairs);
    pairs
}

fn pair_groups(
    originals: &[NumberedEntry<'_>],
    translations: &[NumberedEntry<'_>],
    pairs: &mut BTreeMap<usize, usize>,
) {
    let (groups, other_groups) = (groups(originals), groups(translations));
    // Groups are translated names and nothing else, so their number is the best evidence.
    if groups.len() == other_groups.len() {
        pairs.extend(groups.into_iter().zip(other_groups));
        return;
    }
    let mut by_first: BTreeMap<usize, VecDeque<usize>> = BTreeMap::new();
    for group in other_groups {
        if let Some(first) = first_target(translations, group) {
            by_first.entry(first).or_default().push_back(group);
        }
    }
    for group in groups {
        if let Some(first) = first_target(originals, group)
            && let Some(other_first) = pairs.get(&first)
            && let Some(same) = by_first.get_mut(other_first)
            && let Some(other) = same.pop_front()
        {
            pairs.insert(group, other);
        }
    }
}

fn groups(entries: &[NumberedEntry<'_>]) -> Vec<usize> {
    let mut groups = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.target.is_none() {
            groups.push(at);
        }
    }
    groups
}

/// The first entry with a target inside a group.
fn first_target(entries: &[NumberedEntry<'_>], group: usize) -> Option<usize> {
    (group + 1..entries[group].end).find(|at| entries[*at].target.is_some())
}

/// The entries whose pages readers of `locale` don't see, so that a translation can do without them.
pub(super) fn hidden_entries(site: &Site, toc: SourceId, locale: LocaleId) -> BTreeSet<usize> {
    entries_of_pages(site, toc, |set| is_hidden(site, set, locale))
}

/// The entries that need no name in `locale`, as the pages they link to have a title in it, or aren't seen.
pub(super) fn titled_entries(site: &Site, toc: SourceId, locale: LocaleId) -> BTreeSet<usize> {
    entries_of_pages(site, toc, |set| match site.version_for(set, locale) {
        Some(PageVersion::Localized(page)) => site.page(page).origin == Origin::Translated,
        _ => is_hidden(site, set, locale),
    })
}

fn is_hidden(site: &Site, set: TranslationSetId, locale: LocaleId) -> bool {
    match site.version_for(set, locale) {
        Some(PageVersion::Localized(_)) => false,
        Some(PageVersion::Original(_)) => {
            let set = site.translation_set(set);
            set.localized && site.config.fallback_mode(&set.path) == FallbackMode::Nothing
        }
        None => true,
    }
}

fn entries_of_pages(
    site: &Site,
    toc: SourceId,
    is_wanted: impl Fn(TranslationSetId) -> bool,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (at, entry) in numbered_entries(site, toc).into_iter().enumerate() {
        if let Some(EntryTarget::Page(set, _)) = entry.target
            && is_wanted(set)
        {
            found.insert(at);
        }
    }
    found
}

fn numbered_entries(site: &Site, toc: SourceId) -> Vec<NumberedEntry<'_>> {
    let mut numbered = Vec::new();
    if let Some(linked) = site.linked(toc)
        && let Body::Toc(parsed) = &linked.document.body
    {
        number_entries(site, toc, &parsed.entries, &mut numbered);
    }
    numbered
}

fn number_entries<'a>(
    site: &'a Site,
    toc: SourceId,
    entries: &[TocEntry],
    numbered: &mut Vec<NumberedEntry<'a>>,
) {
    for entry in entries {
        // An entry with several addresses leads to the first of these.
        let addresses = [entry.href, entry.toc_href, entry.topic(), entry.uid];
        let target = match addresses.into_iter().flatten().next() {
            Some(reference) => entry_target(site, toc, reference),
            None => None,
        };
        let at = numbered.len();
        numbered.push(NumberedEntry {
            target,
            end: at + 1,
        });
        number_entries(site, toc, &entry.children, numbered);
        numbered[at].end = numbered.len();
    }
}

fn entry_target(site: &Site, toc: SourceId, reference: RefId) -> Option<EntryTarget<'_>> {
    let (reference, target) = site.reference(toc, reference)?;
    Some(match target {
        Target::Page { set, .. } => EntryTarget::Page(*set, split_address(&reference.target).1),
        Target::Toc(other) => EntryTarget::File(path_in_language(site, &site.source(*other).path)),
        Target::Asset(path) => EntryTarget::File(path_in_language(site, path)),
        _ => EntryTarget::Address(&reference.target),
    })
}

/// The path below the language folder; outside of those, the whole path.
fn path_in_language(site: &Site, path: &SitePath) -> String {
    match site.config.localized_path(path) {
        Some(localized) => localized.rest,
        None => path.to_string(),
    }
}
