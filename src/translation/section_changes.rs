//! The sections of an original as they are recorded and as they are now -> which are the same ones, and what has changed in them. A section
//! keeps its identity when its heading is renamed or when it moves, as long as its words, its id or its position identify it; where they
//! don't, the old one is removed and the new one is added.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::hashes::empty_wording;
use super::section_record::SectionRecord;
use super::sections::METADATA;

/// What can happen to a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its heading has other words.
    Heading,
    /// There are other words, or there is other code, below its heading.
    Wording,
    /// Its links or images have other targets or other positions.
    Links,
    /// The same words have other markup: bold, a list, another level of the heading ...
    Formatting,
    /// Keys of the front matter that readers don't see have other values.
    Metadata,
    /// It has another position in the page.
    Moved,
}

impl ChangeKind {
    /// The name in reports.
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

/// A section that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// Its number among the recorded sections, unless it is new.
    pub recorded: Option<usize>,
    /// Its number among the current sections, unless it is gone.
    pub current: Option<usize>,
    /// What has happened to it; never empty.
    pub kinds: Vec<ChangeKind>,
}

impl SectionChange {
    /// True if a translation that hasn't followed is out of date.
    pub fn is_stale(&self) -> bool {
        self.kinds.iter().any(|kind| kind.is_stale())
    }
}

/// What has changed, in the order of the current sections, then those that are gone.
pub fn section_changes(
    recorded: &[SectionRecord],
    current: &[SectionRecord],
) -> Vec<SectionChange> {
    let pairs = match_sections(recorded, current);
    let in_order = longest_in_order(&pairs);
    // Pairs are in the order of the recorded sections; changes are reported in that of the current ones.
    let mut recorded_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut is_paired = vec![false; recorded.len()];
    for (old, new) in &pairs {
        recorded_of.insert(*new, *old);
        is_paired[*old] = true;
    }
    let mut changes = Vec::new();
    for (at, section) in current.iter().enumerate() {
        let old = recorded_of.get(&at).copied();
        let kinds = match old {
            Some(old) => {
                let is_moved = !in_order.contains(&(old, at));
                differences(&recorded[old], section, is_moved)
            }
            None => vec![addition(section)],
        };
        if !kinds.is_empty() {
            changes.push(SectionChange {
                recorded: old,
                current: Some(at),
                kinds,
            });
        }
    }
    for (old, section) in recorded.iter().enumerate() {
        // What was no work to add is none to remove.
        if !is_paired[old] && addition(section) == ChangeKind::Added {
            changes.push(SectionChange {
                recorded: Some(old),
                current: None,
                kinds: vec![ChangeKind::Removed],
            });
        }
    }
    changes
}

/// The kind of change that a new section is: front matter without words for readers, or an image before the first heading, are no work for
/// a translator.
fn addition(section: &SectionRecord) -> ChangeKind {
    if section.level > 0 || section.hashes.wording != empty_wording() {
        ChangeKind::Added
    } else if section.id == METADATA {
        ChangeKind::Metadata
    } else {
        ChangeKind::Formatting
    }
}

fn differences(recorded: &SectionRecord, current: &SectionRecord, moved: bool) -> Vec<ChangeKind> {
    let (old, new) = (recorded.hashes, current.hashes);
    let is_metadata = current.level == 0 && current.id == METADATA;
    let mut kinds = Vec::new();
    if old.heading != new.heading {
        kinds.push(ChangeKind::Heading);
    }
    let is_reworded = old.wording != new.wording;
    if is_reworded {
        kinds.push(ChangeKind::Wording);
    }
    // The positions of links and of markup are counted in words: where the words are others, they differ anyway.
    if !is_reworded && old.links != new.links {
        kinds.push(ChangeKind::Links);
    }
    let has_other_markup = !is_reworded && old.markup != new.markup;
    if !is_metadata && (has_other_markup || recorded.level != current.level) {
        kinds.push(ChangeKind::Formatting);
    }
    if is_metadata && old.markup != new.markup {
        kinds.push(ChangeKind::Metadata);
    }
    if moved {
        kinds.push(ChangeKind::Moved);
    }
    kinds
}

/// Which sections are the same ones: numbers of `recorded` and of `current`, in the order of `recorded`.
pub fn match_sections(
    recorded: &[SectionRecord],
    current: &[SectionRecord],
) -> Vec<(usize, usize)> {
    let mut matcher = SectionMatcher {
        recorded,
        current,
        current_of: vec![None; recorded.len()],
        is_matched: vec![false; current.len()],
    };
    // From the most certain to the least: each pass leaves fewer sections to confuse for the next one.
    matcher.match_by(everything, Repeats::InOrder);
    matcher.match_by(heading_and_wording, Repeats::InOrder);
    matcher.match_by(wording, Repeats::Ambiguous);
    matcher.match_by(id, Repeats::Ambiguous);
    matcher.match_by_position();
    matcher.pairs()
}

