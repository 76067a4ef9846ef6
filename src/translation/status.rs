//! A site and what its translations are known to follow -> the status of each, section by section. The original of a file is the one in the
//! default language. Knows no history: what was accepted is in [`LockFiles`], and for translations without an entry there in [`Revisions`].

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::FallbackMode;
use crate::locale::LocaleId;
use crate::site::{PageScope, Site};
use crate::source::SourceId;
use crate::syntax::RefKind;

use super::lock_files::LockFiles;
use super::pairs::{PairKind, TranslationPair, target_locales, translation_pairs};
use super::section_changes::section_changes;
use super::section_record::{SectionRecord, records};
use super::section_status::{
    MIN_IDENTICAL_WORDS, SectionStatus, TranslationSections, TranslationState, has_same_words,
};
use super::sections::{HashedSection, own_words_hash_of, sections};
use super::toc_entries::titled_entries;

/// By translation without an entry in a lock file: the sections of its original when it was last edited, as history knows them.
pub type Revisions = BTreeMap<SourceId, Vec<SectionRecord>>;

/// The status of all translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationStatus {
    /// The languages in the order of the site, without the default one.
    pub locales: Vec<LocaleStatus>,
}

/// The status of the translations into one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleStatus {
    /// The language.
    pub locale: LocaleId,
    /// Its files, and those it lacks, in the order of their paths.
    pub entries: Vec<PairStatus>,
    /// How many files are not translated on purpose: readers get a link to the original, or nothing, or are sent on to it.
    pub left_out: usize,
}

/// The status of one page, fragment or table of contents in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairStatus {
    /// The files.
    pub pair: TranslationPair,
    /// The state of the whole.
    pub state: TranslationState,
    /// True if the front matter has `translation_type: MT`: machine translation.
    pub machine: bool,
    /// How the version of the original it follows is known.
    pub basis: Basis,
    /// True if the words of the translation have changed since it was recorded.
    pub edited: bool,
    /// Of an orphaned translation whose original only sends readers on: the address it sends them to, as it is typed.
    pub retired_to: Option<String>,
    /// The sections of the original, then those that only the translation has.
    pub sections: Vec<SectionStatus>,
}

/// How the version of the original that a translation follows is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// By a lock file.
    Lock,
    /// By the history of the repository.
    History,
    /// It is not known.
    Nothing,
}

impl Basis {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Lock => "lock",
            Basis::History => "history",
            Basis::Nothing => "none",
        }
    }
}

impl PairStatus {
    fn new(pair: TranslationPair, state: TranslationState, sections: Vec<SectionStatus>) -> Self {
        PairStatus {
            pair,
            state,
            machine: false,
            basis: Basis::Nothing,
            edited: false,
            retired_to: None,
            sections,
        }
    }

    /// How many words of the original are not translated: those of missing and of new sections, and of those that are still the original.
    pub fn new_words(&self) -> usize {
        let missing = self.words_in(TranslationState::Missing);
        missing + self.words_in(TranslationState::Identical)
    }

    /// How many words of changed sections are in blocks that are new or have other words.
    pub fn changed_words(&self) -> usize {
        self.words_in(TranslationState::Stale)
    }

    fn words_in(&self, state: TranslationState) -> usize {
        let mut words = 0;
        for section in &self.sections {
            if section.state == state {
                words += section.new_words;
            }
        }
        words
    }
}

impl LocaleStatus {
    /// How many files are in this state.
    pub fn count(&self, state: TranslationState) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.state == state)
            .count()
    }

    /// How many files are machine translations.
    pub fn machine(&self) -> usize {
        self.entries.iter().filter(|entry| entry.machine).count()
    }

    /// The percentage of originals whose translation isn't known to be out of date, rounded down; 100 if there are no originals.
    pub fn percent(&self) -> usize {
        // Unknown ones count as done: a site that begins to use lock files should not begin at 0 %.
        self.percentage(
            self.count(TranslationState::Current) + self.count(TranslationState::Unknown),
        )
    }

    /// The percentage of originals whose translation is known to be up to date, rounded down.
    pub fn percent_known(&self) -> usize {
        self.percentage(self.count(TranslationState::Current))
    }

    fn percentage(&self, done: usize) -> usize {
        let all = self.entries.len() - self.count(TranslationState::Orphaned);
        (done * 100).checked_div(all).unwrap_or(100)
    }
}

