//! The options of every command that changes the structure of a site, and a plan -> the files changed, or the plan printed. Knows the command
//! line; `refactor` makes the plan, and `disk` writes it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::baseline::moved_baseline;
use super::exit_status::CommandError;
use super::plan_report::{PlanReport, json, text};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::addresses::{LostAddress, PublishedAddresses, compare};
use crate::diagnostic::{Code, Diagnostic};
use crate::disk;
use crate::refactor::{ChangePlan, lost_links};
use crate::report::diff;
use crate::source::changed_sources::changed_sources;
use crate::source::{LineIndex, SitePath, Sources};
use crate::workspace::Snapshot;

/// How many lines of a list are printed.
const MOST_LINES: usize = 20;

/// The options.
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    /// A configuration file elsewhere; its paths are still relative to the current folder
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Don't keep the old addresses of pages and headings: they were never published
    #[arg(long)]
    no_redirect: bool,

    /// Print the changes as a diff, and write nothing
    #[arg(long, alias = "diff")]
    dry_run: bool,

    /// How the plan is printed
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: PlanFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlanFormat {
    /// What is moved and rewritten; with `--dry-run` a diff
    Text,
    /// One object with all moves, edits and what is left to do
    Json,
}

/// What the result of a plan has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// Every reference leads where it led.
    Links,
    /// There is no problem that was not there before, and no published address is lost.
    Problems,
    /// The same where a page goes, with its anchors; true if its addresses must not go with it.
    Retirement(bool),
}

impl PlanArgs {
    /// The site in the current folder.
    pub(super) fn root(&self) -> SiteArgs {
        SiteArgs::at(".".as_ref(), self.config.clone())
    }

    /// True if addresses that are lost are to redirect.
    pub(super) fn redirects(&self) -> bool {
        !self.no_redirect
    }

    /// Proves that the plan damages nothing, and applies it or prints it. `before` is the site whose references are right.
    pub(super) fn carry_out(
        &self,
        before: &Snapshot,
        plan: &ChangePlan,
        proof: Proof,
        terminal: &Terminal,
    ) -> Result<(), CommandError> {
        self.carry_out_in(&before.site.sources, before, plan, proof, terminal)
    }

    /// The same for changes of the files as they are `now`, where the references are right in another state of the site.
    pub(super) fn carry_out_in(
        &self,
        now: &Sources,
        before: &Snapshot,
        plan: &ChangePlan,
        proof: Proof,
        terminal: &Terminal,
    ) -> Result<(), CommandError> {
        let after = before.with_sources(Arc::new(changed_sources(now, &plan.changes)));
        match proof {
            Proof::Links => prove_links(before, &after, plan)?,
            Proof::Problems | Proof::Retirement(_) => {
                self.prove_problems(before, &after, plan, proof)?;
            }
        }
        if !self.dry_run {
            let mut changes = plan.changes.clone();
            changes.extend(moved_baseline(&self.root(), &plan.relocation)?);
            disk::apply(&self.root().root, &changes)?;
        }
        let report = PlanReport {
            plan,
            sources: now,
            dry_run: self.dry_run,
        };
        match self.format {
            PlanFormat::Json => terminal.print_output(&json(report)),
            PlanFormat::Text => {
                if self.dry_run {
                    terminal.print_output(&diff(&plan.changes));
                }
                terminal.print_status(&text(report, MOST_LINES));
            }
        }
        Ok(())
    }

    fn prove_problems(
        &self,
        before: &Snapshot,
        after: &Snapshot,
        plan: &ChangePlan,
        proof: Proof,
    ) -> Result<(), CommandError> {
        let known = counts(before, plan);
        let mut found: BTreeMap<(Code, SitePath), usize> = BTreeMap::new();
        let mut new = Vec::new();
        for problem in after.problems() {
            // What only a page that goes used is named in the plan's notes. A heading that keeps its old id has a tag that its
            // translations lack, and readers of these miss nothing: they get the ids of the original.
            let is_expected = match proof {
                Proof::Retirement(_) => {
                    matches!(problem.code, Code::UnusedImage | Code::UnusedInclude)
                }
                _ => problem.code == Code::StructureDiffers,
            };
            if is_expected {
                continue;
            }
            let key = (problem.code, problem.location.path.clone());
            let count = found.entry(key.clone()).or_default();
            *count += 1;
            if *count > known.get(&key).copied().unwrap_or(0) {
                new.push(shown(&problem, after));
            }
        }
        if !self.no_redirect && proof != Proof::Retirement(false) {
            new.extend(lost(before, after, proof));
        }
        refuse("this would cause new problems", &new)
    }
}

/// The published addresses that are not found after the plan.
fn lost(before: &Snapshot, after: &Snapshot, proof: Proof) -> Vec<String> {
    let old = PublishedAddresses::of(&before.site);
    let mut lines = Vec::new();
    for lost in compare(&old, &PublishedAddresses::of(&after.site)).lost {
        match lost {
            LostAddress::Page(path) => lines.push(format!("the address `/{path}` is lost")),
            LostAddress::Anchor(path, id) if proof == Proof::Problems => {
                lines.push(format!("the anchor `/{path}#{id}` is lost"));
            }
            // Of a page that goes, the addresses of sections are at the top of the one that replaces it. Nothing redirects from
            // a uid; the plan's notes name it.
            LostAddress::Anchor(..) | LostAddress::Uid(_) => {}
        }
    }
    lines
}

/// How many problems of each kind a file has, by its path after the plan.
fn counts(snapshot: &Snapshot, plan: &ChangePlan) -> BTreeMap<(Code, SitePath), usize> {
    let mut counts = BTreeMap::new();
    for problem in snapshot.problems() {
        let path = plan.relocation.path_after(&problem.location.path).clone();
        *counts.entry((problem.code, path)).or_default() += 1;
    }
    counts
}

fn shown(problem: &Diagnostic, snapshot: &Snapshot) -> String {
    let path = &problem.location.path;
    let sources = &snapshot.site.sources;
    let Some(id) = sources.find(path.as_str()) else {
        return format!("{path}: {}", problem.message);
    };
    let text = &sources.get(id).text;
    let line = LineIndex::new(text)
        .position(text, problem.location.span.start as usize)
        .line;
    format!("{path}:{line}: {}", problem.message)
}

/// Fails if a reference would lead elsewhere after the plan: nothing has been written then.
fn prove_links(before: &Snapshot, after: &Snapshot, plan: &ChangePlan) -> Result<(), CommandError> {
    let lost = lost_links(&before.site, &after.site, &plan.relocation);
    refuse("this would change what these refer to", &lost)
}

fn refuse(what: &str, lines: &[String]) -> Result<(), CommandError> {
    if lines.is_empty() {
        return Ok(());
    }
    let shown: Vec<&str> = lines.iter().take(MOST_LINES).map(String::as_str).collect();
    Err(CommandError {
        message: format!("{what}:\n  {}", shown.join("\n  ")),
        help: "nothing was written; change these by hand first".into(),
    })
}

/// A path of the site that an argument names.
pub(super) fn site_path(typed: &str) -> Result<SitePath, CommandError> {
    match SitePath::new(typed) {
        Ok(path) if !path.is_root() => Ok(path),
        _ => Err(CommandError {
            message: format!("`{typed}` is no file or folder of the site"),
            help: "give its path as seen from the folder with `hjelp.yml`".into(),
        }),
    }
}
