//! Problems, results and errors -> the terminal. The only place that prints: problems and errors go to stderr, results and what programs
//! read go to stdout; colors go to terminals only. Write errors are ignored: a pager that is closed early is not a failure.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::exit_status::{CommandError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::report::{self, HumanOptions};
use crate::source::Sources;

/// How problems are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// With excerpts, for people
    #[default]
    Human,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit XML, for CI servers
    Junit,
    /// A summary for a pull request
    Markdown,
}

/// Where and how much is printed.
#[derive(Clone)]
pub(super) struct Terminal {
    quiet: bool,
    format: Format,
    look: HumanOptions,
}

impl Terminal {
    pub(super) fn new(quiet: bool, verbose: bool) -> Self {
        let mut look = HumanOptions {
            color: AutoStream::choice(&std::io::stderr()) != ColorChoice::Never,
            ..HumanOptions::default()
        };
        if let Some((width, _)) = terminal_size::terminal_size_of(std::io::stderr()) {
            look.width = width.0.into();
        }
        if verbose {
            look.limit = usize::MAX;
        }
        Terminal {
            quiet,
            format: Format::Human,
            look,
        }
    }

    /// The same with another report format. Formats for programs suppress all other output on stdout.
    pub(super) fn with_format(&self, format: Format) -> Terminal {
        Terminal {
            quiet: self.quiet || format != Format::Human,
            format,
            look: self.look.clone(),
        }
    }

    /// True if progress bars are useful.
    pub(super) fn is_interactive(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Prints the report of problems. `base` is put before paths in the formats that name files relative to the working directory.
    pub(super) fn report(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        base: &str,
        outcome: ExitStatus,
    ) {
        let text = match self.format {
            Format::Human => {
                return self.print_problems(&self.render_problems(problems, sources, base));
            }
            Format::Json => report::json(problems, sources),
            Format::Sarif => report::sarif(problems, sources, base),
            Format::Github => report::github(problems, sources, base),
            Format::Junit => {
                report::junit(problems, sources, base, outcome.has_too_many_warnings())
            }
            Format::Markdown => report::markdown(problems, sources, base),
        };
        // Byte for byte: the author's text is data here.
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// The report for people, as text.
    pub(super) fn render_problems(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        base: &str,
    ) -> String {
        report::human(problems, sources, &self.look(base))
    }

    /// Prints such a text.
    pub(super) fn print_problems(&self, told: &str) {
        let _ = anstream::stderr().lock().write_all(told.as_bytes());
    }

    /// The options of reports on this terminal.
    pub(super) fn look(&self, base: &str) -> HumanOptions {
        HumanOptions {
            base: base.to_owned(),
            ..self.look.clone()
        }
    }

    /// How many items of a long list are printed.
    pub(super) fn limit(&self) -> usize {
        self.look.limit
    }

    /// Prints a result, to stdout.
    pub(super) fn print_output(&self, text: &str) {
        let _ = anstream::stdout().lock().write_all(text.as_bytes());
    }

    /// Prints what was done, unless `--quiet` is given.
    pub(super) fn print_status(&self, text: &str) {
        if !self.quiet {
            let _ = anstream::stdout().lock().write_all(text.as_bytes());
        }
    }

    /// Prints a warning about something other than the content, to stderr.
    pub(super) fn warn(&self, text: &str) {
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }

    pub(super) fn failure(&self, failure: &CommandError) {
        let (error, help, plain) = ("\x1b[1;91m", "\x1b[1;96m", "\x1b[0m");
        let text = format!(
            "{error}error{plain}: {}\n  {help}help{plain}: {}\n",
            failure.message, failure.help
        );
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }
}
