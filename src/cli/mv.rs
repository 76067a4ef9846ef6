//! `hjelp mv`: a path and a new one -> moved files in every language, and everything that refers to them. Knows the command line; `refactor`
//! decides what changes, and `disk` writes it.

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::language_args::LanguageArgs;
use super::plan_args::{PlanArgs, Proof, site_path};
use super::terminal::Terminal;
use crate::refactor::ChangePlan;
use crate::refactor::moves::{MoveRequest, plan_move};
use crate::workspace::Snapshot;

/// Move or rename a page, include, picture or folder in all languages, with everything that refers to it
#[derive(Debug, Args)]
pub(super) struct Mv {
    /// The file or folder, as seen from the folder with `hjelp.yml`
    old: String,

    /// Its new path, or the folder it goes to
    new: String,

    #[command(flatten)]
    languages: LanguageArgs,

    #[command(flatten)]
    options: PlanArgs,
}

impl Mv {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.options.root().open(&[], terminal)?;
        let paths = [&*self.old, &*self.new];
        let plan = plan_of_move(&snapshot, paths, &self.languages, &self.options)?;
        self.options
            .carry_out(&snapshot, &plan, Proof::Links, terminal)?;
        Ok(ExitStatus::default())
    }
}

/// The plan that moves the first of the typed paths to the second one.
pub(super) fn plan_of_move(
    snapshot: &Snapshot,
    [old, new]: [&str; 2],
    languages: &LanguageArgs,
    options: &PlanArgs,
) -> Result<ChangePlan, CommandError> {
    let request = MoveRequest {
        from: site_path(old)?,
        to: new.to_owned(),
        locales: languages.locales(&snapshot.site.config.locales)?,
        redirects: options.redirects(),
    };
    Ok(plan_move(&snapshot.site, &request)?)
}
