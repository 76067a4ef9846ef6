//! `hjelp explain`: a code -> its explanation, printed.

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;
use crate::check::{RULES, Rule, nearest_code, rule, without_links};
use crate::diagnostic::Code;
use crate::locale::problem_texts::MessageLanguage;

/// Explain what a code means, why it matters and how to fix it
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, for example `broken-link`; without one, list all codes
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let text = match &self.code {
            None => list(terminal.language()),
            Some(code) => page(
                Code::from_name(code.trim())
                    .and_then(rule)
                    .ok_or_else(|| unknown(code))?,
                terminal.language(),
            ),
        };
        terminal.print_output(&text);
        Ok(ExitStatus::default())
    }
}

fn page(rule: &Rule, language: MessageLanguage) -> String {
    let docs = rule.docs_in(language);
    let [why, fix, example] = docs.headings;
    // Where stdout is no terminal, these are removed when the text is printed.
    let (bold, plain) = ("\x1b[1m", "\x1b[0m");
    let mut text = format!(
        "{bold}{}{plain} ({})\n",
        rule.code,
        language.words(&rule.level().name().into())
    );
    for (heading, paragraph) in [("", docs.about()), (why, docs.why()), (fix, docs.fix())] {
        text.push('\n');
        if !heading.is_empty() {
            text.push_str(&format!("{bold}{heading}{plain}\n"));
        }
        text.push_str(&without_links(paragraph));
        text.push('\n');
    }
    if !docs.example().is_empty() {
        text.push_str(&format!("\n{bold}{example}{plain}\n"));
        for line in docs.example().lines() {
            text.push_str(format!("  {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

fn list(language: MessageLanguage) -> String {
    let widths = RULES.iter().map(|rule| rule.code.name().len());
    let width = widths.max().unwrap_or(0);
    let mut text = String::new();
    for rule in RULES {
        let (code, level) = (rule.code, rule.level().name().into());
        let level = language.words(&level);
        let about = without_links(rule.docs_in(language).about());
        text.push_str(&format!("{code:width$}  {level:7}  {about}\n"));
    }
    text
}

fn unknown(code: &str) -> CommandError {
    let help = match nearest_code(code) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`hjelp explain` lists all codes".into(),
    };
    CommandError {
        message: format!("unknown code `{}`", code.escape_debug()),
        help,
    }
}