/// The status of the translations of all pages, fragments and tables of contents.
pub fn status(site: &Site, lock_files: &LockFiles, revisions: &Revisions) -> TranslationStatus {
    let pairs = translation_pairs(site);
    let originals: BTreeSet<SourceId> = pairs.iter().flat_map(|pair| pair.original).collect();
    // Each original is hashed once, not once for each language.
    let originals: BTreeMap<SourceId, Vec<HashedSection>> = originals
        .into_par_iter()
        .map(|id| (id, sections_of_file(site, id).unwrap_or_default()))
        .collect();
    let context = StatusContext {
        site,
        lock_files,
        revisions,
        originals,
    };
    let outcomes: Vec<(LocaleId, PairOutcome)> = pairs
        .into_par_iter()
        .map(|pair| (pair.locale, context.outcome(pair)))
        .collect();
    let mut by_locale: BTreeMap<LocaleId, LocaleStatus> = BTreeMap::new();
    for locale in target_locales(site) {
        let status = LocaleStatus {
            locale,
            entries: Vec::new(),
            left_out: 0,
        };
        by_locale.insert(locale, status);
    }
    for (locale, outcome) in outcomes {
        if let Some(status) = by_locale.get_mut(&locale) {
            match outcome {
                PairOutcome::Status(entry) => status.entries.push(*entry),
                PairOutcome::LeftOut => status.left_out += 1,
                PairOutcome::Nothing => {}
            }
        }
    }
    TranslationStatus {
        locales: by_locale.into_values().collect(),
    }
}

/// What there is to report of a pair.
enum PairOutcome {
    Status(Box<PairStatus>),
    /// The file is not translated on purpose.
    LeftOut,
    /// Neither file has words.
    Nothing,
}

fn sections_of_file(site: &Site, id: SourceId) -> Option<Vec<HashedSection>> {
    let document = &site.linked(id)?.document;
    Some(sections(document, &site.source(id).text))
}

/// The original of a page, if the page is a translation whose words are those of an earlier state of the original, as a lock file recorded it.
pub fn stale_original(page: &PageScope<'_>, lock_files: &LockFiles) -> Option<SourceId> {
    let translation = page.subject().source;
    let original = page.original_of(translation)?;
    let locale = page.folder_locale(translation)?;
    let entry = lock_files.entry(locale, page.path(translation))?;
    let current = sections_in_scope(page, original)?;
    let changes = section_changes(&entry.sections, &records(&current));
    if !changes.iter().any(|change| change.is_stale()) {
        return None;
    }
    // A copy of the original is not out of date but untranslated, which is another state.
    if is_identical(&current, &sections_in_scope(page, translation)?) {
        return None;
    }
    Some(original)
}

fn sections_in_scope(page: &PageScope<'_>, id: SourceId) -> Option<Vec<HashedSection>> {
    Some(sections(page.linked(id)?.document, page.text(id)))
}

struct StatusContext<'a> {
    site: &'a Site,
    lock_files: &'a LockFiles,
    revisions: &'a Revisions,
    /// The sections of all originals.
    originals: BTreeMap<SourceId, Vec<HashedSection>>,
}

