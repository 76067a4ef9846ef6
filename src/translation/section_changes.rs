//! Sections as a translator saw them and as they are now -> which are the same ones, and what has changed in them. A section keeps its
//! identity when its heading is renamed or when it moves, as long as what it says, its id or its place tell for certain; where they
//! don't, the old one is gone and the new one is new.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use super::hashes::nothing;
use super::lock_file::SectionRecord;
use super::sections::METADATA;

/// What can have happened to a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
    /// Its heading has other words.
    Heading,
    /// It has other words below its heading, or other code.
    Wording,
    /// Its links or pictures lead elsewhere, or stand elsewhere in it.
    Links,
    /// Its words stand in other marks: bold, a list, another level of its heading ...
    Formatting,
    /// Keys of the metadata that readers don't see have other values.
    Metadata,
    /// It stands elsewhere in the page.
    Moved,
}

impl ChangeKind {
    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Heading => "heading",
            ChangeKind::Wording => "wording",
            ChangeKind::Links => "links",
            ChangeKind::Formatting => "formatting",
            ChangeKind::Metadata => "metadata",
            ChangeKind::Moved => "moved",
        }
    }

    /// True if a translation that hasn't followed is out of date.
    pub fn is_stale(self) -> bool {
        matches!(
            self,
            ChangeKind::Added | ChangeKind::Removed | ChangeKind::Heading | ChangeKind::Wording
        )
    }
}

/// One section that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// Its number among the sections as they were seen, unless it is new.
    pub seen: Option<usize>,
    /// Its number among the sections as they are now, unless it is gone.
    pub now: Option<usize>,
    /// What has happened to it; never empty.
    pub how: Vec<ChangeKind>,
}

/// What has changed, in the order of the sections as they are now, those that are gone last.
pub fn changes(seen: &[SectionRecord], now: &[SectionRecord]) -> Vec<SectionChange> {
    let pairs = matched(seen, now);
    let in_order = longest_in_order(&pairs);
    let by_new: BTreeMap<usize, usize> = pairs.iter().map(|(old, new)| (*new, *old)).collect();
    let by_old: BTreeSet<usize> = pairs.iter().map(|(old, _)| *old).collect();
    let mut changes = Vec::new();
    for (at, section) in now.iter().enumerate() {
        let (old, how) = match by_new.get(&at) {
            None => (None, vec![added(section)]),
            Some(old) => (
                Some(*old),
                differences(&seen[*old], section, !in_order.contains(&(*old, at))),
            ),
        };
        if !how.is_empty() {
            changes.push(SectionChange {
                seen: old,
                now: Some(at),
                how,
            });
        }
    }
    let gone = (0..seen.len())
        .filter(|old| !by_old.contains(old) && added(&seen[*old]) == ChangeKind::Added);
    changes.extend(gone.map(|old| SectionChange {
        seen: Some(old),
        now: None,
        how: vec![ChangeKind::Removed],
    }));
    changes
}

/// What has happened to a section that was not there: metadata that nobody reads, or a picture before the first heading, are nothing new.
fn added(section: &SectionRecord) -> ChangeKind {
    match section.level == 0 && section.print.wording == nothing() {
        true if section.id == METADATA => ChangeKind::Metadata,
        true => ChangeKind::Formatting,
        false => ChangeKind::Added,
    }
}

fn differences(seen: &SectionRecord, now: &SectionRecord, moved: bool) -> Vec<ChangeKind> {
    let (one, other) = (seen.print, now.print);
    let words = one.wording != other.wording;
    let metadata = now.id == METADATA && now.level == 0;
    [
        (ChangeKind::Heading, one.heading != other.heading),
        (ChangeKind::Wording, words),
        // Links and marks are found by the words before them.
        (ChangeKind::Links, !words && one.links != other.links),
        (
            ChangeKind::Formatting,
            !metadata && (!words && one.markup != other.markup || seen.level != now.level),
        ),
        (ChangeKind::Metadata, metadata && one.markup != other.markup),
        (ChangeKind::Moved, moved),
    ]
    .into_iter()
    .filter_map(|(how, is_so)| is_so.then_some(how))
    .collect()
}

