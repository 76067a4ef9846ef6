//! The command line -> calls of the other rooms, text on the terminal and an exit code: one file per command. Knows the terminal, the clock
//! and the exit codes; no command knows how a site is read, checked or rendered.
// The lists of `clippy.toml` keep the clock, the environment and the terminal out of the pipeline;
// here they belong.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod baseline;
mod build;
mod cached_build;
mod check;
mod clean;
mod compare;
mod completions;
mod doctor;
mod exit_status;
mod explain;
mod external_links;
mod first_look;
mod helpmap;
mod impact;
mod init;
mod language_args;
mod list;
mod message_language;
mod mv;
mod new;
mod offline;
mod plan_args;
mod plan_report;
mod problem_filter;
mod progress;
mod redirects;
mod rename;
mod repair;
mod retire;
mod schema;
mod serve;
mod site_args;
mod site_writer;
mod suggest;
mod summary;
mod terminal;
mod timings;
mod translation;
mod urls;
mod version;
mod xref;

use std::path::PathBuf;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use exit_status::{CommandError, ExitStatus};
use terminal::Terminal;

/// Turns folders of Markdown help into a help site in every language its readers read.
#[derive(Debug, Parser)]
#[command(name = "hjelp", version = version::NUMBER, long_version = version::long(), arg_required_else_help = true, after_help = EXIT_CODES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,

    /// The language of problems and their explanations: `en`, or `no` for Norwegian
    #[arg(long, global = true, value_name = "TAG")]
    lang: Option<String>,

    /// Run as if started in DIR
    #[arg(short = 'C', global = true, value_name = "DIR")]
    directory: Option<PathBuf>,

    /// Print problems only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Print every problem, without a limit
    #[arg(short, long, global = true)]
    verbose: bool,

    /// When to print in colors
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorWhen,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Stats(doctor::Stats),
    Doctor(doctor::Doctor),
    Clean(clean::Clean),
    Completions(completions::Completions),
    Man(completions::Man),
    Build(build::Build),
    Check(check::Check),
    Explain(explain::Explain),
    Helpmap(helpmap::Helpmap),
    Translation(translation::Translation),
    Serve(serve::Serve),
    Init(init::Init),
    New(new::New),
    Mv(mv::Mv),
    Rename(rename::Rename),
    Retire(retire::Retire),
    Impact(impact::Impact),
    Xref(xref::Xref),
    Schema(schema::Schema),
    Repair(repair::Repair),
    Urls(urls::Urls),
    Redirects(redirects::Redirects),
    Compare(compare::Compare),
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well, or there are only warnings
  1  the content has errors (with --strict: or warnings)
  2  hjelp could not do its work";

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        // This prints the error, or the text of `--help`, and ends the process with clap's own exit codes: 2 and 0, which are the same as ours.
        Err(error) => suggest::with_tip(error, &CommandLine::command(), &words()).exit(),
    };
    match line.color {
        ColorWhen::Auto => {}
        ColorWhen::Always => ColorChoice::Always.write_global(),
        ColorWhen::Never => ColorChoice::Never.write_global(),
    }
    let terminal = Terminal::new(
        line.quiet,
        line.verbose,
        message_language::chosen(line.lang.as_deref()),
    );
    let mut outcome = line.run(&terminal);
    if let (Ok(_), Some(error)) = (&outcome, terminal.write_error()) {
        outcome = Err(error);
    }
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => {
            terminal.failure(&failure);
            failure.exit_code()
        }
    }
}

/// The arguments of this process.
fn words() -> Vec<String> {
    let mut words = Vec::new();
    for word in std::env::args_os().skip(1) {
        words.push(word.to_string_lossy().into_owned());
    }
    words
}

impl CommandLine {
    fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        // Before anything is read, so that every relative path in the arguments is relative to it, as with `git -C`.
        if let Some(directory) = &self.directory {
            std::env::set_current_dir(directory).map_err(|error| CommandError {
                message: format!("`{}` can't be opened: {error}", directory.display()),
                help: "give an existing folder after `-C`".into(),
            })?;
        }
        match &self.command {
            Command::List(list) => list.run(terminal),
            Command::Stats(stats) => stats.run(terminal),
            Command::Doctor(doctor) => doctor.run(terminal),
            Command::Clean(clean) => clean.run(terminal),
            Command::Completions(completions) => {
                Ok(completions.run(CommandLine::command(), terminal))
            }
            Command::Man(man) => man.run(CommandLine::command(), terminal),
            Command::Build(build) => build.run(terminal),
            Command::Check(check) => check.run(terminal),
            Command::Explain(explain) => explain.run(terminal),
            Command::Helpmap(helpmap) => helpmap.run(terminal),
            Command::Translation(translation) => translation.run(terminal),
            Command::Serve(serve) => serve.run(terminal),
            Command::Init(init) => init.run(terminal),
            Command::New(new) => new.run(terminal),
            Command::Mv(mv) => mv.run(terminal),
            Command::Rename(rename) => rename.run(terminal),
            Command::Retire(retire) => retire.run(terminal),
            Command::Impact(impact) => impact.run(terminal),
            Command::Xref(xref) => xref.run(terminal),
            Command::Schema(schema) => schema.run(terminal),
            Command::Repair(repair) => repair.run(terminal),
            Command::Urls(urls) => urls.run(terminal),
            Command::Redirects(redirects) => redirects.run(terminal),
            Command::Compare(compare) => compare.run(terminal),
        }
    }
}
