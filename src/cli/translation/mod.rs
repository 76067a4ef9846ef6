//! `hjelp translation`: one file per thing to do with translations, and what they share: which site, which of its pages.

mod accept;
mod baseline;
mod export;
mod import;
mod selection;
mod status;

use clap::{Args, Subcommand};

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;

/// See how far the translations are, and keep them with their originals
#[derive(Debug, Args)]
pub(super) struct Translation {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Export(export::Export),
    Import(import::Import),
    Status(status::Status),
    Accept(accept::Accept),
}

impl Translation {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        match &self.what {
            What::Export(export) => export.run(terminal),
            What::Import(import) => import.run(terminal),
            What::Status(status) => status.run(terminal),
            What::Accept(accept) => accept.run(terminal),
        }
    }
}
