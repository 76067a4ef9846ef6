//! `hjelp repair --since REV`: files that were moved by hand -> what `hjelp mv` would have done besides. Knows the command line; `addresses` finds
//! the moves, `refactor` decides what changes, and `disk` writes it.

use std::sync::Arc;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::plan_args::{PlanArgs, Proof};
use super::terminal::Terminal;
use crate::addresses::renames;
use crate::refactor::moves::{plan_repair, undone_moves};
use crate::source::changed_sources::changed_sources;

/// After files were moved by other means: move their translations, rewrite what refers to them, redirect their old addresses
#[derive(Debug, Args)]
pub(super) struct Repair {
    /// The commit, branch or tag before the files were moved
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    since: String,

    #[command(flatten)]
    options: PlanArgs,
}

impl Repair {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let root = self.options.root();
        let snapshot = root.open(&[], terminal)?;
        let sources = &snapshot.site.sources;
        let renames = renames(&root.sources_at(&self.since)?, sources);
        if renames.is_empty() {
            terminal.print_status(&format!("No file was moved since {}\n", self.since));
            return Ok(ExitStatus::default());
        }
        let undone = changed_sources(sources, &undone_moves(&renames));
        let before = snapshot.with_sources(Arc::new(undone));
        let redirects = self.options.redirects();
        let plan = plan_repair(&snapshot.site, &before.site, &renames, redirects)?;
        self.options
            .carry_out_in(sources, &before, &plan, Proof::Links, terminal)?;
        Ok(ExitStatus::default())
    }
}
