//! The arguments of every command that reads a site -> its sources and its snapshot. Knows the command line; reading is done in `disk`,
//! `git` and `workspace`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;
use super::timings::Timings;
use crate::source::{SitePath, Sources};
use crate::workspace::{ConfiguredSources, Snapshot};
use crate::{disk, git};

/// The arguments that select a site.
#[derive(Debug, Hash, Args)]
pub(super) struct SiteArgs {
    /// The folder with `hjelp.yml` or `docfx.json`
    #[arg(default_value = ".")]
    pub(super) root: PathBuf,

    /// A configuration file elsewhere; its paths are still relative to ROOT
    #[arg(short, long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
}

impl SiteArgs {
    /// The site in the folder `root`.
    pub(super) fn at(root: &Path, config: Option<PathBuf>) -> SiteArgs {
        SiteArgs {
            root: root.into(),
            config,
            strict: false,
        }
    }

    /// Reads the site without the folders in `skip`. If the configuration can't be used, its problems are printed.
    pub(super) fn open(
        &self,
        skip: &[SitePath],
        terminal: &Terminal,
    ) -> Result<Snapshot, CommandError> {
        self.open_timed(skip, terminal, &Timings::new(false))
    }

    /// The same, with timings.
    pub(super) fn open_timed(
        &self,
        skip: &[SitePath],
        terminal: &Terminal,
        timings: &Timings,
    ) -> Result<Snapshot, CommandError> {
        let sources = self.sources(skip)?;
        timings.done("read");
        self.snapshot(sources, terminal, timings)
    }

    /// The sources without the folders in `skip`.
    pub(super) fn sources(&self, skip: &[SitePath]) -> Result<ConfiguredSources, CommandError> {
        self.configured(disk::scan(&self.root, skip)?)
    }

    /// Links the site.
    pub(super) fn snapshot(
        &self,
        sources: ConfiguredSources,
        terminal: &Terminal,
        timings: &Timings,
    ) -> Result<Snapshot, CommandError> {
        self.snapshot_as(sources, terminal, timings, false)
    }

    /// The same, with pseudo locales if `pseudo` is true.
    pub(super) fn snapshot_as(
        &self,
        sources: ConfiguredSources,
        terminal: &Terminal,
        timings: &Timings,
        pseudo: bool,
    ) -> Result<Snapshot, CommandError> {
        let open = if pseudo {
            Snapshot::with_pseudo
        } else {
            Snapshot::with_progress
        };
        open(sources, &|phase| timings.done(phase)).map_err(|(sources, problems)| {
            let outcome = ExitStatus {
                most_warnings: self.most_warnings(),
                ..ExitStatus::of(&problems)
            };
            terminal.report(&problems, &sources, &self.base(), outcome);
            CommandError {
                message: "the configuration can't be used".into(),
                help: "mend what is shown above; nothing was done".into(),
            }
        })
    }

    /// The site at a revision; `None` if it had no usable configuration.
    pub(super) fn open_at(&self, revision: &str) -> Result<Option<Snapshot>, CommandError> {
        let sources = self.configured(self.sources_at(revision)?)?;
        Ok(Snapshot::with_progress(sources, &|_| ()).ok())
    }

    /// The sources at a revision.
    pub(super) fn sources_at(&self, revision: &str) -> Result<Sources, CommandError> {
        Ok(git::sources_at(&self.root, revision)?)
    }

    /// The sources with the configuration file of `--config`, and with the archives the configuration names unpacked.
    fn configured(&self, sources: Sources) -> Result<ConfiguredSources, CommandError> {
        ConfiguredSources::of_folder(&self.root, self.config.as_deref(), sources).map_err(|error| {
            CommandError {
                message: format!(
                    "the configuration `{}` can't be read: {error}",
                    self.config.as_deref().unwrap_or(&self.root).display()
                ),
                help: "give the path of a `hjelp.yml` after `--config`".into(),
            }
        })
    }

    /// The number of warnings allowed; `None` for any.
    pub(super) fn most_warnings(&self) -> Option<usize> {
        self.strict.then_some(0)
    }

    /// The prefix that makes the path of a source relative to the working directory.
    pub(super) fn base(&self) -> String {
        let text = self.root.display().to_string();
        match text.trim_end_matches(['/', '\\']) {
            "." => String::new(),
            "" => text,
            text => format!("{}/", text.strip_prefix("./").unwrap_or(text)),
        }
    }

    /// The path of `inside`, which is below the root.
    pub(super) fn join(&self, inside: &str) -> PathBuf {
        if self.root == Path::new(".") {
            inside.into()
        } else {
            self.root.join(inside)
        }
    }
}
