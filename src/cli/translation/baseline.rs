//! The versions of the originals that translations follow: those in the lock files, and for translations without an entry those that the
//! history of the repository knows.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::selection::Files;
use crate::cli::exit_status::CommandError;
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::git::{self, FolderHistory, GitError};
use crate::report::counted;
use crate::site::Site;
use crate::source::{SitePath, Source, SourceId};
use crate::translation::followed::{FollowedOriginal, FollowedOriginals};
use crate::translation::section_basis::recorded_text;
use crate::translation::section_changes::section_changes;
use crate::translation::section_record::{SectionRecord, records};
use crate::translation::sections::sections_of;
use crate::translation::{LockFiles, Revisions, sections, translation_pairs};
use crate::workspace::Snapshot;

/// What translations follow.
pub(super) struct Baseline {
    pub lock_files: LockFiles,
    /// Of translations without an entry in a lock file.
    pub revisions: Revisions,
    /// The same of all, with the earlier texts of the originals where history has them.
    pub followed: FollowedOriginals,
    /// True if there is a history that can't be read, so that translations are unknown of which something is known.
    pub has_failed: bool,
}

/// A translation and its original.
#[derive(Clone, Copy)]
struct FilePair {
    original: SourceId,
    translation: SourceId,
}

impl Baseline {
    /// Only what the lock files record.
    pub(super) fn of_lock_files(lock_files: LockFiles) -> Baseline {
        Baseline {
            lock_files,
            revisions: Revisions::new(),
            followed: FollowedOriginals::new(),
            has_failed: false,
        }
    }

    /// Reads the lock files, and searches the history for those of `files` that have no entry.
    pub(super) fn load(
        root: &SiteArgs,
        snapshot: &Snapshot,
        files: &Files,
        terminal: &Terminal,
    ) -> Result<Baseline, CommandError> {
        let lock_files = read_lock_files(root, snapshot, terminal)?;
        let mut reader = BaselineReader {
            root,
            snapshot,
            terminal,
            baseline: Baseline::of_lock_files(lock_files),
        };
        reader.read(files)?;
        Ok(reader.baseline)
    }
}

/// The sections of originals as they are; each is hashed once, not once for each language.
struct CurrentSections<'a> {
    site: &'a Site,
    records: BTreeMap<SourceId, Vec<SectionRecord>>,
}

impl CurrentSections<'_> {
    fn of(&mut self, original: SourceId) -> &[SectionRecord] {
        let site = self.site;
        self.records
            .entry(original)
            .or_insert_with(|| match site.linked(original) {
                Some(linked) => records(&sections(linked.document, &site.source(original).text)),
                None => Vec::new(),
            })
    }
}

struct BaselineReader<'a> {
    root: &'a SiteArgs,
    snapshot: &'a Snapshot,
    terminal: &'a Terminal,
    baseline: Baseline,
}

