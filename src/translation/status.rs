//! A site, what its translations follow -> how each of them stands to its original, section by section. The original of a text is the one
//! in the default language. Knows no history: what translators saw is told by [`LockFiles`], or by [`Revisions`] for what these don't hold.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SourceId, Span};

use super::lock_file::SectionRecord;
use super::lock_files::LockFiles;
use super::pairs::{PairKind, TranslationPair, texts};
use super::section_changes::{ChangeKind, changes};
use super::sections::{HashedSection, own_print_of, sections};
use super::toc_entries;
use super::word_counts::RecordedBlocks;

/// The sections of the original that translations were last seen to follow, for those without an entry in a lock file.
pub type Revisions = BTreeMap<SourceId, Vec<SectionRecord>>;

/// How far each language is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationStatus {
    /// The languages in the order of the site, without the default one.
    pub locales: Vec<LocaleStatus>,
}

/// How far one language is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleStatus {
    /// Which one.
    pub locale: LocaleId,
    /// Its texts, and those it lacks, in the order of their paths.
    pub entries: Vec<PairStatus>,
}

/// One page, or one text that pages include, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairStatus {
    /// Which one.
    pub pair: TranslationPair,
    /// How the whole stands to its original.
    pub state: TranslationState,
    /// True if it says that a machine translated it (`translation_type: MT`).
    pub machine: bool,
    /// What tells which version of the original it follows.
    pub basis: Basis,
    /// True if its own words have changed since that was written down.
    pub edited: bool,
    /// The sections of the original, then those that the translation alone has.
    pub sections: Vec<SectionStatus>,
}

/// One section in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionStatus {
    /// The id of its heading in the original; [`super::METADATA`] for the metadata, empty for what stands before the first heading.
    pub id: String,
    /// The words of its heading in the original.
    pub title: String,
    /// How it stands to its original.
    pub state: TranslationState,
    /// What has happened to the original since.
    pub how: Vec<ChangeKind>,
    /// How many words the original has now.
    pub words: usize,
    /// How many of them are to be translated: those of blocks that are new or have other words than what was translated.
    pub new_words: usize,
    /// Where it stands in the original.
    pub original: Option<Span>,
    /// Where it stands in the translation, if that is certain.
    pub translation: Option<Span>,
}

/// How a translation stands to its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TranslationState {
    /// It follows the words of the original.
    Current,
    /// The words of the original have changed since.
    Stale,
    /// It is there, but its words are those of the original.
    Identical,
    /// It isn't there.
    Missing,
    /// It is there, but the original isn't.
    Orphaned,
    /// It is there, but nobody knows which version of the original it follows.
    Unknown,
}

/// What tells which version of its original a translation follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A lock file.
    Lock,
    /// The history of the repository.
    History,
    /// Nothing.
    Nothing,
}

impl TranslationState {
    /// Every state, in the order in which they are listed.
    pub const ALL: [TranslationState; 6] = [
        TranslationState::Current,
        TranslationState::Stale,
        TranslationState::Missing,
        TranslationState::Identical,
        TranslationState::Orphaned,
        TranslationState::Unknown,
    ];

    /// As reports spell it.
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

impl Basis {
    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Lock => "lock",
            Basis::History => "history",
            Basis::Nothing => "none",
        }
    }
}

impl SectionStatus {
    fn set(&mut self, state: TranslationState, new_words: usize) {
        (self.state, self.new_words) = (state, new_words);
    }
}

impl PairStatus {
    /// How many words of the original nobody has translated: those of missing and of new sections, and of those that are still the original.
    pub fn new_words(&self) -> usize {
        self.words_of(|section| {
            matches!(
                section.state,
                TranslationState::Missing | TranslationState::Identical
            )
        })
    }

    /// How many words of sections that have changed stand in blocks that are new or have other words.
    pub fn changed_words(&self) -> usize {
        self.words_of(|section| section.state == TranslationState::Stale)
    }

    fn words_of(&self, counts: impl Fn(&SectionStatus) -> bool) -> usize {
        self.sections
            .iter()
            .filter(|section| counts(section))
            .map(|section| section.new_words)
            .sum()
    }
}

