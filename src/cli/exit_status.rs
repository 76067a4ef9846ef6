//! The result of a command -> its exit code: 0, 1 for problems in the content, 2 for a command that could not do its work.

use std::process::ExitCode;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Level};
use crate::disk::{ApplyError, ScanError, WriteError};
use crate::git::GitError;
use crate::refactor::Refusal;
use crate::web;

/// The number of problems a command found, by level. They decide the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct ExitStatus {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// More warnings than this fail the command.
    pub(super) most_warnings: Option<usize>,
}

impl ExitStatus {
    pub(super) fn of(problems: &[Diagnostic]) -> Self {
        let mut status = ExitStatus::default();
        for problem in problems {
            match problem.level {
                Level::Error => status.errors += 1,
                Level::Warning => status.warnings += 1,
                Level::Note => status.notes += 1,
            }
        }
        status
    }

    /// The same with a limit for warnings; without one, any number is allowed.
    pub(super) fn with_most_warnings(self, most_warnings: Option<usize>) -> Self {
        ExitStatus {
            most_warnings,
            ..self
        }
    }

    fn is_good(self) -> bool {
        self.errors == 0 && !self.has_too_many_warnings()
    }

    /// True if the warnings alone fail the command.
    pub(super) fn has_too_many_warnings(self) -> bool {
        match self.most_warnings {
            Some(most) => self.warnings > most,
            None => false,
        }
    }

    pub(super) fn exit_code(self) -> ExitCode {
        ExitCode::from(if self.is_good() { 0 } else { 1 })
    }
}

/// Why a command could not do its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommandError {
    /// What went wrong, in lower case without a full stop.
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: String,
}

impl CommandError {
    pub(super) fn exit_code(&self) -> ExitCode {
        // Another code than that of problems in the content, so that a script can tell a broken setup from a broken page.
        ExitCode::from(2)
    }
}

/// Refuses to request addresses of which one needs TLS, in a program without it: each would look like a dead link.
pub(super) fn expect_tls<'a>(
    addresses: impl IntoIterator<Item = &'a String>,
) -> Result<(), CommandError> {
    if web::HAS_TLS {
        return Ok(());
    }
    for address in addresses {
        if address.starts_with("https:") {
            return Err(CommandError {
                message: format!(
                    "`{address}` can't be requested: this hjelp was compiled without TLS"
                ),
                help: "install a released program, or compile it with `--features full`".into(),
            });
        }
    }
    Ok(())
}

impl From<ScanError> for CommandError {
    fn from(error: ScanError) -> Self {
        CommandError {
            message: error.to_string(),
            help: error.help(),
        }
    }
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> Self {
        CommandError {
            message: refusal.message,
            help: refusal.help,
        }
    }
}

impl From<GitError> for CommandError {
    fn from(error: GitError) -> Self {
        CommandError {
            message: error.to_string(),
            help: error.help(),
        }
    }
}

impl From<ApplyError> for CommandError {
    fn from(error: ApplyError) -> Self {
        CommandError {
            message: error.to_string(),
            help: error.help(),
        }
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        CommandError {
            message: error.to_string(),
            help: error.help(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{SitePath, Span};

    #[test]
    fn warnings_fail_a_command_only_beyond_their_limit() {
        let problem = |level| {
            Diagnostic::new(Code::BrokenLink, &SitePath::root(), Span::at(0), "y").with_level(level)
        };
        for (levels, most_warnings, good) in [
            (vec![], Some(0), true),
            (vec![Level::Note], Some(0), true),
            (vec![Level::Warning], None, true),
            (vec![Level::Warning], Some(0), false),
            (vec![Level::Warning], Some(1), true),
            (vec![Level::Warning, Level::Warning], Some(1), false),
            (vec![Level::Warning, Level::Error], None, false),
        ] {
            let problems: Vec<Diagnostic> = levels.iter().copied().map(problem).collect();
            let outcome = ExitStatus::of(&problems).with_most_warnings(most_warnings);
            assert_eq!(outcome.is_good(), good, "{levels:?} {most_warnings:?}");
        }
    }
}
