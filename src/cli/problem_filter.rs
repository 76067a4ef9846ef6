//! The arguments that select problems -> those that are reported, and how they are summed up. Doesn't know how they are found.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit_status::CommandError;
use crate::check::nearest_code;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::report::SummaryKey;

/// Which problems are reported.
#[derive(Debug, Args)]
pub(super) struct ProblemFilter {
    /// Report only problems in these files and folders, relative to ROOT
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    /// Report only these codes
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Vec<String>,

    /// Leave these codes out
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Report problems of this level and above
    #[arg(long, value_name = "LEVEL")]
    level: Option<LevelName>,
}

/// How problems are summed up.
#[derive(Debug, Args)]
pub(super) struct SummaryArgs {
    /// Count the problems instead of printing each
    #[arg(long, conflicts_with = "dry_run")]
    summary: bool,

    /// What they are counted by
    #[arg(long, value_name = "KEY", requires = "summary")]
    by: Option<KeyName>,

    /// How many rows are shown of each table
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) top: usize,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelName {
    Error,
    Warning,
    Note,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KeyName {
    Code,
    File,
    Folder,
    Target,
}

impl SummaryArgs {
    /// The tables to print; none if each problem is printed.
    pub(super) fn keys(&self) -> Vec<SummaryKey> {
        match (self.summary, self.by) {
            (false, _) => Vec::new(),
            (true, Some(KeyName::Code)) => vec![SummaryKey::Code],
            (true, Some(KeyName::File)) => vec![SummaryKey::File],
            (true, Some(KeyName::Folder)) => vec![SummaryKey::Folder],
            (true, Some(KeyName::Target)) => vec![SummaryKey::Target],
            (true, None) => vec![SummaryKey::Code, SummaryKey::File],
        }
    }
}

impl ProblemFilter {
    /// True if some problems are left out.
    pub(super) fn is_partial(&self) -> bool {
        !self.paths.is_empty()
            || !self.only.is_empty()
            || !self.ignore.is_empty()
            || self.level.is_some()
    }

    /// Reports codes that do not exist and paths that are not below `root`: with a mistyped one nothing would be reported.
    pub(super) fn check(&self, root: &Path) -> Result<(), CommandError> {
        for path in &self.paths {
            // Problems have relative paths, so that an absolute one would select none of them.
            if path.is_absolute() || !root.join(path).exists() {
                return Err(CommandError {
                    message: format!("file or folder not found in the site: `{}`", path.display()),
                    help: "give its path as seen from ROOT, the folder with `hjelp.yml`".into(),
                });
            }
        }
        for name in self.only.iter().chain(&self.ignore) {
            if Code::from_name(name.trim()).is_some() {
                continue;
            }
            let help = match nearest_code(name) {
                Some(code) => format!("did you mean `{code}`?"),
                None => "`hjelp explain` lists all codes".to_owned(),
            };
            return Err(CommandError {
                message: format!("unknown code `{name}`"),
                help,
            });
        }
        Ok(())
    }

    /// The problems that are selected.
    pub(super) fn of(&self, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.is_partial() {
            problems.retain(|problem| self.selects(problem));
        }
        problems
    }

    fn selects(&self, problem: &Diagnostic) -> bool {
        let is_named =
            |names: &[String]| names.iter().any(|name| name.trim() == problem.code.name());
        if is_named(&self.ignore) || !self.only.is_empty() && !is_named(&self.only) {
            return false;
        }
        let lowest = match self.level {
            Some(LevelName::Error) => Level::Error,
            Some(LevelName::Warning) => Level::Warning,
            Some(LevelName::Note) | None => Level::Note,
        };
        // The worst level is the smallest.
        problem.level <= lowest && self.is_below_paths(problem)
    }

    fn is_below_paths(&self, problem: &Diagnostic) -> bool {
        let path = std::path::Path::new(problem.location.path.as_str());
        self.paths.is_empty()
            || self.paths.iter().any(|wanted| {
                // Shells complete to `./content`; the paths of problems begin with `content`.
                let wanted = wanted.strip_prefix(".").unwrap_or(wanted);
                path.starts_with(wanted)
            })
    }
}
