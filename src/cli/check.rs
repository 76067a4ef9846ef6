//! `hjelp check`: a site -> its problems, reported; with `--fix` also fixed. Knows the order of fixing, filtering and reporting; the rules
//! are in `check`, the report formats in `report`.

use std::collections::BTreeMap;

use clap::Args;

use super::baseline::BaselineArgs;
use super::exit_status::{CommandError, ExitStatus};
use super::external_links::ExternalArgs;
use super::site_args::SiteArgs;
use super::summary::problem_counts;
use super::terminal::{Terminal, report_format_parser};
use crate::check::{
    Baseline, Findings, UrlStatus, external_problems, merge_across_locales, missing_files,
};
use crate::diagnostic::{Diagnostic, apply_fixes};
use crate::report::{HUMAN, ReportFormat, counted, diff};
use crate::source::edit::{FileChange, FileEdit};
use crate::workspace::Snapshot;
use crate::{disk, git};

/// A fix can make another one possible, but two fixes could also undo each other for ever.
const MOST_ROUNDS: usize = 8;

/// Report problems in the content, and build nothing
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    root: SiteArgs,

    /// The output format: `human` goes to stderr, all others to stdout
    #[arg(long, value_parser = report_format_parser(), default_value = HUMAN.name)]
    format: &'static ReportFormat,

    /// Fail if there are more than N warnings
    #[arg(long, value_name = "N", conflicts_with = "strict")]
    max_warnings: Option<usize>,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    external: ExternalArgs,

    /// Report only problems that are new since this commit, branch or tag, in all files
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Apply safe fixes, then report the remaining problems
    #[arg(long)]
    fix: bool,

    /// Include fixes that may change the meaning
    #[arg(long)]
    r#unsafe: bool,

    /// Print the fixes as a diff, and write nothing
    #[arg(long, alias = "diff", conflicts_with_all = ["fix", "format"])]
    dry_run: bool,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        if self.r#unsafe && !self.fix && !self.dry_run {
            let help = "add `--fix` to apply the fixes, or `--dry-run` to print them".into();
            return Err(CommandError {
                message: "`--unsafe` alone does nothing".into(),
                help,
            });
        }
        let terminal = &terminal.with_format(self.format);
        let mut snapshot = self.root.open(&[], terminal)?;
        let statuses = self
            .external
            .statuses(&snapshot.site, &self.root, terminal)?;
        let mut problems = self.problems(&snapshot, &statuses);
        if self.dry_run {
            let repairs = apply_fixes(&problems, &snapshot.site.sources, self.r#unsafe);
            terminal.print_output(&diff(&file_changes(repairs.files)));
            return Ok(ExitStatus {
                most_warnings: self.most_warnings(),
                ..ExitStatus::of(&problems)
            });
        }
        let (mut fixed, mut files) = (0, 0);
        for _ in 0..if self.fix { MOST_ROUNDS } else { 0 } {
            let repairs = apply_fixes(&problems, &snapshot.site.sources, self.r#unsafe);
            if repairs.files.is_empty() {
                break;
            }
            fixed += repairs.applied;
            files = files.max(repairs.files.len());
            disk::apply(&self.root.root, &file_changes(repairs.files))?;
            snapshot = self.root.open(&[], terminal)?;
            problems = self.problems(&snapshot, &statuses);
        }
        let sources = &snapshot.site.sources;
        if self.baseline.update_baseline {
            let (count, file) = self.baseline.update(&problems, sources, &self.root)?;
            terminal.print_status(&format!(
                "{} listed as known in {file}\n",
                counted(count, "problem")
            ));
        }
        let mut problems = self.baseline.without(problems, sources, &self.root)?;
        if let Some(before) = self
            .since
            .as_ref()
            .map(|revision| self.root.open_at(revision))
            .transpose()?
            .flatten()
        {
            let old = Baseline::of(&before.problems(), &before.site.sources);
            problems = old.new_in(problems, sources).0;
        }
        let outcome = ExitStatus {
            most_warnings: self.most_warnings(),
            ..ExitStatus::of(&problems)
        };
        let problems = merge_across_locales(&snapshot.site, problems);
        terminal.report(&problems, sources, &self.root.base(), outcome);
        if self.fix {
            terminal.print_status(&format!(
                "{} fixed in {}\n",
                counted(fixed, "problem"),
                counted(files, "file")
            ));
        }
        terminal.print_status(&format!("{}\n", problem_counts(outcome)));
        Ok(outcome)
    }

    /// The problems of the site, with the status of external links, and with what Git knows about missing files.
    fn problems(
        &self,
        snapshot: &Snapshot,
        statuses: &BTreeMap<String, UrlStatus>,
    ) -> Vec<Diagnostic> {
        let site = &snapshot.site;
        snapshot.problems_with(Findings {
            in_content: external_problems(site, statuses),
            histories: git::file_histories(&self.root.root, &missing_files(site)),
            ..Findings::default()
        })
    }

    fn most_warnings(&self) -> Option<usize> {
        self.root.most_warnings().or(self.max_warnings)
    }
}

fn file_changes(files: Vec<FileEdit>) -> Vec<FileChange> {
    files.into_iter().map(FileChange::Edit).collect()
}
