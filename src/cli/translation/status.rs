//! `hjelp translation status`: the state of each page and section in each language, as a table or as JSON.

use clap::{Args, ValueEnum};

use super::baseline::Baseline;
use super::selection::Selection;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::report::{translation_json, translation_table};
use crate::translation::status;

/// List the pages and sections that are missing or out of date in each language
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    selection: Selection,

    /// The format of the list
    #[arg(long, value_enum, default_value_t)]
    format: StatusFormat,

    /// Fail if less than N percent of the pages are up to date in a language
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum StatusFormat {
    /// A table, and a list of what to do
    #[default]
    Table,
    /// Every section of every page in every language
    Json,
}

impl Status {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let (root, files) = self.selection.resolve()?;
        let snapshot = root.open(&[], terminal)?;
        let site = &snapshot.site;
        files.expect_texts(site)?;
        let baseline = Baseline::load(&root, &snapshot, &files, terminal)?;
        let mut status = status(site, &baseline.lock_files, &baseline.revisions);
        // The status is that of the whole site; only the list is shortened.
        for locale in &mut status.locales {
            locale
                .entries
                .retain(|entry| files.contain_pair(site, &entry.pair));
        }
        terminal.print_output(&match self.format {
            StatusFormat::Table => translation_table(site, &status, terminal.limit()),
            StatusFormat::Json => translation_json(site, &status),
        });
        let least = usize::from(self.fail_under.unwrap_or(0));
        // Each language that is below the limit counts as an error.
        let failed = status.locales.iter().filter(|locale| {
            // If the history can't be read, nobody knows what is up to date.
            let percent = if baseline.has_failed {
                locale.percent_known()
            } else {
                locale.percent()
            };
            percent < least
        });
        Ok(ExitStatus {
            errors: failed.count(),
            ..ExitStatus::default()
        })
    }
}
