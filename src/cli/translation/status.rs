//! `hjelp translation status`: which pages and sections each language has, lacks, or has in an older version, as a table or as JSON.

use clap::{Args, ValueEnum};

use super::baseline::followed;
use super::selection::Selection;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::report::{translation_json, translation_table};
use crate::translation::status;

/// Say which pages and sections each language lacks, or has in an older version
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    selection: Selection,

    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Fail if fewer than N of a hundred pages are up to date in any language
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A table, and what is to be done
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
        let (locks, revisions) = followed(&root, &snapshot, &files, terminal)?;
        let mut status = status(site, &locks, &revisions);
        for locale in &mut status.locales {
            locale
                .entries
                .retain(|entry| files.take_text(site, &entry.pair));
        }
        terminal.print_output(&match self.format {
            Format::Table => translation_table(site, &status, terminal.limit()),
            Format::Json => translation_json(site, &status),
        });
        let behind = |least: u8| {
            status
                .locales
                .iter()
                .filter(|locale| locale.percent() < usize::from(least))
                .count()
        };
        Ok(ExitStatus {
            errors: self.fail_under.map_or(0, behind),
            ..ExitStatus::default()
        })
    }
}
