//! `hjelp check`: what is wrong with the content, without building anything; and the repair of it.

use std::collections::BTreeMap;

use clap::Args;

use super::external::External;
use super::known::Known;
use super::outcome::{Failure, Outcome};
use super::root::Root;
use super::summary::verdict;
use super::terminal::{Format, Terminal};
use crate::check::{Answer, Baseline, external_problems, lost, together, with_fates};
use crate::diagnostic::{Diagnostic, Repair, repair};
use crate::disk;
use crate::report::{counted, diff};
use crate::workspace::Snapshot;

/// A repair may make room for another one, but not for ever.
const MOST_ROUNDS: usize = 8;

/// Say what is wrong with the content, and build nothing
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    root: Root,

    /// How to say it: `human` goes to the error stream, all others to the output stream
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Let more than N warnings fail the command
    #[arg(long, value_name = "N", conflicts_with = "strict")]
    max_warnings: Option<usize>,

    #[command(flatten)]
    known: Known,

    #[command(flatten)]
    external: External,

    /// Tell only of problems that were not there at this commit, branch or tag, wherever in the site the change made them
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Repair what can be repaired without changing what was meant, then say what is left
    #[arg(long)]
    fix: bool,

    /// Repair also what was probably meant
    #[arg(long)]
    r#unsafe: bool,

    /// Show what would be repaired, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "format"])]
    diff: bool,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        if self.r#unsafe && !self.fix && !self.diff {
            let help = "add `--fix` to repair, or `--diff` to see what would be repaired".into();
            return Err(Failure {
                message: "`--unsafe` alone does nothing".into(),
                help,
            });
        }
        let terminal = &terminal.speaking(self.format);
        let mut snapshot = self.root.open(&[], terminal)?;
        let answers = self
            .external
            .answers(&snapshot.site, &self.root, terminal)?;
        let mut problems = self.problems(&snapshot, &answers);
        if self.diff {
            let repairs = repair(&problems, &snapshot.site.sources, self.r#unsafe);
            terminal.answer(&diff(&repairs.files, &snapshot.site.sources));
            return Ok(Outcome {
                most_warnings: self.most_warnings(),
                ..Outcome::of(&problems)
            });
        }
        let (mut mended, mut files) = (0, 0);
        for _ in 0..if self.fix { MOST_ROUNDS } else { 0 } {
            let repairs = repair(&problems, &snapshot.site.sources, self.r#unsafe);
            if repairs.files.is_empty() {
                break;
            }
            self.write(&repairs.files)?;
            mended += repairs.mended;
            files = files.max(repairs.files.len());
            snapshot = self.root.open(&[], terminal)?;
            problems = self.problems(&snapshot, &answers);
        }
        let sources = &snapshot.site.sources;
        if self.known.update_baseline {
            let (count, file) = self.known.update(&problems, sources, &self.root)?;
            terminal.say(&format!(
                "{} listed as known in {file}\n",
                counted(count, "problem")
            ));
        }
        let mut problems = self.known.without(problems, sources, &self.root)?;
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
        let outcome = Outcome {
            most_warnings: self.most_warnings(),
            ..Outcome::of(&problems)
        };
        if terminal.is_for_people() {
            problems = together(&snapshot.site, problems);
        }
        terminal.problems(&problems, sources, &self.root.base(), outcome);
        if self.fix {
            terminal.say(&format!(
                "{} repaired in {}\n",
                counted(mended, "problem"),
                counted(files, "file")
            ));
        }
        terminal.say(&format!("{}\n", verdict(outcome)));
        Ok(outcome)
    }

    /// What is wrong, with what was heard about addresses outside the site and what history knows of missing files.
    fn problems(&self, snapshot: &Snapshot, answers: &BTreeMap<String, Answer>) -> Vec<Diagnostic> {
        let problems = snapshot.problems_with(external_problems(&snapshot.site, answers));
        let fates = disk::fates(&self.root.root, &lost(&snapshot.site));
        with_fates(&snapshot.site, problems, &fates)
    }

    fn write(&self, files: &[Repair]) -> Result<(), Failure> {
        let rewrites = files.iter().map(|file| {
            (
                self.root.join(file.path.as_str()),
                file.before.as_slice(),
                file.after.as_slice(),
            )
        });
        Ok(disk::rewrite(&rewrites.collect::<Vec<_>>())?)
    }

    fn most_warnings(&self) -> Option<usize> {
        self.root.most_warnings().or(self.max_warnings)
    }
}
