//! `hjelp mv`: a path and a new one -> moved files in every language, and everything that refers to them. Knows the command line; `refactor`
//! decides what changes, and `disk` writes it.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::language_args::LanguageArgs;
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::disk;
use crate::refactor::moves::{MoveRequest, plan_move};
use crate::refactor::{ChangePlan, lost_links};
use crate::report::diff;
use crate::source::SitePath;
use crate::source::changed_sources::changed_sources;
use crate::source::edit::FileChange;
use crate::workspace::Snapshot;

/// How many lines of a list are printed.
const MOST_LINES: usize = 20;

/// Move or rename a page, include, picture or folder in all languages, with everything that refers to it
#[derive(Debug, Args)]
pub(super) struct Mv {
    /// The file or folder, as seen from the folder with `hjelp.yml`
    old: String,

    /// Its new path, or the folder it goes to
    new: String,

    /// A configuration file elsewhere; its paths are still relative to the current folder
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    languages: LanguageArgs,

    /// Don't redirect the old addresses of pages: they were never published
    #[arg(long)]
    no_redirect: bool,

    /// Print the changes as a diff, and write nothing
    #[arg(long, alias = "diff")]
    dry_run: bool,
}

impl Mv {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let root = SiteArgs::at(".".as_ref(), self.config.clone());
        let snapshot = root.open(&[], terminal)?;
        let request = MoveRequest {
            from: self.old_path()?,
            to: self.new.clone(),
            locales: self.languages.locales(&snapshot.site.config.locales)?,
            redirects: !self.no_redirect,
        };
        let plan = plan_move(&snapshot.site, &request)?;
        let after = changed_sources(&snapshot.site.sources, &plan.changes);
        prove(&snapshot, snapshot.with_sources(Arc::new(after)), &plan)?;
        if self.dry_run {
            terminal.print_output(&diff(&plan.changes));
        } else {
            disk::apply(&root.root, &plan.changes)?;
        }
        print_plan(&plan, self.dry_run, terminal);
        Ok(ExitStatus::default())
    }

    fn old_path(&self) -> Result<SitePath, CommandError> {
        match SitePath::new(&self.old) {
            Ok(path) if !path.is_root() => Ok(path),
            _ => Err(CommandError {
                message: format!("`{}` is no file or folder of the site", self.old),
                help: "give its path as seen from the folder with `hjelp.yml`".into(),
            }),
        }
    }
}

/// Says what a plan has done, or would do.
pub(super) fn print_plan(plan: &ChangePlan, dry_run: bool, terminal: &Terminal) {
    let verb = if dry_run { "Would move" } else { "Moved" };
    let mut moves = Vec::new();
    for change in &plan.changes {
        if let FileChange::Move { from, to } = change {
            moves.push((from, to));
        }
    }
    for (from, to) in moves.iter().take(MOST_LINES) {
        terminal.print_status(&format!("{verb} {from} to {to}\n"));
    }
    if moves.len() > MOST_LINES {
        let rest = moves.len() - MOST_LINES;
        terminal.print_status(&format!("{verb} {rest} more files\n"));
    }
    terminal.print_status(&format!(
        "{} rewritten, {} added\n",
        count(plan.references, "reference", "references"),
        count(plan.redirects, "redirect", "redirects"),
    ));
    for note in &plan.notes {
        terminal.print_status(&format!("Left to do: {note}\n"));
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Fails if a reference would lead elsewhere `after` the plan: nothing has been written then.
pub(super) fn prove(
    before: &Snapshot,
    after: Snapshot,
    plan: &ChangePlan,
) -> Result<(), CommandError> {
    let lost = lost_links(&before.site, &after.site, &plan.relocation);
    if lost.is_empty() {
        return Ok(());
    }
    let shown: Vec<&str> = lost.iter().take(MOST_LINES).map(String::as_str).collect();
    Err(CommandError {
        message: format!(
            "this would change what these refer to:\n  {}",
            shown.join("\n  ")
        ),
        help: "nothing was written; change these by hand first".into(),
    })
}
