//! What `translation` found out about a site -> what `render` shows of it, as neither knows the other. Only what is written down in lock files
//! counts: pages must not depend on how much history a clone has.

use crate::render::{LanguageProgress, PageProgress, Progress};
use crate::site::Site;
use crate::translation::{Entry, LocaleStatus, Locks, Revisions, State, status};

/// How far the translations are, as far as the site is to show it.
pub(super) fn progress(site: &Site) -> Progress {
    let (wanted, locks) = (&site.config.translations, Locks::read(site).0);
    if !wanted.dashboard && (!wanted.stale_notice || locks.is_empty()) {
        return Progress::default();
    }
    let status = status(site, &locks, &Revisions::new());
    let entries = status.locales.iter().flat_map(|locale| &locale.entries);
    let stale =
        entries.filter(|entry| entry.state == State::Stale).filter_map(|entry| Some((entry.text.translation?, entry.text.original?)));
    let stale = stale.collect();
    let languages = if wanted.dashboard { status.locales.iter().map(language).collect() } else { Vec::new() };
    Progress { stale, languages }
}

fn language(status: &LocaleStatus) -> LanguageProgress {
    let words = |of: fn(&Entry) -> usize| status.entries.iter().map(of).sum();
    LanguageProgress {
        locale: status.locale,
        percent: status.percent(),
        counts: State::ALL.iter().map(|state| (state.name(), status.count(*state))).chain([("machine", status.machine())]).collect(),
        words: [words(Entry::new_words), words(Entry::changed_words)],
        pages: status.entries.iter().filter(|entry| !matches!(entry.state, State::Current | State::Unknown)).filter_map(page).collect(),
    }
}

fn page(entry: &Entry) -> Option<PageProgress> {
    let changed = entry.sections.iter().filter(|section| section.how.iter().any(|how| how.is_stale()));
    Some(PageProgress {
        place: entry.text.place.clone(),
        source: entry.text.translation.or(entry.text.original)?,
        state: entry.state.name(),
        words: entry.new_words() + entry.changed_words(),
        sections: changed
            .map(|section| (section.id.clone(), section.title.clone(), section.how.iter().map(|how| how.name()).collect()))
            .collect(),
    })
}