/// Sections with the same key are the same section.
type MatchKey<'a> = (&'a str, u64, u64);

fn everything(section: &SectionRecord) -> Option<MatchKey<'_>> {
    let hashes = section.hashes;
    Some((&section.id, hashes.heading, hashes.wording))
}

fn heading_and_wording(section: &SectionRecord) -> Option<MatchKey<'_>> {
    let hashes = section.hashes;
    (section.level > 0).then_some(("", hashes.heading, hashes.wording))
}

fn wording(section: &SectionRecord) -> Option<MatchKey<'_>> {
    // Sections without words below their heading would all be the same one.
    let wording = section.hashes.wording;
    (section.level > 0 && wording != empty_wording()).then_some(("", 0, wording))
}

fn id(section: &SectionRecord) -> Option<MatchKey<'_>> {
    // A heading can have the id of the front matter, or none.
    Some((&section.id, u64::from(section.level == 0), 0))
}

/// What several sections with the same key are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeats {
    /// The same ones in order, if there are as many as before.
    InOrder,
    /// Not to be distinguished.
    Ambiguous,
}

struct SectionMatcher<'a> {
    recorded: &'a [SectionRecord],
    current: &'a [SectionRecord],
    /// By recorded section: the number of the current one.
    current_of: Vec<Option<usize>>,
    /// By current section.
    is_matched: Vec<bool>,
}

impl<'a> SectionMatcher<'a> {
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (old, new) in self.current_of.iter().enumerate() {
            if let Some(new) = new {
                pairs.push((old, *new));
            }
        }
        pairs
    }

    fn join_all(&mut self, old: &[usize], new: &[usize]) {
        for (old, new) in old.iter().zip(new) {
            self.current_of[*old] = Some(*new);
            self.is_matched[*new] = true;
        }
    }

    fn match_by(&mut self, key: fn(&SectionRecord) -> Option<MatchKey<'_>>, repeats: Repeats) {
        let mut places: BTreeMap<MatchKey<'a>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (old, section) in self.recorded.iter().enumerate() {
            if let (None, Some(key)) = (self.current_of[old], key(section)) {
                places.entry(key).or_default().0.push(old);
            }
        }
        for (new, section) in self.current.iter().enumerate() {
            if let (false, Some(key)) = (self.is_matched[new], key(section)) {
                places.entry(key).or_default().1.push(new);
            }
        }
        for (old, new) in places.into_values() {
            if old.len() == new.len() && (old.len() == 1 || repeats == Repeats::InOrder) {
                self.join_all(&old, &new);
            }
        }
    }

    /// Between two matched neighbours, as many sections of the same levels in the same order are the same ones.
    fn match_by_position(&mut self) {
        let mut neighbours: Vec<(usize, usize)> =
            longest_in_order(&self.pairs()).into_iter().collect();
        neighbours.push((self.recorded.len(), self.current.len()));
        let (mut from_old, mut from_new) = (0, 0);
        for (to_old, to_new) in neighbours {
            let (mut old, mut new) = (Vec::new(), Vec::new());
            let (mut old_levels, mut new_levels) = (Vec::new(), Vec::new());
            for at in from_old..to_old {
                let level = self.recorded[at].level;
                if level > 0 && self.current_of[at].is_none() {
                    old.push(at);
                    old_levels.push(level);
                }
            }
            for at in from_new..to_new {
                let level = self.current[at].level;
                if level > 0 && !self.is_matched[at] {
                    new.push(at);
                    new_levels.push(level);
                }
            }
            // With other levels or another number it would be a guess which one was rewritten.
            if old_levels == new_levels {
                self.join_all(&old, &new);
            }
            // The neighbours themselves are matched.
            (from_old, from_new) = (to_old + 1, to_new + 1);
        }
    }
}

/// The largest set of pairs of which no two cross, so that as few sections as possible count as moved: the longest increasing subsequence of
/// the second numbers. `pairs` is in the order of the first ones.
fn longest_in_order(pairs: &[(usize, usize)]) -> BTreeSet<(usize, usize)> {
    // By pair: the length of the longest sequence that ends with it, and the pair before it in that.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let previous = (0..at)
            .filter(|previous| pairs[*previous].1 < *new)
            // Of equally long ones the first, so that the result doesn't depend on the iteration.
            .max_by_key(|previous| (best[*previous].0, Reverse(*previous)));
        let length = match previous {
            Some(previous) => best[previous].0 + 1,
            None => 1,
        };
        best.push((length, previous));
    }
    let mut sequence = BTreeSet::new();
    let mut last = (0..pairs.len()).max_by_key(|at| (best[*at].0, Reverse(*at)));
    while let Some(at) = last {
        sequence.insert(pairs[at]);
        last = best[at].1;
    }
    sequence
}
