//! The status of translations -> what `render` shows of it: `translation` knows nothing of pages. Only lock files count, not the Git history:
//! pages must not depend on how much history a clone has.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::render::progress::{LanguageProgress, PageProgress, Progress, SectionProgress};
use crate::site::{PageScope, Site};
use crate::source::{SourceId, Sources};
use crate::translation::section_status::TranslationState;
use crate::translation::status::{LocaleStatus, PairStatus};
use crate::translation::{LockFiles, Revisions, stale_original, status};

use super::dialect::dialect;

/// The progress of translations by the lock files of one state of the content, which are read when they are needed first.
pub(super) struct LockFileProgress {
    sources: Arc<Sources>,
    config: Arc<Config>,
    lock_files: OnceLock<LockFiles>,
}

impl LockFileProgress {
    pub fn shared(sources: &Arc<Sources>, config: &Arc<Config>) -> Arc<Self> {
        Arc::new(LockFileProgress {
            sources: sources.clone(),
            config: config.clone(),
            lock_files: OnceLock::new(),
        })
    }

    fn lock_files(&self) -> &LockFiles {
        self.lock_files
            .get_or_init(|| LockFiles::read(&self.sources, &self.config.locales).0)
    }
}

impl Progress for LockFileProgress {
    fn stale(&self, page: &PageScope<'_>) -> Option<SourceId> {
        stale_original(page, self.lock_files())
    }

    fn languages(&self, site: &Site) -> Vec<LanguageProgress> {
        let mut lock_files = self.lock_files().clone();
        lock_files.follow_moves(site, dialect(&self.config).0, &BTreeMap::new());
        let status = status(site, &lock_files, &Revisions::new());
        status.locales.iter().map(language).collect()
    }
}

fn language(status: &LocaleStatus) -> LanguageProgress {
    let mut counts: Vec<_> = TranslationState::ALL
        .iter()
        .map(|state| (state.name(), status.count(*state)))
        .collect();
    // Machine translations are counted a second time: they are in one of the states, too.
    counts.push(("machine", status.machine()));
    let (mut new_words, mut changed_words) = (0, 0);
    let mut pages = Vec::new();
    for pair in &status.entries {
        new_words += pair.new_words();
        changed_words += pair.changed_words();
        let is_done = matches!(
            pair.state,
            TranslationState::Current | TranslationState::Unknown
        );
        if !is_done {
            pages.extend(page(pair));
        }
    }
    LanguageProgress {
        locale: status.locale,
        percent: status.percent(),
        counts,
        words: [new_words, changed_words],
        pages,
    }
}

fn page(pair: &PairStatus) -> Option<PageProgress> {
    let mut sections = Vec::new();
    for section in &pair.sections {
        if section.changes.iter().any(|how| how.is_stale()) {
            sections.push(SectionProgress {
                id: section.id.clone(),
                title: section.title.clone(),
                changes: section.changes.iter().map(|how| how.name()).collect(),
            });
        }
    }
    Some(PageProgress {
        path: pair.pair.translation_path.clone(),
        source: pair.pair.translation.or(pair.pair.original)?,
        state: pair.state.name(),
        words: pair.new_words() + pair.changed_words(),
        sections,
    })
}