/// Which sections are the same ones: numbers of `seen` and of `now`, in the order of `seen`.
pub(super) fn matched(seen: &[SectionRecord], now: &[SectionRecord]) -> Vec<(usize, usize)> {
    let mut pairs = SectionMatcher {
        seen,
        now,
        new_of: vec![None; seen.len()],
        old_of: vec![None; now.len()],
    };
    pairs.by(
        |one| Some((one.id.clone(), one.print.heading, one.print.wording)),
        true,
    );
    pairs.by(
        |one| (one.level > 0).then_some((one.print.heading, one.print.wording)),
        true,
    );
    pairs.by(
        |one| (one.level > 0 && one.print.wording != nothing()).then_some(one.print.wording),
        false,
    );
    pairs.by(|one| Some((one.level == 0, one.id.clone())), false);
    pairs.by_place();
    pairs.list()
}

struct SectionMatcher<'a> {
    seen: &'a [SectionRecord],
    now: &'a [SectionRecord],
    new_of: Vec<Option<usize>>,
    old_of: Vec<Option<usize>>,
}

impl SectionMatcher<'_> {
    fn list(&self) -> Vec<(usize, usize)> {
        self.new_of
            .iter()
            .enumerate()
            .filter_map(|(old, new)| Some((old, (*new)?)))
            .collect()
    }

    fn join(&mut self, old: usize, new: usize) {
        self.new_of[old] = Some(new);
        self.old_of[new] = Some(old);
    }

    /// Joins those that have the same name and are the only ones; or, if asked, those of which there are as many as before, in order.
    fn by<N: Hash + Eq + Ord>(
        &mut self,
        name: impl Fn(&SectionRecord) -> Option<N>,
        several: bool,
    ) {
        let mut places: BTreeMap<N, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for old in (0..self.seen.len()).filter(|old| self.new_of[*old].is_none()) {
            name(&self.seen[old])
                .into_iter()
                .for_each(|name| places.entry(name).or_default().0.push(old));
        }
        for new in (0..self.now.len()).filter(|new| self.old_of[*new].is_none()) {
            name(&self.now[new])
                .into_iter()
                .for_each(|name| places.entry(name).or_default().1.push(new));
        }
        for (olds, news) in places.into_values() {
            if olds.len() == news.len() && (several || olds.len() == 1) {
                olds.into_iter()
                    .zip(news)
                    .for_each(|(old, new)| self.join(old, new));
            }
        }
    }

    /// Between two neighbours that were found, as many sections of the same levels in the same order are the same ones.
    fn by_place(&mut self) {
        let pairs = self.list();
        let in_order = longest_in_order(&pairs);
        let (mut old, mut new) = (0, 0);
        for (next_old, next_new) in in_order
            .into_iter()
            .chain([(self.seen.len(), self.now.len())])
        {
            let olds: Vec<usize> = (old..next_old)
                .filter(|old| self.new_of[*old].is_none() && self.seen[*old].level > 0)
                .collect();
            let news: Vec<usize> = (new..next_new)
                .filter(|new| self.old_of[*new].is_none() && self.now[*new].level > 0)
                .collect();
            let levels = |list: &[usize], of: &[SectionRecord]| {
                list.iter().map(|at| of[*at].level).collect::<Vec<_>>()
            };
            if levels(&olds, self.seen) == levels(&news, self.now) {
                olds.into_iter()
                    .zip(news)
                    .for_each(|(old, new)| self.join(old, new));
            }
            (old, new) = (next_old + 1, next_new + 1);
        }
    }
}

/// As many pairs as can be had without any two of them crossing; `pairs` is in the order of its first numbers.
fn longest_in_order(pairs: &[(usize, usize)]) -> BTreeSet<(usize, usize)> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let before = (0..at)
            .filter(|before| pairs[*before].1 < *new)
            .max_by_key(|before| (best[*before].0, std::cmp::Reverse(*before)));
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut chain = BTreeSet::new();
    let mut at = (0..pairs.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    while let Some(place) = at {
        chain.insert(pairs[place]);
        at = best[place].1;
    }
    chain
}