impl LocaleStatus {
    /// How many texts are in this state.
    pub fn count(&self, state: TranslationState) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.state == state)
            .count()
    }

    /// How many say that a machine translated them.
    pub fn machine(&self) -> usize {
        self.entries.iter().filter(|entry| entry.machine).count()
    }

    /// How many of a hundred originals have a translation that isn't known to be behind, rounded down. A language without originals is done.
    pub fn percent(&self) -> usize {
        let all = self.entries.len() - self.count(TranslationState::Orphaned);
        let done = self.count(TranslationState::Current) + self.count(TranslationState::Unknown);
        (done * 100).checked_div(all).unwrap_or(100)
    }
}

/// How the translations of all pages, and of the texts they include, stand to their originals.
pub fn status(site: &Site, locks: &LockFiles, revisions: &Revisions) -> TranslationStatus {
    let texts = texts(site);
    let originals: BTreeSet<SourceId> = texts.iter().filter_map(|pair| pair.original).collect();
    let outline = |id: SourceId| {
        Some((
            id,
            sections(&site.linked(id)?.document, &site.source(id).text),
        ))
    };
    let originals: BTreeMap<SourceId, Vec<HashedSection>> =
        originals.into_par_iter().filter_map(outline).collect();
    let reading = Reading {
        site,
        locks,
        revisions,
        originals,
    };
    let entries: Vec<PairStatus> = texts
        .into_par_iter()
        .filter_map(|pair| reading.entry(pair))
        .collect();
    let mut locales: BTreeMap<LocaleId, Vec<PairStatus>> = super::pairs::locales(site)
        .map(|locale| (locale, Vec::new()))
        .collect();
    for entry in entries {
        locales.entry(entry.pair.locale).or_default().push(entry);
    }
    TranslationStatus {
        locales: locales
            .into_iter()
            .map(|(locale, entries)| LocaleStatus { locale, entries })
            .collect(),
    }
}

/// The original of a translation, if its words have changed since they were written down in a lock file.
pub fn stale_original(site: &Site, locks: &LockFiles, translation: SourceId) -> Option<SourceId> {
    let original = site.original_of(translation)?;
    let followed = locks.followed(
        site.linked(translation)?.locale?,
        &site.source(translation).path,
    )?;
    let read = |id: SourceId| Some(sections(&site.linked(id)?.document, &site.source(id).text));
    let now = read(original)?;
    let seen: Vec<SectionRecord> = now.iter().map(SectionRecord::from).collect();
    let has_changed = changes(&followed.sections, &seen)
        .iter()
        .any(|change| change.how.iter().any(|how| how.is_stale()));
    (has_changed && !is_identical(&now, &read(translation)?)).then_some(original)
}

struct Reading<'a> {
    site: &'a Site,
    locks: &'a LockFiles,
    revisions: &'a Revisions,
    originals: BTreeMap<SourceId, Vec<HashedSection>>,
}

