//! `hjelp new`: a path and a title -> a new page with the front matter its neighbors have, and an entry in the table of contents. Knows the
//! command line; `refactor` decides what changes, and `disk` writes it.

use clap::Args;
use jiff::civil::Date;

use super::exit_status::{CommandError, ExitStatus};
use super::language_args::by_folders;
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::disk;
use crate::locale::LocaleId;
use crate::refactor::{NewPage, new_page};
use crate::report::diff;
use crate::site::Site;
use crate::source::edit::{FileChange, combine_edits};

/// Create a page: its file, its front matter, its entry in the table of contents
#[derive(Debug, Args)]
pub(super) struct New {
    /// The path below the language folder, for example `sales/invoices.md`
    path: String,

    #[command(flatten)]
    root: SiteArgs,

    /// The title of the page
    #[arg(short, long)]
    title: String,

    /// The languages to create it in, by their folders, for example `no,de` [default: the default language]
    #[arg(
        long,
        alias = "to",
        value_name = "FOLDERS",
        value_delimiter = ',',
        conflicts_with = "all_languages"
    )]
    languages: Vec<String>,

    /// Create it in every language
    #[arg(long)]
    all_languages: bool,

    /// Print the changes as a diff, and write nothing
    #[arg(long, alias = "diff")]
    dry_run: bool,
}

impl New {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open_or_begin(&self.languages, terminal)?;
        let site = &snapshot.site;
        let wanted = NewPage {
            path: self.path.clone(),
            title: self.title.clone(),
            locales: self.locales(site)?,
            today: today(),
        };
        let change = new_page(site, &wanted)?;
        let toc = combine_edits(
            change.fixes.iter().map(|fix| fix.edits.as_slice()),
            &site.sources,
        );
        let mut changes = Vec::new();
        for file in &change.files {
            changes.push(FileChange::Create {
                path: file.path.clone(),
                bytes: file.text.clone().into_bytes(),
            });
        }
        changes.extend(toc.files.iter().cloned().map(FileChange::Edit));
        // The same changes that are applied below, so the diff can't differ from what is written.
        if self.dry_run {
            terminal.print_output(&diff(&changes));
            return Ok(ExitStatus::default());
        }
        disk::apply(&self.root.root, &changes)?;
        for file in &change.files {
            let path = self.root.join(file.path.as_str());
            terminal.print_status(&format!("Created {}\n", path.display()));
        }
        for file in &toc.files {
            let path = self.root.join(file.path.as_str());
            terminal.print_status(&format!("Added it to {}\n", path.display()));
        }
        for path in &change.outside {
            terminal.print_status(&format!(
                "{path} is in no table of contents of its own language\n"
            ));
        }
        Ok(ExitStatus::default())
    }

    fn locales(&self, site: &Site) -> Result<Vec<LocaleId>, CommandError> {
        let locales = &site.config.locales;
        if self.all_languages {
            return Ok(locales.ids().collect());
        }
        // Without any, `refactor` takes the language in the path or the default one.
        by_folders(&self.languages, locales)
    }
}

/// Today's date in UTC, so that two authors in different places get the same.
fn today() -> Date {
    jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::now())
        .date()
}
