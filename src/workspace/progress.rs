//! What `translation` finds out about a site -> what `render` shows of it, as neither knows the other. Only what is written down in lock files
//! counts: pages must not depend on how much history a clone has.

use std::sync::OnceLock;

use crate::render::progress::{LanguageProgress, PageProgress, Progress, SectionProgress};
use crate::site::Site;
use crate::source::SourceId;
use crate::translation::section_status::{SectionStatus, TranslationState};
use crate::translation::status::{LocaleStatus, PairStatus};
use crate::translation::{LockFiles, Revisions, stale_original, status};

/// What the lock files of one state of the content say, read when somebody asks.
#[derive(Default)]
pub(super) struct Locked(OnceLock<LockFiles>);

impl Locked {
    fn locks(&self, site: &Site) -> &LockFiles {
        self.0.get_or_init(|| LockFiles::read(site).0)
    }
}

impl Progress for Locked {
    fn stale(&self, site: &Site, translation: SourceId) -> Option<SourceId> {
        stale_original(site, self.locks(site), translation)
    }

    fn languages(&self, site: &Site) -> Vec<LanguageProgress> {
        status(site, self.locks(site), &Revisions::new())
            .locales
            .iter()
            .map(language)
            .collect()
    }
}

fn language(status: &LocaleStatus) -> LanguageProgress {
    let words = |of: fn(&PairStatus) -> usize| status.entries.iter().map(of).sum();
    let states = TranslationState::ALL
        .iter()
        .map(|state| (state.name(), status.count(*state)));
    LanguageProgress {
        locale: status.locale,
        percent: status.percent(),
        counts: states.chain([("machine", status.machine())]).collect(),
        words: [
            words(PairStatus::new_words),
            words(PairStatus::changed_words),
        ],
        pages: status
            .entries
            .iter()
            .filter(|entry| {
                !matches!(
                    entry.state,
                    TranslationState::Current | TranslationState::Unknown
                )
            })
            .filter_map(page)
            .collect(),
    }
}

fn page(entry: &PairStatus) -> Option<PageProgress> {
    let changed = entry
        .sections
        .iter()
        .filter(|section| section.changes.iter().any(|how| how.is_stale()));
    let section = |section: &SectionStatus| SectionProgress {
        id: section.id.clone(),
        title: section.title.clone(),
        changes: section.changes.iter().map(|how| how.name()).collect(),
    };
    Some(PageProgress {
        path: entry.pair.translation_path.clone(),
        source: entry.pair.translation.or(entry.pair.original)?,
        state: entry.state.name(),
        words: entry.new_words() + entry.changed_words(),
        sections: changed.map(section).collect(),
    })
}