impl Reading<'_> {
    fn entry(&self, pair: TranslationPair) -> Option<PairStatus> {
        let nothing = Vec::new();
        let original = pair
            .original
            .and_then(|id| self.originals.get(&id))
            .unwrap_or(&nothing);
        let plain = |section: &HashedSection, state| SectionStatus {
            id: section.id.clone(),
            title: section.title.clone(),
            state,
            how: Vec::new(),
            words: section.words,
            new_words: if state == TranslationState::Missing {
                section.words
            } else {
                0
            },
            original: Some(section.span),
            translation: None,
        };
        let entry = |pair, state, sections| PairStatus {
            pair,
            state,
            machine: false,
            basis: Basis::Nothing,
            edited: false,
            sections,
        };
        // Nobody translates what only sends its readers on.
        let has_words = !original.is_empty() || pair.original.is_none();
        let Some(translation) = pair.translation else {
            let mut sections: Vec<SectionStatus> = original
                .iter()
                .map(|section| plain(section, TranslationState::Missing))
                .collect();
            if let (PairKind::Toc, Some(toc)) = (pair.kind, pair.original) {
                toc_entries::titled(self.site, toc, pair.locale)
                    .into_iter()
                    .for_each(|at| sections[at].set(TranslationState::Current, 0));
            }
            let is_missing = has_words
                && sections
                    .iter()
                    .any(|section| section.state == TranslationState::Missing);
            return is_missing.then(|| entry(pair, TranslationState::Missing, sections));
        };
        let document = &self.site.linked(translation)?.document;
        let source = self.site.source(translation);
        let own = sections(document, &source.text);
        let machine = document
            .front_matter
            .text("translation_type")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("mt"));
        let Some(original_id) = pair.original else {
            let sections = own.iter().map(|section| SectionStatus {
                original: None,
                translation: Some(section.span),
                words: 0,
                new_words: 0,
                ..plain(section, TranslationState::Orphaned)
            });
            let sections = sections.collect::<Vec<_>>();
            return (!own.is_empty()).then(|| PairStatus {
                machine,
                ..entry(pair, TranslationState::Orphaned, sections)
            });
        };
        if original.is_empty() {
            return None;
        }
        let followed = self.locks.followed(pair.locale, &source.path);
        let (seen, basis) = match (followed, self.revisions.get(&translation)) {
            (Some(followed), _) => (Some(&followed.sections), Basis::Lock),
            (None, Some(seen)) => (Some(seen), Basis::History),
            (None, None) => (None, Basis::Nothing),
        };
        let edited = followed.is_some_and(|followed| followed.own != own_print_of(&own));
        let known = if seen.is_some() {
            TranslationState::Current
        } else {
            TranslationState::Unknown
        };
        let mut found: Vec<SectionStatus> = original
            .iter()
            .map(|section| plain(section, known))
            .collect();
        self.places(original_id, original, translation, &own, &mut found);
        self.follow(original, seen, &mut found);
        if pair.kind == PairKind::Toc {
            let pairs = toc_entries::pairs(self.site, original_id, translation);
            let unseen = toc_entries::unseen(self.site, original_id, pair.locale);
            hold_entries(
                &mut found,
                &own,
                &pairs,
                &unseen,
                (known, basis == Basis::Lock),
            );
        }
        // Names are short: those of a few pages can be the same in two languages.
        let is_long = pair.kind != PairKind::Toc
            || original.iter().map(|section| section.words).sum::<usize>() >= LONG;
        let state = if is_long && is_identical(original, &own) {
            found
                .iter_mut()
                .for_each(|section| section.set(TranslationState::Identical, section.words));
            TranslationState::Identical
        } else if found
            .iter()
            .any(|section| section.how.iter().any(|how| how.is_stale()))
        {
            TranslationState::Stale
        } else {
            known
        };
        Some(PairStatus {
            pair,
            state,
            machine,
            basis,
            edited,
            sections: found,
        })
    }

    /// What has happened to each section since it was `seen`.
    fn follow(
        &self,
        original: &[HashedSection],
        seen: Option<&Vec<SectionRecord>>,
        found: &mut Vec<SectionStatus>,
    ) {
        let Some(seen) = seen else { return };
        let now: Vec<SectionRecord> = original.iter().map(SectionRecord::from).collect();
        let changes = changes(seen, &now);
        let mut known = RecordedBlocks::new(seen);
        let mut hows: Vec<&[ChangeKind]> = vec![&[]; now.len()];
        changes.iter().for_each(|change| {
            change
                .now
                .into_iter()
                .for_each(|now| hows[now] = &change.how)
        });
        let new_words: Vec<usize> = original
            .iter()
            .zip(&hows)
            .map(|(section, how)| known.new_words(section, how))
            .collect();
        for change in &changes {
            match (change.now, change.seen) {
                (Some(now), _) => {
                    let section = &mut found[now];
                    if change.how.contains(&ChangeKind::Added) {
                        section.state = TranslationState::Missing;
                        section.new_words = new_words[now];
                    } else if change.how.iter().any(|how| how.is_stale()) {
                        section.state = TranslationState::Stale;
                        section.new_words = new_words[now];
                    }
                    section.how = change.how.clone();
                }
                (None, Some(old)) => found.push(SectionStatus {
                    id: seen[old].id.clone(),
                    title: String::new(),
                    state: TranslationState::Orphaned,
                    how: change.how.clone(),
                    words: 0,
                    new_words: 0,
                    original: None,
                    translation: None,
                }),
                (None, None) => {}
            }
        }
    }

    /// Where the sections stand in the translation, as far as the structure of both tells, and which of them nobody has translated.
    fn places(
        &self,
        original_id: SourceId,
        original: &[HashedSection],
        translation: SourceId,
        own: &[HashedSection],
        found: &mut [SectionStatus],
    ) {
        let headed = |sections: &[HashedSection]| {
            (0..sections.len())
                .filter(|at| sections[*at].level > 0)
                .collect::<Vec<usize>>()
        };
        let (ones, others) = (headed(original), headed(own));
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (at, section) in original
            .iter()
            .enumerate()
            .filter(|(_, section)| section.level == 0)
        {
            pairs.extend(
                own.iter()
                    .position(|other| other.level == 0 && other.id == section.id)
                    .map(|other| (at, other)),
            );
        }
        // Headings of included texts are sections of those.
        let is_whole = |id, count: usize| self.site.headings(id).len() == count;
        if is_whole(original_id, ones.len()) && is_whole(translation, others.len()) {
            let aligned = self.site.aligned(original_id, translation).into_iter();
            pairs.extend(
                aligned.filter_map(|(one, other)| Some((*ones.get(one)?, *others.get(other)?))),
            );
        }
        for (one, other) in pairs {
            found[one].translation = Some(own[other].span);
            if is_identical(&original[one..=one], &own[other..=other])
                && original[one].words >= LONG
            {
                found[one].set(TranslationState::Identical, original[one].words);
            }
        }
    }
}

