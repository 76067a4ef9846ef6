//! The lock files of a site, all languages together: read from its sources, changed, and turned into texts again.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SitePath, Source, SourceId, Span};
use crate::syntax::Dialect;

use super::lock_file::{LockEntry, LockFile};
use super::sections::{HashedSection, own_print, sections};

/// What all translations of a site follow, as far as it is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockFiles {
    by_locale: BTreeMap<LocaleId, LockFile>,
}

impl LockFiles {
    /// Reads the lock files of a site. One that can't be read is a problem, and counts as if it were not there.
    pub fn read(site: &Site) -> (LockFiles, Vec<Diagnostic>) {
        let (mut locks, mut problems) = (LockFiles::default(), Vec::new());
        for (locale, path) in paths(site) {
            let Some(source) = site
                .sources
                .find(path.as_str())
                .map(|id| site.sources.get(id))
            else {
                continue;
            };
            match LockFile::read(source) {
                Ok(lock) => _ = locks.by_locale.insert(locale, lock),
                Err((line, why)) => {
                    let start: usize = source
                        .text
                        .split_inclusive('\n')
                        .take(line - 1)
                        .map(str::len)
                        .sum();
                    let length = source.text[start..].lines().next().map_or(0, str::len);
                    let problem = Diagnostic::new(
                        Code::InvalidLock,
                        &source.path,
                        Span::new(start, start + length),
                        why,
                    );
                    problems.push(problem.help("Take the file as it was in one of the branches, and run `hjelp translation accept`."));
                }
            }
        }
        (locks, problems)
    }

    /// What a translation into `locale` follows, if that is written down.
    pub fn followed(&self, locale: LocaleId, translation: &SitePath) -> Option<&LockEntry> {
        self.by_locale.get(&locale)?.followed(translation)
    }

    /// True if nothing is written down.
    pub fn is_empty(&self) -> bool {
        self.by_locale.is_empty()
    }

    /// Writes down that `translation`, a text in `locale` as it is now, follows those sections of `original` that `is_translated` holds for,
    /// as these are in the site. What was written down of its other sections stays. This is the door for everything that brings
    /// translations into the content; `dialect` is what the site's Markdown is read with.
    pub fn accept(
        &mut self,
        site: &Site,
        dialect: Dialect,
        original: SourceId,
        (locale, translation): (LocaleId, &Source),
        is_translated: impl Fn(&HashedSection) -> bool,
    ) {
        let Some(linked) = site.linked(original) else {
            return;
        };
        let original = sections(&linked.document, &site.source(original).text);
        let lock = self.by_locale.entry(locale).or_default();
        lock.accept(
            &translation.path,
            own_print(translation, dialect),
            &original,
            is_translated,
        );
    }

    /// Writes down what a translation followed at an earlier time.
    pub fn record(&mut self, locale: LocaleId, translation: &SitePath, followed: LockEntry) {
        self.by_locale
            .entry(locale)
            .or_default()
            .record(translation, followed);
    }

    /// Forgets the translations that are not there any more.
    pub fn prune(&mut self, site: &Site) {
        self.by_locale
            .values_mut()
            .for_each(|lock| lock.retain(|path| site.sources.contains(path.as_str())));
    }

    /// The lock files with their texts, below the root of the site.
    pub fn files(&self, site: &Site) -> Vec<(SitePath, String)> {
        paths(site)
            .into_iter()
            .filter_map(|(locale, path)| Some((path, self.by_locale.get(&locale)?.write())))
            .collect()
    }
}

fn paths(site: &Site) -> Vec<(LocaleId, SitePath)> {
    let locales = &site.config.locales;
    locales
        .ids()
        .filter_map(|locale| Some((locale, LockFile::path(&locales.get(locale).folder)?)))
        .collect()
}
