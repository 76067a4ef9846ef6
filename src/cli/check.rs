//! `hjelp check`: what is wrong with the content, without building anything.

use clap::Args;

use super::outcome::{Failure, Outcome};
use super::root::Root;
use super::summary::verdict;
use super::terminal::{Format, Terminal};

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
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let terminal = &terminal.speaking(self.format);
        let snapshot = self.root.open(&[], terminal)?;
        let problems = snapshot.problems();
        let outcome = Outcome { most_warnings: self.root.most_warnings().or(self.max_warnings), ..Outcome::of(&problems) };
        terminal.problems(&problems, &snapshot.site.sources, &self.root.base(), outcome);
        terminal.say(&format!("{}\n", verdict(outcome)));
        Ok(outcome)
    }
}