/// Holds the entries of a table of contents against those of its translation, by number in `pairs`: what is there, and what isn't, needs no
/// history. Entries that the translation was accepted without, and those that its readers don't see, are not missed.
fn hold_entries(
    found: &mut Vec<SectionStatus>,
    own: &[HashedSection],
    pairs: &BTreeMap<usize, usize>,
    unseen: &BTreeSet<usize>,
    (known, is_accepted): (TranslationState, bool),
) {
    for (at, entry) in found
        .iter_mut()
        .enumerate()
        .take_while(|(_, entry)| entry.original.is_some())
    {
        let other = pairs.get(&at).copied();
        entry.translation = other.map(|other| own[other].span);
        let is_there = other.is_some() || unseen.contains(&at);
        if is_there && entry.state == TranslationState::Missing {
            entry.how.clear();
            entry.set(known, 0);
        }
        if !is_there && !is_accepted {
            entry.how = vec![ChangeKind::Added];
            entry.set(TranslationState::Missing, entry.words);
        }
    }
    let paired: BTreeSet<usize> = pairs.values().copied().collect();
    let gone: BTreeSet<String> = found
        .iter()
        .filter(|entry| entry.original.is_none())
        .map(|entry| entry.id.clone())
        .collect();
    found.retain(|entry| entry.original.is_some());
    found.extend(
        own.iter()
            .enumerate()
            .filter(|(at, _)| !paired.contains(at))
            .map(|(_, entry)| SectionStatus {
                id: entry.id.clone(),
                title: entry.title.clone(),
                state: TranslationState::Orphaned,
                how: if gone.contains(&entry.id) {
                    vec![ChangeKind::Removed]
                } else {
                    Vec::new()
                },
                words: 0,
                new_words: 0,
                original: None,
                translation: Some(entry.span),
            }),
    );
}

/// Fewer words than these can be the same in two languages by chance.
const LONG: usize = 8;

/// True if all words are the same, and there are some.
fn is_identical(original: &[HashedSection], translation: &[HashedSection]) -> bool {
    let words = |section: &HashedSection| (section.print.heading, section.print.wording);
    original.iter().map(|section| section.words).sum::<usize>() > 0
        && original.iter().map(words).eq(translation.iter().map(words))
}
