//! `hjelp retire`: a page that goes -> its files removed in every language, and its readers and links led elsewhere. Knows the command line;
//! `refactor` decides what changes.

use std::path::Path;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::language_args::LanguageArgs;
use super::plan_args::{PlanArgs, Proof, site_path};
use super::terminal::Terminal;
use crate::disk::Folder;
use crate::refactor::ChangePlan;
use crate::refactor::retire::{RetirePlan, RetireRequest, plan_retire};
use crate::source::SitePath;
use crate::source::edit::FileChange;

/// The largest file that is removed, in bytes: it is read first, so that nothing else is removed.
const LARGEST: u64 = 1 << 30;

/// Remove a page in all languages, and lead its readers and the links to it elsewhere
#[derive(Debug, Args)]
pub(super) struct Retire {
    /// The page, as seen from the folder with `hjelp.yml`
    page: String,

    /// The page that replaces it: links and old addresses lead there
    #[arg(long, value_name = "PAGE[#ANCHOR]")]
    to: Option<String>,

    /// Without a page that replaces it: leave the text of links to it
    #[arg(long, conflicts_with = "to")]
    unlink: bool,

    /// Remove the includes and pictures that nothing else uses, too
    #[arg(long)]
    prune: bool,

    #[command(flatten)]
    languages: LanguageArgs,

    #[command(flatten)]
    options: PlanArgs,
}

impl Retire {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let root = self.options.root();
        let snapshot = root.open(&[], terminal)?;
        let request = RetireRequest {
            page: site_path(&self.page)?,
            to: self.successor()?,
            locales: self.languages.locales(&snapshot.site.config.locales)?,
            redirects: self.options.redirects(),
            unlink: self.unlink,
            prune: self.prune,
        };
        let plan = with_assets(plan_retire(&snapshot.site, &request)?, &root.root)?;
        let proof = Proof::Retirement(self.to.is_some());
        self.options.carry_out(&snapshot, &plan, proof, terminal)?;
        Ok(ExitStatus::default())
    }

    fn successor(&self) -> Result<Option<(SitePath, Option<String>)>, CommandError> {
        let Some(to) = &self.to else {
            return Ok(None);
        };
        let (page, anchor) = match to.rsplit_once('#') {
            Some((page, anchor)) => (page, Some(anchor.to_owned())),
            None => (&**to, None),
        };
        Ok(Some((site_path(page)?, anchor)))
    }
}

/// The plan with the removal of files that are no texts, whose bytes are read now.
fn with_assets(retired: RetirePlan, root: &Path) -> Result<ChangePlan, CommandError> {
    let mut plan = retired.plan;
    for path in retired.assets {
        let read =
            Folder::open(root).and_then(|folder| folder.read(path.as_str().as_ref(), LARGEST));
        match read {
            Ok(before) => plan.changes.push(FileChange::Delete { path, before }),
            Err(error) => plan.notes.push(format!("{path}: not removed: {error}")),
        }
    }
    Ok(plan)
}
