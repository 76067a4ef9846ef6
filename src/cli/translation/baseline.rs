//! What the translations of a site follow: what its lock files say, and for the others what the history of the repository tells.

use std::collections::BTreeMap;

use super::selection::Files;
use crate::cli::exit_status::CommandError;
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::git::{self, GitError};
use crate::source::{Source, SourceId};
use crate::translation::section_record::SectionRecord;
use crate::translation::sections::{own_words_hash, sections_of};
use crate::translation::{LockFiles, Revisions, TranslationPair, translation_pairs};
use crate::workspace::Snapshot;

/// The lock files, and what history knows of those of `files` that are in none.
pub(super) fn followed(
    root: &SiteArgs,
    snapshot: &Snapshot,
    files: &Files,
    terminal: &Terminal,
) -> Result<(LockFiles, Revisions), CommandError> {
    let site = &snapshot.site;
    let locks = locks(root, snapshot, terminal)?;
    let unlocked = |text: &TranslationPair| {
        Some((text.translation?, text.original?))
            .filter(|_| locks.entry(text.locale, &text.translation_path).is_none())
    };
    let wanted: Vec<(SourceId, SourceId)> = translation_pairs(site)
        .iter()
        .filter(|text| files.take_text(site, text))
        .filter_map(unlocked)
        .collect();
    if wanted.is_empty() {
        return Ok((locks, Revisions::new()));
    }
    let pairs: Vec<git::TranslationPair<'_>> = wanted
        .iter()
        .map(|(translation, original)| (site.source(*translation), &site.source(*original).path))
        .collect();
    let is_same = |one: &Source, other: &Source| {
        own_words_hash(one, snapshot.dialect) == own_words_hash(other, snapshot.dialect)
    };
    let seen = match git::originals_when_translated(&root.root, &pairs, is_same) {
        Err(GitError::NoGit(_) | GitError::NoRepository(_)) => {
            return Ok((locks, Revisions::new()));
        }
        seen => seen?,
    };
    if git::is_shallow(&root.root) {
        terminal.warn(
            "note: this clone lacks older commits, so translations may seem younger than they are; `git fetch --unshallow` gets them\n",
        );
    }
    // Originals are often the same for several languages.
    let mut outlines: BTreeMap<(&str, &str), Vec<SectionRecord>> = BTreeMap::new();
    let mut revisions = Revisions::new();
    for (translation, original) in &wanted {
        let original = site.source(*original);
        let then = seen
            .get(&site.source(*translation).path)
            .unwrap_or(original);
        let outline = outlines.entry((then.path.as_str(), &then.text));
        let outline = outline.or_insert_with(|| {
            sections_of(then, snapshot.dialect)
                .iter()
                .map(SectionRecord::from)
                .collect()
        });
        revisions.insert(*translation, outline.clone());
    }
    Ok((locks, revisions))
}

/// The lock files; one that can't be read is shown, and nothing is done.
pub(super) fn locks(
    root: &SiteArgs,
    snapshot: &Snapshot,
    terminal: &Terminal,
) -> Result<LockFiles, CommandError> {
    let (locks, problems) = LockFiles::read(&snapshot.site);
    if problems.is_empty() {
        return Ok(locks);
    }
    terminal.print_problems(&terminal.render_problems(
        &problems,
        &snapshot.site.sources,
        &root.base(),
    ));
    Err(CommandError {
        message: "a lock file can't be used".into(),
        help: "mend what is shown above; nothing was done".into(),
    })
}
