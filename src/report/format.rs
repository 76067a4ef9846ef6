//! What a report format is: a name, a line of help, and a function from problems to text. Doesn't know which formats there are.

use crate::diagnostic::Diagnostic;
use crate::locale::problem_texts::MessageLanguage;
use crate::source::Sources;

/// A report format. One `static` in the file of the format, one line in the table of formats.
#[derive(Debug)]
pub struct ReportFormat {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, as a line of `--help`.
    pub about: &'static str,
    /// True if people read it in a terminal, where colors are possible. All others are data for programs.
    pub is_for_terminals: bool,
    pub(super) write: fn(&Report<'_>) -> String,
}

impl ReportFormat {
    /// The report as text in this format.
    pub fn write(&self, report: &Report<'_>) -> String {
        (self.write)(report)
    }
}

/// Problems and what is needed to print them.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The problems, in the order of the report.
    pub problems: &'a [Diagnostic],
    /// The sources the problems are in.
    pub sources: &'a Sources,
    /// How it is printed.
    pub options: &'a ReportOptions,
}

/// How a report is printed. Most formats need only some of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReportOptions {
    /// With the escape codes that terminals turn into colors.
    pub color: bool,
    /// The width of the terminal in columns.
    pub width: usize,
    /// How many problems are printed in full.
    pub limit: usize,
    /// The prefix of every path that makes it relative to the reader's folder: empty, or ending in a separator.
    pub base: String,
    /// True if warnings fail the run.
    pub warnings_fail: bool,
    /// The language of what people read. What programs read is English.
    pub language: MessageLanguage,
}

impl Default for ReportOptions {
    fn default() -> Self {
        ReportOptions {
            color: false,
            width: 120,
            limit: 200,
            base: String::new(),
            warnings_fail: false,
            language: MessageLanguage::English,
        }
    }
}
