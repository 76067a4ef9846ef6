//! The lock files of a site, all languages together: read from its sources, changed, and made texts again.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::{LocaleId, Locales};
use crate::site::{Site, Target};
use crate::source::{SitePath, Source, SourceId, Sources, Span};
use crate::syntax::{Dialect, RefKind};

use super::acceptance::Acceptance;
use super::lock_file::{LockEntry, LockFile, LockFileError};
use super::pairs::translation_pairs;
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

    /// Gives the entries of translations that have moved to the paths where these are now: to where a page in the old place sends readers, or
    /// to the only translation without an entry that has the same words. `renames` are moves that are known otherwise.
    pub fn follow_moves(
        &mut self,
        site: &Site,
        dialect: Dialect,
        renames: &BTreeMap<SitePath, SitePath>,
    ) {
        let moves = LockedMoves::new(self, site, dialect);
        for (locale, from, to) in moves.found(renames) {
            if let Some(file) = self.by_locale.get_mut(&locale) {
                file.rename(&from, &to);
            }
        }
    }

    /// The paths of entries of which there is no translation any more.
    pub fn lost(&self, site: &Site, dialect: Dialect) -> BTreeSet<SitePath> {
        let moves = LockedMoves::new(self, site, dialect);
        moves.lost.into_iter().map(|(_, path, _)| path).collect()
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

/// Entries without a translation, and translations without an entry.
struct LockedMoves<'a> {
    site: &'a Site,
    dialect: Dialect,
    /// The languages and paths of entries, with the hashes of the words of their translations.
    lost: Vec<(LocaleId, SitePath, u64)>,
    /// Translations without an entry.
    candidates: Vec<(LocaleId, SourceId)>,
}

impl<'a> LockedMoves<'a> {
    fn new(lock_files: &LockFiles, site: &'a Site, dialect: Dialect) -> LockedMoves<'a> {
        let mut moves = LockedMoves {
            site,
            dialect,
            lost: Vec::new(),
            candidates: Vec::new(),
        };
        if lock_files.is_empty() {
            return moves;
        }
        let mut present = BTreeSet::new();
        for pair in translation_pairs(site) {
            if let (Some(_), Some(translation)) = (pair.original, pair.translation)
                && moves.redirect(translation).is_none()
            {
                if lock_files
                    .entry(pair.locale, &pair.translation_path)
                    .is_none()
                {
                    moves.candidates.push((pair.locale, translation));
                }
                present.insert(pair.translation_path);
            }
        }
        for (locale, file) in &lock_files.by_locale {
            for path in file.translations() {
                if !present.contains(path)
                    && let Some(entry) = file.entry(path)
                {
                    moves.lost.push((*locale, path.clone(), entry.own_words));
                }
            }
        }
        moves
    }

    /// The page that a page sends readers on to.
    fn redirect(&self, id: SourceId) -> Option<&Target> {
        let linked = self.site.linked(id)?;
        let mut refs = linked.document.refs.iter().zip(linked.targets);
        let (_, target) = refs.find(|(reference, _)| reference.kind == RefKind::RedirectTo)?;
        Some(target)
    }

    fn found(&self, renames: &BTreeMap<SitePath, SitePath>) -> Vec<(LocaleId, SitePath, SitePath)> {
        let mut found = Vec::new();
        // The usual case, in which no translation has to be hashed.
        if self.lost.is_empty() || self.candidates.is_empty() {
            return found;
        }
        let mut by_words: BTreeMap<(LocaleId, u64), Vec<SourceId>> = BTreeMap::new();
        for (locale, id) in &self.candidates {
            let words = own_words_hash(self.site.source(*id), self.dialect);
            by_words.entry((*locale, words)).or_default().push(*id);
        }
        let mut taken = BTreeSet::new();
        for (locale, path, words) in &self.lost {
            // Of several copies it isn't known which one is the moved file.
            let same_words = match by_words.get(&(*locale, *words)).map(Vec::as_slice) {
                Some([id]) => Some(*id),
                _ => None,
            };
            let to = self
                .redirected(*locale, path)
                .or_else(|| self.site.sources.find(renames.get(path)?.as_str()))
                .or(same_words);
            if let Some(id) = to
                && self.candidates.contains(&(*locale, id))
                // Two entries can't move to one translation.
                && taken.insert(id)
            {
                found.push((*locale, path.clone(), self.site.source(id).path.clone()));
            }
        }
        found
    }

    /// The translation to which the page at an old path sends readers.
    fn redirected(&self, locale: LocaleId, path: &SitePath) -> Option<SourceId> {
        let id = self.site.sources.find(path.as_str())?;
        // A page that moved may have left a redirect to its new path at the old one.
        let Target::Page { set, .. } = self.redirect(id)? else {
            return None;
        };
        let mut variants = self.site.translation_set(*set).variants.iter();
        let (_, variant) = variants.find(|(other, _)| *other == locale)?;
        Some(*variant)
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
