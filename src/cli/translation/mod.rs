//! `hjelp translation`: one file for each subcommand, and what they share: the selection of files, and the baseline of translations.

mod accept;
mod baseline;
mod export;
mod import;
mod selection;
mod status;

use clap::{Args, Subcommand};

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;

/// Manage translations: status, export, import
#[derive(Debug, Args)]
pub(super) struct Translation {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(export::Export),
    Import(import::Import),
    Status(status::Status),
    Accept(accept::Accept),
}

impl Translation {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        match &self.command {
            Command::Export(export) => export.run(terminal),
            Command::Import(import) => import.run(terminal),
            Command::Status(status) => status.run(terminal),
            Command::Accept(accept) => accept.run(terminal),
        }
    }
}
