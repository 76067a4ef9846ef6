//! How a command ended, and the exit code that says so to scripts.

use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Level};
use crate::disk::{ScanError, WriteError};

/// A command did its work. What it found in the content decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Outcome {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Warnings count like errors.
    pub(super) strict: bool,
}

impl Outcome {
    pub(super) fn of(problems: &[Diagnostic], strict: bool) -> Self {
        let count = |level| problems.iter().filter(|problem| problem.level == level).count();
        Outcome { errors: count(Level::Error), warnings: count(Level::Warning), strict }
    }

    fn is_good(self) -> bool {
        self.errors == 0 && !(self.strict && self.warnings > 0)
    }

    pub(super) fn exit_code(self) -> ExitCode {
        ExitCode::from(if self.is_good() { 0 } else { 1 })
    }
}

/// A command could not do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// What happened.
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: String,
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(2)
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        Failure { message: error.to_string(), help: error.help() }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Failure { message: error.to_string(), help: error.help() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, Span};

    #[test]
    fn warnings_matter_when_one_is_strict() {
        let problem = |level| Diagnostic::new("x", level, &SitePath::root(), Span::at(0), "y");
        for (levels, strict, good) in [
            (vec![], true, true),
            (vec![Level::Note], true, true),
            (vec![Level::Warning], false, true),
            (vec![Level::Warning], true, false),
            (vec![Level::Warning, Level::Error], false, false),
        ] {
            let problems: Vec<Diagnostic> = levels.iter().copied().map(problem).collect();
            assert_eq!(Outcome::of(&problems, strict).is_good(), good, "{levels:?} {strict}");
        }
    }
}
