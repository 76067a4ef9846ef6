//! The only place that prints. Problems and failures go to the error stream, what was done and what programs read goes to the output
//! stream; colours only go to terminals, and a reader that hangs up is no reason to complain.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::exit_status::{CommandError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::report::{self, HumanOptions};
use crate::source::Sources;

/// How problems are said.
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

/// Who is listening.
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

    /// The same for a listener who wants to hear of problems in this way. What programs read is all they read.
    pub(super) fn with_format(&self, format: Format) -> Terminal {
        Terminal {
            quiet: self.quiet || format != Format::Human,
            format,
            look: self.look.clone(),
        }
    }

    /// True if it is people who read what is wrong: they want to hear of a mistake once, programs each time it is there.
    pub(super) fn is_human_readable(&self) -> bool {
        matches!(self.format, Format::Human | Format::Markdown)
    }

    /// True if a person watches who wants to see how the work goes on.
    pub(super) fn is_interactive(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Shows what is wrong with the content; `base` is put before the paths of all formats that say where a file lies for the reader.
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

    /// The same for people, in words.
    pub(super) fn render_problems(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        base: &str,
    ) -> String {
        report::human(problems, sources, &self.look(base))
    }

    /// Shows what was told.
    pub(super) fn print_problems(&self, told: &str) {
        let _ = anstream::stderr().lock().write_all(told.as_bytes());
    }

    /// How problems look here.
    pub(super) fn look(&self, base: &str) -> HumanOptions {
        HumanOptions {
            base: base.to_owned(),
            ..self.look.clone()
        }
    }

    /// How many of many things are shown.
    pub(super) fn limit(&self) -> usize {
        self.look.limit
    }

    /// Says what was asked for.
    pub(super) fn print_output(&self, text: &str) {
        let _ = anstream::stdout().lock().write_all(text.as_bytes());
    }

    /// Says what was done, unless nobody wants to know.
    pub(super) fn print_status(&self, text: &str) {
        if !self.quiet {
            let _ = anstream::stdout().lock().write_all(text.as_bytes());
        }
    }

    /// Says what is wrong with something that is no content.
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