impl StatusContext<'_> {
    fn outcome(&self, pair: TranslationPair) -> PairOutcome {
        let is_wanted = match pair.translation {
            // A page whose translation sends readers on to it is shown to them as it is.
            Some(translation) => self.redirect_of(translation).is_none(),
            None => self.is_shown_untranslated(&pair),
        };
        match self.pair_status(pair) {
            Some(status) if is_wanted => PairOutcome::Status(Box::new(status)),
            Some(_) => PairOutcome::LeftOut,
            None => PairOutcome::Nothing,
        }
    }

    /// True if readers get the original in its place where the translation is missing.
    fn is_shown_untranslated(&self, pair: &TranslationPair) -> bool {
        let Some(original) = pair.original else {
            return true;
        };
        let config = &self.site.config;
        match config.localized_path(&self.site.source(original).path) {
            Some(localized) => config.fallback_mode(&localized.rest) == FallbackMode::Page,
            None => true,
        }
    }

    /// The address that a page sends readers on to.
    fn redirect_of(&self, id: SourceId) -> Option<&str> {
        let mut refs = self.site.linked(id)?.document.refs.iter();
        let redirect = refs.find(|reference| reference.kind == RefKind::RedirectTo)?;
        Some(&redirect.target)
    }

    /// None for a pair with nothing to translate.
    fn pair_status(&self, pair: TranslationPair) -> Option<PairStatus> {
        let Some(translation) = pair.translation else {
            return self.missing(pair);
        };
        let linked = self.site.linked(translation)?;
        let own = sections(linked.document, &self.site.source(translation).text);
        let retired_to = pair
            .original
            .and_then(|original| self.redirect_of(original));
        let status = match pair.original {
            Some(_) if retired_to.is_some() => PairStatus {
                retired_to: retired_to.map(str::to_owned),
                ..orphaned(pair, &own)?
            },
            Some(original) => self.compared(pair, original, translation, &own)?,
            None => orphaned(pair, &own)?,
        };
        let translation_type = linked.document.front_matter.text("translation_type");
        let translation_type = translation_type.unwrap_or_default().trim();
        Some(PairStatus {
            machine: translation_type.eq_ignore_ascii_case("mt"),
            ..status
        })
    }

    fn sections_of_original(&self, pair: &TranslationPair) -> &[HashedSection] {
        match pair.original {
            Some(id) => match self.originals.get(&id) {
                Some(sections) => sections,
                None => &[],
            },
            None => &[],
        }
    }

    /// The status of a file without translation.
    fn missing(&self, pair: TranslationPair) -> Option<PairStatus> {
        let mut sections = Vec::new();
        for section in self.sections_of_original(&pair) {
            sections.push(SectionStatus::of_original(
                section,
                TranslationState::Missing,
            ));
        }
        if let (PairKind::Toc, Some(toc)) = (pair.kind, pair.original) {
            for at in titled_entries(self.site, toc, pair.locale) {
                sections[at].set(TranslationState::Current, 0);
            }
        }
        // A table of contents whose pages all have translated titles needs no translation.
        if !sections
            .iter()
            .any(|section| section.state == TranslationState::Missing)
        {
            return None;
        }
        Some(PairStatus::new(pair, TranslationState::Missing, sections))
    }

    /// The status of a translation compared with its original. `own` are its sections.
    fn compared(
        &self,
        pair: TranslationPair,
        original_id: SourceId,
        translation: SourceId,
        own: &[HashedSection],
    ) -> Option<PairStatus> {
        let original = self.sections_of_original(&pair);
        if original.is_empty() {
            return None;
        }
        let path = &self.site.source(translation).path;
        let entry = self.lock_files.entry(pair.locale, path);
        let (recorded, basis) = match (entry, self.revisions.get(&translation)) {
            // What was accepted is certain; history is a guess from the dates of commits.
            (Some(entry), _) => (Some(entry.sections.as_slice()), Basis::Lock),
            (None, Some(recorded)) => (Some(recorded.as_slice()), Basis::History),
            (None, None) => (None, Basis::Nothing),
        };
        let followed = match recorded {
            Some(_) => TranslationState::Current,
            None => TranslationState::Unknown,
        };
        let mut sections = TranslationSections::new(original, own, followed);
        sections.locate(self.site, original_id, translation);
        if let Some(recorded) = recorded {
            sections.compare(recorded);
        }
        if pair.kind == PairKind::Toc {
            let is_accepted = basis == Basis::Lock;
            sections.compare_entries(self.site, &pair, is_accepted);
        }
        // Names are short: all of a small table of contents can be the same in two languages.
        let can_be_identical =
            pair.kind != PairKind::Toc || word_count(original) >= MIN_IDENTICAL_WORDS;
        // Before staleness: a copy of the original has to be translated whatever has changed.
        let state = if can_be_identical && is_identical(original, own) {
            sections.set_identical();
            TranslationState::Identical
        } else if sections.has_stale() {
            TranslationState::Stale
        } else {
            followed
        };
        let edited = match entry {
            Some(entry) => entry.own_words != own_words_hash_of(own),
            None => false,
        };
        Some(PairStatus {
            basis,
            edited,
            ..PairStatus::new(pair, state, sections.into_statuses())
        })
    }
}

/// The status of a translation without original.
fn orphaned(pair: TranslationPair, own: &[HashedSection]) -> Option<PairStatus> {
    if own.is_empty() {
        return None;
    }
    let mut sections = Vec::new();
    for section in own {
        sections.push(SectionStatus {
            original: None,
            translation: Some(section.span),
            words: 0,
            ..SectionStatus::of_original(section, TranslationState::Orphaned)
        });
    }
    Some(PairStatus::new(pair, TranslationState::Orphaned, sections))
}

fn word_count(sections: &[HashedSection]) -> usize {
    sections.iter().map(|section| section.words).sum()
}

/// True if all words are the same, and there are some.
fn is_identical(original: &[HashedSection], translation: &[HashedSection]) -> bool {
    if word_count(original) == 0 || original.len() != translation.len() {
        return false;
    }
    let mut pairs = original.iter().zip(translation);
    pairs.all(|(one, other)| has_same_words(one, other))
}