impl BaselineReader<'_> {
    fn read(&mut self, files: &Files) -> Result<(), CommandError> {
        let site = &self.snapshot.site;
        let (mut unlocked, mut stale) = (Vec::new(), Vec::new());
        let mut current = CurrentSections {
            site,
            records: BTreeMap::new(),
        };
        for pair in translation_pairs(site) {
            let (Some(original), Some(translation)) = (pair.original, pair.translation) else {
                continue;
            };
            if !files.contain_pair(site, &pair) {
                continue;
            }
            let files = FilePair {
                original,
                translation,
            };
            let path = &pair.translation_path;
            let Some(entry) = self.baseline.lock_files.entry(pair.locale, path) else {
                unlocked.push(files);
                continue;
            };
            let sections = entry.sections.clone();
            if section_changes(&sections, current.of(original))
                .iter()
                .any(|change| change.is_stale())
            {
                stale.push(files);
            }
            let followed = FollowedOriginal {
                sections,
                text: None,
            };
            self.baseline.followed.insert(translation, followed);
        }
        // Asking Git takes seconds in a large repository.
        if unlocked.is_empty() && stale.is_empty() {
            return Ok(());
        }
        let history = match FolderHistory::read(&self.root.root) {
            // Sites without history are no error; their translations have an unknown state.
            Err(GitError::NoGit(_) | GitError::NoRepository(_)) => return Ok(()),
            history => history,
        };
        let found = match &history {
            Ok(history) => self.add_unlocked(history, &unlocked),
            Err(_) => Ok(()),
        };
        let failure = history.as_ref().err().or(found.as_ref().err());
        if let Some(error) = failure
            && !unlocked.is_empty()
        {
            self.baseline.has_failed = true;
            self.terminal.warn(&format!(
                "note: the history can't be read, so it is unknown which versions of their originals {} follow: {error}\n",
                counted(unlocked.len(), "translation")
            ));
        }
        if let Ok(history) = &history {
            // Without the earlier text a translator sees less; what is out of date is known from the lock file.
            _ = self.add_texts(history, &stale);
        }
        Ok(())
    }

    /// Adds the originals of translations without an entry in a lock file.
    fn add_unlocked(
        &mut self,
        history: &FolderHistory,
        unlocked: &[FilePair],
    ) -> Result<(), GitError> {
        let site = &self.snapshot.site;
        let dialect = self.snapshot.dialect;
        let mut pairs = Vec::new();
        for pair in unlocked {
            pairs.push(git::TranslationPair {
                translation: site.source(pair.translation),
                original: site.source(pair.original),
            });
        }
        let originals = history.originals_when_translated(&pairs, dialect)?;
        // Originals are often the same for several languages.
        let mut cache: BTreeMap<(&str, &str), Vec<SectionRecord>> = BTreeMap::new();
        let (mut older, mut elsewhere, mut lacking) = (0, 0, 0);
        for pair in unlocked {
            let path = &site.source(pair.translation).path;
            if originals.elsewhere.contains(path) {
                elsewhere += 1;
                continue;
            }
            if originals.lacking.contains(path) {
                lacking += 1;
                continue;
            }
            let current = site.source(pair.original);
            let earlier = originals.texts.get(path);
            let original = earlier.unwrap_or(current);
            let sections = cache
                .entry((original.path.as_str(), &original.text))
                .or_insert_with(|| records(&sections_of(original, dialect)));
            if originals.at_boundary.contains(path) {
                let now = records(&sections_of(current, dialect));
                let changes = section_changes(sections, &now);
                // Out of date it is for certain; up to date it may not be.
                if !changes.iter().any(|change| change.is_stale()) {
                    older += 1;
                    continue;
                }
            }
            let followed = FollowedOriginal {
                sections: sections.clone(),
                text: earlier
                    .filter(|earlier| earlier.text != current.text)
                    .cloned(),
            };
            self.baseline
                .revisions
                .insert(pair.translation, followed.sections.clone());
            self.baseline.followed.insert(pair.translation, followed);
        }
        self.baseline.has_failed |= older + elsewhere + lacking > 0;
        for (count, reason) in [
            (
                older,
                "this clone lacks older commits, which `git fetch --unshallow` gets",
            ),
            (
                elsewhere,
                "they are in another repository than their originals, such as a submodule; `hjelp translation accept` records what they follow",
            ),
            (
                lacking,
                "this clone lacks earlier texts of them or of their originals",
            ),
        ] {
            if count > 0 {
                self.terminal.warn(&format!(
                    "note: it is unknown which versions of their originals {} follow: {reason}\n",
                    counted(count, "translation")
                ));
            }
        }
        Ok(())
    }

    /// Adds the earlier texts of the originals of translations whose lock file says that they are out of date.
    fn add_texts(&mut self, history: &FolderHistory, stale: &[FilePair]) -> Result<(), GitError> {
        let site: &Site = &self.snapshot.site;
        let dialect = self.snapshot.dialect;
        let mut paths: BTreeSet<SitePath> = BTreeSet::new();
        for pair in stale {
            paths.insert(site.source(pair.original).path.clone());
        }
        let versions = history.versions(&paths)?;
        let followed = &self.baseline.followed;
        let texts: Vec<(SourceId, Source)> = stale
            .par_iter()
            .filter_map(|pair| {
                let versions = versions.get(&site.source(pair.original).path)?;
                let recorded = &followed.get(&pair.translation)?.sections;
                let text = recorded_text(recorded, versions, dialect)?;
                Some((pair.translation, text))
            })
            .collect();
        for (translation, text) in texts {
            if let Some(followed) = self.baseline.followed.get_mut(&translation) {
                followed.text = Some(text);
            }
        }
        Ok(())
    }
}

/// Reads the lock files. One that can't be read is reported and fails the command, before it would be overwritten.
pub(super) fn read_lock_files(
    root: &SiteArgs,
    snapshot: &Snapshot,
    terminal: &Terminal,
) -> Result<LockFiles, CommandError> {
    let (mut lock_files, problems) =
        LockFiles::read(&snapshot.site.sources, &snapshot.site.config.locales);
    if problems.is_empty() {
        let site = &snapshot.site;
        lock_files.follow_moves(site, snapshot.dialect, &BTreeMap::new());
        // What is still lost may have been moved and edited: history knows where it went.
        let lost = lock_files.lost(site, snapshot.dialect);
        if !lost.is_empty() {
            let mut renames = BTreeMap::new();
            for (path, history) in git::file_histories(&root.root, &lost) {
                if let Some(now) = history.now {
                    renames.insert(path, now);
                }
            }
            lock_files.follow_moves(site, snapshot.dialect, &renames);
        }
        return Ok(lock_files);
    }
    terminal.print_problems(&terminal.render_problems(
        &problems,
        &snapshot.site.sources,
        &root.base(),
    ));
    Err(CommandError {
        message: "a lock file can't be read".into(),
        help: "fix what is reported above; nothing was done".into(),
    })
}
