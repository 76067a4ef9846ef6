//! The sections of an original, of its translation and of what is recorded of the original -> the status of each section.

use std::collections::BTreeSet;

use crate::site::Site;
use crate::source::{SourceId, Span};

use super::pairs::TranslationPair;
use super::section_changes::{ChangeKind, SectionChange, section_changes};
use super::section_record::{SectionRecord, records};
use super::sections::HashedSection;
use super::toc_entries::{hidden_entries, paired_entries};
use super::word_counts::{new_words, recorded_blocks};

/// Fewer words than these can be the same in two languages by chance.
pub(super) const MIN_IDENTICAL_WORDS: usize = 8;

/// The state of a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TranslationState {
    /// It follows the words of the original.
    Current,
    /// The words of the original have changed since.
    Stale,
    /// It exists, but its words are those of the original.
    Identical,
    /// It doesn't exist.
    Missing,
    /// It exists, but the original doesn't.
    Orphaned,
    /// It exists, but the version of the original it follows is not known.
    Unknown,
}

impl TranslationState {
    /// All states in the order of reports.
    pub const ALL: [TranslationState; 6] = [
        TranslationState::Current,
        TranslationState::Stale,
        TranslationState::Missing,
        TranslationState::Identical,
        TranslationState::Orphaned,
        TranslationState::Unknown,
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            TranslationState::Current => "current",
            TranslationState::Stale => "stale",
            TranslationState::Identical => "identical",
            TranslationState::Missing => "missing",
            TranslationState::Orphaned => "orphaned",
            TranslationState::Unknown => "unknown",
        }
    }
}

/// The status of one section in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionStatus {
    /// The id of its heading in the original; [`METADATA`](super::sections::METADATA) for the front matter, empty for the text before the
    /// first heading.
    pub id: String,
    /// The words of its heading in the original.
    pub title: String,
    /// The state of its translation.
    pub state: TranslationState,
    /// What has happened to the original since.
    pub changes: Vec<ChangeKind>,
    /// How many words the original has now.
    pub words: usize,
    /// How many of them have to be translated: those of blocks that are new or have other words than what was translated.
    pub new_words: usize,
    /// Its bytes in the original.
    pub original: Option<Span>,
    /// Its bytes in the translation, if they are known.
    pub translation: Option<Span>,
}

impl SectionStatus {
    /// The status of a section of an original whose changes are not known yet.
    pub(super) fn of_original(section: &HashedSection, state: TranslationState) -> SectionStatus {
        let is_missing = state == TranslationState::Missing;
        SectionStatus {
            id: section.id.clone(),
            title: section.title.clone(),
            state,
            changes: Vec::new(),
            words: section.words,
            new_words: if is_missing { section.words } else { 0 },
            original: Some(section.span),
            translation: None,
        }
    }

    /// The status of a section that the original doesn't have.
    fn orphaned(id: &str, title: &str, changes: Vec<ChangeKind>) -> SectionStatus {
        SectionStatus {
            id: id.to_owned(),
            title: title.to_owned(),
            state: TranslationState::Orphaned,
            changes,
            words: 0,
            new_words: 0,
            original: None,
            translation: None,
        }
    }

    pub(super) fn set(&mut self, state: TranslationState, new_words: usize) {
        (self.state, self.new_words) = (state, new_words);
    }
}

/// The sections of one translation while their status is found out.
pub(super) struct TranslationSections<'a> {
    original: &'a [HashedSection],
    own: &'a [HashedSection],
    /// The state of sections that haven't changed.
    followed: TranslationState,
    /// Those of the original first, in its order; then orphaned ones.
    statuses: Vec<SectionStatus>,
}

impl<'a> TranslationSections<'a> {
    pub fn new(
        original: &'a [HashedSection],
        own: &'a [HashedSection],
        followed: TranslationState,
    ) -> Self {
        let mut statuses = Vec::with_capacity(original.len());
        for section in original {
            statuses.push(SectionStatus::of_original(section, followed));
        }
        TranslationSections {
            original,
            own,
            followed,
            statuses,
        }
    }

    pub fn into_statuses(self) -> Vec<SectionStatus> {
        self.statuses
    }

    pub fn has_stale(&self) -> bool {
        self.statuses
            .iter()
            .flat_map(|section| &section.changes)
            .any(|change| change.is_stale())
    }

    /// All sections are still the original.
    pub fn set_identical(&mut self) {
        for section in &mut self.statuses {
            section.set(TranslationState::Identical, section.words);
        }
    }

