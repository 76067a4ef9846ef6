//! Problems, results and errors -> the terminal. The only place that prints: problems and errors go to stderr, results and what programs
//! read go to stdout; colors go to terminals only. A pager that is closed early is not a failure; a full disk is one, which [`run`](super::run)
//! asks for at the end.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::{Arc, OnceLock};

use anstream::{AutoStream, ColorChoice};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::exit_status::{CommandError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::locale::problem_texts::MessageLanguage;
use crate::report::{FORMATS, HUMAN, Report, ReportFormat, ReportOptions};
use crate::source::{Message, Sources};

/// Parses the name of a report format. The names and their help are those of the table in `report`.
pub(super) fn report_format_parser() -> impl TypedValueParser<Value = &'static ReportFormat> {
    let names = FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).try_map(|name| report_format(&name))
}

fn report_format(name: &str) -> Result<&'static ReportFormat, &'static str> {
    for format in FORMATS {
        if format.name == name {
            return Ok(format);
        }
    }
    Err("unknown format")
}

/// Where and how much is printed.
#[derive(Clone)]
pub(super) struct Terminal {
    quiet: bool,
    format: &'static ReportFormat,
    options: ReportOptions,
    /// Why something could not be printed.
    write_error: Arc<OnceLock<String>>,
}

impl Terminal {
    pub(super) fn new(quiet: bool, verbose: bool, language: MessageLanguage) -> Self {
        let mut options = ReportOptions {
            language,
            color: AutoStream::choice(&std::io::stderr()) != ColorChoice::Never,
            ..ReportOptions::default()
        };
        // The width of stderr, where reports go: stdout may be a file.
        if let Some((width, _)) = terminal_size::terminal_size_of(std::io::stderr()) {
            options.width = width.0.into();
        }
        if verbose {
            options.limit = usize::MAX;
        }
        Terminal {
            quiet,
            format: &HUMAN,
            options,
            write_error: Arc::default(),
        }
    }

    /// The same with another report format. Formats for programs suppress all other output on stdout.
    pub(super) fn with_format(&self, format: &'static ReportFormat) -> Terminal {
        Terminal {
            // Programs read stdout, so nothing else may be printed there.
            quiet: self.quiet || !format.is_for_terminals,
            format,
            options: self.options.clone(),
            write_error: Arc::clone(&self.write_error),
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
        let text = self.report_text(problems, sources, &self.report_options(base, outcome));
        if self.format.is_for_terminals {
            return self.print_problems(&text);
        }
        // Not through `anstream`, which would remove escape codes: the author's text is data here.
        self.write(std::io::stdout().lock(), &text);
    }

    /// The report as it is written to a file: without colors, and with all problems.
    pub(super) fn plain_report(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        base: &str,
        outcome: ExitStatus,
    ) -> String {
        let options = ReportOptions {
            color: false,
            limit: usize::MAX,
            width: ReportOptions::default().width,
            ..self.report_options(base, outcome)
        };
        self.report_text(problems, sources, &options)
    }

    fn report_text(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        options: &ReportOptions,
    ) -> String {
        self.format.write(&Report {
            problems,
            sources,
            options,
        })
    }

    fn report_options(&self, base: &str, outcome: ExitStatus) -> ReportOptions {
        ReportOptions {
            warnings_fail: outcome.has_too_many_warnings(),
            ..self.options(base)
        }
    }

    /// The report for people, as text.
    pub(super) fn render_problems(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        base: &str,
    ) -> String {
        HUMAN.write(&Report {
            problems,
            sources,
            options: &self.options(base),
        })
    }

    /// Prints a report for people.
    pub(super) fn print_problems(&self, text: &str) {
        self.write(anstream::stderr().lock(), text);
    }

    /// Writes all of `text`, and remembers an error.
    fn write(&self, mut to: impl Write, text: &str) {
        let written = to.write_all(text.as_bytes()).and_then(|()| to.flush());
        if let Err(error) = written
            // A pager that was closed has shown all that its user wanted.
            && error.kind() != ErrorKind::BrokenPipe
        {
            let _ = self.write_error.set(error.to_string());
        }
    }

    /// The error of something that could not be printed: a report that is cut off must not pass for a whole one.
    pub(super) fn write_error(&self) -> Option<CommandError> {
        let error = self.write_error.get()?;
        Some(CommandError {
            message: format!("the output can't be written: {error}"),
            help: "free some space, or write it to another place".into(),
        })
    }

    /// The options of reports on this terminal.
    pub(super) fn options(&self, base: &str) -> ReportOptions {
        ReportOptions {
            base: base.to_owned(),
            ..self.options.clone()
        }
    }

    /// The language of what people read.
    pub(super) fn language(&self) -> MessageLanguage {
        self.options.language
    }

    /// Prints a message in the language of the reader as a line, unless `--quiet` is given.
    pub(super) fn say(&self, message: &Message) {
        self.print_status(&format!("{}\n", self.language().words(message)));
    }

    /// How many items of a long list are printed.
    pub(super) fn limit(&self) -> usize {
        self.options.limit
    }

    /// Prints a result, to stdout.
    pub(super) fn print_output(&self, text: &str) {
        self.write(anstream::stdout().lock(), text);
    }

    /// Prints what was done, unless `--quiet` is given.
    pub(super) fn print_status(&self, text: &str) {
        if !self.quiet {
            self.write(anstream::stdout().lock(), text);
        }
    }

    /// Prints a warning about something other than the content, to stderr.
    pub(super) fn warn(&self, text: &str) {
        self.write(anstream::stderr().lock(), text);
    }

    pub(super) fn failure(&self, failure: &CommandError) {
        let (error, help, plain) = ("\x1b[1;91m", "\x1b[1;96m", "\x1b[0m");
        let text = format!(
            "{error}error{plain}: {}\n  {help}help{plain}: {}\n",
            failure.message, failure.help
        );
        self.write(anstream::stderr().lock(), &text);
    }
}
