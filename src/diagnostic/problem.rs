//! One problem as a value, and the order of problems. Doesn't know how a problem is found, fixed or printed.

use super::code::Code;
use super::fix::Fix;
use super::level::Level;
use crate::source::{FileSpan, Message, SitePath, Sources, Span};

/// A second location that explains a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Where.
    pub location: FileSpan,
    /// What, in lower case and without a full stop.
    pub text: Message,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind.
    pub code: Code,
    /// How bad.
    pub level: Level,
    /// Where it was typed.
    pub location: FileSpan,
    /// What is wrong: lower case, no full stop, the author's text in backticks.
    pub message: Message,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to type instead, a sentence each.
    pub help: Vec<Message>,
    /// The include directives on the way from a page to the place, outermost first.
    pub includes: Vec<FileSpan>,
    /// The same problem in the same page of other languages.
    pub also_in: Vec<FileSpan>,
    /// The fix, if a machine can make one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem of kind `code` at `span` of `path`, at the default level of its code.
    pub fn new(code: Code, path: &SitePath, span: Span, message: impl Into<Message>) -> Self {
        Diagnostic {
            code,
            level: code.level(),
            location: FileSpan {
                path: path.clone(),
                span,
            },
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
            includes: Vec::new(),
            also_in: Vec::new(),
            fix: None,
        }
    }

    /// The same at another level than the default of its code.
    pub fn with_level(self, level: Level) -> Self {
        Diagnostic { level, ..self }
    }

    /// The same with its fix, if it has one, marked as safe or unsafe.
    pub fn with_safe_fix(mut self, safe: bool) -> Self {
        // Separate from making the fix, because how certain it is depends on the check that uses it.
        if let Some(fix) = &mut self.fix {
            fix.safe = safe;
        }
        self
    }

    /// The text the problem is about: the first line of its location, which may be empty.
    pub fn target<'s>(&self, sources: &'s Sources) -> &'s str {
        let text = sources
            .find(self.location.path.as_str())
            .map_or("", |id| self.location.span.of(&sources.get(id).text));
        // The first line only: a problem of a table is as long as the table.
        text.lines().next().unwrap_or("").trim_end()
    }

    /// The same with one more sentence of help.
    pub fn help(mut self, text: impl Into<Message>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The same with one more place.
    pub fn label(mut self, path: &SitePath, span: Span, text: impl Into<Message>) -> Self {
        self.labels.push(Label {
            location: FileSpan {
                path: path.clone(),
                span,
            },
            text: text.into(),
        });
        self
    }
}

/// Sorts problems by file, position and code and drops repetitions, so that the order in which threads found them never shows.
pub fn sort(problems: &mut Vec<Diagnostic>) {
    // Threads deliver problems in any order, and several pages that include a fragment each find its problems again.
    problems
        .sort_by(|a, b| (&a.location, a.code, &a.message).cmp(&(&b.location, b.code, &b.message)));
    problems
        .dedup_by(|a, b| a.location == b.location && a.code == b.code && a.message == b.message);
}
