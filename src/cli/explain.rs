//! `hjelp explain`: a code -> its explanation, printed.

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;
use crate::check::{Rule, nearest_code, rule, rules};
use crate::diagnostic::Code;

/// Explain what a code means, why it matters and how to fix it
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, for example `broken-link`; without one, list all codes
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let text = match &self.code {
            None => list(),
            Some(code) => page(
                Code::from_name(code.trim())
                    .and_then(rule)
                    .ok_or_else(|| unknown(code))?,
            ),
        };
        terminal.print_output(&text);
        Ok(ExitStatus::default())
    }
}

fn page(rule: &Rule) -> String {
    let (bold, plain) = ("\x1b[1m", "\x1b[0m");
    let mut text = format!(
        "{bold}{}{plain} ({})\n\n{}\n\n{bold}Why it matters{plain}\n{}\n\n{bold}How to mend it{plain}\n{}\n",
        rule.code,
        rule.code.level().name(),
        rule.about,
        rule.why,
        rule.mend
    );
    if !rule.example.is_empty() {
        text.push_str(&format!("\n{bold}Example{plain}\n"));
        for line in rule.example.lines() {
            text.push_str(format!("  {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

fn list() -> String {
    let width = rules()
        .map(|rule| rule.code.name().len())
        .max()
        .unwrap_or(0);
    rules()
        .map(|rule| {
            format!(
                "{:width$}  {:7}  {}\n",
                rule.code,
                rule.code.level().name(),
                rule.about
            )
        })
        .collect()
}

fn unknown(code: &str) -> CommandError {
    let help = match nearest_code(code) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`hjelp explain` lists all codes".into(),
    };
    CommandError {
        message: format!("there is no code `{}`", code.escape_debug()),
        help,
    }
}
