//! The versions of the originals that translations follow: those in the lock files, and for translations without an entry those that the
//! history of the repository knows.

use std::collections::BTreeMap;

use super::selection::Files;
use crate::cli::exit_status::CommandError;
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::git::{self, GitError};
use crate::site::Site;
use crate::source::{Source, SourceId};
use crate::translation::section_record::{SectionRecord, records};
use crate::translation::sections::{own_words_hash, sections_of};
use crate::translation::{LockFiles, Revisions, translation_pairs};
use crate::workspace::Snapshot;

/// What translations follow.
pub(super) struct Baseline {
    pub lock_files: LockFiles,
    /// Of translations without an entry in a lock file.
    pub revisions: Revisions,
}

impl Baseline {
    /// Reads the lock files, and searches the history for those of `files` that have no entry.
    pub(super) fn load(
        root: &SiteArgs,
        snapshot: &Snapshot,
        files: &Files,
        terminal: &Terminal,
    ) -> Result<Baseline, CommandError> {
        let lock_files = read_lock_files(root, snapshot, terminal)?;
        let unlocked = unlocked(&snapshot.site, &lock_files, files);
        let revisions = revisions(root, snapshot, &unlocked, terminal)?;
        Ok(Baseline {
            lock_files,
            revisions,
        })
    }
}

/// A translation without an entry in a lock file.
struct Unlocked {
    original: SourceId,
    translation: SourceId,
}

fn unlocked(site: &Site, lock_files: &LockFiles, files: &Files) -> Vec<Unlocked> {
    let mut unlocked = Vec::new();
    for pair in translation_pairs(site) {
        if let (Some(original), Some(translation)) = (pair.original, pair.translation)
            && files.contain_pair(site, &pair)
            && lock_files
                .entry(pair.locale, &pair.translation_path)
                .is_none()
        {
            unlocked.push(Unlocked {
                original,
                translation,
            });
        }
    }
    unlocked
}

/// The sections of the originals when the translations were last edited. Empty without Git or a repository.
fn revisions(
    root: &SiteArgs,
    snapshot: &Snapshot,
    unlocked: &[Unlocked],
    terminal: &Terminal,
) -> Result<Revisions, CommandError> {
    let site = &snapshot.site;
    let mut revisions = Revisions::new();
    // Asking Git takes seconds in a large repository.
    if unlocked.is_empty() {
        return Ok(revisions);
    }
    let pairs: Vec<git::TranslationPair<'_>> = unlocked
        .iter()
        .map(|pair| {
            (
                site.source(pair.translation),
                &site.source(pair.original).path,
            )
        })
        .collect();
    // A commit that only moves a translation, or fixes a link in it, is not the one that translated it.
    let has_same_words = |one: &Source, other: &Source| {
        own_words_hash(one, snapshot.dialect) == own_words_hash(other, snapshot.dialect)
    };
    let originals = match git::originals_when_translated(&root.root, &pairs, has_same_words) {
        // Sites without history are no error; their translations have an unknown state.
        Err(GitError::NoGit(_) | GitError::NoRepository(_)) => return Ok(revisions),
        originals => originals?,
    };
    if git::is_shallow(&root.root) {
        terminal.warn(
            "note: this clone lacks older commits, so translations may seem newer than they are; `git fetch --unshallow` gets them\n",
        );
    }
    // Originals are often the same for several languages.
    let mut cache: BTreeMap<(&str, &str), Vec<SectionRecord>> = BTreeMap::new();
    for pair in unlocked {
        let original = originals
            .get(&site.source(pair.translation).path)
            .unwrap_or(site.source(pair.original));
        let sections = cache
            .entry((original.path.as_str(), &original.text))
            .or_insert_with(|| records(&sections_of(original, snapshot.dialect)));
        revisions.insert(pair.translation, sections.clone());
    }
    Ok(revisions)
}

/// Reads the lock files. One that can't be read is reported and fails the command, before it would be overwritten.
pub(super) fn read_lock_files(
    root: &SiteArgs,
    snapshot: &Snapshot,
    terminal: &Terminal,
) -> Result<LockFiles, CommandError> {
    let (lock_files, problems) =
        LockFiles::read(&snapshot.site.sources, &snapshot.site.config.locales);
    if problems.is_empty() {
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
