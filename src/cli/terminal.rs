//! The only place that prints. Problems and failures go to the error stream, what was done goes to the output stream; colours only go
//! to terminals, and a reader that hangs up is no reason to complain.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::outcome::Failure;
use crate::diagnostic::Diagnostic;
use crate::report::{Look, human};
use crate::source::Sources;

/// Who is listening.
pub(super) struct Terminal {
    quiet: bool,
    look: Look,
}

impl Terminal {
    pub(super) fn new(quiet: bool, verbose: bool) -> Self {
        let mut look = Look { color: AutoStream::choice(&std::io::stderr()) != ColorChoice::Never, ..Look::default() };
        if let Some((width, _)) = terminal_size::terminal_size_of(std::io::stderr()) {
            look.width = width.0.into();
        }
        if verbose {
            look.limit = usize::MAX;
        }
        Terminal { quiet, look }
    }

    /// True if a person watches who wants to see how the work goes on.
    pub(super) fn is_watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Shows what is wrong with the content; `base` is put before every path.
    pub(super) fn problems(&self, problems: &[Diagnostic], sources: &Sources, base: &str) {
        let look = Look { base: base.to_owned(), ..self.look.clone() };
        let _ = anstream::stderr().lock().write_all(human(problems, sources, &look).as_bytes());
    }

    /// Says what was done, unless nobody wants to know.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            let _ = anstream::stdout().lock().write_all(text.as_bytes());
        }
    }

    pub(super) fn failure(&self, failure: &Failure) {
        let (error, help, plain) = ("\x1b[1;91m", "\x1b[1;96m", "\x1b[0m");
        let text = format!("{error}error{plain}: {}\n  {help}help{plain}: {}\n", failure.message, failure.help);
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }
}
