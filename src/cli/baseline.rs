//! The baseline file: problems -> those that are not in it, and the file with all problems there are now. Knows the arguments and where the
//! file is; what counts as the same problem, `check` knows.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;

use super::exit_status::CommandError;
use super::site_args::SiteArgs;
use crate::check::Baseline;
use crate::diagnostic::{Diagnostic, sort};
use crate::disk;
use crate::source::{SitePath, Sources};

/// The baseline file that is used by default, if it exists.
const DEFAULT: &str = ".hjelp-baseline";

/// The arguments about known problems.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// The baseline: known problems that are not reported again [default: `.hjelp-baseline` in ROOT, if it exists]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all current problems to the baseline
    #[arg(long, conflicts_with_all = ["fix", "dry_run"])]
    pub(super) update_baseline: bool,
}

impl BaselineArgs {
    /// The problems that are not in the baseline, and notes about entries of the baseline that are fixed.
    pub(super) fn without(
        &self,
        problems: Vec<Diagnostic>,
        sources: &Sources,
        root: &SiteArgs,
    ) -> Result<Vec<Diagnostic>, CommandError> {
        let Some(baseline) = self.read(root)? else {
            return Ok(problems);
        };
        let (mut new, mended) = baseline.new_in(problems, sources);
        new.extend(mended.stale(&self.shown()));
        sort(&mut new);
        Ok(new)
    }

    /// Writes `problems` to the baseline: how many these are, and the path of the file.
    pub(super) fn update(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        root: &SiteArgs,
    ) -> Result<(usize, String), CommandError> {
        let baseline = Baseline::of(problems, sources);
        let file = self.file(root);
        disk::write_file(&file, baseline.text().as_bytes())?;
        Ok((baseline.len(), file.display().to_string()))
    }

    fn read(&self, root: &SiteArgs) -> Result<Option<Baseline>, CommandError> {
        let file = self.file(root);
        let advice = || {
            "give the path of a list that `--update-baseline` wrote, or write a new one with it"
                .to_owned()
        };
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound && self.baseline.is_none() => {
                return Ok(None);
            }
            Err(error) => {
                let message = format!(
                    "the list of known problems `{}` can't be read: {error}",
                    file.display()
                );
                return Err(CommandError {
                    message,
                    help: advice(),
                });
            }
        };
        let damaged = |line| CommandError {
            message: format!(
                "`{}` is no list of known problems: line {line} can't be read",
                file.display()
            ),
            help: advice(),
        };
        Baseline::read(&text).map(Some).map_err(damaged)
    }

    fn file(&self, root: &SiteArgs) -> PathBuf {
        self.baseline.clone().unwrap_or_else(|| root.join(DEFAULT))
    }

    /// The path of the baseline in notes about it.
    fn shown(&self) -> SitePath {
        let name = self
            .baseline
            .as_ref()
            .map_or_else(|| DEFAULT.into(), |file| file.display().to_string());
        SitePath::new(&name).unwrap_or_else(|_| SitePath::root())
    }
}
