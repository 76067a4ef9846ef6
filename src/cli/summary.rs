//! The figures of a build -> a few lines for the terminal.

use std::fmt::Write;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::exit_status::ExitStatus;
use crate::diagnostic::Level;
use crate::disk;
use crate::locale::problem_texts::MessageLanguage;
use crate::report::numbers::number_of;
use crate::report::{counted, grouped};

/// The figures of one build.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BuildSummary {
    /// The output folder, as the user would type it.
    pub(super) out: String,
    /// The path of the home page, to open it without a server.
    pub(super) start: Option<String>,
    /// For each language its folder, its pages, and how many of them are fallbacks to another language.
    pub(super) pages: Vec<(String, usize, usize)>,
    pub(super) redirects: usize,
    pub(super) assets: usize,
    pub(super) files: disk::WriteSummary,
    /// True if the content was checked.
    pub(super) checked: bool,
    pub(super) outcome: ExitStatus,
    /// Keys of a `docfx.json` that hjelp doesn't use.
    pub(super) ignored: Vec<String>,
    pub(super) time: Duration,
}

impl BuildSummary {
    pub(super) fn text(&self, language: MessageLanguage) -> String {
        let (bold, plain) = ("\x1b[1m", "\x1b[0m");
        let mut text = format!(
            "{bold}Built {} in {}{plain}\n",
            self.out,
            seconds(self.time)
        );
        if let Some(start) = &self.start {
            let _ = writeln!(text, "Open  {start}");
        } else {
            text.push_str(NO_START_PAGE);
        }
        text.push('\n');
        self.add_table(&mut text);
        text.push('\n');
        self.add_counts(&mut text);
        let _ = match self.checked {
            true => writeln!(text, "\n{}", problem_counts(self.outcome, language)),
            false => writeln!(text, "\n{NOT_CHECKED}"),
        };
        text
    }

    /// Adds a line for other files than pages, one for what was written, and one for unused configuration.
    fn add_counts(&self, text: &mut String) {
        let mut other = Vec::new();
        if self.redirects > 0 {
            other.push(counted(self.redirects, "redirect"));
        }
        if self.assets > 0 {
            other.push(counted(self.assets, "other file"));
        }
        if !other.is_empty() {
            let _ = writeln!(text, "  {}", other.join(", "));
        }
        let disk::WriteSummary {
            written,
            unchanged,
            removed,
        } = self.files;
        let mut files = vec![
            format!("{} written", counted(written, "file")),
            format!("{} unchanged", grouped(unchanged)),
        ];
        if removed > 0 {
            files.push(format!("{} removed", grouped(removed)));
        }
        let _ = writeln!(text, "  {}", files.join(", "));
        // Not problems: the site can't do anything about keys that only DocFX uses.
        if !self.ignored.is_empty() {
            let _ = writeln!(
                text,
                "  not used from docfx.json: {}",
                self.ignored.join(", ")
            );
        }
    }

    /// Adds the table of pages by language, aligned.
    fn add_table(&self, text: &mut String) {
        let head = ("language", "pages", "fallbacks");
        let (mut name, mut pages) = (head.0.len(), head.1.len());
        for (folder, count, _) in &self.pages {
            // Characters, not bytes: folders may have names like `español`.
            name = name.max(folder.chars().count());
            pages = pages.max(grouped(*count).len());
        }
        let _ = writeln!(text, "  {:name$}  {:>pages$}  {}", head.0, head.1, head.2);
        for (folder, count, fallbacks) in &self.pages {
            // The default language has no fallbacks, and a zero would look like a figure to act on.
            let fallbacks = match fallbacks {
                0 => String::new(),
                count => grouped(*count),
            };
            let row = format!(
                "  {folder:name$}  {:>pages$}  {fallbacks:>9}",
                grouped(*count)
            );
            let _ = writeln!(text, "{}", row.trim_end());
        }
    }
}

/// Printed instead of the path of the start page.
const NO_START_PAGE: &str = "There is no start page: `hjelp new index --title TITLE` creates one\n";

/// Printed instead of the problem counts if the content was not checked.
pub(super) const NOT_CHECKED: &str = "The content was not checked";

/// How many problems there are of each level, in colors.
pub(super) fn problem_counts(outcome: ExitStatus, language: MessageLanguage) -> String {
    let (red, yellow, green, plain) = ("\x1b[1;91m", "\x1b[1;33m", "\x1b[1;32m", "\x1b[0m");
    let mut parts = Vec::new();
    if outcome.errors > 0 {
        parts.push(format!(
            "{red}{}{plain}",
            number_of(language, Level::Error, outcome.errors)
        ));
    }
    if outcome.warnings > 0 {
        parts.push(format!(
            "{yellow}{}{plain}",
            number_of(language, Level::Warning, outcome.warnings)
        ));
    }
    if outcome.notes > 0 {
        parts.push(number_of(language, Level::Note, outcome.notes));
    }
    if parts.is_empty() {
        format!("{green}{}{plain}", language.words(&"No problems".into()))
    } else {
        parts.join(", ")
    }
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        // Three digits are enough to compare two builds.
        0..10 => format!("{:.2} s", time.as_secs_f64()),
        10..60 => format!("{:.1} s", time.as_secs_f64()),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_short_and_aligned() {
        let mut summary = BuildSummary {
            out: "_site".into(),
            start: Some("_site/no/index.html".into()),
            pages: vec![
                ("no".into(), 2_343, 1_266),
                ("en".into(), 2_343, 0),
                ("zh-hant".into(), 7, 1),
            ],
            redirects: 1,
            assets: 6_127,
            files: disk::WriteSummary {
                written: 12,
                unchanged: 10_000,
                removed: 3,
            },
            checked: true,
            outcome: ExitStatus {
                errors: 1,
                warnings: 1_000,
                ..ExitStatus::default()
            },
            ignored: vec!["build.template".into()],
            time: Duration::from_millis(12_345),
        };
        let shown = |summary: &BuildSummary| {
            anstream::adapter::strip_str(&summary.text(MessageLanguage::English)).to_string()
        };
        assert_eq!(
            shown(&summary),
            "\
Built _site in 12.3 s
Open  _site/no/index.html

  language  pages  fallbacks
  no        2,343      1,266
  en        2,343
  zh-hant       7          1

  1 redirect, 6,127 other files
  12 files written, 10,000 unchanged, 3 removed
  not used from docfx.json: build.template

1 error, 1,000 warnings
"
        );
        summary = BuildSummary {
            pages: vec![],
            redirects: 0,
            assets: 0,
            ignored: vec![],
            outcome: ExitStatus::default(),
            ..summary
        };
        summary.files.removed = 0;
        assert!(
            shown(&summary).ends_with("\n  12 files written, 10,000 unchanged\n\nNo problems\n")
        );
        summary.checked = false;
        assert!(shown(&summary).ends_with("unchanged\n\nThe content was not checked\n"));
        assert_eq!(
            [9_994, 61_000].map(|time| seconds(Duration::from_millis(time))),
            ["9.99 s", "1 min 1 s"]
        );
    }
}
