//! `hjelp repair --since REV`: files that were moved by hand -> what `hjelp mv` would have done besides. Knows the command line; `addresses` finds
//! the moves, `refactor` decides what changes, and `disk` writes it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::mv::{print_plan, prove};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::addresses::renames;
use crate::disk;
use crate::refactor::moves::{plan_repair, undone_moves};
use crate::report::diff;
use crate::source::changed_sources::changed_sources;

/// After files were moved by other means: move their translations, rewrite what refers to them, redirect their old addresses
#[derive(Debug, Args)]
pub(super) struct Repair {
    /// The commit, branch or tag before the files were moved
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    since: String,

    /// A configuration file elsewhere; its paths are still relative to the current folder
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Don't redirect the old addresses of pages: they were never published
    #[arg(long)]
    no_redirect: bool,

    /// Print the changes as a diff, and write nothing
    #[arg(long, alias = "diff")]
    dry_run: bool,
}

impl Repair {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let root = SiteArgs::at(".".as_ref(), self.config.clone());
        let snapshot = root.open(&[], terminal)?;
        let sources = &snapshot.site.sources;
        let renames = renames(&root.sources_at(&self.since)?, sources);
        if renames.is_empty() {
            terminal.print_status(&format!("No file was moved since {}\n", self.since));
            return Ok(ExitStatus::default());
        }
        let undone = changed_sources(sources, &undone_moves(&renames));
        let before = snapshot.with_sources(Arc::new(undone));
        let redirects = !self.no_redirect;
        let plan = plan_repair(&snapshot.site, &before.site, &renames, redirects)?;
        let after = changed_sources(sources, &plan.changes);
        prove(&before, snapshot.with_sources(Arc::new(after)), &plan)?;
        if self.dry_run {
            terminal.print_output(&diff(&plan.changes));
        } else {
            disk::apply(&root.root, &plan.changes)?;
        }
        print_plan(&plan, self.dry_run, terminal);
        Ok(ExitStatus::default())
    }
}
