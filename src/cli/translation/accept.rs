//! `hjelp translation accept`: records in the lock files that translations follow their originals.

use clap::Args;

use super::baseline::{Baseline, read_lock_files};
use super::selection::Selection;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::disk;
use crate::report::counted;
use crate::site::Site;
use crate::source::edit::FileChange;
use crate::source::encoding::encode;
use crate::translation::lock_file::LockEntry;
use crate::translation::sections::own_words_hash;
use crate::translation::{LockFiles, translation_pairs};

/// Record that translations follow their originals as these are now
#[derive(Debug, Args)]
pub(super) struct Accept {
    #[command(flatten)]
    selection: Selection,

    /// Only translations that are not recorded yet: as versions of their originals, those that the history of Git knows
    #[arg(long)]
    from_history: bool,
}

impl Accept {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let (root, files) = self.selection.resolve()?;
        let snapshot = root.open(&[], terminal)?;
        let site = &snapshot.site;
        files.expect_texts(site)?;
        let baseline = if self.from_history {
            Baseline::load(&root, &snapshot, &files, terminal)?
        } else {
            Baseline::of_lock_files(read_lock_files(&root, &snapshot, terminal)?)
        };
        let mut lock_files = baseline.lock_files;
        let mut count = 0;
        for pair in translation_pairs(site) {
            let (Some(original), Some(translation)) = (pair.original, pair.translation) else {
                continue;
            };
            if !files.contain_pair(site, &pair) {
                continue;
            }
            let source = site.source(translation);
            if !self.from_history {
                let accepted = (pair.locale, source);
                lock_files.accept(site, snapshot.dialect, original, accepted);
                count += 1;
            } else if let Some(sections) = baseline.revisions.get(&translation) {
                let entry = LockEntry {
                    own_words: own_words_hash(source, snapshot.dialect),
                    sections: sections.clone(),
                };
                lock_files.record(pair.locale, &source.path, entry);
                count += 1;
            }
        }
        // The one command that may shrink a lock file: imports keep what they don't know.
        lock_files.prune(site);
        let changed = write(&root, site, &lock_files)?;
        let what = if self.from_history {
            "recorded from history"
        } else {
            "accepted"
        };
        terminal.print_status(&format!(
            "{} {what}, {} changed\n",
            counted(count, "translation"),
            counted(changed, "lock file")
        ));
        Ok(ExitStatus::default())
    }
}

/// Writes the lock files that have changed; returns how many these are.
fn write(root: &SiteArgs, site: &Site, lock_files: &LockFiles) -> Result<usize, CommandError> {
    let mut changes = Vec::new();
    for (path, text) in lock_files.files(site) {
        let source = site.sources.find(path.as_str()).map(|id| site.source(id));
        if let Some(source) = source
            && *source.text == *text
        {
            continue;
        }
        let before = source.map(|source| encode(&source.text, source.encoding));
        changes.push(FileChange::write(path, before, text.into_bytes()));
    }
    disk::apply(&root.root, &changes)?;
    Ok(changes.len())
}
