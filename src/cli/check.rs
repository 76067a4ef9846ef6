//! `hjelp check`: a site -> its problems, reported; with `--fix` also fixed. Knows the order of fixing, filtering and reporting; the rules
//! are in `check`, the report formats in `report`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::baseline::BaselineArgs;
use super::exit_status::{CommandError, ExitStatus};
use super::external_links::ExternalArgs;
use super::problem_filter::{ProblemFilter, SummaryArgs};
use super::site_args::SiteArgs;
use super::summary::problem_counts;
use super::terminal::{Terminal, report_format_parser};
use crate::addresses::{lost_addresses, renames};
use crate::check::external::{UrlStatus, external_problems};
use crate::check::{
    Baseline, Findings, merge_across_locales, merge_missing_folders, missing_files,
};
use crate::diagnostic::{Diagnostic, Level, apply_fixes};
use crate::message;
use crate::report::numbers::number_of;
use crate::report::{HUMAN, ReportFormat, counted, diff, grouped, summary};
use crate::site::Site;
use crate::source::edit::{FileChange, FileEdit};
use crate::source::{Message, Sources};
use crate::translation::lost_translations;
use crate::workspace::Snapshot;
use crate::{disk, git};

/// The most rounds of fixing. A fix can make another one possible, but two fixes could also undo each other for ever.
const MOST_ROUNDS: usize = 8;

/// Report problems in the content, and build nothing
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    root: SiteArgs,

    #[command(flatten)]
    filter: ProblemFilter,

    #[command(flatten)]
    summary: SummaryArgs,

    /// Write the report to this file
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["summary", "dry_run"])]
    output: Option<PathBuf>,

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

    /// Report only problems that are new since this commit, branch or tag, in all files; and published addresses and translations that are lost since then
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

/// What problems depend on besides the site itself.
struct KnownFacts {
    statuses: BTreeMap<String, UrlStatus>,
    /// The site at the revision of `--since`.
    before: Option<Snapshot>,
}

/// What `--fix` changed.
#[derive(Debug, Default)]
struct FixSummary {
    problems: usize,
    files: usize,
}

