//! `hjelp check`: what is wrong with the content, without building anything.

use clap::Args;

use super::outcome::{Failure, Outcome};
use super::root::Root;
use super::summary::verdict;
use super::terminal::Terminal;
use crate::check::together;

/// Say what is wrong with the content, and build nothing
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    root: Root,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let snapshot = self.root.open(&[], terminal)?;
        let problems = snapshot.problems();
        let outcome = Outcome::of(&problems, self.root.strict);
        terminal.problems(&together(&snapshot.site, problems), &snapshot.site.sources, &self.root.base());
        terminal.say(&format!("{}\n", verdict(outcome)));
        Ok(outcome)
    }
}
