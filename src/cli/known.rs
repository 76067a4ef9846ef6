//! Where known problems are kept, and what is left of all problems without them.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use clap::Args;

use super::outcome::Failure;
use super::root::Root;
use crate::check::Baseline;
use crate::diagnostic::{Diagnostic, sort};
use crate::disk;
use crate::source::{SitePath, Sources};

/// The list that is used without a word, if it is there.
const DEFAULT: &str = ".hjelp-baseline";

/// Which problems are known.
#[derive(Debug, Args)]
pub(super) struct Known {
    /// The list of known problems, which are not told again; otherwise `.hjelp-baseline` in ROOT, if there is one
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// List all problems there are now as known
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    pub(super) update_baseline: bool,
}

impl Known {
    /// The problems that are not known, with notes about the known ones that are mended.
    pub(super) fn without(
        &self,
        problems: Vec<Diagnostic>,
        sources: &Sources,
        root: &Root,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let Some(baseline) = self.read(root)? else {
            return Ok(problems);
        };
        let (mut new, mended) = baseline.new_in(problems, sources);
        new.extend(mended.stale(&self.shown()));
        sort(&mut new);
        Ok(new)
    }

    /// Lists `problems` as known; says how many.
    pub(super) fn update(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        root: &Root,
    ) -> Result<(usize, String), Failure> {
        let baseline = Baseline::of(problems, sources);
        let file = self.file(root);
        disk::write_whole(&file, baseline.text().as_bytes())?;
        Ok((baseline.len(), file.display().to_string()))
    }

    fn read(&self, root: &Root) -> Result<Option<Baseline>, Failure> {
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
                return Err(Failure {
                    message,
                    help: advice(),
                });
            }
        };
        let damaged = |line| Failure {
            message: format!(
                "`{}` is no list of known problems: line {line} can't be read",
                file.display()
            ),
            help: advice(),
        };
        Baseline::read(&text).map(Some).map_err(damaged)
    }

    fn file(&self, root: &Root) -> PathBuf {
        self.baseline.clone().unwrap_or_else(|| root.join(DEFAULT))
    }

    /// What notes about the list call it.
    fn shown(&self) -> SitePath {
        let name = self
            .baseline
            .as_ref()
            .map_or_else(|| DEFAULT.into(), |file| file.display().to_string());
        SitePath::new(&name).unwrap_or_else(|_| SitePath::root())
    }
}
