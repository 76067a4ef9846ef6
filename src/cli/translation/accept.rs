//! `hjelp translation accept`: writes down that translations follow their originals, in the lock files of the repository.

use clap::Args;

use super::baseline::{followed, locks};
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

/// Write down that translations follow their originals as these are now
#[derive(Debug, Args)]
pub(super) struct Accept {
    #[command(flatten)]
    selection: Selection,

    /// Only for translations of which nothing is written down: what they follow according to the history of Git
    #[arg(long)]
    from_history: bool,
}

impl Accept {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let (root, files) = self.selection.resolve()?;
        let snapshot = root.open(&[], terminal)?;
        let site = &snapshot.site;
        files.expect_texts(site)?;
        let (mut locks, revisions) = match self.from_history {
            true => followed(&root, &snapshot, &files, terminal)?,
            false => (locks(&root, &snapshot, terminal)?, Default::default()),
        };
        let mut count = 0;
        for text in translation_pairs(site)
            .iter()
            .filter(|text| files.take_text(site, text))
        {
            let (Some(original), Some(translation)) = (text.original, text.translation) else {
                continue;
            };
            let source = site.source(translation);
            if !self.from_history {
                locks.accept(
                    site,
                    snapshot.dialect,
                    original,
                    (text.locale, source),
                    |_| true,
                );
                count += 1;
            } else if let Some(sections) = revisions.get(&translation) {
                let followed = LockEntry {
                    own_words: own_words_hash(source, snapshot.dialect),
                    sections: sections.clone(),
                };
                locks.record(text.locale, &source.path, followed);
                count += 1;
            }
        }
        locks.prune(site);
        let changed = write(&root, site, &locks)?;
        let of = if self.from_history {
            "written down from history"
        } else {
            "accepted"
        };
        terminal.print_status(&format!(
            "{} {of}, {} changed\n",
            counted(count, "translation"),
            counted(changed, "lock file")
        ));
        Ok(ExitStatus::default())
    }
}

/// Writes the lock files that have changed; how many these are.
pub(super) fn write(
    root: &SiteArgs,
    site: &Site,
    locks: &LockFiles,
) -> Result<usize, CommandError> {
    let mut changes = Vec::new();
    for (path, text) in locks.files(site) {
        let before = site.sources.find(path.as_str()).map(|id| site.source(id));
        if before.is_none_or(|before| *before.text != *text) {
            let before = before.map(|before| encode(&before.text, before.encoding));
            changes.push(FileChange::write(path, before, text.into_bytes()));
        }
    }
    disk::apply(&root.root, &changes)?;
    Ok(changes.len())
}