impl FixSummary {
    fn message(&self) -> Message {
        let files = match self.files {
            1 => message!("1 file"),
            files => message!("{files} files", files = grouped(files)),
        };
        match self.problems {
            1 => message!("1 problem fixed in {files}", files),
            problems => message!(
                "{problems} problems fixed in {files}",
                problems = grouped(problems),
                files
            ),
        }
    }
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        // Not a rule of clap's, which would report that `--fix` is required, although `--dry-run` is enough.
        if self.r#unsafe && !self.fix && !self.dry_run {
            let help = "add `--fix` to apply the fixes, or `--dry-run` to print them".into();
            return Err(CommandError {
                message: "`--unsafe` alone does nothing".into(),
                help,
            });
        }
        self.filter.check(&self.root.root)?;
        if self.baseline.update_baseline && self.filter.is_partial() {
            return Err(CommandError {
                message: "a baseline of a part of the problems would forget the others".into(),
                help: "leave out PATHS, `--only`, `--ignore` and `--level`".into(),
            });
        }
        let terminal = &terminal.with_format(self.format);
        let mut snapshot = self.root.open(&[], terminal)?;
        let known = KnownFacts {
            // Requested once: fixing content doesn't change the status of an address.
            statuses: self
                .external
                .statuses(&snapshot.site, &self.root, terminal)?,
            before: self.before()?,
        };
        if self.dry_run {
            return Ok(self.print_fixes(&snapshot, &known, terminal));
        }
        let mut fixed = FixSummary::default();
        if self.fix {
            (snapshot, fixed) = self.apply_all(snapshot, &known, terminal)?;
        }
        let sources = &snapshot.site.sources;
        let problems = self.problems(&snapshot, &known);
        if self.baseline.update_baseline {
            let (count, file) = self.baseline.update(&problems, sources, &self.root)?;
            let count = counted(count, "problem");
            terminal.print_status(&format!("{count} written to the baseline {file}\n"));
        }
        let found = problems.len();
        // After the update, so that a run with `--update-baseline` reports what the next run will.
        let problems = self.baseline.without(problems, sources, &self.root)?;
        let problems = new_problems(problems, sources, known.before.as_ref());
        let known_count = found.saturating_sub(problems.len());
        // Counted before problems in several languages are merged: each is a place to fix.
        let status = self.exit_status(&problems);
        let fixable = problems.iter().filter(|problem| has_safe_fix(problem));
        let fixable = fixable.count();
        self.print_report(&snapshot.site, problems, terminal, status)?;
        if self.fix {
            terminal.say(&fixed.message());
        }
        if known_count > 0 && status == self.exit_status(&[]) {
            let known = grouped(known_count);
            terminal.say(&message!("No new problems ({known} known)", known));
        } else {
            terminal.print_status(&format!(
                "{}\n",
                problem_counts(status, terminal.language())
            ));
        }
        if !self.fix && fixable > 0 {
            let count = grouped(fixable);
            terminal.say(&message!(
                "`hjelp check --fix` fixes {count} of them",
                count
            ));
        }
        if let (true, Some(most)) = (status.has_too_many_warnings(), self.max_warnings) {
            let count = number_of(terminal.language(), Level::Warning, status.warnings);
            terminal.say(&message!(
                "Fails: {count}, `--max-warnings` allows {most}",
                count,
                most
            ));
        }
        // The program ends here, and the system frees a million small allocations at once, far faster than dropping them.
        std::mem::forget((snapshot, known));
        Ok(status)
    }

    /// Prints the problems, or tables of them, or writes them to a file.
    fn print_report(
        &self,
        site: &Site,
        problems: Vec<Diagnostic>,
        terminal: &Terminal,
        status: ExitStatus,
    ) -> Result<(), CommandError> {
        let mut problems = merge_across_locales(site, problems);
        // Programs show each place; people would not get past the first folder.
        if self.format.is_for_terminals {
            problems = merge_missing_folders(site, problems);
        }
        let keys = self.summary.keys();
        for (number, key) in keys.iter().enumerate() {
            let gap = if number > 0 { "\n" } else { "" };
            terminal.print_output(&format!(
                "{gap}{}",
                summary(&problems, *key, self.summary.top)
            ));
        }
        if !keys.is_empty() {
            terminal.print_output("\n");
            return Ok(());
        }
        let (sources, base) = (&site.sources, self.root.base());
        let Some(file) = &self.output else {
            terminal.report(&problems, sources, &base, status);
            return Ok(());
        };
        let text = terminal.plain_report(&problems, sources, &base, status);
        disk::write_file(file, text.as_bytes())?;
        Ok(())
    }

    /// Prints what `--fix` would change.
    fn print_fixes(
        &self,
        snapshot: &Snapshot,
        known: &KnownFacts,
        terminal: &Terminal,
    ) -> ExitStatus {
        let problems = self.problems(snapshot, known);
        let fixes = apply_fixes(&problems, &snapshot.site.sources, self.r#unsafe);
        terminal.print_output(&diff(&file_changes(fixes.files)));
        self.exit_status(&problems)
    }

    /// Applies fixes until none is left. Returns the fixed site.
    fn apply_all(
        &self,
        mut snapshot: Snapshot,
        known: &KnownFacts,
        terminal: &Terminal,
    ) -> Result<(Snapshot, FixSummary), CommandError> {
        let mut fixed = FixSummary::default();
        for _ in 0..MOST_ROUNDS {
            let problems = self.problems(&snapshot, known);
            let fixes = apply_fixes(&problems, &snapshot.site.sources, self.r#unsafe);
            if fixes.files.is_empty() {
                break;
            }
            fixed.problems += fixes.applied;
            // Later rounds mostly fix the same files further.
            fixed.files = fixed.files.max(fixes.files.len());
            disk::apply(&self.root.root, &file_changes(fixes.files))?;
            // Read again, so that the report shows what is on the disk.
            snapshot = self.root.open(&[], terminal)?;
        }
        Ok((snapshot, fixed))
    }

    /// The site at the revision of `--since`. None without it, and before the site had a configuration: then it had no problems.
    fn before(&self) -> Result<Option<Snapshot>, CommandError> {
        match &self.since {
            Some(revision) => self.root.open_at(revision),
            None => Ok(None),
        }
    }

    /// The problems of the site, with the status of external links, and with what Git knows about missing files.
    fn problems(&self, snapshot: &Snapshot, known: &KnownFacts) -> Vec<Diagnostic> {
        let site = &snapshot.site;
        let mut in_content = external_problems(site, &known.statuses);
        if let Some(before) = &known.before {
            in_content.extend(lost_addresses(&before.site, site));
            in_content.extend(lost_translations(&before.site, site));
        }
        self.filter.of(snapshot.problems_with(Findings {
            in_content,
            histories: git::file_histories(&self.root.root, &missing_files(site)),
            ..Findings::default()
        }))
    }

    fn exit_status(&self, problems: &[Diagnostic]) -> ExitStatus {
        let most_warnings = self.root.most_warnings().or(self.max_warnings);
        ExitStatus::of(problems).with_most_warnings(most_warnings)
    }
}

/// The problems that the site did not have `before`; all if that is unknown.
fn new_problems(
    problems: Vec<Diagnostic>,
    sources: &Sources,
    before: Option<&Snapshot>,
) -> Vec<Diagnostic> {
    let Some(before) = before else {
        return problems;
    };
    // A baseline compares problems without their lines, which any edit above them changes.
    let old = Baseline::of(&before.problems(), &before.site.sources);
    // Moving a file makes none of its problems new.
    let renames = renames(&before.site.sources, sources);
    old.renamed(&renames).new_in(problems, sources).0
}

fn has_safe_fix(problem: &Diagnostic) -> bool {
    problem.fix.as_ref().is_some_and(|fix| fix.safe)
}

fn file_changes(files: Vec<FileEdit>) -> Vec<FileChange> {
    files.into_iter().map(FileChange::Edit).collect()
}
