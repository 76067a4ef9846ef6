//! The lock files of a site, all languages together: read from its sources, changed, and made texts again.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::{LocaleId, Locales};
use crate::site::Site;
use crate::source::{SitePath, Source, SourceId, Sources, Span};
use crate::syntax::Dialect;

use super::acceptance::Acceptance;
use super::lock_file::{LockEntry, LockFile, LockFileError};
use super::sections::{own_words_hash, sections};

/// What the lock files record of all translations of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockFiles {
    by_locale: BTreeMap<LocaleId, LockFile>,
}

impl LockFiles {
    /// Reads the lock files of these languages. One that can't be read is a problem, and is otherwise ignored.
    pub fn read(sources: &Sources, locales: &Locales) -> (LockFiles, Vec<Diagnostic>) {
        let (mut lock_files, mut problems) = (LockFiles::default(), Vec::new());
        for (locale, path) in paths(locales) {
            let Some(id) = sources.find(path.as_str()) else {
                continue;
            };
            let source = sources.get(id);
            // Without the file all translations would look unknown, so the problem is an error.
            match LockFile::read(source) {
                Ok(file) => _ = lock_files.by_locale.insert(locale, file),
                Err(error) => problems.push(problem(source, error)),
            }
        }
        (lock_files, problems)
    }

    /// What is recorded of a translation into `locale`.
    pub fn entry(&self, locale: LocaleId, translation: &SitePath) -> Option<&LockEntry> {
        self.by_locale.get(&locale)?.entry(translation)
    }

    /// True if nothing is recorded.
    pub fn is_empty(&self) -> bool {
        self.by_locale.is_empty()
    }

    /// Records that `translation`, a text in `locale` as it is now, follows all of `original`, as it is in the site; `dialect` is that of the
    /// site.
    pub fn accept(
        &mut self,
        site: &Site,
        dialect: Dialect,
        original: SourceId,
        (locale, translation): (LocaleId, &Source),
    ) {
        let Some(linked) = site.linked(original) else {
            return;
        };
        let original = sections(linked.document, &site.source(original).text);
        self.by_locale.entry(locale).or_default().accept(
            &translation.path,
            own_words_hash(translation, dialect),
            &original,
            &Acceptance::of_all(&original),
        );
    }

    /// The lock file of a language.
    pub fn of_locale(&mut self, locale: LocaleId) -> &mut LockFile {
        self.by_locale.entry(locale).or_default()
    }

    /// Records what a translation followed at an earlier time.
    pub fn record(&mut self, locale: LocaleId, translation: &SitePath, entry: LockEntry) {
        let file = self.by_locale.entry(locale).or_default();
        file.record(translation, entry);
    }

    /// Removes the entries of translations that don't exist any more.
    pub fn prune(&mut self, site: &Site) {
        for file in self.by_locale.values_mut() {
            file.retain(|path| site.sources.contains(path.as_str()));
        }
    }

    /// The lock files with their texts, by their paths below the root of the site.
    pub fn files(&self, site: &Site) -> Vec<(SitePath, String)> {
        let mut files = Vec::new();
        for (locale, path) in paths(&site.config.locales) {
            if let Some(file) = self.by_locale.get(&locale) {
                files.push((path, file.write()));
            }
        }
        files
    }
}

fn paths(locales: &Locales) -> Vec<(LocaleId, SitePath)> {
    let mut paths = Vec::new();
    for locale in locales.ids() {
        if let Some(path) = LockFile::path(&locales.get(locale).folder) {
            paths.push((locale, path));
        }
    }
    paths
}

fn problem(source: &Source, error: LockFileError) -> Diagnostic {
    // Lines are counted from one; they may end with `\r\n`.
    let lines_before = source.text.split_inclusive('\n').take(error.line - 1);
    let start: usize = lines_before.map(str::len).sum();
    let length = match source.text[start..].lines().next() {
        Some(line) => line.len(),
        None => 0,
    };
    let span = Span::new(start, start + length);
    Diagnostic::new(Code::InvalidLock, &source.path, span, error.message)
        .help("Restore the file of one of the branches, and run `hjelp translation accept`.")
}
