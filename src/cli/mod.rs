//! Turns a command line into work and words: one file per command. Knows the terminal, the clock and the exit codes; what a command
//! finds out, other rooms find out for it.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod baseline;
mod build;
mod cached_build;
mod check;
mod exit_status;
mod explain;
mod external_links;
mod helpmap;
mod new;
mod offline;
mod progress;
mod serve;
mod site_args;
mod summary;
mod terminal;
mod timings;
mod translation;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit_status::{CommandError, ExitStatus};
use terminal::Terminal;

/// Turns folders of Markdown help into a help site in every language its readers read.
#[derive(Debug, Parser)]
#[command(name = "hjelp", version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,

    /// Say nothing but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Show every problem, however many there are
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Check(check::Check),
    Explain(explain::Explain),
    Helpmap(helpmap::Helpmap),
    Translation(translation::Translation),
    Serve(serve::Serve),
    New(new::New),
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well, or there are only warnings
  1  the content has errors (with --strict: or warnings)
  2  hjelp could not do its work";

/// Does what the command line of this process asks for.
pub fn run() -> ExitCode {
    let line = CommandLine::parse();
    let terminal = Terminal::new(line.quiet, line.verbose);
    let outcome: Result<ExitStatus, CommandError> = match &line.command {
        Command::Build(build) => build.run(&terminal),
        Command::Check(check) => check.run(&terminal),
        Command::Explain(explain) => explain.run(&terminal),
        Command::Helpmap(helpmap) => helpmap.run(&terminal),
        Command::Translation(translation) => translation.run(&terminal),
        Command::Serve(serve) => serve.run(&terminal),
        Command::New(new) => new.run(&terminal),
    };
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            terminal.failure(&failure);
            failure.exit_code()
        }
    }
}