    /// Finds the sections in the translation, as far as the structure of both allows, and those that are still the original.
    pub fn locate(&mut self, site: &Site, original_id: SourceId, translation: SourceId) {
        let mut pairs = Vec::new();
        for (at, section) in self.original.iter().enumerate() {
            if section.level > 0 {
                continue;
            }
            let same = self
                .own
                .iter()
                .position(|other| other.level == 0 && other.id == section.id);
            pairs.extend(same.map(|other| (at, other)));
        }
        let headings = headed(self.original);
        let own_headings = headed(self.own);
        // The alignment numbers the headings of the page, including those of included files, which are sections of those files.
        if site.headings(original_id).len() == headings.len()
            && site.headings(translation).len() == own_headings.len()
        {
            for (one, other) in site.aligned(original_id, translation) {
                if let (Some(one), Some(other)) = (headings.get(one), own_headings.get(other)) {
                    pairs.push((*one, *other));
                }
            }
        }
        for (at, other) in pairs {
            let (section, own) = (&self.original[at], &self.own[other]);
            self.statuses[at].translation = Some(own.span);
            // Names of products and screens are the same in both languages.
            if section.words >= MIN_IDENTICAL_WORDS && has_same_words(section, own) {
                self.statuses[at].set(TranslationState::Identical, section.words);
            }
        }
    }

    /// Finds what has happened to each section since it was recorded.
    pub fn compare(&mut self, recorded: &[SectionRecord]) {
        let changes = section_changes(recorded, &records(self.original));
        let new_words = self.new_words(recorded, &changes);
        for change in changes {
            match (change.current, change.recorded) {
                (Some(current), _) => {
                    let section = &mut self.statuses[current];
                    if change.kinds.contains(&ChangeKind::Added) {
                        section.set(TranslationState::Missing, new_words[current]);
                    } else if change.is_stale() {
                        section.set(TranslationState::Stale, new_words[current]);
                    }
                    // Also changes that are no work are reported: moved, other links.
                    section.changes = change.kinds;
                }
                (None, Some(old)) => {
                    let id = &recorded[old].id;
                    self.statuses
                        .push(SectionStatus::orphaned(id, "", change.kinds));
                }
                (None, None) => {}
            }
        }
    }

    /// By section of the original: how many of its words are new.
    fn new_words(&self, recorded: &[SectionRecord], changes: &[SectionChange]) -> Vec<usize> {
        let mut kinds: Vec<&[ChangeKind]> = vec![&[]; self.original.len()];
        for change in changes {
            if let Some(current) = change.current {
                kinds[current] = &change.kinds;
            }
        }
        let is_recorded = recorded_blocks(recorded, self.original);
        let mut words = Vec::with_capacity(self.original.len());
        for (at, section) in self.original.iter().enumerate() {
            words.push(new_words(section, &is_recorded[at], kinds[at]));
        }
        words
    }

    /// Compares the entries of a table of contents with those of its translation by their targets, which needs no history. Entries that the
    /// translation was accepted without, and those that its readers don't see, are not missing.
    pub fn compare_entries(&mut self, site: &Site, pair: &TranslationPair, is_accepted: bool) {
        let (Some(original), Some(translation)) = (pair.original, pair.translation) else {
            return;
        };
        let pairs = paired_entries(site, original, translation);
        let hidden = hidden_entries(site, original, pair.locale);
        // Entries are matched by target below; of those that only the lock file has, the ids are enough.
        let removed: BTreeSet<String> = self
            .statuses
            .drain(self.original.len()..)
            .map(|section| section.id)
            .collect();
        for (at, entry) in self.statuses.iter_mut().enumerate() {
            let other = pairs.get(&at);
            entry.translation = other.map(|other| self.own[*other].span);
            let is_there = other.is_some() || hidden.contains(&at);
            // The translation has the entry already, though it was added after the last acceptance.
            if is_there && entry.state == TranslationState::Missing {
                entry.changes.clear();
                entry.set(self.followed, 0);
            }
            // With an entry in the lock file someone has decided that the translation is complete without it.
            if !is_there && !is_accepted {
                entry.changes = vec![ChangeKind::Added];
                entry.set(TranslationState::Missing, entry.words);
            }
        }
        let paired: BTreeSet<usize> = pairs.into_values().collect();
        for (at, entry) in self.own.iter().enumerate() {
            if paired.contains(&at) {
                continue;
            }
            let mut changes = Vec::new();
            if removed.contains(&entry.id) {
                changes.push(ChangeKind::Removed);
            }
            self.statuses.push(SectionStatus {
                translation: Some(entry.span),
                ..SectionStatus::orphaned(&entry.id, &entry.title, changes)
            });
        }
    }
}

/// The numbers of the sections that have a heading.
fn headed(sections: &[HashedSection]) -> Vec<usize> {
    let mut headed = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        if section.level > 0 {
            headed.push(at);
        }
    }
    headed
}

pub(super) fn has_same_words(one: &HashedSection, other: &HashedSection) -> bool {
    one.hashes.heading == other.hashes.heading && one.hashes.wording == other.hashes.wording
}
